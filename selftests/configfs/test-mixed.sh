#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# One PF, VFs for guests and for the kernel at the same time, configured before the PF
# driver is there: what each gets, what can be changed while a program uses a VF, and
# that all of it comes back after a reset, after the driver was unloaded, and after the
# device was away.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --append cryptomgr.notests=1
# timeout: 900
# programs: configfs

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/configfs/tree.sh"

pf=$(pf 0)
vf0=$(vf 0 0) vf1=$(vf 0 1) vf2=$(vf 0 2) vf3=$(vf 0 3)

# ring pairs of a VF: asym sym asym sym, or what a VF for sym sees of it, or dc
all=0x71c sym=0x618 dc=0x492

prepare()
{
	mkdir "$TREE/$pf" "$TREE/profiles/guest" && put $pf/num_vfs 4 &&
		put profiles/guest/driver vfio-pci && put profiles/guest/services sym &&
		ln -s "$TREE/profiles/guest" "$TREE/$pf/vf0/profile" &&
		ln -s "$TREE/profiles/guest" "$TREE/$pf/vf1/profile" &&
		put $pf/vf1/services 'sym;asym' && put $pf/vf3/driver kernel &&
		put $pf/vf0/label 'web server' && put $pf/enable 1
}

drivers()
{
	local want

	for want; do
		[ "$(driver_of "${want%=*}")" = "${want#*=}" ] ||
			{ echo "${want%=*} has $(driver_of "${want%=*}")"; return 1; }
	done
}

as_configured()
{
	holds $pf/status applied && have_vfs 0 4 &&
		wait_until 60 has_driver "$vf3" 4xxxvf &&
		drivers "$vf0=vfio-pci" "$vf1=$1" "$vf2=" "$vf3=4xxxvf"
}

kernel_works()
{
	wait_until 60 grep -q '^driver.*qatvf' /proc/crypto
}

reset_pf()
{
	echo 1 >"$PCI/devices/$pf/reset" &&
		wait_until 60 grep -qx up "$PCI/devices/$pf/qat/state" && holds $pf/status applied
}

reload()
{
	unload qatvf_pf && [ ! -d /sys/module/qatvf_pf ] && holds $pf/status waiting &&
		! exists "$vf0" && modprobe qatvf_pf
}

replug()
{
	echo 1 >"$PCI/devices/$pf/remove" && holds $pf/status waiting && ! exists "$pf" &&
		echo 1 >"$PCI/rescan" && wait_until 60 holds $pf/status applied
}

# has_rate ID MASK COMMITTED PEAK: what the rate limiter knows (reference 08 section 4)
has_rate()
{
	local rl=$PCI/devices/$pf/qat_rl

	echo "$1" >"$rl/id" && echo get >"$rl/sla_op" && [ "$(cat "$rl/rp")" = "$2" ] &&
		[ "$(cat "$rl/cir") $(cat "$rl/pir")" = "$3 $4" ] ||
		{ head "$rl"/{rp,cir,pir}; return 1; }
}

# The first limits after two roots and two clusters: symmetric ring pairs of VF 0 and 1
rates()
{
	has_rate 4 0xa "$1" "$2" && has_rate 5 0xa0 "$1" "$2"
}

no_rates()
{
	! has_rate 4 0xa "$1" "$2" >/dev/null 2>&1
}

plan 48
load_tree && prepare && modprobe vfio-pci
ok_if $? 'prepared before the driver is there'
check 'it waits' holds $pf/status waiting
check 'the PF driver loads; what it is told by parameters does not count' \
	modprobe qatvf_pf num_vfs=16 kernel_vfs=2 services=dc
check 'VFs are with their drivers' as_configured vfio-pci
check 'services as configured' grep -qx 'sym;asym' "$PCI/devices/$pf/qat/cfg_services"
check 'a program is told of sym only' maps "$vf0" $sym
check 'another one of all' maps "$vf1" $all
check 'the kernel has its VF' kernel_works

hold "$vf0"
ok_if $? 'a program has a VF open'
check 'VFs stay' refuses 'resource busy' 'num_vfs: cannot change while VF 0 is in use through vfio-pci' \
	$pf/enable 0
check 'still enabled' holds $pf/enable 1
check 'its driver stays' refuses 'resource busy' 'vf0/driver: cannot change while VF 0' \
	$pf/vf0/driver kernel
check 'which nothing has changed' drivers "$vf0=vfio-pci"
check 'its label can change' put $pf/vf0/label 'data base'
check 'its mailbox, too' put $pf/vf0/mailbox strict
check 'rates come with the profile' put profiles/guest/rate_sym '300 500'
check 'the rate limiter has them' rates 300 500
check 'they change' put profiles/guest/rate_sym '400 1000'
check 'there, too' rates 400 1000
check 'another VF goes to the kernel' put $pf/vf1/driver kernel
check 'the kernel has it' wait_until 60 has_driver "$vf1" 4xxxvf
check 'another one to vfio-pci' put $pf/vf2/driver vfio-pci
check 'which has it' drivers "$vf2=vfio-pci"
check 'and back to nobody' put $pf/vf2/driver none
check 'who has it' drivers "$vf2="
check 'the PF is reset' reset_pf
check 'rates are back' rates 400 1000
check 'the program has its VF still' drivers "$vf0=vfio-pci"
let_go
ok_if $? 'the program ends'
check 'all as before' as_configured 4xxxvf
check 'what it sees is as before' maps "$vf0" $sym

put $pf/vf2/driver vfio-pci
check 'a mailbox is closed' put $pf/vf2/mailbox closed
check 'nobody answers there' bash -c "'$HOLD' $vf2 $(group_of "$vf2") </dev/null | grep -qx silent"
check 'it opens again' put $pf/vf2/mailbox normal
check 'now somebody does' maps "$vf2" $all
put $pf/vf2/driver none

check 'the PF driver goes and comes, the tree stays' reload
check 'all as before' as_configured 4xxxvf
check 'rates, too' rates 400 1000
check 'the device goes and comes' replug
check 'all as before' as_configured 4xxxvf
numvfs 0 0 && numvfs 0 4
ok_if $? 'VFs go and come by sriov_numvfs'
check 'all as before' as_configured 4xxxvf

check 'disabled' put $pf/enable 0
check 'no VFs' have_vfs 0 0
check 'no rates' no_rates 400 1000
put profiles/guest/rate_sym '' && put $pf/services dc && put $pf/vf1/services '' && put profiles/guest/services ''
check 'other services' put $pf/enable 1
check 'a program is told of them' maps "$vf0" $dc
check 'all of it can be removed and unloaded' eval 'clear_tree && unload vfio_pci && unload_all'
finish
