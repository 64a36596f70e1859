// SPDX-License-Identifier: GPL-2.0
/*
 * Kind ahash: one digest() per operation, keyed if there is a key.
 */
#include <crypto/hash.h>
#include <linux/err.h>

#include "internal.h"

static void *ahash_open(const char *driver, const u8 *key, unsigned int len)
{
	struct crypto_ahash *tfm = crypto_alloc_ahash(driver, 0, 0);
	int err = 0;

	if (IS_ERR(tfm))
		return tfm;
	if (len)
		err = crypto_ahash_setkey(tfm, key, len);
	if (!err)
		return tfm;
	crypto_free_ahash(tfm);
	return ERR_PTR(err);
}

static void ahash_close(void *tfm)
{
	crypto_free_ahash(tfm);
}

static int ahash_prepare(struct qb_op *op)
{
	struct ahash_request *req;

	req = ahash_request_alloc(op->run->tfm, GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	ahash_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG, qb_complete,
				   op);
	op->req = req;
	return 0;
}

static void ahash_forget(struct qb_op *op)
{
	ahash_request_free(op->req);
}

static int ahash_submit(struct qb_op *op)
{
	ahash_request_set_crypt(op->req, op->src, op->pages + QB_ROOM,
				op->run->bytes);
	return crypto_ahash_digest(op->req);
}

const struct qb_kind qb_ahash = {
	.name = "ahash",
	.open = ahash_open,
	.close = ahash_close,
	.prepare = ahash_prepare,
	.forget = ahash_forget,
	.submit = ahash_submit,
};
