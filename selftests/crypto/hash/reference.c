// SPDX-License-Identifier: GPL-2.0
/*
 * Expected results, by OpenSSL.
 */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>

#include "hash.h"

/**
 * reference_digest() - what the result must be
 * @hash: hash, with its key
 * @data: message
 * @len: its bytes
 * @digest: room for QHT_MAX_DIGEST bytes
 */
void reference_digest(const struct hash *hash, const uint8_t *data,
		      unsigned int len, uint8_t *digest)
{
	const EVP_MD *md = EVP_get_digestbyname(hash->reference);
	unsigned int size = 0;
	int good;

	if (hash->keyed)
		good = md && HMAC(md, hash->key, hash->key_len, data, len,
				  digest, &size);
	else
		good = md && EVP_Digest(data, len, digest, &size, md, NULL);
	if (good && size == hash->info.digest_size)
		return;
	fprintf(stderr, "OpenSSL: %s failed\n", hash->reference);
	exit(2);
}
