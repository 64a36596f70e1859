// SPDX-License-Identifier: GPL-2.0
/*
 * Kind acomp: compression.
 */
#include <crypto/acompress.h>
#include <linux/err.h>

#include "internal.h"

static void *acomp_open(const char *driver, const u8 *key, unsigned int len)
{
	return crypto_alloc_acomp(driver, 0, 0);
}

static void acomp_close(void *tfm)
{
	crypto_free_acomp(tfm);
}

static int acomp_prepare(struct qb_op *op)
{
	struct acomp_req *req = acomp_request_alloc(op->run->tfm);

	if (!req)
		return -ENOMEM;
	acomp_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG, qb_complete,
				   op);
	op->req = req;
	return 0;
}

static void acomp_forget(struct qb_op *op)
{
	acomp_request_free(op->req);
}

static int acomp_submit(struct qb_op *op)
{
	acomp_request_set_params(op->req, op->src, op->dst, op->run->bytes,
				 2 * op->run->bytes);
	return crypto_acomp_compress(op->req);
}

const struct qb_kind qb_acomp = {
	.name = "acomp",
	.open = acomp_open,
	.close = acomp_close,
	.prepare = acomp_prepare,
	.forget = acomp_forget,
	.submit = acomp_submit,
};
