#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# On the host: small pure files of the drivers, built in user space.
#
# timeout: 120

set -u

here=$(cd "$(dirname "$0")" && pwd)
BUILD=${BUILD:-$(cd "$here/../.." && pwd)/build}
out=$BUILD/selftests/units
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

if ! make -s -C "$here" BUILD="$BUILD" >"$tmp/make.log" 2>&1; then
	sed 's/^/# /' "$tmp/make.log"
	echo 'Bail out! the files do not build in user space'
	exit 1
fi

bad=0
count=1
for program in test-response test-tokens test-lz4s; do
	# numbered through, with one plan at the end
	"$out/$program" >"$tmp/tap" || bad=1
	while read -r verdict _ name; do
		echo "$verdict $count $name"
		count=$((count + 1))
	done < <(sed -n 's/^not ok/not-ok/; /ok /p' "$tmp/tap") | sed 's/^not-ok/not ok/'
	count=$((count + $(grep -cE '^(not )?ok ' "$tmp/tap")))
done

# The engines' table of constants, as every known driver sends it: the digest is
# reference 03 section 4's, of 1024 bytes.
digest=d5a6066cac419679cbca0d6ea4c65a967aa2d2cfba9ac4ac5602845194c01f68
if [ "$("$out/constants" | sha256sum)" = "$digest  -" ]; then
	echo "ok $count - the table of constants has the known digest"
else
	echo "not ok $count - the table of constants has the known digest"
	bad=1
fi
echo "1..$count"
exit $bad
