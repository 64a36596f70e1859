#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A VF from guest to guest, $ROUNDS times: each starts, encrypts as OpenSSL does, is reset
# by its monitor every other time and does so again, and is killed while the device owes
# it answers.  Between two guests nothing of the former is left.  For soak; what a guest
# is and does: nested/test-guest.

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/vfio/users.sh"
. "$TOP/selftests/nested/nested.sh"

rounds=${ROUNDS:-20}
vf=$(vf 0 2)

owed()
{
	[ "$(qmp get qat0/vf2 requests)" -gt "$(qmp get qat0/vf2 responses)" ]
}

# works TIMES: it has started so often, and encrypted
works()
{
	guest_says 300 "$1" 'guest: started' && guest_says 120 "$1" 'guest: all good'
}

killed_with_requests_in_flight()
{
	qmp set qat0 faults 'resp:late,ms=1500' && wait_until 20 owed && guest_kill && owed
}

# life ROUND: of a guest
life()
{
	guest_start "guest$1" task=forever "$vf"
	works 1 || return 1
	[ $(($1 % 2)) -eq 0 ] || { guest_command system_reset && works 2; } || return 1
	killed_with_requests_in_flight || return 1
	qmp set qat0 faults ''
	use clean "$vf" && use works "$vf"
}

plan $((rounds + 2))
modprobe qatvf_pf num_vfs=4 && modprobe vfio-pci && to_vfio "$vf"
ok_if $? 'a VF for guests'
for ((round = 1; round <= rounds; round++)); do
	life $round >"$guest_dir/said" 2>&1
	status=$?
	[ $status -eq 0 ] || note "$(cat "$guest_dir/said")"
	guest_kill
	ok_if $status "guest $round of $rounds, after $SECONDS s"
done
check 'nothing is left' eval "numvfs 0 0 && unload vfio_pci && unload_all && nothing_left $(pf 0)"
finish
