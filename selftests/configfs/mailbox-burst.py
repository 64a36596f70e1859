#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
#
# usage: mailbox-burst.py SYSFS-FOLDER-OF-VF COUNT
#
# Says INIT so many times, each as soon as the PF has taken the one before, and prints how
# many it took until one was left for 20 ms. Offsets and words: reference 04 sections 2
# and 10. The VF needs no driver.

import ctypes
import mmap
import os
import sys
import time

VM2PF, INIT, PENDING = 0x100c // 4, 0xf, 1

folder, count = sys.argv[1], int(sys.argv[2])
with open(folder + '/enable', 'w') as f:
    f.write('1')
fd = os.open(folder + '/resource2', os.O_RDWR | os.O_SYNC)
mailbox = (ctypes.c_uint32 * 0x800).from_buffer(mmap.mmap(fd, 0x2000))
taken = 0
while taken < count:
    mailbox[VM2PF] = INIT
    end = time.monotonic() + 0.02
    # a processor that waits must not keep the PF's from running
    while mailbox[VM2PF] & PENDING and time.monotonic() < end:
        time.sleep(0.00002)
    if mailbox[VM2PF] & PENDING:
        break
    taken += 1
print(taken)
