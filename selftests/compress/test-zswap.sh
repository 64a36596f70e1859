#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A user of the kernel's compression: zswap, with "deflate", in front of swap on a RAM
# disk.  A program in a small cgroup has more memory than fits; what it reads back is
# what it wrote, and the counters of driver and device say who compressed it.  At the
# end the VFs are taken away under what they compressed.
#
# kernels: 6.12
# vm: --pfs 1 --append slub_debug=FZP
# timeout: 600
# programs: compress

. "$(dirname "$0")/compression.sh"

FORMATS=deflate
# Compression beside ciphers: each VF serves both.
ALGORITHMS='qatvf-deflate qatvf-cbc-aes'
GROUP=/sys/fs/cgroup/zswap-test
LIMIT_MB=40
MEMORY_MB=64

bring_up()
{
	modprobe qatvf_pf num_vfs=$VFS kernel_vfs=$VFS services='sym;dc' && wait_up
}

# A compressor is looked for by the format's name: the best one is ours.
zswap_on()
{
	echo deflate >/sys/module/zswap/parameters/compressor &&
		echo 1 >/sys/module/zswap/parameters/enabled &&
		[ "$(cat /sys/module/zswap/parameters/compressor)" = deflate ] &&
		[ "$(cat /sys/module/zswap/parameters/enabled)" = Y ]
}

swap_on()
{
	modprobe brd rd_nr=1 rd_size=$((2 * MEMORY_MB * 1024)) && mkswap /dev/ram0 &&
		swapon /dev/ram0
}

group_on()
{
	mountpoint -q /sys/fs/cgroup || mount -t cgroup2 none /sys/fs/cgroup || return 1
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control
	mkdir -p $GROUP && echo ${LIMIT_MB}M >$GROUP/memory.max
}

in_group()
{
	(echo $BASHPID >$GROUP/cgroup.procs && exec "$@")
}

event()
{
	awk -v name="$1" '$1 == name { print $2 }' $GROUP/memory.stat
}

pressure()
{
	local before pages model

	before=$(hard qatvf-deflate) model=$(model_count requests)
	in_group "$COMP_TEST" memory $MEMORY_MB || return 1
	pages=$(event zswpout)
	echo "zswap: $pages pages out, $(event zswpin) in; device: $(($(hard qatvf-deflate) - before)) requests, software: $(soft qatvf-deflate)"
	# Each page stored was compressed, each page loaded decompressed.
	[ "$pages" -gt 2000 ] && [ "$(event zswpin)" -gt 2000 ] &&
		[ $(($(hard qatvf-deflate) - before)) -ge $((pages + $(event zswpin))) ] &&
		[ $(($(model_count requests) - model)) -eq $(($(hard qatvf-deflate) - before)) ]
}

# What the device compressed is there without it.
devices_leave()
{
	local before pid out

	before=$(soft qatvf-deflate)
	in_group "$COMP_TEST" memory $MEMORY_MB >/run/memory.out 2>&1 &
	pid=$!
	out=$(event zswpout)
	wait_until 60 eval "[ \$(event zswpout) -gt $((out + 4000)) ]" || return 1
	echo "$(vf 0)" >$VF_DRIVER/unbind && echo "$(vf 1)" >$VF_DRIVER/unbind || return 1
	wait $pid || { cat /run/memory.out; return 1; }
	cat /run/memory.out
	echo "software $before -> $(soft qatvf-deflate)"
	[ "$(soft qatvf-deflate)" -gt $((before + 1000)) ]
}

off()
{
	swapoff /dev/ram0 && echo 0 >/sys/module/zswap/parameters/enabled &&
		echo lzo >/sys/module/zswap/parameters/compressor
}

plan 7
check "two VFs come up and their algorithms with them" bring_up
check "zswap takes deflate" zswap_on
check "swap on a RAM disk" swap_on
check "a cgroup of $LIMIT_MB MB" group_on
check "$MEMORY_MB MB in it are what they were, and the device compressed them" pressure
check "and are when the VFs leave" devices_leave
check "zswap lets go" off
finish
