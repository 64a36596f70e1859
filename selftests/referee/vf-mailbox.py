#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
#
# Plays a VF at its mailbox: version request and initialisation, the PF's answers
# checked.  The VF needs no driver; its BAR 2 is mapped through sysfs.  Offsets and
# words are those of reference 04 sections 2, 3 and 10.
#
# usage: vf-mailbox.py SYSFS-FOLDER-OF-VF

import ctypes
import mmap
import os
import sys
import time

MASK_PF2VM, PF2VM, VM2PF = 0x1004, 0x1008, 0x100c
VERSION_REQUEST = 0x51b     # type 6, version 5
INIT = 0x0f                 # type 3


def words(folder):
    with open(folder + "/enable", "w") as f:
        f.write("1")
    fd = os.open(folder + "/resource2", os.O_RDWR | os.O_SYNC)
    return (ctypes.c_uint32 * 0x800).from_buffer(mmap.mmap(fd, 0x2000))


def wait(condition, what):
    end = time.time() + 5
    while not condition():
        if time.time() > end:
            sys.exit("no " + what)


def main():
    mbox = words(sys.argv[1])
    mbox[MASK_PF2VM // 4] = 1
    mbox[VM2PF // 4] = VERSION_REQUEST
    wait(lambda: not mbox[VM2PF // 4] & 1, "acknowledge of the version request")
    wait(lambda: mbox[PF2VM // 4] & 1, "answer to the version request")
    reply = mbox[PF2VM // 4]
    mbox[PF2VM // 4] = reply & ~1
    kind, version, result = reply >> 2 & 0x3f, reply >> 8 & 0xff, reply >> 16 & 3
    print("reply %#x: type %d version %d result %d" % (reply, kind, version, result))
    if kind != 2 or result != 1:
        sys.exit("not a compatible version response")
    mbox[VM2PF // 4] = INIT
    wait(lambda: not mbox[VM2PF // 4] & 1, "acknowledge of INIT")


main()
