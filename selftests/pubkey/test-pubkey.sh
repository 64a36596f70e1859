#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Public key algorithms against OpenSSL and the kernel's software: self-tests of the
# kernel, every size, bad input, more requests than a ring holds.  The driver's counts
# prove that the device did what it should have done.
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: pubkey/module
# programs: pubkey
# may-skip: ffdhe

. "$(dirname "$0")/pubkey.sh"

# The device's own count, too: what the driver says it gave is what the device took.
counters_agree()
{
	local driver model

	driver="$(driver_count requests) $(driver_count responses)"
	model="$(model_count requests) $(model_count responses)"
	[ "$driver" = "$model" ] || { echo "driver: $driver, model: $model"; return 1; }
	[ "$(driver_count requests)" -gt 1000 ]
}

# shellcheck disable=SC2086 # words
set -- $ALGORITHMS
plan $(($# + 65))
check "two VFs come up and their algorithms with them" bring_up_pubkey ||
	dmesg | grep -iE 'qat|alg:' | tail -n 20 | sed 's/^/# /'
for algorithm in $ALGORITHMS; do
	check "$algorithm: the kernel's own self-test passed" selftest_passed "$algorithm"
done
adopt "$PUBKEY_TEST" rsa rsa-bad dh dh-bad ecdh ecdh-bad x25519 burst
if [ "$VM_KERNEL" = 6.1 ]; then
	for bits in 2048 3072 4096 6144 8192; do
		skip "ffdhe$bits(dh)" "this kernel is built without the templates"
	done
else
	adopt "$PUBKEY_TEST" ffdhe
fi
check "the driver's counters and the device's agree" counters_agree
finish
