# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for the tests of compression, on top of those for ciphers: VFs
# whose ring pairs all compress, what the driver counted.
#
# shellcheck shell=bash disable=SC2034

. "${TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}/selftests/crypto/ciphers.sh"

VFS=2
COMP_TEST=$BUILD/selftests/compress/comp-test
REQUESTS=/sys/kernel/debug/qatvf/requests
FORMATS='deflate lz4'
# The kernel's zstd takes sequences of others: then the device helps with it.
case $VM_KERNEL in
7.*) FORMATS+=' zstd' ;;
esac
ALGORITHMS=$(printf 'qatvf-%s ' $FORMATS)

bring_up()
{
	modprobe qatvf_comp_test && modprobe qatvf_pf num_vfs=$VFS kernel_vfs=$VFS services=dc &&
		wait_up
}

# hard DRIVER, soft DRIVER: requests that went to a device, to software
hard()
{
	awk -v d="$1" '$1 == d { print $2 }' $REQUESTS
}

soft()
{
	awk -v d="$1" '$1 == d { print $3 }' $REQUESTS
}

unverified()
{
	awk -v d="$1" '$1 == d { print $2 }' /sys/kernel/debug/qatvf/unverified
}
