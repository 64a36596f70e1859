#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The device vanishes at any moment of its bring-up: from the N-th access to registers
# or configuration space on, all reads are ones. N walks through the whole bring-up;
# each time probe fails in bounded time, leaves nothing behind, and the device comes up
# when it is back. STEPS=N for a finer walk.
#
# kernels: 6.12
# vm: --pfs 1
# timeout: 1500
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/faults/faulty.sh"

steps=${STEPS:-40}

reads_so_far()
{
	qmp get qat0 mmio-reads
}

vanish_at()
{
	local status

	knob "mmio:ones,nth=$1,times=0"
	(timed_refusal .) 2>&1
	status=$?
	knob ''
	[ $status -eq 0 ] && nothing_left "$PF0"
}

# Both dense and far: every access of the first few, then in growing strides.
walk()
{
	local at=1 step

	for ((step = 1; step <= steps && at < total; step++)); do
		vanish_at $at || { echo "access $at of $total"; return 1; }
		at=$((step < 10 ? at + 1 : at + 1 + (total - at) / (steps - step + 1)))
	done
	echo "$step moments up to access $at of $total"
}

# Gone while it serves; the rest of its life is to be unbound.
vanish_while_up()
{
	local status

	bind 4xxx "$PF0" && numvfs 0 4 && answered 0 4 && knob mmio:ones && sleep 3 &&
		timeout 100 bash -c "echo $PF0 >$PCI/drivers/4xxx/unbind"
	status=$?
	knob ''
	return $status
}

works_quietly()
{
	bind 4xxx "$PF0" && unbind "$PF0"
}

plan 6
check 'PF driver loads' loaded_unbound
before=$(reads_so_far)
check 'bring-up without fault' works_quietly
total=$(($(reads_so_far) - before))
note "bring-up and teardown read $total registers"
check "the device vanishes at $steps moments" walk
check 'the device comes up' works_now
check 'the device vanishes while up; it can be unbound' vanish_while_up
check 'unloads' unload_all
finish
