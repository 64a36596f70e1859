// SPDX-License-Identifier: GPL-2.0-only
/*
 * Test key and signatures of firmware images with libgcrypt: RSASSA-PKCS1-v1_5,
 * RSA-3072, SHA-256 over CSS header and payload, all integers stored little
 * endian (reference 02 section 5).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fwkey.h"
#include "fwlayout.h"

/**
 * fwkey_init() - start libgcrypt; call once, before anything else of this file
 *
 * Return: 0, or -EINVAL when the library is older than the headers.
 */
int fwkey_init(void)
{
	if (!gcry_check_version(GCRYPT_VERSION)) {
		fprintf(stderr, "libgcrypt is older than its headers\n");
		return -EINVAL;
	}
	gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	return 0;
}

static void reverse(uint8_t *dst, const uint8_t *src, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		dst[i] = src[len - 1 - i];
}

/* A number inside an s-expression as RSA_LEN little-endian bytes. */
static int sexp_to_le(gcry_sexp_t sexp, const char *token, uint8_t le[RSA_LEN])
{
	uint8_t be[RSA_LEN] = { 0 };
	gcry_sexp_t part = gcry_sexp_find_token(sexp, token, 0);
	gcry_mpi_t num = part ? gcry_sexp_nth_mpi(part, 1, GCRYMPI_FMT_USG) : NULL;
	size_t len = 0;
	int ret = -EINVAL;

	if (num && !gcry_mpi_print(GCRYMPI_FMT_USG, NULL, 0, &len, num) &&
	    len <= RSA_LEN &&
	    !gcry_mpi_print(GCRYMPI_FMT_USG, be + RSA_LEN - len, len, &len, num)) {
		reverse(le, be, RSA_LEN);
		ret = 0;
	}
	gcry_mpi_release(num);
	gcry_sexp_release(part);
	return ret;
}

static gcry_sexp_t key_generate(void)
{
	gcry_sexp_t parms = NULL, pair = NULL, key = NULL;

	/* Transient: it protects nothing, so quick random numbers will do. */
	if (gcry_sexp_build(&parms, NULL,
			    "(genkey (rsa (nbits 4:3072) (transient-key)))") ||
	    gcry_pk_genkey(&pair, parms)) {
		fprintf(stderr, "libgcrypt cannot make an RSA-3072 key\n");
		goto out;
	}
	key = gcry_sexp_find_token(pair, "private-key", 0);
out:
	gcry_sexp_release(pair);
	gcry_sexp_release(parms);
	return key;
}

/*
 * Two builds may run at once: write aside, then link into place; whoever comes
 * second finds the name taken and uses the key that is there.
 */
static int key_store(gcry_sexp_t key, const char *path)
{
	size_t len = gcry_sexp_sprint(key, GCRYSEXP_FMT_CANON, NULL, 0);
	struct fwbytes text = { 0 };
	char aside[4096];
	int ret = 0;

	if (snprintf(aside, sizeof(aside), "%s.%ld", path, (long)getpid()) >=
	    (int)sizeof(aside))
		return -ENAMETOOLONG;
	fwbytes_resize(&text, len);
	fwbytes_resize(&text, gcry_sexp_sprint(key, GCRYSEXP_FMT_CANON,
					       (char *)text.data, len));
	ret = fwbytes_write(&text, aside);
	if (!ret && link(aside, path) && errno != EEXIST) {
		ret = -errno;
		fprintf(stderr, "%s: cannot create: %s\n", path, strerror(errno));
	}
	unlink(aside);
	fwbytes_free(&text);
	return ret;
}

static gcry_sexp_t key_read(const char *path)
{
	struct fwbytes text = { 0 };
	gcry_sexp_t key = NULL;

	if (!fwbytes_read(&text, path) &&
	    gcry_sexp_sscan(&key, NULL, (char *)text.data, text.len))
		fprintf(stderr, "%s: not a key; remove it to have a new one made\n", path);
	fwbytes_free(&text);
	return key;
}

/**
 * fwkey_load_or_make() - the key kept in a file, made if there is none yet
 * @path: file in the build folder
 *
 * Return: the private key, released with gcry_sexp_release(), or NULL (said on
 * stderr).
 */
gcry_sexp_t fwkey_load_or_make(const char *path)
{
	gcry_sexp_t key;
	int ret;

	if (!access(path, F_OK))
		return key_read(path);
	key = key_generate();
	if (!key)
		return NULL;
	ret = key_store(key, path);
	gcry_sexp_release(key);
	return ret ? NULL : key_read(path);
}

/**
 * fwkey_digest() - what the signature of an image is made over
 * @image: signed image
 * @len: its length, at least the header length of 900 bytes
 * @hash: SHA-256 of CSS header and payload; key and signature are left out
 */
void fwkey_digest(const uint8_t *image, size_t len, uint8_t hash[FWKEY_HASH_LEN])
{
	struct fwbytes part = { 0 };

	fwbytes_append(&part, image + IMG_OFF_CSS, CSS_LEN);
	fwbytes_append(&part, image + IMG_OFF_PAYLOAD, len - IMG_OFF_PAYLOAD);
	gcry_md_hash_buffer(GCRY_MD_SHA256, hash, part.data, part.len);
	fwbytes_free(&part);
}

/**
 * fwkey_hash() - the number by which the device model knows a key
 * @modulus: 384 bytes as they stand in an image
 * @hash: their SHA-256 (reference 02 section 5.1)
 */
void fwkey_hash(const uint8_t *modulus, uint8_t hash[FWKEY_HASH_LEN])
{
	gcry_md_hash_buffer(GCRY_MD_SHA256, hash, modulus, RSA_LEN);
}

static gcry_error_t digest_sexp(gcry_sexp_t *out, const uint8_t *image, size_t len)
{
	uint8_t hash[FWKEY_HASH_LEN];

	fwkey_digest(image, len, hash);
	return gcry_sexp_build(out, NULL, "(data (flags pkcs1) (hash sha256 %b))",
			       FWKEY_HASH_LEN, hash);
}

/**
 * fwkey_sign() - put key and signature into a complete image
 * @key: private key
 * @image: signed image whose header and payload are final
 *
 * Return: 0, or -EINVAL when libgcrypt refuses (said on stderr).
 */
int fwkey_sign(gcry_sexp_t key, struct fwbytes *image)
{
	gcry_sexp_t data = NULL, sig = NULL;
	int ret = -EINVAL;

	fwbytes_put(image, IMG_OFF_EXPONENT, 4, RSA_EXPONENT);
	if (!digest_sexp(&data, image->data, image->len) &&
	    !gcry_pk_sign(&sig, data, key) &&
	    !sexp_to_le(key, "n", image->data + IMG_OFF_MODULUS) &&
	    !sexp_to_le(sig, "s", image->data + IMG_OFF_SIGNATURE))
		ret = 0;
	else
		fprintf(stderr, "libgcrypt cannot sign with the test key\n");
	gcry_sexp_release(sig);
	gcry_sexp_release(data);
	return ret;
}

/**
 * fwkey_verify() - does the signature of an image fit the key inside it
 * @image: signed image
 * @len: its length in bytes
 *
 * Return: true if it does. Whether that key is trusted is another question.
 */
bool fwkey_verify(const uint8_t *image, size_t len)
{
	gcry_sexp_t key = NULL, data = NULL, sig = NULL;
	uint8_t n[RSA_LEN], s[RSA_LEN], e[4];
	bool good;

	if (len <= IMG_OFF_PAYLOAD)
		return false;
	reverse(n, image + IMG_OFF_MODULUS, RSA_LEN);
	reverse(s, image + IMG_OFF_SIGNATURE, RSA_LEN);
	reverse(e, image + IMG_OFF_EXPONENT, sizeof(e));
	good = !gcry_sexp_build(&key, NULL, "(public-key (rsa (n %b) (e %b)))",
				RSA_LEN, n, (int)sizeof(e), e) &&
	       !gcry_sexp_build(&sig, NULL, "(sig-val (rsa (s %b)))", RSA_LEN, s) &&
	       !digest_sexp(&data, image, len) && !gcry_pk_verify(sig, data, key);
	gcry_sexp_release(key);
	gcry_sexp_release(data);
	gcry_sexp_release(sig);
	return good;
}
