# SPDX-License-Identifier: GPL-2.0-or-later
"""Power: an idle device says so once, obeys, and comes back with work."""

from device import DATA, Device
from t_rl import cipher
from tap import equal, test

PM_INTERRUPT, PM_HOST_MSG = 0x50a028, 0x50a01c
ENABLED = 0x1c0000
IDLE = 0x2
ADMIN = 8


def level(d):
    equal(d.admin(ADMIN, 129, 128, DATA)[2], 0, "PM_INFO")
    return d.q.read(DATA + 6, 1)[0]


def manage(d, idle_filter):
    equal(d.admin(ADMIN, 128, p0=idle_filter)[2], 0, "PM_STATE_CONFIG")
    d.wm(PM_INTERRUPT, ENABLED | 7)


@test("power: idle is told once, and again after work")
def idle():
    d = Device("pm-idle=on,latency-ns=1000")
    manage(d, 7)        # 8.192 ms
    d.q.step(6_000_000)
    equal(d.m(PM_INTERRUPT), ENABLED, "too early")
    d.q.step(3_000_000)
    equal(d.m(PM_INTERRUPT), ENABLED | IDLE, "idle")
    equal(level(d), 0, "not without leave")
    d.wm(PM_HOST_MSG, 3)
    equal((d.m(PM_HOST_MSG), level(d)), (2, 1), "with leave")
    d.wm(PM_INTERRUPT, ENABLED | IDLE)
    d.q.step(50_000_000)
    equal(d.m(PM_INTERRUPT), ENABLED, "told once")
    bank = d.bank(1)
    bank.do(cipher(100))
    equal(level(d), 0, "work")
    d.q.step(20_000_000)
    equal(d.m(PM_INTERRUPT), ENABLED | IDLE, "idle again")
    d.wm(PM_HOST_MSG, 1)
    equal((d.m(PM_HOST_MSG), level(d)), (0, 0), "no leave")
    d.q.close()


@test("power: nothing is told without the property, nor after FLR")
def quiet():
    d = Device()
    manage(d, 0)
    d.q.step(50_000_000)
    equal(d.m(PM_INTERRUPT), ENABLED, "no property")
    d.q.close()
    d = Device("pm-idle=on")
    manage(d, 6)
    d.flr()
    d.map()
    d.bring_up()
    d.q.step(50_000_000)
    equal(d.m(PM_INTERRUPT) & IDLE, 0, "after FLR")
    d.q.close()
