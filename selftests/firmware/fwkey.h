/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The RSA-3072 test key of synthetic firmware: made once, kept in the build
 * folder, never committed. Also checks the signature of any signed image.
 */
#ifndef QATVF_TEST_FWKEY_H
#define QATVF_TEST_FWKEY_H

#include <stdbool.h>
#include <stdint.h>
#include <gcrypt.h>

#include "fwbytes.h"

#define FWKEY_HASH_LEN 32

int fwkey_init(void);
gcry_sexp_t fwkey_load_or_make(const char *path);
int fwkey_sign(gcry_sexp_t key, struct fwbytes *image);
bool fwkey_verify(const uint8_t *image, size_t len);
void fwkey_hash(const uint8_t *modulus, uint8_t hash[FWKEY_HASH_LEN]);
void fwkey_digest(const uint8_t *image, size_t len, uint8_t hash[FWKEY_HASH_LEN]);

#endif
