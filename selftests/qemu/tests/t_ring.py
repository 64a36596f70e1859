# SPDX-License-Identifier: GPL-2.0-or-later
"""Ring pairs: full and empty, order, flow control, interrupts, reset and drain."""

from device import Device, u64
from tap import equal, test

E_STAT, F_STAT, STAT, EXP_STAT = 0x14c, 0x158, 0x140, 0x188
SRCSEL, COL_EN, COL_CTL, FLAG_AND_COL, ARB_EN = 0x174, 0x17c, 0x180, 0x184, 0x19c


def null(tag):
    """The request that touches no data."""
    return (bytes([0, 1, 0, 0x80]) + bytes(20) + u64(tag)).ljust(128, b"\0")


def tag_of(resp):
    return None if resp is None else int.from_bytes(resp[8:16], "little")


def put_many(bank, tags):
    for tag in tags:
        bank.put(null(tag))


@test("responses come in order, one per request, across the ring's end")
def order():
    d = Device("latency-ns=1000")
    bank = d.bank(1)
    tags, got = 0, []
    for n in (1, 5, 15, 10, 15, 3, 15):
        put_many(bank, range(tags, tags + n))
        tags += n
        bank.ring()
        d.q.step()
        for _ in range(n):
            got.append(tag_of(bank.get()))
        equal(bank.get(), None, "one too many")
        bank.ack()
    equal(got, list(range(tags)), "order")
    equal(bank.r(E_STAT), 3, "both rings empty")
    equal((d.prop("requests"), d.prop("responses")), (tags, tags), "counters")
    equal(d.prop("doorbells"), 7, "one doorbell per batch")
    d.q.close()


@test("latency is virtual time, and requests queue behind each other")
def latency():
    d = Device("latency-ns=1000000")
    bank = d.bank(1)
    put_many(bank, range(2))
    bank.ring()
    d.q.step(999_000)
    equal(bank.get(), None, "too early")
    equal(bank.r(0xc0), 256, "but taken from the ring")
    d.q.step(2_000)
    equal([tag_of(bank.get()), tag_of(bank.get())], [0, 1], "on time")
    d.q.close()


@test("total throughput bounds how fast data is processed")
def throughput():
    d = Device("latency-ns=0,sym-mbps=8")      # one byte per microsecond
    bank = d.bank(1)
    request = bytearray(null(1))
    request[1], request[2] = 0, 4               # a cipher request of 1000 bytes
    request[60:64] = (1000).to_bytes(4, "little")
    for _ in range(3):
        bank.put(bytes(request))
    bank.ring()
    times = []
    for t in range(40):
        d.q.step(100_000)
        while bank.get():
            times.append(t)
    equal(times, [9, 19, 29], "completion times")
    d.q.close()


@test("arbitration bit, arbiter and thread map gate a pair; nothing is lost")
def gates():
    d = Device()
    bank = d.bank(1)
    for what, off, value, on in (("arbitration bit", None, 0, 1),
                                 ("SARCONFIG", 4, 0, 0x80000041),
                                 ("WT2SAM", 0x400, 0, None)):
        if off is None:
            bank.w(ARB_EN, 0)
        elif on is None:
            for ae in range(9):
                d.we(0x400 + 4 * ae, 0)
        else:
            d.we(off, value)
        bank.put(null(5))
        bank.ring()
        d.q.step()
        equal(bank.get(), None, what + " off")
        if off is None:
            bank.w(ARB_EN, 1)
        elif on is None:
            d.we(0x410, 0x0aaaaaaa)
        else:
            d.we(off, on)
        d.q.step()
        equal(tag_of(bank.get()), 5, what + " on again")
        bank.ack()
    d.q.close()


@test("the service of a pair follows from the loaded image")
def services():
    d = Device()
    sym, asym = d.bank(1), d.bank(2, req=64)
    equal(tag_of(sym.do(null(1))), 1, "sym: response frame")
    resp = asym.do((bytes([0, 0, 0, 0x80]) + bytes(20) + u64(2)).ljust(64, b"\0"))
    equal((resp[1], tag_of(resp)), (0, 2), "asym: 64-byte requests, its own frame")
    d.q.close()


@test("a full response ring holds requests back until the head moves")
def response_full():
    d = Device()
    bank = d.bank(1)
    # request ring of 16, response ring of 8 entries
    bank.w(0x1004, 2)
    bank.w(0x1044, bank.resp_mem)
    bank.resp_bytes = 256
    put_many(bank, range(12))
    bank.ring()
    d.q.step()
    equal([tag_of(bank.get()) for _ in range(9)], list(range(8)) + [None], "eight")
    equal(bank.r(F_STAT), 2, "response ring full")
    equal(bank.r(0xc0), 8 * 128, "requests taken")
    bank.w(0xc4, 64)
    d.q.step()
    equal([tag_of(bank.get()) for _ in range(3)], [8, 9, None], "two more")
    bank.w(0xc4, 64 + 192)      # wraps to 0: an offset outside the ring is masked
    d.q.step()
    equal([tag_of(bank.get()) for _ in range(3)], [10, 11, None], "the rest")
    d.q.close()


@test("the nearly-full watermark reserves room in the response ring")
def watermark():
    d = Device()
    bank = d.bank(1, entries=64, watermark=8)       # 512 bytes of 2048
    put_many(bank, range(60))
    bank.ring()
    for _ in range(5):          # there are fewer threads than requests
        d.q.step()
    equal(sum(1 for _ in range(60) if bank.get()), 48, "responses before the threshold")
    bank.ack()
    d.q.step()
    equal(sum(1 for _ in range(60) if bank.get()), 12, "the rest")
    d.q.close()


@test("a tail that meets the head means full, a head that meets the tail empty")
def full_rule():
    d = Device()
    bank = d.bank(1)
    bank.w(ARB_EN, 0)
    put_many(bank, range(16))
    bank.ring()
    equal(bank.tail, 0, "sixteen entries later")
    equal(bank.r(F_STAT) & 1, 1, "full")
    equal(bank.r(E_STAT) & 1, 0, "not empty")
    bank.w(0xc0, 0)
    equal(bank.r(E_STAT) & 1, 1, "head write empties")
    bank.w(0x100, 0)
    bank.w(ARB_EN, 1)
    d.q.step()
    equal([tag_of(bank.get()) for _ in range(16)], list(range(16)), "all sixteen")
    d.q.close()


@test("offsets outside the ring or unaligned are masked and noted")
def bad_tail():
    d = Device()
    bank = d.bank(1)
    bank.w(ARB_EN, 0)
    bank.w(0x100, 0xffffffff)
    equal(bank.r(0x100), 0x7e0, "masked")
    equal(bank.r(EXP_STAT), 1, "noted")
    bank.w(ARB_EN, 1)
    d.q.step()
    equal(bank.get()[6], 0x82, "stale entries are not valid requests")
    d.q.close()


@test("a doorbell without a ring only records")
def no_ring():
    d = Device()
    base = d.bank(1)
    for word in (0x1000, 0x1040, 0x1080):
        base.w(word, 0)
    base.w(0x100, 128)
    d.q.step()
    equal(d.prop("requests"), 0, "nothing fetched")
    base.w(0x1000, 31)
    base.w(0x1040, 0x1000000)
    base.w(0x100, 128)
    d.q.step()
    equal(d.prop("requests"), 0, "size code 31 is not usable")
    d.q.close()


@test("a DMA error stops the pair until it is reset, others go on")
def ring_fault():
    d = Device()
    bank, other = d.bank(1), d.bank(3)
    bank.w(0x1080, 0xfff00000)
    bank.w(0x100, 128)
    d.q.step()
    equal(bank.r(STAT) & 0x600, 0x400, "exception")
    assert bank.r(EXP_STAT) and d.prop("dma-faults")
    equal(tag_of(other.do(null(9))), 9, "another pair")
    d.we(0x6000 + 8, 1)
    equal(d.e(0x6004 + 8), 1, "reset complete")
    d.we(0x6004 + 8, 1)
    equal(tag_of(d.bank(1).do(null(8))), 8, "works again")
    d.q.close()


@test("ring pair reset: registers at default, nothing answered, then held")
def pair_reset():
    d = Device("latency-ns=1000000")
    bank = d.bank(1)
    bank.w(COL_EN, 2)
    put_many(bank, range(5))
    bank.ring()
    d.q.step(1000)
    d.we(0x6000 + 8, 1)
    equal(d.e(0x6004 + 8), 1, "complete")
    for off, want in ((0x1000, 0), (0x1040, 0), (0x100, 0), (COL_EN, 0), (ARB_EN, 0),
                      (SRCSEL, 0), (E_STAT, 3)):
        equal(bank.r(off), want, hex(off))
    d.q.step()
    equal(bank.get(), None, "results discarded")
    equal(d.e(0x6000 + 8), 0, "RPRESETCTL reads 0")
    bank = d.bank(1)
    bank.put(null(7))
    bank.ring()
    d.q.step(5_000_000)
    equal(bank.get(), None, "held while the status is set")
    d.we(0x6004 + 8, 1)
    d.q.step(5_000_000)
    equal(tag_of(bank.get()), 7, "resumed")
    d.q.close()


@test("drain: what was taken completes, what was not waits for the resume")
def drain():
    d = Device("latency-ns=1000000")
    bank = d.bank(1)
    put_many(bank, range(3))
    bank.ring()
    d.q.step(1000)
    d.we(0x6000 + 8, 4)
    equal(d.e(0x6004 + 8), 0, "not yet")
    bank.put(null(3))
    bank.ring()
    d.q.step()
    equal(d.e(0x6004 + 8), 1, "drained")
    equal([tag_of(bank.get()) for _ in range(4)], [0, 1, 2, None], "responses")
    d.we(0x6004 + 8, 1)
    d.q.step()
    equal(tag_of(bank.get()), 3, "after the resume")
    d.q.close()


@test("interrupts: coalesced, disabled by the handler, repeated when left over")
def interrupts():
    d = Device()
    d.msix(1)
    d.wm(0x41a040, 0)
    bank = d.bank(1)
    bank.w(COL_EN, 2)
    bank.w(COL_CTL, 0x80000000 | 1000)          # 256 us
    bank.put(null(1))
    bank.ring()
    d.q.step(10_000)
    d.q.step(90_000)
    assert not d.taken(1), "too early"
    d.q.step(200_000)
    assert d.taken(1), "after the delay"
    equal(d.m(0x201000), 1, "RPINTSOU")
    d.q.step()
    assert not d.taken(1), "once"
    bank.w(FLAG_AND_COL, 0)
    equal(d.m(0x201000), 0, "source cleared by the handler")
    bank.w(FLAG_AND_COL, 2)
    d.q.step()
    assert d.taken(1), "again: the ring is not empty"
    bank.get()
    bank.w(FLAG_AND_COL, 0)
    bank.ack()
    bank.w(FLAG_AND_COL, 2)
    d.q.step()
    assert not d.taken(1), "empty: quiet"
    bank.w(COL_CTL, 0)
    bank.do(null(2))
    assert d.taken(1), "immediate mode"
    d.q.close()


@test("interrupts: a source nibble never written acts like not empty")
def srcsel_default():
    d = Device()
    d.msix(1)
    d.wm(0x41a040, 0)
    bank = d.bank(1)
    bank.w(SRCSEL, 0)
    bank.w(COL_EN, 2)
    bank.w(COL_CTL, 0x80000001)
    bank.do(null(1))
    assert not d.taken(1), "the response was consumed before the delay was over"
    bank.put(null(2))
    bank.ring()
    d.q.step()
    d.q.step()
    assert d.taken(1)
    d.q.close()


@test("interrupts: gates hold a message back, opening them sends it")
def gates_irq():
    d = Device()
    d.msix(1)
    bank = d.bank(1)
    bank.w(COL_EN, 2)
    bank.put(null(1))
    bank.ring()
    d.q.step()
    assert not d.taken(1), "masked after reset"
    d.wm(0x201004, 1)
    d.wm(0x41a040, 0)
    assert not d.taken(1), "still masked per bank"
    d.wm(0x201004, 0)
    assert d.taken(1), "opened"
    d.q.close()


@test("interrupts: routing table, and an entry that does not exist")
def routing():
    d = Device()
    d.msix(7)
    d.wm(0x41a040, 0)
    bank = d.bank(1)
    bank.w(COL_EN, 2)
    d.wm(0x409004, 7)
    bank.put(null(1))
    bank.ring()
    d.q.step()
    assert d.taken(7), "routed"
    d.wm(0x409004, 0xffffffff)
    bank.w(FLAG_AND_COL, 2)
    d.q.step()
    d.wm(0x409004, 7)
    bank.w(FLAG_AND_COL, 2)
    d.q.step()
    assert d.taken(7), "routed again"
    d.q.close()
