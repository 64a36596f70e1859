// SPDX-License-Identifier: GPL-2.0
/*
 * Diffie-Hellman on both sides against OpenSSL's exponentiation; the kernel's
 * templates of fixed groups; bad input.
 */
#include <errno.h>
#include <openssl/core_names.h>
#include <stdio.h>
#include <string.h>

#include "pubkey.h"

#define DRIVER		"qatvf-dh"
#define SOFTWARE	"dh-generic"
#define SECRET_TYPE_DH	1
/* Bits of private keys: enough for a test, and 8192-bit groups take their time. */
#define SECRET_BITS	320

/* The kernel's form of a secret (crypto/dh.h): sizes as ints, then key, p, g. */
static size_t encode(uint8_t *out, const BIGNUM *x, const BIGNUM *p, const BIGNUM *g)
{
	unsigned int sizes[3] = {
		x ? BN_num_bytes(x) : 0, p ? BN_num_bytes(p) : 0,
		g ? BN_num_bytes(g) : 0,
	};
	uint16_t head[2] = { SECRET_TYPE_DH, sizeof(head) + sizeof(sizes) + sizes[0] +
			     sizes[1] + sizes[2] };
	uint8_t *at = out;

	memcpy(at, head, sizeof(head));
	at += sizeof(head);
	memcpy(at, sizes, sizeof(sizes));
	at += sizeof(sizes);
	if (x)
		number_bytes(x, at, sizes[0]);
	at += sizes[0];
	if (p)
		number_bytes(p, at, sizes[1]);
	at += sizes[1];
	if (g)
		number_bytes(g, at, sizes[2]);
	return at + sizes[2] - out;
}

static int set_secret(struct tfm *tfm, const BIGNUM *x, const BIGNUM *p, const BIGNUM *g)
{
	uint8_t secret[QPT_MAX_KEY];

	return tfm_key(tfm, QPT_SECRET, secret, encode(secret, x, p, g));
}

/* What the kernel says a result has: p in quad words. */
static unsigned int result_bytes(const BIGNUM *p)
{
	return (BN_num_bytes(p) + 7) / 8 * 8;
}

static void check_result(const char *what, const struct answer *answer,
			 const BIGNUM *expected, const BIGNUM *p)
{
	point_case(!answer->err, "%s: error %d", what, answer->err);
	point_case(answer->len == result_bytes(p), "%s: length %u", what, answer->len);
	point_case(number_equals(expected, answer->data, result_bytes(p)),
		   "%s: not OpenSSL's result", what);
}

/* Alice is the kernel, Bob is OpenSSL. */
static void exchange(struct tfm *tfm, const BIGNUM *p, const BIGNUM *g)
{
	BIGNUM *a = number_random(SECRET_BITS), *b = number_random(SECRET_BITS);
	BIGNUM *alice = number_power(g, a, p), *bob = number_power(g, b, p);
	BIGNUM *shared = number_power(alice, b, p);
	unsigned long long before = hard_requests(DRIVER);
	static struct answer answer;
	uint8_t src[MAX_BYTES];
	int err;

	err = set_secret(tfm, a, p, g);
	point_case(!err, "the secret is refused: error %d", err);
	point_case(tfm->max_size == result_bytes(p), "results of %u bytes", tfm->max_size);
	tfm_run(tfm, QPT_GENERATE, NULL, 0, result_bytes(p), &answer);
	check_result("public key", &answer, alice, p);
	number_bytes(bob, src, result_bytes(p));
	tfm_run(tfm, QPT_SHARED, src, result_bytes(p), result_bytes(p), &answer);
	check_result("shared secret", &answer, shared, p);
	/* p alone is enough for a shared secret */
	err = set_secret(tfm, a, p, NULL);
	point_case(!err, "a secret without g is refused: error %d", err);
	tfm_run(tfm, QPT_SHARED, src, result_bytes(p), result_bytes(p), &answer);
	check_result("shared secret, no g", &answer, shared, p);
	point_case(hard_requests(DRIVER) == before + 3, "not all by the device");

	BN_free(a);
	BN_free(b);
	BN_free(alice);
	BN_free(bob);
	BN_free(shared);
}

static void test_prime(struct tfm *tfm, const char *name, BIGNUM *p)
{
	BIGNUM *g = BN_new();

	point_begin("dh %s, %d bits", name, BN_num_bits(p));
	BN_set_word(g, 2);
	exchange(tfm, p, g);
	BN_set_word(g, 5);
	exchange(tfm, p, g);
	point_end();
	BN_free(g);
	BN_free(p);
}

/** test_dh() - the MODP groups and primes of other sizes */
void test_dh(void)
{
	struct tfm tfm;

	tfm_open(&tfm, QPT_KPP, "dh");
	point_begin("dh is the device's by default");
	point_case(!strcmp(tfm.driver, DRIVER), "it is %s", tfm.driver);
	point_end();
	test_prime(&tfm, "MODP", BN_get_rfc3526_prime_1536(NULL));
	test_prime(&tfm, "MODP", BN_get_rfc3526_prime_2048(NULL));
	test_prime(&tfm, "MODP", BN_get_rfc3526_prime_3072(NULL));
	test_prime(&tfm, "MODP", BN_get_rfc3526_prime_4096(NULL));
	test_prime(&tfm, "MODP", BN_get_rfc3526_prime_6144(NULL));
	test_prime(&tfm, "MODP", BN_get_rfc3526_prime_8192(NULL));
	/* Any odd modulus does; these use the general exponentiation. */
	test_prime(&tfm, "odd modulus", number_random(1593));
	test_prime(&tfm, "odd modulus", number_random(2047));
	test_prime(&tfm, "odd modulus", number_random(2560));
	test_prime(&tfm, "odd modulus", number_random(3500));
	tfm_shape(4, 0);
	test_prime(&tfm, "four segments, no sleeping,",
		   BN_get_rfc3526_prime_2048(NULL));
	tfm_shape(1, QPT_MAY_SLEEP | QPT_MAY_BACKLOG);
	tfm_close(&tfm);
}

/* --- ffdheNNNN(dh) ------------------------------------------------------------------ */

static BIGNUM *group_prime(const char *name)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "DH", NULL);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
						 (char *)name, 0),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY *pkey = NULL;
	BIGNUM *p = NULL;

	if (EVP_PKEY_paramgen_init(ctx) <= 0 ||
	    EVP_PKEY_CTX_set_params(ctx, params) <= 0 ||
	    EVP_PKEY_generate(ctx, &pkey) <= 0 ||
	    !EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_FFC_P, &p))
		die("OpenSSL has no %s", name);
	EVP_PKEY_free(pkey);
	EVP_PKEY_CTX_free(ctx);
	return p;
}

static void test_group(unsigned int bits)
{
	char group[20], name[30];
	unsigned long long before = hard_requests(DRIVER);
	static struct answer answer;
	BIGNUM *p, *g, *b, *bob, *alice, *shared;
	unsigned int n = bits / 8;
	uint8_t src[MAX_BYTES];
	struct tfm tfm;
	int err;

	snprintf(group, sizeof(group), "ffdhe%u", bits);
	snprintf(name, sizeof(name), "%s(dh)", group);
	point_begin("%s: a secret made by the kernel, on our dh", name);
	tfm_open(&tfm, QPT_KPP, name);
	point_case(strstr(tfm.driver, DRIVER), "its driver is %s", tfm.driver);
	before = hard_requests(DRIVER);
	err = set_secret(&tfm, NULL, NULL, NULL);
	point_case(!err, "an empty secret is refused: error %d", err);

	p = group_prime(group);
	g = BN_new();
	BN_set_word(g, 2);
	b = number_random(SECRET_BITS);
	bob = number_power(g, b, p);
	tfm_run(&tfm, QPT_GENERATE, NULL, 0, n, &answer);
	point_case(!answer.err, "public key: error %d", answer.err);
	alice = BN_bin2bn(answer.data, n, NULL);
	shared = number_power(alice, b, p);
	number_bytes(bob, src, n);
	tfm_run(&tfm, QPT_SHARED, src, n, n, &answer);
	check_result("shared secret", &answer, shared, p);
	point_case(hard_requests(DRIVER) == before + 2, "not by the device");
	point_end();
	BN_free(p);
	BN_free(g);
	BN_free(b);
	BN_free(bob);
	BN_free(alice);
	BN_free(shared);
	tfm_close(&tfm);
}

/** test_ffdhe() - the templates over "dh"; the kernel's own self-tests run, too */
void test_ffdhe(void)
{
	test_group(2048);
	test_group(3072);
	test_group(4096);
	test_group(6144);
	test_group(8192);
}

/* --- bad input ------------------------------------------------------------------------ */

static struct tfm ours, theirs;

static int same_secret(const uint8_t *secret, size_t len, const char *what)
{
	int a = tfm_key(&ours, QPT_SECRET, secret, len);
	int b = tfm_key(&theirs, QPT_SECRET, secret, len);

	point_case(a == b, "%s: error %d, software's is %d", what, a, b);
	return a;
}

static void bad_peers(const BIGNUM *p)
{
	static struct answer answer;
	BIGNUM *y = BN_new();
	uint8_t src[MAX_BYTES];
	int i;

	point_begin("dh peer's value outside of 2 to p - 2 is refused");
	for (i = 0; i < 2; i++) {
		BN_set_word(y, i);
		number_bytes(y, src, BN_num_bytes(p));
		tfm_run(&ours, QPT_SHARED, src, BN_num_bytes(p), BN_num_bytes(p), &answer);
		point_case(answer.err == -EINVAL, "y = %d: error %d", i, answer.err);
	}
	for (i = -2; i < 3; i++) {
		BN_copy(y, p);
		if (i < 0)
			BN_sub_word(y, -i);
		else
			BN_add_word(y, i);
		number_bytes(y, src, BN_num_bytes(p));
		tfm_run(&ours, QPT_SHARED, src, BN_num_bytes(p), BN_num_bytes(p), &answer);
		point_case(answer.err == (i < -1 ? 0 : -EINVAL), "y = p + %d: error %d", i,
			   answer.err);
	}
	memset(src, 1, sizeof(src));
	tfm_run(&ours, QPT_SHARED, src, BN_num_bytes(p) + 8, BN_num_bytes(p), &answer);
	point_case(answer.err == -EINVAL, "longer than p: error %d", answer.err);
	point_end();
	BN_free(y);
}

static void short_destination(const BIGNUM *p)
{
	static struct answer answer;
	unsigned int n = BN_num_bytes(p);

	point_begin("dh destination too short: -EOVERFLOW and the length it takes");
	tfm_run(&ours, QPT_GENERATE, NULL, 0, n - 1, &answer);
	point_case(answer.err == -EOVERFLOW && answer.len == n, "error %d, length %u",
		   answer.err, answer.len);
	point_end();
}

static void bad_secrets(const BIGNUM *p)
{
	static struct answer a, b;
	uint8_t secret[QPT_MAX_KEY];
	BIGNUM *x = number_random(SECRET_BITS), *g = BN_new(), *m = BN_dup(p);
	unsigned int n = BN_num_bytes(p);
	size_t len, i;

	BN_set_word(g, 2);
	/* Software of older kernels reads beyond what it was given. */
	point_begin("dh secret cut off anywhere is refused");
	len = encode(secret, x, p, g);
	for (i = 0; i < len; i += i < 20 ? 1 : 37)
		point_case(tfm_key(&ours, QPT_SECRET, secret, i),
			   "%zu bytes are a secret", i);
	point_end();

	point_begin("dh without a secret");
	tfm_run(&ours, QPT_GENERATE, NULL, 0, n, &a);
	point_case(a.err == -EINVAL, "error %d", a.err);
	point_end();

	point_begin("dh x = 0, even p, p too short: as in software");
	BN_zero(x);
	len = encode(secret, x, p, g);
	same_secret(secret, len, "x = 0");
	tfm_run(&ours, QPT_GENERATE, NULL, 0, n, &a);
	tfm_run(&theirs, QPT_GENERATE, NULL, 0, n, &b);
	point_case(a.err == b.err && !memcmp(a.data, b.data, n), "x = 0: %d, software %d",
		   a.err, b.err);
	BN_set_word(x, 77);
	BN_sub_word(m, 1);
	len = encode(secret, x, m, g);
	same_secret(secret, len, "even p");
	tfm_run(&ours, QPT_GENERATE, NULL, 0, n, &a);
	tfm_run(&theirs, QPT_GENERATE, NULL, 0, n, &b);
	point_case(a.err == b.err && !memcmp(a.data, b.data, n), "even p: %d, software %d",
		   a.err, b.err);
	BN_rshift(m, p, 1024);
	len = encode(secret, x, m, g);
	point_case(same_secret(secret, len, "short p"), "a p of 1024 bits is taken");
	point_end();
	BN_free(x);
	BN_free(g);
	BN_free(m);
}

/** test_dh_bad() - bad values, secrets and destinations */
void test_dh_bad(void)
{
	BIGNUM *p = BN_get_rfc3526_prime_2048(NULL), *x = number_random(SECRET_BITS);
	BIGNUM *g = BN_new();

	BN_set_word(g, 2);
	tfm_open(&ours, QPT_KPP, DRIVER);
	tfm_open(&theirs, QPT_KPP, SOFTWARE);
	if (set_secret(&ours, x, p, g))
		die("dh: a good secret is refused");
	bad_peers(p);
	short_destination(p);
	bad_secrets(p);
	tfm_close(&ours);
	tfm_close(&theirs);
	BN_free(p);
	BN_free(x);
	BN_free(g);
}
