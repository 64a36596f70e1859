// SPDX-License-Identifier: GPL-2.0
/*
 * cipher-test - drive the kernel's ciphers and compare with OpenSSL
 *
 *	cipher-test [OPTION...] shapes CIPHER...	requests of every shape; TAP
 *	cipher-test [OPTION...] bursts CIPHER...	many at once; TAP
 *	cipher-test [OPTION...] load CIPHER SECONDS	bursts in a loop
 *	cipher-test [OPTION...] burst CIPHER BYTES [N]	one of N (1000) that may wait
 *	cipher-test [OPTION...] rekey CIPHER		one whose key changes meanwhile
 *	cipher-test [OPTION...] churn CIPHER SECONDS	transforms that come and go
 *	cipher-test [OPTION...] hold CIPHER		keep a transform, see load.c
 *	cipher-test [OPTION...] file CIPHER afalg|openssl KEY IV IN OUT
 *
 *	cipher-test [OPTION...] aead NAME...		the same for AEADs, "all" of them; TAP
 *	cipher-test [OPTION...] aead-load NAME SECONDS	random requests to an AEAD in a loop
 *
 *	--seed N	another sequence of random cases (it is printed)
 *	--driver NAME	another driver than ours; the device's counters are not asked
 *
 * CIPHER is cbc, ctr, xts, ecb, sm4-ecb, sm4-cbc or sm4-ctr.  All but "file" need the module qatvf_crypto_test.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "commands.h"
#include "points.h"
#include "random.h"

static const char *driver;

static int usage(void)
{
	fprintf(stderr, "usage: cipher-test [--seed N] [--driver NAME] shapes|bursts|load|burst|rekey|churn|hold|file CIPHER... | aead|aead-load NAME...\n");
	return 2;
}

/*
 * A lookup waits for the kernel's own test of the algorithm; only when all are over
 * are the device's counters those of our requests alone.
 */
static void wait_for_selftests(void)
{
	static const char *const names[] = { "cbc", "ctr", "xts" };
	struct cipher cipher;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		cipher_find(&cipher, names[i], NULL);
		cipher_open(&cipher, 0);
		cipher_close(&cipher);
	}
}

static int points(void (*test)(struct cipher *), char **names)
{
	struct cipher cipher;
	int err;

	if (!driver)
		wait_for_selftests();
	for (; *names; names++) {
		if (!cipher_find(&cipher, *names, driver))
			return usage();
		err = cipher_open(&cipher, 0);
		point_begin("%s: %s can be allocated", cipher.name, cipher.driver);
		point_case(!err, "error %d", err);
		point_end();
		if (!err)
			test(&cipher);
		cipher_close(&cipher);
	}
	return points_finish();
}

static void aead_points(struct aead *aead)
{
	int err = aead_open(aead, 0);

	point_begin("%s: %s can be allocated", aead->name, aead->driver);
	point_case(!err, "error %d", err);
	point_end();
	if (!err)
		aead_shapes(aead);
	aead_close(aead);
}

static int aead_command(const char *command, char **words, int n)
{
	struct aead aead;
	unsigned int i;

	if (!strcmp(command, "aead-load"))
		return n == 2 && aead_find(&aead, words[0], driver) ?
		       aead_load(&aead, atoi(words[1])) : usage();
	if (!driver)
		wait_for_selftests();
	if (!strcmp(words[0], "all")) {
		for (i = 0; i < aeads_count; i++) {
			aead_find(&aead, aeads[i].name, NULL);
			aead_points(&aead);
		}
		return points_finish();
	}
	for (; *words; words++) {
		if (!aead_find(&aead, *words, driver))
			return usage();
		aead_points(&aead);
	}
	return points_finish();
}

static int one_cipher(const char *command, char **words, int n)
{
	struct cipher cipher;

	if (!cipher_find(&cipher, words[0], driver))
		return usage();
	if (!strcmp(command, "load") && n == 2)
		return load(&cipher, atoi(words[1]));
	if (!strcmp(command, "burst") && n == 2)
		return burst(&cipher, atoi(words[1]), 1000);
	if (!strcmp(command, "burst") && n == 3)
		return burst(&cipher, atoi(words[1]), atoi(words[2]));
	if (!strcmp(command, "rekey") && n == 1)
		return rekey(&cipher);
	if (!strcmp(command, "churn") && n == 2)
		return churn(&cipher, atoi(words[1]));
	if (!strcmp(command, "hold") && n == 1)
		return hold(&cipher);
	if (!strcmp(command, "file") && n == 6)
		return encrypt_file(&cipher, words + 1);
	return usage();
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "driver", required_argument, NULL, 'd' },
		{ }
	};
	const char *command;
	uint64_t seed = 0;
	int option;

	if (getrandom(&seed, 4, 0) != 4)
		seed = 1;
	while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (option) {
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'd':
			driver = optarg;
			break;
		default:
			return usage();
		}
	}
	if (argc - optind < 2)
		return usage();
	random_seed(seed);
	command = argv[optind++];
	if (!strcmp(command, "shapes") || !strcmp(command, "bursts") ||
	    !strcmp(command, "aead"))
		points_note("seed %llu", (unsigned long long)seed);
	if (!strcmp(command, "shapes") || !strcmp(command, "bursts"))
		return points(!strcmp(command, "shapes") ? shapes : bursts,
			      argv + optind);
	if (!strncmp(command, "aead", 4))
		return aead_command(command, argv + optind, argc - optind);
	return one_cipher(command, argv + optind, argc - optind);
}
