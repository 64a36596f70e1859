# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests of the configuration: the tree, refusals with their line in
# the log, programs that use a VF like a guest.  Needs sriov/functions.sh.
#
# shellcheck shell=bash

TREE=/sys/kernel/config/qatvf
HOLD=$BUILD/selftests/configfs/vfio-hold

load_tree()
{
	modprobe qatvf_core && { mountpoint -q /sys/kernel/config ||
		mount -t configfs none /sys/kernel/config; } && [ -d $TREE ]
}

# put FILE-BELOW-THE-TREE VALUE
put()
{
	echo "$2" >"$TREE/$1"
}

# holds FILE VALUE: reads back as that
holds()
{
	local value

	IFS= read -r value <"$TREE/$1" && [ "$value" = "$2" ] ||
		{ echo "$1 is '$value'"; return 1; }
}

# refuses ERRNO-TEXT LOG-ERE FILE VALUE: with that error, and one new line in the log
refuses()
{
	log_mark
	refused_with "$1" "$TREE/$3" "$4" || return 1
	one_line "$2"
}

# one_line ERE: our only line since log_mark
one_line()
{
	local lines

	lines=$(log_since 'qatvf_core: |4xxx ')
	[ "$(wc -l <<<"$lines")" -eq 1 ] && [[ $lines =~ $1 ]] ||
		{ echo "log: $lines"; return 1; }
}

group_of()
{
	basename "$(readlink "$PCI/devices/$1/iommu_group")"
}

# hold ADDRESS: a program opens it through vfio; its words go to a file
hold()
{
	hold_words=$(mktemp)
	rm -f "$hold_words.pipe" && mkfifo "$hold_words.pipe"
	"$HOLD" "$1" "$(group_of "$1")" <"$hold_words.pipe" >"$hold_words" 2>&1 &
	hold_pid=$!
	exec 8>"$hold_words.pipe"
	wait_until 20 grep -q '^held' "$hold_words" || { cat "$hold_words"; return 1; }
}

let_go()
{
	exec 8>&-
	wait "$hold_pid"
}

# maps ADDRESS MAP: what a program is told that opens the VF now
maps()
{
	local said

	said=$("$HOLD" "$1" "$(group_of "$1")" </dev/null 2>&1)
	grep -qx "ring_map $2" <<<"$said" || { echo "$said"; return 1; }
}

# Remove all directories, as far as that is possible.
clear_tree()
{
	local dir

	for dir in "$TREE"/*:*; do
		[ -d "$dir" ] || continue
		echo 0 >"$dir/enable"
		find "$dir" -type l -delete
		rmdir "$dir"
	done
	for dir in "$TREE"/profiles/*; do
		[ ! -d "$dir" ] || rmdir "$dir"
	done
	[ -z "$(ls "$TREE/profiles")" ] && [ "$(ls "$TREE")" = profiles ]
}
