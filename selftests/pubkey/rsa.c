// SPDX-License-Identifier: GPL-2.0
/*
 * Raw RSA against OpenSSL, and bad input against the kernel's software.
 */
#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "pubkey.h"

#define DRIVER		"qatvf-rsa"
#define SOFTWARE	"rsa-generic"

/* Order of the numbers in a private key; a public one has the first two. */
enum { N, E, D, P, Q, DP, DQ, QINV, NUMBERS };

/**
 * struct rsa - a key
 * @bytes: of the modulus
 * @num: its numbers
 * @der: the same as the kernel takes it
 * @der_len: bytes of @der
 */
struct rsa {
	unsigned int bytes;
	struct bignum_st *num[NUMBERS];
	uint8_t der[QPT_MAX_KEY];
	size_t der_len;
};

/* --- the kernel's form of keys (RFC 8017 A.1), built back to front -------------- */

static uint8_t *der_head(uint8_t *at, uint8_t tag, size_t len)
{
	if (len < 128) {
		*--at = len;
	} else {
		*--at = len;
		*--at = len >> 8;
		*--at = 0x82;
	}
	*--at = tag;
	return at;
}

static uint8_t *der_number(uint8_t *at, const BIGNUM *number)
{
	size_t len = BN_num_bits(number) / 8 + 1;

	at -= len;
	number_bytes(number, at, len);
	return der_head(at, 0x02, len);
}

static void make_der(struct rsa *key, bool private)
{
	uint8_t buf[QPT_MAX_KEY], *end = buf + sizeof(buf), *at = end;
	BIGNUM *version = BN_new();
	int i;

	for (i = private ? QINV : E; i >= N; i--)
		at = der_number(at, key->num[i]);
	if (private)
		at = der_number(at, version);
	at = der_head(at, 0x30, end - at);
	key->der_len = end - at;
	memcpy(key->der, at, key->der_len);
	BN_free(version);
}

/* --- keys ----------------------------------------------------------------------- */

static void make_key(struct rsa *key, unsigned int bits)
{
	static const char *const names[NUMBERS] = {
		OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E,
		OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1,
		OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1,
		OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
	};
	EVP_PKEY *pkey = EVP_RSA_gen(bits);
	int i;

	memset(key, 0, sizeof(*key));
	if (!pkey)
		die("OpenSSL makes no RSA key of %u bits", bits);
	for (i = 0; i < NUMBERS; i++)
		if (!EVP_PKEY_get_bn_param(pkey, names[i], &key->num[i]))
			die("an RSA key without %s", names[i]);
	key->bytes = bits / 8;
	EVP_PKEY_free(pkey);
}

static void free_key(struct rsa *key)
{
	int i;

	for (i = 0; i < NUMBERS; i++)
		BN_free(key->num[i]);
}

static void drop_factors(struct rsa *key)
{
	int i;

	for (i = P; i < NUMBERS; i++)
		BN_zero(key->num[i]);
}

/* A message: 1 < m < n - 1. */
static BIGNUM *message_for(const struct rsa *key)
{
	return number_random(BN_num_bits(key->num[N]) - 1);
}

/* --- one request ------------------------------------------------------------------ */

static void run(struct tfm *tfm, enum qpt_op op, const struct rsa *key,
		const BIGNUM *in, struct answer *answer)
{
	uint8_t src[MAX_BYTES];

	number_bytes(in, src, key->bytes);
	tfm_run(tfm, op, src, key->bytes, key->bytes, answer);
}

static void expect(struct tfm *tfm, enum qpt_op op, const struct rsa *key,
		   const BIGNUM *in, const BIGNUM *exp)
{
	const char *what = op == QPT_ENCRYPT ? "encryption" : "decryption";
	unsigned long long before = hard_requests(DRIVER);
	BIGNUM *result = number_power(in, exp, key->num[N]);
	static struct answer answer;

	run(tfm, op, key, in, &answer);
	point_case(!answer.err, "%s: error %d", what, answer.err);
	point_case(answer.len == key->bytes, "%s: length %u", what, answer.len);
	point_case(number_equals(result, answer.data, key->bytes),
		   "%s: not OpenSSL's result", what);
	point_case(hard_requests(DRIVER) == before + 1, "%s: not by the device", what);
	BN_free(result);
}

static void both_ways(struct tfm *tfm, struct rsa *key)
{
	BIGNUM *m = message_for(key);

	expect(tfm, QPT_ENCRYPT, key, m, key->num[E]);
	expect(tfm, QPT_DECRYPT, key, m, key->num[D]);
	BN_free(m);
}

static void set_key(struct tfm *tfm, struct rsa *key, bool private)
{
	int err;

	make_der(key, private);
	err = tfm_key(tfm, private ? QPT_PRIVATE : QPT_PUBLIC, key->der,
		      key->der_len);
	point_case(!err, "the key is refused: error %d", err);
	point_case(tfm->max_size == key->bytes, "results of %u bytes", tfm->max_size);
}

static void test_size(struct tfm *tfm, unsigned int bits)
{
	struct rsa key;
	BIGNUM *m;

	make_key(&key, bits);

	point_begin("rsa %u bits, with the factors", bits);
	set_key(tfm, &key, true);
	both_ways(tfm, &key);
	tfm_shape(5, 0);
	both_ways(tfm, &key);
	tfm_shape(1, QPT_MAY_BACKLOG | QPT_BH_OFF);
	both_ways(tfm, &key);
	tfm_shape(1, QPT_MAY_SLEEP | QPT_MAY_BACKLOG);
	point_end();

	point_begin("rsa %u bits, public key only", bits);
	set_key(tfm, &key, false);
	m = message_for(&key);
	expect(tfm, QPT_ENCRYPT, &key, m, key.num[E]);
	/* a leading zero, and a message shorter than the modulus */
	BN_rshift(m, m, 9);
	expect(tfm, QPT_ENCRYPT, &key, m, key.num[E]);
	BN_free(m);
	point_end();

	point_begin("rsa %u bits, without the factors", bits);
	drop_factors(&key);
	set_key(tfm, &key, true);
	both_ways(tfm, &key);
	point_end();
	free_key(&key);
}

/* Sizes the kernel's software takes, which are those the driver takes. */
static const unsigned int sizes[] = { 512, 1024, 1536, 2048, 3072, 4096 };

/** test_rsa() - every size, with and without factors, several shapes */
void test_rsa(void)
{
	struct tfm tfm;
	unsigned int i;

	tfm_open(&tfm, QPT_AKCIPHER, "rsa");
	point_begin("rsa is the device's by default");
	point_case(!strcmp(tfm.driver, DRIVER), "it is %s", tfm.driver);
	point_end();
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		test_size(&tfm, sizes[i]);
	tfm_close(&tfm);
}

/* --- bad input: the same outcome as software -------------------------------------- */

static struct tfm ours, theirs;

static void same_run(enum qpt_op op, const struct rsa *key, const BIGNUM *in,
		     const char *what)
{
	static struct answer a, b;

	run(&ours, op, key, in, &a);
	run(&theirs, op, key, in, &b);
	point_case(a.err == b.err, "%s: error %d, software's is %d", what, a.err, b.err);
	if (!a.err && !b.err)
		point_case(!memcmp(a.data, b.data, key->bytes),
			   "%s: not software's result", what);
}

static int same_key(const struct rsa *key, bool private, size_t len, const char *what)
{
	enum qpt_key_kind kind = private ? QPT_PRIVATE : QPT_PUBLIC;
	int a = tfm_key(&ours, kind, key->der, len);
	int b = tfm_key(&theirs, kind, key->der, len);

	point_case(a == b, "%s: error %d, software's is %d", what, a, b);
	return a;
}

static void bad_messages(struct rsa *key)
{
	BIGNUM *m = BN_new();
	int i;

	point_begin("rsa messages at and beyond the limits end as in software");
	make_der(key, true);
	same_key(key, true, key->der_len, "good key");
	for (i = 0; i < 4; i++) {
		BN_set_word(m, i);
		same_run(QPT_ENCRYPT, key, m, "encrypt small");
		same_run(QPT_DECRYPT, key, m, "decrypt small");
	}
	for (i = -3; i < 3; i++) {
		BN_copy(m, key->num[N]);
		if (i < 0)
			BN_sub_word(m, -i);
		else
			BN_add_word(m, i);
		same_run(QPT_ENCRYPT, key, m, "encrypt around n");
		same_run(QPT_DECRYPT, key, m, "decrypt around n");
	}
	BN_free(m);
	point_end();
}

static void long_message(struct rsa *key)
{
	static struct answer a;
	uint8_t src[MAX_BYTES];

	point_begin("rsa message longer than the modulus");
	memset(src, 0xff, sizeof(src));
	tfm_run(&ours, QPT_ENCRYPT, src, key->bytes + 8, key->bytes, &a);
	point_case(a.err == -EINVAL, "error %d", a.err);
	point_end();
}

static void short_destination(struct rsa *key)
{
	static struct answer a;
	uint8_t src[MAX_BYTES] = { 0 };
	unsigned int lens[] = { 1, key->bytes / 2, key->bytes - 1 }, i;

	point_begin("rsa destination too short: -EOVERFLOW and the length it takes");
	src[key->bytes - 1] = 2;
	for (i = 0; i < 3; i++) {
		tfm_run(&ours, QPT_ENCRYPT, src, key->bytes, lens[i], &a);
		point_case(a.err == -EOVERFLOW && a.len == key->bytes,
			   "room for %u: error %d, length %u", lens[i], a.err, a.len);
	}
	point_end();
}

static void bad_keys(struct rsa *key)
{
	static const unsigned int odd_sizes[] = { 520, 1000, 2112, 8192 };
	BIGNUM *n = BN_dup(key->num[N]), *m = message_for(key);
	struct rsa strange = *key;
	unsigned int i;
	size_t len;

	point_begin("rsa key cut off anywhere is refused as in software");
	make_der(key, true);
	for (len = 0; len < key->der_len; len++)
		point_case(same_key(key, true, len, "cut"), "%zu bytes are a key", len);
	make_der(key, false);
	for (len = 0; len < key->der_len; len++)
		point_case(same_key(key, false, len, "cut"), "%zu bytes are a key", len);
	point_end();

	point_begin("rsa without a key, or only the public one");
	tfm_close(&ours);
	tfm_open(&ours, QPT_AKCIPHER, DRIVER);
	{
		static struct answer a;

		run(&ours, QPT_ENCRYPT, key, m, &a);
		point_case(a.err == -EINVAL, "encrypt without a key: %d", a.err);
		same_key(key, false, key->der_len, "public key");
		same_run(QPT_DECRYPT, key, m, "decrypt with a public key");
	}
	point_end();

	point_begin("rsa even modulus, exponents 0 to 2 end as in software");
	BN_add_word(strange.num[N], 1);
	make_der(&strange, false);
	same_key(&strange, false, strange.der_len, "even");
	same_run(QPT_ENCRYPT, &strange, m, "even");
	BN_copy(strange.num[N], n);
	strange.num[E] = BN_new();
	for (i = 0; i < 3; i++) {
		BN_set_word(strange.num[E], i);
		make_der(&strange, false);
		if (!same_key(&strange, false, strange.der_len, "exponent"))
			same_run(QPT_ENCRYPT, &strange, m, "exponent");
	}
	BN_free(strange.num[E]);
	point_end();

	point_begin("rsa sizes the kernel does not know are refused as in software");
	for (i = 0; i < sizeof(odd_sizes) / sizeof(odd_sizes[0]); i++) {
		strange = *key;
		strange.num[N] = number_random(odd_sizes[i]);
		make_der(&strange, false);
		same_key(&strange, false, strange.der_len, "size");
		BN_free(strange.num[N]);
	}
	point_end();
	BN_free(n);
	BN_free(m);
}

/* Wrong but well-formed factors: the device may refuse them or compute; as software. */
static void odd_factors(struct rsa *key)
{
	BIGNUM *m = message_for(key);
	struct rsa strange = *key;

	point_begin("rsa modulus without its top bits ends as in software");
	strange.num[N] = number_random(key->bytes * 8 - 20);
	BN_rshift(m, m, 40);
	make_der(&strange, false);
	same_key(&strange, false, strange.der_len, "short modulus");
	same_run(QPT_ENCRYPT, &strange, m, "short modulus");
	BN_free(strange.num[N]);
	point_end();
	BN_free(m);
}

/** test_rsa_bad() - bad messages, keys and destinations */
void test_rsa_bad(void)
{
	struct rsa key;

	tfm_open(&ours, QPT_AKCIPHER, DRIVER);
	tfm_open(&theirs, QPT_AKCIPHER, SOFTWARE);
	make_key(&key, 1024);
	bad_messages(&key);
	long_message(&key);
	short_destination(&key);
	odd_factors(&key);
	bad_keys(&key);
	free_key(&key);
	tfm_close(&ours);
	tfm_close(&theirs);
}

/**
 * rsa_sample() - a keyed transform and a pair of texts
 * @tfm: opened
 * @bits: of the key
 * @cipher: filled, as long as the modulus
 * @message: filled, what it decrypts to
 */
void rsa_sample(struct tfm *tfm, unsigned int bits, uint8_t *cipher, uint8_t *message)
{
	struct rsa key;
	BIGNUM *m, *c;

	tfm_open(tfm, QPT_AKCIPHER, DRIVER);
	make_key(&key, bits);
	make_der(&key, true);
	if (tfm_key(tfm, QPT_PRIVATE, key.der, key.der_len))
		die("the key is refused");
	m = message_for(&key);
	c = number_power(m, key.num[E], key.num[N]);
	number_bytes(m, message, key.bytes);
	number_bytes(c, cipher, key.bytes);
	BN_free(m);
	BN_free(c);
	free_key(&key);
}
