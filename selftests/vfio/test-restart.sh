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

restarts() { dmesg | grep -c "$pf: restarted in"; }

more_restarts() { [ "$(restarts)" -gt "$1" ]; }

# VFs are turned off, one user does not let go, and the device fails.
restart_while_leaving()
{
	local before disabler status

	before=$(restarts)
	(exec {user_input}>&- && numvfs 0 0) &
	disabler=$!
	sleep 2
	qmp set qat0 faults ras:set,reg=0x41a310,val=1 && wait_until 60 more_restarts "$before"
	status=$?
	qmp set qat0 faults ''
	kill -0 $disabler || { echo 'nobody waited for the user'; status=1; }
	exec {user_input}>&-
	wait $disabler && return $status
}

step_restart_while_leaving()
{
	local status

	mkfifo "$tmp/input"
	"$USE" hold "$vf" <"$tmp/input" >"$tmp/hold" 2>&1 &
	user_pid=$!
	exec {user_input}>"$tmp/input"
	wait_until 20 test -s "$tmp/hold" && restart_while_leaving >"$tmp/leaving" 2>&1 &&
		was_good $user_pid "$tmp/hold" && [ "$(numvfs 0)" = 0 ]
	status=$?
	note "$(cat "$tmp/leaving")"
	ok_if $status 'a user keeps its VF while VFs are turned off: the PF can restart'
}

plan 9
modprobe qatvf_pf num_vfs=2 && modprobe vfio-pci && to_vfio "$vf" "$other"
ok_if $? 'two VFs for programs'
lived_through 'the PF is reset' reset_pf
lived_through 'and again' reset_pf
lived_through 'a fatal error, after which it restarts itself' fatal_error
step_restart_while_leaving
check 'all unload' eval 'numvfs 0 0 && unload vfio_pci && unload_all'
finish
