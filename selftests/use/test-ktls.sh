#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Kernel TLS with AES-GCM on a VF, OpenSSL at the other end of the connection.
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1
# timeout: 400
# programs: use

. "$(dirname "$0")/use.sh"

KTLS=$BUILD/selftests/use/ktls
driver=qatvf-gcm-aes

plan 7
check "TLS in the kernel, a loopback" eval 'modprobe tls && ip link set lo up'
check "in software the program agrees with itself" eval \
	'timeout 60 $KTLS send 100000 && timeout 60 $KTLS receive 100000 && timeout 60 $KTLS forged 100000'
check "VFs, chosen before software" vfs_above_software $driver
check "what a VF encrypts OpenSSL understands" device_does $driver timeout 120 "$KTLS" send 3000000
check "what OpenSSL encrypts a VF understands" device_does $driver timeout 120 "$KTLS" receive 3000000
check "a forged record is refused" device_does $driver timeout 60 "$KTLS" forged 100000
check "VFs and modules go" eval 'wait_until 60 sh -c "[ \$(grep -c . /proc/net/tcp) -le 1 ]"; vfs_away'
finish
