# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests of files in sysfs and debugfs: what a read gives, what a
# write is answered with. Sourced after ktap.sh and sriov/functions.sh.
#
# shellcheck shell=bash

PF0=$(pf 0)
DEV=$PCI/devices/$PF0
# shellcheck disable=SC2034 # used by the tests
DEBUG=/sys/kernel/debug/qat_4xxx_$PF0

# reads FILE TEXT: a read gives exactly this line
reads()
{
	local got

	got=$(cat "$1") || return 1
	[ "$got" = "$2" ] && return 0
	echo "$1: '$got' instead of '$2'"
	return 1
}

# writes FILE TEXT...: written as it is, each in turn, and accepted
writes()
{
	local file=$1 text

	shift
	for text; do
		printf '%s' "$text" >"$file" || return 1
	done
}

# keeps FILE TEXT: accepted, with a newline, and read back
keeps()
{
	echo "$2" >"$1" && reads "$1" "$2"
}

# refuses FILE ERE TEXT...: each is refused with an errno in words that matches
refuses()
{
	local file=$1 ere=$2 text said

	shift 2
	for text; do
		said=$( (printf '%s' "$text" >"$file") 2>&1) &&
			{ echo "$file took '$text'"; return 1; }
		[[ $said =~ $ere ]] || { echo "'$text': $said"; return 1; }
	done
}

# unreadable FILE ERE: so is a read
unreadable()
{
	local said

	said=$(cat "$1" 2>&1) && { echo "$1 gives '$said'"; return 1; }
	[[ $said =~ $2 ]] || { echo "$said"; return 1; }
}

# mode_is FILE OCTAL
mode_is()
{
	local mode

	mode=$(stat -c %a "$1") && [ "$mode" = "$2" ] && return 0
	echo "$1: $mode"
	return 1
}

# said ERE: since log_mark
said()
{
	log_since "$1" >/dev/null
}

state() { echo "$1" >"$DEV/qat/state"; }
is_up() { reads "$DEV/qat/state" up; }
is_down() { reads "$DEV/qat/state" down; }

# restarted_with SERVICES
restarted_with()
{
	state down && echo "$1" >"$DEV/qat/cfg_services" && state up
}
