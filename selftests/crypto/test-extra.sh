#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every algorithm of ours under the kernel's extra self-tests: each vector in hundreds
# of random layouts (splits, offsets, alignments, in place or not, chunks of a hash with
# export and import between), and random requests, good and bad, compared with the
# generic software.  Only a kernel built for it has them: make check-extra.
#
# kernels: extra
# vm: --pfs 1 --append panic_on_warn=0
# timeout: 1200
# may-skip: # SKIP the kernel has no test

. "$(dirname "$0")/ciphers.sh"

VFS=2
RESULTS=/run/extra
# Those which the kernel's table of tests (crypto/testmgr.c) lists with alg_test_null: the
# kernel calls them passed without a request, and says nothing.  test-aead compares them
# with OpenSSL.
NO_VECTORS='^qatvf-authenc-hmac-sha(1|256|384|512)-(ctr|rfc3686-ctr)-aes$'

# What the module holds, offered or not: the names stand in its data as they are.
built_in()
{
	tr '\0' '\n' <"$(modinfo -n qatvf_core)" | grep -axE 'qatvf-[a-z0-9]+(-[a-z0-9]+)*' |
		sort -u
}

all_tested()
{
	bound_are $VFS && settled
}

unload()
{
	wait_until 60 modprobe -r qat_4xxxvf qatvf_pf && wait_until 60 modprobe -r qatvf_core
}

# Lets the kernel test what a device with these services offers; keeps what came of
# it: driver, verdict, requests done by the device and by software.
run_services()
{
	local services=$1 algorithm status=0

	modprobe qatvf_pf num_vfs=$VFS kernel_vfs=$VFS "services=$services" || return 1
	wait_until 900 all_tested || { not_up; status=1; }
	for algorithm in $(offered | sort); do
		echo "$algorithm $(field "$algorithm" selftest) $(awk -v d="$algorithm" \
			'$1 == d { print $2, $3 }' /sys/kernel/debug/qatvf/requests)"
	done >>$RESULTS
	unload && return $status
}

# alg: lines of the kernel's log which are about one driver
log_of()
{
	dmesg | sed -n 's/^\[[^]]*\] *//; s/^alg: //p' | grep -E "(^|[ (\"])$1([ ):\",]|\$)"
}

tested()
{
	local driver verdict hard soft

	read -r driver verdict hard soft <<<"$(grep "^$1 " $RESULTS)"
	[ -n "$driver" ] || { echo "not offered"; return 1; }
	echo "self-test $verdict, $hard requests to the device, $soft to software"
	log_of "$1"
	[ "$verdict" = passed ] && [ "$hard" -gt 0 ] && [ -z "$(log_of "$1")" ]
}

# alg: passed, since the kernel has nothing to test it with?
untested()
{
	log_of "$1" | grep -q '^No test for' && grep -q "^$1 passed " $RESULTS ||
		{ [[ $1 =~ $NO_VECTORS ]] && grep -q "^$1 passed 0 0$" $RESULTS; }
}

totals()
{
	awk '{ hard += $3; soft += $4 } END { printf "%d algorithms, %d requests to the device, %d to software\n", NR, hard, soft }' $RESULTS
}

: >$RESULTS
mapfile -t algorithms <<<"$(built_in)"
plan $((${#algorithms[@]} + 3))
check "the kernel has the extra tests" grep -q . \
	/sys/module/cryptomgr/parameters/fuzz_iterations
check "symmetric and public key algorithms are offered and tested" run_services 'sym;asym'
check "so is compression" run_services dc
for algorithm in "${algorithms[@]}"; do
	if untested "$algorithm"; then
		skip "$algorithm" "the kernel has no test"
	else
		check "$algorithm" tested "$algorithm"
	fi
done
note "$(totals)"
note "$(column -t $RESULTS)"
finish
