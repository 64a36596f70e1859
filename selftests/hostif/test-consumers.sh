#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What known programs do with the files of a PF, step by step: qatlib's service script, the
# device plugin and the DRA driver for Kubernetes, qat_sla_mgr (reference 08 sections 11.1,
# 11.4, 11.6 and 11.7). Each begins with a PF that the one before has left.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 2 --append cryptomgr.notests=1
# timeout: 300
# programs: pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/hostif/files.sh"

pfs() { echo /sys/bus/pci/drivers/4xxx/????:??:??.?; }

# to_vfio VF-ADDRESS: as all of them do
to_vfio()
{
	override "$1" vfio-pci && { bind vfio-pci "$1" || has_driver "$1" vfio-pci; }
}

all_to_vfio()
{
	local vf

	for vf in "$1"/virtfn*; do
		vf=$(readlink "$vf")
		to_vfio "${vf##*/}" 2>/dev/null || return 1
	done
	[ "$(printf '%s\n' "$1"/virtfn*/driver | wc -l)" = 16 ]
}

# qat_init.sh with ServicesEnabled=$1
qat_init()
{
	local dev

	for dev in $(pfs); do
		if [ "$(cat "$dev/qat/cfg_services")" != "$1" ]; then
			[ "$(cat "$dev/qat/state")" != up ] || echo down >"$dev/qat/state" || return 1
			echo "$1" >"$dev/qat/cfg_services" || return 1
		fi
	done
	for dev in $(pfs); do
		if [ "$(cat "$dev/sriov_totalvfs")" != "$(cat "$dev/sriov_numvfs")" ]; then
			cat "$dev/sriov_totalvfs" >"$dev/sriov_numvfs" || return 1
		fi
		[ -e "$dev/virtfn15" ] && [ "$(cat "$dev/qat/state")" = up ] && all_to_vfio "$dev" || return 1
	done
}

# Started again with the same services nothing happens to the VFs.
qat_init_again()
{
	local before

	before=$(stat -c %i "$(readlink -f "$DEV/virtfn0")") && qat_init 'sym;asym' &&
		[ "$(stat -c %i "$(readlink -f "$DEV/virtfn0")")" = "$before" ]
}

# The plugin's init container, then its look at what to announce.
device_plugin()
{
	local dev=$DEV

	if [ "$(cat "$dev/qat/cfg_services")" != "$1" ]; then
		echo down >"$dev/qat/state" && echo "$1" >"$dev/qat/cfg_services" || return 1
	fi
	[ "$(cat "$dev/sriov_numvfs")" = 0 ] || { echo "VFs are there"; return 1; }
	cat "$dev/sriov_totalvfs" >"$dev/sriov_numvfs" && all_to_vfio "$dev" &&
		echo on >"$dev/qat/auto_reset" && reads "$dev/qat/auto_reset" on &&
		reads "$dev/qat/state" up && reads "$dev/qat/cfg_services" "$1" &&
		grep -qx "ServicesEnabled = $1" "$DEBUG/dev_cfg" &&
		[ "$(head -n 1 "$DEBUG/heartbeat/status" | tr -d '\0')" = 0 ]
}

# Reconfiguration by the DRA driver: up is written to a device that is up already.
dra_driver()
{
	echo down >"$DEV/qat/state" && echo "$1" >"$DEV/qat/cfg_services" &&
		cat "$DEV/sriov_totalvfs" >"$DEV/sriov_numvfs" && all_to_vfio "$DEV" &&
		echo up >"$DEV/qat/state" && reads "$DEV/qat/state" up &&
		cat "$DEV/sriov_totalvfs" >"$DEV/sriov_numvfs"
}

# qat_sla_mgr create for VF 5: mask of its ring pairs of a service, by rp2srv.
sla_mgr()
{
	local rp mask=0

	for rp in 0 1 2 3; do
		printf %s $rp >"$DEV/qat/rp2srv"
		[ "$(cat "$DEV/qat/rp2srv")" != sym ] || mask=$((mask | 1 << rp))
	done
	[ -e "$DEV/qat_rl/sla_op" ] && writes "$DEV/qat_rl/rp" "$(printf '%#x' $((mask << 4 * 5)))" &&
		writes "$DEV/qat_rl/srv" sym && writes "$DEV/qat_rl/cir" 105 &&
		writes "$DEV/qat_rl/pir" 105 && writes "$DEV/qat_rl/sla_op" add &&
		reads "$DEV/qat_rl/rp" 0xa00000 && reads "$DEV/qat_rl/id" 4
}

plan 7
modprobe qatvf_pf
modprobe vfio-pci
check 'qat_init.sh: sym;asym' qat_init 'sym;asym'
check 'qat_init.sh again: VFs stay' qat_init_again
check 'qat_init.sh: dc' qat_init dc
check 'DRA driver: sym;dc' dra_driver 'sym;dc'
numvfs 0 0
check 'device plugin: asym;sym' device_plugin 'asym;sym'
check 'qat_sla_mgr: VF 5' sla_mgr
check 'unloads' unload_all
finish
