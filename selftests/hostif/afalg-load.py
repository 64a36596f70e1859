#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
#
# usage: afalg-load.py ALGORITHM CPU SECONDS BYTES
#
# Encrypts on one CPU for so long, one request of so many bytes after the other, and
# prints how many bytes a second that were. The first request is not counted: it may
# still be served from what a rate limit has saved up. All requests are the same, so
# their results must be; the first wrong one ends it.

import os
import socket
import sys
import time

algorithm, cpu, seconds, size = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
os.sched_setaffinity(0, {cpu})
bound = socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)
bound.bind(('skcipher', algorithm))
bound.setsockopt(socket.SOL_ALG, socket.ALG_SET_KEY, bytes(range(16)))
op, _ = bound.accept()
data = bytes(size)


def request():
    op.sendmsg_afalg([data], op=socket.ALG_OP_ENCRYPT, iv=bytes(16))
    result = b''
    while len(result) < size:
        result += op.recv(size - len(result))
    return result


expected = request()
print('begun', file=sys.stderr, flush=True)
begin = time.monotonic()
done = 0
while time.monotonic() - begin < seconds:
    if request() != expected:
        sys.exit('wrong after %d bytes' % done)
    done += size
print(int(done / (time.monotonic() - begin)))
