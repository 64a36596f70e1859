// SPDX-License-Identifier: GPL-2.0
/*
 * The points made for each hash: lengths, shapes, parts, states carried on, keys,
 * bursts.  What the driver counts as done by the device must be exactly what the
 * device could do.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../points.h"
#include "../random.h"
#include "hash.h"

#define REQUESTS	"/sys/kernel/debug/qatvf/requests"
#define KEY_LEN		37

static const struct way whole = { .how = QHT_DIGEST };

static struct shape flat(unsigned int offset, unsigned int len)
{
	struct shape shape = { .n = 1, .seg = { { offset, len } } };

	return shape;
}

static void flat_case(struct hash *hash, unsigned int how, unsigned int len)
{
	struct shape shape = flat(random_below(4096), len);
	struct way way = { .how = how };

	hash_case(hash, &way, &shape, len);
}

static void lengths(struct hash *hash)
{
	unsigned int len, power, around;

	point_begin("%s: messages of any length, whole", hash->driver);
	for (len = 0; len <= 2 * hash->info.block_size + 2; len++) {
		flat_case(hash, QHT_DIGEST, len);
		flat_case(hash, QHT_INIT_FINUP, len);
	}
	for (power = 512; power <= 65536; power *= 2)
		for (around = 0; around < 3; around++)
			flat_case(hash, QHT_DIGEST, power - 1 + around);
}

static void empty(struct hash *hash)
{
	struct shape shape = flat(0, 64);
	struct way way = { .how = QHT_INIT_FINAL };
	unsigned int how;

	point_begin("%s: empty messages", hash->driver);
	for (how = QHT_DIGEST; how <= QHT_INIT_FINAL; how++)
		flat_case(hash, how, 0);
	for (way.flags = 0; way.flags <= QHT_EXPORT; way.flags += QHT_EXPORT)
		hash_case(hash, &way, &shape, 64);
}

static struct shape random_shape(unsigned int n, unsigned int most,
				 unsigned int *len)
{
	struct shape shape = { .n = n };
	unsigned int i;

	for (*len = 0, i = 0; i < n; i++) {
		shape.seg[i].offset = random_below(4096);
		shape.seg[i].len = 1 + random_below(most);
		*len += shape.seg[i].len;
	}
	return shape;
}

static void fragments(struct hash *hash)
{
	static const unsigned int most[] = { 1, 16, 200, 3000 };
	struct way way = whole;
	unsigned int n, i, len;
	struct shape shape;

	point_begin("%s: scatterlists of 1 to 40 entries", hash->driver);
	for (n = 1; n <= 40; n++) {
		for (i = 0; i < 4; i++) {
			shape = random_shape(n, most[i], &len);
			way.how = n % 2 ? QHT_DIGEST : QHT_INIT_FINUP;
			way.flags = n % 3 ? 0 : QHT_CHAINED;
			hash_case(hash, &way, &shape, len);
			/* A list that is longer than the message. */
			hash_case(hash, &way, &shape, 1 + random_below(len));
		}
	}
}

static void flags(struct hash *hash)
{
	struct way way = whole;

	point_begin("%s: every way to submit", hash->driver);
	for (way.flags = 0; way.flags < 8; way.flags++) {
		struct shape shape = flat(0, 777);

		if (way.flags & QHT_BH_OFF && way.flags & QHT_MAY_SLEEP)
			continue;
		for (way.how = QHT_DIGEST; way.how <= QHT_UPDATE_FINUP; way.how++)
			hash_case(hash, &way, &shape, 777);
	}
}

/* In parts: @flags says where the state goes in between. */
static void parts(struct hash *hash, unsigned int flags, const char *what)
{
	static const unsigned int lens[] = { 1, 63, 64, 137, 1000, 4096 };
	unsigned int block = hash->info.block_size, i, j, len;
	const unsigned int sizes[] = {
		1, 7, block - 1, block, block + 1, 3 * block, 1000,
	};
	struct way way = { .flags = flags };
	struct shape shape;

	point_begin("%s: in parts%s", hash->driver, what);
	for (i = 0; i < 6; i++) {
		for (j = 0; j < 7; j++) {
			way.part = sizes[j];
			if (lens[i] / way.part > 200)
				continue;
			shape = flat(random_below(4096), lens[i]);
			way.how = QHT_UPDATE_FINAL;
			hash_case(hash, &way, &shape, lens[i]);
			way.how = QHT_UPDATE_FINUP;
			hash_case(hash, &way, &shape, lens[i]);
			shape = random_shape(1 + random_below(8), 500, &len);
			way.part = 1 + random_below(len);
			hash_case(hash, &way, &shape, len);
		}
	}
}

static void split(struct hash *hash)
{
	parts(hash, 0, "");
}

static void carried(struct hash *hash)
{
	parts(hash, QHT_EXPORT, ", the state exported and imported in between");
}

static void migrated(struct hash *hash)
{
	parts(hash, QHT_MIGRATE, ", by turns by us and by software");
	point_case(hash->info.state_size == hash->info.soft_state_size,
		   "states have %u bytes, in software %u",
		   hash->info.state_size, hash->info.soft_state_size);
}

static void keys(struct hash *hash)
{
	unsigned int block = hash->info.block_size, len;

	point_begin("%s: keys of 0 to %u bytes", hash->driver, QHT_MAX_KEY);
	for (len = 0; len <= 2 * block + 2; len += len < 8 || len % block < 3 ||
	     len % block > block - 3 ? 1 : 5) {
		hash_random_key(hash, len);
		flat_case(hash, QHT_DIGEST, 100);
		flat_case(hash, QHT_UPDATE_FINUP, 100);
	}
	hash_random_key(hash, QHT_MAX_KEY);
	flat_case(hash, QHT_DIGEST, 100);
}

/* The key decides: one bit of it, and the digest is another. */
static void wrong_key(struct hash *hash)
{
	uint8_t data[100], key[KEY_LEN];
	struct shape shape = flat(0, sizeof(data));
	struct qht_run one = { }, other = { };
	unsigned int i;
	int err;

	point_begin("%s: another key makes another digest", hash->driver);
	random_fill(data, sizeof(data));
	for (i = 0; i < KEY_LEN; i++) {
		random_fill(key, sizeof(key));
		err = hash_set_key(hash, key, sizeof(key)) ?:
		      hash_run(hash, &whole, &shape, data, sizeof(data), &one);
		key[i] ^= 1 << random_below(8);
		err = err ?: hash_set_key(hash, key, sizeof(key)) ?:
		      hash_run(hash, &whole, &shape, data, sizeof(data), &other);
		point_case(!err && !one.result && !other.result &&
			   memcmp(one.digest, other.digest, hash->info.digest_size),
			   "byte %u: error %d, %d, %d", i, err, one.result,
			   other.result);
	}
}

static void no_key(struct hash *hash)
{
	struct shape shape = flat(0, 64);
	uint8_t data[64] = { };
	struct qht_run got = { };
	struct way way = whole;
	struct hash fresh;
	int err;

	point_begin("%s: without a key", hash->driver);
	fresh = *hash;
	err = hash_open(&fresh);
	point_case(!err, "cannot be opened twice: error %d", err);
	for (way.how = QHT_DIGEST; way.how <= QHT_UPDATE_FINUP; way.how++) {
		err = hash_run(&fresh, &way, &shape, data, 64, &got) ?: got.result;
		point_case(err == -ENOKEY, "way %u: error %d", way.how, err);
	}
	hash_close(&fresh);
}

static void takes_no_key(struct hash *hash)
{
	uint8_t key[16] = { };
	int err;

	point_begin("%s: takes no key", hash->driver);
	err = hash_set_key(hash, key, sizeof(key));
	point_case(err, "accepted");
	flat_case(hash, QHT_DIGEST, 64);
}

static void bursts(struct hash *hash)
{
	static const unsigned int lens[] = { 64, 1024, 8192 };
	unsigned int i;
	int err;

	point_begin("%s: 512 requests at once", hash->driver);
	for (i = 0; i < 6; i++) {
		struct qht_burst burst = {
			.requests = 512, .len = lens[i / 2], .timeout_ms = 60000,
			.flags = i % 2 ? QHT_MAY_BACKLOG : 0,
		};
		struct qht_tally *tally = &burst.tally;

		err = hash_burst(hash, &burst);
		point_case(!err && !tally->failures && !tally->lost &&
			   !tally->doubled && !tally->wrong &&
			   (burst.flags || !tally->busy),
			   "error %d: %u failed (last error %d), %u lost, %u doubled, %u wrong, %u had to wait",
			   err, tally->failures, tally->failure, tally->lost,
			   tally->doubled, tally->wrong, tally->busy);
	}
}

/* What the driver says it gave to the device, and to software. */
static bool counted(const struct hash *hash, unsigned long long *hard,
		    unsigned long long *soft)
{
	FILE *file = fopen(REQUESTS, "r");
	char name[128];
	bool found = false;

	*hard = 0;
	*soft = 0;
	while (file && !found && fscanf(file, "%127s", name) == 1)
		found = !strcmp(name, hash->driver) &&
			fscanf(file, "%llu %llu", hard, soft) == 2;
	if (file)
		fclose(file);
	return found;
}

static void run_point(struct hash *hash, void (*point)(struct hash *))
{
	unsigned long long before, now, soft;

	counted(hash, &before, &soft);
	hash->hard = 0;
	point(hash);
	point_case(counted(hash, &now, &soft), "not counted by the driver");
	if (point != bursts)
		point_case(now - before == hash->hard,
			   "device took %llu requests instead of %llu",
			   now - before, hash->hard);
	else
		point_case(now > before, "device took none");
	point_remark("%llu requests on the device", now - before);
	point_end();
}

/**
 * hash_points() - all points for one hash
 * @hash: open
 */
void hash_points(struct hash *hash)
{
	if (hash->keyed) {
		run_point(hash, no_key);
		run_point(hash, keys);
		run_point(hash, wrong_key);
		hash_random_key(hash, KEY_LEN);
	} else {
		run_point(hash, takes_no_key);
	}
	run_point(hash, lengths);
	run_point(hash, empty);
	run_point(hash, fragments);
	run_point(hash, flags);
	run_point(hash, split);
	run_point(hash, carried);
	run_point(hash, migrated);
	run_point(hash, bursts);
}
