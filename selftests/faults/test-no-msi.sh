#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The interrupt cannot be had: a kernel booted without MSI. Probe fails at that step,
# after firmware was loaded, and undoes everything.
#
# kernels: 6.12
# vm: --pfs 1 --append pci=nomsi
# timeout: 200

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/faults/faulty.sh"

plan 5
log_mark
check 'the module loads' modprobe qatvf_pf
check 'the PF has no driver' has_no_driver "$PF0"
check 'the log says why' said MSI-X
check 'nothing is left behind' nothing_left "$PF0"
check 'unloads' unload_all
finish
