# SPDX-License-Identifier: GPL-2.0-or-later
"""The device as a driver sees it: functions, bring-up, rings, requests.

All numbers are stated here anew, from the reference, and not taken from the model.
"""

import struct

from qtest import ECAM, Qemu

SLOT = 4
PF_BARS = {0: 0xc0200000, 2: 0xc0800000, 4: 0xc0000000}
VF_BARS = {0: (0xc1000000, 0x8000), 2: (0xc1100000, 0x2000), 4: (0xc1200000, 0x8000)}
SRIOV = 0x150

FCU_CONTROL, FCU_STATUS, FCU_MASK = 0x641000, 0x641004, 0x641008
FCU_LOADED, FCU_LO, FCU_HI = 0x641010, 0x641014, 0x641018
ADMIN_UR, ADMIN_LR = 0x500574, 0x500578
PAGE = 0x10000          # admin page
IMAGE = 0x200000        # firmware buffer
MSI = 0x300000          # where interrupt messages go
DATA = 0x800000

NAMES = {"sym": b"icp_security_cy__c0", "asym": b"icp_security_pke__c0",
         "dc": b"icp_security_dc__c0", "admin": b"icp_admin_me__c0"}


def u16(v):
    return struct.pack("<H", v)


def u32(v):
    return struct.pack("<I", v)


def u64(v):
    return struct.pack("<Q", v)


def get32(b, off=0):
    return struct.unpack_from("<I", b, off)[0]


def make_image(name, mask, insts=64):
    """An unsigned image: header, key and signature of the right size, payload."""
    payload = bytearray(952 + insts)
    payload[0x00:4] = u32(0x00494d47)
    payload[0x08:12] = u32(0x08000000)
    payload[0x10:0x14] = u32(mask)
    payload[0x14:0x18] = u32(0x1000ff40)
    payload[0x28:0x28 + len(name)] = name
    css = bytearray(128)
    for off, val in ((0, 6), (4, 225), (8, 0x10000), (0x10, 0x8086),
                     (0x18, (900 + len(payload)) // 4), (0x1c, 96), (0x20, 96), (0x24, 1)):
        css[off:off + 4] = u32(val)
    return bytes(css) + bytes(384) + u32(65537) + bytes(384) + bytes(payload)


class Function:
    """One PCI function: configuration space by ECAM, BARs, its own MSI."""

    def __init__(self, q, devfn):
        self.q = q
        self.cfg = ECAM + (devfn << 12)

    def c32(self, off):
        return self.q.readl(self.cfg + off)

    def c16(self, off):
        return self.c32(off & ~3) >> (8 * (off & 2)) & 0xffff

    def wc16(self, off, val):
        self.q.cmd("writew %#x %#x" % (self.cfg + off, val))

    def wc32(self, off, val):
        self.q.writel(self.cfg + off, val)

    def enable(self):
        self.wc16(4, 6)

    def cap(self, ident):
        off = self.c32(0x34) & 0xff
        while off:
            word = self.c32(off)
            if word & 0xff == ident:
                return off
            off = word >> 8 & 0xff
        return 0

    def ecap(self, ident):
        off = 0x100
        while off:
            word = self.c32(off)
            if word & 0xffff == ident:
                return off
            off = word >> 20
        return 0

    def flr(self):
        self.wc16(self.cap(0x10) + 8, 0x8000)


class Bank:
    """A ring pair of 16 entries, wherever its registers are mapped."""

    def __init__(self, q, base, mem, entries=16, req=128, watermark=0):
        self.q, self.base, self.mem = q, base, mem
        self.entries, self.req = entries, req
        self.req_bytes, self.resp_bytes = entries * req, entries * 32
        self.resp_mem = mem + 0x4000
        self.tail = self.head = 0
        q.fill(mem, self.req_bytes, 0x7f)
        q.fill(self.resp_mem, self.resp_bytes, 0x7f)
        for ring, addr, size in ((0, mem, self.req_bytes),
                                 (1, self.resp_mem, self.resp_bytes)):
            code = (size // 64).bit_length() - 1
            self.w(0x1000 + 4 * ring, code | (watermark << 10 if ring else 0))
            self.w(0x1040 + 4 * ring, addr)
            self.w(0x1080 + 4 * ring, 0)
        self.w(0x174, 0x44)
        self.w(0x19c, 1)

    def w(self, off, val):
        self.q.writel(self.base + off, val)

    def r(self, off):
        return self.q.readl(self.base + off)

    def put(self, request):
        self.q.write(self.mem + self.tail, request.ljust(self.req, b"\0"))
        self.tail = (self.tail + self.req) % self.req_bytes

    def ring(self):
        self.w(0x100, self.tail)

    def get(self):
        raw = self.q.read(self.resp_mem + self.head, 32)
        if get32(raw) == 0x7f7f7f7f:
            return None
        self.q.fill(self.resp_mem + self.head, 32, 0x7f)
        self.head = (self.head + 32) % self.resp_bytes
        return raw

    def ack(self):
        self.w(0x0c4, self.head)

    def do(self, request):
        """One request, one response."""
        self.put(request)
        self.ring()
        self.q.step()
        resp = self.get()
        self.ack()
        return resp


class Device(Function):
    def __init__(self, props="", up=True, **kwargs):
        if "fw-trust" not in props:
            props += ",fw-trust=none"
        self.q = Qemu("qat-4xxx,id=qat0,bus=pcie.0,addr=%d.0,%s" % (SLOT, props.strip(",")),
                      **kwargs)
        super().__init__(self.q, SLOT << 3)
        self.map()
        if up:
            self.bring_up()

    def map(self):
        for bar, addr in PF_BARS.items():
            self.wc32(0x10 + 4 * bar, addr)
            self.wc32(0x14 + 4 * bar, 0)
        self.enable()

    # registers by BAR
    def m(self, off):
        return self.q.readl(PF_BARS[2] + off)

    def wm(self, off, val):
        self.q.writel(PF_BARS[2] + off, val)

    def e(self, off):
        return self.q.readl(PF_BARS[4] + off)

    def we(self, off, val):
        self.q.writel(PF_BARS[4] + off, val)

    def prop(self, name, vf=None):
        path = "/machine/peripheral/qat0" + ("/vf%d" % vf if vf is not None else "")
        return self.q.qmp("qom-get", path=path, property=name)

    def set(self, name, value):
        self.q.qmp("qom-set", path="/machine/peripheral/qat0", property=name, value=value)

    def faults(self, text):
        self.set("faults", text)

    # firmware
    def fcu(self, command):
        self.wm(FCU_CONTROL, command)
        self.q.step(10_000_000)
        return self.m(FCU_STATUS)

    def auth(self, image, mask, at=IMAGE, **change):
        payload = image[900:]
        mmp = get32(image, 0x28) == 1
        f = {"img_len": len(payload), "mask": mask, "css": at + 0x50, "img": at + 0x550,
             "sig": at + 0x3d0, "key": at + 0xd0, "mode": 0 if mmp else at + 0x550,
             "init": 0 if mmp else at + 0x550 + 552,
             "insts": at + 0x550 + (0 if mmp else 952)}
        f.update(change)
        desc = u32(f["img_len"]) + u32(f["mask"])
        for name in ("css", "img", "sig", "key", "mode", "init", "insts"):
            desc += u32(f[name] >> 32) + u32(f[name] & 0xffffffff)
        self.q.write(at, desc)
        self.q.write(at + 0x50, image[:128])
        self.q.write(at + 0xd0, image[128:512] + bytes(380) + image[512:516] + image[516:900])
        self.q.write(at + 0x550, payload)
        self.wm(FCU_HI, at >> 32)
        self.wm(FCU_LO, at & 0xffffffff)
        return self.fcu(1)

    def load(self, service, mask):
        status = self.auth(make_image(NAMES[service], 0x100 if service == "admin" else 0xff),
                           mask)
        assert status & 0x107 == 0x101, hex(status)
        if mask == 0x100:
            status = self.fcu(0x812)
        else:
            self.wm(FCU_MASK, mask)
            status = self.fcu(2)
        assert status & 7 == 2, hex(status)

    def power_up(self):
        self.wm(0x50a028, 0x100000)
        self.wm(ADMIN_UR, 0)
        self.wm(ADMIN_LR, PAGE)
        self.wm(0x640938, 0)
        self.wm(0x640964, 0x100015)

    def bring_up(self, group1="sym", group0="asym"):
        self.power_up()
        for i in range(4):
            self.we(4 * i, 0x80000041)
        for ae in range(8):
            self.we(0x400 + 4 * ae, 0x0aaaaaaa if ae > 3 else 0x05555555)
        self.load(group1, 0xf0)
        self.load(group0, 0x0f)
        self.load("admin", 0x100)
        status = self.fcu(3)
        assert status & 0x200, hex(status)

    def admin(self, ae, cmd, size=0, ptr=0, p0=0, p1=0):
        """The response, or None if the mailbox stays busy."""
        request = u16(size) + bytes([0, cmd]) + bytes(4) + u64(0x1122334455667788)
        request += u64(ptr) + u32(p0) + u32(p1)
        self.q.write(PAGE + 64 * ae, request + bytes(32))
        mailbox = 0x600970 + 0x1000 * ae
        self.wm(mailbox, 1)
        self.q.step()
        return None if self.m(mailbox) else self.q.read(PAGE + 64 * ae + 32, 32)

    # ring pairs of the PF: odd ones are sym, even ones asym (see bring_up)
    def bank(self, num, **kwargs):
        return Bank(self.q, PF_BARS[4] + 0x100000 + 0x2000 * num,
                    0x1000000 + 0x10000 * num, **kwargs)

    def enable_vfs(self, num=16):
        for bar, (addr, _) in VF_BARS.items():
            self.wc32(SRIOV + 0x24 + 4 * bar, addr)
            self.wc32(SRIOV + 0x28 + 4 * bar, 0)
        self.wc16(SRIOV + 0x10, num)
        self.wc16(SRIOV + 0x08, 9)

    def vf(self, n):
        v = Vf(self.q, (SLOT << 3) + 1 + n, n)
        v.enable()
        return v

    def msix(self, entry, masked=False):
        """Entry's messages arrive at MSI + 4 * entry as 0xa0 + entry."""
        table = 0x400000 + 16 * entry
        self.wm(table, MSI + 4 * entry)
        self.wm(table + 4, 0)
        self.wm(table + 8, 0xa0 + entry)
        self.wm(table + 12, 1 if masked else 0)
        self.wc16(self.cap(0x11) + 2, 0x8000)

    def taken(self, entry):
        """Has a message arrived since the last look?"""
        val = get32(self.q.read(MSI + 4 * entry, 4))
        self.q.fill(MSI + 4 * entry, 4, 0)
        return val == 0xa0 + entry


class Vf(Function):
    def __init__(self, q, devfn, n):
        super().__init__(q, devfn)
        self.n = n
        self.msi_addr = MSI + 0x1000 + 4 * n

    def m(self, off):
        return self.q.readl(VF_BARS[2][0] + VF_BARS[2][1] * self.n + off)

    def wm(self, off, val):
        self.q.writel(VF_BARS[2][0] + VF_BARS[2][1] * self.n + off, val)

    def bank(self, b, **kwargs):
        return Bank(self.q, VF_BARS[0][0] + VF_BARS[0][1] * self.n + 0x2000 * b,
                    0x1000000 + 0x10000 * (4 * self.n + b), **kwargs)

    def msi(self):
        cap = self.cap(5)
        self.wc32(cap + 4, self.msi_addr)
        self.wc32(cap + 8, 0)
        self.wc16(cap + 12, 0x55)
        self.wc16(cap + 2, 0x81)

    def taken(self):
        val = get32(self.q.read(self.msi_addr, 4))
        self.q.fill(self.msi_addr, 4, 0)
        return val == 0x55
