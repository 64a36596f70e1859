#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Directory telemetry/ of the PF in debugfs: formats, refusals with their errno, and
# counters that follow what really goes on (reference 08 section 5.4, reference 03
# section 11). The second PF's firmware has neither telemetry nor rate limits.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 2 --prop-pf 1:fw-capabilities=0 --append cryptomgr.notests=1
# timeout: 400

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"
. "$TOP/selftests/hostif/load.sh"

T=$DEBUG/telemetry
EINVAL='Invalid argument'
EPERM='Operation not permitted'

knob() { qmp set qat0 faults "$1"; }

modes()
{
	local x

	mode_is "$T/control" 644 && mode_is "$T/device_data" 444 || return 1
	for x in A B C D; do
		mode_is "$T/rp_${x}_data" 644 || return 1
	done
}

off()
{
	log_mark
	reads "$T/control" 0 && unreadable "$T/device_data" "$EPERM" &&
		unreadable "$T/rp_A_data" "$EPERM" && said 'not enabled'
}

control_refuses()
{
	log_mark
	refuses "$T/control" "$EINVAL" 5 -1 x '1 2' 00000000000000000001 && reads "$T/control" 0 &&
		refuses "$T/control" 'out of range' 99999999999 && said 'invalid control input'
}

# value FILE NAME [COLUMN]
value() { awk -v name="$2" -v n="${3:-2}" '$1 == name { print $n }' "$1"; }

published() { [ "$(value "$T/device_data" sample_cnt)" -ge "$1" ]; }

names='sample_cnt pci_trans_cnt max_rd_lat rd_lat_acc_avg max_gp_lat gp_lat_acc_avg bw_in bw_out
at_page_req_lat_avg at_trans_lat_avg at_max_tlb_used util_cpr0 exec_cpr0 util_xlt0 exec_xlt0
util_dcpr0 exec_dcpr0 util_dcpr1 exec_dcpr1 util_dcpr2 exec_dcpr2 util_pke0 exec_pke0 util_pke1 exec_pke1
util_pke2 exec_pke2 util_pke3 exec_pke3 util_pke4 exec_pke4 util_pke5 exec_pke5 util_ucs0 exec_ucs0
util_ucs1 exec_ucs1 util_cph0 exec_cph0 util_cph1 exec_cph1 util_cph2 exec_cph2 util_cph3 exec_cph3
util_ath0 exec_ath0 util_ath1 exec_ath1 util_ath2 exec_ath2 util_ath3 exec_ath3'
rp_names='sample_cnt rp_num service_type pci_trans_cnt gp_lat_acc_avg bw_in bw_out at_glob_devtlb_hit
at_glob_devtlb_miss tl_at_payld_devtlb_hit tl_at_payld_devtlb_miss'

# shellcheck disable=SC2086 # words
names_are() { [ "$(awk '{ print $1 }' "$1" | xargs)" = "$(echo $2)" ]; }

one_sample()
{
	writes "$T/control" 1 && reads "$T/control" 1 && wait_until 10 published 2 &&
		names_are "$T/device_data" "$names" &&
		! grep -vE '^[a-z_0-9]+ *[0-9]+$' "$T/device_data" &&
		[ "$(grep -cE '^.{43}$' "$T/device_data")" = "$(wc -l <"$T/device_data")" ]
}

idle_counts_nothing()
{
	[ "$(value "$T/device_data" exec_ucs0)" = 0 ] && [ "$(value "$T/device_data" bw_in)" = 0 ]
}

four_samples()
{
	log_mark
	writes "$T/control" 4 && said 'it begins anew' && wait_until 15 published 4 &&
		[ "$(grep -cE '^.{103}$' "$T/device_data")" = $(($(wc -l <"$T/device_data") - 1)) ]
}

watched()
{
	writes "$T/rp_A_data" "$rp0" && writes "$T/rp_B_data" 60 && wait_until 10 published 1 &&
		{ cat "$T/rp_A_data" "$T/rp_B_data"; } && names_are "$T/rp_A_data" "$rp_names" && [ "$(value "$T/rp_A_data" rp_num)" = "$rp0" ] &&
		[ "$(value "$T/rp_A_data" service_type)" = sym ] &&
		[ "$(value "$T/rp_B_data" service_type)" = asym ] && unreadable "$T/rp_C_data" "$EPERM"
}

watch_refusals()
{
	log_mark
	refuses "$T/rp_C_data" "$EINVAL" 64 255 -1 x && writes "$T/rp_C_data" "$rp0" &&
		said 'is watched already' && unreadable "$T/rp_C_data" "$EPERM"
}

# The files, all of one sample, which another may come in between
one_look()
{
	cat "$T/device_data" >/tmp/device
	cat "$T/rp_A_data" >/tmp/rp_a
	cat "$T/rp_B_data" >/tmp/rp_b
	[ "$(value /tmp/device sample_cnt)" = "$(value /tmp/rp_b sample_cnt)" ]
}

# Under load: the device writes back what was encrypted, and one ring pair did it.
counts_load()
{
	local rate in lat

	load 0 7 >/tmp/rate &
	wait_until 20 published 1
	sleep 5
	wait_until 5 one_look || return 1
	wait
	read -r rate </tmp/rate
	in=$(value /tmp/device bw_in 5) lat=$(value /tmp/device gp_lat_acc_avg)
	note "load: $((rate * 8 / 1000000)) Mbit/s; device: $(grep -E '^(bw_in|bw_out|util_ucs0|exec_ucs0) ' /tmp/device | tr -s ' ' | xargs)"
	between $((rate * 8 / 1000000 * 70 / 100)) "$in" $((rate * 8 / 1000000 * 140 / 100 + 1)) &&
		[ "$(value /tmp/rp_a bw_in)" -gt 0 ] && [ "$(value /tmp/rp_b bw_in)" = 0 ] &&
		[ "$(value /tmp/rp_a bw_in)" -le "$(value /tmp/device bw_in)" ] &&
		[ "$(value /tmp/device exec_ucs0)" -gt 0 ] && [ "$(value /tmp/device exec_ucs1)" -gt 0 ] &&
		[ "$(value /tmp/device exec_pke0)" = 0 ] && [ "$lat" -gt 0 ] &&
		[ "$(value /tmp/device max_gp_lat)" -ge "$lat" ]
}

frozen()
{
	local before

	knob tl:freeze && sleep 1.5 && before=$(value "$T/device_data" sample_cnt) && sleep 2.5 &&
		[ "$(value "$T/device_data" sample_cnt)" = "$before" ] && knob '' &&
		wait_until 10 published $((before + 1))
}

switched_off()
{
	writes "$T/control" 0 && unreadable "$T/device_data" "$EPERM" && writes "$T/control" 0 &&
		reads "$T/control" 0
}

firmware_refuses()
{
	knob admin:status,cmd=137 && refuses "$T/control" 'Input/output error' 1 &&
		reads "$T/control" 0 && knob admin:garbage,cmd=137 &&
		refuses "$T/control" 'Protocol error' 1 && reads "$T/control" 0 && knob '' &&
		writes "$T/control" 2 && reads "$T/control" 2
}

off_after_down()
{
	reads "$T/control" 2 && state down && [ ! -e "$T" ] && state up && reads "$T/control" 0 &&
		unreadable "$T/rp_A_data" "$EPERM"
}

without_capability()
{
	local dev
	dev=$PCI/devices/$(pf 1)

	reads "$dev/qat/state" up && [ ! -e "$dev/qat_rl" ] && [ -e "$dev/qat_ras" ] &&
		[ ! -e "/sys/kernel/debug/qat_4xxx_$(pf 1)/telemetry" ] &&
		[ -e "/sys/kernel/debug/qat_4xxx_$(pf 1)/heartbeat" ] &&
		said "$(pf 1): Telemetry: feature not supported by FW" &&
		said "$(pf 1): RateLimiting: feature not supported by FW"
}

plan 18
log_mark
modprobe qatvf_pf
check 'firmware without telemetry and rate limits' without_capability
check 'files and modes' modes
check 'off: nothing to read' off
check 'control refuses' control_refuses
check 'a VF of the kernel' vf_for_the_kernel
check 'two CPUs use two ring pairs' two_ring_pairs
two_ring_pairs
check 'control 1: one value for each counter' one_sample
check 'an idle device counts nothing' idle_counts_nothing
check 'control 4: four columns' four_samples
check 'ring pairs to watch' watched
check 'ring pairs are refused, or there already' watch_refusals
check 'a load is counted, on its ring pair' counts_load
check 'nothing published: the count stands still' frozen
check 'off again' switched_off
check 'the firmware refuses, or answers nonsense' firmware_refuses
check 'off after down and up' off_after_down
check 'VFs go' numvfs 0 0
check 'unloads' unload_all
finish
