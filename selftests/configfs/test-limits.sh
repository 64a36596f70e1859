#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Rates and mailbox budgets of VFs by configfs, and what the VFs then get: two VFs of the
# host's kernel, each used by one CPU, 3:1 and after a change under load 1:3, to ten in a
# hundred; two more that say as much as they can.
#
# The modelled device is slow, so that the processor is not what limits: rates are shares
# of 8 Mbit/s. Time is counted in instructions, so that it does not matter how busy this
# machine is; a kernel 6.1 does not find its second processor that way, and the AF_ALG of
# 7.3 takes no device.
#
# kernels: 6.12
# vm: --pfs 1 --prop sym-mbps=8 --icount shift=0,sleep=off --append cryptomgr.notests=1
# timeout: 400

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"
. "$TOP/selftests/hostif/load.sh"

pf=$(pf 0)

both_ready()
{
	[ "$(dmesg | grep -c '4xxxvf .*: ready:')" = 2 ] && grep -q qatvf-cbc-aes /proc/crypto
}

configured()
{
	mkdir "$TREE/$pf" && put $pf/num_vfs 4 && put $pf/vf0/driver kernel &&
		put $pf/vf1/driver kernel && put $pf/vf0/rate_sym '360 360' &&
		put $pf/vf1/rate_sym 120 && put $pf/vf2/mailbox strict && put $pf/enable 1 && wait_until 60 both_ready
}

# served VF: symmetric requests that it has had; the kernel uses the others, too, for the
# signatures of modules
served()
{
	awk '/^[0-9]/ && $1 % 2 { n += $2 } END { print n + 0 }' "/sys/kernel/debug/qat_4xxxvf_$(vf 0 "$1")/ring_pairs"
}

# used_by CPU VF OTHER: a load on that CPU goes to that VF only
used_by()
{
	local before other

	before=$(served "$2") other=$(served "$3")
	load "$1" 0.1 >/dev/null && [ "$(served "$2")" -gt "$before" ] && [ "$(served "$3")" = "$other" ] ||
		{ echo "CPU $1: $before to $(served "$2"), other $other to $(served "$3")"; return 1; }
}

# Functions take turns in giving ring pairs to CPUs.
a_vf_for_each()
{
	used_by 0 0 1 && used_by 1 1 0
}

# ratio_is PER-CENT: of what VF 0 and VF 1 get, both at a time
ratio_is()
{
	local rate0 rate1

	load 0 10 >/tmp/rate0 &
	load 1 10 >/tmp/rate1 &
	wait
	read -r rate0 </tmp/rate0 && read -r rate1 </tmp/rate1 || return 1
	note "VF 0: $rate0 bytes/s, VF 1: $rate1 bytes/s"
	between $(($1 * 90 / 100)) $((rate0 * 100 / rate1)) $(($1 * 110 / 100))
}

changed_under_load()
{
	load 0 3 >/tmp/rate0 &
	load 1 3 >/tmp/rate1 &
	sleep 1
	put $pf/vf0/rate_sym 120 && put $pf/vf1/rate_sym '360 360'
	local status=$?
	wait
	return $status
}

# Whatever has been done by sysfs, enable makes what configfs says true.
set_again()
{
	local rl=$PCI/devices/$pf/qat_rl

	echo rm_all >"$rl/sla_op" && put $pf/enable 1 && echo sym >"$rl/cap_rem" &&
		[ "$(cat "$rl/cap_rem")" = 520 ]
}

# taken VF COUNT: of a hundred messages in a row the PF takes so many
taken()
{
	local count

	count=$("$TOP/selftests/configfs/mailbox-burst.py" "$PCI/devices/$(vf 0 "$1")" 100) &&
		[ "$count" = "$2" ] || { echo "$count"; return 1; }
}

plan 9
load_tree && modprobe qatvf_pf && modprobe qat_4xxxvf
check 'two VFs of the kernel, 360 and 120 permille' configured
check 'each CPU uses one of them' a_vf_for_each
check '3:1' ratio_is 300
check 'the other way round, under load' changed_under_load
check '1:3' ratio_is 33
check 'limits taken off by sysfs come back with enable' set_again
check 'mailbox, normal: 100 messages in a row' taken 3 100
check 'mailbox, strict: half of 130' taken 2 65
check 'all of it can be removed and unloaded' eval 'clear_tree && unload_all'
finish
