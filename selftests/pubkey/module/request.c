// SPDX-License-Identifier: GPL-2.0
/*
 * A request of either type with its memory.
 */
#include <linux/bottom_half.h>
#include <linux/slab.h>

#include "internal.h"

#define PATTERN		0xa5

static void __maybe_unused on_request(struct crypto_async_request *async,
				      int err)
{
	struct qpt_request *req = async->data;

	req->completed(req, err);
}

static void __maybe_unused on_data(void *data, int err)
{
	struct qpt_request *req = data;

	req->completed(req, err);
}

/* Parts of about the same length; each keeps at least one byte. */
static void split(struct scatterlist *sg, u8 *data, unsigned int len,
		  unsigned int segs)
{
	unsigned int i, part;

	segs = clamp(len, 1U, segs);
	sg_init_table(sg, segs);
	for (i = 0; i < segs; i++) {
		part = i + 1 < segs ? len / segs : len - i * (len / segs);
		sg_set_buf(&sg[i], data + i * (len / segs), part);
	}
}

static int make_akcipher(struct qpt_request *req, unsigned int src_len,
			 u32 flags)
{
	req->akcipher = akcipher_request_alloc(req->file->akcipher, GFP_KERNEL);
	if (!req->akcipher)
		return -ENOMEM;
	akcipher_request_set_callback(req->akcipher, flags,
				      QPT_CALLBACK(on_request, on_data), req);
	akcipher_request_set_crypt(req->akcipher, req->src_sg, req->dst_sg,
				   src_len, req->dst_len);
	return 0;
}

static int make_kpp(struct qpt_request *req, unsigned int src_len, u32 flags)
{
	req->kpp = kpp_request_alloc(req->file->kpp, GFP_KERNEL);
	if (!req->kpp)
		return -ENOMEM;
	kpp_request_set_callback(req->kpp, flags,
				 QPT_CALLBACK(on_request, on_data), req);
	kpp_request_set_input(req->kpp, src_len ? req->src_sg : NULL, src_len);
	kpp_request_set_output(req->kpp, req->dst_sg, req->dst_len);
	return 0;
}

/**
 * qpt_request_make() - build a request
 * @req: zeroed, with @completed set; to be freed also after a failure
 * @file: whose transform
 * @src: source, copied
 * @src_len: bytes
 * @dst_len: room for the result
 * @segs: parts of source and destination
 * @flags: QPT_MAY_*
 *
 * Return: 0, -ENOMEM, or -ENODEV without a transform.
 */
int qpt_request_make(struct qpt_request *req, struct qpt_file *file,
		     const u8 *src, unsigned int src_len, unsigned int dst_len,
		     unsigned int segs, u32 flags)
{
	u32 tfm_flags = 0;

	if (!file->akcipher && !file->kpp)
		return -ENODEV;
	req->file = file;
	req->dst_len = dst_len;
	req->src = kmalloc(max(src_len, 1U), GFP_KERNEL);
	req->dst = kmalloc(dst_len + QPT_GUARD, GFP_KERNEL);
	if (!req->src || !req->dst)
		return -ENOMEM;
	memcpy(req->src, src, src_len);
	memset(req->dst, PATTERN, dst_len + QPT_GUARD);
	split(req->src_sg, req->src, src_len, segs);
	split(req->dst_sg, req->dst, dst_len, segs);
	if (flags & QPT_MAY_SLEEP)
		tfm_flags |= CRYPTO_TFM_REQ_MAY_SLEEP;
	if (flags & QPT_MAY_BACKLOG)
		tfm_flags |= CRYPTO_TFM_REQ_MAY_BACKLOG;
	return file->type == QPT_KPP ? make_kpp(req, src_len, tfm_flags) :
				       make_akcipher(req, src_len, tfm_flags);
}

/**
 * qpt_request_free() - free a request and its memory
 * @req: request that is not in flight
 */
void qpt_request_free(struct qpt_request *req)
{
	if (req->akcipher)
		akcipher_request_free(req->akcipher);
	if (req->kpp)
		kpp_request_free(req->kpp);
	kfree(req->src);
	kfree(req->dst);
}

static int start(struct qpt_request *req, u32 op)
{
	if (req->akcipher && op == QPT_ENCRYPT)
		return crypto_akcipher_encrypt(req->akcipher);
	if (req->akcipher && op == QPT_DECRYPT)
		return crypto_akcipher_decrypt(req->akcipher);
	if (req->kpp && op == QPT_GENERATE)
		return crypto_kpp_generate_public_key(req->kpp);
	if (req->kpp && op == QPT_SHARED)
		return crypto_kpp_compute_shared_secret(req->kpp);
	return -EOPNOTSUPP;
}

/**
 * qpt_request_submit() - give a request to its transform
 * @req: request
 * @op: enum qpt_op
 * @flags: QPT_BH_OFF
 *
 * Return: what the crypto API returned; -EOPNOTSUPP if @op is of the other type.
 */
int qpt_request_submit(struct qpt_request *req, u32 op, u32 flags)
{
	int ret;

	if (flags & QPT_BH_OFF)
		local_bh_disable();
	ret = start(req, op);
	if (flags & QPT_BH_OFF)
		local_bh_enable();
	return ret;
}

/**
 * qpt_request_result_len() - length of the destination as the request has it now
 * @req: finished request
 *
 * Return: bytes.
 */
unsigned int qpt_request_result_len(const struct qpt_request *req)
{
	return req->kpp ? req->kpp->dst_len : req->akcipher->dst_len;
}
