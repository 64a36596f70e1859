#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# qatvfctl in the machine: a file applied before the driver is there, saved and applied
# again without any change; changes under a program that has a VF open; what status,
# top and doctor say; the udev rule's program.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 2 --prop-pf 1:total-vfs=8 --iommu on --append cryptomgr.notests=1
# timeout: 600
# programs: configfs ctl

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"

pf=$(pf 0) other=$(pf 1) vf0=$(vf 0 0) vf3=$(vf 0 3)
work=$(mktemp -d)
ctl=$BUILD/tools/qatvfctl
rules=$TOP/packaging/udev/70-qatvf-vfio.rules

cat >"$work/first" <<EOT
[profile guest]
driver = vfio-pci
rate_sym = 100 400

[pf $pf]
services = sym;asym
num_vfs = 4

[vf $pf 0-1]
profile = guest
label = from a file

[vf $pf 3]
driver = kernel
EOT
sed 's/100 400/200 500/; s/from a file/another/' "$work/first" >"$work/safe"
sed 's/num_vfs = 4/num_vfs = 6/' "$work/safe" >"$work/unsafe"

# two_pfs VFS [last]: the file that changes the first PF, and a second one behind it or before
two_pfs()
{
	if [ -n "${2:-}" ]; then
		{ cat "$work/unsafe"; printf '[pf %s]\nnum_vfs = %s\n' "$other" "$1"; }
	else
		{ printf '[pf %s]\nnum_vfs = %s\n' "$other" "$1"; cat "$work/unsafe"; }
	fi >"$work/two"
}

# ends STATUS ERE COMMAND...: that exit status, and its output matches
ends()
{
	local status=$1 ere=$2 out

	shift 2
	out=$("$@" 2>&1)
	[ $? -eq "$status" ] && grep -qE "$ere" <<<"$out" || { echo "$out"; return 1; }
}

# json PYTHON-EXPRESSION COMMAND...: true of the value d
json()
{
	local expression=$1

	shift
	"$ctl" --json "$@" | python3 -c "import json, sys
d = json.load(sys.stdin)
sys.exit(0 if ($expression) else print(d) or 1)"
}

round_trip()
{
	"$ctl" save >"$work/a" && json 'd["applied"] and d["changes"] == 0' apply "$work/a" &&
		"$ctl" save >"$work/b" && cmp "$work/a" "$work/b"
}

# The udev rule's program, for the group of a device
rule_says()
{
	local program pattern

	program=$(sed -n 's/^SUBSYSTEM=="vfio",.*PROGRAM="\([^"]*\)".*/\1/p' "$rules")
	pattern=$(sed -n 's/^SUBSYSTEM=="vfio",.*RESULT=="\([^"]*\)".*/\1/p' "$rules")
	# shellcheck disable=SC2254 # a pattern indeed
	case $(eval "${program//%k/$(group_of "$1")}") in
	$pattern) return 0 ;;
	esac
	return 1
}

plan 36
check 'no configfs: it says so' ends 3 'mount -t configfs' "$ctl" apply "$work/first"
check '... and has loaded the module' test -d /sys/module/qatvf_core
mount -t configfs none /sys/kernel/config
check 'save: nothing yet' ends 0 '^# Configuration' "$ctl" save
check 'apply before the driver is there' ends 0 "^$pf: waiting" "$ctl" apply "$work/first"
check 'configfs has it' eval "holds $pf/vf1/label 'from a file' && holds $pf/vf3/driver kernel"
check 'and the link' test "$TREE/$pf/vf0/profile" -ef "$TREE/profiles/guest"
check 'saved and applied again: no change' round_trip
check 'the driver applies it' eval "modprobe qatvf_pf && holds $pf/status applied"
check 'the kernel has its VF' wait_until 60 has_driver "$vf3" 4xxxvf
check 'saved and applied again: no change' round_trip
check 'status: the PF' ends 0 "^$pf +0 +[0-9.]+ +sym;asym +up +4/16 +- +applied" "$ctl" status
check 'status: a VF' ends 0 "$vf0 +vfio-pci +from a file +- +0 +sym=100:400" "$ctl" status
check 'status: that of the kernel' ends 0 "$vf3 +4xxxvf +- +kernel +5" "$ctl" status
sed 's/sym;asym/x/' "$work/first" >"$work/wrong"
check 'an error in a file changes nothing' ends 1 'services = x: not understood' "$ctl" apply - \
	<"$work/wrong"
check 'still applied' holds $pf/status applied

hold "$vf0"
ok_if $? 'a program opens a VF'
check 'status: who' ends 0 "$vf0 .* vfio-hold\[$hold_pid\]" "$ctl" status
check 'rates and labels change under it' ends 0 "^$pf: applied" "$ctl" apply "$work/safe"
check 'they have' eval "holds profiles/guest/rate_sym '200 500' && holds $pf/vf0/label another"
check 'the number of VFs does not' ends 2 "enable = 0: Device or resource busy" \
	"$ctl" apply "$work/unsafe"
check 'the PF is as before' eval "have_vfs 0 4 && holds $pf/status applied"
two_pfs 3
check 'another PF is configured, before' ends 2 "^$other: applied" "$ctl" apply "$work/two"
check '... and it has its VFs' have_vfs 1 3
two_pfs 4 last
check '... and behind' ends 2 "^$other: applied" "$ctl" apply "$work/two"
check '... and it has its VFs, the busy one its own' eval 'have_vfs 1 4 && have_vfs 0 4'
let_go
two_pfs 9
check 'more than the device has: it stays off, the others do not' eval \
	'ends 2 "^$other: off" "$ctl" apply "$work/two" && have_vfs 1 0 && have_vfs 0 6 &&
	two_pfs 1 && "$ctl" apply "$work/two"'
check 'now it does' ends 0 "^$pf: applied" "$ctl" apply "$work/unsafe"
check 'six VFs' have_vfs 0 6
check 'saved and applied again: no change' round_trip

check 'top: telemetry is off' ends 3 'telemetry is off' "$ctl" top --once
echo 1 >"/sys/kernel/debug/qat_4xxx_$pf/telemetry/control"
sleep 3
check 'top: services' json '[set(pf["services"]) for pf in d] == [{"sym", "asym"}, set()]' top --once --watched
check 'doctor: devices' json 'd["devices"] == 7 and d["bad"] == 0' doctor
unload qatvf_pf
check 'doctor: none, and why' ends 1 'BAD +module .*|qatvf_pf is not loaded' "$ctl" doctor
check 'the udev rule knows a VF' rule_says "$(modprobe qatvf_pf && echo "$vf0")"
check '... and nothing else' eval "! rule_says 0000:00:00.0"
check 'all of it can be removed and unloaded' eval 'clear_tree && unload vfio_pci && unload_all'
rm -rf "$work"
finish
