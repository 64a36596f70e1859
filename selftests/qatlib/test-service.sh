#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Intel's qat.service, unpatched, on our PF: finds the driver, sets services, turns on
# VFs, gives them to vfio-pci and to its users' group; qatmgr finds PFs and VFs
# (reference 08 sections 11.1 to 11.3, contracts C1, C2, C4 to C10, C12, C27, C30).
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 600
# programs: qatlib

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"
. "$TOP/selftests/qatlib/userland.sh"

drivers()
{
	local address

	for address in $(vfs 0 0 15); do
		driver_of "$address" || echo none
	done | sort | uniq -c | xargs
}

drivers_are() { [ "$(drivers)" = "$1" ] || { drivers; return 1; }; }

# Nodes of groups: for the unit's group, to read and write.
nodes_for_group()
{
	local gid node count=0

	gid=$(inside getent group qat | cut -d: -f3)
	for node in /dev/vfio/[0-9]*; do
		[ "$(stat -c '%g %A' "$node" | cut -c-"$((${#gid} + 7))")" = "$gid crw-rw" ] ||
			{ ls -l "$node"; return 1; }
		count=$((count + 1))
	done
	[ $count -eq "$1" ] || { echo "$count nodes"; return 1; }
}

vf0_inode() { stat -c %i "$(readlink -f "$DEV/virtfn0")"; }

# The same services again: nothing happens to VFs that somebody may use.
starts_again()
{
	local before

	before=$(vf0_inode) && service_start && [ "$(vf0_inode)" = "$before" ]
}

lkcf_start()
{
	service_config POLICY=1 "ServicesEnabled=$1" "LKCF_LIST=$2" && service_start
}

plan 20
check 'the Debian with qatlib' userland_mount
check 'the PF driver loads, without VFs' modprobe qatvf_pf
check 'with it a module of the name that services wait for' grep -q '^qat_4xxx.* Live ' /proc/modules
check 'the service starts' service_start
check 'sixteen VFs' have_vfs 0 16
check 'all with vfio-pci' drivers_are '16 vfio-pci'
check 'their nodes are for its users' nodes_for_group 16
check 'the PF is up' is_up
check 'it stops' service_stop
check 'and starts again, VFs stay' starts_again
service_stop
first=$(vf 0 0)
check "other services, and a VF for the kernel" lkcf_start 'sym;dc' "$first"
check 'the PF is up' is_up
check 'with these services' reads "$DEV/qat/cfg_services" 'sym;dc'
check 'sixteen VFs' have_vfs 0 16
check 'one with the VF driver, the others with vfio-pci' drivers_are '1 4xxxvf 15 vfio-pci'
check 'the nodes of the others are for its users' nodes_for_group 15
check 'the VF works for the kernel' grep -qE '^driver +: qatvf-cbc-aes' /proc/crypto
check 'the kernel did not complain about the mailbox' test -z "$(dmesg | grep -E 'Too many ints|muted')"
check 'it stops' service_stop
check 'all can be unloaded' eval 'numvfs 0 0 && unload vfio_pci && unload_all'
finish
