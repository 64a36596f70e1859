// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to a hash through the test module, and the judgement on each.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../points.h"
#include "../random.h"
#include "hash.h"

#define DEVICE	"/dev/qatvf_hash_test"

/* By the kernel's name and by OpenSSL's; SHA-1 is offered as HMAC only. */
static const char *const names[][2] = {
	{ "sha1", "SHA1" },
	{ "sha224", "SHA224" },
	{ "sha256", "SHA256" },
	{ "sha384", "SHA384" },
	{ "sha512", "SHA512" },
	{ "sha3-224", "SHA3-224" },
	{ "sha3-256", "SHA3-256" },
	{ "sha3-384", "SHA3-384" },
	{ "sha3-512", "SHA3-512" },
	{ "sm3", "SM3" },
};

#define NAMES	(sizeof(names) / sizeof(names[0]))

/**
 * hash_count() - how many there are
 */
unsigned int hash_count(void)
{
	return 2 * NAMES - 1;
}

/**
 * hash_describe() - the hashes by number, then the HMACs
 * @hash: filled; not open
 * @number: below hash_count()
 */
void hash_describe(struct hash *hash, unsigned int number)
{
	unsigned int i = (number + 1) % NAMES;

	memset(hash, 0, sizeof(*hash));
	hash->fd = -1;
	hash->keyed = number >= NAMES - 1;
	hash->reference = names[i][1];
	snprintf(hash->driver, sizeof(hash->driver), "qatvf-%s%s",
		 hash->keyed ? "hmac-" : "", names[i][0]);
}

/**
 * hash_open() - allocate the transform
 * @hash: described
 *
 * Return: 0 or a negative errno of the crypto API; ends the program if the test
 * module is not there.
 */
int hash_open(struct hash *hash)
{
	hash->fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (hash->fd < 0) {
		perror(DEVICE);
		exit(2);
	}
	snprintf(hash->info.driver, sizeof(hash->info.driver), "%s",
		 hash->driver);
	return ioctl(hash->fd, QHT_OPEN, &hash->info) ? -errno : 0;
}

/**
 * hash_close() - free the transform
 * @hash: open
 */
void hash_close(struct hash *hash)
{
	close(hash->fd);
	hash->fd = -1;
}

/**
 * hash_set_key() - set any key
 * @hash: open
 * @key: key
 * @len: its bytes, at most QHT_MAX_KEY
 *
 * Return: 0 or a negative errno.
 */
int hash_set_key(struct hash *hash, const uint8_t *key, unsigned int len)
{
	struct qht_key args = { .key = (uintptr_t)key, .len = len };

	if (ioctl(hash->fd, QHT_SET_KEY, &args))
		return -errno;
	memcpy(hash->key, key, len);
	hash->key_len = len;
	return 0;
}

/**
 * hash_random_key() - set a random key
 * @hash: open
 * @len: its bytes
 */
void hash_random_key(struct hash *hash, unsigned int len)
{
	uint8_t key[QHT_MAX_KEY];
	int err;

	random_fill(key, len);
	err = hash_set_key(hash, key, len);
	point_case(!err, "key of %u bytes refused: error %d", len, err);
}

/*
 * The device takes a message that comes whole, if it has bytes, none of its segments is empty
 * and they are not too many.
 */
static bool for_device(const struct way *way, const struct shape *shape,
		       unsigned int len)
{
	bool whole = way->how == QHT_DIGEST || way->how == QHT_INIT_FINUP ||
		     (way->how == QHT_UPDATE_FINUP &&
		      (!way->part || way->part >= len) &&
		      !(way->flags & (QHT_EXPORT | QHT_MIGRATE)));
	unsigned int i, sum = 0;

	if (!len || !whole)
		return false;
	for (i = 0; sum < len; i++)
		sum += shape->seg[i].len;
	return i <= DEVICE_SEGS;
}

/**
 * hash_run() - hash a message
 * @hash: open
 * @way: how
 * @shape: of its scatterlist
 * @data: message
 * @len: its bytes
 * @outcome: filled
 *
 * Return: 0 if it ended, however, or a negative errno of the test module.
 */
int hash_run(struct hash *hash, const struct way *way, const struct shape *shape,
	     const uint8_t *data, unsigned int len, struct qht_run *outcome)
{
	struct qht_run args = {
		.data = (uintptr_t)data,
		.segs = (uintptr_t)shape->seg,
		.nsegs = shape->n,
		.len = len,
		.how = way->how,
		.part = way->part,
		.flags = way->flags,
	};

	if (ioctl(hash->fd, QHT_RUN, &args))
		return -errno;
	if (!args.result)
		hash->hard += for_device(way, shape, len);
	*outcome = args;
	return 0;
}

/**
 * hash_case() - hash a random message and make it a case of the present point
 * @hash: open, with a key if it wants one
 * @way: how
 * @shape: of its scatterlist
 * @len: bytes of the message
 */
void hash_case(struct hash *hash, const struct way *way,
	       const struct shape *shape, unsigned int len)
{
	static uint8_t data[MAX_LEN];
	uint8_t want[QHT_MAX_DIGEST];
	struct qht_run got = { };
	const char *wrong = NULL;
	int err;

	random_fill(data, len);
	reference_digest(hash, data, way->how == QHT_INIT_FINAL ? 0 : len, want);
	err = hash_run(hash, way, shape, data, len, &got);
	if (err)
		wrong = "did not end";
	else if (got.result)
		wrong = "failed";
	else if (memcmp(got.digest, want, hash->info.digest_size))
		wrong = "wrong digest";
	else if (got.damaged)
		wrong = "bytes around data or digest overwritten";
	else if (got.notifications != got.busy)
		wrong = "notifications do not fit what was returned";
	point_case(!wrong, "%s: error %d: way %u, parts of %u, flags %#x, key %u, %u bytes, %u segments (first at %u)",
		   wrong, err ?: got.result, way->how, way->part, way->flags,
		   hash->key_len, len, shape->n, shape->seg[0].offset);
}

/**
 * hash_burst() - run a burst
 * @hash: open, with a key if it wants one
 * @burst: described; its tally is filled
 *
 * Return: 0 or a negative errno.
 */
int hash_burst(struct hash *hash, struct qht_burst *burst)
{
	return ioctl(hash->fd, QHT_BURST, burst) ? -errno : 0;
}
