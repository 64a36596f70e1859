#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The samples of Intel's user-space library, unpatched, on VFs of our PF: all that Debian
# has of them, in their short form, which takes minutes here.
#
# kernels: none
# also: 6.12
# vm: --pfs 1 --prop total-vfs=4 --append cryptomgr.notests=1
# timeout: 900
# programs: qatlib

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/qatlib/userland.sh"

start_with()
{
	service_config POLICY=1 "ServicesEnabled=$1" && service_start
}

# What they compress: Debian leaves it out.
texts()
{
	local corpus

	mkdir -p $USERLAND/usr/share/qat || return 1
	for corpus in calgary calgary32 canterbury; do
		head -c 262144 $USERLAND/usr/bin/cpa_sample_code \
			>"$USERLAND/usr/share/qat/$corpus" || return 1
	done
}

plan 11
check 'the Debian with qatlib' userland_mount
check 'texts' texts
check 'the PF driver loads' modprobe qatvf_pf
check 'the service starts, with symmetric crypto and compression' start_with 'sym;dc'
check 'compression' by_device sample 32
check 'symmetric crypto' by_device sample 1
check 'the service stops' service_stop
check 'it starts, with symmetric and public key crypto' start_with 'sym;asym'
check 'RSA' by_device sample 2
check 'DSA, ECDSA, Diffie-Hellman' by_device sample 28
check 'the service stops' service_stop
finish
