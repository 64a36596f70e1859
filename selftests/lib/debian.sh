# SPDX-License-Identifier: GPL-2.0
#
# Getting packages of other Debian suites without touching this machine's own
# package state: an apt with its own sources, lists and cache in the build
# folder.  The mirror is the one which this machine is set up with.
#
# shellcheck shell=bash

APT_DIR=$BUILD/apt

list_mirrors()
{
	# shellcheck disable=SC2016 # this is apt's own variable
	apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" 2>/dev/null |
		sort -u | sed 's,/$,,'
}

# Where this machine gets Debian from; "security" asks for the security archive.
debian_mirror()
{
	local want=$1 uris

	uris=$(list_mirrors)
	if [ -z "$uris" ]; then
		# a new machine has no package lists yet
		[ "$(id -u)" -eq 0 ] || die "no package lists; as root run: apt-get update"
		run_logged "$LOGS/apt-update.log" apt-get -q update
		uris=$(list_mirrors)
	fi
	case $want in
	security) grep -m 1 security <<<"$uris" ;;
	*) grep -v security <<<"$uris" | grep -m 1 '/debian$' ;;
	esac
}

apt_private()
{
	local tool=$1

	shift
	"$tool" -q \
		-o Dir::Etc::sourcelist="$APT_DIR/sources.list" \
		-o Dir::Etc::sourceparts=- \
		-o Dir::Etc::preferences=- \
		-o Dir::State="$APT_DIR/state" \
		-o Dir::State::status="$APT_DIR/state/status" \
		-o Dir::Cache="$APT_DIR/cache" \
		-o APT::Sandbox::User=root \
		-o APT::Update::Post-Invoke-Success::= \
		-o Acquire::Retries=3 -o Acquire::http::Timeout=60 "$@"
}

# Set up the private apt once per run of a script.
apt_private_init()
{
	local main security suite key=/usr/share/keyrings/debian-archive-keyring.gpg

	main=$(debian_mirror main) ||
		die "no Debian archive in this machine's apt sources (is this Debian?)"
	security=$(debian_mirror security) || security=$main-security
	mkdir -p "$APT_DIR/state/lists/partial" "$APT_DIR/cache/archives/partial"
	touch "$APT_DIR/state/status"
	{
		for suite in bookworm bookworm-updates trixie trixie-backports bullseye; do
			echo "deb [signed-by=$key] $main $suite main"
		done
		for suite in bookworm trixie bullseye; do
			echo "deb [signed-by=$key] $security $suite-security main"
		done
	} >"$APT_DIR/sources.list"
	run_logged "$LOGS/apt-private-update.log" apt_private apt-get update
}

# The newest package whose whole name matches the pattern.
apt_newest()
{
	apt_private apt-cache search --names-only "^$1\$" | cut -d' ' -f1 |
		sort -V | tail -n 1
}

# Names in a package's Depends field which match a pattern (first alternatives).
apt_depends()
{
	apt_private apt-cache show --no-all-versions "$1" |
		sed -n 's/^Depends: //p' | tr ',' '\n' |
		sed 's/^ *//; s/ .*//' | grep -E "$2"
}

# apt_unpack DIR PACKAGE...: download and unpack, never install.
apt_unpack()
{
	local dir=$1 pkg deb

	shift
	mkdir -p "$dir" "$APT_DIR/debs"
	for pkg in "$@"; do
		(cd "$APT_DIR/debs" && rm -f "${pkg}"_*.deb &&
			run_logged "$LOGS/apt-download-$pkg.log" apt_private apt-get download "$pkg")
		deb=$(echo "$APT_DIR/debs/$pkg"_*.deb)
		dpkg-deb -x "$deb" "$dir" || die "cannot unpack $deb"
		rm -f "$deb"
	done
}
