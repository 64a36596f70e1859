#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The device model on its own: registers, firmware unit, admin channel, rings,
# worked requests, VFs, fault knobs, and random accesses, driven through QEMU's
# qtest protocol without a guest.
#
# usage: host-test-model.sh [WORD...]	tests whose name holds a word
#
# programs: qemu firmware
# timeout: 600

TOP=${TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
BUILD=${BUILD:-$TOP/build}
export BUILD MODEL=${MODEL:-$BUILD/qemu/qat-model.so} QTEST=$BUILD/qemu/qtest.so

exec /usr/bin/python3 -B "$TOP/selftests/qemu/tests/main.py" "$@"
