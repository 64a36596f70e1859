// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to a cipher through the test module, and the judgement on each.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cipher.h"
#include "points.h"
#include "random.h"

#define DEVICE	"/dev/qatvf_crypto_test"

static const struct cipher ciphers[] = {
	{ .name = "cbc", .driver = "qatvf-cbc-aes", .mode = MODE_CBC,
	  .key_lens = { 16, 24, 32 } },
	{ .name = "ctr", .driver = "qatvf-ctr-aes", .mode = MODE_CTR,
	  .key_lens = { 16, 24, 32 } },
	{ .name = "xts", .driver = "qatvf-xts-aes", .mode = MODE_XTS,
	  .key_lens = { 32, 48, 64 } },
	{ .name = "ecb", .driver = "qatvf-ecb-aes", .mode = MODE_ECB,
	  .key_lens = { 16, 24, 32 } },
	/* One length, as often as others have lengths. */
	{ .name = "sm4-ecb", .driver = "qatvf-ecb-sm4", .mode = MODE_SM4_ECB,
	  .key_lens = { 16, 16, 16 } },
	{ .name = "sm4-cbc", .driver = "qatvf-cbc-sm4", .mode = MODE_SM4_CBC,
	  .key_lens = { 16, 16, 16 } },
	{ .name = "sm4-ctr", .driver = "qatvf-ctr-sm4", .mode = MODE_SM4_CTR,
	  .key_lens = { 16, 16, 16 } },
};

/**
 * cipher_find() - describe a cipher by its name
 * @cipher: filled; not open
 * @name: "cbc", "sm4-ctr" and so on
 * @driver: another driver than ours, or NULL
 *
 * Return: false if there is no such.
 */
bool cipher_find(struct cipher *cipher, const char *name, const char *driver)
{
	unsigned int i;

	for (i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++) {
		if (strcmp(ciphers[i].name, name))
			continue;
		*cipher = ciphers[i];
		cipher->on_device = !driver;
		if (driver)
			cipher->driver = driver;
		cipher->fd = -1;
		return true;
	}
	return false;
}

/**
 * cipher_open() - allocate the transform
 * @cipher: described
 * @flags: QCT_NOT_*
 *
 * Return: 0 or a negative errno of the crypto API; ends the program if the test
 * module is not there.
 */
int cipher_open(struct cipher *cipher, unsigned int flags)
{
	struct qct_open args = { .flags = flags };

	cipher->fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (cipher->fd < 0) {
		perror(DEVICE);
		exit(2);
	}
	snprintf(args.driver, sizeof(args.driver), "%s", cipher->driver);
	return ioctl(cipher->fd, QCT_OPEN, &args) ? -errno : 0;
}

/**
 * cipher_close() - free the transform
 * @cipher: open
 */
void cipher_close(struct cipher *cipher)
{
	close(cipher->fd);
	cipher->fd = -1;
}

/**
 * cipher_set_key() - set any key
 * @cipher: open
 * @key: key
 * @len: its bytes, at most MAX_KEY if it is a good one
 * @flags: QCT_FORBID_WEAK
 *
 * Return: 0 or a negative errno.
 */
int cipher_set_key(struct cipher *cipher, const void *key, unsigned int len,
		   unsigned int flags)
{
	struct qct_key args = {
		.key = (uintptr_t)key, .len = len, .flags = flags,
	};

	if (ioctl(cipher->fd, QCT_SET_KEY, &args))
		return -errno;
	memcpy(cipher->key, key, len);
	cipher->key_len = len;
	return 0;
}

/**
 * cipher_random_key() - set a random key
 * @cipher: open
 * @len: a length it has
 */
void cipher_random_key(struct cipher *cipher, unsigned int len)
{
	uint8_t key[MAX_KEY];
	int err;

	random_fill(key, len);
	err = cipher_set_key(cipher, key, len, 0);
	point_case(!err, "key of %u bytes refused: error %d", len, err);
}

/**
 * cipher_takes() - is a length possible?
 * @cipher: described
 * @len: bytes
 */
bool cipher_takes(const struct cipher *cipher, unsigned int len)
{
	switch (cipher->mode) {
	case MODE_CBC:
	case MODE_ECB:
	case MODE_SM4_ECB:
	case MODE_SM4_CBC:
		return len % BLOCK == 0;
	case MODE_CTR:
	case MODE_SM4_CTR:
		return true;
	case MODE_XTS:
		return len >= BLOCK;
	}
	return false;
}

/* A short list without empty entries (which cannot be mapped for DMA). */
static bool list_for_device(const struct shape *shape, unsigned int len)
{
	unsigned int i, sum = 0;

	for (i = 0; i < shape->n && sum < len; i++) {
		if (!shape->seg[i].len)
			return false;
		sum += shape->seg[i].len;
	}
	return i <= DEVICE_SEGS;
}

static bool for_device(const struct cipher *cipher, const struct request *req)
{
	if (!cipher->on_device || !req->len || !cipher_takes(cipher, req->len))
		return false;
	if (cipher->mode == MODE_XTS && cipher->key_len == 48)
		return false;
	return list_for_device(req->src, req->len) &&
	       (req->in_place || list_for_device(req->dst, req->len));
}

/**
 * cipher_run() - run a request
 * @cipher: open
 * @req: request
 * @outcome: filled
 *
 * Return: 0 if it ended, however, or a negative errno of the test module.
 */
int cipher_run(struct cipher *cipher, struct request *req,
	       struct qct_crypt *outcome)
{
	struct qct_crypt args = {
		.data = (uintptr_t)req->data,
		.src = (uintptr_t)req->src->seg,
		.nsrc = req->src->n,
		.len = req->len,
		.flags = req->flags | (req->encrypt ? QCT_ENCRYPT : 0) |
			 (req->in_place ? QCT_IN_PLACE : 0),
	};

	if (!req->in_place) {
		args.dst = (uintptr_t)req->dst->seg;
		args.ndst = req->dst->n;
	}
	memcpy(args.iv, req->iv, BLOCK);
	if (ioctl(cipher->fd, QCT_CRYPT, &args))
		return -errno;
	memcpy(req->iv, args.iv, BLOCK);
	cipher->expected += for_device(cipher, req);
	*outcome = args;
	return 0;
}

static const char *verdict(const struct cipher *cipher,
			   const struct qct_crypt *outcome,
			   const struct request *req, const uint8_t *want,
			   const uint8_t *want_iv)
{
	bool waits = outcome->submitted == -EBUSY;

	if (outcome->notifications != waits)
		return "notifications do not fit what was returned";
	if (outcome->overwritten)
		return "bytes around the destination overwritten";
	if (outcome->source_changed)
		return "source changed";
	if (!cipher_takes(cipher, req->len))
		return outcome->result == -EINVAL ? NULL : "length accepted";
	if (outcome->result)
		return "failed";
	if (memcmp(req->data, want, req->len))
		return "wrong data";
	if (cipher->mode != MODE_XTS && memcmp(req->iv, want_iv, BLOCK))
		return "wrong IV returned";
	return NULL;
}

/**
 * cipher_case() - run a request and make it a case of the present point
 * @cipher: open, with a key
 * @req: request; its data and IV are chosen at random if @req->data is NULL
 */
void cipher_case(struct cipher *cipher, struct request *req)
{
	static uint8_t buf[MAX_LEN], in[MAX_LEN], want[MAX_LEN];
	struct qct_crypt outcome = { };
	uint8_t want_iv[BLOCK];
	const char *wrong;
	int err;

	if (!req->data) {
		req->data = buf;
		random_fill(buf, req->len);
		random_fill(req->iv, BLOCK);
	}
	memcpy(in, req->data, req->len);
	memcpy(want_iv, req->iv, BLOCK);
	if (cipher_takes(cipher, req->len)) {
		reference_crypt(cipher->mode, req->encrypt, cipher->key,
				cipher->key_len, req->iv, in, want, req->len);
		reference_next_iv(cipher->mode, req->encrypt, want_iv, in, want,
				  req->len);
	}
	err = cipher_run(cipher, req, &outcome);
	wrong = err ? "did not end" :
		      verdict(cipher, &outcome, req, want, want_iv);
	point_case(!wrong, "%s: error %d, returned %d: %s %s, key %u, %u bytes, %u -> %u segments (first at %u)",
		   wrong, err ?: outcome.result, outcome.submitted,
		   req->encrypt ? "encrypt" : "decrypt",
		   req->in_place ? "in place" : "out of place", cipher->key_len,
		   req->len, req->src->n, req->in_place ? 0 : req->dst->n,
		   req->src->seg[0].offset);
	if (req->data == buf)
		req->data = NULL;
}

/**
 * cipher_burst() - run a burst
 * @cipher: open, with a key
 * @burst: what; its tally is filled
 *
 * Return: 0 or a negative errno of the test module.
 */
int cipher_burst(struct cipher *cipher, struct qct_burst *burst)
{
	return ioctl(cipher->fd, QCT_BURST, burst) ? -errno : 0;
}
