/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hash or HMAC under test: which, and requests to it through the test module.
 */
#ifndef QATVF_HASH_H
#define QATVF_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "../module/qatvf_hash_test.h"

#define MAX_LEN		(128 * 1024)
/* Entries that the device's buffer lists hold; longer ones are software's. */
#define DEVICE_SEGS	29

/**
 * struct hash - a hash or HMAC
 * @driver: driver name
 * @reference: OpenSSL's name of the hash
 * @keyed: it is an HMAC
 * @fd: the test module
 * @info: what the kernel says of it
 * @key: present key
 * @key_len: its bytes
 * @hard: requests that the device must have taken so far
 */
struct hash {
	char driver[64];
	const char *reference;
	bool keyed;
	int fd;
	struct qht_open info;
	uint8_t key[QHT_MAX_KEY];
	unsigned int key_len;
	unsigned long long hard;
};

/**
 * struct shape - segments of a scatterlist
 * @n: number
 * @seg: they
 */
struct shape {
	unsigned int n;
	struct qct_seg seg[QCT_MAX_SEGS];
};

/**
 * struct way - one way to hash a message
 * @how: QHT_DIGEST and so on
 * @part: bytes of a part
 * @flags: QHT_*
 */
struct way {
	unsigned int how;
	unsigned int part;
	unsigned int flags;
};

unsigned int hash_count(void);
void hash_describe(struct hash *hash, unsigned int number);
int hash_open(struct hash *hash);
void hash_close(struct hash *hash);
int hash_set_key(struct hash *hash, const uint8_t *key, unsigned int len);
void hash_random_key(struct hash *hash, unsigned int len);
int hash_run(struct hash *hash, const struct way *way, const struct shape *shape,
	     const uint8_t *data, unsigned int len, struct qht_run *outcome);
void hash_case(struct hash *hash, const struct way *way,
	       const struct shape *shape, unsigned int len);
int hash_burst(struct hash *hash, struct qht_burst *burst);

void hash_points(struct hash *hash);

void reference_digest(const struct hash *hash, const uint8_t *data,
		      unsigned int len, uint8_t *digest);

#endif
