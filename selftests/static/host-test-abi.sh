#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every file and parameter that the sources make has an entry in Documentation/ABI, every
# entry a file; and each entry has all its fields. hostif/test-abi does it in the machine,
# with whole paths.

. "$(dirname "$0")/../lib/ktap.sh"
cd "$TOP" || exit 1

abi=Documentation/ABI/testing

sources()
{
	find drivers -name '*.c' -not -path '*/compat/*' -exec cat {} +
}

# Names as the macros have them; those of a table of names in quotes
made()
{
	sources | sed -nE 's/^static DEVICE_ATTR(_[A-Z]+)?\((\w+).*/\2/p
		s/^CONFIGFS_ATTR(_[A-Z]+)?\(pf_, (\w+)\);/\2/p
		s/^SETTING\(\w+, (\w+),.*/\1/p
		s/.*debugfs_create_file\("(\w+)".*/\1/p
		s/^module_param\((\w+),.*/\1/p'
	sources | grep -oE '"rp_[A-Z]_data"' | tr -d '"'
}

# The last part of each path; <A,B> stands for several
documented()
{
	local name letter

	sed -n 's/^What:[[:space:]]*//p' $abi/* | grep -vE '/$|<link>$|\(the event' |
		sed 's|.*/||' | while read -r name; do
		if [[ $name =~ (.*)\<([A-Z,]+)\>(.*) ]]; then
			for letter in ${BASH_REMATCH[2]//,/ }; do
				echo "${BASH_REMATCH[1]}$letter${BASH_REMATCH[3]}"
			done
		else
			echo "$name"
		fi
	done
}

# only_in A B: words that only the first has
only_in()
{
	local words

	words=$(comm -23 <($1 | sort -u) <($2 | sort -u))
	[ -z "$words" ] || { echo "$words"; return 1; }
}

# A source that these expressions do not see makes files that nobody looks for.
nothing_else_makes_files()
{
	! sources | grep -nE 'ATTR(_[A-Z]+)?\(|debugfs_create_|module_param' |
		grep -vE 'static DEVICE_ATTR_(RW|RO|WO)\(|CONFIGFS_ATTR(_RO)?\((pf_, |kind##_, name\)$)' |
		grep -vE 'debugfs_create_(dir\(|file\(("|name\[i\]))|module_param\(\w+,'
}

once_each()
{
	local twice

	twice=$(sed -n 's/^What:[[:space:]]*//p' $abi/* | sort | uniq -d)
	[ -z "$twice" ] || { echo "$twice"; return 1; }
}

# The fields in their order, and what they hold
complete()
{
	awk -F '\t+' 'function end() {
			if (fields != "" && fields != "Date KernelVersion Contact Description Users ") {
				print FILENAME ": " what ": " fields; bad = 1
			}
		}
		$1 == "What:" { if (fields != "") { end(); fields = "" } what = $2; next }
		$1 ~ /^[A-Z][A-Za-z]*:$/ {
			sub(":", "", $1); fields = fields $1 " "
			if ($2 == "") { print FILENAME ": " what ": " $1 " is empty"; bad = 1 }
		}
		END { end(); exit bad }' $abi/*
}

plan 5
check 'whatever makes files is looked at' nothing_else_makes_files
check 'every file is documented' only_in made documented
check 'everything documented is there' only_in documented made
check 'nothing twice' once_each
check 'every entry is complete' complete
finish
