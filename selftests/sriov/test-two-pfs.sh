#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Two PFs: both are ready with their VFs when modprobe returns (contract C30), each
# comes and goes without the other noticing, and one that fails does not take the
# other with it (reference 09, PR-7). The PFs have no NUMA node (contract C27): then the
# kernel probes them in its asynchronous threads, and not on a CPU of the node.
#
# kernels: 6.1 6.12
# vm: --pfs 2 --pf-nodes 128,128 --append cryptomgr.notests=1
# timeout: 900
# programs: pfvf

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"

both_ready()
{
	local last0 last1

	last0=$(vf 0 15) last1=$(vf 1 15)
	# the very first look is at the last VFs; reading sriov_numvfs would wait for them
	modprobe qatvf_pf num_vfs=16 "$@" && exists "$last0" && exists "$last1" &&
		[ "$(cat /sys/module/qatvf_pf/initstate)" = live ] &&
		have_vfs 0 16 && have_vfs 1 16 && answered 0 12 && answered 1 12
}

kernel_has()
{
	local n address

	for n in 0 1; do
		for address in $(vfs $n 12 15); do
			wait_until 60 has_driver "$address" 4xxxvf ||
				{ echo "$address has no driver"; return 1; }
		done
		! driver_of "$(vf $n 11)" || return 1
	done
}

# While the VFs of one PF are asked all the time, the other one comes and goes.
other_unnoticed()
{
	local stays=$1 goes=$2 talker status

	while "$VFSAY" works $(vfs "$stays" 0 3) && [ ! -e /run/enough ]; do
		sleep 0.05
	done >/run/talk 2>&1 &
	talker=$!
	unbind "$(pf "$goes")" && have_vfs "$goes" 0 && [ -z "$(device_leftovers "$(pf "$goes")")" ] &&
		bind 4xxx "$(pf "$goes")" && have_vfs "$goes" 16 && answered "$goes" 12
	status=$?
	kill -0 $talker 2>/dev/null || { cat /run/talk; status=1; }
	touch /run/enough
	wait $talker
	rm /run/enough
	return $status
}

one_fails()
{
	unload_all && qmp set qat1 faults fw:auth && modprobe qatvf_pf num_vfs=16 &&
		have_vfs 0 16 && answered 0 16 && [ -z "$(device_leftovers "$(pf 1)")" ] || return 1
	qmp set qat1 faults '' && bind 4xxx "$(pf 1)" && have_vfs 1 16
}

# The module whose name services wait for is there no sooner than the last PF (C2).
named_module_last()
{
	local loading status

	unload_all && qmp set qat1 faults fw:slow,ms=700 || return 1
	modprobe qatvf_pf num_vfs=16 &
	loading=$!
	wait_until 120 test -d /sys/module/qat_4xxxvf && [ -e "$PCI/devices/$(pf 1)/qat/state" ]
	status=$?
	qmp set qat1 faults ''
	wait $loading && have_vfs 0 16 && have_vfs 1 16 || status=1
	return $status
}

both_off()
{
	local other

	numvfs 0 0 &
	other=$!
	numvfs 1 0 && wait $other && have_vfs 0 0 && have_vfs 1 0
}

nothing_left_of_both()
{
	wait_until 30 nothing_left "$(pf 0)" "$(pf 1)"
	nothing_left "$(pf 0)" "$(pf 1)"
}

plan 9
check 'both PFs have 16 VFs that answer when modprobe returns' both_ready kernel_vfs=4
check 'the kernel has the last four of each' kernel_has
check 'PF 1 rebound, PF 0 unnoticed' other_unnoticed 0 1
check 'PF 0 rebound, PF 1 unnoticed' other_unnoticed 1 0
check 'PF 1 fails, PF 0 is ready; PF 1 can be bound later' one_fails
check 'no VF and no module for it before the last PF is probed' named_module_last
check 'VFs of both are turned off at the same time' both_off
check 'unloads' unload_all
check 'and leaves nothing behind' nothing_left_of_both
finish
