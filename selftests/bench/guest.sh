#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The benchmark's part inside the machine, see run.  Writes /run/vm/raw, a line per
# measurement: SIDE ALG DEPTH BYTES OPS INSTRUCTIONS NS WRITES READS INTERRUPTS REQUESTS
#
# usage: guest.sh rows | ready

. "$TOP/selftests/lib/ktap.sh"
. "$TOP/selftests/bench/rows.sh"

RAW=/run/vm/raw
BENCH=/sys/kernel/debug/qatvf_bench
PF=/sys/bus/pci/devices/0000:6b:00.0
OPS=${BENCH_OPS:-512}
KERNEL_VF=15

die()
{
	echo "bench: $*" >&2
	dmesg | tail -n 5 >&2
	exit 1
}

progress()
{
	printf '%s\n' "$*" >&2
}

# What PF and the kernel's VF have seen so far: writes reads interrupts requests
counters()
{
	local names='mmio-writes mmio-reads interrupts requests'

	{
		# shellcheck disable=SC2086 # words
		qmp get qat0 $names | xargs
		[ "$1" = theirs ] || qmp get "qat0/vf$KERNEL_VF" $names | xargs
	} | awk '{ for (i = 1; i <= 4; i++) sum[i] += $i }
		END { print sum[1], sum[2], sum[3], sum[4] }'
}

# While all CPUs are idle the machine's time leaps to its next timer, and when they wait
# for the host's disk it would leap by hours: so they are never idle, except in a run.
keep_busy()
{
	chrt --idle 0 bash -c 'while :; do :; done' &
	busy=$!
	trap 'kill $busy' EXIT
}

# measure SIDE ALG KIND DRIVER DEPTH BYTES
measure()
{
	local before after result status

	before=$(counters "$1")
	kill -STOP "$busy"
	echo "$3 $4 $5 $6 $OPS" >"$BENCH/run"
	status=$?
	kill -CONT "$busy"
	[ $status -eq 0 ] || return
	result=$(cut -d' ' -f1,3,4 "$BENCH/result")
	after=$(counters "$1")
	echo "$1 $2 $5 $6 $result $before $after" |
		awk '{ print $1, $2, $3, $4, $5, $6, $7, $12 - $8, $13 - $9, $14 - $10, $15 - $11 }' \
		>>"$RAW"
}

have()
{
	awk -v want="$1" '$1 == "driver" && $3 == want { found = 1 }
		END { exit !found }' /proc/crypto
}

# measure_rows SIDE SERVICE: all rows of a service that this side has
measure_rows()
{
	local alg kind service ours theirs key sizes driver depth size

	while read -r alg kind service ours theirs key sizes; do
		[ "$service" = "$2" ] || continue
		[ -z "${BENCH_ALGS:-}" ] || [[ " $BENCH_ALGS " == *" $alg "* ]] || continue
		driver=$ours
		[ "$1" = theirs ] && driver=$theirs
		have "$driver" || continue
		progress "$1: $alg ($driver)"
		cat "$BUILD/bench/keys/$key" >"$BENCH/key"
		[ "$sizes" = all ] && sizes=${BENCH_SIZES:-$SIZES}
		# the first run pays for what is set up on first use
		echo "$kind $driver 1 ${sizes%% *} 8" >"$BENCH/run" ||
			die "$driver does not work"
		for depth in ${BENCH_DEPTHS:-$DEPTHS}; do
			for size in $sizes; do
				measure "$1" "$alg" "$kind" "$driver" "$depth" "$size" ||
					progress "$driver: depth $depth, $size bytes: failed"
			done
		done
	done <<<"${ROWS#?}"
}

selftests_over()
{
	! awk '$1 == "driver" { q = $3 ~ /^qat/ } $1 == "selftest" && q && $3 != "passed" { bad = 1 }
		END { exit !bad }' /proc/crypto
}

theirs_up()
{
	[ "$(cat "$PF/qat/state")" = up ] && grep -q "^driver *: $1$" /proc/crypto && selftests_over
}

# insmod with what modinfo names, since these modules are not installed
insmod_file()
{
	local dep

	for dep in $(modinfo -F depends "$1" | tr , ' '); do
		modprobe -q "$dep"
	done
	insmod "$1" || die "cannot load $1"
}

theirs()
{
	insmod_file "$BUILD/referee/qat/qat_common/intel_qat.ko"
	insmod_file "$BUILD/referee/qat/qat_4xxx/qat_4xxx.ko"
	wait_until 120 theirs_up qat_aes_cbc || die "Linux's driver did not come up"
	measure_rows theirs sym
	if wants dc; then
		echo down >"$PF/qat/state" && echo dc >"$PF/qat/cfg_services" &&
			echo up >"$PF/qat/state"
		wait_until 120 theirs_up qat_deflate || die "Linux's driver did not come up with dc"
		measure_rows theirs dc
	fi
	rmmod qat_4xxx intel_qat
}

# wants SERVICE: is there a row for it?
wants()
{
	[ -z "${BENCH_ALGS:-}" ] || awk -v service="$1" -v algs=" $BENCH_ALGS " '
		$3 == service && index(algs, " " $1 " ") { found = 1 }
		END { exit !found }' <<<"$ROWS"
}

ours_up()
{
	[ "$(dmesg | grep -c 'ready: PF mailbox')" -ge "$1" ] && selftests_over
}

ours()
{
	modprobe qatvf_pf num_vfs=16 kernel_vfs=1 || die "our driver does not load"
	modprobe qat_4xxxvf
	wait_until 120 ours_up 1 || die "our driver did not come up"
	wait_until 60 have qatvf-cbc-aes || die "no algorithm of ours"
	wait_until 60 selftests_over || die "self-tests are not over"
	measure_rows ours sym
	modprobe -r qat_4xxxvf qatvf_pf
	if wants dc; then
		modprobe qatvf_pf num_vfs=16 kernel_vfs=1 services=dc || return 0
		modprobe qat_4xxxvf
		wait_until 10 have qatvf-deflate && wait_until 60 selftests_over
		measure_rows ours dc
		modprobe -r qat_4xxxvf qatvf_pf
	fi
}

case $1 in
rows)
	modprobe qatvf_bench || die "no benchmark module"
	keep_busy
	theirs
	ours
	;;
esac
