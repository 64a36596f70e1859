// SPDX-License-Identifier: GPL-2.0
/*
 * Kinds skcipher and aead: encryption in place.
 */
#include <crypto/aead.h>
#include <crypto/skcipher.h>
#include <linux/err.h>

#include "internal.h"

static void *skcipher_open(const char *driver, const u8 *key, unsigned int len)
{
	struct crypto_skcipher *tfm = crypto_alloc_skcipher(driver, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_skcipher_setkey(tfm, key, len);
	if (!err)
		return tfm;
	crypto_free_skcipher(tfm);
	return ERR_PTR(err);
}

static void skcipher_close(void *tfm)
{
	crypto_free_skcipher(tfm);
}

static int skcipher_prepare(struct qb_op *op)
{
	struct skcipher_request *req;

	req = skcipher_request_alloc(op->run->tfm, GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	skcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG,
				      qb_complete, op);
	op->req = req;
	return 0;
}

static void skcipher_forget(struct qb_op *op)
{
	skcipher_request_free(op->req);
}

static int skcipher_submit(struct qb_op *op)
{
	skcipher_request_set_crypt(op->req, op->src, op->src, op->run->bytes,
				   op->iv);
	return crypto_skcipher_encrypt(op->req);
}

const struct qb_kind qb_skcipher = {
	.name = "skcipher",
	.open = skcipher_open,
	.close = skcipher_close,
	.prepare = skcipher_prepare,
	.forget = skcipher_forget,
	.submit = skcipher_submit,
};

static void *aead_open(const char *driver, const u8 *key, unsigned int len)
{
	struct crypto_aead *tfm = crypto_alloc_aead(driver, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_aead_setkey(tfm, key, len) ?:
	      crypto_aead_setauthsize(tfm, crypto_aead_maxauthsize(tfm));
	if (!err)
		return tfm;
	crypto_free_aead(tfm);
	return ERR_PTR(err);
}

static void aead_close(void *tfm)
{
	crypto_free_aead(tfm);
}

/* Associated data and tag stand before and behind the text, in entries of their own. */
static int aead_prepare(struct qb_op *op)
{
	unsigned int n = DIV_ROUND_UP(op->run->bytes, PAGE_SIZE), i;
	u8 *apart = op->pages + QB_ROOM;
	struct aead_request *req;

	sg_init_table(op->dst, n + 2);
	sg_set_buf(&op->dst[0], apart, QB_ASSOC);
	for (i = 0; i < n; i++)
		sg_set_page(&op->dst[i + 1], sg_page(&op->src[i]),
			    op->src[i].length, op->src[i].offset);
	sg_set_buf(&op->dst[n + 1], apart + PAGE_SIZE, QB_TAG);

	req = aead_request_alloc(op->run->tfm, GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	aead_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG, qb_complete,
				  op);
	aead_request_set_ad(req, QB_ASSOC);
	op->req = req;
	return 0;
}

static void aead_forget(struct qb_op *op)
{
	aead_request_free(op->req);
}

static int aead_submit(struct qb_op *op)
{
	aead_request_set_crypt(op->req, op->dst, op->dst, op->run->bytes,
			       op->iv);
	return crypto_aead_encrypt(op->req);
}

const struct qb_kind qb_aead = {
	.name = "aead",
	.open = aead_open,
	.close = aead_close,
	.prepare = aead_prepare,
	.forget = aead_forget,
	.submit = aead_submit,
};
