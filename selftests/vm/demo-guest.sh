#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The part of the demo which runs in the machine: what an administrator does, then
# a summary.  Exit status 0 only if the device's ciphertext is OpenSSL's.

. "$TOP/selftests/lib/ktap.sh"

vfs=16 kernel_vfs=4 size_mib=4
cipher=qatvf-cbc-aes

step()
{
	printf '==> [%3d s] %s\n' "$SECONDS" "$*"
}

give_up()
{
	echo "demo failed: $*"
	echo "what the kernel said about it:"
	dmesg | grep -iE 'qat|4xxx' | tail -n 15 | sed 's/^/    /'
	exit 1
}

pfs()
{
	local dev

	for dev in /sys/bus/pci/drivers/4xxx/0000:*; do
		[ -e "$dev" ] && basename "$dev"
	done
}

# functions of a PF that a driver has ("4xxxvf") or that none has ("none")
vfs_with()
{
	local pf=$1 want=$2 link driver

	for link in "/sys/bus/pci/devices/$pf"/virtfn*; do
		[ -e "$link" ] || continue
		driver=none
		[ -e "$link/driver" ] && driver=$(basename "$(readlink "$link/driver")")
		[ "$driver" = "$want" ] && basename "$(readlink "$link")"
	done | sort
}

# "6b:01.5 to 6b:02.0" from a list of addresses
range()
{
	local first last

	first=$(head -n 1 <<<"$1")
	last=$(tail -n 1 <<<"$1")
	[ -n "$first" ] && echo "${first#0000:} to ${last#0000:}"
}

all_served()
{
	[ "$(pfs | wc -l)" -eq "$VM_PFS" ] &&
		[ "$(find /sys/bus/pci/drivers/4xxxvf/ -name '0000:*' 2>/dev/null | wc -l)" -eq \
			$((VM_PFS * kernel_vfs)) ] &&
		grep -q "$cipher" /proc/crypto
}

random_hex()
{
	od -An -vtx1 -N"$1" /dev/urandom | tr -d ' \n'
}

# The same file through AF_ALG, where the driver's name picks the device, and
# through OpenSSL.
encrypt_both_ways()
{
	local key iv

	key=$(random_hex 32)
	iv=$(random_hex 16)
	head -c $((size_mib << 20)) /dev/urandom >plain
	printf '%b' "$(sed 's/../\\x&/g' <<<"$key")" >key
	kcapi-enc -e -c "$cipher" --keyfd 3 --iv "$iv" -i plain -o by-device 3<key ||
		return 1
	openssl enc -aes-256-cbc -nopad -K "$key" -iv "$iv" -in plain -out by-openssl
}

show_table()
{
	local pf mine free

	printf '%-14s %-7s %-5s %-4s %-24s %s\n' PF driver node VFs \
		"for this kernel (4xxxvf)" "free for guests"
	for pf in $(pfs); do
		mine=$(vfs_with "$pf" 4xxxvf)
		free=$(vfs_with "$pf" none)
		printf '%-14s %-7s %-5s %-4s %-24s %s\n' "$pf" 4xxx \
			"$(cat "/sys/bus/pci/devices/$pf/numa_node")" \
			"$(cat "/sys/bus/pci/devices/$pf/sriov_numvfs")" \
			"$(range "$mine")" "$(range "$free")"
	done
}

# a sum, as the devices themselves counted
requests()
{
	local pf vf

	for ((pf = 0; pf < VM_PFS; pf++)); do
		for ((vf = vfs - kernel_vfs; vf < vfs; vf++)); do
			printf '+%s' "$(qmp get "qat$pf/vf$vf" requests)"
		done
	done
}

work=$(mktemp -d) && cd "$work" || exit 1

step "modprobe qatvf_pf num_vfs=$vfs kernel_vfs=$kernel_vfs ($VM_FIRMWARE firmware)"
modprobe qatvf_pf num_vfs=$vfs kernel_vfs=$kernel_vfs || give_up "modprobe qatvf_pf"
step "waiting for the VFs' driver, which their modalias loads, and for the ciphers"
wait_until 120 all_served || give_up "the VFs do not serve $cipher"
step "encrypting $size_mib MiB on a VF through AF_ALG, and with OpenSSL"
encrypt_both_ways || give_up "kcapi-enc with $cipher"
step "done"

first=$(pfs | head -n 1)
echo
echo "--- lspci -k (a PF, its first VF for guests, its first VF for this kernel)"
for slot in "$first" "$(vfs_with "$first" none | head -n 1)" \
	"$(vfs_with "$first" 4xxxvf | head -n 1)"; do
	lspci -nnk -s "$slot"
done
echo
echo "--- PFs and VFs"
show_table
echo
echo "--- dmesg of ${first#0000:}"
dmesg | grep -F "4xxx $first" | grep -iE 'ready|firmware' | sed 's/^\[[^]]*\] //'
echo
echo "--- /proc/crypto"
awk -v RS= '/qatvf/' ORS='\n\n' /proc/crypto |
	grep -E '^(name|driver|priority|selftest)' | sed 's/ *: /: /' |
	paste -d' ' - - - - | column -t
echo
echo "requests that the VFs served: $(($(requests)))"
if cmp -s by-device by-openssl; then
	echo "ciphertext matches ($size_mib MiB, AES-256-CBC, $(sha256sum <by-device | cut -c1-16)...)"
else
	give_up "ciphertext of $cipher differs from OpenSSL's"
fi
