#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# VFs for user space: vfio-pci takes them by driver_override, from nobody or from our
# VF driver, they can be used, and they come back (contracts C10, C11 and C13 of
# reference 08 section 12).
#
# kernels: 6.1 6.12
# vm: --pfs 1 --iommu on --append cryptomgr.notests=1
# timeout: 600
# programs: pfvf sriov

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

group_of()
{
	basename "$(readlink "$PCI/devices/$1/iommu_group")"
}

to_vfio()
{
	override "$1" vfio-pci || return 1
	[ -z "$(driver_of "$1")" ] || unbind "$1" || return 1
	probe "$1" && has_driver "$1" vfio-pci && wait_until 5 test -c "/dev/vfio/$(group_of "$1")"
}

from_vfio()
{
	unbind "$1" && override "$1" '' && ! driver_of "$1"
}

use()
{
	timeout 60 "$BUILD/selftests/sriov/vfio-look" "$1" "$(group_of "$1")"
}

back_to_kernel()
{
	unbind "$1" && override "$1" 4xxxvf && probe "$1" && has_driver "$1" 4xxxvf
}

free=$(vf 0 1) kernels=$(vf 0 15)

plan 14
modprobe qatvf_pf num_vfs=16 kernel_vfs=1 && modprobe vfio-pci
ok_if $? 'drivers load'
check 'the last VF is the kernel'"'"'s' wait_until 60 has_driver "$kernels" 4xxxvf
check 'vfio-pci takes a free VF' to_vfio "$free"
check 'a program uses it: reset, mailbox, again' use "$free"
check 'and once more' use "$free"
check 'vfio-pci lets go of it' from_vfio "$free"
check 'its mailbox still works' "$VFSAY" transcript "$free"
start=$SECONDS
check 'vfio-pci takes the VF of the kernel' to_vfio "$kernels"
check 'without delay' test $((SECONDS - start)) -le 5
check 'a program uses that one' use "$kernels"
check 'the kernel gets it back' back_to_kernel "$kernels"
check 'vfio-pci has a VF again' to_vfio "$free"
check 'VFs are turned off while vfio-pci has one' numvfs 0 0
unload vfio_pci && unload_all
ok_if $? 'all unload'
finish
