#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ECB and SM4 against OpenSSL, as test-ciphers.sh does it for CBC, CTR and XTS.  SM4 has
# our own software beside it, Debian's kernels have none.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: crypto/module crypto/smsoft
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

MORE='qatvf-ecb-aes qatvf-ecb-sm4 qatvf-cbc-sm4 qatvf-ctr-sm4'

with_software()
{
	modprobe qatvf_sm_soft && bring_up
}

plan 71
check "four VFs come up and their algorithms with them" with_software
for algorithm in $MORE; do
	check "$algorithm: the kernel's own self-test passed" selftest_passed "$algorithm"
done
adopt "$CIPHER_TEST" shapes ecb sm4-ecb sm4-cbc sm4-ctr
adopt "$CIPHER_TEST" bursts ecb sm4-ecb sm4-cbc sm4-ctr
check "no error on the device" test "$(driver_count errors) $(driver_count forged) $(driver_count in_flight)" = "0 0 0"
finish
