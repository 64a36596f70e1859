#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Whatever a CPU writes to a device arrives, while another CPU makes BARs come and go, as
# drivers do when they take a function or let go of it. Needs no driver: it is QEMU and
# the model that are looked at (selftests/qemu/map.c).
#
# kernels: 6.12
# vm: --pfs 2 --smp 2
# timeout: 200
# programs: sriov

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

# first_bar ADDRESS: where it is, in hexadecimal of fixed width
first_bar()
{
	head -n 1 "$PCI/devices/$1/resource" | cut -d' ' -f1
}

# What comes and goes must be the one below, so that the numbers of regions above it move.
low=$(pf 0) high=$(pf 1)
if [[ $(first_bar "$low") > $(first_bar "$high") ]]; then
	low=$(pf 1) high=$(pf 0)
fi

plan 1
check 'no write is lost while BARs move' "$BUILD/selftests/sriov/moving-bars" "$low" "$high" 15
finish
