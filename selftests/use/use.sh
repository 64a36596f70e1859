# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for the tests with the kernel's own users of crypto: VFs whose
# algorithms are chosen by priority, as software that knows nothing of us does it,
# and the proof that the device did the work.
#
# shellcheck shell=bash

. "${TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}/selftests/lib/ktap.sh"
. "$TOP/selftests/lib/algorithms.sh"

REQUESTS=/sys/kernel/debug/qatvf/requests
export LC_ALL=C

# all_offered DRIVER...: these are there, and whatever is there has passed its test
all_offered()
{
	local driver

	settled || return 1
	for driver; do
		offered | grep -qx "$driver" || return 1
	done
	! awk '/^driver .*qatvf-/ { ours = 1 } /^selftest/ && ours && $3 != "passed" { bad = 1 }
		/^$/ { ours = 0 } END { exit !bad }' /proc/crypto
}

# vfs_above_software DRIVER...: four VFs for this kernel, chosen before software
vfs_above_software()
{
	modprobe qatvf_core priority=5000 &&
		modprobe qatvf_pf num_vfs=4 kernel_vfs=4 &&
		wait_until 240 all_offered "$@" && return
	grep -A 9 'qatvf-' /proc/crypto | grep -E '^(driver|selftest)'
	return 1
}

# No algorithm and no module of ours is left: software does what comes now.
vfs_away()
{
	rmmod qatvf_pf && rmmod qat_4xxxvf && wait_until 60 rmmod qatvf_core &&
		! grep -q qatvf- /proc/crypto
}

# by_device DRIVER: requests of an algorithm that a device did
by_device()
{
	awk -v d="$1" '$1 == d { n = $2 } END { print n + 0 }' $REQUESTS
}

# device_does DRIVER COMMAND...: the command succeeds, and the device had work by it
device_does()
{
	local driver=$1 before

	shift
	before=$(by_device "$driver")
	"$@" || return 1
	[ "$(by_device "$driver")" -gt "$before" ] && return
	echo "$driver did nothing:"
	cat $REQUESTS
	return 1
}

# Responses that reported an error or belonged to no request, over all VFs.
device_errors()
{
	cat /sys/kernel/debug/qat_4xxxvf_*/ring_pairs |
		awk '/^[0-9]/ { n += $(NF - 1) + $NF } END { print n + 0 }'
}
