#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A device that compresses wrongly, fails, overflows, answers garbage or goes away:
# no request gets wrong data or a part of it for the whole, and software steps in.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 600
# modules: compress/module
# programs: compress

. "$(dirname "$0")/compression.sh"

# Error codes of reference 06 section 10, as the model's knob wants them.
CODE_TRUNCATED=241 CODE_WATCHDOG=240 CODE_FATAL=243 CODE_CORRUPTED=242

# The device's commands, reference 06 section 3.
compress_command()
{
	case $1 in
	deflate) echo 1 ;;
	lz4) echo 3 ;;
	zstd) echo 5 ;;
	esac
}

# verify_fails FORMAT KNOB: each result that did not pass the device's check is counted
# and done again
verify_fails()
{
	local format=$1 driver=qatvf-$1 before_soft before count

	before=$(unverified "$driver") before_soft=$(soft "$driver")
	faults "$2,cmd=$(compress_command "$format"),times=7" || return 1
	"$COMP_TEST" once "$format" 40 || return 1
	faults ''
	count=$(($(unverified "$driver") - before))
	echo "unverified $count, software $(($(soft "$driver") - before_soft))"
	[ $count -eq 7 ] && [ $(($(soft "$driver") - before_soft)) -ge 7 ]
}

# Errors of verification of all engines, as the device reports them
cnv_errors()
{
	awk '/^[0-9]+:/ { n += $2 } END { print n + 0 }' "/sys/kernel/debug/qat_4xxx_$PF/cnv_errors"
}

# verify_counted FORMAT: ... by the device as well, each once
verify_counted()
{
	local before

	before=$(cnv_errors)
	verify_fails "$1" dc:verify || return 1
	echo "device: $(($(cnv_errors) - before))"
	[ $(($(cnv_errors) - before)) -eq 7 ]
}

# fails FORMAT CODE: compression that ends with an error is done in software
fails()
{
	local format=$1 driver=qatvf-$1 before errors

	before=$(soft "$driver") errors=$(driver_count errors)
	faults "dc:error,cmd=$(compress_command "$format"),val=$2,times=10" || return 1
	"$COMP_TEST" once "$format" 40 || return 1
	faults ''
	echo "errors $(($(driver_count errors) - errors))"
	[ $(($(driver_count errors) - errors)) -eq 10 ] &&
		[ $(($(soft "$driver") - before)) -ge 10 ]
}

# Neither direction is given a wrong result by answers that are not the device's.
answers_wrong()
{
	local knob=$1 errors

	errors=$(driver_count errors)
	faults "$knob" || return 1
	"$COMP_TEST" once deflate 30 || return 1
	faults ''
	echo "errors $errors -> $(driver_count errors)"
	[ "$(driver_count errors)" -gt "$errors" ]
}

# What the device says of damaged data is believed, so a lie costs the request.
lies_about_data()
{
	local out status

	faults "dc:error,cmd=2,val=$CODE_TRUNCATED,times=1" || return 1
	out=$("$COMP_TEST" once deflate 1)
	status=$?
	faults ''
	echo "$out"
	[ $status -ne 0 ] && grep -q ': -22$' <<<"$out" && "$COMP_TEST" once deflate 3
}

# VFs leave with requests that they will not answer any more: software answers them.
removal_under_load()
{
	local format pid bad=0 pids=() n

	for format in $FORMATS; do
		"$COMP_TEST" load "$format" 60 >"/run/load-$format.out" 2>&1 &
		pids+=($!)
	done
	for n in 1 2; do
		sleep 2
		faults 'ring:stall' || return 1
		sleep 1
		timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" || return 1
		timeout 60 sh -c "echo $(vf 1) >$VF_DRIVER/unbind" || return 1
		sleep 2
		faults '' || return 1
		echo "$(vf 0)" >$VF_DRIVER/bind && echo "$(vf 1)" >$VF_DRIVER/bind || return 1
		wait_until 60 bound_are 2 || return 1
	done
	sleep 2
	kill -TERM "${pids[@]}"
	for pid in "${pids[@]}"; do
		wait "$pid" || bad=1
	done
	cat /run/load-*.out
	return $bad
}

gone()
{
	modprobe -r qatvf_comp_test && modprobe -r qatvf_pf && wait_until 10 none_listed &&
		modprobe -r qat_4xxxvf && [ ! -e /sys/module/qatvf_core ]
}

read -ra formats <<<"$FORMATS"
plan $((8 + 4 * ${#formats[@]}))
check "two VFs come up and their algorithms with them" bring_up
for format in "${formats[@]}"; do
	check "$format: what does not pass the device's check is done in software" \
		verify_counted "$format"
	check "$format: watchdog error" fails "$format" $CODE_WATCHDOG
	check "$format: fatal error" fails "$format" $CODE_FATAL
	check "$format: corrupted output" verify_fails "$format" "dc:error,val=$CODE_CORRUPTED"
done
check "decompression fails: software" answers_wrong \
	"dc:error,cmd=2,val=$CODE_WATCHDOG,times=10"
check "data called damaged that are not: an error, no result" lies_about_data
check "unsupported request" answers_wrong 'resp:status,val=36,times=10'
check "answer for another command" answers_wrong 'resp:command,val=9,times=10'
check "answer of another service" answers_wrong 'resp:service,val=4,times=10'
check "VFs go and come under load" removal_under_load
check "and the algorithms with the modules" gone
finish
