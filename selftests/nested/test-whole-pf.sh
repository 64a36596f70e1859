#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The whole PF for one guest (see test-guest): our PF driver in it loads the firmware and
# offers the device's own ring pairs to its kernel.  It is killed while it encrypts; this
# kernel takes the PF back and has VFs of it.
#
# One processor: see vfio/test-handover.
#
# kernels: 6.12
# also: 6.1
# vm: --pfs 1 --iommu on --smp 1 --append cryptomgr.notests=1
# timeout: 600
# programs: nested vfio pfvf

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"
. "$TOP/selftests/sriov/leftovers.sh"
. "$TOP/selftests/vfio/users.sh"
. "$TOP/selftests/nested/nested.sh"

pf=$(pf 0)

# The kernel reads the files from its initramfs, of which this is the second part.
add_firmware()
{
	local dir=$guest_dir/firmware file

	mkdir -p "$dir/lib/firmware"
	for file in qat_4xxx.bin qat_4xxx_mmp.bin; do
		if [ -e "/lib/firmware/$file.xz" ]; then
			xz -dc "/lib/firmware/$file.xz" >"$dir/lib/firmware/$file"
		else
			cp "/lib/firmware/$file" "$dir/lib/firmware/"
		fi || return 1
	done
	GUEST_INITRD=$guest_dir/initramfs.cpio
	{
		cat "$GUESTS/initramfs.cpio"
		(cd "$dir" && find . | cpio -o -H newc --quiet)
	} >"$GUEST_INITRD"
}

own_requests()
{
	qmp get qat0 requests
}

works_on()
{
	local before

	before=$(own_requests)
	guest_says 20 2 'guest: round' && [ "$(own_requests)" -gt "$before" ]
}

back()
{
	override "$pf" '' && unbind "$pf" && probe "$pf" && has_driver "$pf" 4xxx &&
		grep -qx up "$PCI/devices/$pf/qat/state"
}

plan 10
modprobe qatvf_pf && modprobe vfio-pci && to_vfio "$pf"
ok_if $? 'a PF for a guest'
add_firmware
ok_if $? 'firmware for the guest'
guest_start whole task=forever "$pf"
check 'the guest starts' guest_says 300 1 'guest: started'
note "after $SECONDS s"
check 'its driver loads the firmware' guest_says 120 1 'ready: firmware'
check 'and encrypts as OpenSSL does' guest_says 60 1 'guest: all good'
note "after $SECONDS s"
check 'it works on' works_on
guest_kill
check 'it is killed; this kernel takes the PF back' back
check 'and has VFs' numvfs 0 4
check 'which are answered' answered 0 4
check 'nothing is left' eval "numvfs 0 0 && unload vfio_pci && unload_all && nothing_left $pf"
finish
