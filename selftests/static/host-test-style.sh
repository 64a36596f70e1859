#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The kernel's own style check, the form of the kernel-doc comments, and two rules of
# ours.  The device model follows QEMU's style and is not looked at.
#
# timeout: 600

. "$(dirname "$0")/../lib/ktap.sh"
. "$(dirname "$0")/../lib/harness.sh"

tree=$BUILD/linux-source/tree

"$TOP/selftests/vm/fetch-linux-source" scripts || exit 1
cd "$TOP" || exit 1

mapfile -t driver_sources < <(find drivers include -name '*.[ch]' | sort)
mapfile -t module_sources < <(find selftests -name Kbuild -printf '%h\n' |
	xargs -rI{} find {} -maxdepth 1 -name '*.[ch]' | sort)
mapfile -t program_sources < <(find selftests tools -name '*.[ch]' \
	-not -path 'selftests/qemu/*' | sort |
	grep -vxF -f <(printf '%s\n' "${module_sources[@]:-none}"))

# Types which never fit: one is for patches, the other is said by first_line_licence.
checkpatch()
{
	perl "$tree/scripts/checkpatch.pl" --no-tree --no-summary --terse --quiet \
		--max-line-length=100 --show-types \
		--ignore "FILE_PATH_CHANGES,SPDX_LICENSE_TAG" "$@"
}

# Kernel code takes the strict checks too, but for those that cannot see our habits:
# locks are explained in kernel-doc, sizes asserted right below what they measure,
# libraries have names of their own making.
kernel_style()
{
	checkpatch --strict --file "$@" --ignore UNCOMMENTED_DEFINITION,LINE_SPACING,CAMELCASE \
		--ignore MACRO_ARG_REUSE,BIT_MACRO,LONG_LINE_STRING
}

# Programs that run in user space have no ARRAY_SIZE(), __packed, READ_ONCE() and the
# like, and their usage texts are not log messages.
program_style()
{
	checkpatch --file "$@" --ignore AVOID_EXTERNS,ARRAY_SIZE,COMPLEX_MACRO \
		--ignore PREFER_DEFINED_ATTRIBUTE_MACRO,VOLATILE,STRCPY \
		--ignore EMBEDDED_FUNCTION_NAME,QUOTED_WHITESPACE_BEFORE_NEWLINE
}

kernel_doc()
{
	local out

	out=$(perl "$tree/scripts/kernel-doc" -none -Wreturn "$@" 2>&1)
	[ -z "$out" ] || { echo "$out"; return 1; }
}

# What a kernel offers is found by probes (drivers/compat), never by its number.
no_version_checks()
{
	! grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION|RHEL_RELEASE' -r drivers include \
		--include='*.[ch]' --exclude-dir=compat
}

first_line_licence()
{
	local file bad=

	for file in "${driver_sources[@]}" "${module_sources[@]}" "${program_sources[@]}"; do
		head -n 1 "$file" | grep -q SPDX-License-Identifier || bad+="$file "
	done
	[ -z "$bad" ] || { echo "no SPDX line: $bad"; return 1; }
}

plan 5
check "checkpatch, strict: kernel code" kernel_style "${driver_sources[@]}" "${module_sources[@]}"
check "checkpatch: programs" program_style "${program_sources[@]}"
check "kernel-doc" kernel_doc "${driver_sources[@]}"
check "no version checks outside drivers/compat" no_version_checks
check "every file names its licence" first_line_licence
finish
