#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Compression against zlib, liblz4 and the kernel's own software, both ways: kinds of
# text, lengths, levels, pieces; and what cannot work.  The driver's and the model's
# counters prove that the device did it.
#
# kernels: 6.12 7.3
# also: 6.1
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: compress/module
# programs: compress

. "$(dirname "$0")/compression.sh"

counters_agree()
{
	local driver model

	driver="$(driver_count requests) $(driver_count responses)"
	model="$(model_count requests) $(model_count responses)"
	[ "$driver" = "$model" ] || { echo "driver: $driver, model: $model"; return 1; }
	[ "$(driver_count requests)" -gt 1000 ]
}

# Everything may be left to software, and is, with the same results.
threshold()
{
	local format=$1 threshold=/sys/module/qatvf_core/parameters/dc_min_bytes
	local before status

	before=$(hard "qatvf-$format")
	echo 1000000 >$threshold
	"$COMP_TEST" once "$format" 10
	status=$?
	echo 0 >$threshold
	[ $status -eq 0 ] && [ "$(hard "qatvf-$format")" -eq "$before" ]
}

# Harder compression is no larger.
levels()
{
	local format=$1 level=/sys/module/qatvf_core/parameters/dc_level value

	for value in 1 6 9 0 4294967295; do
		echo $value >$level && "$COMP_TEST" once "$format" 5 || return 1
	done
	echo 1 >$level
}

read -ra formats <<<"$FORMATS"
points=0
for format in "${formats[@]}"; do
	points=$((points + 3))
done
# points of comp-test: trips 7, less one without a library; wrong 8, deflate one more
plan $((2 + points + 7 + 7 + 9 + 8 + (${#formats[@]} - 2) * 14))
check "two VFs come up and their algorithms with them" bring_up ||
	dmesg | grep -i -e qat -e alg: | tail -n 20 | sed 's/^/# /'
for format in "${formats[@]}"; do
	check "qatvf-$format: the kernel's own self-test passed" selftest_passed "qatvf-$format"
done
adopt "$COMP_TEST" trips "${formats[@]}"
adopt "$COMP_TEST" wrong "${formats[@]}"
for format in "${formats[@]}"; do
	check "$format: all levels" levels "$format"
	check "$format: short requests in software, if so wanted" threshold "$format"
done
check "the driver's counters and the device's agree" counters_agree
finish
