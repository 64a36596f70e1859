#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A short, repeatable run of the image parser's fuzzer, seeded with small good
# images and with every damaged one. More: FUZZ_RUNS=100000000 FUZZ_SEED=2.
# A crashing input stays in BUILD/selftests/firmware/fuzz-crash-*.

#
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"

BUILD=${BUILD:-$TOP/build}
out=$BUILD/selftests/firmware
runs=${FUZZ_RUNS:-200000} seed=${FUZZ_SEED:-1}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

plan 1
if ! make -s -C "$TOP/selftests/firmware" BUILD="$BUILD" fuzz >"$tmp/make.log" 2>&1; then
	note "$(cat "$tmp/make.log")"
	ok_if 1 'the fuzzer is built'
	finish
fi
mkdir "$tmp/corpus"
# Two objects with one word of instructions: small, and every structure is there.
"$out/mkfw" build --out "$tmp/small" --key "$BUILD/firmware-synthetic/test-key.sexp" \
	--objects admin,sym --insts 4 --mmp 4 >/dev/null &&
"$out/mkfw" damage --from "$tmp/small" --out "$tmp/damaged" \
	--key "$BUILD/firmware-synthetic/stranger-key.sexp" || exit 1
while read -r name file _; do
	[ -e "$tmp/damaged/$name/$file" ] && cp "$tmp/damaged/$name/$file" "$tmp/corpus/$name"
done <"$tmp/damaged/manifest"
cp "$tmp/small/qat_4xxx.bin" "$tmp/corpus/main"
cp "$tmp/small/qat_4xxx_mmp.bin" "$tmp/corpus/mmp"
find "$tmp/corpus" -size +16k -delete

"$out/fuzz-image-parser" -runs="$runs" -seed="$seed" -timeout=5 -print_final_stats=1 \
	-artifact_prefix="$out/fuzz-" "$tmp/corpus" >"$out/fuzz.log" 2>&1
status=$?
[ $status -eq 0 ] || note "$(tail -n 40 "$out/fuzz.log")"
ok_if $status "image parser takes $runs mutated files without a fault"
finish
