// SPDX-License-Identifier: GPL-2.0
/*
 * hash-test - drive the kernel's hashes on our devices and compare with OpenSSL
 *
 *	hash-test [--seed N] points	requests of every kind; TAP
 *	hash-test load SECONDS		bursts of all of them in a loop
 *	hash-test one DRIVER		one message; prints "ok" or the error
 *	hash-test rekey DRIVER		a burst whose key changes while most of it waits
 *	hash-test list			driver names
 *
 * Needs the module qatvf_crypto_test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "../points.h"
#include "../random.h"
#include "hash.h"

static int usage(void)
{
	fprintf(stderr, "usage: hash-test [--seed N] points|load SECONDS|one DRIVER|rekey DRIVER|list\n");
	return 2;
}

static int points(void)
{
	struct hash hash;
	unsigned int i;
	int err;

	for (i = 0; i < hash_count(); i++) {
		hash_describe(&hash, i);
		err = hash_open(&hash);
		point_begin("%s: can be allocated", hash.driver);
		point_case(!err, "error %d", err);
		point_end();
		if (!err)
			hash_points(&hash);
		hash_close(&hash);
	}
	return points_finish();
}

/* That an algorithm is not there is no failure: its device may have left. */
static int load(time_t seconds)
{
	time_t end = time(NULL) + seconds;
	unsigned int bad = 0, ran = 0, absent = 0, i;
	struct hash hash;

	while (time(NULL) < end) {
		for (i = 0; i < hash_count(); i++) {
			struct qht_burst burst = {
				.requests = 300, .len = 4096, .timeout_ms = 60000,
				.flags = QHT_MAY_BACKLOG,
			};
			struct qht_tally *tally = &burst.tally;
			int err;

			hash_describe(&hash, i);
			err = hash_open(&hash);
			if (err) {
				absent++;
				hash_close(&hash);
				continue;
			}
			if (hash.keyed)
				hash_set_key(&hash, (const uint8_t *)"key", 3);
			err = hash_burst(&hash, &burst);
			ran += burst.requests;
			if (err || tally->failures || tally->lost ||
			    tally->doubled || tally->wrong) {
				printf("%s: error %d: %u failed (last error %d), %u lost, %u doubled, %u wrong\n",
				       hash.driver, err, tally->failures,
				       tally->failure, tally->lost,
				       tally->doubled, tally->wrong);
				bad++;
			}
			hash_close(&hash);
		}
	}
	printf("%u requests, %u times absent, %u bad bursts\n", ran, absent, bad);
	return bad || !ran;
}

static int one_message(struct hash *hash)
{
	struct way way = { .how = QHT_DIGEST };
	struct shape shape = { .n = 1, .seg = { { 0, 1000 } } };
	uint8_t data[1000], want[QHT_MAX_DIGEST];
	struct qht_run got = { };
	int err;

	random_fill(data, sizeof(data));
	reference_digest(hash, data, sizeof(data), want);
	err = hash_run(hash, &way, &shape, data, sizeof(data), &got) ?:
	      got.result;
	if (err)
		printf("error %d\n", err);
	else if (memcmp(want, got.digest, hash->info.digest_size))
		puts("wrong digest");
	else
		puts("ok");
	return 0;
}

/* For rings that stand still until all requests are given. */
static int rekey_burst(struct hash *hash)
{
	struct qht_burst burst = {
		.requests = 1000, .len = 1024, .timeout_ms = 60000,
		.flags = QHT_MAY_BACKLOG | QHT_REKEY,
	};
	struct qht_tally *tally = &burst.tally;
	int err = hash_burst(hash, &burst);

	printf("error %d: %u waited, %u failed (last %d), %u lost, %u doubled, %u wrong\n", err,
	       tally->busy, tally->failures, tally->failure, tally->lost, tally->doubled,
	       tally->wrong);
	return err || !tally->busy || tally->failures || tally->lost || tally->doubled ||
	       tally->wrong;
}

/* The exit code is that of @use. */
static int with_hash(const char *driver, int (*use)(struct hash *hash))
{
	struct hash hash;
	int err, status = 0;
	unsigned int i;

	for (i = 0; i < hash_count(); i++) {
		hash_describe(&hash, i);
		if (strcmp(hash.driver, driver))
			continue;
		err = hash_open(&hash);
		if (!err && hash.keyed)
			err = hash_set_key(&hash, (const uint8_t *)"key", 3);
		if (err)
			printf("error %d\n", err);
		else
			status = use(&hash);
		hash_close(&hash);
		return status;
	}
	return usage();
}

static int list(void)
{
	struct hash hash;
	unsigned int i;

	for (i = 0; i < hash_count(); i++) {
		hash_describe(&hash, i);
		puts(hash.driver);
	}
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t seed = 0;

	if (getrandom(&seed, 4, 0) != 4)
		seed = 1;
	if (argc > 2 && !strcmp(argv[1], "--seed")) {
		seed = strtoull(argv[2], NULL, 0);
		argv += 2;
		argc -= 2;
	}
	random_seed(seed);
	if (argc == 2 && !strcmp(argv[1], "points")) {
		points_note("seed %llu", (unsigned long long)seed);
		return points();
	}
	if (argc == 3 && !strcmp(argv[1], "load"))
		return load(atoi(argv[2]));
	if (argc == 3 && !strcmp(argv[1], "one"))
		return with_hash(argv[2], one_message);
	if (argc == 3 && !strcmp(argv[1], "rekey"))
		return with_hash(argv[2], rekey_burst);
	if (argc == 2 && !strcmp(argv[1], "list"))
		return list();
	return usage();
}
