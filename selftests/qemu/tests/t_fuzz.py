# SPDX-License-Identifier: GPL-2.0-or-later
"""A guest that does anything: QEMU must live and answer. FUZZ=SEED:ROUNDS."""

import os
import random

from device import DATA, MSI, PF_BARS, SLOT, SRIOV, VF_BARS, Device, u64
from qtest import ECAM
from t_ring import null, tag_of
from tap import equal, test
from vectors import VECTORS

SEED, ROUNDS = (int(x) for x in os.environ.get("FUZZ", "1:1500").split(":"))
# the PF's device control and SR-IOV control, seen as memory: DMA may hit them
CONFIG = (ECAM + (SLOT << 15) + 0x88, ECAM + (SLOT << 15) + SRIOV + 8,
          ECAM + (SLOT << 15) + 4)
INTERESTING = CONFIG + (0, 1, 2, 3, 4, 0x10, 0x80, 0x7fffffff, 0x80000000, 0xffffffff, 0x01000000,
               DATA, MSI, 0xfee00000, PF_BARS[2], PF_BARS[4] + 0x100100, 0x80000041, 0x812)


def aim_responses(bank, addr):
    """A response ring of 64 bytes at an address of the guest's choice."""
    bank.w(0x1004, 0)
    bank.w(0x1044, addr)
    bank.resp_bytes = 64


@test("a response written into configuration space resets the PF under its feet")
def dma_flr():
    d = Device()
    bank = d.bank(1)
    aim_responses(bank, ECAM + (SLOT << 15) + d.cap(0x10))
    for _ in range(3):
        bank.put(null(0x8000))      # these bytes land in Device Control
    bank.ring()
    d.q.step()
    equal(d.c16(4), 0, "COMMAND after the reset")
    d.map()
    d.bring_up()
    equal(tag_of(d.bank(1).do(null(5))), 5, "works again")
    d.q.close()


@test("a VF's response that clears VF Enable removes the VF that sends it")
def dma_vf_removal():
    d = Device()
    d.enable_vfs()
    bank = d.vf(3).bank(0)
    aim_responses(bank, ECAM + (SLOT << 15) + (SRIOV & ~0x3f))
    for _ in range(3):
        bank.put(null(1))
    bank.ring()
    d.q.step()
    equal(d.c16(SRIOV + 8) & 1, 0, "VF Enable")
    d.enable_vfs()
    equal(tag_of(d.vf(3).bank(0).do(null(5))), 5, "works again")
    d.q.close()


def registers():
    """Offsets worth writing, with the BAR they are in."""
    out = [(2, o) for o in (0x500574, 0x500578, 0x641000, 0x641008, 0x641014, 0x641018,
                            0x640938, 0x640964, 0x50a028, 0x50a01c, 0x41a1c0, 0x41a084,
                            0x41a040, 0x41a210, 0x41a218, 0x409004, 0x409100, 0x40b010,
                            0x40b014, 0x40b00c)]
    out += [(2, 0x600970 + 0x1000 * ae) for ae in range(9)]
    out += [(2, 0x400000 + 4 * i) for i in range(16)]
    out += [(4, 4 * i) for i in range(4)] + [(4, 0x400 + 4 * i) for i in range(9)]
    out += [(4, 0x6000 + 4 * i) for i in range(16)]
    for bank in range(8):
        out += [(4, 0x100000 + 0x2000 * bank + o)
                for o in (0xc0, 0xc4, 0x100, 0x104, 0x16c, 0x170, 0x174, 0x17c, 0x180, 0x184,
                          0x19c, 0x1000, 0x1004, 0x1040, 0x1044, 0x1080, 0x1084)]
    return out


def value(rnd):
    return rnd.choice((rnd.choice(INTERESTING), rnd.getrandbits(32), rnd.getrandbits(5),
                       1 << rnd.randrange(32), rnd.randrange(0, 0x1000000, 32)))


def one(d, rnd, regs):
    what = rnd.randrange(12)
    if what < 7:
        bar, off = rnd.choice(regs)
        d.q.writel(PF_BARS[bar] + off, value(rnd))
    elif what == 7:
        bar = rnd.choice((0, 2, 4))
        off = rnd.randrange(0, 0x80000 if bar == 0 else 0x200000, 1)
        d.q.cmd("%s %#x %#x" % (rnd.choice(("writeb", "writew", "writel", "writeq")),
                                PF_BARS[bar] + off, rnd.getrandbits(8)))
        d.q.cmd("%s %#x" % (rnd.choice(("readb", "readw", "readl", "readq")),
                            PF_BARS[bar] + off))
    elif what == 8:
        base, size = VF_BARS[rnd.choice((0, 2))]
        d.q.writel(base + size * rnd.randrange(16) + rnd.choice(
            (4, 0x1004, 0x1008, 0x100c, 0xc4, 0x100, 0x19c, 0x1000, 0x1040, 0x17c)), value(rnd))
    elif what == 9:
        d.q.write(DATA + rnd.randrange(0, 0x1000, 8), rnd.randbytes(64))
    elif what == 10:
        request = bytearray(bytes.fromhex(rnd.choice(list(VECTORS.values()))["request"]))
        for _ in range(rnd.randrange(4)):
            request[rnd.randrange(128)] = rnd.getrandbits(8)
        for off in (8, 32, 40, 88, 96):
            if rnd.random() < 0.7:
                request[off:off + 8] = u64(rnd.choice(
                    (DATA + rnd.randrange(0x2000), rnd.choice(CONFIG), PF_BARS[4] + 0x100000, PF_BARS[2] + 0x641000,
                     rnd.getrandbits(64))))
        d.q.write(0x1000000 + 0x10000 * rnd.randrange(8) + 128 * rnd.randrange(16), request)
    else:
        rare = rnd.randrange(30)
        if rare == 0:
            d.wc16(SRIOV + 8, rnd.choice((0, 9, 1)))
        elif rare == 1:
            d.flr()
            d.map()
        elif rare == 2:
            d.wc16(4, rnd.choice((6, 2, 6, 0)))
            d.wc16(4, 6)
        elif rare == 3:
            d.wc16(SRIOV + 0x10, rnd.randrange(20))
        elif rare == 4:
            v = d.vf(rnd.randrange(16))
            if v.c32(8) != 0xffffffff:
                v.flr()
        elif rare == 5:
            d.wc32(rnd.randrange(0x40, 0x1000, 4), rnd.getrandbits(32))
            d.map()
        else:
            d.q.step(rnd.choice((1, 1000, 10_000_000)))


@test("random accesses, requests and resets leave QEMU alive")
def fuzz():
    rnd = random.Random(SEED)
    regs = registers()
    for round_ in range(max(1, ROUNDS // 500)):
        d = Device("latency-ns=%d" % rnd.choice((0, 1000)))
        d.enable_vfs()
        for n in range(16):
            d.vf(n)
        for n in range(8):
            d.bank(n, req=128 if n & 1 else 64)
        for _ in range(500):
            one(d, rnd, regs)
        d.q.step()
        # the same machine must still come up as if nothing had been
        d.wc16(SRIOV + 8, 0)
        d.flr()
        d.map()
        d.bring_up()
        equal(d.admin(8, 0)[2], 0, "round %d: comes up again" % round_)
        d.q.close()
