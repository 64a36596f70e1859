/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One request and what must come of it.  A file of them is a list of records, each
 * followed by its bytes: key, IV, input, output.
 */
#ifndef SELFTESTS_NESTED_VECTOR_H
#define SELFTESTS_NESTED_VECTOR_H

#include <stdint.h>

/**
 * struct vector - a request as AF_ALG takes it
 * @type: type of the algorithm, "skcipher" or "aead"
 * @driver: name of the driver
 * @key_len: bytes of the key
 * @iv_len: bytes of the IV
 * @aad_len: bytes of associated data, which begin input and output
 * @tag_len: bytes of the tag, which ends the output
 * @in_len: bytes of the input
 * @out_len: bytes of the output
 */
struct vector {
	char type[16];
	char driver[48];
	uint32_t key_len;
	uint32_t iv_len;
	uint32_t aad_len;
	uint32_t tag_len;
	uint32_t in_len;
	uint32_t out_len;
};

#define MAX_KEY		64
#define MAX_IV		16
#define MAX_DATA	(16 * 1024)

#endif
