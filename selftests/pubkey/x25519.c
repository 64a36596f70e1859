// SPDX-License-Identifier: GPL-2.0
/*
 * X25519 against OpenSSL, with bad input.
 */
#include <errno.h>
#include <string.h>

#include "pubkey.h"

#define DRIVER		"qatvf-curve25519"
#define BYTES		32

static EVP_PKEY *make_pair(uint8_t *secret, uint8_t *public)
{
	EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
	size_t s = BYTES, p = BYTES;

	if (!pkey || EVP_PKEY_get_raw_private_key(pkey, secret, &s) <= 0 ||
	    EVP_PKEY_get_raw_public_key(pkey, public, &p) <= 0)
		die("OpenSSL makes no X25519 key");
	return pkey;
}

/* False if OpenSSL refuses the result, which is 0. */
static bool derive(EVP_PKEY *own, const uint8_t *public, uint8_t *secret)
{
	EVP_PKEY *peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, public, BYTES);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(own, NULL);
	size_t len = BYTES;
	bool good = EVP_PKEY_derive_init(ctx) > 0 &&
		    EVP_PKEY_derive_set_peer(ctx, peer) > 0 &&
		    EVP_PKEY_derive(ctx, secret, &len) > 0;

	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(peer);
	return good;
}

static struct tfm tfm;

static void expect_public(const uint8_t *public)
{
	static struct answer answer;

	tfm_run(&tfm, QPT_GENERATE, NULL, 0, BYTES, &answer);
	point_case(!answer.err && answer.len == BYTES &&
		   !memcmp(answer.data, public, BYTES),
		   "public key: error %d or not OpenSSL's", answer.err);
}

static void expect_shared(EVP_PKEY *own, const uint8_t *peer, const char *what)
{
	static struct answer answer;
	uint8_t secret[BYTES];
	bool good = derive(own, peer, secret);

	tfm_run(&tfm, QPT_SHARED, peer, BYTES, BYTES, &answer);
	if (good)
		point_case(!answer.err && answer.len == BYTES &&
			   !memcmp(answer.data, secret, BYTES),
			   "%s: error %d or not OpenSSL's", what, answer.err);
	else
		point_case(answer.err == -EINVAL, "%s: OpenSSL refuses, error %d", what,
			   answer.err);
}

static void exchanges(void)
{
	unsigned long long before = hard_requests(DRIVER);
	uint8_t a[BYTES], b[BYTES], alice[BYTES], bob[BYTES];
	static struct answer answer;
	EVP_PKEY *pa, *pb;
	int i;

	point_begin("curve25519 on both sides");
	point_case(!strcmp(tfm.driver, DRIVER), "the driver is %s", tfm.driver);
	for (i = 0; i < 8; i++) {
		tfm_shape(1 + i, i % 2 ? QPT_MAY_SLEEP : 0);
		pa = make_pair(a, alice);
		pb = make_pair(b, bob);
		point_case(!tfm_key(&tfm, QPT_SECRET, a, BYTES), "secret refused");
		point_case(tfm.max_size == BYTES, "results of %u bytes", tfm.max_size);
		expect_public(alice);
		expect_shared(pa, bob, "exchange");
		/* the last bit of a point does not count */
		bob[31] |= 0x80;
		expect_shared(pa, bob, "high bit");
		EVP_PKEY_free(pa);
		EVP_PKEY_free(pb);
	}
	tfm_shape(1, QPT_MAY_SLEEP | QPT_MAY_BACKLOG);
	pb = make_pair(b, bob);
	point_case(!tfm_key(&tfm, QPT_SECRET, b, 0), "no key is made");
	tfm_run(&tfm, QPT_GENERATE, NULL, 0, BYTES, &answer);
	memcpy(alice, answer.data, BYTES);
	point_case(derive(pb, alice, a), "made key: OpenSSL does not take it");
	tfm_run(&tfm, QPT_SHARED, bob, BYTES, BYTES, &answer);
	point_case(!answer.err && !memcmp(answer.data, a, BYTES), "made key: differs");
	EVP_PKEY_free(pb);
	point_case(hard_requests(DRIVER) == before + 26, "the device did %llu of 26",
		   hard_requests(DRIVER) - before);
	point_end();
}

/* Of low order, RFC 7748 section 6.1: the secret would be 0. */
static void low_order(EVP_PKEY *own)
{
	static const uint8_t points[][BYTES] = {
		{ 0 }, { 1 },
		{ 0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3,
		  0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32,
		  0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00 },
	};
	uint8_t point[BYTES];
	unsigned int i;

	point_begin("curve25519 points of low order and unreduced ones");
	for (i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		expect_shared(own, points[i], "low order");
	/* 2^255 - 20 to 2^255 - 1, around the prime and beyond */
	for (i = 0; i < 20; i++) {
		memset(point, 0xff, BYTES);
		point[0] = 0xec + i;
		point[31] = 0x7f;
		expect_shared(own, point, "unreduced");
	}
	point_end();
}

static void bad_input(void)
{
	uint8_t a[BYTES + 1], alice[BYTES], zero[BYTES] = { 0 };
	EVP_PKEY *own = make_pair(a, alice);
	static struct answer answer;
	unsigned int i;

	tfm_close(&tfm);
	tfm_open(&tfm, QPT_KPP, DRIVER);
	point_begin("curve25519 secrets of wrong length, none, destination too short");
	tfm_run(&tfm, QPT_GENERATE, NULL, 0, BYTES, &answer);
	point_case(answer.err == -EINVAL, "no secret: error %d", answer.err);
	for (i = 1; i <= BYTES + 1; i++)
		point_case(i == BYTES || tfm_key(&tfm, QPT_SECRET, a, i) == -EINVAL,
			   "%u bytes are taken", i);
	point_case(tfm_key(&tfm, QPT_SECRET, zero, BYTES) == -EINVAL, "0 is taken");
	tfm_key(&tfm, QPT_SECRET, a, BYTES);
	tfm_run(&tfm, QPT_SHARED, alice, BYTES - 1, BYTES, &answer);
	point_case(answer.err == -EINVAL, "short point: error %d", answer.err);
	tfm_run(&tfm, QPT_SHARED, alice, BYTES, BYTES - 1, &answer);
	point_case(answer.err == -EOVERFLOW && answer.len == BYTES, "error %d, length %u",
		   answer.err, answer.len);
	point_end();
	low_order(own);
	EVP_PKEY_free(own);
}

/** test_x25519() - exchanges and bad input */
void test_x25519(void)
{
	tfm_open(&tfm, QPT_KPP, "curve25519");
	exchanges();
	bad_input();
	tfm_close(&tfm);
}
