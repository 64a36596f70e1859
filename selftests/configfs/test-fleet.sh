#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A fleet: four PFs with sixteen VFs each, every VF with settings of its own, from a file
# that is applied before the driver is there. Then everything that can be written is
# written and read at the same time, by several programs, while PFs are enabled,
# disabled, reset, and their driver is unloaded and loaded; whatever became of each
# write, the same file then brings about the same as before.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 4 --iommu on --append cryptomgr.notests=1
# timeout: 600
# programs: configfs ctl

# shellcheck disable=SC2086 # numbers

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"

ctl=$BUILD/tools/qatvfctl
work=$(mktemp -d)
busy=$work/busy
PFS='0 1 2 3'

# The file: PF n's VF m commits 20 + 2m + n permille, its peak is 500 + m.
fleet()
{
	local n m

	printf '[profile guest]\ndriver = vfio-pci\nservices = sym\n'
	for n in $PFS; do
		printf '[pf %s]\nservices = sym;asym\nnum_vfs = 16\n' "$(pf $n)"
		for m in {0..15}; do
			printf '[vf %s %d]\nlabel = pf%d vf%d\nrate_sym = %d %d\n' "$(pf $n)" $m \
				$n $m $((20 + 2 * m + n)) $((500 + m))
			case $m in
			0) echo 'profile = guest' ;;
			1) printf 'driver = none\nservices = asym;sym\nmailbox = strict\n' ;;
			15) echo 'driver = kernel' ;;
			esac
		done
	done
}

all_are()
{
	local n

	for n in $PFS; do
		holds "$(pf $n)/status" "$1" || return 1
	done
}

# What status says of all 64 VFs, against the file's rule
as_in_file()
{
	"$ctl" --json status | python3 -c '
import json, sys
pfs = json.load(sys.stdin)["pfs"]
assert len(pfs) == 4
for n, pf in enumerate(pfs):
    assert pf["configuration"] == "applied" and pf["num_vfs"] == 16, pf
    for m, vf in enumerate(pf["vfs"]):
        said = vf["configured"]
        assert said["label"] == "pf%d vf%d" % (n, m), vf
        assert said["rate_sym"] == "%d %d" % (20 + 2 * m + n, 500 + m), vf
        assert vf["driver"] == {0: "vfio-pci", 15: "4xxxvf"}.get(m, ""), vf
    assert m == 15'
}

# ... and what the rate limiter of each device knows: sixteen leaves behind two roots and
# two clusters
limits_as_in_file()
{
	local n id rl rp cir pir left m

	for n in $PFS; do
		rl=$PCI/devices/$(pf $n)/qat_rl
		for ((id = 4; id < 20; id++)); do
			echo $id >"$rl/id" && echo get >"$rl/sla_op" && read -r rp <"$rl/rp" &&
				read -r cir <"$rl/cir" && read -r pir <"$rl/pir" || return 1
			m=$((pir - 500))
			[ "$cir" = $((20 + 2 * m + n)) ] && [ $((rp)) = $((0xa << 4 * m)) ] ||
				{ echo "PF $n id $id: $rp $cir $pir"; return 1; }
		done
		echo sym >"$rl/cap_rem" && read -r left <"$rl/cap_rem" &&
			[ "$left" = $((1000 - 16 * (20 + n) - 240)) ] || { echo "PF $n: $left left"; return 1; }
	done
}

kernel_has_its_vfs()
{
	local n

	for n in $PFS; do
		has_driver "$(vf $n 15)" 4xxxvf || return 1
	done
}

# ---- everything at once ----

# over_and_over JOB: until $busy is gone; a line for each time that it succeeded
over_and_over()
{
	while [ -e "$busy" ]; do
		"$1" >/dev/null 2>&1 && echo >>"$work/times-$1"
	done
}

# Some files cannot be read at all, or not now.
read_tree() { find $TREE -type f -exec cat {} +; true; }
read_sysfs() { cat $PCI/devices/0000:??:00.0/qat*/* $PCI/devices/0000:??:00.0/sriov_numvfs; true; }
read_debugfs() { cat /sys/kernel/debug/qat_4xxx_*/{*,heartbeat/*,telemetry/*,transport/bank_0?/config,version/*}; true; }
read_status() { "$ctl" --json status | python3 -m json.tool; }

set_enable() { put "$(pf "$1")/enable" "$2"; }
on_and_off() { set_enable 0 0; set_enable 0 1; }

# Settings that may change at any time, good and bad ones
other_settings()
{
	local dir

	dir=$(pf $((RANDOM % 4)))/vf$((RANDOM % 3))
	put "$dir/rate_sym" "$((RANDOM % 60)) 600"
	put "$dir/label" "x $RANDOM"
	put "$dir/mailbox" normal
	put "$dir/driver" none
	put "$dir/services" dc
	put "$dir/services" ''
	put "$dir/rate_sym" 1001
	put profiles/guest/mailbox strict
	put profiles/guest/mailbox normal
}

other_directories()
{
	mkdir $TREE/0000:ff:00.0 && ln -s $TREE/profiles/guest $TREE/0000:ff:00.0/vf3/p
	set_enable_of_nobody 1
	set_enable_of_nobody 0
	rm $TREE/0000:ff:00.0/vf3/p
	rmdir $TREE/0000:ff:00.0 $TREE/"$(pf $((RANDOM % 4)))"
	mkdir $TREE/profiles/p && rmdir $TREE/profiles/p
}

set_enable_of_nobody() { put 0000:ff:00.0/enable "$1"; }

up_and_down()
{
	local qat

	qat=$PCI/devices/$(pf 1)/qat
	echo down >"$qat/state"
	echo 'asym;sym' >"$qat/cfg_services"
	echo 5 >"$qat/rp2srv"
	echo up >"$qat/state"
	set_enable 1 1
}

resets() { echo 1 >"$PCI/devices/$(pf 2)/reset"; sleep 0.2; }
counts() { numvfs 3 0; numvfs 3 2; set_enable 3 1; }

limits()
{
	local rl

	rl=$PCI/devices/$(pf $((RANDOM % 4)))/qat_rl
	echo rm_all >"$rl/sla_op"
	echo 0xa0000000 >"$rl/rp" && echo sym >"$rl/srv" && echo 10 >"$rl/cir" && echo add >"$rl/sla_op"
	echo 1 >"/sys/kernel/debug/qat_4xxx_$(pf $((RANDOM % 4)))/telemetry/control"
}

jobs='read_tree read_sysfs read_debugfs read_status on_and_off other_settings other_directories
up_and_down resets counts limits'

# Two programs each for the first PF and for settings
start()
{
	local job

	: >"$busy"
	for job in $jobs on_and_off other_settings; do
		: >"$work/times-$job"
		over_and_over "$job" &
	done
}

stop()
{
	rm -f "$busy"
	wait
}

each_has_worked()
{
	local job times said=

	for job in $jobs; do
		times=$(wc -l <"$work/times-$job")
		said+=" $job:$times"
		[ "$times" -gt 0 ] || { echo "no $job"; return 1; }
	done
	note "times:$said"
}

reloaded()
{
	local n

	for n in 1 2; do
		wait_until 60 modprobe -r qatvf_pf
		modprobe qatvf_pf || return 1
		sleep 1
	done
}

smaller() { sed 's/num_vfs = 16/num_vfs = 3/; /^\[vf .* \([3-9]\|1[0-5]\)\]/,/^driver = kernel\|^rate_sym/d' "$work/fleet"; }

apply() { "$ctl" apply "$1"; }

# What is saved means what the file meant.
saved_as_in_file()
{
	"$ctl" --json check "$work/fleet" >"$work/meant" && "$ctl" --json save >"$work/saved" &&
		python3 -c '
import json, sys
meant, saved = (json.load(open(name)) for name in sys.argv[1:])
assert meant["pfs"] == saved["pfs"] and meant["profiles"] == saved["profiles"]
' "$work/meant" "$work/saved"
}

plan 19
fleet >"$work/fleet"
check 'the file is good' "$ctl" check "$work/fleet"
check 'the tree is there' load_tree
check 'applied before the driver is there' apply "$work/fleet"
check 'saved, it is the same' saved_as_in_file
check 'all PFs wait' all_are waiting
check 'the driver loads' modprobe qatvf_pf
check 'all PFs are configured' wait_until 120 all_are applied
check 'the kernel has its VFs' wait_until 60 kernel_has_its_vfs
check '64 VFs as in the file' as_in_file
check '64 limits as in the file' limits_as_in_file
check 'a VF sees what it may see' maps "$(vf 3 0)" 0x618

smaller >"$work/smaller"
check 'fewer VFs' apply "$work/smaller"
start
sleep 3
check 'the driver goes and comes, while all of it is read and written' reloaded
sleep 2
stop
ok_if $? 'every reader and writer ends'
check 'each was there' each_has_worked
check 'the file applies again' eval "apply $work/fleet && wait_until 60 all_are applied"
check '64 VFs as in the file' eval 'wait_until 60 kernel_has_its_vfs && as_in_file'
check '64 limits as in the file' limits_as_in_file
check 'all of it can be removed and unloaded' eval 'clear_tree && unload vfio_pci && unload_all'
rm -rf "$work"
finish
