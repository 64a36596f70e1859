// SPDX-License-Identifier: GPL-2.0
/*
 * ECDH on P-256 and P-384 against OpenSSL; bad input against the kernel's software.
 */
#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <stdio.h>
#include <string.h>

#include "pubkey.h"

#define SECRET_TYPE_ECDH	2
#define MAX_COORD		48

/**
 * struct curve - a curve
 * @kernel: the kernel's name
 * @driver: ours
 * @software: the kernel's driver
 * @openssl: OpenSSL's name
 * @bytes: of a coordinate
 */
struct curve {
	const char *kernel, *driver, *software, *openssl;
	unsigned int bytes;
};

static const struct curve curves[] = {
	{ "ecdh-nist-p256", "qatvf-ecdh-nist-p256", "ecdh-nist-p256-generic", "P-256", 32 },
	{ "ecdh-nist-p384", "qatvf-ecdh-nist-p384", "ecdh-nist-p384-generic", "P-384", 48 },
};

/**
 * struct pair - a key pair
 * @pkey: OpenSSL's
 * @d: private key
 * @xy: public key
 */
struct pair {
	EVP_PKEY *pkey;
	uint8_t d[MAX_COORD];
	uint8_t xy[2 * MAX_COORD];
};

static size_t encode(uint8_t *out, const uint8_t *d, uint16_t len)
{
	uint16_t head[3] = { SECRET_TYPE_ECDH, sizeof(head) + len, len };

	memcpy(out, head, sizeof(head));
	memcpy(out + sizeof(head), d, len);
	return sizeof(head) + len;
}

static int set_secret(struct tfm *tfm, const uint8_t *d, unsigned int len)
{
	uint8_t secret[100];

	return tfm_key(tfm, QPT_SECRET, secret, encode(secret, d, len));
}

static void get_number(EVP_PKEY *pkey, const char *name, uint8_t *out, size_t len)
{
	BIGNUM *number = NULL;

	if (!EVP_PKEY_get_bn_param(pkey, name, &number))
		die("an EC key without %s", name);
	number_bytes(number, out, len);
	BN_free(number);
}

static void make_pair(struct pair *pair, const struct curve *curve)
{
	pair->pkey = EVP_EC_gen(curve->openssl);
	if (!pair->pkey)
		die("OpenSSL has no %s", curve->openssl);
	get_number(pair->pkey, OSSL_PKEY_PARAM_PRIV_KEY, pair->d, curve->bytes);
	get_number(pair->pkey, OSSL_PKEY_PARAM_EC_PUB_X, pair->xy, curve->bytes);
	get_number(pair->pkey, OSSL_PKEY_PARAM_EC_PUB_Y, pair->xy + curve->bytes,
		   curve->bytes);
}

/* A public key for OpenSSL; NULL if it does not take it. */
static EVP_PKEY *public_key(const struct curve *curve, const uint8_t *xy)
{
	uint8_t point[1 + 2 * MAX_COORD] = { 4 };
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
						 (char *)curve->openssl, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point,
						  1 + 2 * curve->bytes),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY *pkey = NULL;

	memcpy(point + 1, xy, 2 * curve->bytes);
	if (EVP_PKEY_fromdata_init(ctx) <= 0 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) <= 0)
		pkey = NULL;
	EVP_PKEY_CTX_free(ctx);
	return pkey;
}

static void derive(EVP_PKEY *own, EVP_PKEY *peer, uint8_t *secret, size_t len)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(own, NULL);

	if (EVP_PKEY_derive_init(ctx) <= 0 || EVP_PKEY_derive_set_peer(ctx, peer) <= 0 ||
	    EVP_PKEY_derive(ctx, secret, &len) <= 0)
		die("OpenSSL: EVP_PKEY_derive");
	EVP_PKEY_CTX_free(ctx);
}

static void check(const char *what, const struct answer *answer, const uint8_t *expected,
		  unsigned int len)
{
	point_case(!answer->err, "%s: error %d", what, answer->err);
	point_case(answer->len == len, "%s: length %u", what, answer->len);
	point_case(!memcmp(answer->data, expected, len), "%s: not OpenSSL's", what);
}

static void exchange(struct tfm *tfm, const struct curve *curve)
{
	unsigned int n = curve->bytes;
	uint8_t expected[MAX_COORD];
	static struct answer answer;
	struct pair alice, bob;
	int err;

	make_pair(&alice, curve);
	make_pair(&bob, curve);
	err = set_secret(tfm, alice.d, n);
	point_case(!err, "the secret is refused: error %d", err);
	point_case(tfm->max_size == 2 * n, "results of %u bytes", tfm->max_size);
	tfm_run(tfm, QPT_GENERATE, NULL, 0, 2 * n, &answer);
	check("public key", &answer, alice.xy, 2 * n);
	derive(bob.pkey, alice.pkey, expected, n);
	tfm_run(tfm, QPT_SHARED, bob.xy, 2 * n, 2 * n, &answer);
	check("shared secret", &answer, expected, n);
	EVP_PKEY_free(alice.pkey);
	EVP_PKEY_free(bob.pkey);
}

/* The kernel makes the key; a software transform of ours must have the same. */
static void made_key(struct tfm *tfm, const struct curve *curve)
{
	unsigned int n = curve->bytes;
	uint8_t expected[MAX_COORD];
	static struct answer answer;
	EVP_PKEY *alice;
	struct pair bob;
	int err;

	make_pair(&bob, curve);
	err = set_secret(tfm, bob.d, 0);
	point_case(!err, "no key is made: error %d", err);
	tfm_run(tfm, QPT_GENERATE, NULL, 0, 2 * n, &answer);
	alice = answer.err ? NULL : public_key(curve, answer.data);
	point_case(alice, "made key: OpenSSL does not take the public one");
	if (alice) {
		derive(bob.pkey, alice, expected, n);
		tfm_run(tfm, QPT_SHARED, bob.xy, 2 * n, n, &answer);
		check("made key: shared secret", &answer, expected, n);
	}
	EVP_PKEY_free(alice);
	EVP_PKEY_free(bob.pkey);
}

static void test_curve(const struct curve *curve)
{
	unsigned long long before;
	struct tfm tfm;
	int i;

	tfm_open(&tfm, QPT_KPP, curve->kernel);
	before = hard_requests(curve->driver);
	point_begin("%s on both sides", curve->kernel);
	point_case(!strcmp(tfm.driver, curve->driver), "the driver is %s", tfm.driver);
	for (i = 0; i < 6; i++)
		exchange(&tfm, curve);
	tfm_shape(7, 0);
	for (i = 0; i < 3; i++)
		exchange(&tfm, curve);
	tfm_shape(1, QPT_MAY_SLEEP | QPT_MAY_BACKLOG);
	for (i = 0; i < 3; i++)
		made_key(&tfm, curve);
	point_case(hard_requests(curve->driver) == before + 24,
		   "the device did %llu of 24 requests",
		   hard_requests(curve->driver) - before);
	point_end();
	tfm_close(&tfm);
}

/** test_ecdh() - both curves */
void test_ecdh(void)
{
	test_curve(&curves[0]);
	test_curve(&curves[1]);
}

/* --- bad input -------------------------------------------------------------------------- */

static struct tfm ours, theirs;

static void same_peer(const struct curve *curve, const uint8_t *xy, size_t len,
		      const char *what)
{
	static struct answer a, b;

	tfm_run(&ours, QPT_SHARED, xy, len, 2 * curve->bytes, &a);
	tfm_run(&theirs, QPT_SHARED, xy, len, 2 * curve->bytes, &b);
	point_case(a.err && a.err == b.err, "%s: error %d, software's is %d", what, a.err,
		   b.err);
}

static void bad_points(const struct curve *curve, const struct pair *bob)
{
	unsigned int n = curve->bytes, i;
	uint8_t xy[2 * MAX_COORD];

	point_begin("%s point off the curve, at infinity, out of range, of wrong length",
		    curve->kernel);
	for (i = 0; i < 2 * n; i++) {
		memcpy(xy, bob->xy, 2 * n);
		xy[i] ^= 1 << i % 8;
		same_peer(curve, xy, 2 * n, "one bit wrong");
	}
	memset(xy, 0, sizeof(xy));
	same_peer(curve, xy, 2 * n, "infinity");
	memset(xy, 0xff, sizeof(xy));
	same_peer(curve, xy, 2 * n, "out of range");
	memcpy(xy, bob->xy, 2 * n);
	for (i = 1; i < 2 * n; i += 7)
		same_peer(curve, xy, i, "short");
	point_end();
}

static void bad_secrets(const struct curve *curve, const struct pair *bob)
{
	uint8_t secret[100], d[MAX_COORD + 8];
	unsigned int n = curve->bytes;
	size_t len, i;
	int a, b;

	point_begin("%s secrets out of range or cut off are refused as in software",
		    curve->kernel);
	memset(d, 0, sizeof(d));
	point_case(set_secret(&ours, d, n) == -EINVAL, "0 is taken");
	memset(d, 0xff, sizeof(d));
	point_case(set_secret(&ours, d, n) == -EINVAL, "more than the order is taken");
	for (i = 1; i <= n + 8; i++) {
		memset(d, 0x11, sizeof(d));
		a = set_secret(&ours, d, i);
		b = set_secret(&theirs, d, i);
		point_case(a == b, "%zu bytes: error %d, software's is %d", i, a, b);
	}
	len = encode(secret, bob->d, n);
	for (i = 0; i < len; i++) {
		a = tfm_key(&ours, QPT_SECRET, secret, i);
		b = tfm_key(&theirs, QPT_SECRET, secret, i);
		point_case(a && a == b, "cut to %zu: error %d, software's is %d", i, a, b);
	}
	point_end();
}

static void short_destination(const struct curve *curve, const struct pair *bob)
{
	unsigned int n = curve->bytes;
	static struct answer a;

	point_begin("%s without a secret; destination too short", curve->kernel);
	tfm_run(&ours, QPT_GENERATE, NULL, 0, 2 * n, &a);
	point_case(a.err == -EINVAL, "no secret: error %d", a.err);
	set_secret(&ours, bob->d, n);
	tfm_run(&ours, QPT_GENERATE, NULL, 0, 2 * n - 1, &a);
	point_case(a.err == -EOVERFLOW && a.len == 2 * n, "public key: error %d, length %u",
		   a.err, a.len);
	tfm_run(&ours, QPT_SHARED, bob->xy, 2 * n, n - 1, &a);
	point_case(a.err == -EOVERFLOW && a.len == n, "secret: error %d, length %u", a.err,
		   a.len);
	point_end();
}

static void bad_curve(const struct curve *curve)
{
	struct pair alice, bob;

	make_pair(&alice, curve);
	make_pair(&bob, curve);
	tfm_open(&ours, QPT_KPP, curve->driver);
	tfm_open(&theirs, QPT_KPP, curve->software);
	if (set_secret(&ours, alice.d, curve->bytes) ||
	    set_secret(&theirs, alice.d, curve->bytes))
		die("%s: a good secret is refused", curve->kernel);
	bad_points(curve, &bob);
	bad_secrets(curve, &bob);
	tfm_close(&ours);
	tfm_open(&ours, QPT_KPP, curve->driver);
	short_destination(curve, &bob);
	tfm_close(&ours);
	tfm_close(&theirs);
	EVP_PKEY_free(alice.pkey);
	EVP_PKEY_free(bob.pkey);
}

/** test_ecdh_bad() - bad points, secrets and destinations */
void test_ecdh_bad(void)
{
	bad_curve(&curves[0]);
	bad_curve(&curves[1]);
}
