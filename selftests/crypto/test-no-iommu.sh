#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# No IOMMU: the device sees memory where the processor does, and two lists over the
# same memory at the same address.  The kernel's self-tests have such requests.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu off
# timeout: 300

. "$(dirname "$0")/ciphers.sh"

# start SERVICES
start()
{
	modprobe qatvf_pf num_vfs=$VFS kernel_vfs=$VFS "services=$1" &&
		wait_until 240 bound_are $VFS && wait_until 240 settled
}

stop()
{
	rmmod qat_4xxxvf qatvf_pf qatvf_core
}

# passed DRIVER...: of algorithms that are there because their VFs are
passed()
{
	local driver

	for driver in "$@"; do
		selftest_passed "$driver" || { echo "$driver"; return 1; }
	done
	! dmesg | grep 'alg: .*qatvf.*fail'
}

device_worked()
{
	[ "$(driver_count requests)" -gt 100 ] && [ "$(driver_count errors)" -eq 0 ]
}

plan 8
check "no IOMMU" test -z "$(ls /sys/class/iommu)"
check "symmetric crypto and compression come up" start 'sym;dc'
check "with a warning that administrators know (reference 08 section 6)" \
	eval 'dmesg | grep -q "IOMMU should be enabled for SR-IOV to work correctly"'
check "their self-tests passed" passed qatvf-cbc-aes qatvf-ctr-aes qatvf-xts-aes \
	qatvf-gcm-aes qatvf-rfc4106-gcm-aes qatvf-ccm-aes qatvf-rfc7539-chacha20-poly1305 \
	qatvf-authenc-hmac-sha256-cbc-aes qatvf-sha256 qatvf-hmac-sha256 qatvf-deflate qatvf-lz4
check "the device did them, and failed none" device_worked
check "they leave" stop
check "public key crypto comes up" start asym
check "its self-tests passed" passed qatvf-rsa qatvf-dh qatvf-ecdh-nist-p256 qatvf-curve25519
finish
