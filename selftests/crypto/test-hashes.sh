#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Hashes and HMACs against OpenSSL: the kernel's own self-tests, every length, shape and
# key size, messages in parts whose state is exported, imported and handed over to
# software and back.  The driver's count of requests proves what the device did.
# SM3 and SM4 need software beside them, which Debian's kernels do not have: without it
# they must not be offered, with our own they must.
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 1200
# modules: crypto/module crypto/smsoft
# programs: crypto crypto/hash

. "$(dirname "$0")/ciphers.sh"

HASH_TEST=$BUILD/selftests/crypto/hash/hash-test
HASHES=$("$HASH_TEST" list)
SM='qatvf-sm3 qatvf-hmac-sm3 qatvf-ecb-sm4 qatvf-cbc-sm4 qatvf-ctr-sm4'

# The kernel has no SM3 and SM4 of its own, or this test would not test that.
without_software()
{
	local algorithm

	for algorithm in $SM; do
		! listed "$algorithm" || { echo "$algorithm is offered"; return 1; }
	done
	dmesg | grep 'no software implementation of ecb(sm4)'
}

others_offered()
{
	local algorithm

	for algorithm in $HASHES; do
		[[ $algorithm == *sm3 ]] || selftest_passed "$algorithm" ||
			{ echo "$algorithm"; return 1; }
	done
}

again_with_software()
{
	wait_until 30 modprobe -r qat_4xxxvf qatvf_pf || return 1
	wait_until 30 modprobe -r qatvf_core
	modprobe qatvf_sm_soft && bring_up
}

# Requests of the hashes run while the VFs leave one by one and come back.
removal()
{
	local n round

	"$HASH_TEST" load 25 >/run/load.out 2>&1 &
	for round in 1 2 3; do
		for ((n = 0; n < VFS; n++)); do
			sleep 0.7
			echo "$(vf $n)" >$VF_DRIVER/unbind || return 1
		done
		for ((n = 0; n < VFS; n++)); do
			echo "$(vf $n)" >$VF_DRIVER/bind || return 1
		done
	done
	wait $!
	local status=$?
	cat /run/load.out
	return $status
}

# An answer that reports an error is an error, not a digest.
refused()
{
	local answer

	faults 'resp:status,val=2,times=1' || return 1
	answer=$("$HASH_TEST" one "$1")
	faults ''
	echo "$answer"
	[ "$answer" = 'error -5' ] && [ "$("$HASH_TEST" one "$1")" = ok ]
}

# An answer that never comes: when the device goes, software has it.
rescued()
{
	local n before answer

	before=$(driver_count requests)
	faults 'resp:drop,times=1' || return 1
	"$HASH_TEST" one "$1" >/run/one.out &
	sleep 2
	[ "$(driver_count requests)" -eq $((before + 1)) ] &&
		[ "$(driver_count in_flight)" -eq 1 ] || return 1
	for ((n = 0; n < VFS; n++)); do
		timeout 60 sh -c "echo $(vf $n) >$VF_DRIVER/unbind" || return 1
	done
	wait $!
	answer=$(cat /run/one.out)
	faults ''
	for ((n = 0; n < VFS; n++)); do
		echo "$(vf $n)" >$VF_DRIVER/bind || return 1
	done
	echo "$answer"
	[ "$answer" = ok ] && wait_up
}

total=$(wc -w <<<"$HASHES $SM")
keyed=$(grep -c hmac <<<"$HASHES")
plain=$(grep -vc hmac <<<"$HASHES")
plan $((total - 2 + 12 * keyed + 10 * plain + 9))
check "four VFs come up and their algorithms with them" bring_up
check "without software SM3 and SM4 are not offered" without_software
check "the others are" others_offered
check "with software they are" again_with_software
for algorithm in $HASHES qatvf-ecb-sm4 qatvf-cbc-sm4 qatvf-ctr-sm4; do
	check "$algorithm: the kernel's own self-test passed" selftest_passed "$algorithm"
done
adopt "$HASH_TEST" points
check "VFs leave and come back under load" removal
check "no error on the device" test "$(driver_count errors) $(driver_count forged) $(driver_count in_flight)" = "0 0 0"
check "an answer with an error: -EIO" refused qatvf-sha256
check "no answer: sha256 by software when the device goes" rescued qatvf-sha256
check "no answer: hmac(sha3-224) by software when the device goes" rescued qatvf-hmac-sha3-224
finish
