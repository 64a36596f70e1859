// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to an AEAD through the test module, and the judgement on each.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "aead.h"
#include "points.h"
#include "random.h"

#define DEVICE	"/dev/qatvf_crypto_test"

/* What the device takes; the rest is software's. */
#define DEVICE_AAD	240
#define DEVICE_CCM_AAD	(DEVICE_AAD - 18)

#define AUTHENC(hash_, kind, family_, salt_, iv_len_, digest)			\
	{ .name = hash_ "-" kind, .family = family_, .hash = hash_,		\
	  .driver = "qatvf-authenc-hmac-" hash_ "-" kind "-aes",		\
	  .key_lens = { 16, 24, 32 }, .salt = salt_, .iv_len = iv_len_,		\
	  .max_tag = digest }

#define AUTHENCS(hash, digest)							\
	AUTHENC(hash, "cbc", AEAD_CBC_HMAC, 0, 16, digest),			\
	AUTHENC(hash, "ctr", AEAD_CTR_HMAC, 0, 16, digest),			\
	AUTHENC(hash, "rfc3686-ctr", AEAD_CTR_HMAC, 4, 8, digest)

const struct aead aeads[] = {
	{ .name = "gcm", .driver = "qatvf-gcm-aes", .family = AEAD_GCM,
	  .key_lens = { 16, 24, 32 }, .iv_len = 12, .max_tag = 16 },
	{ .name = "rfc4106", .driver = "qatvf-rfc4106-gcm-aes", .family = AEAD_GCM,
	  .key_lens = { 16, 24, 32 }, .salt = 4, .iv_len = 8, .max_tag = 16 },
	{ .name = "ccm", .driver = "qatvf-ccm-aes", .family = AEAD_CCM,
	  .key_lens = { 16, 24, 32 }, .iv_len = 16, .max_tag = 16 },
	{ .name = "rfc4309", .driver = "qatvf-rfc4309-ccm-aes", .family = AEAD_CCM,
	  .key_lens = { 16, 24, 32 }, .salt = 3, .iv_len = 8, .max_tag = 16 },
	{ .name = "rfc7539", .driver = "qatvf-rfc7539-chacha20-poly1305",
	  .family = AEAD_CHACHA, .key_lens = { 32 }, .iv_len = 12,
	  .max_tag = 16 },
	{ .name = "rfc7539esp", .driver = "qatvf-rfc7539esp-chacha20-poly1305",
	  .family = AEAD_CHACHA, .key_lens = { 32 }, .salt = 4, .iv_len = 8,
	  .max_tag = 16 },
	AUTHENCS("sha1", 20),
	AUTHENCS("sha256", 32),
	AUTHENCS("sha384", 48),
	AUTHENCS("sha512", 64),
};

const unsigned int aeads_count = sizeof(aeads) / sizeof(aeads[0]);

/**
 * aead_find() - describe an AEAD by its name
 * @aead: filled; not open
 * @name: short name
 * @driver: another driver than ours, or NULL
 *
 * Return: false if there is no such.
 */
bool aead_find(struct aead *aead, const char *name, const char *driver)
{
	unsigned int i;

	for (i = 0; i < aeads_count; i++) {
		if (strcmp(aeads[i].name, name))
			continue;
		*aead = aeads[i];
		aead->on_device = !driver;
		if (driver)
			aead->driver = driver;
		aead->fd = -1;
		aead->tag_len = aead->max_tag;
		return true;
	}
	return false;
}

/** aead_has_hmac() - is it an authenc()? */
bool aead_has_hmac(const struct aead *aead)
{
	return aead->family == AEAD_CBC_HMAC || aead->family == AEAD_CTR_HMAC;
}

/* The IV is the end of the AAD, which has the length that IPsec has. */
static bool is_esp(const struct aead *aead)
{
	return aead->salt && !aead_has_hmac(aead);
}

/**
 * aead_open() - allocate the transform
 * @aead: described
 * @flags: QCT_NOT_*
 *
 * Return: 0 or a negative errno of the crypto API; ends the program if the test
 * module is not there.
 */
int aead_open(struct aead *aead, unsigned int flags)
{
	struct qct_open args = { .flags = flags };

	aead->fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (aead->fd < 0) {
		perror(DEVICE);
		exit(2);
	}
	snprintf(args.driver, sizeof(args.driver), "%s", aead->driver);
	return ioctl(aead->fd, QCT_AEAD_OPEN, &args) ? -errno : 0;
}

/** aead_close() - free the transform */
void aead_close(struct aead *aead)
{
	close(aead->fd);
	aead->fd = -1;
}

/**
 * aead_set_raw_key() - set any key
 * @aead: open
 * @key: as the crypto API wants it
 * @len: bytes of @key
 *
 * Return: 0 or a negative errno.
 */
int aead_set_raw_key(struct aead *aead, const void *key, unsigned int len)
{
	struct qct_key args = { .key = (uintptr_t)key, .len = len };

	return ioctl(aead->fd, QCT_AEAD_KEY, &args) ? -errno : 0;
}

/* authenc() wants both keys in one, with a head that says how long they are. */
static unsigned int join_keys(const struct aead *aead, uint8_t *raw)
{
	struct rtattr head = {
		.rta_len = RTA_LENGTH(sizeof(uint32_t)), .rta_type = 1,
	};
	uint32_t len = htonl(aead->key_len + aead->salt);
	uint8_t *end = raw;

	memcpy(end, &head, sizeof(head));
	end += sizeof(head);
	memcpy(end, &len, sizeof(len));
	end += sizeof(len);
	memcpy(end, aead->auth_key, aead->auth_key_len);
	end += aead->auth_key_len;
	memcpy(end, aead->key, aead->key_len + aead->salt);
	return end + aead->key_len + aead->salt - raw;
}

/**
 * aead_random_key() - set a random key
 * @aead: open
 * @key_len: bytes of the cipher's key
 * @auth_key_len: bytes of the HMAC's key, if it has one
 *
 * Return: 0 or a negative errno.
 */
int aead_random_key(struct aead *aead, unsigned int key_len,
		    unsigned int auth_key_len)
{
	uint8_t raw[QCT_MAX_KEY];

	aead->key_len = key_len;
	aead->auth_key_len = auth_key_len;
	random_fill(aead->key, key_len + aead->salt);
	random_fill(aead->auth_key, auth_key_len);
	if (aead_has_hmac(aead))
		return aead_set_raw_key(aead, raw, join_keys(aead, raw));
	return aead_set_raw_key(aead, aead->key, key_len + aead->salt);
}

/**
 * aead_tag_exists() - is this a length of the tag?
 * @aead: described
 * @len: bytes
 */
bool aead_tag_exists(const struct aead *aead, unsigned int len)
{
	if (len > aead->max_tag)
		return false;
	if (aead_has_hmac(aead))
		return len > 0;
	if (aead->family == AEAD_CHACHA)
		return len == 16;
	if (is_esp(aead))
		return len == 8 || len == 12 || len == 16;
	if (aead->family == AEAD_GCM)
		return len == 4 || len == 8 || len >= 12;
	return len >= 4 && len % 2 == 0;
}

/**
 * aead_set_tag() - set the length of the tag
 * @aead: open
 * @len: bytes
 *
 * Return: 0 or a negative errno.
 */
int aead_set_tag(struct aead *aead, unsigned int len)
{
	if (ioctl(aead->fd, QCT_AEAD_TAG, (unsigned long)len))
		return -errno;
	aead->tag_len = len;
	return 0;
}

/** aead_good_aad() - the nearest length of AAD that it can have */
unsigned int aead_good_aad(const struct aead *aead, unsigned int len)
{
	if (!is_esp(aead))
		return len;
	return len % 2 ? 16 : 20;
}

/** aead_good_text() - the nearest length of text that it can have */
unsigned int aead_good_text(const struct aead *aead, unsigned int len)
{
	return aead->family == AEAD_CBC_HMAC ? len & ~15U : len;
}

static bool device_has_tag(const struct aead *aead)
{
	if (aead_has_hmac(aead))
		return aead->tag_len >= 8 && aead->tag_len % 4 == 0;
	if (aead->family == AEAD_GCM)
		return aead->tag_len == 8 || aead->tag_len == 12 ||
		       aead->tag_len == 16;
	return true;
}

/* The error that a request must give, if it is not what is wrong with its tag. */
static int expected_error(const struct aead *aead,
			  const struct aead_request *req, const uint8_t *iv)
{
	if (aead->family == AEAD_CBC_HMAC && req->len % 16)
		return req->encrypt ? -EINVAL : -EBADMSG;
	if (is_esp(aead) && aead->family != AEAD_CHACHA &&
	    req->aad_len != 16 && req->aad_len != 20)
		return -EINVAL;
	if (is_esp(aead) && req->aad_len < ESP_IV)
		return -EINVAL;
	if (aead->family == AEAD_CCM && !aead->salt) {
		if (iv[0] < 1 || iv[0] > 7)
			return -EINVAL;
		/* the kernel lets the one pass that is just too long */
		if (iv[0] < 3 && req->len > 1U << (8 * (iv[0] + 1)))
			return -EOVERFLOW;
	}
	return 0;
}

/*
 * Can the device have this part of a list?  Few entries, none of them empty; the first
 * is the one where @skip bytes are over, even if that is empty.
 */
static bool list_for_device(const struct shape *shape, unsigned int skip,
			    unsigned int len)
{
	unsigned int i = 0, n, part;

	while (skip && i < shape->n && shape->seg[i].len <= skip)
		skip -= shape->seg[i++].len;
	for (n = 1; i < shape->n && n <= DEVICE_SEGS; n++, i++) {
		part = shape->seg[i].len - skip;
		skip = 0;
		if (!part)
			return false;
		if (part >= len)
			return true;
		len -= part;
	}
	return false;
}

static void damage(const struct aead *aead, const struct aead_request *req,
		   uint8_t *in, uint8_t *iv)
{
	unsigned int bit = 1U << random_below(8);
	unsigned int aad = req->aad_len - (is_esp(aead) ? ESP_IV : 0);

	switch (req->damage) {
	case AEAD_BAD_TAG:
		in[req->aad_len + req->len + random_below(aead->tag_len)] ^= bit;
		break;
	case AEAD_BAD_TEXT:
		in[req->aad_len + random_below(req->len)] ^= bit;
		break;
	case AEAD_BAD_AAD:
		in[random_below(aad)] ^= bit;
		break;
	case AEAD_BAD_IV:
		iv[1 + random_below(7)] ^= bit;
		break;
	default:
		break;
	}
}

static void choose_iv(const struct aead *aead, const struct aead_request *req,
		      uint8_t *iv)
{
	random_fill(iv, QCT_IV_SIZE);
	if (aead->family == AEAD_CCM && !aead->salt)
		iv[0] = req->ccm_counter ?: 2 + random_below(6);
}

/**
 * struct trial - a request as it is run
 * @plain: AAD and plaintext
 * @sealed: AAD, ciphertext and tag
 * @out: what came of it
 * @in_len: bytes of what it works on
 * @out_len: bytes of the result
 * @expected: error it must give
 * @src: shape of the source
 * @dst: shape of the destination
 * @args: for the test module
 */
struct trial {
	uint8_t plain[AEAD_MAX_DATA];
	uint8_t sealed[AEAD_MAX_DATA];
	uint8_t out[AEAD_MAX_DATA];
	unsigned int in_len;
	unsigned int out_len;
	int expected;
	struct shape src;
	struct shape dst;
	struct qct_aead_crypt args;
};

static void choose_data(struct trial *trial, const struct aead *aead,
			const struct aead_request *req)
{
	unsigned int len = req->aad_len + req->len;
	uint8_t *iv = trial->args.iv;

	random_fill(trial->plain, len);
	choose_iv(aead, req, iv);
	trial->expected = expected_error(aead, req, iv);
	if (trial->expected)
		random_fill(trial->sealed, len + aead->tag_len);
	else
		aead_reference(aead, iv, trial->plain, req->aad_len,
			       trial->plain + req->aad_len, req->len,
			       trial->sealed + req->aad_len);
	memcpy(trial->sealed, trial->plain, req->aad_len);
	trial->in_len = len + (req->encrypt ? 0 : aead->tag_len);
	trial->out_len = len + (req->encrypt ? aead->tag_len : 0);
	if (req->damage) {
		damage(aead, req, trial->sealed, iv);
		trial->expected = trial->expected ?: -EBADMSG;
	}
}

static void choose_lists(struct trial *trial, const struct aead_request *req)
{
	unsigned int most = trial->in_len > trial->out_len ? trial->in_len :
							     trial->out_len;
	const struct shape one = { .n = 1, .seg = { { 0, most } } };

	trial->src = req->src ? *req->src : one;
	trial->dst = trial->src;
	if (req->place == AEAD_APART)
		trial->dst = req->dst ? *req->dst : one;
}

static bool for_device(const struct aead *aead, const struct aead_request *req,
		       const struct trial *trial)
{
	unsigned int aad = req->aad_len - (is_esp(aead) ? ESP_IV : 0);
	unsigned int skip = aead_has_hmac(aead) ? 0 : req->aad_len;
	unsigned int in_len = trial->in_len, out_len = trial->out_len;

	if (!aead->on_device || !device_has_tag(aead))
		return false;
	if (is_esp(aead) && req->aad_len != 16 && req->aad_len != 20)
		return false;
	if (aead_has_hmac(aead) ? !req->aad_len && !req->len :
				  !req->len || aad > DEVICE_AAD)
		return false;
	if (aead->family == AEAD_CCM && (!aad || aad > DEVICE_CCM_AAD))
		return false;
	if (req->place == AEAD_IN_PLACE)
		in_len = out_len = in_len > out_len ? in_len : out_len;
	return list_for_device(&trial->src, skip, in_len - skip) &&
	       list_for_device(&trial->dst, skip, out_len - skip);
}

static int run(struct trial *trial, const struct aead *aead,
	       const struct aead_request *req)
{
	static const unsigned int flags[] = { 0, QCT_IN_PLACE, QCT_SHARED };
	struct qct_aead_crypt *args = &trial->args;

	args->in = (uintptr_t)(req->encrypt ? trial->plain : trial->sealed);
	args->out = (uintptr_t)trial->out;
	args->src = (uintptr_t)trial->src.seg;
	args->nsrc = trial->src.n;
	if (req->place == AEAD_APART) {
		args->dst = (uintptr_t)trial->dst.seg;
		args->ndst = trial->dst.n;
	}
	args->aad_len = req->aad_len;
	args->len = trial->in_len - req->aad_len;
	args->flags = req->flags | flags[req->place] |
		      (req->encrypt ? QCT_ENCRYPT : 0);
	return ioctl(aead->fd, QCT_AEAD_CRYPT, args) ? -errno : 0;
}

static const char *verdict(const struct trial *trial,
			   const struct aead_request *req)
{
	const uint8_t *want = req->encrypt ? trial->sealed : trial->plain;
	const struct qct_aead_crypt *args = &trial->args;
	unsigned int aad_len = req->aad_len;
	bool waits = args->submitted == -EBUSY;

	if (args->notifications != waits)
		return "notifications do not fit what was returned";
	if (args->overwritten)
		return "bytes around the destination overwritten";
	if (args->source_changed)
		return "source changed";
	if (args->result != trial->expected)
		return trial->expected ? "not the error it should be" : "failed";
	/* the API leaves open what the result has in place of the AAD */
	if (!trial->expected && memcmp(trial->out + aad_len, want + aad_len,
				       trial->out_len - aad_len))
		return "wrong data";
	return NULL;
}

/**
 * aead_try() - run a request and judge it
 * @aead: open, with a key
 * @req: request
 * @err: its error, or that of the test module
 *
 * Return: NULL or what was wrong.
 */
const char *aead_try(struct aead *aead, const struct aead_request *req, int *err)
{
	static struct trial trial;

	memset(&trial.args, 0, sizeof(trial.args));
	choose_data(&trial, aead, req);
	choose_lists(&trial, req);
	*err = run(&trial, aead, req);
	if (*err)
		return "did not end";
	*err = trial.args.result;
	if ((!trial.expected || req->damage) && for_device(aead, req, &trial))
		aead->expected++;
	return verdict(&trial, req);
}

/**
 * aead_case() - run a request and make it a case of the present point
 * @aead: open, with a key
 * @req: request
 */
void aead_case(struct aead *aead, const struct aead_request *req)
{
	static const char *const places[] = { "apart", "in place", "shared" };
	int err = 0;
	const char *wrong = aead_try(aead, req, &err);

	point_case(!wrong, "%s: error %d: %s %s, key %u, tag %u, AAD %u, %u bytes, damage %u, %u -> %u segments",
		   wrong, err, req->encrypt ? "encrypt" : "decrypt",
		   places[req->place], aead->key_len, aead->tag_len,
		   req->aad_len, req->len, req->damage,
		   req->src ? req->src->n : 1, req->dst ? req->dst->n : 1);
}
