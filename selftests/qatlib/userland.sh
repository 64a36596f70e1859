# SPDX-License-Identifier: GPL-2.0
#
# Shell functions for tests with Intel's user-space library as Debian packages it
# (vm/build-userland): its programs run in that Debian by chroot, with a throw-away layer,
# and its unit is started as systemd would, from its own lines. SUITE=sid takes another
# Debian than the default. Needs sriov/functions.sh.
#
# shellcheck shell=bash

USERLAND=/run/userland
UNIT=/usr/lib/systemd/system/qat.service
JOURNAL=/run/qat-journal
SERVICE_CONFIG=$USERLAND/etc/sysconfig/qat

# userland_mount: what its programs may see of this machine
userland_mount()
{
	local scratch=/run/userland-layer dir

	mkdir -p $scratch $USERLAND && mount -t tmpfs layer $scratch &&
		mkdir $scratch/upper $scratch/work &&
		mount -t overlay overlay -o "lowerdir=$BUILD/userland/${SUITE:-trixie},upperdir=$scratch/upper,workdir=$scratch/work" \
			$USERLAND && mount -t tmpfs run $USERLAND/run || return 1
	for dir in proc sys dev dev/shm sys/kernel/debug "lib/modules/$(uname -r)"; do
		mkdir -p "$USERLAND/$dir" && mount --bind "/$dir" "$USERLAND/$dir" || return 1
	done
	# newer services make a folder there, for huge pages, of which there are none
	mkdir -p "${SERVICE_CONFIG%/*}" /dev/hugepages
}

# inside COMMAND...: bounded
inside()
{
	timeout $((200 * ${VM_PATIENCE:-1})) chroot $USERLAND "$@"
}

# unit_lines KEY: values of the unit's lines KEY=
unit_lines()
{
	sed -n "s/^$1=//p" "$USERLAND$UNIT"
}

# Group and environment of the unit, each line in the shell's own way.
unit_environment()
{
	unit_lines Environment | sed 's/^"\(.*\)"$/\1/'
	grep -s = -- "$USERLAND$(unit_lines EnvironmentFile | sed 's/^-//')"
}

# unit_command LINE: run as the unit's user and group
unit_command()
{
	local environment

	mapfile -t environment <<<"$(unit_environment)"
	inside env "${environment[@]}" setpriv --regid "$(unit_lines Group)" --clear-groups \
		sh -c "$1"
}

service_pid()
{
	cat "$USERLAND$(unit_lines PIDFile)"
}

service_runs()
{
	[ "$(cat "/proc/$(service_pid)/comm")" = qatmgr ]
}

# service_start: what systemd does for Type=forking. What it says goes to a file, which
# the daemon keeps open.
service_start()
{
	local line dir

	dir=$USERLAND/run/$(unit_lines RuntimeDirectory)
	mkdir -p -m "0$(unit_lines RuntimeDirectoryMode)" "$dir" &&
		chgrp "$(inside getent group "$(unit_lines Group)" | cut -d: -f3)" "$dir" || return 1
	while read -r line; do
		unit_command "$line" </dev/null >>$JOURNAL 2>&1 ||
			{ echo "failed: $line"; tail -n 20 $JOURNAL; return 1; }
	done <<<"$(unit_lines ExecStartPre; unit_lines ExecStart)"
	wait_until 5 service_runs && [ -S "$dir/qatmgr.sock" ] || { cat $JOURNAL; return 1; }
}

service_stop()
{
	local pid line

	while read -r line; do
		[ -z "$line" ] || unit_command "$line" </dev/null >>$JOURNAL 2>&1 || return 1
	done <<<"$(unit_lines ExecStop)"
	pid=$(service_pid) && kill "$pid" && wait_until 5 eval "[ ! -d /proc/$pid ]" &&
		rm -rf "$USERLAND/run/$(unit_lines RuntimeDirectory)"
}

# service_config LINE...: the administrator's file
service_config()
{
	printf '%s\n' "$@" >"$SERVICE_CONFIG"
}

# Of all engines; each VF's requests are among them.
engine_requests()
{
	awk '{ n += $2 } END { print n }' /sys/kernel/debug/qat_4xxx_*/fw_counters
}

# Responses that report an error, of a VF that there is.
vf_errors()
{
	local n sum=0

	for ((n = 0; n < $(numvfs 0); n++)); do
		sum=$((sum + $(qmp get "qat0/vf$n" errors)))
	done
	echo $sum
}

# by_device COMMAND...: it succeeds, and the device had requests by it, none in error
by_device()
{
	local requests errors now

	requests=$(engine_requests) errors=$(vf_errors)
	"$@" || return 1
	now=$(engine_requests)
	[ "$now" -gt "$requests" ] || { echo 'nothing by the device'; return 1; }
	now=$(($(vf_errors) - errors))
	[ $now -eq 0 ] || { echo "$now errors by the device"; return 1; }
}

# sample MASK: the library's own, the short form of those that are chosen
sample()
{
	local said

	said=$(inside cpa_sample_code signOfLife=1 runTests="$1" 2>&1) &&
		grep -q 'Sample code completed successfully' <<<"$said" &&
		! grep -q '\[error\]' <<<"$said" && return
	tail -n 30 <<<"$said"
	return 1
}
