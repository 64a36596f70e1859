/* SPDX-License-Identifier: GPL-2.0-only */
/* Requests: what to write into 128 bytes, and whether 32 bytes say that it worked. */
#ifndef QATVF_TEST_VFIO_REQUEST_H
#define QATVF_TEST_VFIO_REQUEST_H

#include "ring.h"

#define BLOCK		16
#define KEY_MAX		32

/**
 * struct cipher - an AES request, in place
 * @ctr: counter mode, else CBC
 * @decrypt: direction; of no meaning with @ctr
 * @key: of @key_bytes, 16, 24 or 32
 * @key_bytes: see @key
 * @iv: or first counter
 * @data: in memory of the device
 * @bytes: of it; whole blocks
 */
struct cipher {
	bool ctr;
	bool decrypt;
	uint8_t key[KEY_MAX];
	unsigned int key_bytes;
	uint8_t iv[BLOCK];
	uint8_t *data;
	uint32_t bytes;
};

/* @descriptor: 64 bytes of the device's memory, aligned to 64, until the response */
void cipher_write(struct device *dev, const struct cipher *cipher, uint8_t *descriptor,
		  uint8_t *request);
bool cipher_good(const uint8_t *response);
bool cipher_run(struct ring_pair *rp, const struct cipher *cipher, uint8_t *descriptor);

/* Bytes of raw deflate in @dst, or -1. */
long deflate_run(struct ring_pair *rp, const uint8_t *src, uint32_t bytes, uint8_t *dst,
		 uint32_t room);

#endif
