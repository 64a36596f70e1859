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
"$out/test-response" | sed '/^1\.\./d' | tee "$tmp/tap"
[ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
# the numbers go on
"$out/test-lz4s" | awk -v n="$(wc -l <"$tmp/tap")" '
	/^ok / { $2 = ++n; print }
	/^not ok / { $3 = ++n; print }' | tee -a "$tmp/tap"
[ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
count=$(($(grep -cE '^(not )?ok ' "$tmp/tap") + 1))

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
