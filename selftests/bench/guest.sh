#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The benchmark's part inside the machine, see bench.
#
# usage: guest.sh rows	all measurements of Linux's driver, then of ours: a line each in
#			/run/vm/raw, SIDE ALG DEPTH BYTES OPS INSTRUCTIONS NS WRITES READS
#			INTERRUPTS REQUESTS; and "memory BYTES-PER-VF"
#	 guest.sh software	the same of the kernel's software, one request at a time
#	 guest.sh ready	for one PF and for all "ready PFS MICROSECONDS WORK" in
#			/run/vm/raw: WORK is for how many of them the CPU was not idle
#
# $BENCH_ALGS, $BENCH_DEPTHS, $BENCH_SIZES, $BENCH_OPS, $BENCH_ROUNDS: fewer of each.

. "$TOP/selftests/lib/ktap.sh"
. "$TOP/selftests/lib/algorithms.sh"
. "$TOP/selftests/bench/rows.sh"

RAW=/run/vm/raw
BENCH=/sys/kernel/debug/qatvf_bench
PF=/sys/bus/pci/devices/0000:6b:00.0
VF_DRIVER=/sys/bus/pci/drivers/4xxxvf
OPS=${BENCH_OPS:-1024}
ROUNDS=${BENCH_ROUNDS:-2}
VFS=16
MODULES=/run/modules

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

# While all CPUs are idle the machine's time leaps to its next timer, and when they
# wait for the host's disk it would leap by hours: so they are never idle, but for the
# time of a measurement, which needs nothing from the host.
keep_busy()
{
	chrt --idle 0 bash -c 'while :; do :; done' &
	busy=$!
	trap 'kill $busy' EXIT
}

let_idle()
{
	local status

	kill -STOP "$busy"
	"$@"
	status=$?
	kill -CONT "$busy"
	return $status
}

# What the function that carries the requests has seen so far: the PF for Linux's driver,
# the kernel's VF for ours.  Prints writes reads interrupts requests.
counters()
{
	local path=qat0

	[ "$1" = ours ] && path=qat0/vf$((VFS - 1))
	qmp get "$path" mmio-writes mmio-reads interrupts requests | xargs
}

start_run()
{
	echo "$*" >"$BENCH/run"
}

# measure_once SIDE ALG KIND DRIVER DEPTH BYTES
measure_once()
{
	local before after result

	before=$(counters "$1")
	let_idle start_run "$3 $4 $5 $6 $OPS" || return
	result=$(cut -d' ' -f1,3,4 "$BENCH/result")
	after=$(counters "$1")
	echo "$1 $2 $5 $6 $result $before $after" |
		awk '{ print $1, $2, $3, $4, $5, $6, $7, $12 - $8, $13 - $9, $14 - $10, $15 - $11 }'
}

# The least of each over all rounds: what happens now and then (the tick of the clock,
# heartbeat, somebody's cache running empty) is part of some of them only.
measure()
{
	local round

	for ((round = 0; round < ROUNDS; round++)); do
		measure_once "$@" || return
	done | awk '
		NR == 1 { n = split($0, least) }
		{ for (i = 5; i <= n; i++) if ($i + 0 < least[i] + 0) least[i] = $i }
		END { for (i = 1; i <= n; i++) printf "%s%s", least[i], i < n ? " " : "\n" }' \
		>>"$RAW"
}

have()
{
	awk -v want="$1" '$1 == "driver" && $3 == want { found = 1 }
		END { exit !found }' /proc/crypto
}

# wants SERVICE: is a row of it among those to measure?
wants()
{
	awk -v service="$1" -v algs="${BENCH_ALGS:+ $BENCH_ALGS }" '
		$3 == service && (algs == "" || index(algs, " " $1 " ")) { found = 1 }
		END { exit !found }' <<<"$ROWS"
}

# sizes_at DEPTH SIZES: lengths to measure, see rows.sh
sizes_at()
{
	if [ "$2" != all ]; then
		echo "$2"
	elif [ -n "${BENCH_SIZES:-}" ]; then
		echo "$BENCH_SIZES"
	elif [ "$1" -eq 32 ]; then
		echo "$SIZES"
	else
		echo "$FEW_SIZES"
	fi
}

# measure_row SIDE ALG KIND DRIVER SIZES
measure_row()
{
	local depth size first

	progress "$1: $2 ($4)"
	# the first run pays for what is set up on first use
	first=$(sizes_at 1 "$5")
	let_idle start_run "$3 $4 1 ${first%% *} 8" || {
		progress "$4 does not work"
		return
	}
	for depth in ${BENCH_DEPTHS:-$DEPTHS}; do
		for size in $(sizes_at "$depth" "$5"); do
			measure "$1" "$2" "$3" "$4" "$depth" "$size" ||
				progress "$4: depth $depth, $size bytes: failed"
		done
	done
}

# measure_rows SIDE SERVICE: all rows of a service that this side has
measure_rows()
{
	local alg kind service ours theirs key sizes soft driver

	while read -r alg kind service ours theirs key sizes soft; do
		[ "$service" = "$2" ] || continue
		[ -z "${BENCH_ALGS:-}" ] || [[ " $BENCH_ALGS " == *" $alg "* ]] || continue
		case $1 in
		ours) driver=$ours ;;
		theirs) driver=$theirs ;;
		software) driver=$soft ;;
		esac
		[ "$1" = software ] && [ "$soft" != - ] || have "$driver" || continue
		cat "$BUILD/bench/keys/$key" >"$BENCH/key"
		measure_row "$1" "$alg" "$kind" "$driver" "$sizes"
	done <<<"$ROWS"
}

# selftests_over DRIVER: it is there, and nothing of the kind is being tested
selftests_over()
{
	have "$1" && ! awk '$1 == "driver" { q = $3 ~ /^qat/ }
		$1 == "selftest" && q && $3 != "passed" { bad = 1 }
		END { exit !bad }' /proc/crypto
}

# insmod_file FILE [PARAMETER...]: with what modinfo names, of the kernel's own
insmod_file()
{
	local dep

	for dep in $(modinfo -F depends "$1" | tr , ' '); do
		[[ $dep == *qat* ]] || [ -d "/sys/module/${dep//-/_}" ] || modprobe -q "$dep"
	done
	insmod "$@" || die "cannot load $1"
}

# ours_ready DRIVER: it is there, and no algorithm of ours is coming or being tested
ours_ready()
{
	settled && selftests_over "$1"
}

theirs()
{
	insmod_file "$BUILD/referee/qat/qat_common/intel_qat.ko"
	insmod_file "$BUILD/referee/qat/qat_4xxx/qat_4xxx.ko"
	wait_until 120 selftests_over qat_aes_cbc || die "Linux's driver did not come up"
	measure_rows theirs sym
	if wants dc; then
		echo down >"$PF/qat/state" && echo dc >"$PF/qat/cfg_services" &&
			echo up >"$PF/qat/state"
		wait_until 120 selftests_over qat_deflate ||
			die "Linux's driver did not come up for compression"
		measure_rows theirs dc
	fi
	rmmod qat_4xxx intel_qat
}

bound_are()
{
	[ "$(find "$VF_DRIVER/" -maxdepth 1 -name '0000:*' 2>/dev/null | wc -l)" -eq "$1" ]
}

unload_ours()
{
	rmmod qat_4xxxvf qatvf_pf qatvf_core || die "our modules stay loaded"
}

ours()
{
	# the VF driver first: VFs are bound as they appear
	insmod_file "$MODULES/qatvf_core.ko" sym_min_bytes=0 dc_min_bytes=0
	insmod_file "$MODULES/qat_4xxxvf.ko"
	insmod_file "$MODULES/qatvf_pf.ko" num_vfs=$VFS kernel_vfs=1 "services=$1"
	wait_until 120 bound_are "$VM_PFS" || die "our driver did not come up"
}

free_bytes()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	# pages that a CPU keeps at hand are not in MemFree
	awk '$1 == "MemFree:" { free += 1024 * $2 }
		$1 == "count:" { free += 4096 * $2 }
		END { printf "%.0f\n", free }' /proc/meminfo /proc/zoneinfo
}

# The memory that comes back when the driver leaves all VFs
memory_per_vf()
{
	local before

	insmod_file "$MODULES/qatvf_core.ko"
	insmod_file "$MODULES/qat_4xxxvf.ko"
	insmod_file "$MODULES/qatvf_pf.ko" num_vfs=$VFS kernel_vfs=$VFS
	wait_until 120 bound_are $VFS || die "not all VFs came up"
	wait_until 240 ours_ready qatvf-cbc-aes || die "self-tests are not over"
	before=$(free_bytes)
	rmmod qat_4xxxvf
	echo "memory $((($(free_bytes) - before) / VFS))" >>"$RAW"
	rmmod qatvf_pf qatvf_core
}

rows()
{
	insmod "$MODULES/qatvf_bench.ko" || die "no benchmark module"
	theirs
	ours "sym;asym"
	wait_until 240 ours_ready qatvf-cbc-aes || die "self-tests are not over"
	measure_rows ours sym
	unload_ours
	memory_per_vf
	if wants dc; then
		ours dc
		wait_until 240 ours_ready qatvf-deflate || die "self-tests are not over"
		measure_rows ours dc
		unload_ours
	fi
}

# No other driver is there: the name of an algorithm gives the best software for it.
# What uses the processor's own instructions, udev would have loaded.
software()
{
	modprobe -a aesni_intel ghash_clmulni_intel sha256_ssse3 || die "no modules for this processor"
	insmod "$MODULES/qatvf_bench.ko" || die "no benchmark module"
	measure_rows software sym
	measure_rows software dc
}

# Leaves in $idle for how long the CPU had nothing to do, in microseconds; without a program.
idle_us()
{
	read -r idle _ <"/proc/$busy/schedstat"
	idle=$((idle / 1000))
}

# start_all PFS: only what the shell itself can do: nothing may come from the host
# meanwhile.  Leaves in $work what was done until the last VF was there.
start_all()
{
	local end=$((SECONDS + 120)) found from=${EPOCHREALTIME/./} idle before

	idle_us
	before=$idle
	echo "bench: start" >/dev/kmsg
	/run/insmod "$MODULES/qatvf_pf.ko" num_vfs=$VFS kernel_vfs=$VFS &
	while [ $SECONDS -lt $end ]; do
		found=("$VF_DRIVER"/0000:*)
		if [ ${#found[@]} -ge $((VFS * $1)) ]; then
			idle_us
			work=$((${EPOCHREALTIME/./} - from - (idle - before)))
			wait $!
			return
		fi
		read -rt 0.01 -u 8
	done
	return 1
}

# leave_only PFS: the driver takes the first so many
leave_only()
{
	local pf n=0

	for pf in /sys/bus/pci/devices/*; do
		[ "$(cat "$pf/vendor" "$pf/device" | xargs)" = '0x8086 0x4940' ] || continue
		n=$((n + 1))
		if [ $n -le "$1" ]; then
			echo >"$pf/driver_override"
		else
			echo none >"$pf/driver_override"
		fi
	done
}

# ready_of PFS
ready_of()
{
	local work

	leave_only "$1"
	insmod_file "$MODULES/qatvf_core.ko"
	insmod_file "$MODULES/qat_4xxxvf.ko"
	dmesg -C
	start_all "$1" || die "not all VFs came up"
	wait_until 10 all_said "$1" || die "not all VFs say that they are ready"
	dmesg >"/run/vm/ready-$1"
	log_times | awk -v pfs="$1" -v work="$work" '
		/bench: start/ { start = $1 }
		/ready: PF mailbox/ { last = $1 }
		END { printf "ready %d %d %d\n", pfs, (last - start) * 1e6, work }' >>"$RAW"
	wait_until 240 ours_ready qatvf-cbc-aes || die "self-tests are not over"
	unload_ours
}

# From the insertion of the PF driver to the last VF's word that it is ready, when it was
# loaded before, with the firmware in memory and no module left to load: what the host's
# disk takes is no part of it, nor is what stands in for udev in this machine.
ready()
{
	mkdir -p /run/firmware
	cp /lib/firmware/qat_4xxx*.bin /run/firmware
	printf /run/firmware >/sys/module/firmware_class/parameters/path
	mkfifo /run/pause
	exec 8<>/run/pause
	ours "sym;asym"
	wait_until 240 ours_ready qatvf-cbc-aes || die "self-tests are not over"
	unload_ours
	cp "$(command -v insmod)" /run/insmod
	echo >/proc/sys/kernel/modprobe
	# nothing in this machine's layer lasts
	[ ! -d /run/vm ] || rm -f /sbin/modprobe
	ready_of 1
	ready_of "$VM_PFS"
}

log_times()
{
	dmesg | sed 's/^\[ *\([0-9.]*\)\]/\1/'
}

# all_said PFS
all_said()
{
	[ "$(dmesg | grep -c 'ready: PF mailbox')" -eq $((VFS * $1)) ]
}

mkdir -p $MODULES
find "/lib/modules/$(uname -r)/updates" -name 'qat*.ko' -exec cp {} $MODULES \;
keep_busy
"$1"
