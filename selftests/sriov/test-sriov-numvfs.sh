#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# VFs turned on and off through sysfs: each count, again and again, with a look at
# links, mailboxes and IOMMU groups each time; then what the PCI core refuses
# (reference 08 section 7.1, contracts C5 and C6). Fifty rounds; on the older kernel,
# whose PCI core does the same, ten. ROUNDS=N for another number.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 1800
# programs: pfvf

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"

rounds=${ROUNDS:-50}
[ -n "${ROUNDS:-}" ] || [ "$VM_KERNEL" != 6.1 ] || rounds=10
file=$PCI/devices/$(pf 0)/sriov_numvfs
# KiB per round: less than the smallest thing that a VF or a restart allocates
leak=16

one_count()
{
	numvfs 0 "$1" && have_vfs 0 "$1" && answered 0 "$1" && own_iommu_groups 0 "$1" &&
		numvfs 0 0 && have_vfs 0 0
}

# The first rounds fill the kernel's caches; leaks go on after that.
all_counts()
{
	local round count

	for ((round = 1; round <= $1; round++)); do
		for count in 1 7 16; do
			one_count $count || { echo "round $round, $count VFs"; return 1; }
		done
	done
}

same_value()
{
	numvfs 0 "$1" && have_vfs 0 "$1"
}

plan 21
check 'PF driver loads without VFs' modprobe qatvf_pf
check 'three rounds of 0, 1, 7, 16' all_counts 3
before=$(kernel_memory)
check "$rounds rounds" all_counts "$rounds"
grown=$(($(kernel_memory) - before))
check "no memory lost ($grown KiB in $rounds rounds)" test $grown -lt $((leak * rounds + 2048))

check '0 while 0' same_value 0
check '17 is out of range' refused_with 'Numerical result out of range' "$file" 17
check '65535 is out of range' refused_with 'Numerical result out of range' "$file" 65535
check '65536 is no number' refused_with 'Invalid argument' "$file" 65536
check 'minus one is no number' refused_with 'Invalid argument' "$file" -1
check 'text is no number' refused_with 'Invalid argument' "$file" all
check 'still no VFs' have_vfs 0 0
check '0x10 is sixteen' numvfs 0 0x10
check 'sixteen VFs' have_vfs 0 16
check '16 while 16' same_value 16
check '7 while 16 is busy' refused_with 'Device or resource busy' "$file" 7
check '17 while 16 is out of range' refused_with 'Numerical result out of range' "$file" 17
check 'sixteen VFs that answer' answered 0 16
unbind "$(pf 0)"
check 'without driver there are no VFs' have_vfs 0 0
check 'and none can be enabled' refused_with 'No such file or directory' "$file" 4
check 'unloads' unload_all
check 'and leaves nothing behind' nothing_left "$(pf 0)" $(vfs 0 0 15)
finish
