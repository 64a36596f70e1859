# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for the tests of the ciphers: four VFs for this kernel, what
# /proc/crypto says, the counters of driver and model, load in the background.
# Facts: run-vm (PF 0 is at 6b:00.0), reference 01 section 3.6 (VF n is at devfn
# 1 + n of its PF), selftests/qemu (ring pairs 4n to 4n + 3 are VF n's).
#
# shellcheck shell=bash

. "${TOP:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}/selftests/lib/ktap.sh"
. "$TOP/selftests/lib/algorithms.sh"

PF=0000:6b:00.0
PF_DRIVER=/sys/bus/pci/drivers/4xxx
VF_DRIVER=/sys/bus/pci/drivers/4xxxvf
VFS=4
ALGORITHMS='qatvf-cbc-aes qatvf-ctr-aes qatvf-xts-aes'
CIPHER_TEST=$BUILD/selftests/crypto/cipher-test
export LC_ALL=C

# vf NUMBER: its address
vf()
{
	printf '0000:6b:%02x.%x\n' $((($1 + 1) / 8)) $((($1 + 1) % 8))
}

bound()
{
	[ -e "$VF_DRIVER/$(vf "$1")" ]
}

# bound_are COUNT: exactly that many VFs have our driver
bound_are()
{
	[ "$(find "$VF_DRIVER/" -maxdepth 1 -name '0000:*' 2>/dev/null | wc -l)" -eq "$1" ]
}

# field ALGORITHM NAME: a line of its paragraph in /proc/crypto.  While the kernel
# tests it there is a second paragraph, of type larval, which does not count.
field()
{
	awk -v driver="$1" -v want="$2" '
		function paragraph() {
			if (v["driver"] == driver && v["type"] != "larval" && want in v) {
				print v[want]
				done = 1
				exit
			}
			delete v
		}
		/^$/ { paragraph(); next }
		{
			name = $1
			sub(/^[^:]*: /, "")
			v[name] = $0
		}
		END { if (!done) paragraph() }' /proc/crypto
}

listed()
{
	[ -n "$(field "$1" name)" ]
}

none_listed()
{
	! grep -q 'qatvf-' /proc/crypto
}

selftest_passed()
{
	[ "$(field "$1" selftest)" = passed ]
}

all_passed()
{
	local algorithm

	for algorithm in $ALGORITHMS; do
		selftest_passed "$algorithm" || return 1
	done
	settled
}

# All VFs are ours and all algorithms have passed the kernel's own test.
up()
{
	bound_are $VFS && all_passed
}

# What up is still waiting for, and how busy the machine is: slow, or stuck?
not_up()
{
	local algorithm

	echo "VFs of ours: $(find "$VF_DRIVER/" -maxdepth 1 -name '0000:*' -printf '%f ')"
	for algorithm in $ALGORITHMS; do
		echo "$algorithm: self-test $(field "$algorithm" selftest), references $(field "$algorithm" refcnt)"
	done
	grep -B 9 'type *: larval' /proc/crypto | grep '^driver' | sed 's/^/under test: /'
	echo "up $(cut -d ' ' -f 1 /proc/uptime) s, load $(cat /proc/loadavg)"
}

# The limit is against hanging.  The self-tests load modules and take a second or
# two; on a crowded machine without KVM they have been seen to take one minute.
wait_up()
{
	wait_until 240 up || { not_up; return 1; }
}

# Public key algorithms stay behind software, for the tests count what devices do, and
# the kernel checks signatures of the modules that it loads meanwhile.
bring_up()
{
	modprobe qatvf_core asym_priority=1 &&
		modprobe qatvf_crypto_test && modprobe qatvf_pf num_vfs=$VFS kernel_vfs=$VFS &&
		wait_up
}

# driver_count COLUMN [VF]: sum over the ring pairs of one VF or of all
driver_count()
{
	local where='*'

	[ $# -gt 1 ] && where=$(vf "$2")
	# shellcheck disable=SC2086 # the star is a pattern
	awk -v want="$1" '
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i == want) column = i; next }
		{ sum += $column }
		END { print sum + 0 }' /sys/kernel/debug/qat_4xxxvf_$where/ring_pairs 2>/dev/null
}

# model_count PROPERTY [VF]: the same from the device's side
model_count()
{
	local n sum=0

	for n in ${2:-$(seq 0 $((VFS - 1)))}; do
		sum=$((sum + $(qmp get "qat0/vf$n" "$1")))
	done
	echo $sum
}

# faults TEXT: set the model's fault knobs
faults()
{
	qmp set qat0 faults "\"$1\""
}

# adopt COMMAND...: run a program which prints TAP and make its points ours
adopt()
{
	local line

	while IFS= read -r line; do
		case $line in
		'ok '*) ok_if 0 "${line#*- }" ;;
		'not ok '*) ok_if 1 "${line#*- }" ;;
		'#'*) echo "$line" ;;
		esac
	done <<<"$("$@" 2>&1 || echo "# exit status $?: $*")"
}

# step NAME COMMAND...: like check, for what changes this shell itself: starting and
# stopping background jobs
step()
{
	local name=$1 status

	shift
	"$@" >/run/step.out 2>&1
	status=$?
	[ $status -eq 0 ] || note "failed ($status): $*"
	[ ! -s /run/step.out ] || note "$(cat /run/step.out)"
	ok_if $status "$name"
}

# --- load: programs in the background, their reports in $LOAD/*.out -------------

LOAD=/run/load
mkdir -p $LOAD
jobs_of_load=()

# start_load COMMAND CIPHER SECONDS
start_load()
{
	"$CIPHER_TEST" "$@" >"$LOAD/$1-$2.out" 2>&1 &
	jobs_of_load+=($!)
}

# Stops all of it; fails if one of them found a broken promise.
stop_load()
{
	local pid bad=0

	kill -TERM "${jobs_of_load[@]}"
	for pid in "${jobs_of_load[@]}"; do
		wait "$pid" || bad=1
	done
	jobs_of_load=()
	cat $LOAD/*.out
	return $bad
}

no_request_failed()
{
	! grep -v ' 0 failed' $LOAD/*.out
}

# grown BEFORE [VF]
grown()
{
	local before=$1

	shift
	[ "$(driver_count responses "$@")" -gt "$before" ]
}

# device_works [VF]: it answers requests within a few seconds
device_works()
{
	wait_until 10 grown "$(driver_count responses "$@")" "$@"
}
