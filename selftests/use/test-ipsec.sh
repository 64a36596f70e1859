#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# IPsec ESP between two network namespaces.  One end takes its ciphers before our
# modules are there, in software; the other one after, from a VF.  What one end
# encrypts the other must understand, each way, every packet.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1
# timeout: 600

. "$(dirname "$0")/use.sh"

tmp=/run/ipsec
A=10.9.0.1 B=10.9.0.2
GCM=qatvf-rfc4106-gcm-aes
AUTHENC=qatvf-authenc-hmac-sha256-cbc-aes

in_ns() { ip netns exec "$@"; }

network()
{
	local end

	modprobe veth && modprobe esp4 && modprobe xfrm_user || return 1
	ip netns add a && ip netns add b &&
		ip link add a0 netns a type veth peer name b0 netns b &&
		in_ns a ip addr add $A/24 dev a0 && in_ns b ip addr add $B/24 dev b0 || return 1
	for end in a b; do
		in_ns $end ip link set lo up && in_ns $end ip link set ${end}0 up || return 1
	done
	wait_until 20 in_ns a ping -c 1 -W 1 $B
}

# state NAMESPACE FROM TO SPI ALGORITHM...
state()
{
	in_ns "$1" ip xfrm state add src "$2" dst "$3" proto esp spi "$4" reqid 1 \
		mode transport "${@:5}"
}

policy()
{
	in_ns "$1" ip xfrm policy add src "$2" dst "$3" dir "$4" \
		tmpl src "$2" dst "$3" proto esp reqid 1 mode transport
}

policies()
{
	policy a $A $B out && policy a $B $A in &&
		policy b $B $A out && policy b $A $B in
}

# end_of NAMESPACE KIND: both states of one end; the keys are the same for both ends
end_of()
{
	local algorithm

	case $2 in
	gcm) algorithm=(aead 'rfc4106(gcm(aes))' "0x$(head -c 40 "$tmp/hex")" 128) ;;
	authenc) algorithm=(auth-trunc 'hmac(sha256)' "0x$(head -c 64 "$tmp/hex")" 128
			    enc 'cbc(aes)' "0x$(tail -c 64 "$tmp/hex")") ;;
	esac
	state "$1" $A $B 0x1001 "${algorithm[@]}" && state "$1" $B $A 0x1002 "${algorithm[@]}"
}

# Every packet of every size arrives and is answered.
pings()
{
	local size

	for size in 1 56 1000 1400 8000; do
		in_ns a ping -q -f -c 100 -W 5 -s $size $B >"$tmp/ping" &&
			grep -q ' 0% packet loss' "$tmp/ping" || { cat "$tmp/ping"; return 1; }
	done
}

# A stream each way, its content compared.
streams()
{
	local direction

	head -c 4000000 /dev/urandom >"$tmp/sent"
	for direction in "a b $B" "b a $A"; do
		# shellcheck disable=SC2086 # words
		stream $direction || return 1
	done
}

stream()
{
	local listener

	in_ns "$2" socat -u TCP-LISTEN:7000,reuseaddr CREATE:"$tmp/got" &
	listener=$!
	wait_until 20 in_ns "$2" sh -c "ss -Hltn 'sport = :7000' | grep -q ." &&
		in_ns "$1" socat -u "$tmp/sent" TCP:"$3":7000 && wait $listener &&
		cmp "$tmp/sent" "$tmp/got"
}

throughput()
{
	local listener rate

	in_ns b iperf3 -s -1 >"$tmp/server" 2>&1 &
	listener=$!
	wait_until 20 in_ns b sh -c "ss -Hltn 'sport = :5201' | grep -q ." &&
		in_ns a iperf3 -c $B -t 3 -J >"$tmp/client" || { cat "$tmp/client"; return 1; }
	wait $listener
	rate=$(sed -n '/"sum_received"/,/}/s/.*"bits_per_second":[^0-9]*\([0-9.e+]*\).*/\1/p' "$tmp/client")
	note "$1: $(awk -v r="$rate" 'BEGIN { printf "%.1f", r / 1e6 }') Mbit/s on this emulated machine" >&3
	awk -v r="$rate" 'BEGIN { exit !(r > 0) }'
}

# A packet that was changed on its way is dropped and counted, nothing else.
forged()
{
	local before after

	before=$(in_ns a awk '$1 == "XfrmInStateProtoError" { print $2 }' /proc/net/xfrm_stat)
	in_ns b ip xfrm state delete src $B dst $A proto esp spi 0x1002 &&
		state b $B $A 0x1002 aead 'rfc4106(gcm(aes))' "0x$(tail -c 40 "$tmp/hex")" 128 || return 1
	! in_ns a ping -q -c 5 -i 0.2 -W 1 $B || return 1
	after=$(in_ns a awk '$1 == "XfrmInStateProtoError" { print $2 }' /proc/net/xfrm_stat)
	[ "$after" -ge $((before + 5)) ] && [ "$(in_ns a ip -s xfrm state | grep -c 'failed 5')" -eq 1 ]
}

flush() { in_ns a ip xfrm state flush && in_ns b ip xfrm state flush; }

# The kernel frees states in the background.
vfs_away_soon() { wait_until 60 vfs_unused && vfs_away; }

vfs_unused()
{
	! awk '/^driver .*qatvf-/ { ours = 1 } /^refcnt/ && ours && $3 > 1 { used = 1 }
		/^$/ { ours = 0 } END { exit !used }' /proc/crypto
}

mkdir -p $tmp
xxd -p -l 64 -c 256 /dev/urandom | tr -d '\n' >$tmp/hex
exec 3>&1

plan 15
check "two namespaces that reach each other" network
check "IPsec is wanted between them" policies
for kind in gcm authenc; do
	[ $kind = gcm ] && driver=$GCM || driver=$AUTHENC
	check "$kind: one end, in software" end_of b $kind
	check "$kind: VFs, chosen before software" vfs_above_software "$driver"
	check "$kind: the other end, on a VF: every packet is answered" eval \
		"end_of a $kind && device_does $driver pings"
	check "$kind: streams arrive as they were sent" device_does "$driver" streams
	check "$kind: throughput" device_does "$driver" throughput $kind
	[ $kind = gcm ] && check "$kind: packets under another key are dropped and counted" forged
	check "$kind: states, VFs and modules go" eval 'flush && vfs_away_soon'
done
finish
