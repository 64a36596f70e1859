#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# On the host: the driver's mailbox codec (drivers/core/pfvf_codec.c) in user space,
# unit test and a fixed number of fuzzed words and blocks, both with sanitizers.
# More: FUZZ_RUNS=100000000 FUZZ_SEED=2. A crashing input stays in
# BUILD/selftests/pfvf/fuzz-crash-*.
#
# timeout: 300

set -u

here=$(cd "$(dirname "$0")" && pwd)
BUILD=${BUILD:-$(cd "$here/../.." && pwd)/build}
out=$BUILD/selftests/pfvf
runs=${FUZZ_RUNS:-300000} seed=${FUZZ_SEED:-1}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

if ! make -s -C "$here" BUILD="$BUILD" codec >"$tmp/make.log" 2>&1; then
	sed 's/^/# /' "$tmp/make.log"
	echo 'Bail out! the codec does not build in user space'
	exit 1
fi

bad=0
"$out/test-codec" | sed '/^1\.\./d' | tee "$tmp/tap"
[ "${PIPESTATUS[0]}" -eq 0 ] || bad=1
count=$(grep -cE '^(not )?ok ' "$tmp/tap")

# one request of each class, and of each block that there is, as a start
mkdir "$tmp/corpus"
for word in '\047\002\0\0\002\010' '\047\222\002\0\002\010' '\047\043\0\0\001\002\034\007' \
	    '\043\0\0\0\001\001\0' '\037\377\003\0' '\033\005\0\0'; do
	# shellcheck disable=SC2059 # the escapes are the point
	printf "$word" >"$tmp/corpus/$RANDOM$RANDOM"
done
count=$((count + 1))
name="$runs fuzzed words and blocks"
if "$out/fuzz-codec" -runs="$runs" -seed="$seed" -timeout=5 -max_len=64 \
	-artifact_prefix="$out/fuzz-" "$tmp/corpus" >"$out/fuzz.log" 2>&1; then
	echo "ok $count - $name"
else
	tail -n 40 "$out/fuzz.log" | sed 's/^/# /'
	echo "not ok $count - $name"
	bad=1
fi
echo "1..$count"
exit $bad
