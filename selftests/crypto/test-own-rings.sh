#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# PFs whose ring pairs this kernel uses itself: one that cannot have VFs, as a guest sees
# a PF that was given to it whole; and, if asked for by own_rps, one that can, as long as
# it has none.  Resets under load; removal.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 2 --prop-pf 1:total-vfs=0
# timeout: 900
# modules: crypto/module
# programs: crypto

# shellcheck disable=SC2034 # VFS is for ciphers.sh

. "$(dirname "$0")/ciphers.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"

host=$(pf 0) guest=$(pf 1)

# interrupts_of PF-NUMBER: of its own ring pairs, and how many of them there are
interrupts_of()
{
	awk -v name="qat_dev$1-rp" '$NF ~ name { for (i = 2; i < NF; i++) sum += $i + 0; n++ }
		END { print sum + 0, n + 0 }' /proc/interrupts
}

# instances_are PF-NUMBER COUNT: dev_cfg says so, too, or nothing while the PF is down
instances_are()
{
	awk -v wanted="$2" '/^Number[CD].Instances = / { n += $3 } END { exit n != wanted }' \
		"/sys/kernel/debug/qat_4xxx_$(pf "$1")/dev_cfg"
}

# own_rings PF-NUMBER COUNT
own_rings()
{
	local sum count

	read -r sum count <<<"$(interrupts_of "$1")"
	[ "$count" = "$2" ] || { echo "$count ring pairs, $sum interrupts"; return 1; }
	instances_are "$1" "$2"
}

device_count()
{
	qmp get "qat$1" "$2"
}

all_answered()
{
	[ "$(device_count "$1" requests)" = "$(device_count "$1" responses)" ]
}

# as_openssl MODE PF-NUMBER: what the device makes of 48 KB, through AF_ALG
as_openssl()
{
	local key=000102030405060708090a0b0c0d0e0f iv=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff before

	before=$(device_count "$2" requests)
	head -c 49152 /dev/urandom >/run/plain
	python3 - "qatvf-$1-aes" $key $iv >/run/ours <<-'EOT' || return 1
	import socket, sys
	alg = socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0)
	alg.bind(("skcipher", sys.argv[1]))
	alg.setsockopt(socket.SOL_ALG, socket.ALG_SET_KEY, bytes.fromhex(sys.argv[2]))
	op, _ = alg.accept()
	data = open("/run/plain", "rb").read()
	op.sendmsg_afalg([data], op=socket.ALG_OP_ENCRYPT, iv=bytes.fromhex(sys.argv[3]))
	sys.stdout.buffer.write(op.recv(len(data)))
	EOT
	openssl enc "-aes-128-$1" -K $key -iv $iv -nopad -in /run/plain -out /run/theirs &&
		cmp /run/ours /run/theirs && grows "$2" "$before"
}

# The counters of the driver are those of the device, since it came up.
counted()
{
	local sum

	sum=$(awk 'NR > 1 { n += $2 } END { print n + 0 }' "/sys/kernel/debug/qat_4xxx_$guest/ring_pairs")
	echo "driver $sum, device $(device_count 1 requests)"
	[ "$sum" -gt 0 ] && [ "$sum" = "$(device_count 1 requests)" ]
}

reset_pf()
{
	echo 1 >"$PCI/devices/$1/reset" &&
		wait_until 60 grep -qx up "$PCI/devices/$1/qat/state"
}

grows()
{
	[ "$(device_count "$1" requests)" -gt "$2" ]
}

at_work()
{
	wait_until 10 grows "$1" "$(device_count "$1" requests)"
}

said_times() { [ "$(dmesg | grep -cF "$1")" -ge "$2" ]; }

# One answer is lost while others come: its ring pair is reset, the others go on.
answer_lost()
{
	local restarts status

	restarts=$(dmesg | grep -c 'Resetting device')
	rm -f "$LOAD"/*
	start_load load ctr 60
	sleep 1
	qmp set qat1 faults '"resp:drop,times=1"' &&
		wait_until 30 said_times 'resetting it' 1 && at_work 1
	status=$?
	stop_load && [ $status = 0 ] && wait_until 20 own_rings 1 4 &&
		[ "$(dmesg | grep -c 'Resetting device')" = "$restarts" ]
}

# It cannot be reset: the device is.
not_resettable()
{
	local status

	rm -f "$LOAD"/*
	echo on >"$PCI/devices/$guest/qat/auto_reset"
	start_load load ctr 60
	sleep 1
	qmp set qat1 faults '"resp:drop,times=1;reset:rp,times=1"' &&
		wait_until 40 said_times 'Resetting device' 1 && wait_until 30 said_times 'restarted in' 1 &&
		at_work 1
	status=$?
	stop_load && [ $status = 0 ] && wait_until 20 own_rings 1 4
}

not_listed()
{
	wait_until 20 none_listed
}

plan 28
modprobe qatvf_core asym_priority=1 && modprobe qatvf_crypto_test && modprobe qatvf_pf
ok_if $? 'PF drivers load, without a parameter'
check 'the second PF can have no VFs' test ! -e "$PCI/devices/$guest/sriov_numvfs"
check 'its ring pairs are used, two per processor' own_rings 1 4
check 'those of the first are not, it may get VFs' own_rings 0 0
check 'algorithms pass the self-tests of the kernel' wait_until 240 all_passed
check 'AES-CBC is that of OpenSSL' as_openssl cbc 1
check 'so is AES-CTR' as_openssl ctr 1
check 'each request was answered' wait_until 10 all_answered 1
read -r sum _ <<<"$(interrupts_of 1)"
check "by interrupts ($sum)" test "$sum" -gt 0
check 'the driver counts the same' counted
check 'the other PF did nothing' test "$(device_count 0 requests)" = 0
start_load load cbc 120
check 'there is load' at_work 1
check 'the PF is reset under it' reset_pf "$guest"
check 'it works on' at_work 1
check 'down' eval "echo down >$PCI/devices/$guest/qat/state"
check 'its ring pairs are not used' own_rings 1 0
check 'up' eval "echo up >$PCI/devices/$guest/qat/state"
check 'it works on' at_work 1
step 'no user has seen any of it' eval 'stop_load && no_request_failed'
step 'an answer is lost: its ring pair is reset' answer_lost
step 'the ring pair cannot be reset: the device is' not_resettable
check 'the driver unloads, algorithms go' eval 'unload qatvf_pf && not_listed'

check 'PFs with VFs, too, if asked for' modprobe qatvf_pf own_rps=6
check 'both have ring pairs of their own' eval 'own_rings 0 6 && own_rings 1 6'
check 'VFs come, they have all of them' eval 'numvfs 0 4 && own_rings 0 0 && own_rings 1 6'
check 'VFs go, they are back' eval 'numvfs 0 0 && own_rings 0 6'
check 'and work' wait_until 60 as_openssl cbc 0
check 'nothing is left' eval "unload qatvf_crypto_test && unload_all && nothing_left $host $guest"
finish
