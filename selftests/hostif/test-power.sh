#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Power: an idle device goes to minimal power if qat/pm_idle_enabled lets it, serves when
# work comes, and tells what it did in pm_status (reference 03 section 13, reference 08
# sections 2.1 and 5.3).
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --prop pm-idle=on --append cryptomgr.notests=1
# timeout: 200

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"
. "$TOP/selftests/hostif/load.sh"

value() { sed -n "s/^$1: //p" "$DEBUG/pm_status"; }
at_least() { [ "$(($(value "$1")))" -ge "$2" ]; }
level_is() { [ "$(value power_level)" = "$1" ]; }

goes_to_minimum()
{
	wait_until 10 level_is min && at_least idle_irq_count 1 && at_least host_ack_count 1 &&
		at_least host_msg_event_count 1 && [ "$(value host_nack_count)" = 0x0 ]
}

# Work wakes it; afterwards it is idle once more.
serves_and_sleeps()
{
	local before

	before=$(($(value host_ack_count)))
	load 0 1 >/dev/null && wait_until 10 level_is min && at_least host_ack_count $((before + 1))
}

stays_at_maximum()
{
	local acks

	acks=$(value host_ack_count)
	state down && writes "$DEV/qat/pm_idle_enabled" 0 && state up &&
		wait_until 10 at_least host_nack_count 1 && level_is max &&
		[ "$(value host_ack_count)" = "$acks" ]
}

plan 5
modprobe qatvf_pf
check 'an idle device goes to minimal power' goes_to_minimum
check 'a VF of the kernel' vf_for_the_kernel
check 'work wakes the device, then it is idle again' serves_and_sleeps
check 'without leave it stays at full power' stays_at_maximum
check 'unloads' unload_all
finish
