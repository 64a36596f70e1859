# SPDX-License-Identifier: GPL-2.0-or-later
"""Telemetry: published once a second of what was done, and where it may be written."""

from device import DATA, Device, get32
from t_rl import cipher
from tap import equal, test

SYNC, TL_START, TL_STOP = 7, 137, 138
ADMIN = 8
OK, FAIL = 0, 1
MSG_CNT, BW_IN, BW_OUT, PUTS, UCS = 0x7f8, 0x3c, 0x40, 0x38, 0x4d8
SLOT = (0x718, 0x750, 0x788, 0x7c0)


def start(d, rps, ptr=DATA):
    rps = (list(rps) + [0xff] * 4)[:4]
    d.q.fill(DATA, 2048, 0xee)
    return d.admin(ADMIN, TL_START, size=2048, ptr=ptr, p0=int.from_bytes(bytes(rps), "little"))


def second(d):
    """One second, then the message that makes the firmware publish."""
    d.q.step(1_000_000_000)
    equal(d.admin(ADMIN, SYNC)[2], OK, "SYNC")
    return d.q.read(DATA, 2048)


@test("telemetry: counts requests, bytes and slices of one interval")
def counts():
    d = Device("latency-ns=1000,sym-mbps=8")
    bank, other = d.bank(1), d.bank(3)
    answer = start(d, (1, 3))
    equal((answer[2], answer[16:25]), (OK, bytes([1, 1, 3, 6, 0, 0, 2, 4, 4])), "start")
    for _ in range(10):
        bank.put(cipher(1000))
    bank.ring()
    buf = second(d)
    equal(get32(buf, MSG_CNT), 1, "published")
    equal(get32(buf, PUTS), 10, "requests")
    equal([get32(buf, UCS + 8 * n) for n in range(3)], [5, 5, 0], "runs of the slices")
    assert get32(buf, UCS + 4) in (0, 1), "10 ms of two slices in a second"
    assert get32(buf, BW_OUT) >= 10 * 128 // 64 - 1, "requests were read"
    equal(get32(buf, SLOT[0] + 0x14), 10, "requests of ring pair 1")
    equal(get32(buf, SLOT[1] + 0x14), 0, "requests of ring pair 3")
    # each waits for those before it: 1 to 10 ms, in units of 2 ns
    latency = int.from_bytes(buf[8:16], "little") * 2
    assert 54_000_000 < latency < 57_000_000, latency
    assert 9_900_000 < get32(buf, 0x34) * 2 < 10_200_000, "longest"
    other.put(cipher(100))
    other.ring()
    buf = second(d)
    equal((get32(buf, MSG_CNT), get32(buf, PUTS)), (2, 1), "the next interval")
    equal([get32(buf, s + 0x14) for s in SLOT], [0, 1, 0, 0], "ring pairs")
    d.q.close()


@test("telemetry: when it is published, and when not")
def when():
    d = Device()
    equal(d.admin(ADMIN, TL_STOP)[2], OK, "stop without start")
    equal(start(d, ())[2], OK, "start")
    d.q.step(900_000_000)
    d.admin(ADMIN, SYNC)
    equal(d.q.read(DATA, 2048), b"\xee" * 2048, "too early")
    d.admin(0, SYNC)
    equal(get32(second(d), MSG_CNT), 1, "in time")
    equal(d.q.read(DATA + 2044, 4), b"\xee" * 4, "nothing behind the count")
    d.faults("tl:freeze")
    equal(get32(second(d), MSG_CNT), 1, "frozen")
    d.faults("")
    equal(get32(second(d), MSG_CNT), 2, "again")
    equal(d.admin(ADMIN, TL_STOP)[2], OK, "stop")
    equal(get32(second(d), MSG_CNT), 2, "stopped")
    equal(start(d, ())[2], OK, "start again")
    equal(get32(second(d), MSG_CNT), 1, "counted anew")
    d.flr()
    d.map()
    d.bring_up()
    equal(get32(second(d), MSG_CNT), 1, "nothing after FLR")
    d.q.close()


@test("telemetry: refused")
def refused():
    d = Device()
    equal(start(d, (64,))[2], FAIL, "ring pair 64")
    equal(start(d, (), ptr=0)[2], FAIL, "no buffer")
    equal(d.admin(0, TL_START, size=2048, ptr=DATA)[2], FAIL, "a worker engine")
    equal(start(d, (0, 63))[2], OK, "good")
    d.q.close()
    d = Device("fw-capabilities=0x70")
    equal(start(d, ())[2], FAIL, "not announced")
    d.q.close()
