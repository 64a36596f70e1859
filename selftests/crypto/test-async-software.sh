#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Software behind our algorithms that is asynchronous itself and has a short queue:
# the kernel's cryptd.  Requests that a device leaves behind go through it, and who
# waits for them hears of their end only; who was not told to wait hears of no start.
#
# kernels: 6.12
# also: 6.1 7.3
# vm: --pfs 1 --append module_blacklist=aesni_intel,ghash_clmulni_intel
# timeout: 300
# modules: crypto/module
# programs: crypto

. "$(dirname "$0")/ciphers.sh"

LOADS=10

# The best software of a name, made for our algorithm's self-test.
software_of()
{
	awk -v name="$1" '
		function paragraph() {
			if (v["name"] == name && v["async"] != "yes" && v["priority"] + 0 > best) {
				best = v["priority"] + 0
				driver = v["driver"]
			}
			delete v
		}
		/^$/ { paragraph(); next }
		{ key = $1; sub(/^[^:]*: /, ""); v[key] = $0 }
		END { paragraph(); print driver }' /proc/crypto
}

# cryptd takes the name of what it wraps, with a higher priority.
make_asynchronous()
{
	modprobe cryptd cryptd_max_cpu_qlen=1 &&
	"$CIPHER_TEST" --driver "cryptd($(software_of 'cbc(aes)'))" hold cbc </dev/null &&
		"$CIPHER_TEST" --driver "cryptd($(software_of 'gcm(aes)'))" aead-load gcm 1 &&
		[ "$(grep -c '^driver *: cryptd(' /proc/crypto)" -eq 2 ]
}

users_of_cryptd()
{
	local driver sum=0

	for driver in $(sed -n 's/^driver *: \(cryptd(.*\)/\1/p' /proc/crypto); do
		sum=$((sum + $(field "$driver" refcnt)))
	done
	echo $sum
}

# The first VF alone has the requests, and stands still.
requests_on_device()
{
	local n

	for ((n = 1; n < VFS; n++)); do
		echo "$(vf $n)" >$VF_DRIVER/unbind || return 1
	done
	faults ring:stall || return 1
	before=$(users_of_cryptd)
	start_load burst cbc 1024
	for ((n = 0; n < LOADS; n++)); do
		"$CIPHER_TEST" aead-load gcm 100 >"$LOAD/gcm-$n.out" 2>&1 &
		jobs_of_load+=($!)
	done
	wait_until 30 all_given
	echo "in flight $(driver_count in_flight), waiting $(driver_count backlogged)"
	all_given
}

# Both ring pairs of the VF are full of the burst, with the rest behind.
all_given()
{
	[ $(($(driver_count in_flight) + $(driver_count backlogged))) -ge $((1000 + LOADS)) ]
}

ours_use_it()
{
	echo "users of cryptd: $before -> $(users_of_cryptd)"
	[ "$(users_of_cryptd)" -ge $((before + 1 + LOADS)) ]
}

soft_count()
{
	awk -v d="$1" '$1 == d { print $3 }' /sys/kernel/debug/qatvf/requests
}

taken_away()
{
	local cbc gcm

	cbc=$(soft_count qatvf-cbc-aes) gcm=$(soft_count qatvf-gcm-aes)
	timeout 60 sh -c "echo $(vf 0) >$VF_DRIVER/unbind" || return 1
	wait_until 60 eval "[ \$(soft_count qatvf-cbc-aes) -ge $((cbc + 1000)) ] &&
		[ \$(soft_count qatvf-gcm-aes) -ge $((gcm + 10 * LOADS)) ]"
	echo "in software: cbc $cbc -> $(soft_count qatvf-cbc-aes), gcm $gcm -> $(soft_count qatvf-gcm-aes)"
	[ "$(soft_count qatvf-cbc-aes)" -ge $((cbc + 1000)) ]
}

plan 7
check "four VFs come up and their algorithms with them" bring_up
check "software that is asynchronous, with a queue of one" make_asynchronous
step "requests wait on a device that stands still" requests_on_device
check "the software behind them is the asynchronous one" ours_use_it
check "the device is taken away: software has all of them" taken_away
step "each ended once and right, and was told of nothing else" stop_load
check "none failed that had a copy of its data" grep ' 0 failed' $LOAD/burst-cbc.out
finish
