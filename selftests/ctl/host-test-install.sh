#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# On the host: what make install-tools puts where, and that those who read it can: manual
# pages by groff, the unit by systemd, the group by sysusers.
#
# timeout: 120
# may-skip: manual.*

. "$(dirname "$0")/../lib/ktap.sh"
BUILD=${BUILD:-$TOP/build}
export LC_ALL=C

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

files='lib/systemd/system/qatvf.service
lib/sysusers.d/qatvf.conf
lib/udev/rules.d/70-qatvf-vfio.rules
sbin/qatvfctl
share/man/man5/qatvf.conf.5
share/man/man8/qatvfctl.8'

installed()
{
	make -s -C "$TOP" install-tools BUILD="$BUILD" DESTDIR="$work" PREFIX=/opt/qat >/dev/null &&
		[ "$(cd "$work/opt/qat" && find . -type f | sed 's|^\./||' | sort)" = "$files" ]
}

# have PROGRAM NAME: or the point is skipped
have()
{
	command -v "$1" >/dev/null && return
	skip "$2" "no $1"
	return 1
}

page_is_good()
{
	local said

	said=$(groff -man -Tascii -ww -z "$work/opt/qat/share/man/$1" 2>&1)
	[ -z "$said" ] || { echo "$said"; return 1; }
}

# Every command and option of the program is in its page.
page_is_complete()
{
	local word

	for word in $("$work/opt/qat/sbin/qatvfctl" --help | awk '/^  / { print $1 }') \
		$("$work/opt/qat/sbin/qatvfctl" --help | grep -oE -- '--[a-z]+' | sed 's/--/\\\\-\\\\-/'); do
		grep -q -- "$word" "$work/opt/qat/share/man/man8/qatvfctl.8" || { echo "no $word"; return 1; }
	done
}

# What systemd says of this unit; the program is not where it looks for it.
unit_is_good()
{
	local said

	said=$(systemd-analyze --man=no verify "$work/opt/qat/lib/systemd/system/qatvf.service" 2>&1 |
		grep 'qatvf\.service' | grep -v 'qatvfctl is not executable')
	[ -z "$said" ] || { echo "$said"; return 1; }
}

group_is_made()
{
	mkdir -p "$work/root/etc" "$work/root/usr/lib/sysusers.d" &&
		cp "$work/opt/qat/lib/sysusers.d/qatvf.conf" "$work/root/usr/lib/sysusers.d/" &&
		systemd-sysusers --root="$work/root" && grep -q '^qat:' "$work/root/etc/group"
}

plan 6
check 'files are where they belong' installed
check 'the program has a page that tells all' page_is_complete
for page in man8/qatvfctl.8 man5/qatvf.conf.5; do
	have groff "manual page $page" && check "manual page $page" page_is_good $page
done
have systemd-analyze 'unit' && check 'unit' unit_is_good
have systemd-sysusers 'group' && check 'group' group_is_made
finish
