#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The PF is unbound and bound again and again, with VFs of which the kernel uses some;
# each time everything is gone in between. ROUNDS=N for another number.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1
# timeout: 1200
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"

rounds=${ROUNDS:-6}
pf=$(pf 0)
# Tests of some fifty algorithms leave 3 MiB in the kernel's caches, however many the
# rounds (seen: 3408 KiB in 4, 2920 KiB in 10).
# KiB per round: less than the smallest thing that a bring-up allocates
leak=32

up()
{
	have_vfs 0 16 && answered 0 14 && wait_until 60 has_driver "$(vf 0 15)" 4xxxvf &&
		wait_until 60 has_driver "$(vf 0 14)" 4xxxvf
}

down()
{
	have_vfs 0 0 || return 1
	# the algorithms go a moment after their last provider
	wait_until 30 nothing_left "$pf"
	nothing_left "$pf"
}

rebind()
{
	local round

	for ((round = 1; round <= $1; round++)); do
		unbind "$pf" && down && bind 4xxx "$pf" && up && continue
		echo "round $round"
		return 1
	done
}

plan 10
check 'drivers load' modprobe qatvf_pf num_vfs=16 kernel_vfs=2
check '14 VFs answer, 2 have the driver' up
check 'three rounds' rebind 3
before=$(kernel_memory)
check "$rounds rounds of unbind and bind" rebind "$rounds"
grown=$(($(kernel_memory) - before))
check "no memory lost ($grown KiB in $rounds rounds)" test $grown -lt $((leak * rounds + 6144))
check 'PF driver unloads with VFs on' unload qatvf_pf
check 'nothing is left' down
check 'PF driver loads again' modprobe qatvf_pf num_vfs=16 kernel_vfs=2
check '14 VFs answer, 2 have the driver' up
check 'all unload' unload_all
finish
