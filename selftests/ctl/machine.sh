# SPDX-License-Identifier: GPL-2.0
#
# Shell functions that make up a machine for qatvfctl --root: one PF at 6b:00.0 with
# two VFs, driven as they should be. Tests then break one thing.
#
# shellcheck shell=bash

PF=0000:6b:00.0

# file PATH TEXT: below the machine's root
file()
{
	mkdir -p "$(dirname "$ROOT/$1")" && printf '%s\n' "$2" >"$ROOT/$1"
}

link()
{
	mkdir -p "$(dirname "$ROOT/$2")" && ln -sfn "$1" "$ROOT/$2"
}

pci()
{
	file "sys/bus/pci/devices/$1/vendor" 0x8086
	file "sys/bus/pci/devices/$1/device" "$2"
	file "sys/bus/pci/devices/$1/numa_node" 1
}

vf_of_machine()
{
	pci "$2" 0x4941
	link "../$2" "sys/bus/pci/devices/$PF/virtfn$1"
	link "../$PF" "sys/bus/pci/devices/$2/physfn"
	link "../../../../kernel/iommu_groups/$3" "sys/bus/pci/devices/$2/iommu_group"
	mkdir -p "$ROOT/sys/kernel/iommu_groups/$3"
}

telemetry_of_machine()
{
	local dir=sys/kernel/debug/qat_4xxx_$PF/telemetry n

	file "$dir/control" 1
	{
		printf '%-23s%20s\n' sample_cnt 7 bw_in 12000 bw_out 11000
		for n in 0 1 2 3; do printf '%-23s%20s\n' "util_ucs$n" $((60 + n)); done
		for n in 0 1 2 3; do printf '%-23s%20s\n' "util_cph$n" 20; done
		for n in 0 1 2 3 4 5; do printf '%-23s%20s\n' "util_pke$n" 30 "exec_pke$n" 99; done
	} >"$ROOT/$dir/device_data"
	for n in 0 1 2 3; do
		printf '%-23s%20s\n' rp_num $((4 + n)) service_type sym bw_in $((100 * n)) \
			bw_out 50 >"$ROOT/$dir/rp_$(printf "\\x$((41 + n))")_data"
	done
}

# A machine where all is well.
make_machine()
{
	ROOT=$1
	rm -rf "$ROOT"
	mkdir -p "$ROOT/dev/vfio" "$ROOT/sys/module/qatvf_pf" "$ROOT/sys/module/qatvf_core" \
		"$ROOT/sys/bus/pci/drivers/vfio-pci" "$ROOT/sys/bus/pci/drivers/4xxx"
	pci $PF 0x4940
	file "sys/bus/pci/devices/$PF/sriov_totalvfs" 16
	file "sys/bus/pci/devices/$PF/sriov_numvfs" 2
	file "sys/bus/pci/devices/$PF/qat/state" up
	file "sys/bus/pci/devices/$PF/qat/cfg_services" 'sym;asym'
	file "sys/kernel/debug/qat_4xxx_$PF/version/fw" 4.24.0
	printf '%s\n' 'vf version init' ' 0       5    1' ' 1       4    0' \
		>"$ROOT/sys/kernel/debug/qat_4xxx_$PF/vfs"
	link ../../drivers/4xxx "sys/bus/pci/devices/$PF/driver"
	vf_of_machine 0 0000:6b:00.1 50
	vf_of_machine 1 0000:6b:00.2 51
	link ../../drivers/vfio-pci sys/bus/pci/devices/0000:6b:00.1/driver
	link ../../drivers/4xxxvf sys/bus/pci/devices/0000:6b:00.2/driver
	file sys/firmware/acpi/tables/DMAR x
	file proc/cmdline 'root=/dev/sda1 intel_iommu=on'
	file proc/cpuinfo 'flags : fpu vme'
	file proc/4711/comm dpdk-testpmd
	link /dev/vfio/50 proc/4711/fd/9
	file lib/firmware/qat_4xxx.bin.xz x
	file lib/firmware/qat_4xxx_mmp.bin x
	file etc/modprobe.d/qatvf.conf 'install qat_4xxx /bin/false'
	file etc/os-release ID=debian
	file etc/group "qat:x:$(id -g):"
	file "lib/modules/$(uname -r)/modules.dep" 'updates/qatvf_pf.ko: updates/qatvf_core.ko'
	file dev/vfio/50 x
	chmod 660 "$ROOT/dev/vfio/50"
	file sys/kernel/config/qatvf/profiles/guests/rate_sym '300 500'
	file "sys/kernel/config/qatvf/$PF/services" 'sym;asym'
	file "sys/kernel/config/qatvf/$PF/num_vfs" 2
	file "sys/kernel/config/qatvf/$PF/enable" 1
	file "sys/kernel/config/qatvf/$PF/status" applied
	file "sys/kernel/config/qatvf/$PF/vf0/label" web
	file "sys/kernel/config/qatvf/$PF/vf1/driver" kernel
	link ../../profiles/guests "sys/kernel/config/qatvf/$PF/vf0/profile"
}
