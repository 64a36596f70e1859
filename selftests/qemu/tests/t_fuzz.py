# SPDX-License-Identifier: GPL-2.0-or-later
"""A guest that does anything: QEMU must live and answer. FUZZ=SEED:ROUNDS."""

import os
import random

import t_aead
import t_dc
import t_hash
import t_pke
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


def valid_sym(d, rnd):
    """Any worked request, or an AEAD or HMAC request, with its memory."""
    kind = rnd.randrange(4)
    if kind == 0:
        name = rnd.choice(("sm3", "sha3_256", "sha3_512", "sha512"))
        cd, request = (t_hash.keyed if rnd.random() < 0.5 else t_hash.plain)(name, 100)
        memory = {t_hash.CD: cd}
    elif kind == 1:
        cfg, flags, qw, ucs = rnd.choice(((0x4043, 0x6024, 2, True), (0x4053, 0x20a4, 2, False),
                                          (0x402b, 0x6064, 4, True)))
        cd = cfg.to_bytes(4, "little") + bytes(12 if ucs else 4) + rnd.randbytes(8 * qw)
        request = t_aead.request(flags | rnd.choice((0, 0x400)), qw, len(cd) // 8, 64, bytes(16),
                                 40, 16, 80)
        memory = {t_aead.CD: cd}
    else:
        v = rnd.choice(list(VECTORS.values()))
        request = bytes.fromhex(v["request"])
        memory = {addr: bytes.fromhex(data) for addr, data in v["before"].items()}
    return request, memory


def valid_dc(d, rnd):
    cmd, words = rnd.choice(((0, t_dc.DEFLATE), (1, t_dc.STATIC), (2, t_dc.INFLATE),
                             (3, t_dc.LZ4), (4, t_dc.UNLZ4), (5, t_dc.LZ4S3)))
    size, room = rnd.randrange(3000), rnd.randrange(5000)
    data = bytes(rnd.choice(b"abcdef") for _ in range(size))
    if cmd == 2:
        data = t_dc.raw_deflate(data)
    elif cmd == 4:
        data = (len(data) | 1 << 31).to_bytes(4, "little") + data
    return t_dc.request(cmd, words, len(data), room, flags=rnd.choice((0, 8)), crc=rnd.choice(
        (None, t_dc.STATE)), state=t_dc.STATE, par=t_dc.FINAL | rnd.getrandbits(5) << 16), {
            t_dc.SRC: data}


def valid_pke(s, rnd):
    c = rnd.choice((t_pke.P256, t_pke.SM2))
    k, (x, y) = rnd.randrange(1, c.n), c.g
    func, ins, outs = rnd.choice((
        (0x0a083546, ((x, 4), (y, 4), (k, 4)), (4, 4)),
        (0x432033a6, [(v, 4) for v in (k, x, y, c.a, c.b, c.p, 1)], (4, 4)),
        (0x6a3c2fa6, [t_pke.joined(4, k, k, k, c.b, c.a, c.p, c.n, y, x)], (4, 4)),
        (0x0a0634c6, ((x, 4), (k, 4)), (4,)), (0x100b34e6, ((0, 4), (1, 4), (k, 4)), (4, 4)),
        (0x22361768, [(v, 4) for v in (k, k, x, x, y, x, y)], (4, 4)),
        (0x19401acc, ((k >> 1 | 1, 4), (k | 1, 4), (3, 8)), (8, 8, 4, 4, 4)),
        (0x12142526, [(v >> 70, 3) for v in (k, x, c.n, y, k)], (3,)),
        (0x110b2457, ((x, 8), (y, 8)), (8,)), (0x110c228f, ((c.n, 8),), ())))
    return s.build(func, ins, outs), {}


@test("requests with bytes changed at random get one answer each")
def requests():
    rnd = random.Random(SEED + 1)
    for service, valid in (("sym", valid_sym), ("dc", valid_dc), ("asym", valid_pke)):
        s = t_pke.Pke() if service == "asym" else None
        d = s.d if s else Device(up=False, ram="6G" if service == "sym" else "64M")
        if not s:
            d.bring_up(group1="sym", group0="dc")
        bank = s.bank if s else d.bank(1 if service == "sym" else 0)
        for i in range(max(30, ROUNDS // 5)):
            request, memory = valid(s or d, rnd)
            request = bytearray(request)
            for _ in range(rnd.randrange(4)):
                # a chain's answer has another request's opaque data
                at = rnd.randrange(56 if s else len(request))
                if not 24 <= at < 32:
                    request[at] = rnd.choice((rnd.getrandbits(8), request[at] ^
                                              1 << rnd.randrange(8)))
            for addr, data in memory.items():
                data = bytearray(data)
                if data and rnd.random() < 0.5:
                    data[rnd.randrange(len(data))] = rnd.getrandbits(8)
                d.q.write(addr, bytes(data))
            resp = bank.do(bytes(request))
            assert resp, "%s request %d: no response" % (service, i)
            equal(resp[8:16], bytes(request[24:32]), "%s request %d: opaque" % (service, i))
            equal(bank.get(), None, "%s request %d: one response" % (service, i))
        d.q.close()
