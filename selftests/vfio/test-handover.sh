#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# VFs from user to user: each is killed in the middle of something, with requests in
# flight, and the next one finds registers, mailbox and memory as new.  ROUNDS for more.
#
# One processor: QEMU 7.2 unmaps the BARs of a VF that is reset, and another processor
# which is at a register at that moment may be led to a wrong one.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --smp 1 --append cryptomgr.notests=1
# timeout: 600
# programs: vfio

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/vfio/users.sh"

rounds=${ROUNDS:-20}
vf=$(vf 0 2) other=$(vf 0 3)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

vf_counter()
{
	qmp get qat0/vf2 "$1"
}

killed()
{
	use die "$vf" 2>"$tmp/die"
	[ $? -eq 137 ] || { cat "$tmp/die"; return 1; }
}

# Responses that the device owes are held back until well after the FLR.
killed_with_requests_in_flight()
{
	qmp set qat0 faults 'resp:late,bank=9,ms=1500' && killed
}

owed()
{
	[ "$(vf_counter requests)" -gt "$(vf_counter responses)" ] ||
		{ echo "$(vf_counter requests) requests, $(vf_counter responses) responses"; return 1; }
}

# One after the other, until they are due.
next_ones_are_clean()
{
	local end=$((SECONDS + 3))

	while [ $SECONDS -lt $end ]; do
		use clean "$vf" || return 1
	done
}

plan 12
modprobe qatvf_pf num_vfs=4 && modprobe vfio-pci && to_vfio "$vf" "$other"
ok_if $? 'two VFs for programs'
check 'a user is killed' killed
check 'the next one finds nothing of him' use clean "$vf"
check 'and works' use works "$vf"
check 'a user is killed while the device owes responses' killed_with_requests_in_flight
check 'which it does' owed
check 'the next ones get none of them' next_ones_are_clean
qmp set qat0 faults ''
in_background "$tmp/guard" guard "$other" 10
guard=$user_pid
check "$rounds users, one after the other, each killed" \
	timeout $((rounds * 10)) "$USE" handover "$vf" "$rounds"
kill -0 $guard 2>/dev/null || note 'the neighbour was done before'
was_good $guard "$tmp/guard"
ok_if $? 'his neighbour noticed nothing'
check 'all VFs can be turned off' numvfs 0 0
check 'and on' eval "numvfs 0 4 && to_vfio $vf && use works $vf"
check 'all unload' eval 'numvfs 0 0 && unload vfio_pci && unload_all'
finish
