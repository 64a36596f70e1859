#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# VFs in guests: a QEMU inside the test machine, started as libvirt starts one, with a
# small Linux and our VF driver in it.  While a guest with one VF encrypts the PF is
# reset, then the guest, which starts again and is killed while the device owes it
# answers; the next guest gets that VF and another; and after it this kernel.  Nothing of
# the former user is left.
#
# One processor: see vfio/test-handover.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --iommu on --smp 1 --append cryptomgr.notests=1
# timeout: 900
# programs: nested vfio crypto

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/vfio/users.sh"
. "$TOP/selftests/nested/nested.sh"

pf=$(pf 0) vf=$(vf 0 2) other=$(vf 0 3)
CIPHER_TEST=$BUILD/selftests/crypto/cipher-test

# count VF-NUMBER PROPERTY: of the model
count()
{
	qmp get "qat0/vf$1" "$2"
}

# grows SECONDS PROPERTY...: of the first VF, from now on
grows()
{
	local end=$((SECONDS + $1)) property before

	shift
	for property; do
		before=$(count 2 "$property")
		until [ "$(count 2 "$property")" -gt "$before" ]; do
			[ $SECONDS -lt $end ] || { echo "$property stays at $before"; return 1; }
			pause 1
		done
	done
}

# What a VF in a guest loses by that, nobody on this host programs again.
reset_pf()
{
	echo 1 >"$PCI/devices/$pf/reset" && wait_until 60 grep -qx up "$PCI/devices/$pf/qat/state"
}

owed()
{
	[ "$(count 2 requests)" -gt "$(count 2 responses)" ] ||
		{ echo "$(count 2 requests) requests, $(count 2 responses) responses"; return 1; }
}

# Answers are late, so that the guest is waiting for one when it is killed.
killed_with_requests_in_flight()
{
	qmp set qat0 faults 'resp:late,ms=1500' && wait_until 10 owed && guest_kill && owed
}

# One after the other, until the answers are due.
next_ones_are_clean()
{
	local end=$((SECONDS + 3))

	while [ $SECONDS -lt $end ]; do
		use clean "$vf" || return 1
	done
}

# to_kernel ADDRESS...: as "virsh nodedev-reattach", with our driver asked for by name
to_kernel()
{
	local address

	for address; do
		override "$address" 4xxxvf && unbind "$address" && probe "$address" &&
			has_driver "$address" 4xxxvf || return 1
	done
}

# The results of this kernel's VFs are those of OpenSSL, too.
encrypts_here()
{
	local key=000102030405060708090a0b0c0d0e0f iv=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
	local before mode

	before=$(($(count 2 requests) + $(count 3 requests)))
	head -c 49152 /dev/urandom >"$guest_dir/plain"
	modprobe algif_skcipher || return 1
	for mode in afalg openssl; do
		"$CIPHER_TEST" file cbc $mode $key $iv "$guest_dir/plain" "$guest_dir/$mode" ||
			return 1
	done
	cmp "$guest_dir/afalg" "$guest_dir/openssl" &&
		[ $(($(count 2 requests) + $(count 3 requests))) -gt "$before" ]
}

plan 23
modprobe qatvf_pf num_vfs=4 && modprobe vfio-pci && to_vfio "$vf" "$other"
ok_if $? 'two VFs for guests'
guest_start first task=forever "$vf"
check 'a guest with one VF starts' guest_says 300 1 'guest: started'
note "after $SECONDS s"
check 'its VF comes up' guest_says 60 1 'ready: PF mailbox version 5'
check 'and encrypts as OpenSSL does' guest_says 60 1 'guest: all good'
note "after $SECONDS s"
check 'it works on' grows 20 requests
check 'the PF is reset' reset_pf
check 'the guest has its VF again, interrupts as well' grows 30 requests interrupts
check 'the other VF did nothing' test "$(count 3 requests)" = 0
check 'it is reset' guest_command system_reset
check 'and starts again' guest_says 300 2 'guest: started'
check 'its VF comes up' guest_says 60 2 'ready: PF mailbox version 5'
check 'and encrypts as OpenSSL does' guest_says 60 2 'guest: all good'
killed_with_requests_in_flight
ok_if $? 'it is killed while the device owes it answers'
check 'the next users find nothing of it' next_ones_are_clean
qmp set qat0 faults ''

before=$(count 2 requests)
guest_start second '' "$vf" "$other"
check 'a guest with both VFs starts' guest_says 300 1 'guest: started'
check 'both come up' guest_says 60 1 'guest: 2 functions'
check 'each by itself encrypts as OpenSSL does' guest_says 120 2 'guest: all good'
check 'the device did it' test "$(count 2 requests)" -gt "$before" -a "$(count 3 requests)" -gt 0
guest_ends 60
ok_if $? 'it turns itself off'
note "after $SECONDS s"
check 'nothing of it is left' eval "use clean $vf && use clean $other"
check 'this kernel takes both' to_kernel "$vf" "$other"
check 'and encrypts with them' encrypts_here
check 'nothing is left' eval "numvfs 0 0 && unload vfio_pci && unload_all && nothing_left $pf"
finish
