#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A device that misbehaves: answers doubled, forged, refused, lost or late, lost
# interrupts, failing DMA, rings that stand still.  No request may end twice, none may
# end well with wrong data, none may be lost for longer than its device is there, and
# later requests must work.  (Reference 09: IN-5, RG-1, RG-2, RG-5, RG-6.)
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 900
# modules: crypto/module
# programs: crypto crypto/hash

. "$(dirname "$0")/ciphers.sh"

one()
{
	echo | timeout 100 "$CIPHER_TEST" hold cbc | tail -n 1
}

one_works()
{
	[ "$(one)" = ok ]
}

# Only VF 0 stays, so that requests go where the faults are.
only_vf0()
{
	local n

	for ((n = 1; n < VFS; n++)); do
		echo "$(vf $n)" >$VF_DRIVER/unbind || return 1
	done
}

# refused KNOB: requests answered so fail, with -EIO
refused()
{
	local errors answer

	errors=$(driver_count errors)
	faults "$1" || return 1
	answer=$(one)
	faults ''
	echo "$answer, errors $errors -> $(driver_count errors)"
	[ "$answer" = 'error -5' ] && [ "$(driver_count errors)" -eq $((errors + 1)) ]
}

doubled()
{
	local forged

	forged=$(driver_count forged)
	faults 'resp:dup,times=20' || return 1
	"$CIPHER_TEST" load ctr 2 || return 1
	faults ''
	echo "forged $forged -> $(driver_count forged)"
	[ "$(driver_count forged)" -eq $((forged + 20)) ] && one_works
}

# Lost interrupts cost time only.
interrupts_lost()
{
	faults 'irq:lose,times=30' || return 1
	"$CIPHER_TEST" load cbc 2 || return 1
	faults ''
	[ "$(driver_count in_flight)" -eq 0 ] && one_works
}

late()
{
	faults 'resp:late,ms=20,times=300' || return 1
	"$CIPHER_TEST" load xts 3 || return 1
	faults ''
	[ "$(driver_count in_flight)" -eq 0 ] && one_works
}

# Rings that stand still fill up: who may wait waits, the others go on in software,
# and when they move again every request ends.
stall_and_release()
{
	local refused waited

	refused=$(driver_count refused) waited=$(driver_count backlogged)
	rm -f $LOAD/*
	only_vf0 && faults 'ring:stall' || return 1
	start_load load cbc 20
	start_load load ctr 20
	start_load load xts 20
	sleep 4
	refused=$(($(driver_count refused) - refused))
	waited=$(($(driver_count backlogged) - waited))
	echo "in flight $(driver_count in_flight), refused $refused, waiting $waited"
	faults ''
	sleep 2
	stop_load && no_request_failed || return 1
	[ $refused -gt 0 ] && [ $waited -gt 0 ] &&
		[ "$(driver_count in_flight)" -eq 0 ] && one_works
}

# A key that changes while requests wait for room is not theirs.
rekeyed()
{
	local pid waited

	waited=$(driver_count backlogged)
	faults 'ring:stall' || return 1
	timeout 60 "$@" &
	pid=$!
	wait_until 4 waiting $((waited + 400))
	sleep 1
	faults ''
	wait $pid
}

waiting() { [ "$(driver_count backlogged)" -ge "$1" ]; }

# Ten answers that never come must not keep later requests from the device.
lost_answers()
{
	local pid before n pids=()

	faults 'resp:drop,times=10' || return 1
	for ((n = 0; n < 10; n++)); do
		(one) >/run/lost.$n &
		pids+=($!)
	done
	wait_until 10 test "$(driver_count in_flight)" -ge 0
	sleep 2
	echo "in flight: $(driver_count in_flight)"
	before=$(driver_count responses)
	one_works || { echo "later requests do not work"; return 1; }
	[ "$(driver_count responses)" -gt "$before" ] ||
		{ echo "later requests do not reach the device"; return 1; }
	# The device goes: what it owes ends, in software or with an error.
	timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" || return 1
	for pid in "${pids[@]}"; do
		wait "$pid" || return 1
	done
	sort /run/lost.* | uniq -c
	! grep -vE '^(ok|error -5)$' /run/lost.*
}

back()
{
	local n

	faults ''
	for ((n = 0; n < VFS; n++)); do
		bound $n || echo "$(vf $n)" >$VF_DRIVER/bind || return 1
	done
	wait_up
}

# Answers that belong to nobody: dropped and counted; their requests end when the
# device goes.
forged()
{
	local answer forged

	forged=$(driver_count forged)
	only_vf0 && faults 'resp:opaque,times=1' || return 1
	(one) >/run/forged.out &
	sleep 2
	[ "$(driver_count forged)" -eq $((forged + 1)) ] || return 1
	one_works || return 1
	timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" || return 1
	wait
	answer=$(cat /run/forged.out)
	echo "$answer"
	[ "$answer" = 'error -5' ] || [ "$answer" = ok ]
}

# The device could not read or write what a request is about: the request fails, and
# only it.  Of a request's accesses its message is the first read and the text the third,
# the result the first write.
dma_failed()
{
	only_vf0 && refused 'dma:read,vf=0,nth=3' && one_works &&
		refused 'dma:write,vf=0,nth=1' && one_works
}

# It could not read a message: the ring pair stops until it is reset.  Its requests end
# when the device goes.
ring_halted()
{
	local answer

	faults 'dma:read,vf=0,nth=1' || return 1
	(one) >/run/halted.out &
	sleep 2
	[ "$(driver_count in_flight)" -eq 1 ] || return 1
	timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" || return 1
	wait
	answer=$(cat /run/halted.out)
	echo "$answer"
	[ "$answer" = 'error -5' ] || [ "$answer" = ok ]
}

# A ring stalled for good, full of bursts, taken away.
stalled_and_removed()
{
	only_vf0 && faults 'ring:stall' || return 1
	rm -rf $LOAD
	"$CIPHER_TEST" load cbc 20 >/run/stalled.out 2>&1 &
	sleep 4
	timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" || return 1
	sleep 2
	faults ''
	kill -TERM $!
	wait $!
	local status=$?
	cat /run/stalled.out
	return $status
}

plan 22
check "four VFs come up and their algorithms with them" bring_up
check "answers doubled: each request ends once" doubled
check "answer with an error: -EIO" refused 'resp:status,val=2,times=1'
check "answer for another command: -EIO" refused 'resp:command,val=9,times=1'
check "answer of another service: -EIO" refused 'resp:service,val=9,times=1'
check "interrupts lost: found by the driver's own look" interrupts_lost
check "answers late" late
check "rings stand still and move again" stall_and_release
check "a cipher's key changes while requests wait" rekeyed "$CIPHER_TEST" rekey cbc
check "likewise with a tweak" rekeyed "$CIPHER_TEST" rekey xts
check "an HMAC's key likewise" rekeyed "$BUILD/selftests/crypto/hash/hash-test" rekey qatvf-hmac-sha256
check "the device is back, after the standing rings" back
check "forged answer" forged
check "the device is back, after the forged answer" back
check "DMA of a text fails: -EIO" dma_failed
check "DMA of a message fails: its ring pair stops" ring_halted
check "the device is back, after the DMA errors" back
check "ten answers lost" eval 'only_vf0 && lost_answers'
check "the device is back, after the lost answers" back
check "a ring that stands for good is taken away" stalled_and_removed
check "the device is back, after the ring that stood for good" back
check "and works" one_works
finish
