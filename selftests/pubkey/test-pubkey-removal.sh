#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Devices that go while public key requests are with them: one VF, all VFs, the PF.
# Every request ends exactly once and right, in software where it must; the algorithms
# stay for who has them and come back with the device.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: pubkey/module
# programs: pubkey

. "$(dirname "$0")/pubkey.sh"

SECONDS_OF_LOAD=40

start_requests()
{
	"$PUBKEY_TEST" load $SECONDS_OF_LOAD >/run/load.out 2>&1 &
	load_pid=$!
	wait_until 60 grep -q ready /run/load.out
}

requests_were_good()
{
	wait "$load_pid"
	local status=$?

	cat /run/load.out
	return $status
}

grows()
{
	[ "$(done_by "$1" qatvf-rsa)" -gt "$2" ]
}

each_vf()
{
	local n

	for ((n = 0; n < VFS; n++)); do
		echo "$(vf $n)" >"$VF_DRIVER/$1" || return 1
	done
}

plan 12
check "two VFs come up and their algorithms with them" bring_up_pubkey
step "requests run" start_requests
check "one VF goes" eval "echo $(vf 0) >$VF_DRIVER/unbind"
check "the other one goes on" wait_until 30 grows 2 "$(done_by 2 qatvf-rsa)"
check "it goes, too" eval "echo $(vf 1) >$VF_DRIVER/unbind"
check "software goes on" wait_until 30 grows 3 "$(done_by 3 qatvf-rsa)"
check "both come back" each_vf bind
check "and work" wait_until 60 grows 2 "$(done_by 2 qatvf-rsa)"
check "the PF goes" eval "echo $PF >$PF_DRIVER/unbind"
step "every request ended once and right" requests_were_good
check "the algorithms are gone with their last user" wait_until 30 eval '! listed qatvf-rsa'
check "software has done a part" grows 3 0
finish
