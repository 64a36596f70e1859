#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The unit test of the driver's image parser: see test-image-parser.c.

TOP=${TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
BUILD=${BUILD:-$TOP/build}

make -s -C "$TOP/selftests/firmware" BUILD="$BUILD" unit >&2 || exit 1
exec "$BUILD/selftests/firmware/test-image-parser" "$BUILD/firmware-synthetic"
