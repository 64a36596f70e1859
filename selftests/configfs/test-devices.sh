#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a device makes of a configuration: two PFs that share a profile, of which the
# second has a firmware without rate limits and 8 VFs; a driver that is not to be had;
# a configuration that fails when its PF appears.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 2 --prop-pf 1:fw-capabilities=0,total-vfs=8 --append cryptomgr.notests=1
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"

a=$(pf 0) b=$(pf 1)

prepare()
{
	mkdir "$TREE/$a" "$TREE/$b" "$TREE/profiles/shared" &&
		ln -s "$TREE/profiles/shared" "$TREE/$a/vf0/profile" &&
		ln -s "$TREE/profiles/shared" "$TREE/$b/vf0/profile" && put $a/num_vfs 2
}

no_vfio()
{
	echo 'install vfio-pci /bin/false' >/etc/modprobe.d/no-vfio.conf
}

cir()
{
	local rl=$PCI/devices/$1/qat_rl

	echo 4 >"$rl/id" && echo get >"$rl/sla_op" && [ "$(cat "$rl/cir")" = "$2" ]
}

plan 28
load_tree && prepare && modprobe qatvf_pf
ok_if $? 'drivers and directories'
check 'too many VFs' refuses 'out of range' 'num_vfs: 16 wanted, 8 possible' $b/enable 1
check 'off' holds $b/enable 0
check 'no VFs' have_vfs 1 0
put $b/num_vfs 4
check 'fewer VFs' put $b/enable 1
check 'they are there' have_vfs 1 4
check 'enabling again is harmless' put $b/enable 1
check 'they are there' have_vfs 1 4
check 'no rates there' refuses 'not supported' 'vf0/rate_sym: the firmware has no rate' \
	$b/vf0/rate_sym 100
check 'which changed nothing' holds $b/vf0/rate_sym ''

check 'the other PF is enabled' put $a/enable 1
check 'it has two VFs' have_vfs 0 2
check 'it has rates' put $a/vf0/rate_sym 100
check 'the device knows' cir $a 100
put $a/vf0/rate_sym ''
check 'no more' bash -c "! (echo get >$PCI/devices/$a/qat_rl/sla_op) 2>/dev/null"
log_mark
check 'a rate for both: one can' refused_with 'not supported' $TREE/profiles/shared/rate_sym 200
check '... the other says so' test -n "$(log_since "$b: vf0/rate_sym: the firmware")"
check 'the one that can has it' cir $a 200
check 'a failed change leaves the PF enabled' holds $b/status applied
put profiles/shared/rate_sym ''

no_vfio
check 'no vfio-pci' refuses 'No such file' 'driver: there is no vfio-pci' $a/vf1/driver vfio-pci
check 'VFs stay' have_vfs 0 2
check 'other services' eval "put $a/enable 0 && put $a/services dc && put $a/enable 1"
check 'it serves them' grep -qx dc "$PCI/devices/$a/qat/cfg_services"
check 'VFs are back' have_vfs 0 2
unload qatvf_pf && put $b/enable 0 && put $b/vf0/rate_sym 100 && put $b/enable 1
ok_if $? 'a configuration that the device will refuse waits'
modprobe qatvf_pf
check 'it is refused when the device appears' holds $b/status 'failed -95'
check 'the PF is up nevertheless' grep -qx up "$PCI/devices/$b/qat/state"
check 'all of it can be removed and unloaded' eval 'clear_tree && unload_all'
finish
