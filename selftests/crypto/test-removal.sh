#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Devices that go while they are used: one VF, all VFs, SR-IOV, the PF, the modules.
# Meanwhile bursts of requests run, transforms come and go, and one is held open.
# Every request ends exactly once and right; algorithms stay for who has them, are
# found by nobody else, vanish with their last user and come back with the device.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

KEY=603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4
IV=000102030405060708090a0b0c0d0e0f

# Files through AF_ALG, one after the other, until SIGTERM.  That the algorithm is not
# there is no failure; that a file was encrypted wrongly or only in part is one.
encrypt_files()
{
	local stop='' good=0 absent=0 bad=0

	trap 'stop=1' TERM
	while [ -z "$stop" ]; do
		if "$CIPHER_TEST" file cbc afalg $KEY $IV /run/plain /run/cipher 2>/run/file.err; then
			if cmp /run/cipher /run/expected; then
				good=$((good + 1))
			else
				bad=$((bad + 1))
			fi
		elif grep -q '^qatvf-cbc-aes: ' /run/file.err; then
			absent=$((absent + 1))
			sleep 0.1
		else
			cat /run/file.err
			bad=$((bad + 1))
		fi
	done
	echo "AF_ALG: $good files used it, $absent times absent, $bad failed"
	[ $bad -eq 0 ]
}

start_files()
{
	# The kernels on which AF_ALG reaches devices.
	[[ $VM_KERNEL == 6.* ]] || return 0
	[ -e /run/plain ] || head -c 1048576 /dev/urandom >/run/plain
	"$CIPHER_TEST" file cbc openssl $KEY $IV /run/plain /run/expected || return 1
	modprobe algif_skcipher || return 1
	encrypt_files >$LOAD/files.out 2>&1 &
	jobs_of_load+=($!)
}

some_load()
{
	rm -rf $LOAD
	mkdir -p $LOAD
	start_files || return 1
	start_load load cbc 120
	start_load load xts 120
	start_load churn ctr 120
	device_works
}

# --- a transform that is held open, at the other end of two pipes ---------------

hold()
{
	local answer

	rm -f /run/hold.in /run/hold.out
	mkfifo /run/hold.in /run/hold.out || return 1
	"$CIPHER_TEST" hold cbc </run/hold.in >/run/hold.out &
	held_pid=$!
	exec 8>/run/hold.in 9</run/hold.out
	read -r -t 30 answer <&9 && [ "$answer" = held ]
}

held_works()
{
	local answer

	echo >&8
	read -r -t 30 answer <&9 && echo "$answer" && [ "$answer" = ok ]
}

let_go()
{
	exec 8>&- 9<&-
	wait "$held_pid"
}

not_found()
{
	local answer

	answer=$(echo | timeout 30 "$CIPHER_TEST" hold cbc)
	echo "$answer"
	[ "$answer" = 'error -2' ]
}

# --- the actions ---------------------------------------------------------------

unbind()
{
	echo "$1" >$VF_DRIVER/unbind
}

bind()
{
	echo "$1" >$VF_DRIVER/bind
}

each_vf()
{
	local n

	for ((n = 0; n < VFS; n++)); do
		"$1" "$(vf $n)" || return 1
	done
}

numvfs()
{
	echo "$1" >/sys/bus/pci/devices/$PF/sriov_numvfs
}

gone()
{
	[ ! -e "/sys/bus/pci/devices/$(vf 0)" ]
}

unload()
{
	# The last transform's memory goes after a grace period.
	wait_until 20 modprobe -r "$1"
}

loaded()
{
	grep -q "^$1 " /proc/modules
}

# The core is in use while its transforms are.
core_stays()
{
	! rmmod qatvf_core && loaded qatvf_core
}

# --- the tests -------------------------------------------------------------------

one_vf()
{
	check "under load: one VF taken from the driver" unbind "$(vf 1)"
	check "the others go on" device_works
	check "the algorithms stay" all_listed
	check "the VF comes back" bind "$(vf 1)"
	check "and works" other_device_works 1
	step "no promise to a request was broken" stop_load
	check "no request failed" no_request_failed
}

all_listed()
{
	local algorithm

	for algorithm in $ALGORITHMS; do
		listed "$algorithm" || return 1
	done
}

# Which ring pairs a processor uses is the driver's choice: unbind the others.
other_device_works()
{
	local n status

	for ((n = 0; n < VFS; n++)); do
		[ "$n" -eq "$1" ] || unbind "$(vf $n)" || return 1
	done
	device_works "$1"
	status=$?
	for ((n = 0; n < VFS; n++)); do
		[ "$n" -eq "$1" ] || bind "$(vf $n)" || return 1
	done
	return $status
}

all_vfs()
{
	some_load
	step "a transform is held open" hold
	check "under load: all VFs taken from the driver" each_vf unbind
	check "the transform goes on in software" held_works
	check "the algorithm is listed as long as it is held" listed qatvf-cbc-aes
	check "but nobody else finds it" not_found
	sleep 1
	step "no promise to a request was broken, all VFs gone" stop_load
	check "no request failed, all VFs gone" no_request_failed
	check "the algorithms nobody holds vanish" wait_until 20 \
		eval '! listed qatvf-ctr-aes && ! listed qatvf-xts-aes'
	check "the VFs come back" each_vf bind
	check "so do the algorithms" wait_up
	check "the transform works" held_works
	check "on the device again" device_counts_held
	check "all VFs go once more" each_vf unbind
	step "the transform is let go" let_go
	check "the algorithms vanish with their last user" wait_until 20 none_listed
	check "VFs and algorithms come back" back_again
}

device_counts_held()
{
	local before

	before=$(driver_count responses)
	held_works && [ "$(driver_count responses)" -eq $((before + 1)) ]
}

back_again()
{
	each_vf bind && wait_up
}

# Registration, self-tests, hiding and withdrawal in quick succession.
flapping()
{
	local round

	for round in 1 2 3 4 5 6 7 8; do
		each_vf unbind || return 1
		sleep "0.0$round"
		each_vf bind || return 1
		sleep "0.${round}3"
	done
	wait_up
}

flap()
{
	some_load
	check "VFs and algorithms come and go eight times under load" flapping
	step "no promise to a request was broken, flapping" stop_load
	check "no request failed, flapping" no_request_failed
}

sriov()
{
	some_load
	check "under load: sriov_numvfs = 0" numvfs 0
	check "the VFs are gone" gone
	step "no promise to a request was broken, SR-IOV off" stop_load
	check "no request failed, SR-IOV off" no_request_failed
	check "the algorithms vanish, SR-IOV off" wait_until 20 none_listed
	check "SR-IOV on again: all is back" sriov_again
}

sriov_again()
{
	numvfs $VFS && wait_up
}

pf()
{
	some_load
	check "under load: the PF taken from its driver" eval "echo $PF >$PF_DRIVER/unbind"
	check "the VFs are gone with it" gone
	step "no promise to a request was broken, PF gone" stop_load
	check "no request failed, PF gone" no_request_failed
	check "the algorithms vanish, PF gone" wait_until 20 none_listed
	check "the PF comes back with its VFs" pf_again
}

pf_again()
{
	echo $PF >$PF_DRIVER/bind || return 1
	exists_vf || numvfs $VFS
	wait_up
}

exists_vf()
{
	[ -e "/sys/bus/pci/devices/$(vf 0)" ]
}

modules()
{
	some_load
	step "a transform is held open, for the modules" hold
	check "under load: the VF driver is unloaded" rmmod qat_4xxxvf
	check "the PF driver is unloaded" rmmod qatvf_pf
	check "the core stays, it has users" core_stays
	check "the transform still works" held_works
	step "no promise to a request was broken, modules gone" stop_load
	check "no request failed, modules gone" no_request_failed
	step "the transform is let go, modules gone" let_go
	check "the core is unloaded when its last user is gone" unload qatvf_core
	check "nothing of ours is listed or loaded" \
		eval 'none_listed && ! loaded qatvf_core && ! loaded qat_4xxxvf'
	check "no debugfs folder is left" \
		eval '! ls -d /sys/kernel/debug/qat_4xxx* 2>/dev/null'
	check "the test module is unloaded: no request is missing" unload qatvf_crypto_test
	check "everything can be loaded again" bring_up
}

plan 53
check "four VFs come up and their algorithms with them" bring_up
step "load on the device" some_load
one_vf
all_vfs
flap
sriov
pf
modules
finish
