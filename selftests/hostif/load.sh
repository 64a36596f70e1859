# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests that need requests on known ring pairs: a VF of the host's
# kernel, and encryption on one CPU, which uses one ring pair. Sourced after files.sh.
#
# shellcheck shell=bash

LOAD=$TOP/selftests/hostif/afalg-load.py
REQUEST=16384

serving() { dmesg | grep -q '4xxxvf .*: ready:' && grep -q qatvf-cbc-aes /proc/crypto; }

vf_for_the_kernel()
{
	modprobe qat_4xxxvf && numvfs 0 1 && override "$(vf 0 0)" 4xxxvf && probe "$(vf 0 0)" &&
		wait_until 30 serving
}

# load CPU SECONDS: bytes a second
load() { "$LOAD" qatvf-cbc-aes "$1" "$2" $REQUEST; }

requests() { awk '/^[0-9]/ { print $1, $2 }' /sys/kernel/debug/qat_4xxxvf_*/ring_pairs; }

# rp_of_cpu CPU: the ring pair whose counter moves most; the kernel checks signatures of
# modules meanwhile, with ring pairs for public keys
rp_of_cpu()
{
	local before

	before=$(requests)
	load "$1" 0.1 >/dev/null || return 1
	{ echo "$before"; echo now; requests; } | awk '$1 == "now" { now = 1; next }
		!now { was[$1] = $2; next }
		$2 - was[$1] > most { most = $2 - was[$1]; rp = $1 }
		END { print rp }'
}

# two_ring_pairs: rp0 and rp1, of CPU 0 and CPU 1
two_ring_pairs()
{
	rp0=$(rp_of_cpu 0) rp1=$(rp_of_cpu 1)
	[ -n "$rp0" ] && [ -n "$rp1" ] && [ "$rp0" != "$rp1" ] || { echo "'$rp0' '$rp1'"; return 1; }
}

# between LOW VALUE HIGH, whole numbers
between()
{
	[ "$2" -ge "$1" ] && [ "$2" -le "$3" ] && return 0
	echo "$2 is not between $1 and $3"
	return 1
}
