# SPDX-License-Identifier: GPL-2.0-or-later
"""Configuration space, reset values, power, firmware unit, admin channel."""

import os

from device import (DATA, FCU_LOADED, FCU_MASK, FCU_STATUS, NAMES, SRIOV, Device, get32,
                    make_image)
from tap import equal, test


@test("identity and capabilities of the PF")
def identity():
    d = Device(up=False)
    equal(d.c32(0), 0x49408086, "vendor, device")
    equal(d.c32(8), 0x0b400040, "class, revision")
    equal(d.c32(0x2c), 0x00008086, "subsystem")
    equal(d.c16(d.cap(0x11) + 2) & 0x7ff, 64, "MSI-X table size")
    equal(d.c32(d.cap(0x11) + 4), 0x00400002, "MSI-X table")
    equal(d.c32(d.cap(0x11) + 8), 0x00408002, "MSI-X pending bits")
    assert d.c32(d.cap(0x10) + 4) & 1 << 28, "FLR capable"
    assert d.ecap(1), "AER"
    equal(d.ecap(0x10), SRIOV, "SR-IOV")
    equal(d.c32(SRIOV + 0x0c), 16 << 16 | 16, "InitialVFs, TotalVFs")
    equal(d.c32(SRIOV + 0x14), 1 << 16 | 1, "first VF offset, stride")
    equal(d.c16(SRIOV + 0x1a), 0x4941, "VF device id")
    for off in range(0x2c8, 0x2e0, 4):
        d.wc32(off, 0xffffffff)
        equal(d.c32(off), 0, "fuse word")
    d.wc32(0x2c0, 0x10000)
    equal(d.c32(0x2c0), 0x10000, "PFCGC_IOSF_PRIR")
    d.q.close()


@test("fuse words and revision follow the properties")
def fuses():
    d = Device("fusectl1=0x84,fusectl4=0xf0,vffusectl1=3", up=False)
    equal(d.c32(0x2cc), 0x84, "FUSECTL1")
    equal(d.c32(0x2d8), 0xf0, "FUSECTL4")
    d.set("fusectl1", 0x10)
    equal(d.c32(0x2cc), 0x10, "FUSECTL1 changed at run time")
    d.q.close()


@test("reset values of the registers that software depends on")
def reset_values():
    d = Device(up=False)
    for off, want in ((0x50a00c, 0), (0x640938, 0x100015), (0x640964, 0), (0x41a1c0, 0xffff),
                      (0x41a084, 1), (0x41a040, 0xffffffff), (0x41a210, 1), (0x41a214, 0x1f),
                      (0x41a218, 0x4001f), (0x41a21c, 0x3ff), (0x409000 + 4 * 64, 64),
                      (0x600818, 0), (0x600844, 0), (0x600980, 0), (FCU_STATUS, 0)):
        equal(d.m(off), want, hex(off))
    equal(d.e(0x100000 + 0x14c), 3, "E_STAT")
    equal(d.e(0x17e000 + 0x150), 3, "NE_STAT")
    d.q.close()


@test("unknown, narrow and wide accesses are counted and harmless")
def unknown():
    d = Device(up=False)
    before = d.prop("unknown-accesses")
    equal(d.m(0x300000), 0, "unknown register")
    d.wm(0x300000, 1)
    d.q.cmd("readb 0xc0800000")
    d.q.cmd("writew 0xc0800054 0x1234")
    d.q.cmd("writeq 0xc0800054 0x1234567812345678")
    equal(d.m(0x54), 0, "SSMWDTL untouched")
    equal(d.prop("unknown-accesses") - before, 5, "counted")
    d.q.close()


@test("power-up is reached at once")
def power():
    d = Device(up=False)
    d.wm(0x50a028, 0x100000)
    equal(d.m(0x50a00c), 0x200000, "PM_STATUS")
    d.wm(0x50a01c, 3)
    equal(d.m(0x50a01c), 2, "host message taken, payload kept")
    d.q.close()


@test("PROFILE_COUNT counts only clocked and out of reset")
def profile_count():
    d = Device(up=False)
    equal(d.m(0x600944), d.m(0x600944), "in reset")
    d.power_up()
    first = d.m(0x600944)
    reads = 0
    while (d.m(0x600944) - first) % 65536 < 2060:
        reads += 1
    assert 0 < reads < 10000, reads
    d.q.close()


@test("indirect engine registers exist once per context")
def contexts():
    d = Device(up=False)
    for ctx in range(8):
        d.wm(0x600820, ctx)
        d.wm(0x600850, 0x100 + ctx)
    for ctx in range(8):
        d.wm(0x600820, ctx)
        equal(d.m(0x600850), 0x100 + ctx, "context %d" % ctx)
    d.q.close()


@test("firmware unit: authenticate, load, start, and what each refuses")
def firmware():
    d = Device(up=False)
    image = make_image(NAMES["sym"], 0xff)
    equal(d.fcu(2) & 7, 4, "LOAD without image")
    equal(d.fcu(3) & 0x200, 0, "START with nothing loaded")
    equal(d.auth(image, 0xf0), 0x101, "AUTH")
    d.wm(FCU_MASK, 0xf0)
    equal(d.fcu(2) & 7, 4, "LOAD into engines in reset")
    d.power_up()
    equal(d.auth(image, 0xf0), 0x101, "AUTH")
    d.wm(FCU_MASK, 0x1f0)
    equal(d.fcu(2) & 7, 4, "LOAD outside the image's mask")
    d.wm(FCU_MASK, 0xf0)
    equal(d.fcu(2) & 7, 2, "LOAD")
    equal(d.m(FCU_LOADED), 0xf0, "loaded")
    equal(d.m(0x604818), 0, "contexts stay off until START")
    equal(d.fcu(3) & 0x200, 0x200, "START")
    equal(d.m(0x604818), 0x1000ff40, "CTX_ENABLES from the image")
    equal(d.m(0x604844) >> 31, 1, "engine active")
    d.wm(0x640938, 0x4)
    equal(d.m(FCU_LOADED), 0, "group reset forgets the load")
    equal(d.m(FCU_STATUS), 0, "and the result")
    d.q.close()


def synthetic(name):
    """An image of the synthetic firmware, which is signed with a test key."""
    folder = os.environ["BUILD"] + "/firmware-synthetic/"
    if name == "mmp":
        return open(folder + "qat_4xxx_mmp.bin", "rb").read()
    start = 0x164 + 0x7c8 * ("admin", "sym", "dc", "asym", "kat").index(name) + 0x4c
    return open(folder + "qat_4xxx.bin", "rb").read()[start:start + 1916]


@test("firmware unit: signatures and keys are really checked")
def signatures():
    key = open(os.environ["BUILD"] + "/firmware-synthetic/key.sha256").read().strip()
    image = synthetic("sym")
    for props, want in (("fw-trust=keys,fw-key-hash=" + key, 1),
                        ("fw-trust=intel,fw-key-hash=%s:%s" % ("0" * 64, key), 1),
                        ("fw-trust=intel", 3), ("fw-trust=keys", 3), ("fw-trust=any", 1)):
        d = Device(props, up=False)
        equal(d.auth(image, 0xf0) & 7, want, props)
        if want == 1:
            equal(d.auth(synthetic("mmp"), 0) & 0x107, 0x101, props + ": MMP")
            equal(d.auth(synthetic("kat"), 0) & 0x107, 0x101, props + ": self-test image")
            for part, at in (("header", 0x14), ("modulus", 0x90), ("exponent", 0x200),
                             ("signature", 0x300), ("payload", 900 + 960)):
                bad = bytearray(image)
                bad[at] ^= 2
                equal(d.auth(bytes(bad), 0xf0) & 0x107, 3, "%s: one bit of the %s" %
                      (props, part))
        d.q.close()
    d = Device("fw-trust=none", up=False)
    bad = bytearray(image)
    bad[0x300] ^= 1
    equal(d.auth(bytes(bad), 0xf0) & 7, 1, "structure only")
    d.q.close()


@test("firmware unit: damaged descriptors and images are refused")
def bad_firmware():
    d = Device(up=False)
    image = make_image(NAMES["sym"], 0xff)
    n = len(image) - 900
    for what, change in (("length 0", {"img_len": 0}), ("too long", {"img_len": 0x7fffffff}),
                         ("beyond the header's size", {"img_len": n + 4}),
                         ("mode data elsewhere", {"mode": DATA}),
                         ("init data elsewhere", {"init": DATA}),
                         ("instructions elsewhere", {"insts": DATA}),
                         ("unreadable header", {"css": 0xffffffffffffff00}),
                         ("unreadable payload", {"img": 0xfffffffffffffff0,
                                                 "mode": 0xfffffffffffffff0}),
                         ("unreadable key", {"key": 1 << 60}),
                         ("mask wider than the image's", {"mask": 0x1ff})):
        equal(d.auth(image, change.pop("mask", 0xf0), **change) & 0x107, 3, what)
    other = bytearray(image)
    other[900 + 8] ^= 1
    equal(d.auth(bytes(other), 0xf0) & 7, 3, "another device type")
    other = bytearray(image)
    other[0x28] = 7
    equal(d.auth(bytes(other), 0xf0) & 7, 3, "unknown firmware type")
    d.wm(0x641014, 0x80000000)
    equal(d.fcu(1) & 7, 3, "descriptor outside memory")
    d.q.close()


@test("admin: an engine that does not run stays silent")
def admin_silent():
    d = Device(up=False)
    d.power_up()
    equal(d.admin(8, 0), None, "no firmware")
    d.q.close()


@test("admin: the commands of bring-up and their answers")
def admin_commands():
    d = Device()
    for ae in range(9):
        r = d.admin(ae, 0)
        equal(r[2:4] + r[8:16], b"\0\0" + bytes.fromhex("8877665544332211"), "INIT_AE")
    d.q.write(DATA, bytes(range(256)) * 4)
    equal(d.admin(8, 3, 1024, DATA)[2], 0, "CONSTANTS_CFG")
    equal(d.admin(8, 3, 1024, 0)[2], 1, "CONSTANTS_CFG without address")
    equal(d.admin(8, 3, 1024, 1 << 60)[2], 1, "CONSTANTS_CFG, unreadable")
    r = d.admin(3, 4)
    equal((get32(r, 4), get32(r, 16), r[21]), (0x10001, 50, 3), "STATUS_GET")
    for ae in range(8):
        equal(d.admin(ae, 9)[2:8], bytes([0, 9, 0, 0, 0, 0]), "COMP_CAPABILITY_GET")
    equal(d.admin(8, 10)[16:18], bytes([0x72, 0]), "CAPABILITIES_GET")
    equal(d.admin(8, 128, p0=6)[2], 0, "PM_STATE_CONFIG")
    equal(d.admin(8, 128, p0=8)[2], 1, "PM_STATE_CONFIG, no such filter")
    d.q.fill(DATA, 256, 0xee)
    equal(d.admin(8, 129, 4096, DATA)[2], 0, "PM_INFO")
    equal(d.q.read(DATA + 127, 2), b"\0\xee", "PM_INFO writes 128 bytes")
    equal(d.admin(8, 144)[2], 1, "KPT_ENABLE: disabled")
    for cmd in (12, 22, 77, 139, 255):
        equal(d.admin(8, cmd)[2], 4, "unsupported %d" % cmd)
    equal(d.admin(0, 19)[2], 0, "TIMER_GET")
    d.q.close()


@test("admin: what the compression image says of itself")
def admin_compression():
    d = Device(up=False)
    d.bring_up(group1="sym", group0="dc")
    equal(get32(d.admin(0, 9), 4), 0x101, "verify and recover")
    equal(d.admin(0, 11)[2], 0, "DC_CHAIN_INIT")
    equal(get32(d.admin(0, 9), 4), 0x200101, "and hash then compress")
    equal(get32(d.admin(4, 9), 4), 0, "sym")
    equal((d.admin(0, 20)[2], d.admin(4, 20)[2]), (0, 4), "CNV_STATS_GET")
    d.q.close()


@test("admin: what the time base said is seen outside")
def time_base():
    d = Device()
    for count in (5, 7):
        equal(d.admin(2, 7, p0=count)[2], 0, "SYNC")
    lines = d.prop("time-base").splitlines()
    equal((len(lines), lines[2], lines[8]), (9, "2 2 7", "8 0 0"), "engines")
    d.flr()
    equal(d.prop("time-base").splitlines()[2], "2 0 0", "after FLR")
    d.q.close()


@test("admin: heartbeat counters move with SYNC only")
def heartbeat():
    d = Device()
    d.q.fill(DATA, 0x300, 0xee)
    equal(d.admin(2, 7)[2], 0, "SYNC before HEARTBEAT_TIMER_SET")
    equal(d.q.read(DATA, 0x300), b"\xee" * 0x300, "nothing written")
    equal(d.admin(2, 13, ptr=DATA, p0=20000000)[2], 0, "HEARTBEAT_TIMER_SET")
    for want in (1, 2, 3):
        d.admin(2, 7)
        page = d.q.read(DATA, 0x300)
        equal(get32(page, 32 * 2 + 28), want << 16 | want, "thread 7")
        equal(page[:64] + page[96:], b"\xee" * (0x300 - 32), "only its own 32 bytes")
    equal(d.admin(2, 13, p0=0xffffffff)[2], 0, "stopped")
    d.admin(2, 7)
    equal(get32(d.q.read(DATA + 92, 4)), 3 << 16 | 3, "stands still")
    d.q.close()


@test("admin: bus master off leaves the mailbox busy")
def admin_no_master():
    d = Device()
    d.wc16(4, 2)
    equal(d.admin(8, 0), None, "no DMA, no answer")
    assert d.prop("dma-faults") > 0
    d.q.close()


@test("function level reset of the PF forgets everything")
def pf_flr():
    d = Device()
    d.wm(0x54, 0x12345)
    d.we(0x100000 + 0x1000, 9)
    d.wm(0x40b010, 0x51b)
    d.flr()
    equal(d.c16(4) & 6, 0, "COMMAND")
    equal(d.c32(0x18), 4, "BAR 2")
    d.map()
    for off, want in ((0x54, 0), (FCU_LOADED, 0), (FCU_STATUS, 0), (0x640938, 0x100015),
                      (0x50a00c, 0), (0x40b010, 0), (0x600818, 0)):
        equal(d.m(off), want, hex(off))
    equal(d.e(0x101000), 0, "ring configuration")
    d.bring_up()
    equal(d.admin(8, 0)[2], 0, "comes up again")
    d.q.close()


@test("an engine mask that lacks engines is honoured")
def fewer_engines():
    d = Device("fusectl4=0xf0", up=False)
    d.power_up()
    equal(d.auth(make_image(NAMES["sym"], 0xff), 0xf0), 0x101, "AUTH")
    d.wm(FCU_MASK, 0xf0)
    equal(d.fcu(2) & 7, 4, "LOAD into absent engines")
    d.q.close()


@test("properties out of range are refused with the rule")
def bad_properties():
    for props, word in (("total-vfs=17", "0..16"), ("fw-trust=maybe", "intel"),
                        ("fw-key-hash=12", "64 hex"), ("device-id=0x1234", "0x4940"),
                        ("faults=fw:sideways", "unknown kind")):
        try:
            Device(props, up=False).q.close()
        except RuntimeError as e:
            assert word in str(e), str(e)
        else:
            raise AssertionError("accepted " + props)
