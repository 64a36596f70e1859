# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests with VFs in the hands of programs: vfio-use, and how a VF
# gets to vfio-pci.  Needs sriov/functions.sh.
#
# shellcheck shell=bash disable=SC2034

USE=$BUILD/selftests/vfio/vfio-use

# use COMMAND ADDRESS [ARGUMENT...]: bounded
use()
{
	timeout $((60 * ${VM_PATIENCE:-1})) "$USE" "$@"
}

# to_vfio ADDRESS...: by driver_override, from nobody or from another driver
to_vfio()
{
	local address

	for address; do
		override "$address" vfio-pci || return 1
		[ -z "$(driver_of "$address")" ] || unbind "$address" || return 1
		probe "$address" && has_driver "$address" vfio-pci || return 1
	done
}

# in_background FILE COMMAND ADDRESS [ARGUMENT...]: sets user_pid; returns when it has
# said its first word
in_background()
{
	local file=$1

	shift
	: >"$file"
	timeout $((120 * ${VM_PATIENCE:-1})) "$USE" "$@" >"$file" 2>&1 &
	user_pid=$!
	wait_until 20 test -s "$file"
}

# was_good PID FILE: it ended well, or what it said
was_good()
{
	wait "$1" || { cat "$2"; return 1; }
}
