#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Documentation/guide.md, done as it says: each block of commands below a comment
# "run" is run, in order, and shows what its "see:" says, an extended regular expression.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --iommu on --append cryptomgr.notests=1
# timeout: 600

# shellcheck disable=SC2046 # addresses, one word each

. "$(dirname "$0")/../lib/ktap.sh"
. "$TOP/selftests/sriov/functions.sh"

guide=$TOP/Documentation/guide.md
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# Files 1.sh, 2.sh, ... and what each must show, 1.see, ...
awk -v dir="$tmp" '
	/^<!-- run/ { wanted = $0; next }
	/^```/ && inside { inside = 0; close(file ".sh"); next }
	/^```/ && wanted != "" {
		inside = 1
		file = dir "/" ++n
		sub(/^<!-- run(, see: )?/, "", wanted)
		sub(/ *-->$/, "", wanted)
		print wanted >(file ".see")
		close(file ".see")
		wanted = ""
		next
	}
	inside { print >(file ".sh") }' "$guide"

# Devices come and go, drivers follow.
shows()
{
	local out see

	read -r see <"$tmp/$1.see"
	out=$(bash -e -o pipefail "$tmp/$1.sh" 2>&1) || { echo "$out"; return 1; }
	[ -z "$see" ] || grep -qE "$see" <<<"$out" || { echo "no '$see' in: $out"; return 1; }
}

blocks=$(find "$tmp" -name '*.sh' | wc -l)
marks=$(grep -c '^<!-- run' "$guide")

plan $((blocks + 4))
check 'the guide has commands, and each mark its block' test "$blocks" -ge 10 -a "$blocks" = "$marks"
for ((n = 1; n <= blocks; n++)); do
	check "$(head -n 1 "$tmp/$n.sh")" shows $n
done
check 'what it has set up: 16 VFs' have_vfs 0 16
check 'with the services it wanted' grep -qx 'sym;dc' "$PCI/devices/$(pf 0)/qat/cfg_services"
check 'all can be undone' eval 'numvfs 0 0 && unload vfio_pci && unload_all'
finish
