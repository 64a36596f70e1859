#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Programs that have VFs, while their PF is reset, has a fatal error, goes down and comes
# up, and while VFs are turned off: they are told, stop, say so, and have their VFs again
# (reference 04 sections 8 and 11).
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --smp 1 --append cryptomgr.notests=1
# timeout: 600
# programs: vfio

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/vfio/users.sh"

pf=$(pf 0) vf=$(vf 0 0) other=$(vf 0 1)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

up()
{
	grep -qx up "$PCI/devices/$pf/qat/state"
}

reset_pf()
{
	echo 1 >"$PCI/devices/$pf/reset" && wait_until 60 up
}

# A parity error which is fatal (reference 03 section 12)
fatal_error()
{
	echo on >"$PCI/devices/$pf/qat/auto_reset" &&
		qmp set qat0 faults ras:set,reg=0x41a310,val=1 && wait_until 10 not_up &&
		qmp set qat0 faults '' && wait_until 60 up
}

not_up()
{
	! up
}

# lived_through NAME COMMAND...: two users at work, then the command
lived_through()
{
	local name=$1 first second

	shift
	in_background "$tmp/first" restart "$vf" 60
	first=$user_pid
	in_background "$tmp/second" restart "$other" 60
	second=$user_pid
	sleep 1
	check "$name" "$@"
	was_good $first "$tmp/first" && was_good $second "$tmp/second"
	ok_if $? 'two users were told, came back and worked'
	note "$(sed 's/^/first: /' "$tmp/first")"
}

plan 8
modprobe qatvf_pf num_vfs=2 && modprobe vfio-pci && to_vfio "$vf" "$other"
ok_if $? 'two VFs for programs'
lived_through 'the PF is reset' reset_pf
lived_through 'and again' reset_pf
lived_through 'a fatal error, after which it restarts itself' fatal_error
check 'all unload' eval 'numvfs 0 0 && unload vfio_pci && unload_all'
finish
