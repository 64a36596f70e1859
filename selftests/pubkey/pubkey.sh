# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for the tests of the public key algorithms: which ones there are on
# this kernel, bringing them up, who did the requests.
#
# shellcheck shell=bash

. "$(dirname "${BASH_SOURCE[0]}")/../crypto/ciphers.sh"

PUBKEY_TEST=$BUILD/selftests/pubkey/pubkey-test
VFS=2
ALGORITHMS='qatvf-rsa qatvf-dh qatvf-curve25519 qatvf-ecdh-nist-p256 qatvf-ecdh-nist-p384'
# Debian's 6.1 is built without ECDSA and without the ffdhe templates.
[ "$VM_KERNEL" = 6.1 ] ||
	ALGORITHMS+=' qatvf-ecdsa-nist-p256 qatvf-ecdsa-nist-p384'

bring_up_pubkey()
{
	modprobe qatvf_pubkey_test && modprobe qatvf_pf num_vfs=$VFS kernel_vfs=$VFS &&
		wait_up
}

# done_by COLUMN DRIVER: requests of a driver; column 2: by the device, 3: software
done_by()
{
	awk -v column="$1" -v driver="$2" '$1 == driver { print $column }' \
		/sys/kernel/debug/qatvf/requests
}

# by_device DRIVER COMMAND...: the command succeeds and the device had a part in it
by_device()
{
	local driver=$1 before

	before=$(done_by 2 "$driver")
	shift
	"$@" || return 1
	[ "$(done_by 2 "$driver")" -gt "$before" ] ||
		{ echo "$driver: the device did nothing"; return 1; }
}
