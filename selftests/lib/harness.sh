# SPDX-License-Identifier: GPL-2.0
#
# Shell functions shared by the scripts which prepare and run the tests on the
# developer's machine: where things are, how to report progress, how to get
# distribution packages.  Source it with the caller's own folder in $here.
#
# shellcheck shell=bash

set -u

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${BUILD:-$TOP/build}
LOGS=$BUILD/log
mkdir -p "$BUILD" "$LOGS"

# One line per long step, on stderr so that TAP on stdout stays clean.
progress()
{
	printf '==> %s\n' "$*" >&2
}

die()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# run_logged LOG COMMAND...: quiet when it works, the end of the log if not.
run_logged()
{
	local log=$1

	shift
	mkdir -p "$(dirname "$log")"
	if ! "$@" >"$log" 2>&1 </dev/null; then
		tail -n 30 "$log" >&2
		die "failed: $* (whole log: $log)"
	fi
}

# need_packages PACKAGE...: installs what is missing when run as root,
# otherwise prints the one command which does and stops.
need_packages()
{
	local missing=() pkg

	for pkg in "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$pkg" 2>/dev/null)" = installed ] ||
			missing+=("$pkg")
	done
	[ ${#missing[@]} -eq 0 ] && return 0
	if [ "$(id -u)" -ne 0 ]; then
		die "packages are missing; as root run:
    apt-get install --no-install-recommends ${missing[*]}"
	fi
	progress "installing packages: ${missing[*]}"
	run_logged "$LOGS/apt-update.log" apt-get -q update
	run_logged "$LOGS/apt-install.log" env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install "${missing[@]}"
}

# Packages by what needs them; kept in one place so that Makefile, demo and CI
# cannot disagree.
PACKAGES_BUILD="gcc make libc6-dev libelf-dev libssl-dev bc kmod xz-utils zstd
	debian-archive-keyring"
PACKAGES_VM="qemu-system-x86 cpio iproute2 bsdextrautils pciutils openssl kcapi-tools
	cryptsetup-bin e2fsprogs fio iperf3 iputils-ping socat systemd udev"
PACKAGES_MODEL="pkg-config dpkg-dev ninja-build meson python3 libglib2.0-dev
	libpixman-1-dev libfdt-dev zlib1g-dev liblz4-dev libxxhash-dev
	libgcrypt20-dev nettle-dev"
PACKAGES_CHECK="sparse dkms pahole debootstrap perl clang libclang-rt-dev"
# kernels of our own, see selftests/vm/build-kernel
PACKAGES_KERNEL="flex bison bc libelf-dev"
