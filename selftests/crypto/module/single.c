// SPDX-License-Identifier: GPL-2.0
/*
 * One request, with everything around it watched.
 */
#include <linux/bottom_half.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

#define TIMEOUT_MS	30000

/**
 * struct single - a request and its memory
 * @src: source
 * @dst: destination, NULL if in place
 * @data: the data as given, later the result
 * @iv_page: page at whose end the IV is
 * @req: request
 * @finished: by the final completion
 * @err: its error
 * @notifications: completions with -EINPROGRESS
 */
struct single {
	struct qct_layout *src;
	struct qct_layout *dst;
	u8 *data;
	u8 *iv_page;
	struct skcipher_request *req;
	struct completion finished;
	int err;
	unsigned int notifications;
};

static void completed(struct single *one, int err)
{
	if (err == -EINPROGRESS) {
		one->notifications++;
		return;
	}
	one->err = err;
	complete(&one->finished);
}

static void __maybe_unused on_request(struct crypto_async_request *req, int err)
{
	completed(req->data, err);
}

static void __maybe_unused on_data(void *data, int err)
{
	completed(data, err);
}

static u8 *iv_of(const struct single *one)
{
	return one->iv_page + PAGE_SIZE - QCT_IV_SIZE;
}

static void single_free(struct single *one)
{
	qct_layout_free(one->src);
	qct_layout_free(one->dst);
	kvfree(one->data);
	free_page((unsigned long)one->iv_page);
	if (one->req)
		skcipher_request_free(one->req);
	kfree(one);
}

static struct qct_layout *layout_of(u64 user, unsigned int n, u32 flags,
				    unsigned int len)
{
	struct qct_layout *layout;
	struct qct_seg *segs;

	segs = vmemdup_user((void __user *)(uintptr_t)user,
			    array_size(n, sizeof(*segs)));
	if (IS_ERR(segs))
		return ERR_CAST(segs);
	layout = qct_layout_create(segs, n, flags & QCT_CHAINED);
	kvfree(segs);
	if (!IS_ERR(layout) && qct_layout_size(layout) < len) {
		qct_layout_free(layout);
		return ERR_PTR(-EINVAL);
	}
	return layout;
}

static int make_layouts(struct single *one, const struct qct_crypt *args)
{
	struct qct_layout *layout;

	layout = layout_of(args->src, args->nsrc, args->flags, args->len);
	if (IS_ERR(layout))
		return PTR_ERR(layout);
	one->src = layout;
	if (args->flags & QCT_IN_PLACE)
		return 0;
	layout = layout_of(args->dst, args->ndst, args->flags, args->len);
	if (IS_ERR(layout))
		return PTR_ERR(layout);
	one->dst = layout;
	return 0;
}

static int fill(struct single *one, const struct qct_crypt *args)
{
	u8 *data;

	data = vmemdup_user((void __user *)(uintptr_t)args->data,
			    max(args->len, 1U));
	if (IS_ERR(data))
		return PTR_ERR(data);
	one->data = data;
	one->iv_page = (u8 *)__get_free_page(GFP_KERNEL);
	if (!one->iv_page)
		return -ENOMEM;
	memcpy(iv_of(one), args->iv, QCT_IV_SIZE);
	qct_layout_put(one->src, data, args->len);
	if (one->dst)
		qct_layout_put(one->dst, NULL, args->len);
	return 0;
}

static int make_request(struct single *one, struct crypto_skcipher *tfm,
			const struct qct_crypt *args)
{
	u32 flags = 0;

	one->req = skcipher_request_alloc(tfm, GFP_KERNEL);
	if (!one->req)
		return -ENOMEM;
	if (args->flags & QCT_MAY_BACKLOG)
		flags |= CRYPTO_TFM_REQ_MAY_BACKLOG;
	if (args->flags & QCT_MAY_SLEEP)
		flags |= CRYPTO_TFM_REQ_MAY_SLEEP;
	skcipher_request_set_callback(one->req, flags,
				      QCT_CALLBACK(on_request, on_data), one);
	skcipher_request_set_crypt(one->req, qct_layout_sgl(one->src),
				   qct_layout_sgl(one->dst ?: one->src),
				   args->len, iv_of(one));
	return 0;
}

static int submit(struct skcipher_request *req, u32 flags)
{
	int ret;

	if (flags & QCT_BH_OFF)
		local_bh_disable();
	ret = flags & QCT_ENCRYPT ? crypto_skcipher_encrypt(req) :
				    crypto_skcipher_decrypt(req);
	if (flags & QCT_BH_OFF)
		local_bh_enable();
	return ret;
}

/* Returns -ETIMEDOUT if the request is still somewhere. */
static int run(struct single *one, struct qct_crypt *args)
{
	int ret = submit(one->req, args->flags);

	args->submitted = ret;
	if (ret == -EINPROGRESS || ret == -EBUSY) {
		if (!wait_for_completion_timeout(&one->finished,
						 msecs_to_jiffies(TIMEOUT_MS)))
			return -ETIMEDOUT;
		ret = one->err;
	}
	args->result = ret;
	args->notifications = one->notifications;
	return 0;
}

/* The source must still hold what it was given; its copy is in one->data. */
static int source_changed(struct single *one, unsigned int len)
{
	u8 *now = kvmalloc(max(len, 1U), GFP_KERNEL);
	int changed;

	if (!now)
		return -ENOMEM;
	qct_layout_get(one->src, now, len);
	changed = memcmp(now, one->data, len) ||
		  qct_layout_damage(one->src, len);
	kvfree(now);
	return changed;
}

static int report(struct single *one, struct qct_crypt *args)
{
	struct qct_layout *out = one->dst ?: one->src;
	int changed = 0;

	if (one->dst)
		changed = source_changed(one, args->len);
	if (changed < 0)
		return changed;
	args->source_changed = changed;
	args->overwritten = qct_layout_damage(out, args->len);
	memcpy(args->iv, iv_of(one), QCT_IV_SIZE);
	qct_layout_get(out, one->data, args->len);
	if (copy_to_user((void __user *)(uintptr_t)args->data, one->data,
			 args->len))
		return -EFAULT;
	return 0;
}

/**
 * qct_single() - run one request
 * @file: file, locked
 * @args: checked arguments; the output members are filled
 *
 * A request that does not come back keeps its memory and this module for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when the request ended, however; -ETIMEDOUT if it did not; -ENODEV
 * without a transform; -ENOMEM, -EFAULT, -EINVAL for the arguments.
 */
int qct_single(struct qct_file *file, struct qct_crypt *args)
{
	struct single *one;
	int err;

	if (!file->tfm)
		return -ENODEV;
	one = kzalloc(sizeof(*one), GFP_KERNEL);
	if (!one)
		return -ENOMEM;
	init_completion(&one->finished);
	err = make_layouts(one, args) ?:
	      fill(one, args) ?:
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
