#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Devices that go while AEADs are used: by and by, and with requests they will never
# answer.  Every request ends once, with the right data, with -EBADMSG where the tag is
# wrong, or, if the device was stopped in the middle of the only copy, with -EIO.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 600
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

AEADS='gcm ccm rfc4106 rfc7539 sha1-cbc sha256-cbc sha512-ctr sha384-rfc3686-ctr'

load_all()
{
	local aead

	rm -f $LOAD/*
	for aead in $AEADS; do
		start_load aead-load "$aead" 120
	done
	device_works
}

# unbind or bind VFs FROM to the last
vfs()
{
	local n

	for ((n = $2; n < VFS; n++)); do
		echo "$(vf $n)" >"$VF_DRIVER/$1" || return 1
	done
}

back()
{
	vfs bind "$1" && wait_up && device_works
}

# The first VF alone has the requests, and stands still.
stall()
{
	vfs unbind 1 && faults 'ring:stall' || return 1
	wait_until 20 eval '[ "$(driver_count in_flight)" -ge 4 ]'
	echo "in flight: $(driver_count in_flight)"
	[ "$(driver_count in_flight)" -ge 4 ]
}

take_away()
{
	timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" && faults ''
}

software_count()
{
	awk '/^qatvf-(gcm|ccm|rfc|authenc)/ { sum += $3 } END { print sum + 0 }' \
		/sys/kernel/debug/qatvf/requests
}

software_takes_over()
{
	local before

	before=$(software_count)
	wait_until 20 eval "[ \$(software_count) -gt $((before + 20)) ]"
}

plan 13
check "four VFs come up and their algorithms with them" bring_up
step "load on the device" load_all
check "all VFs but one go: the device works on" eval 'vfs unbind 1 && device_works 0'
check "the last one goes: software takes over" eval 'take_away && software_takes_over'
check "they come back, and are used" back 0
step "every request ended right" stop_load
check "none failed" no_request_failed
step "load again" load_all
check "the only VF left stands still, with requests" stall
check "it is taken away: software takes over" eval 'take_away && software_takes_over'
check "all come back, and are used" back 0
step "every request ended right, those the device kept included" stop_load
check "no response was forged, no request is left on the device" \
	test "$(driver_count forged) $(driver_count in_flight)" = "0 0"
finish
