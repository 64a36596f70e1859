# SPDX-License-Identifier: GPL-2.0-or-later
"""VFs: appearance, mailboxes, interrupts, isolation, reset, hostile behaviour."""

from device import SRIOV, VF_BARS, Device
from qtest import Qemu
from t_ring import null, tag_of
from tap import equal, test

SOU, MSK, SMIAPF = 0x41a180, 0x41a1c0, 0x41a084
VINTSOU, VINTMSK, SOU2, MSK2, PF2VM, VM2PF = 0, 4, 0x1000, 0x1004, 0x1008, 0x100c


def pf_cell(vf, off):
    return 0x40b000 + 0x20 * vf + {0: 0, 4: 4, 0x1000: 8, 0x1004: 0xc, 0x1008: 0x10,
                                   0x100c: 0x14}[off]


def with_vfs(props="", num=16):
    d = Device(props)
    d.enable_vfs(num)
    return d


@test("sixteen VFs appear and vanish with VF Enable, again and again")
def enable():
    d = Device()
    for _ in range(3):
        d.enable_vfs()
        for n in (0, 7, 15):
            v = d.vf(n)
            equal(v.c16(0x08) & 0xff, 0x40, "revision")
            assert v.cap(5) and not v.cap(0x11), "MSI and no MSI-X"
            assert v.c32(v.cap(0x10) + 4) & 1 << 28, "FLR capable"
            equal(v.m(PF2VM), 0, "mailbox")
        d.wc16(SRIOV + 8, 0)
        equal(d.q.readl(v.cfg), 0xffffffff, "gone")
    d.q.close()


@test("a VF asked for without its PF is refused")
def vf_alone():
    try:
        Qemu("qat-4xxx-vf").close()
    except RuntimeError as e:
        assert "qat-4xxx-vf" in str(e), str(e)
    else:
        raise AssertionError("created")


@test("each mailbox register is one cell seen from both sides")
def cells():
    d = with_vfs()
    v = d.vf(5)
    v.wm(VM2PF, 0x51b)
    equal(d.m(pf_cell(5, VM2PF)), 0x51b, "VM2PF")
    equal(d.m(SOU), 1 << 5, "VM2PF_SOU")
    d.wm(pf_cell(5, VM2PF), 0x51a)
    equal((v.m(VM2PF), d.m(SOU)), (0x51a, 0), "acknowledged")
    d.wm(pf_cell(5, PF2VM), 0x1050b)
    equal((v.m(PF2VM), v.m(SOU2)), (0x1050b, 1), "PF2VM")
    v.wm(PF2VM, 0x1050a)
    equal((d.m(pf_cell(5, PF2VM)), v.m(SOU2)), (0x1050a, 0), "acknowledged by the VF")
    v.wm(VINTMSK, 0xff)
    equal(d.m(pf_cell(5, VINTMSK)), 0xf, "VINTMSK")
    equal(d.vf(4).m(PF2VM), 0, "the neighbour sees nothing")
    v.wm(VINTSOU, 0xf)
    v.wm(SOU2, 1)
    equal((v.m(VINTSOU), v.m(SOU2)), (0, 0), "sources are read-only")
    d.q.close()


@test("VF to PF: one message per new source, another after the two-write mask")
def vf_to_pf():
    d = with_vfs()
    d.msix(64)
    a, b = d.vf(0), d.vf(15)
    a.wm(VM2PF, 0x0f)
    assert not d.taken(64), "masked after reset"
    d.wm(SMIAPF, 0)
    d.wm(MSK, 0)
    assert d.taken(64), "unmasking a pending source"
    b.wm(VM2PF, 0x0f)
    assert d.taken(64), "a second VF, while the first is pending"
    # the handler: mask all, then all but what is not pending
    d.wm(MSK, 0xffff)
    d.wm(MSK, 0x8001)
    assert not d.taken(64), "nothing new"
    d.vf(3).wm(VM2PF, 0x0f)
    assert d.taken(64), "a third one"
    d.wm(MSK, 0xffff)
    assert not d.taken(64)
    d.wm(pf_cell(0, VM2PF), 0x0e)
    d.wm(MSK, 0x8000 | 8)
    assert not d.taken(64), "acknowledged before"
    a.wm(VM2PF, 0x13)
    assert d.taken(64), "sent again after the acknowledge"
    equal(d.m(SOU), 0x8009, "sources")
    d.q.close()


@test("PF to VF: the VF's MSI, its mask, and rings beside a pending message")
def pf_to_vf():
    d = with_vfs()
    v = d.vf(2)
    v.msi()
    d.wm(pf_cell(2, PF2VM), 0x0f)
    assert v.taken(), "message"
    v.wm(MSK2, 1)
    v.wm(MSK2, 0)
    assert v.taken(), "unmasking repeats it"
    bank = v.bank(1)
    bank.w(0x17c, 2)
    bank.put(null(3))
    bank.ring()
    d.q.step()
    equal(tag_of(bank.get()), 3, "response")
    assert v.taken(), "ring interrupt beside the pending message"
    equal(v.m(VINTSOU), 2, "its source")
    bank.w(0x184, 0)
    equal(v.m(VINTSOU), 0, "cleared by the handler")
    v.wm(PF2VM, 0x0e)
    v.wm(VINTMSK, 0xf)
    bank.w(0x184, 2)
    bank.do(null(4))
    assert not v.taken(), "masked"
    d.q.close()


@test("a VF's rings work, counted for the VF, its DMA gated by its own bus master")
def vf_rings():
    d = with_vfs()
    v = d.vf(9)
    bank = v.bank(3)
    equal(tag_of(bank.do(null(77))), 77, "request")
    equal(d.e(0x100000 + 0x2000 * 39 + 0x100), 128, "the PF sees the same cells")
    equal((d.prop("requests", 9), d.prop("responses", 9)), (1, 1), "the VF's counters")
    equal(d.prop("requests"), 0, "the PF's")
    v.wc16(4, 2)
    equal(bank.do(null(78)), None, "bus master off")
    v.wc16(4, 6)
    d.q.step()
    equal(tag_of(bank.get()), 78, "on again: picked up")
    d.q.close()


@test("VF FLR clears its banks and mailbox and nothing else")
def vf_flr():
    d = with_vfs("latency-ns=1000000")
    v, w = d.vf(1), d.vf(2)
    mine, other = v.bank(0), w.bank(0)
    mine.put(null(1))
    mine.ring()
    other.put(null(2))
    other.ring()
    v.wm(VM2PF, 0x51b)
    v.wm(MSK2, 1)
    w.wm(VM2PF, 0x51b)
    d.q.step(1000)
    v.flr()
    v.enable()
    for off in (VINTMSK, MSK2, PF2VM, VM2PF):
        equal(v.m(off), 0, hex(off))
    equal(d.m(SOU), 1 << 2, "sources")
    equal(mine.r(0x1000), 0, "ring gone")
    equal(mine.r(0x14c), 3, "empty")
    d.q.step()
    equal(mine.get(), None, "its request dropped")
    equal(tag_of(other.get()), 2, "the other VF's answered")
    equal(tag_of(v.bank(0).do(null(3))), 3, "set up again, it works")
    d.q.close()


@test("FLR of the PF takes the VFs away, and they can be made again")
def pf_flr_with_vfs():
    d = with_vfs()
    v = d.vf(15)
    v.wm(VM2PF, 0x51b)
    d.flr()
    equal(d.c16(SRIOV + 8), 0, "VF Enable")
    equal(d.c16(SRIOV + 0x10), 0, "NumVFs")
    equal(d.q.readl(v.cfg), 0xffffffff, "VF 15")
    d.map()
    d.bring_up()
    d.enable_vfs()
    equal(d.vf(15).m(VM2PF), 0, "nothing left of the old one")
    equal(tag_of(d.vf(15).bank(0).do(null(5))), 5, "works")
    d.q.close()


@test("VFs under a PF without firmware are inert")
def no_firmware():
    d = Device(up=False)
    d.enable_vfs()
    v = d.vf(0)
    v.msi()
    equal(v.bank(0).do(null(1)), None, "request stays in the ring")
    v.wm(VM2PF, 0x51b)
    equal(v.m(VM2PF), 0x51b, "message stays")
    d.q.close()


@test("a VF cannot reach beyond its windows")
def windows():
    d = with_vfs()
    v = d.vf(0)
    before = d.prop("unknown-accesses", 0)
    for off in (0x8, 0x400, 0x1010, 0x1ffc):
        v.wm(off, 0xffffffff)
        equal(v.m(off), 0, hex(off))
    d.q.writel(VF_BARS[0][0] + 0x6000 - 4, 1)
    assert d.prop("unknown-accesses", 0) - before == 9
    equal(d.m(MSK), 0xffff, "PF masks")
    d.q.close()


@test("VF Enable cleared while requests are in flight")
def disable_busy():
    d = with_vfs("latency-ns=1000000")
    bank = d.vf(0).bank(0)
    for i in range(10):
        bank.put(null(i))
    bank.ring()
    d.q.step(1000)
    d.wc16(SRIOV + 8, 0)
    d.q.step(5_000_000)
    equal(bank.get(), None, "nothing written afterwards")
    equal(d.e(0x100000 + 0x14c), 3, "bank back at default")
    d.q.close()
