#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A PF goes down and up by qat/state while its VFs are in use: by this kernel, which must
# not notice, and by vfio (reference 08 sections 2.2 and 2.4; contracts C8 and C11).
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 300
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/hostif/files.sh"
. "$TOP/selftests/hostif/load.sh"

ready_times() { [ "$(dmesg | grep -c '4xxxvf .*: ready:')" -ge "$1" ]; }

# One transform, from before to after; its results are compared all the time. Not in a
# check, which is a shell of its own.
start_load()
{
	load 0 "$1" >/tmp/load 2>&1 &
	loader=$!
	wait_until 20 grep -q begun /tmp/load
}

load_ended_well()
{
	[ "$1" -eq 0 ] && return 0
	cat /tmp/load
	return 1
}

served() { awk '/^[0-9]/ { n += $2 } END { print n + 0 }' /sys/kernel/debug/qat_4xxxvf_*/ring_pairs; }

vf_serves()
{
	local before

	before=$(served)
	load 0 0.2 >/dev/null && [ "$(served)" -gt "$before" ]
}

down_under_load()
{
	state down && is_down && have_vfs 0 0 && ! exists "$(vf 0 0)" && sleep 1 && state up &&
		vf_for_the_kernel && wait_until 30 ready_times 2
}

# Up again before the VF's algorithms have left: who has a transform keeps it.
again_and_again()
{
	local n

	for n in 3 4 5; do
		state down && state up && vf_for_the_kernel && wait_until 30 ready_times $n || return 1
	done
}

told_in_order()
{
	! said 'Some VFs are still running' && ! said 'does not acknowledge' &&
		! said 'requests were left unanswered'
}

with_vfio()
{
	modprobe vfio-pci && numvfs 0 0 && numvfs 0 4 && override "$(vf 0 1)" vfio-pci &&
		probe "$(vf 0 1)" && has_driver "$(vf 0 1)" vfio-pci && state down && have_vfs 0 0 &&
		numvfs 0 4 && is_up && answered 0 4
}

# Services change for VFs that come back.
other_services()
{
	restarted_with sym && numvfs 0 2 && override "$(vf 0 1)" 4xxxvf && probe "$(vf 0 1)" &&
		wait_until 30 ready_times 6 &&
		dmesg | grep 'ready: PF' | tail -n 1 | grep -q 'ring pairs sym sym sym sym' && vf_serves
}

log_mark
plan 10
modprobe qatvf_pf
check 'a VF of the kernel' vf_for_the_kernel
check 'it serves' vf_serves
start_load 12
check 'down and up under load' down_under_load
wait $loader
check 'no result was wrong' load_ended_well $?
start_load 25
check 'again and again under load' again_and_again
wait $loader
check 'no result was wrong' load_ended_well $?
check 'VFs were told, and stopped in order' told_in_order
check 'down with a VF of vfio' with_vfio
check 'VFs that come back have the new services' other_services
numvfs 0 0
check 'unloads' unload_all
finish
