#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# qatvfctl top in the machine: one VF of six works, two have a driver; the ring pairs that
# telemetry watches are turned from VF to VF, and are as before when it ends, however that
# happens.
#
# The load comes through AF_ALG, which since 7.2 takes no device.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --append cryptomgr.notests=1
# timeout: 300
# programs: ctl

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"
. "$TOP/selftests/hostif/load.sh"

T=$DEBUG/telemetry
ctl=$BUILD/tools/qatvfctl
work=$(mktemp -d)

six_vfs()
{
	modprobe qatvf_pf && modprobe qat_4xxxvf && modprobe vfio-pci && numvfs 0 6 &&
		override "$(vf 0 0)" 4xxxvf && probe "$(vf 0 0)" &&
		override "$(vf 0 1)" vfio-pci && probe "$(vf 0 1)" && wait_until 30 serving
}

# watched A B C D: ring pairs, - for none
watched()
{
	local slot is

	for slot in A B C D; do
		is=$(awk '$1 == "rp_num" { print $2 }' "$T/rp_${slot}_data" 2>/dev/null)
		[ "${is:--}" = "$1" ] || { echo "$slot: ${is:--} instead of $1"; return 1; }
		shift
	done
}

watch()
{
	local slot

	for slot in A B C D; do
		echo "$1" >"$T/rp_${slot}_data" || return 1
		shift
	done
}

# shows PYTHON-EXPRESSION ARGUMENTS: true of the only PF
shows()
{
	local expression=$1

	shift
	"$ctl" --json top "$@" | python3 -c "import json, sys
d, = json.load(sys.stdin)
vf = d['vfs']
sys.exit(0 if ($expression) else print(d) or 1)"
}

sample() { awk '$1 == "sample_cnt" { print $2 }' "$T/device_data"; }
sampled() { [ "$(sample)" -ge "$1" ]; }

off()
{
	"$ctl" top --once >"$work/off"
	[ $? -eq 3 ] && grep -q 'telemetry is off' "$work/off" &&
		bash -c "$(sed -n 's/^  \(echo .*\)/\1/p' "$work/off")" && reads "$T/control" 1
}

# The VF that works, the one that could, those that cannot; 5 is watched by choice at first
working='vf[0]["watched"] and vf[0]["bandwidth_in"] > 0 and vf[0]["share"] > 50 and
	vf[1]["watched"] and vf[1]["bandwidth_in"] == 0 and
	len(vf) == 6 and not any(v["watched"] for v in vf[2:5])'

# What is left in places C and D is of VF 1.
nothing_written()
{
	local before

	wait_until 10 sampled 2
	before=$(sample)
	shows '[v["watched"] for v in vf] == [False, True, False, False, False, True]' --once --watched &&
		[ "$(sample)" -ge "$before" ] && watched 20 60 6 7
}

narrow() { ! grep -qE '^.{81}' "$1"; }

live()
{
	timeout -s INT 9 "$ctl" top --interval 1 >"$work/live"
	[ "$(grep -c "^$PF0 .* Mbit/s" "$work/live")" -ge 3 ] && narrow "$work/live" &&
		grep -qE '^  vf0 +\[#+ *\] +[1-9][0-9]*% ' "$work/live" &&
		grep -qE '^  vf1 +\[ *\] +0% .* vfio-pci$' "$work/live" &&
		grep -qE '^  vf2-5: no driver, not watched$' "$work/live" || { cat "$work/live"; return 1; }
}

ended()
{
	timeout -s TERM 3 "$ctl" top >"$work/live"
	[ $? -eq 124 ] && [ -s "$work/live" ]
}

pipe_ends()
{
	"$ctl" top --interval 1 | head -n 1 >/dev/null
}

not_root()
{
	local said

	said=$(setpriv --reuid 65534 --regid 65534 --clear-groups "$ctl" top --once)
	[ $? -eq 3 ] && grep -q 'telemetry is for root' <<<"$said" || { echo "$said"; return 1; }
}

plan 18
check 'six VFs, of which two have a driver' six_vfs
check 'telemetry is off: turned on as it says' off
check 'not for others' not_root
echo 20 >"$T/rp_A_data"
echo 60 >"$T/rp_B_data"
check 'a choice of ring pairs' watched 20 60 - -
"$LOAD" qatvf-cbc-aes 0 60 $REQUEST >"$work/load" 2>&1 &
wait_until 20 grep -q begun "$work/load"
check 'once: each VF had its turn' shows "$working" --once
check '... and the choice is put back' watched 20 60 6 7
check 'watched only: nothing is written' nothing_written
watch 3 2 1 0
check 'a choice in the way of a VF' watched 3 2 1 0
check 'once: nevertheless' shows "$working" --once
check '... and put back' watched 3 2 1 0
check 'live, until interrupted' live
check '... and put back' watched 3 2 1 0
check 'live, until ended' ended
check '... and put back' watched 3 2 1 0
check 'live, until nobody reads' pipe_ends
check '... and put back' watched 3 2 1 0
kill %1 2>/dev/null
wait
numvfs 0 0
check 'no VFs' shows 'vf == []' --once
check 'unloads' eval 'unload vfio_pci && unload_all'
rm -rf "$work"
finish
