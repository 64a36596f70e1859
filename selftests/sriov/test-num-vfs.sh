#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# VFs asked for when the module is loaded, and who gets them: num_vfs, kernel_vfs and
# driver_override (contracts C29 and C30 of reference 08 section 12).
#
# kernels: 6.1 6.12
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 900
# programs: pfvf

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"

# loaded_with COUNT PARAMETER...: as soon as modprobe returns, that many VFs serve. The
# very first look is at the last VF; reading sriov_numvfs would wait for it.
loaded_with()
{
	local count=$1 last

	last=$(vf 0 $((count - 1)))
	shift
	modprobe qatvf_pf "$@" || return 1
	[ "$count" -eq 0 ] || exists "$last" || { echo "$last comes later"; return 1; }
	have_vfs 0 "$count" &&
		[ "$(cat /sys/module/qatvf_pf/initstate)" = live ] && answered 0 "$count" && own_iommu_groups 0 "$count"
}

drivers_of_vfs()
{
	local address

	for address in $(vfs 0 0 $(($1 - 1))); do
		driver_of "$address" || echo none
	done | uniq -c | awk '{ print $1, $2 }' | xargs
}

drivers_are()
{
	[ "$(drivers_of_vfs "$1")" = "$2" ]
}

# bound COUNT "N none M 4xxxvf": which drivers the VFs get, in their order
bound()
{
	wait_until 60 drivers_are "$1" "$2" && return 0
	drivers_of_vfs "$1"
	return 1
}

refused_parameter()
{
	local said

	said=$(modprobe qatvf_pf "$@" 2>&1) && { unload_all; return 1; }
	echo "$said"
	[[ $said == *'Invalid argument'* ]] && [ ! -d /sys/module/qatvf_pf ]
}

nothing_left_of_all()
{
	nothing_left "$(pf 0)" $(vfs 0 0 15)
}

override_binds()
{
	override "$1" 4xxxvf && probe "$1" && has_driver "$1" 4xxxvf
}

override_is_undone()
{
	unbind "$1" && override "$1" '' && ! driver_of "$1" && "$VFSAY" works "$1"
}

plan 27
for n in 0 1 7 16; do
	check "num_vfs=$n" loaded_with $n num_vfs=$n
	check "no VF of $n is taken by the host's kernel" bound $n "$([ $n = 0 ] || echo "$n none")"
	check 'unloads' unload_all
	check 'and leaves nothing behind' nothing_left_of_all
done
check 'num_vfs=17 is refused' refused_parameter num_vfs=17
check 'kernel_vfs=17 is refused' refused_parameter kernel_vfs=17
check 'num_vfs=-1 is refused' refused_parameter num_vfs=-1

modprobe qatvf_pf num_vfs=16 kernel_vfs=4
check 'kernel_vfs=4 of 16: the last four' bound 16 '12 none 4 4xxxvf'
check 'driver_override=4xxxvf binds a VF that was not given' override_binds "$(vf 0 2)"
check 'and lets go of it' override_is_undone "$(vf 0 2)"
unload_all
modprobe qatvf_pf num_vfs=7 kernel_vfs=3
check 'kernel_vfs=3 of 7: the last three' bound 7 '4 none 3 4xxxvf'
numvfs 0 0 && numvfs 0 2
check 'fewer VFs than kernel_vfs: all of them' bound 2 '2 4xxxvf'
numvfs 0 0 && numvfs 0 16
check 'sixteen again: the last three' bound 16 '13 none 3 4xxxvf'
check 'unloads while the kernel uses VFs' unload_all
check 'and leaves nothing behind' nothing_left_of_all
finish
