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

rounds=${ROUNDS:-4}
pf=$(pf 0)
# KiB per round: less than the smallest thing that a bring-up allocates
leak=4
# KiB: what two looks at a machine that does nothing differ by
noise=256

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

# Algorithms are registered as ever, but nobody tries them any more.
end_self_tests()
{
	echo Y >/sys/module/cryptomgr/parameters/notests
}

plan 12
check 'drivers load' modprobe qatvf_pf num_vfs=16 kernel_vfs=2
check '14 VFs answer, 2 have the driver' up
check "$rounds rounds of unbind and bind, during the self-tests of algorithms" \
	rebind "$rounds"
# Some fifty self-tests leave what they like in caches: small leaks show without them.
check 'self-tests can be ended' end_self_tests
check 'three rounds without them' rebind 3
before=$(kernel_memory_settled)
check "$rounds rounds without them" rebind "$rounds"
grown=$(($(kernel_memory_settled) - before))
check "no memory lost ($grown KiB in $rounds rounds)" test $grown -lt $((leak * rounds + noise))
check 'PF driver unloads with VFs on' unload qatvf_pf
check 'nothing is left' down
check 'PF driver loads again' modprobe qatvf_pf num_vfs=16 kernel_vfs=2
check '14 VFs answer, 2 have the driver' up
check 'all unload' unload_all
finish
