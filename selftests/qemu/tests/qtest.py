# SPDX-License-Identifier: GPL-2.0-or-later
"""A QEMU without a guest, driven through the qtest protocol and QMP.

Virtual time stands still until clock_step(), so every test is deterministic.
"""

import ctypes
import json
import os
import socket
import subprocess
import tempfile

ECAM = 0xb0000000
PR_SET_PDEATHSIG, SIGKILL = 1, 9
LIVE = set()            # machines that are running


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)


def close_all():
    """After a test that failed half way."""
    for machine in list(LIVE):
        machine.close()


class Qemu:
    def __init__(self, *devices, ram="64M"):
        self.dir = tempfile.TemporaryDirectory()
        self.log = self.dir.name + "/log"
        path = self.dir.name + "/qmp"
        env = dict(os.environ)
        env["LD_PRELOAD"] = " ".join(
            os.environ.get(name, "") for name in ("MODEL_PRELOAD", "QTEST", "MODEL"))
        args = [os.environ.get("QEMU", "qemu-system-x86_64"), "-nodefaults",
                "-display", "none", "-machine", "q35", "-accel", "qtest", "-m", ram,
                "-qtest", "stdio", "-qtest-log", "/dev/null",
                "-qmp", "unix:%s,server=on,wait=off" % path,
                "-d", "guest_errors,unimp", "-D", self.log]
        for dev in devices:
            args += ["-device", dev]
        self.err = open(self.dir.name + "/stderr", "w+")
        self.proc = subprocess.Popen(args, stdin=subprocess.PIPE, stderr=self.err,
                                     stdout=subprocess.PIPE, env=env, text=True,
                                     preexec_fn=die_with_parent)
        LIVE.add(self)
        self.sock = socket.socket(socket.AF_UNIX)
        self.cmd("clock_step 1")
        self.sock.connect(path)
        self.lines = self.sock.makefile("rw")
        self.lines.readline()
        self.qmp("qmp_capabilities")
        # let configuration space appear in memory
        self.cmd("outl 0xcf8 0x80000060")
        self.cmd("outl 0xcfc %#x" % (ECAM | 1))

    def cmd(self, text):
        try:
            self.proc.stdin.write(text + "\n")
            self.proc.stdin.flush()
            while True:
                line = self.proc.stdout.readline()
                if not line:
                    raise BrokenPipeError
                if not line.startswith("IRQ"):
                    break
        except BrokenPipeError:
            self.err.seek(0)
            raise RuntimeError("QEMU died at '%s': %s" % (text[:60], self.err.read()))
        if not line.startswith("OK"):
            raise RuntimeError("%s: %s" % (text[:60], line))
        return line[3:].strip()

    def qmp(self, execute, **arguments):
        self.lines.write(json.dumps({"execute": execute, "arguments": arguments}) + "\n")
        self.lines.flush()
        while True:
            answer = json.loads(self.lines.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise ValueError(answer["error"]["desc"])

    def readl(self, addr):
        return int(self.cmd("readl %#x" % addr), 16)

    def writel(self, addr, val):
        self.cmd("writel %#x %#x" % (addr, val & 0xffffffff))

    def read(self, addr, size):
        return bytes.fromhex(self.cmd("read %#x %#x" % (addr, size))[2:]) if size else b""

    def write(self, addr, data):
        if data:
            self.cmd("write %#x %#x 0x%s" % (addr, len(data), data.hex()))

    def fill(self, addr, size, byte):
        self.cmd("memset %#x %#x %#x" % (addr, size, byte))

    def step(self, ns=2_000_000):
        self.cmd("clock_step %d" % ns)

    def close(self):
        LIVE.discard(self)
        self.sock.close()
        self.proc.kill()
        self.proc.wait()
        self.err.close()
        self.dir.cleanup()

    def guest_errors(self):
        with open(self.log) as f:
            return f.read()
