# SPDX-License-Identifier: GPL-2.0
#
# The kernels which the tests know, one row each: where Debian packages them
# and what we do with them.  Sourced by fetch-kernels, kmake and run-vm.
#
# shellcheck shell=bash disable=SC2034

# The pattern picks linux-image (or linux-headers) packages; the newest wins.
#
# columns: name, suite, package pattern, use (boot|headers), toolchain
# toolchain: "host", or the suite whose compiler and kbuild programs need a
# newer C library than this machine has; that one is run in a chroot.
KERNEL_TABLE='
6.1	bookworm	6\.1\.0-[0-9]+-amd64		boot	host
6.12	bookworm	6\.12\.[0-9]+\+deb12-amd64	boot	host
7.3	trixie-backports	7\.3\.[0-9]+\+deb13-amd64	boot	trixie
5.10	bullseye	5\.10\.0-[0-9]+-amd64		headers	host
'

# kernel_field NAME COLUMN: one field of a row, nothing if there is no such row
kernel_field()
{
	awk -v n="$1" -v c="$2" '$1 == n { print $c }' <<<"$KERNEL_TABLE"
}

kernel_names()
{
	awk -v use="${1:-}" '$1 != "" && (use == "" || $4 == use) { print $1 }' \
		<<<"$KERNEL_TABLE"
}
