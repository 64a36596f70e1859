#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A machine without an IOMMU, whose kernel copies all data of DMA through a small pool:
# ciphers, AEADs and hashes are right all the same, and what finds the pool full is
# done in software.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu off --append swiotlb=8192,force
# timeout: 600
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

no_iommu()
{
	[ "$VM_IOMMU" = off ] && [ -z "$(ls -A /sys/class/iommu 2>/dev/null)" ]
}

soft_count()
{
	awk '/^qatvf-/ { sum += $3 } END { print sum + 0 }' /sys/kernel/debug/qatvf/requests
}

# More data in flight than the pool holds, from all processors.
pool_overflows()
{
	local soft hard name

	soft=$(soft_count) hard=$(driver_count requests)
	rm -f $LOAD/*
	faults 'resp:late,ms=5'
	for name in cbc ctr xts; do
		"$CIPHER_TEST" burst $name 32768 >"$LOAD/$name.out" 2>&1 &
		jobs_of_load+=($!)
	done
	wait "${jobs_of_load[@]}"
	jobs_of_load=()
	faults ''
	cat $LOAD/*.out
	echo "software $soft -> $(soft_count), device $hard -> $(driver_count requests)"
	[ "$(soft_count)" -gt "$soft" ] && [ "$(driver_count requests)" -gt "$hard" ] &&
		dmesg | grep -c '4xxxvf .*swiotlb buffer is full' && no_request_failed
}

plan 40
check "there is no IOMMU" no_iommu
check "four VFs come up and their algorithms with them" bring_up
adopt "$CIPHER_TEST" shapes cbc
adopt "$CIPHER_TEST" aead gcm sha256-cbc
step "more data than the pool holds: software does what does not fit" pool_overflows
check "no error, no request is left on the device" \
	test "$(driver_count errors) $(driver_count forged) $(driver_count in_flight)" = "0 0 0"
finish
