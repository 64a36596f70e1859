#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The benchmark works: a small run has figures for every algorithm of either driver, and
# they are such as can be.  What they are is no matter here.
#
# timeout: 900

. "$(dirname "$0")/../lib/ktap.sh"
. "$(dirname "$0")/../lib/harness.sh"
. "$(dirname "$0")/rows.sh"

table=$BUILD/bench-smoke.tsv

# Columns of sides that have the algorithm are numbers.
complete()
{
	awk -F'\t' 'NR == 1 { if ($0 != "alg\tdepth\tbytes\tours_insn\ttheirs_insn\tours_mmio_w\ttheirs_mmio_w\tours_mmio_r\ttheirs_mmio_r\tours_irq\ttheirs_irq") exit 1 }
		NF != 11 { bad = 1 }
		NR > 1 { for (i = 2; i <= 11; i++) if ($i !~ /^([0-9.]+|-)$/) bad = 1 }
		END { exit bad || NR < 2 }' "$table"
}

# has_figures ALG COLUMN
has_figures()
{
	awk -F'\t' -v alg="$1" -v column="$2" '
		$1 == alg && $column ~ /^[0-9]+$/ && $column > 300 && $column < 200000 { found = 1 }
		END { exit !found }' "$table"
}

# A request costs at least a part of a doorbell, and no more than a few accesses.
writes_possible()
{
	awk -F'\t' 'NR > 1 { for (i = 6; i <= 7; i++)
			if ($i != "-" && ($i <= 0 || $i > 20)) bad = 1 }
		END { exit bad }' "$table"
}

algorithms='cbc ctr xts authenc rsa2048 deflate'
# shellcheck disable=SC2086 # words
plan $((5 + $(wc -w <<<$algorithms)))
rm -f "$table"
check "a small run" "$TOP/selftests/bench/bench" --smoke
check "the table is complete" complete
for alg in $algorithms; do
	check "Linux's driver: $alg" has_figures "$alg" 5
done
check "our driver: cbc" has_figures cbc 4
check "our driver: xts" has_figures xts 4
check "register writes are such as can be" writes_possible
finish
