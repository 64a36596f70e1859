// SPDX-License-Identifier: GPL-2.0
/*
 * One compression request, from its arguments to its outcome.
 */
#include <linux/bottom_half.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

#define TIMEOUT_MS	60000

/**
 * struct single - one request and its memory
 * @req: of the crypto API
 * @src: source
 * @dst: destination, or NULL
 * @data: copy of the source; later room for the result
 * @done: it is finished
 * @err: how
 */
struct single {
	struct acomp_req *req;
	struct qcmp_pieces *src;
	struct qcmp_pieces *dst;
	u8 *data;
	struct completion done;
	int err;
};

/*
 * A completion callback gets the request up to 6.2, the caller's pointer since.
 * Both forms are written down; the type in the kernel's headers picks one.
 */
#define CALLBACK(on_request, on_data)						\
	__builtin_choose_expr(__builtin_types_compatible_p(			\
		crypto_completion_t, void (*)(void *, int)), on_data, on_request)

static void on_data(void *data, int err)
{
	struct single *one = data;

	if (err == -EINPROGRESS)
		return;
	one->err = err;
	complete(&one->done);
}

static void __maybe_unused on_request(struct crypto_async_request *req, int err)
{
	on_data(req->data, err);
}

static int find_transform(struct qcmp_file *file, const struct qcmp_request *args)
{
	bool software = args->flags & QCMP_SOFTWARE;
	struct crypto_acomp *tfm;

	if (file->tfm && file->software == software &&
	    !strcmp(file->name, args->name))
		return 0;
	tfm = crypto_alloc_acomp(args->name, 0,
				 software ? CRYPTO_ALG_ASYNC : 0);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	if (file->tfm)
		crypto_free_acomp(file->tfm);
	file->tfm = tfm;
	file->software = software;
	strscpy(file->name, args->name, sizeof(file->name));
	return 0;
}

static int make_pieces(struct single *one, const struct qcmp_request *args)
{
	struct qcmp_pieces *pieces;

	pieces = qcmp_pieces_create(args->slen, args->src_pieces);
	if (IS_ERR(pieces))
		return PTR_ERR(pieces);
	one->src = pieces;
	if (args->flags & (QCMP_IN_PLACE | QCMP_NO_DST))
		return 0;
	pieces = qcmp_pieces_create(args->dlen, args->dst_pieces);
	if (IS_ERR(pieces))
		return PTR_ERR(pieces);
	one->dst = pieces;
	return 0;
}

static int load(struct single *one, const struct qcmp_request *args)
{
	one->data = kvmalloc(max3(args->slen, args->dlen, 1U), GFP_KERNEL);
	if (!one->data)
		return -ENOMEM;
	if (copy_from_user(one->data, (void __user *)(uintptr_t)args->src,
			   args->slen))
		return -EFAULT;
	qcmp_pieces_put(one->src, one->data);
	return 0;
}

static int make_request(struct single *one, struct crypto_acomp *tfm,
			const struct qcmp_request *args)
{
	struct scatterlist *dst = NULL;

	one->req = acomp_request_alloc(tfm);
	if (!one->req)
		return -ENOMEM;
	if (one->dst)
		dst = qcmp_pieces_sgl(one->dst);
	else if (args->flags & QCMP_IN_PLACE)
		dst = qcmp_pieces_sgl(one->src);
	acomp_request_set_callback(one->req, args->flags & QCMP_BACKLOG ?
				   CRYPTO_TFM_REQ_MAY_BACKLOG : 0,
				   CALLBACK(on_request, on_data), one);
	acomp_request_set_params(one->req, qcmp_pieces_sgl(one->src), dst,
				 args->slen, args->dlen);
	return 0;
}

static int submit(struct acomp_req *req, u32 flags)
{
	int ret;

	if (flags & QCMP_BH_OFF)
		local_bh_disable();
	ret = flags & QCMP_COMPRESS ? crypto_acomp_compress(req) :
				      crypto_acomp_decompress(req);
	if (flags & QCMP_BH_OFF)
		local_bh_enable();
	return ret;
}

/* Returns -ETIMEDOUT if the request is still somewhere. */
static int run(struct single *one, struct qcmp_request *args)
{
	int ret = submit(one->req, args->flags);

	args->submitted = ret;
	if (ret == -EINPROGRESS || ret == -EBUSY) {
		if (!wait_for_completion_timeout(&one->done,
						 msecs_to_jiffies(TIMEOUT_MS)))
			return -ETIMEDOUT;
		ret = one->err;
	}
	args->result = ret;
	args->produced = one->req->dlen;
	return 0;
}

static bool source_changed(struct single *one, unsigned int len)
{
	u8 *now = kvmalloc(max(len, 1U), GFP_KERNEL);
	bool changed = true;

	if (now) {
		qcmp_pieces_get(one->src, now, len);
		changed = memcmp(now, one->data, len) ||
			  qcmp_pieces_damage(one->src);
	}
	kvfree(now);
	return changed;
}

static void collect(struct single *one, unsigned int len)
{
	struct scatterlist *dst = one->req->dst;

	if (one->dst)
		qcmp_pieces_get(one->dst, one->data, len);
	else
		sg_copy_to_buffer(dst, sg_nents(dst), one->data, len);
}

static int report(struct single *one, struct qcmp_request *args)
{
	if (!(args->flags & QCMP_IN_PLACE))
		args->source_changed = source_changed(one, args->slen);
	if (one->dst)
		args->overwritten = qcmp_pieces_damage(one->dst);
	if (args->result || args->produced > args->dlen)
		return 0;
	collect(one, args->produced);
	if (copy_to_user((void __user *)(uintptr_t)args->dst, one->data,
			 args->produced))
		return -EFAULT;
	return 0;
}

static void single_free(struct single *one)
{
	if (one->req)
		acomp_request_free(one->req);
	qcmp_pieces_free(one->dst);
	qcmp_pieces_free(one->src);
	kvfree(one->data);
	kfree(one);
}

/**
 * qcmp_run() - run one request
 * @file: file, locked
 * @args: checked arguments; the output members are filled
 *
 * A request that does not come back keeps its memory and this module for ever.
 *
 * Return: 0 when the request ended, however; -ETIMEDOUT if it did not; what the
 * crypto API says to the name; -ENOMEM, -EFAULT.
 */
int qcmp_run(struct qcmp_file *file, struct qcmp_request *args)
{
	struct single *one;
	int err;

	err = find_transform(file, args);
	if (err)
		return err;
	one = kzalloc(sizeof(*one), GFP_KERNEL);
	if (!one)
		return -ENOMEM;
	init_completion(&one->done);
	err = make_pieces(one, args) ?:
	      load(one, args) ?:
	      make_request(one, file->tfm, args);
	if (err)
		goto out;
	err = run(one, args);
	if (err) {
		__module_get(THIS_MODULE);
		return err;
	}
	err = report(one, args);
out:
	single_free(one);
	return err;
}
