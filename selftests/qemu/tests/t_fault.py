# SPDX-License-Identifier: GPL-2.0-or-later
"""Fault knobs: each kind fires where and as often as it says."""

from device import FCU_STATUS, NAMES, Device, make_image
from t_ring import null, tag_of
from tap import equal, test


@test("faults: bad texts are refused and leave the list as it was")
def syntax():
    d = Device()
    d.faults("admin:silent,ae=0")
    for text in ("x", "admin", "admin:", "admin:melt", "admin:silent,ae", "admin:silent,zz=1",
                 "admin:silent,ae=q", "fw:auth;resp:sing"):
        try:
            d.faults(text)
        except ValueError:
            continue
        raise AssertionError("accepted " + text)
    equal(d.prop("faults"), "admin:silent,ae=0", "list")
    equal(d.admin(0, 0), None, "still in force")
    d.faults("")
    d.q.close()


@test("faults: admin answers with a status, never, late, or with garbage")
def admin():
    d = Device("faults=admin:status,,cmd=9,,ae=3,,val=7")
    equal(d.admin(3, 9)[2], 7, "status")
    equal(d.admin(3, 10)[2], 4, "another command")
    equal(d.admin(2, 9)[2], 0, "another engine")
    d.faults("admin:silent,cmd=0,nth=2")
    equal(d.admin(1, 0)[2], 0, "first")
    equal(d.admin(1, 0), None, "second")
    equal(d.admin(1, 0), None, "the engine stays stuck")
    equal(d.admin(2, 0)[2], 0, "the others do not")
    d.faults("admin:delay,ms=50")
    equal(d.admin(4, 0), None, "not at once")
    d.q.step(60_000_000)
    equal(d.m(0x604970), 0, "later")
    d.faults("admin:garbage,cmd=4")
    equal(d.admin(5, 4)[16:], b"\xff" * 16, "garbage")
    assert d.prop("faults-fired").splitlines()[0] == "1 admin:status"
    d.q.close()


@test("faults: firmware refused, not loaded, not started, slow")
def firmware():
    d = Device("faults=fw:auth,,nth=2", up=False)
    d.power_up()
    image = make_image(NAMES["sym"], 0xff)
    equal(d.auth(image, 0xf0) & 7, 1, "first")
    equal(d.auth(image, 0xf0) & 7, 3, "second")
    equal(d.auth(image, 0xf0) & 7, 1, "third")
    d.wm(0x641008, 0xf0)
    d.faults("fw:load")
    equal(d.fcu(2) & 7, 4, "LOAD")
    d.faults("fw:start,ae=5;fw:slow,ms=100,nth=1")
    d.fcu(2)
    equal(d.m(FCU_STATUS) & 7, 5, "busy")
    d.q.step(100_000_000)
    equal(d.m(FCU_STATUS) & 7, 2, "loaded late")
    d.fcu(3)
    equal((d.m(0x604844) >> 31, d.m(0x605844) >> 31), (1, 0), "engine 5 does not start")
    d.q.close()


@test("faults: registers read ones, stick, ignore writes; configuration too")
def mmio():
    d = Device()
    d.faults("mmio:ones")
    equal(d.m(0x54), 0xffffffff, "the whole device is gone")
    equal(d.c32(0), 0xffffffff, "configuration space")
    d.faults("mmio:ones,reg=PM_STATUS,nth=2")
    equal([d.m(0x50a00c), d.m(0x50a00c), d.m(0x50a00c)], [0x200000, 0xffffffff, 0x200000], "")
    d.faults("mmio:stuck,reg=0x54,val=0x77;mmio:ignore,reg=SSMWDTH")
    equal(d.m(0x54), 0x77, "stuck")
    d.wm(0x5c, 5)
    equal(d.m(0x5c), 0, "ignored")
    d.q.close()


@test("faults: power never comes, resets never end")
def power_and_reset():
    d = Device("faults=pm:never", up=False)
    d.wm(0x50a028, 0x100000)
    equal(d.m(0x50a00c), 0, "PM_STATUS")
    d.faults("reset:rp,bank=2;reset:flr,times=1")
    d.we(0x6000 + 16, 1)
    equal(d.e(0x6004 + 16), 0, "ring pair reset")
    d.we(0x6000 + 24, 1)
    equal(d.e(0x6004 + 24), 1, "of another bank")
    d.wm(0x54, 1)
    d.flr()
    equal(d.m(0x54), 1, "FLR that forgets nothing")
    d.flr()
    d.map()
    equal(d.m(0x54), 0, "the next one works")
    d.q.close()


@test("faults: mailbox words dropped, never acknowledged, corrupted")
def mailbox():
    d = Device()
    d.enable_vfs()
    v = d.vf(3)
    d.faults("mbox:drop,vf=3,reg=1,nth=1")      # reg=1: towards the PF
    v.wm(0x100c, 0x51b)
    equal(v.m(0x100c), 0, "dropped")
    v.wm(0x100c, 0x51b)
    equal(v.m(0x100c), 0x51b, "the next one arrives")
    d.faults("mbox:noack,vf=3")
    d.wm(0x40b074, 0x51a)
    equal(v.m(0x100c), 0x51b, "acknowledge lost")
    d.faults("mbox:corrupt,vf=3,reg=0,val=0x100")
    d.wm(0x40b070, 0x1050b)
    equal(v.m(0x1008), 0x1040b, "one bit flipped")
    d.q.close()


@test("faults: interrupts lost, doubled, out of nothing")
def interrupts():
    d = Device()
    d.msix(1)
    d.wm(0x41a040, 0)
    bank = d.bank(1)
    bank.w(0x17c, 2)
    d.faults("irq:lose,vec=1,nth=1")
    bank.do(null(1))
    assert not d.taken(1), "lost"
    bank.do(null(2))
    assert d.taken(1), "the next one"
    d.faults("irq:spurious,vec=1")
    assert d.taken(1), "spurious"
    d.q.close()


@test("faults: responses lost, twice, wrong, late; a ring that stalls")
def responses():
    d = Device()
    bank = d.bank(1)
    d.faults("resp:drop,bank=1,nth=2")
    for i in range(3):
        bank.put(null(i))
    bank.ring()
    d.q.step()
    equal([tag_of(bank.get()) for _ in range(3)], [0, 2, None], "dropped")
    bank.ack()
    d.faults("resp:dup,nth=1")
    bank.put(null(5))
    bank.ring()
    d.q.step()
    equal([tag_of(bank.get()) for _ in range(3)], [5, 5, None], "twice")
    bank.ack()
    d.faults("resp:opaque,val=0xff00")
    equal(tag_of(bank.do(null(6))), 0xff06, "opaque")
    d.faults("resp:status,val=0x80;resp:command,val=3;resp:service,val=9")
    resp = bank.do(null(7))
    equal((resp[6], resp[7], resp[2]), (0x80, 3, 9), "status, command, service")
    d.faults("resp:late,ms=20")
    equal(bank.do(null(8)), None, "late")
    d.q.step(30_000_000)
    equal(tag_of(bank.get()), 8, "but there")
    bank.ack()
    d.faults("ring:stall")
    equal(bank.do(null(9)), None, "stalled")
    d.faults("")
    d.we(0x414, 0x0aaaaaaa)     # any arbiter write looks again
    d.q.step()
    equal(tag_of(bank.get()), 9, "released")
    d.q.close()


@test("faults: DMA errors and RAS status bits")
def dma_and_ras():
    d = Device()
    d.msix(64)
    bank = d.bank(1)
    d.faults("dma:read,nth=1")
    equal(bank.do(null(1)), None, "request not fetched")
    equal(bank.r(0x140) & 0x400, 0x400, "exception")
    d.wm(0x41a084, 0)
    d.wm(0x41a210, 0)
    d.faults("ras:set,reg=0x41a308,val=4")
    assert d.taken(64), "interrupt"
    equal((d.m(0x41a200), d.m(0x41a308)), (1, 4), "ERRSOU0 and its source")
    d.wm(0x41a308, 4)
    equal((d.m(0x41a200), d.m(0x41a308)), (0, 0), "cleared")
    d.faults("ras:set,reg=0x84,val=1")
    equal((d.m(0x41a208), d.m(0x28)), (1, 8), "slice hang latched in IAINTSTATSSM")
    d.faults("ras:set,reg=0x1704,val=1")
    equal(d.m(0x41a20c), 0x10, "ARAM uncorrectable")
    d.faults("ras:set,reg=0x44c,val=2;ras:set,reg=0x44c,val=0x1000")
    equal(d.m(0x28), 0x188, "shared memory control, corrected and not")
    d.faults("hb:freeze,ae=2")
    d.admin(2, 13, ptr=0x800000, p0=1)
    d.admin(2, 7)
    equal(d.q.read(0x800000 + 92, 4), bytes(4), "frozen heartbeat")
    d.q.close()
