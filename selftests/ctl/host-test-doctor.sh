#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# On the host: doctor, status and top in made-up machines. Each thing that can be wrong
# is made so in a machine that is well, and must be found, with a command that mends it.
#
# timeout: 300

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/ctl/machine.sh"
BUILD=${BUILD:-$TOP/build}
export LC_ALL=C

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
make_ctl()
{
	make -s -C "$TOP/tools" BUILD="$BUILD/selftests/ctl" \
		CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all'
}
ctl()
{
	"$BUILD/selftests/ctl/tools/qatvfctl" --root "$work/root" "$@"
}

# ill STATUS CHECK ERE: doctor's status is that; it names the check; what it says
# about it, and how to mend it, match
ill()
{
	local out status

	out=$(ctl doctor 2>&1)
	status=$?
	[ $status -eq "$1" ] && grep -A1 -E "^(BAD|note) +$2 " <<<"$out" | tr '\n' ' ' |
		grep -qE "$3" && return 0
	echo "status $status: $out"
	return 1
}

# broken NAME STATUS CHECK ERE COMMAND...: one thing is made wrong, and found
broken()
{
	local name=$1 status=$2 what=$3 ere=$4

	shift 4
	make_machine "$work/root"
	(cd "$work/root" && "$@")
	check "$name" ill "$status" "$what" "$ere"
}

no_pf() { rm -rf sys/bus/pci/devices/*; }
no_pf_in_guest() { no_pf; file proc/cpuinfo 'flags : fpu hypervisor vme'; }
no_iommu() { rm -rf sys/kernel/iommu_groups sys/firmware; }
iommu_unused() { rm -rf sys/kernel/iommu_groups; file etc/os-release "ID=$1"; }
iommu_off() { rm -rf sys/kernel/iommu_groups; file proc/cmdline 'quiet intel_iommu=off'; }
firmware_of() { rm lib/firmware/qat_4xxx_mmp.bin; file etc/os-release "ID=$1"; }
in_tree() { mkdir -p sys/module/qat_4xxx; rm -rf sys/module/qatvf_pf; }
out_of_tree() { in_tree; mkdir sys/module/usdm_drv; }
not_loaded() { rm -rf sys/module/qatvf_pf; }
not_installed() { not_loaded; : >"lib/modules/$(uname -r)/modules.dep"; }
secure_boot() { not_loaded; file sys/kernel/security/lockdown 'none [integrity] confidentiality'; }
no_driver() { rm "sys/bus/pci/devices/$PF/driver"; }
wrong_driver() { link ../../drivers/vfio-pci "sys/bus/pci/devices/$PF/driver"; }
pf_down() { file "sys/bus/pci/devices/$PF/qat/state" down; }
no_vfs() { file "sys/bus/pci/devices/$PF/sriov_numvfs" 0; }
no_sriov() { rm "sys/bus/pci/devices/$PF/sriov_totalvfs"; }
no_group() { : >etc/group; }
built_in() { rm -rf sys/module/qatvf_pf; link ../../drivers/4xxx "sys/bus/pci/devices/$PF/driver"; }
guest_with_vf()
{
	no_pf_in_guest
	pci 0000:08:00.0 0x4941
	rm -rf sys/module
}
failed() { file "sys/kernel/config/qatvf/$PF/status" 'failed -16'; }

# one JSON value, and nothing else
is_json()
{
	ctl --json "$@" >"$work/json"
	python3 -m json.tool "$work/json" >/dev/null
}

# in_json PYTHON-EXPRESSION ARGUMENTS: true of the value d
in_json()
{
	local expression=$1

	shift
	ctl --json "$@" | python3 -c "import json, sys
d = json.load(sys.stdin)
sys.exit(0 if ($expression) else 1)"
}

says()
{
	local ere=$1 out

	shift
	out=$(ctl "$@" 2>&1)
	grep -qE "$ere" <<<"$out" || { echo "$out"; return 1; }
}

# Two things wrong at a time, some pairs: whatever they are, "0 devices" comes with a reason, and
# the reason with a command.
breakages='no_pf no_pf_in_guest no_iommu iommu_off in_tree out_of_tree not_loaded not_installed
secure_boot no_driver wrong_driver pf_down no_vfs no_sriov no_group failed built_in guest_with_vf'

explained()
{
	local first second

	for first in $breakages; do
		for second in $(shuf -n 1 --random-source=<(yes "$first") -e $breakages); do
			make_machine "$work/root"
			(cd "$work/root" && $first && $second) 2>/dev/null
			ctl --json doctor | python3 -c 'import json, sys
d = json.load(sys.stdin)
bad = [f for f in d["findings"] if f["kind"] == "BAD"]
sys.exit(d["devices"] == 0 and not (bad and all(f.get("mend") for f in bad)))' ||
				{ echo "$first and $second"; ctl doctor; return 1; }
		done
	done
}

# says what is wrong as JSON, with that exit status
json_error()
{
	local status=$1 ere=$2

	shift 2
	ctl --json "$@" >"$work/json" 2>/dev/null
	[ $? -eq "$status" ] && python3 -m json.tool "$work/json" >/dev/null &&
		grep -qE "$ere" "$work/json" || { cat "$work/json"; return 1; }
}

narrow()
{
	ctl "$@" | awk 'length > 80 { print; bad = 1 } END { exit bad }'
}

# Sixteen VFs, of which some have a driver
many_vfs()
{
	local nr address

	for nr in {2..15}; do
		address=$(printf '0000:6b:%02x.%x' $(((nr + 1) / 8)) $(((nr + 1) % 8)))
		vf_of_machine "$nr" "$address" $((50 + nr))
		case $nr in
		[2-689]) link ../../drivers/vfio-pci "sys/bus/pci/devices/$address/driver" ;;
		esac
	done
}

# All that is watched is VF 0, which reads and writes more than the device
wide_numbers()
{
	local nr=0 file

	for file in "$work/root/$T"/rp_*_data; do
		printf '%-23s%20s\n' rp_num $nr service_type sym bw_in $((nr ? 0 : 999999)) \
			bw_out $((nr ? 0 : 999999)) >"$file"
		nr=$((nr + 1))
	done
}

well()
{
	ctl doctor >"$work/out" 2>&1 && ! grep -qE '^(BAD|note)' "$work/out" &&
		grep -q '^2 devices' "$work/out" || { cat "$work/out"; return 1; }
}

plan 66
check 'qatvfctl builds with sanitizers' make_ctl
make_machine "$work/root"
check 'all is well' well
check 'as JSON' in_json 'd["bad"] == 0 and d["devices"] == 2' doctor

broken 'no device: UEFI' 1 device 'no QuickAssist device.*UEFI' no_pf
broken 'no device in a guest' 1 device 'virtual machine.*hostdev' no_pf_in_guest
broken 'SR-IOV is off' 1 sriov 'offers no VFs.*SR-IOV' no_sriov
broken 'VT-d is off' 1 iommu 'no ACPI table DMAR.*VT-d' no_iommu
broken 'intel_iommu on RHEL' 1 iommu 'does not use it.*grubby.*intel_iommu=on' iommu_unused rhel
broken 'intel_iommu on SLES' 1 iommu 'grub2-mkconfig' iommu_unused suse
broken 'intel_iommu on Debian' 1 iommu 'update-grub' iommu_unused debian
broken 'intel_iommu=off' 1 iommu 'switched off on the kernel' iommu_off
broken 'firmware on RHEL' 1 firmware 'qat_4xxx_mmp.bin is missing.*dnf' firmware_of rhel
broken 'firmware on SLES' 1 firmware 'kernel-firmware-qat' firmware_of suse
broken 'firmware on Debian' 1 firmware 'firmware-misc-nonfree' firmware_of debian
broken 'the in-tree driver' 1 conflict 'in-tree driver.*modprobe -r qat_4xxx' in_tree
broken "Intel's package" 1 conflict 'out-of-tree.*disable --now qat' out_of_tree
broken 'the in-tree driver, built in' 1 conflict 'built into this kernel.*initcall_blacklist' built_in
broken 'a guest with a VF, no module' 1 module 'qat_4xxxvf is not (loaded|installed)' guest_with_vf
broken 'nothing keeps it away' 0 conflict 'modprobe.d' rm etc/modprobe.d/qatvf.conf
broken 'libvirt prefers qat_vfio_pci' 0 conflict "driver model='vfio-pci'" \
	mkdir sys/module/qat_vfio_pci
broken 'module not loaded' 1 module 'not loaded.*modprobe qatvf_pf' not_loaded
broken 'module not installed' 1 module 'not installed.*modules_install' not_installed
broken 'Secure Boot' 1 module 'Secure Boot.*mokutil' secure_boot
broken 'PF without driver' 1 pf 'has no driver.*4xxx/bind' no_driver
broken 'PF with a wrong driver' 1 pf 'driven by vfio-pci.*unbind' wrong_driver
broken 'PF is down' 1 pf 'is down.*echo up' pf_down
broken 'no VFs' 1 pf 'not enabled.*qatvfctl apply' no_vfs
broken 'no vfio-pci' 0 vfio 'no vfio-pci' rm -r sys/bus/pci/drivers/vfio-pci
broken 'no group qat' 0 permissions 'no group qat.*groupadd' no_group
broken 'no permission' 0 permissions 'may not open /dev/vfio/50.*udevadm' chmod 600 dev/vfio/50
broken 'no configfs' 0 configuration 'mount -t configfs' rm -r sys/kernel/config
broken 'configuration not applied' 1 configuration 'not applied: failed -16' failed
broken 'an empty machine' 1 device 'no QuickAssist' rm -rf sys proc etc lib dev

make_machine "$work/root"
check 'status: the PF' says "^$PF +1 4.24.0 +sym;asym +up +2/16 +- +applied" status
check 'status: who has a VF' says '0000:6b:00.1 +vfio-pci +web +dpdk-testpmd\[4711\] +5 +sym=300:500' \
	status
check 'status: the kernel has one' says '0000:6b:00.2 +4xxxvf +- +kernel +4' status
ln -sfn /dev/vfio/devices/vfio3 "$work/root/proc/4711/fd/9"
mkdir -p "$work/root/sys/bus/pci/devices/0000:6b:00.1/vfio-dev/vfio3"
check 'status: opened by its own file' says '0000:6b:00.1 .* dpdk-testpmd\[4711\]' status
printf 'qemu\0-name\0guest=db1,debug-threads=on\0' >"$work/root/proc/4711/cmdline"
check 'status: a guest has it' in_json 'd["pfs"][0]["vfs"][0]["user"] == "guest db1"' status
telemetry_of_machine
T=sys/kernel/debug/qat_4xxx_$PF/telemetry
check 'status: load' says "2/16 +61% +applied" status
check 'top: services' in_json 'd[0]["services"] == {"asym": 30, "sym": 61}' top --once
check 'top: a VF' in_json 'd[0]["vfs"][1] == {"vf": 1, "driver": "4xxxvf", "watched": True,
	"share": 3, "bandwidth_in": 600, "bandwidth_out": 200}' top --once
check 'top: a VF that is not watched' in_json 'd[0]["vfs"][0] == {"vf": 0, "driver": "vfio-pci",
	"watched": False, "share": -1, "bandwidth_in": -1, "bandwidth_out": -1}' top --once
check 'top: says so' says '^  vf0: not watched$' top --once
check 'top: bars' says 'sym +\[#{21} +\]  61%' top --once
check 'top: 80 columns' narrow top --once
many_vfs
check 'top: which are not' says '^  vf0,2-6,8-9: not watched$' top --once
check 'top: and which nobody drives' says '^  vf7,10-15: no driver, not watched$' top --once
wide_numbers
check 'top: 80 columns with large numbers' narrow top --once
check 'top: no more than all' says 'vf0 .*#\] 100% 999999\+999999 vfio-pci' top --once
sed -i '/^sample_cnt/s/7/0/' "$work/root/$T/device_data"
check 'top: no sample yet' says 'no sample yet' top --once
file "$T/control" 0
check 'top: says how to turn telemetry on' says 'telemetry is off' top --once
printf 'web"\\\033\n' >"$work/root/sys/kernel/config/qatvf/$PF/vf0/label"
check 'JSON is JSON, whatever names hold' is_json status
check 'top: 80 columns without telemetry' narrow top --once
rm -r "$work/root/sys/kernel/debug"
check 'top: no telemetry to turn on' says 'its firmware has no telemetry' top --once
check 'top: 80 columns with that' narrow top --once
file "sys/bus/pci/devices/$PF/qat/state" down
check 'top: the PF is down' says 'the PF is down' top --once
for command in status 'top --once' save doctor; do
	# shellcheck disable=SC2086 # words
	check "JSON: $command" is_json $command
done
printf '%s\n' "[pf $PF]" 'services = "x"' 'num_vfs = 99' >"$work/file"
check 'JSON: check, errors' json_error 1 ':2: services = ..x..: not understood' check "$work/file"
check 'JSON: apply, errors' json_error 1 ':3: num_vfs = 99: out of range' apply "$work/file"
check 'JSON: no file' json_error 3 'No such file' apply "$work/none"
rm -rf "$work/root/sys/kernel/config"
check 'JSON: no configfs' json_error 3 'modprobe qatvf_core' save
check '0 devices always have a reason' explained
check 'wrong usage' eval '! ctl top --once --twice 2>/dev/null; [ $? -eq 0 ]'
finish
