#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Files of the PF in debugfs: formats as tools parse them, what is counted compared with
# the device model's own counters, errors (reference 08 section 5; contracts C15, C16,
# C17 and C22).
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1
# timeout: 300

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/lib/algorithms.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"

EINVAL='Invalid argument'
H=$DEBUG/heartbeat
up_files='fw_counters cnv_errors pm_status heartbeat transport'

knob() { qmp set qat0 faults "$1"; }

files_while_up()
{
	local file

	for file in $up_files; do
		[ -e "$DEBUG/$file" ] || { echo "no $file"; return 1; }
	done
	for file in fw_counters cnv_errors pm_status dev_cfg heartbeat/{status,queries_sent,queries_failed} \
		transport/bank_{00,09,63}/config; do
		mode_is "$DEBUG/$file" 400 || return 1
	done
	mode_is "$H/config" 600 && [ "$(printf '%s\n' "$DEBUG"/transport/bank_* | wc -l)" = 64 ]
}

files_while_down()
{
	local file

	state down || return 1
	for file in $up_files; do
		[ ! -e "$DEBUG/$file" ] || { echo "$file is there"; return 1; }
	done
	reads "$DEBUG/dev_cfg" $'[GENERAL]\nServicesEnabled = dc;sym\nHeartbeatTimer = 200\nSriovEnabled = 1'
}

dev_cfg()
{
	reads "$DEBUG/dev_cfg" "[GENERAL]
ServicesEnabled = sym;asym
HeartbeatTimer = 200
SriovEnabled = 1
[KERNEL]
NumberCyInstances = 0
NumberDcInstances = 0"
}

dev_cfg_idle()
{
	state down && writes "$DEV/qat/pm_idle_enabled" 0 && state up &&
		grep -qx 'PmIdleSupport = 0' "$DEBUG/dev_cfg"
}

# The kernel's self-tests of a VF's algorithms have been through the engines.
fw_counters()
{
	local table

	table=$(cat "$DEBUG/fw_counters") || return 1
	[ "$(head -n 1 <<<"$table")" = 'AE          Requests        Responses' ] &&
		[ "$(tail -n +2 <<<"$table" | grep -cE '^ [0-7]: [ 0-9]{16} [ 0-9]{16}$')" = 8 ] &&
		[ "$(wc -l <<<"$table")" = 9 ] || { echo "$table"; return 1; }
}

counted()
{
	awk '$1 ~ /:$/ { taken += $2; left += $2 - $3 } END { print taken + 0, left + 0 }' "$DEBUG/fw_counters"
}

# All of the model's requests, nothing left unanswered.
counters_agree()
{
	local real

	real=$(qmp get "$(vf_object)" requests)
	[ "$real" -gt 0 ] && [ "$(counted)" = "$real 0" ] && return 0
	echo "engines: $(counted), VF: $real"
	return 1
}

vf_object() { echo /machine/peripheral/qat0/vf0; }

fw_counters_error()
{
	knob admin:status,cmd=5,ae=3 && unreadable "$DEBUG/fw_counters" 'Input/output error' &&
		knob '' && fw_counters
}

# Slow answers while the PF goes down: nobody waits for the other for long.
down_while_read()
{
	local reader

	knob admin:delay,cmd=5,ms=300 || return 1
	cat "$DEBUG/fw_counters" >/dev/null 2>&1 &
	reader=$!
	sleep 0.5
	state down && is_down && wait_until 5 ended $reader && knob '' && state up && fw_counters
}

ended() { ! kill -0 "$1"; }

cnv_errors_dc()
{
	local table n

	restarted_with dc && table=$(cat "$DEBUG/cnv_errors") || return 1
	[ "$(head -n 1 <<<"$table")" = 'AE      Total Errors       Last Error' ] || { echo "$table"; return 1; }
	for n in 0 1 2 3 4 5 6 7; do
		grep -qx "$n:                0        No Error \[0\]" <<<"$table" ||
			{ echo "$table"; return 1; }
	done
}

# garbage: type 2 with the information -1, from one engine
cnv_errors_decoded()
{
	knob admin:garbage,cmd=20,ae=1,val=0x2f && grep -qx '1:            12079  Length Error-P \[-209\]' "$DEBUG/cnv_errors" ||
		{ cat "$DEBUG/cnv_errors"; return 1; }
	knob admin:garbage,cmd=20,ae=1,val=0x3f &&
		grep -qx '1:            16191    Decomp Error \[63\]' "$DEBUG/cnv_errors" ||
		{ cat "$DEBUG/cnv_errors"; return 1; }
	knob admin:garbage,cmd=20,ae=1,val=0xff &&
		grep -qx '1:            65535   Unknown Error \[4095\]' "$DEBUG/cnv_errors" ||
		{ cat "$DEBUG/cnv_errors"; return 1; }
	knob ''
}

heartbeat_bytes()
{
	od -An -tx1 "$1" | tr -d ' \n'
}

alive()
{
	sleep 0.5
	[ "$(heartbeat_bytes "$H/status")" = 300a00 ]
}

heartbeat_counts()
{
	alive && alive && [ "$(tr -d '\0' <"$H/queries_sent")" -ge 2 ] &&
		[ "$(heartbeat_bytes "$H/queries_failed")" = 300a00 ] &&
		[ "$(heartbeat_bytes "$H/config")" = 3230300a00 ]
}

# A poll that comes too early says -1 and is not counted. The shell's own read is quick
# enough; it leaves out the NUL.
too_frequent()
{
	local before first second

	sleep 0.5
	before=$(tr -d '\0' <"$H/queries_sent")
	read -r first <"$H/status"
	read -r second <"$H/status"
	[ "$first $second" = '0 -1' ] && [ "$(tr -d '\0' <"$H/queries_sent")" = $((before + 1)) ] &&
		said 'HB polling too frequent' || { echo "$first $second, $before before"; return 1; }
}

heartbeat_config()
{
	log_mark
	writes "$H/config" 200 500 $'1000\n' && [ "$(heartbeat_bytes "$H/config")" = 3230300a00 ] &&
		refuses "$H/config" "$EINVAL" 199 0 -1 abc "$(printf '%064d' 500)" &&
		refuses "$H/config" 'out of range' 99999999999 && said 'heartbeat_cfg: Invalid value'
}

# One thread that answers nothing any more makes the device unresponsive at the third
# poll; that is a fatal error, which ends with the restart.
heartbeat_frozen()
{
	local n

	log_mark
	alive && knob hb:freeze,ae=2 || return 1
	for n in 1 2 3 4; do
		sleep 0.5
		cat "$H/status" >/dev/null
	done
	sleep 0.5
	[ "$(heartbeat_bytes "$H/status")" = 2d310a00 ] && knob '' &&
		[ "$(tr -d '\0' <"$H/queries_failed")" -ge 2 ] &&
		said 'Heartbeat ERROR: QAT is not responding' &&
		[ "$(log_since 'fatal error: write down' | wc -l)" = 1 ]
}

heartbeat_recovers()
{
	state down && state up && alive && [ "$(heartbeat_bytes "$H/queries_failed")" = 300a00 ]
}

inject_refuses()
{
	mode_is "$H/inject_error" 200 &&
		refuses "$H/inject_error" "$EINVAL" 1 $'0\n' $'1\n\n' $'x\n' 2 && alive
}

# qatlib's way: the device hangs from then on, three polls notice, and it is restarted.
heartbeat_injected()
{
	log_mark
	echo on >"$DEV/qat/auto_reset" && alive && writes "$H/inject_error" $'1\n' &&
		said 'Heartbeat error injection enabled' &&
		[ "$(cat "$H"/status "$H"/status "$H"/status | tr -d '\n\0')" = 00-1 ] &&
		wait_until 30 said 'restarted in' && said 'QAT is not responding' && alive &&
		echo off >"$DEV/qat/auto_reset"
}

pm_keys='enable_pm enable_pm_idle enable_deep_pm_idle max_pwrreq min_pwrreq
power_level cpm_pm_state pending_wp current_wp idle_enable idle_filter min_pwr_ack min_pwr_ack_pending
thr_value pm_mode ssm_pm_enable active_constraint domain_power_gated
ath_active_count cph_active_count pke_active_count cpr_active_count dcpr_active_count ucs_active_count
xlt_active_count wat_active_count wcp_active_count
ath_managed_count cph_managed_count pke_managed_count cpr_managed_count dcpr_managed_count
ucs_managed_count xlt_managed_count wat_managed_count wcp_managed_count
host_msg_event_count sys_pm_event_count ssm_event_count timer_event_count unknown_event_count
event0 event1 event2 event3 event4 event5 event6 event7 idle_irq_count fw_irq_count
throttle_irq_count host_ack_count host_nack_count
CPM_PM_FW_INIT CPM_PM_STATUS CPM_PM_MASTER_FW CPM_PM_PWRREQ CPM_PM_HOST_MSG CPM_PM_INTERRUPT'

# shellcheck disable=SC2086 # words
pm_status()
{
	local got

	got=$(cat "$DEBUG/pm_status") || return 1
	[ "$(sed -n 's/^\([A-Za-z_0-9]*\): .*/\1/p' <<<"$got" | xargs)" = "$(echo $pm_keys)" ] &&
		[ "$(grep -c -- '^-------' <<<"$got")" = 5 ] &&
		grep -qx 'power_level: max' <<<"$got" && grep -qx 'cpm_pm_state: 0x2' <<<"$got" &&
		grep -qx 'idle_filter: 0x6' <<<"$got" && grep -qx 'CPM_PM_INTERRUPT: 0x1c0000' <<<"$got" ||
		{ echo "$got"; return 1; }
}

pm_count() { grep -qx "$1: $2" "$DEBUG/pm_status"; }

# The device says that it is idle, and is let go to minimal power, or not.
idle_acked()
{
	knob ras:set,reg=0x50a028,val=2 && wait_until 5 pm_count host_ack_count 0x1 &&
		pm_count idle_irq_count 0x1 && pm_count host_nack_count 0x0 &&
		pm_count host_msg_event_count 0x1 && pm_count CPM_PM_HOST_MSG 0x2 && knob ''
}

idle_refused()
{
	knob ras:set,reg=0x50a028,val=2 && wait_until 5 pm_count host_nack_count 0x1 &&
		pm_count host_ack_count 0x1 && pm_count CPM_PM_HOST_MSG 0x0 && knob ''
}

pm_status_error()
{
	knob admin:status,cmd=129 && unreadable "$DEBUG/pm_status" 'Input/output error' && knob ''
}

# VF 0 of the kernel drives at least its two symmetric ring pairs, 1 and 3; there is no VF 15.
transport()
{
	local dir=$DEBUG/transport

	reads "$dir/bank_60/config" '------- Bank 60 configuration -------' || return 1
	grep -qE '^ring num 00, head [0-9a-f]{4,}, tail [0-9a-f]{4,}, empty: 1$' "$dir/bank_01/config" &&
		grep -qE '^ring num 01, head ' "$dir/bank_03/config" &&
		[ "$(wc -l <"$dir/bank_03/config")" = 3 ]
}

# What a support tool does: everything, over and over, while the PF comes and goes.
read_all_the_time()
{
	local n reader

	touch /tmp/read-on
	while [ -e /tmp/read-on ]; do
		cat "$DEBUG"/* "$DEBUG"/heartbeat/* "$DEBUG"/transport/bank_0?/config "$DEV"/qat*/* >/dev/null
	done 2>/dev/null &
	reader=$!
	for ((n = 0; n < 4; n++)); do
		state down && sleep 0.3 && state up && sleep 0.3 || break
	done
	rm /tmp/read-on
	wait $reader
	[ $n = 4 ]
}

ready() { dmesg | grep -q '4xxxvf .*: ready:'; }

plan 26
log_mark
modprobe qatvf_pf num_vfs=1 kernel_vfs=1
check 'a VF of the kernel' wait_until 60 ready
check 'its algorithms have been tested' wait_until 120 settled
check 'files and modes while up' files_while_up
check 'dev_cfg' dev_cfg
check 'fw_counters: format' fw_counters
check 'fw_counters: as many as the VF had' counters_agree
check 'fw_counters: an engine that refuses' fw_counters_error
check 'transport' transport
check 'cnv_errors without compression' reads "$DEBUG/cnv_errors" 'No engine configured for comp'
check 'pm_status' pm_status
check 'pm_status: refused' pm_status_error
check 'an idle event is answered' idle_acked
check 'heartbeat: alive, counted' heartbeat_counts
check 'heartbeat: polled too often' too_frequent
check 'heartbeat: config' heartbeat_config
check 'heartbeat: an engine stands still' heartbeat_frozen
check 'heartbeat: alive after down and up' heartbeat_recovers
check 'heartbeat: inject_error refuses' inject_refuses
check 'heartbeat: injected, noticed, restarted' heartbeat_injected
check 'down while engines are slow to answer a reader' down_while_read
check 'cnv_errors with compression' cnv_errors_dc
check 'cnv_errors: errors decoded' cnv_errors_decoded
check 'read all the time through down and up' read_all_the_time
restarted_with 'dc;sym'
check 'down: configuration only' files_while_down
check 'dev_cfg shows the idle permission once it is set' dev_cfg_idle
check 'an idle event without permission' idle_refused
finish
