/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A cipher under test: which, and requests to it through the test module.
 */
#ifndef QATVF_CIPHER_H
#define QATVF_CIPHER_H

#include <stdbool.h>
#include <stdint.h>

#include "module/qatvf_crypto_test.h"
#include "reference.h"

#define MAX_LEN		(256 * 1024)
/* Entries that the device's buffer lists hold; longer ones are software's. */
#define DEVICE_SEGS	29

/**
 * struct cipher - a cipher under test
 * @name: short name, "cbc"
 * @driver: driver name
 * @on_device: the driver is ours, so the device's counters are checked
 * @mode: what it computes
 * @key_lens: lengths of its keys, 0-terminated
 * @key_len: of the present key
 * @key: present key
 * @fd: the test module
 * @expected: requests that the device must have taken so far
 */
struct cipher {
	const char *name;
	const char *driver;
	bool on_device;
	enum mode mode;
	unsigned int key_lens[4];
	unsigned int key_len;
	uint8_t key[MAX_KEY];
	int fd;
	unsigned long long expected;
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
 * struct request - one request
 * @encrypt: direction
 * @in_place: @dst is not used
 * @flags: QCT_* besides these two
 * @len: bytes
 * @src: shape of the source
 * @dst: shape of the destination
 * @iv: in and out
 * @data: @len bytes, replaced by the result
 */
struct request {
	bool encrypt;
	bool in_place;
	unsigned int flags;
	unsigned int len;
	const struct shape *src;
	const struct shape *dst;
	uint8_t iv[BLOCK];
	uint8_t *data;
};

bool cipher_find(struct cipher *cipher, const char *name, const char *driver);
int cipher_open(struct cipher *cipher, unsigned int flags);
void cipher_close(struct cipher *cipher);
int cipher_set_key(struct cipher *cipher, const void *key, unsigned int len,
		   unsigned int flags);
void cipher_random_key(struct cipher *cipher, unsigned int len);
bool cipher_takes(const struct cipher *cipher, unsigned int len);
int cipher_run(struct cipher *cipher, struct request *req,
	       struct qct_crypt *outcome);
void cipher_case(struct cipher *cipher, struct request *req);
int cipher_burst(struct cipher *cipher, struct qct_burst *burst);

#endif
