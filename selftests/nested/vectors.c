// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes vectors for the guest to a file; the results are OpenSSL's.
 *
 * usage: vectors FILE
 */
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vector.h"

struct row {
	const char *cipher;		/* OpenSSL's name */
	const char *driver;
	uint32_t iv_len, aad_len, tag_len, text_len;
};

static const struct row rows[] = {
	{ "aes-128-cbc", "qatvf-cbc-aes", 16, 0, 0, 4096 },
	{ "aes-256-cbc", "qatvf-cbc-aes", 16, 0, 0, 12 * 1024 },
	{ "aes-192-ctr", "qatvf-ctr-aes", 16, 0, 0, 1021 },
	{ "aes-256-xts", "qatvf-xts-aes", 16, 0, 0, 4099 },
	{ "aes-128-gcm", "qatvf-gcm-aes", 12, 20, 16, 1500 },
	{ "aes-256-gcm", "qatvf-gcm-aes", 12, 8, 16, 12 * 1024 },
};

static void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "vectors: %s failed\n", what);
	exit(1);
}

/* The same in each run: any pattern does, if no two bytes of a block are tied. */
static void fill(uint8_t *data, size_t len)
{
	static uint32_t state = 4711;

	while (len--) {
		state = state * 1664525 + 1013904223;
		*data++ = state >> 24;
	}
}

static void encrypt(const struct row *row, const EVP_CIPHER *cipher, const uint8_t *key,
		    const uint8_t *iv, const uint8_t *in, uint8_t *out)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int len = 0, last = 0;

	must(ctx && EVP_EncryptInit_ex(ctx, cipher, NULL, key, iv) &&
	     EVP_CIPHER_CTX_set_padding(ctx, 0), row->cipher);
	if (row->aad_len)
		must(EVP_EncryptUpdate(ctx, NULL, &len, in, row->aad_len), "AAD");
	memcpy(out, in, row->aad_len);
	in += row->aad_len;
	out += row->aad_len;
	must(EVP_EncryptUpdate(ctx, out, &len, in, row->text_len) &&
	     EVP_EncryptFinal_ex(ctx, out + len, &last) &&
	     len + last == (int)row->text_len, "text");
	if (row->tag_len)
		must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, row->tag_len,
					 out + row->text_len), "tag");
	EVP_CIPHER_CTX_free(ctx);
}

static void write_row(const struct row *row, FILE *file)
{
	const EVP_CIPHER *cipher = EVP_get_cipherbyname(row->cipher);
	uint8_t key[MAX_KEY], iv[MAX_IV], in[MAX_DATA], out[MAX_DATA];
	struct vector vector = {
		.iv_len = row->iv_len,
		.aad_len = row->aad_len,
		.tag_len = row->tag_len,
		.in_len = row->aad_len + row->text_len,
		.out_len = row->aad_len + row->text_len + row->tag_len,
	};

	must(cipher, row->cipher);
	vector.key_len = EVP_CIPHER_key_length(cipher);
	must(vector.key_len <= MAX_KEY && vector.out_len <= MAX_DATA, "room");
	strcpy(vector.type, row->tag_len ? "aead" : "skcipher");
	strcpy(vector.driver, row->driver);
	fill(key, vector.key_len);
	fill(iv, vector.iv_len);
	fill(in, vector.in_len);
	encrypt(row, cipher, key, iv, in, out);
	must(fwrite(&vector, sizeof(vector), 1, file) == 1 &&
	     fwrite(key, vector.key_len, 1, file) == 1 &&
	     fwrite(iv, vector.iv_len, 1, file) == 1 &&
	     fwrite(in, vector.in_len, 1, file) == 1 &&
	     fwrite(out, vector.out_len, 1, file) == 1, "writing");
}

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "wb") : NULL;
	unsigned int i;

	must(file, "opening the file");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		write_row(&rows[i], file);
	must(!fclose(file), "closing the file");
	return 0;
}
