#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Four PFs want more interrupts for ring pairs of their own than one processor has: each
# comes up, uses as many as it got, and is good for VFs.
#
# kernels: 6.12
# vm: --pfs 4 --smp 1 --append cryptomgr.notests=1
# timeout: 200
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"

WANTED=64

own_rings() { grep -c "qat_dev$1-rp" /proc/interrupts; }

each_is_up()
{
	local n

	for n in 0 1 2 3; do
		grep -qx up "$PCI/devices/$(pf $n)/qat/state" || { echo "PF $n is down"; return 1; }
	done
}

fewer_than_wanted()
{
	local n sum=0

	for n in 0 1 2 3; do
		sum=$((sum + $(own_rings $n)))
	done
	echo "$sum ring pairs"
	[ $sum -gt 0 ] && [ $sum -lt $((4 * WANTED)) ]
}

# What the log says of each PF is what there is.
said_how_many()
{
	local n

	for n in 0 1 2 3; do
		dmesg | grep -q "$(pf $n): this kernel uses its first $(own_rings $n) ring pairs" ||
			{ echo "PF $n has $(own_rings $n)"; return 1; }
	done
}

plan 7
check 'the module loads' modprobe qatvf_pf own_rps=$WANTED
check 'each PF is up' each_is_up
check 'there are fewer ring pairs than wanted' fewer_than_wanted
check 'the log says how many' said_how_many
check 'a PF has VFs' eval 'numvfs 0 4 && answered 0 4 && numvfs 0 0'
check 'unloads' unload_all
check 'nothing is left' nothing_left "$(pf 0)" "$(pf 1)" "$(pf 2)" "$(pf 3)"
finish
