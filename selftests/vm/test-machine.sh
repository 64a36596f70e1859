#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The test machine itself: what every other test takes for granted.
#
# kernels: 6.1 6.12 7.3
# vm: --pfs 0
# timeout: 120

. "$(dirname "$0")/../lib/ktap.sh"

plan 5
check "a throw-away layer over the host's root" grep -q " / overlay " /proc/mounts
check "DMA goes through the IOMMU" grep -q '^translated\|DMA' \
	/sys/kernel/iommu_groups/*/type
check "two memory nodes" test -d /sys/devices/system/node/node1
check "modules load" modprobe ctr
check "the machine reaches QEMU's monitor" test "$(qmp get /machine type)" != ""
finish
