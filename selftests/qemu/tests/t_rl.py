# SPDX-License-Identifier: GPL-2.0-or-later
"""Rate limiter: what the commands refuse, and what the tokens let through."""

from device import DATA, Device, get32, u16, u32, u64
from tap import equal, test

RL_INIT, RL_ADD, RL_UPDATE, RL_REMOVE = 15, 134, 135, 136
ROOT, CLUSTER, LEAF = 0, 1, 2
SYM = 1
ADMIN = 8
R2L, L2C, C2S = 0x508000, 0x509000, 0x508818
OK, FAIL, UNSUPPORTED = 0, 1, 4
# reference 03 section 10.4: what 1000 permille of sym are, with 2 slices, 9 engines
FULL = (198383, 198383, 2096436, 8385744)


def share(permille):
    return [v * permille // 1000 for v in FULL]


def params(cir, pir, rps=()):
    out = b""
    for c, p in zip(share(cir), share(pir)):
        out += u32(c) + u32(p)
    for rp in rps:
        out += u16(rp)
    return out.ljust(64, b"\0")


def command(d, cmd, kind, node, cir=0, pir=0, rps=(), svc=SYM, size=64, ptr=DATA):
    d.q.write(DATA, params(cir, pir, rps))
    p0 = node | kind << 16 | (svc << 24 if cmd != RL_REMOVE else 0)
    return d.admin(ADMIN, cmd, size=size, ptr=ptr, p0=p0, p1=len(rps) << 24)[2]


def tree(d):
    equal(d.admin(ADMIN, RL_INIT)[16:25], bytes([1, 1, 3, 6, 0, 0, 2, 4, 4]), "slices")
    equal(command(d, RL_ADD, ROOT, 1, 1000, 1000), OK, "root")
    d.wm(C2S + 4 * 1, 1)
    equal(command(d, RL_ADD, CLUSTER, 1, 1000, 1000), OK, "cluster")


def place(d, leaf, rps):
    for rp in rps:
        d.wm(R2L + 4 * rp, leaf)
    d.wm(L2C + 4 * leaf, 1)


def leaf(d, node, cir, pir, rps):
    place(d, node, rps)
    return command(d, RL_ADD, LEAF, node, cir, pir, rps)


def cipher(size):
    """A request that has so many bytes, and fails after its time: it has no data."""
    request = bytearray(128)
    request[0:4] = bytes([0, 0, 4, 0x80])
    request[60:64] = size.to_bytes(4, "little")
    return bytes(request)


def run(d, banks, ms, size=1000):
    """Rings kept full for so long; how many responses each gave."""
    done = [0] * len(banks)
    for _ in range(ms):
        for bank in banks:
            bank.queued = getattr(bank, "queued", 0)
            fresh = bank.entries - 4 - bank.queued
            for _ in range(fresh):
                bank.put(cipher(size))
            if fresh:       # a tail written twice would say that the ring is full
                bank.ring()
            bank.queued += fresh
        d.q.step(1_000_000)
        for i, bank in enumerate(banks):
            while bank.get():
                done[i] += 1
                bank.queued -= 1
            bank.ack()
    return done


def between(low, value, high, what):
    assert low <= value <= high, "%s: %d is not %d to %d" % (what, value, low, high)


@test("rate limits: refused commands leave nothing behind")
def refusals():
    d = Device()
    equal(command(d, RL_ADD, ROOT, 1, 1, 1), FAIL, "before RL_INIT")
    tree(d)
    equal(d.admin(0, RL_INIT)[2], FAIL, "a worker engine")
    for what, kwargs in (("type", {"kind": 3, "node": 0}), ("root 4", {"kind": ROOT, "node": 4}),
                         ("cluster 16", {"kind": CLUSTER, "node": 16}),
                         ("leaf 64", {"kind": LEAF, "node": 64, "rps": (1,)}),
                         ("service 3", {"kind": ROOT, "node": 2, "svc": 3}),
                         ("root again", {"kind": ROOT, "node": 1}),
                         ("root with ring pairs", {"kind": ROOT, "node": 2, "rps": (1,)}),
                         ("leaf without", {"kind": LEAF, "node": 16}),
                         ("short buffer", {"kind": ROOT, "node": 2, "size": 63}),
                         ("no buffer", {"kind": ROOT, "node": 2, "ptr": 0})):
        equal(command(d, RL_ADD, cir=1, pir=1, **kwargs), FAIL, what)
    equal(command(d, RL_ADD, LEAF, 16, 1, 1, (1,)), FAIL, "registers say nothing")
    place(d, 16, (1, 3))
    for what, rps in (("twice", (1, 1)), ("ring pair 64", (1, 64)), ("of another leaf", (1, 5))):
        equal(command(d, RL_ADD, LEAF, 16, 1, 1, rps), FAIL, what)
    equal(command(d, RL_ADD, LEAF, 16, 1, 1, (1, 3)), OK, "good")
    place(d, 17, (3,))
    equal(command(d, RL_ADD, LEAF, 17, 1, 1, (3,)), FAIL, "ring pair taken")
    equal(command(d, RL_REMOVE, CLUSTER, 1), FAIL, "cluster with a leaf")
    equal(command(d, RL_UPDATE, LEAF, 18, 1, 1), FAIL, "update of nothing")
    for kind, node in ((LEAF, 16), (CLUSTER, 1), (ROOT, 1)):
        equal(command(d, RL_REMOVE, kind, node), OK, "removed")
        equal(command(d, RL_REMOVE, kind, node), FAIL, "removed twice")
    d.q.close()


@test("rate limits: firmware without them")
def unsupported():
    d = Device("fw-capabilities=2")
    equal(get32(d.admin(ADMIN, 10), 16), 2, "capabilities")
    equal(d.admin(ADMIN, RL_INIT)[2], UNSUPPORTED, "RL_INIT")
    d.q.close()


@test("rate limits: a ring pair gets no more than its peak rate")
def peak():
    d = Device("latency-ns=0,sym-mbps=8")      # 1000 bytes take a millisecond
    bank = d.bank(1)
    between(395, run(d, [bank], 400)[0], 400, "without limit")
    tree(d)
    equal(leaf(d, 16, 250, 250, (1,)), OK, "leaf")
    run(d, [bank], 50)
    between(96, run(d, [bank], 400)[0], 101, "a quarter")
    equal(command(d, RL_UPDATE, LEAF, 16, 500, 500), OK, "update")
    run(d, [bank], 50)
    between(195, run(d, [bank], 400)[0], 202, "half")
    equal(command(d, RL_REMOVE, LEAF, 16), OK, "remove")
    between(390, run(d, [bank], 400)[0], 412, "no limit")
    d.q.close()


@test("rate limits: 3 to 1 between the ring pairs of two VFs")
def ratio():
    d = Device("latency-ns=0,sym-mbps=8")
    d.enable_vfs(2)
    vfs = [d.vf(0), d.vf(1)]
    banks = [vf.bank(1) for vf in vfs]
    tree(d)
    equal(leaf(d, 16, 600, 600, (1,)), OK, "leaf of VF 0")
    equal(leaf(d, 17, 200, 200, (5,)), OK, "leaf of VF 1")
    run(d, banks, 50)
    a, b = run(d, banks, 1000)
    between(590, a, 610, "VF 0")
    between(195, b, 205, "VF 1")
    d.q.close()


@test("rate limits: what is promised comes first, the rest goes to who may have it")
def promise():
    d = Device("latency-ns=0,sym-mbps=8")
    # the device holds 28 requests: with fewer than these, the queue would be the limit
    banks = [d.bank(rp, entries=64) for rp in (1, 5, 9)]
    tree(d)
    equal(leaf(d, 16, 500, 500, (1,)), OK, "leaf")
    equal(leaf(d, 17, 100, 1000, (5,)), OK, "leaf")
    run(d, banks, 200)
    a, b, c = run(d, banks, 1000)
    between(450, a, 510, "promised half")
    assert b >= 95, "promised a tenth, got %d" % b
    assert c > 50, "without limit, got %d" % c
    between(980, a + b + c, 1010, "all of the device")
    d.q.close()


@test("rate limits: forgotten at FLR")
def flr():
    d = Device("latency-ns=0,sym-mbps=8")
    tree(d)
    equal(leaf(d, 16, 10, 10, (1,)), OK, "leaf")
    d.flr()
    d.map()
    d.bring_up()
    equal(command(d, RL_ADD, ROOT, 2, 1, 1), FAIL, "RL_INIT is forgotten")
    bank = d.bank(1)
    between(95, run(d, [bank], 100)[0], 101, "no limit")
    d.q.close()
