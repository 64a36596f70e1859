# SPDX-License-Identifier: GPL-2.0
#
# The kernels which the tests know, one row each: where Debian packages them or what
# they are built from, and what we do with them.  Sourced by whoever gets, builds for
# or boots them.
#
# shellcheck shell=bash disable=SC2034

# The pattern picks linux-image (or linux-headers) packages; the newest wins.
#
# columns: name, suite, package pattern, use (boot|headers|built), toolchain, patience
# built: by build-kernel from Debian's source, in place of the pattern the fragments
# of its configuration; for tests on request only, so no name that is listed for all.
# toolchain: "host", or the suite whose compiler and kbuild programs need a
# newer C library than this machine has; that one is run in a chroot.
# patience: the factor for time limits on a kernel that is slower, default 1
KERNEL_TABLE='
6.1	bookworm	6\.1\.0-[0-9]+-amd64		boot	host
6.12	bookworm	6\.12\.[0-9]+\+deb12-amd64	boot	host
7.3	trixie-backports	7\.3\.[0-9]+\+deb13-amd64	boot	trixie
5.10	bullseye	5\.10\.0-[0-9]+-amd64		headers	host
extra	-		machine,crypto,users,extra	built	host	3
debug	-		machine,crypto,users,debug	built	host	6
guest	-		guest				built	host
'

# kernel_field NAME COLUMN: one field of a row, nothing if there is no such row
kernel_field()
{
	awk -v n="$1" -v c="$2" '$1 == n { print $c }' <<<"$KERNEL_TABLE"
}

# kernel_patience NAME: the factor for time limits
kernel_patience()
{
	local patience

	patience=$(kernel_field "$1" 6)
	echo "${patience:-1}"
}

# kernel_names [USE]: those of one use; without, all that Debian packages
kernel_names()
{
	awk -v use="${1:-}" '$1 != "" && (use == "" ? $4 != "built" : $4 == use) { print $1 }' \
		<<<"$KERNEL_TABLE"
}

# can_boot NAME: a kernel which a machine may run
can_boot()
{
	case $(kernel_field "$1" 4) in
	boot | built) return 0 ;;
	*) return 1 ;;
	esac
}
