#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a user of DKMS does, with the plain commands, for both kernels of Debian 12.
# It happens in a mount namespace of its own where /usr/src, /var/lib/dkms, /etc/dkms
# and /lib/modules are throw-away folders: this machine's own stay untouched.
#
# timeout: 900

. "$(dirname "$0")/../lib/ktap.sh"
. "$(dirname "$0")/../lib/harness.sh"

kernels='6.1 6.12'
modules='qatvf_core qatvf_pf qat_4xxxvf'

if [ -z "${QATVF_DKMS_INSIDE:-}" ]; then
	# shellcheck disable=SC2086 # words
	"$TOP/selftests/vm/fetch-kernels" $kernels || exit 1
	QATVF_DKMS_INSIDE=1 exec unshare --mount --propagation private "$0"
fi

# The places that DKMS writes to, empty, and the test kernels as if installed.
isolate()
{
	local dir scratch=$BUILD/dkms kernel release tree

	mkdir -p "$scratch" /var/lib/dkms
	mount -t tmpfs scratch "$scratch" || return 1
	for dir in /usr/src /var/lib/dkms /lib/modules /etc/modprobe.d; do
		mkdir -p "$scratch$dir" "$dir"
		mount --bind "$scratch$dir" "$dir" || return 1
	done
	for kernel in $kernels; do
		release=$(cat "$BUILD/kernels/$kernel/release")
		tree=/lib/modules/$release
		mkdir -p "$tree"
		cp -a "$BUILD/kernels/$kernel/modules/kernel/crypto" "$tree/kernel-crypto"
		cp "$BUILD/kernels/$kernel/modules"/modules.{order,builtin,builtin.modinfo} "$tree/"
		mkdir -p "$tree/kernel" && mv "$tree/kernel-crypto" "$tree/kernel/crypto"
		ln -s "$BUILD/kernels/$kernel/build" "$tree/build"
	done
}

# Modules land compressed like the kernel's own.
installed()
{
	local release=$1 mod

	for mod in $modules; do
		ls "/lib/modules/$release/updates/dkms/$mod.ko"* || return 1
		modinfo -k "$release" "$mod" >/dev/null || return 1
	done
}

wins_alias()
{
	modprobe -S "$1" --show-depends -a 'pci:v00008086d00004941sv00008086sd00000000bc0Bsc40i00' |
		grep -q 'updates/dkms/qat_4xxxvf.ko'
}

nothing_left()
{
	! find /lib/modules /var/lib/dkms -name 'qat*.ko*' | grep .
}

plan $((2 + $(wc -w <<<"$kernels") * 4 + 2))
check "an isolated place" isolate || finish
check "sources copied" make -C "$TOP" dkms-install
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$TOP/dkms.conf")
check "dkms add" dkms add "qatvf/$version"
for kernel in $kernels; do
	release=$(cat "$BUILD/kernels/$kernel/release")
	progress "dkms for $kernel"
	check "$kernel: dkms build" dkms build "qatvf/$version" -k "$release"
	check "$kernel: dkms install" dkms install "qatvf/$version" -k "$release"
	check "$kernel: three modules under updates/dkms" installed "$release"
	check "$kernel: a VF's modalias finds ours" wins_alias "$release"
done
check "dkms remove leaves nothing" bash -c "dkms remove qatvf/$version --all &&
	$(declare -f nothing_left); nothing_left"
finish
