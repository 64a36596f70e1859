// SPDX-License-Identifier: GPL-2.0
/*
 * Kinds akcipher (the private operation) and kpp (generating a public key).
 */
#include <crypto/akcipher.h>
#include <crypto/kpp.h>
#include <linux/err.h>

#include "internal.h"

static void *akcipher_open(const char *driver, const u8 *key, unsigned int len)
{
	struct crypto_akcipher *tfm = crypto_alloc_akcipher(driver, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_akcipher_set_priv_key(tfm, key, len);
	if (!err)
		return tfm;
	crypto_free_akcipher(tfm);
	return ERR_PTR(err);
}

static void akcipher_close(void *tfm)
{
	crypto_free_akcipher(tfm);
}

static int akcipher_prepare(struct qb_op *op)
{
	struct akcipher_request *req;

	/* a number below the modulus */
	op->pages[0] = 0;
	req = akcipher_request_alloc(op->run->tfm, GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	akcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG,
				      qb_complete, op);
	op->req = req;
	return 0;
}

static void akcipher_forget(struct qb_op *op)
{
	akcipher_request_free(op->req);
}

static int akcipher_submit(struct qb_op *op)
{
	akcipher_request_set_crypt(op->req, op->src, op->dst, op->run->bytes,
				   op->run->bytes);
	return crypto_akcipher_decrypt(op->req);
}

const struct qb_kind qb_akcipher = {
	.name = "akcipher",
	.open = akcipher_open,
	.close = akcipher_close,
	.prepare = akcipher_prepare,
	.forget = akcipher_forget,
	.submit = akcipher_submit,
};

static void *kpp_open(const char *driver, const u8 *key, unsigned int len)
{
	struct crypto_kpp *tfm = crypto_alloc_kpp(driver, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_kpp_set_secret(tfm, key, len);
	if (!err)
		return tfm;
	crypto_free_kpp(tfm);
	return ERR_PTR(err);
}

static void kpp_close(void *tfm)
{
	crypto_free_kpp(tfm);
}

static int kpp_prepare(struct qb_op *op)
{
	struct kpp_request *req = kpp_request_alloc(op->run->tfm, GFP_KERNEL);

	if (!req)
		return -ENOMEM;
	kpp_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG, qb_complete,
				 op);
	kpp_request_set_input(req, NULL, 0);
	op->req = req;
	return 0;
}

static void kpp_forget(struct qb_op *op)
{
	kpp_request_free(op->req);
}

static int kpp_submit(struct qb_op *op)
{
	kpp_request_set_output(op->req, op->dst,
			       crypto_kpp_maxsize(op->run->tfm));
	return crypto_kpp_generate_public_key(op->req);
}

const struct qb_kind qb_kpp = {
	.name = "kpp",
	.open = kpp_open,
	.close = kpp_close,
	.prepare = kpp_prepare,
	.forget = kpp_forget,
	.submit = kpp_submit,
};
