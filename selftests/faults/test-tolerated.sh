#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Faults that must not keep a PF from coming up: optional admin commands that fail,
# slow answers, interrupts that nobody asked for (reference 03 section 3).
#
# kernels: 6.12
# vm: --pfs 1
# timeout: 300
# programs: pfvf

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/faults/faulty.sh"

comes_up()
{
	local status

	knob "$1" && works_now && fired
	status=$?
	knob ''
	return $status
}

# Without heartbeats nobody can say that the device is dead.
stays_up()
{
	local status

	log_mark
	knob "$1" && bind 4xxx "$PF0" && sleep 6 && fired && ! said 'not responding' >/dev/null &&
		numvfs 0 1 && answered 0 1 && unbind "$PF0"
	status=$?
	knob ''
	return $status
}

# Interrupts out of the blue while VFs are served.
spurious()
{
	local n

	bind 4xxx "$PF0" && numvfs 0 16 || return 1
	for ((n = 0; n < 20; n++)); do
		knob irq:spurious,vec=64 && answered 0 16 || return 1
	done
	knob '' && unbind "$PF0" && nothing_left "$PF0"
}

# Interrupts or sources that come twice: no message is answered twice or never.
interrupts()
{
	local status

	bind 4xxx "$PF0" && numvfs 0 16 && knob "$1" && "$VFSAY" transcript $(vfs 0 0 15)
	status=$?
	knob '' && unbind "$PF0" && nothing_left "$PF0" && return $status
}

plan 16
check 'PF driver loads' loaded_unbound
check 'optional functions are not known' comes_up admin:status,cmd=10
check 'the version is not told' comes_up admin:status,cmd=4
check 'the heartbeat timer is refused' comes_up admin:status,cmd=13
check 'the time base is refused' comes_up admin:status,cmd=7
check 'without the heartbeat timer it stays up' stays_up admin:status,cmd=13
check 'without the time base it stays up' stays_up admin:status,cmd=7
check 'rate limits are refused' comes_up admin:status,cmd=15
check 'rate limits answer nonsense' comes_up admin:garbage,cmd=15
check 'their first node is refused' comes_up admin:status,cmd=134
check 'their last node is refused' comes_up admin:status,cmd=134,nth=4
check 'answers take half a second each' comes_up admin:delay,ms=500
check 'interrupts without a source' spurious
check 'interrupts that come twice' interrupts irq:dup,vec=64
check 'a mailbox source that is reported again' interrupts mbox:dup
check 'unloads' unload_all
finish
