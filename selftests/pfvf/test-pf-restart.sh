#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# VFs of the kernel while their PF is reset, by an administrator and by itself after
# a fatal error: they stop, come back on their own, and who encrypts meanwhile gets
# right results all the time.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/lib/algorithms.sh"

PF=0000:6b:00.0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
key=000102030405060708090a0b0c0d0e0f iv=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff

wait_until()
{
	local i

	for ((i = 0; i < $1 * 5; i++)); do
		"${@:2}" && return
		sleep 0.2
	done
	return 1
}

# How often each of the four VFs has said a thing.
said() { dmesg | grep -F 4xxxvf | grep -cF "$1"; }
ready_times() { [ "$(said 'ready:')" -ge "$1" ]; }

started()
{
	modprobe qatvf_pf num_vfs=16 kernel_vfs=4 auto_reset=1 &&
		wait_until 30 ready_times 4 &&
		wait_until 60 grep -q 'qatvf-cbc-aes' /proc/crypto &&
		wait_until 60 settled
}

# Encrypts until told to stop; each result is compared with OpenSSL's.
load()
{
	local n=0

	while [ ! -e "$tmp/stop" ]; do
		kcapi-enc -e -c qatvf-cbc-aes --iv $iv --keyfd 3 -i "$tmp/plain" -o "$tmp/vf" \
			3<"$tmp/key" 2>"$tmp/said"
		if ! cmp -s "$tmp/vf" "$tmp/openssl"; then
			echo "after $n: $(cat "$tmp/said")" >"$tmp/wrong"
			return
		fi
		n=$((n + 1))
	done
	echo $n >"$tmp/count"
}

start_load()
{
	rm -f "$tmp"/{stop,wrong,count}
	load &
	loader=$!
}

load_was_right()
{
	touch "$tmp/stop"
	wait $loader
	[ ! -e "$tmp/wrong" ] && [ "$(cat "$tmp/count")" -gt 0 ] && return
	note "$(cat "$tmp/wrong" 2>/dev/null)"
	return 1
}

served() { awk '/^[0-9]/ { n += $2 } END { print n + 0 }' /sys/kernel/debug/qat_4xxxvf_*/ring_pairs; }

vfs_serve_again()
{
	local before

	before=$(served)
	start_load
	sleep 2
	load_was_right && [ "$(served)" -gt "$before" ]
}

reset_by_hand() { echo 1 >/sys/bus/pci/devices/$PF/reset; }

# CPP agent command parity: an error that only a restart of the device ends.
fatal_error() { qmp set qat0 faults ras:set,reg=0x41a310,val=1; }

# One VF (the kernel has the last four) does not hear that the PF stops; it is idle, so no
# request of its own tells it.
one_is_not_told() { qmp set qat0 faults mbox:drop,vf=15,reg=0,cmd=1,times=1 && reset_by_hand; }
it_saw_that() { [ "$(said 'was reset without notice')" = 1 ] && [ "$(qmp get qat0 faults-fired | wc -l)" = 1 ]; }

# Through a restart of the PF with encryption going on; $1 starts it, $2 is how
# often the VFs have come up after it.
survives()
{
	local status

	# The kernel complains if the device dies in the middle of a self-test.
	wait_until 60 settled || return 1
	start_load
	sleep 1
	"$1" && wait_until 60 ready_times "$2" && sleep 1
	status=$?
	load_was_right && return $status
}

clean_end()
{
	qmp set qat0 faults ''
	rmmod qatvf_pf && rmmod qat_4xxxvf && wait_until 20 rmmod qatvf_core &&
		! grep -q qatvf /proc/crypto
}

head -c 65536 /dev/urandom >"$tmp/plain"
xxd -r -p <<<$key >"$tmp/key"
openssl enc -aes-128-cbc -nopad -K $key -iv $iv -in "$tmp/plain" -out "$tmp/openssl"

plan 9
check "four VFs of the kernel" started
check "they encrypt, and right" vfs_serve_again
check "reset by hand: no result is wrong, all VFs come back" survives reset_by_hand 8
check "after it they encrypt again" vfs_serve_again
check "fatal error: the same" survives fatal_error 12
check "after it they encrypt again" vfs_serve_again
check "one is not told: the same" survives one_is_not_told 16
check "it was one, which saw it by itself" it_saw_that
check "all modules can be unloaded" clean_end
finish
