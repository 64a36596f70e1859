#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The referee's checks, run in the virtual machine by selftests/referee/run.

. "$TOP/selftests/lib/ktap.sh"

bdf=0000:6b:00.0
pf=/sys/bus/pci/devices/$bdf
debugfs=/sys/kernel/debug/qat_4xxx_$bdf
algorithms='qat_aes_cbc qat_aes_ctr qat_aes_xts qat_aes_cbc_hmac_sha1
	qat_aes_cbc_hmac_sha256 qat_aes_cbc_hmac_sha512 qat-rsa qat-dh'

state_is()
{
	[ "$(cat "$pf/qat/state" 2>/dev/null)" = "$1" ]
}

log_has()
{
	dmesg | grep -qF "$1"
}

# What /proc/crypto says about the self-test of a driver's (newest) entry
selftest_of()
{
	awk -v want="$1" '$1 == "driver" { found = $3 == want }
		found && $1 == "selftest" { print $3; exit }' /proc/crypto
}

selftests_over()
{
	local alg

	for alg in $algorithms; do
		[ "$(selftest_of "$alg")" = passed ] || return 1
	done
	# a larval entry holds a reference on the device
	! awk '$1 == "driver" { q = $3 ~ /^qat/ }
		q && $1 == "selftest" && $3 != "passed" { bad = 1 }
		END { exit !bad }' /proc/crypto
}

all_requests_answered()
{
	[ "$(qmp get qat0 requests)" -gt 0 ] &&
		[ "$(qmp get qat0 requests)" = "$(qmp get qat0 responses)" ]
}

heartbeat_alive()
{
	# a poll within 200 ms of the one before has no answer
	sleep 0.5
	[ "$(cat "$debugfs/heartbeat/status")" = 0 ]
}

# What the engines say they took is what the rings gave them
counters_agree()
{
	local sum

	sum=$(awk '$1 ~ /^[0-9]+:$/ { sum += $2; left += $2 - $3 }
		END { print sum, left }' "$debugfs/fw_counters")
	note "requests of all engines, unanswered: $sum"
	[ "$sum" = "$(qmp get qat0 requests) 0" ]
}

cycle()
{
	echo down >"$pf/qat/state" && state_is down &&
		echo up >"$pf/qat/state" && state_is up
}

vf_count()
{
	lspci -n -d 8086:4941 | wc -l
}

# Enabling is refused while a self-test holds the device
enable_vfs()
{
	local i

	for i in $(seq 60); do
		echo 16 2>/dev/null >"$pf/sriov_numvfs" && return
		sleep 0.5
	done
	return 1
}

one_group_each()
{
	local i groups=

	for i in $(seq 0 15); do
		groups+="$(readlink -f "$pf/virtfn$i/iommu_group")
"
	done
	[ "$(sort -u <<<"$groups" | grep -c iommu_groups)" -eq 16 ]
}

reset_vf()
{
	echo 1 >"$pf/virtfn$1/reset"
}

# The device comes up with its compression engines and registers deflate
only_compression()
{
	echo down >"$pf/qat/state" && state_is down &&
		echo dc >"$pf/qat/cfg_services" &&
		echo up >"$pf/qat/state" && state_is up
}

deflate_passed()
{
	[ "$(selftest_of qat_deflate)" = passed ]
}

cnv_errors()
{
	awk '$1 ~ /^[0-9]+:$/ { sum += $2; rows++ }
		END { print rows ? sum : "no engine" }' "$debugfs/cnv_errors"
}

reload()
{
	modprobe -r qat_4xxx && modprobe qat_4xxx && wait_until 30 state_is up
}

counter_is_zero()
{
	[ "$(qmp get qat0 "$1")" = 0 ]
}

# Rate limits: the driver believes the model's limiter, which takes its messages
sla_added()
{
	echo 0xa >"$pf/qat_rl/rp" && echo sym >"$pf/qat_rl/srv" && echo 100 >"$pf/qat_rl/cir" &&
		echo 200 >"$pf/qat_rl/pir" && echo add >"$pf/qat_rl/sla_op" &&
		[ "$(cat "$pf/qat_rl/id")" = 4 ] && echo sym >"$pf/qat_rl/cap_rem" &&
		[ "$(cat "$pf/qat_rl/cap_rem")" = 900 ]
}

sla_updated()
{
	echo 300 >"$pf/qat_rl/cir" && echo 300 >"$pf/qat_rl/pir" &&
		echo update >"$pf/qat_rl/sla_op" && echo get >"$pf/qat_rl/sla_op" &&
		[ "$(cat "$pf/qat_rl/cir")" = 300 ]
}

sla_removed()
{
	echo rm >"$pf/qat_rl/sla_op" && [ "$(cat "$pf/qat_rl/cap_rem")" = 1000 ]
}

# CBC on one CPU, for so many seconds: bytes a second
load() { "$TOP/selftests/hostif/afalg-load.py" qat_aes_cbc 0 "$1" 16384 2>/dev/null; }

# The symmetric ring pairs of both CPUs get 20 permille together, of the 10 MB/s that run
# gives the device, and they do get that.
sla_holds()
{
	local rate

	echo 0xa >"$pf/qat_rl/rp" && echo 20 >"$pf/qat_rl/cir" && echo 20 >"$pf/qat_rl/pir" &&
		echo add >"$pf/qat_rl/sla_op" && rate=$(load 5) && echo rm_all >"$pf/qat_rl/sla_op" ||
		return 1
	note "at most 200000 bytes/s: $rate"
	[ "$rate" -ge 160000 ] && [ "$rate" -le 220000 ]
}

samples() { awk '$1 == "sample_cnt" { print $2 }' "$debugfs/telemetry/device_data"; }
two_samples() { [ "$(samples)" -ge 2 ]; }

telemetry_published()
{
	echo 1 >"$debugfs/telemetry/rp_A_data" && echo 2 >"$debugfs/telemetry/control" &&
		wait_until 15 two_samples && grep -q '^util_ucs1 ' "$debugfs/telemetry/device_data" &&
		grep -q '^service_type  *sym$' "$debugfs/telemetry/rp_A_data"
}

# Lines of device_data whose name matches, added up
sum_of() { awk -v name="^$1" '$1 ~ name { sum += $2 } END { print sum + 0 }' "$2"; }

telemetry_counts()
{
	local loader

	echo 3 >"$debugfs/telemetry/rp_B_data" && echo 1 >"$debugfs/telemetry/control" || return 1
	load 6 >/dev/null &
	loader=$!
	sleep 5
	cat "$debugfs/telemetry/device_data" >/tmp/device
	cat "$debugfs"/telemetry/rp_[AB]_data >/tmp/ring_pairs
	wait $loader
	[ "$(sum_of exec_ucs /tmp/device)" -gt 0 ] && [ "$(sum_of exec_pke /tmp/device)" = 0 ] &&
		[ "$(sum_of bw_in /tmp/device)" -gt 0 ] && [ "$(sum_of bw_in /tmp/ring_pairs)" -gt 0 ] ||
		{ cat /tmp/device /tmp/ring_pairs; return 1; }
}

telemetry_off()
{
	echo 0 >"$debugfs/telemetry/control" && ! cat "$debugfs/telemetry/device_data" 2>/dev/null
}

errors_are() { [ "$(cat "$pf"/qat_ras/errors_{correctable,nonfatal,fatal} | xargs)" = "$1" ]; }

# error_counted REGISTER "CORRECTED NONFATAL FATAL"
error_counted()
{
	qmp set qat0 faults "ras:set,reg=$1,val=1" && wait_until 5 errors_are "$2"
	errors_are "$2" || { cat "$pf"/qat_ras/errors_*; return 1; }
}

errors_reset() { echo 1 >"$pf/qat_ras/reset_error_counters" && errors_are '0 0 0'; }

plan 52

check "the driver loads" modprobe qat_4xxx
check "the device comes up" wait_until 60 state_is up
check "nine engines started, $VM_FIRMWARE firmware" \
	log_has "qat_dev0 started 9 acceleration engines"
wait_until 120 selftests_over
for alg in $algorithms; do
	check "$alg passes the kernel's self-test" \
		test "$(selftest_of "$alg")" = passed
done
check "every request was answered" wait_until 10 all_requests_answered
check "no request failed" counter_is_zero errors
check "heartbeat: alive" heartbeat_alive
check "heartbeat: alive again" heartbeat_alive
check "firmware counters" counters_agree

check "rate limits: an SLA" sla_added
check "rate limits: updated" sla_updated
check "rate limits: removed" sla_removed
check "rate limits: a limit holds" sla_holds
check "telemetry: published" telemetry_published
check "telemetry: counts a load" telemetry_counts
check "telemetry: off" telemetry_off
check "an error of an engine, corrected" error_counted 0x41a308 '1 0 0'
check "an error of an engine" error_counted 0x41a300 '1 1 0'
check "an error of shared memory, behind the slices" error_counted 0x10 '2 1 0'
check "error counters are reset" errors_reset
check "a fatal error" error_counted 0x41a310 '0 0 1'

check "down and up, which includes a function level reset" cycle
wait_until 120 selftests_over
check "down and up again" cycle
wait_until 120 selftests_over
check "self-tests pass after the resets" selftests_over

for round in first second; do
	check "sixteen VFs, $round time" enable_vfs
	check "all of them are there" test "$(vf_count)" -eq 16
	[ "$round" = first ] && check "each in an IOMMU group of its own" one_group_each
	check "the PF answers VF 5's version request" \
		python3 "$TOP/selftests/referee/vf-mailbox.py" "$pf/virtfn5"
	check "VF 5 is reset by FLR" reset_vf 5
	[ "$round" = first ] && check "and is answered again" \
		python3 "$TOP/selftests/referee/vf-mailbox.py" "$pf/virtfn5"
	echo 0 >"$pf/sriov_numvfs"
	check "VFs disabled" test "$(vf_count)" -eq 0
done

check "unload and load" reload
wait_until 120 selftests_over

check "services dc: down, configured, up" only_compression
check "qat_deflate passes the kernel's self-test" wait_until 60 deflate_passed
check "every request was answered, services dc" wait_until 10 all_requests_answered
check "no request failed, services dc" counter_is_zero errors
check "no verify error" test "$(cnv_errors)" = 0
check "heartbeat with services dc" heartbeat_alive
check "no access to an unknown register" counter_is_zero unknown-accesses
check "no DMA failed" counter_is_zero dma-faults
finish
