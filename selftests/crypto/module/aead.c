// SPDX-License-Identifier: GPL-2.0
/*
 * An AEAD: its transform, and one request with everything around it watched.
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
 * struct aead_single - a request and its memory
 * @src: source
 * @dst: destination, NULL if it is the source's memory
 * @in: what the source holds
 * @out: what the destination holds afterwards
 * @in_len: bytes of @in
 * @out_len: bytes of @out
 * @iv_page: page at whose end the IV is
 * @req: request
 * @finished: by the final completion
 * @err: its error
 * @notifications: completions with -EINPROGRESS
 */
struct aead_single {
	struct qct_layout *src;
	struct qct_layout *dst;
	u8 *in;
	u8 *out;
	unsigned int in_len;
	unsigned int out_len;
	u8 *iv_page;
	struct aead_request *req;
	struct completion finished;
	int err;
	unsigned int notifications;
};

/**
 * qct_aead_close() - free the AEAD of a file
 * @file: file, locked or closing
 */
void qct_aead_close(struct qct_file *file)
{
	crypto_free_aead(file->aead);
	file->aead = NULL;
}

/**
 * qct_aead_open() - allocate the AEAD under test
 * @file: file, locked
 * @args: checked arguments
 *
 * Return: 0 or what the crypto API says; -EINVAL for an IV larger than ours.
 */
int qct_aead_open(struct qct_file *file, const struct qct_open *args)
{
	struct crypto_aead *tfm;
	u32 mask = 0;

	if (args->flags & QCT_NOT_ASYNC)
		mask |= CRYPTO_ALG_ASYNC;
	if (args->flags & QCT_NOT_ALLOCATING)
		mask |= CRYPTO_ALG_ALLOCATES_MEMORY;
	qct_aead_close(file);
	tfm = crypto_alloc_aead(args->driver, 0, mask);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	if (crypto_aead_ivsize(tfm) > QCT_IV_SIZE) {
		crypto_free_aead(tfm);
		return -EINVAL;
	}
	file->aead = tfm;
	return 0;
}

/**
 * qct_aead_set_key() - key the AEAD
 * @file: file, locked
 * @args: checked arguments
 *
 * The key ends where its page ends, so that reading on is reading elsewhere.
 *
 * Return: 0 or what the crypto API says; -ENODEV without a transform.
 */
int qct_aead_set_key(struct qct_file *file, const struct qct_key *args)
{
	u8 *page, *key;
	int err = -EFAULT;

	if (!file->aead)
		return -ENODEV;
	page = (u8 *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	key = page + PAGE_SIZE - args->len;
	if (!copy_from_user(key, (void __user *)(uintptr_t)args->key, args->len))
		err = crypto_aead_setkey(file->aead, key, args->len);
	memzero_explicit(page, PAGE_SIZE);
	free_page((unsigned long)page);
	return err;
}

/**
 * qct_aead_set_tag() - set the length of the tag
 * @file: file, locked
 * @len: any
 *
 * Return: 0 or what the crypto API says; -ENODEV without a transform.
 */
int qct_aead_set_tag(struct qct_file *file, unsigned long len)
{
	if (!file->aead)
		return -ENODEV;
	return crypto_aead_setauthsize(file->aead, len);
}

static void completed(struct aead_single *one, int err)
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

static void aead_single_free(struct aead_single *one)
{
	qct_layout_free(one->src);
	qct_layout_free(one->dst);
	kvfree(one->in);
	kvfree(one->out);
	free_page((unsigned long)one->iv_page);
	if (one->req)
		aead_request_free(one->req);
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

static int make_layouts(struct aead_single *one,
			const struct qct_aead_crypt *args)
{
	bool same = args->flags & (QCT_IN_PLACE | QCT_SHARED);
	struct qct_layout *layout;

	layout = layout_of(args->src, args->nsrc, args->flags,
			   same ? max(one->in_len, one->out_len) : one->in_len);
	if (IS_ERR(layout))
		return PTR_ERR(layout);
	one->src = layout;
	if (same)
		return 0;
	layout = layout_of(args->dst, args->ndst, args->flags, one->out_len);
	if (IS_ERR(layout))
		return PTR_ERR(layout);
	one->dst = layout;
	return 0;
}

static int fill(struct aead_single *one, const struct qct_aead_crypt *args)
{
	u8 *in;

	in = vmemdup_user((void __user *)(uintptr_t)args->in,
			  max(one->in_len, 1U));
	if (IS_ERR(in))
		return PTR_ERR(in);
	one->in = in;
	one->out = kvmalloc(max3(one->in_len, one->out_len, 1U), GFP_KERNEL);
	one->iv_page = (u8 *)__get_free_page(GFP_KERNEL);
	if (!one->out || !one->iv_page)
		return -ENOMEM;
	qct_layout_put(one->src, in, one->in_len);
	if (one->dst)
		qct_layout_put(one->dst, NULL, one->out_len);
	return 0;
}

static int make_request(struct aead_single *one, struct crypto_aead *tfm,
			const struct qct_aead_crypt *args)
{
	unsigned int ivsize = crypto_aead_ivsize(tfm);
	u8 *iv = one->iv_page + PAGE_SIZE - ivsize;
	struct scatterlist *dst;
	u32 flags = 0;

	if (args->flags & QCT_SHARED)
		dst = qct_layout_second_sgl(one->src);
	else
		dst = qct_layout_sgl(one->dst ?: one->src);
	one->req = aead_request_alloc(tfm, GFP_KERNEL);
	if (!one->req || !dst)
		return -ENOMEM;
	if (args->flags & QCT_MAY_BACKLOG)
		flags |= CRYPTO_TFM_REQ_MAY_BACKLOG;
	if (args->flags & QCT_MAY_SLEEP)
		flags |= CRYPTO_TFM_REQ_MAY_SLEEP;
	memcpy(iv, args->iv, ivsize);
	aead_request_set_callback(one->req, flags,
				  QCT_CALLBACK(on_request, on_data), one);
	aead_request_set_ad(one->req, args->aad_len);
	aead_request_set_crypt(one->req, qct_layout_sgl(one->src), dst,
			       args->len, iv);
	return 0;
}

static int submit(struct aead_request *req, u32 flags)
{
	int ret;

	if (flags & QCT_BH_OFF)
		local_bh_disable();
	ret = flags & QCT_ENCRYPT ? crypto_aead_encrypt(req) :
				    crypto_aead_decrypt(req);
	if (flags & QCT_BH_OFF)
		local_bh_enable();
	return ret;
}

/* Returns -ETIMEDOUT if the request is still somewhere. */
static int run(struct aead_single *one, struct qct_aead_crypt *args)
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

static int report(struct aead_single *one, struct qct_aead_crypt *args)
{
	struct qct_layout *result = one->dst ?: one->src;
	unsigned int used = one->out_len;

	if (one->dst) {
		qct_layout_get(one->src, one->out, one->in_len);
		args->source_changed = memcmp(one->out, one->in, one->in_len) ||
				       qct_layout_damage(one->src, one->in_len);
	} else {
		used = max(one->in_len, one->out_len);
	}
	args->overwritten = qct_layout_damage(result, used);
	qct_layout_get(result, one->out, one->out_len);
	if (copy_to_user((void __user *)(uintptr_t)args->out, one->out,
			 one->out_len))
		return -EFAULT;
	return 0;
}

/* A request too short to have a tag has no text either. */
static void set_lengths(struct aead_single *one, struct crypto_aead *tfm,
			const struct qct_aead_crypt *args)
{
	unsigned int tag_len = crypto_aead_authsize(tfm);

	one->in_len = args->aad_len + args->len;
	if (args->flags & QCT_ENCRYPT)
		one->out_len = one->in_len + tag_len;
	else
		one->out_len = one->in_len - min(tag_len, args->len);
}

/**
 * qct_aead_crypt() - run one request
 * @file: file, locked
 * @args: checked arguments; the output members are filled
 *
 * A request that does not come back keeps its memory and this module for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when the request ended, however; -ETIMEDOUT if it did not; -ENODEV
 * without a transform; -ENOMEM, -EFAULT, -EINVAL for the arguments.
 */
int qct_aead_crypt(struct qct_file *file, struct qct_aead_crypt *args)
{
	struct aead_single *one;
	int err;

	if (!file->aead)
		return -ENODEV;
	one = kzalloc(sizeof(*one), GFP_KERNEL);
	if (!one)
		return -ENOMEM;
	init_completion(&one->finished);
	set_lengths(one, file->aead, args);
	err = make_layouts(one, args) ?:
	      fill(one, args) ?:
	      make_request(one, file->aead, args);
	if (err)
		goto out;
	err = run(one, args);
	if (err) {
		__module_get(THIS_MODULE);
		return err;
	}
	err = report(one, args);
out:
	aead_single_free(one);
	return err;
}
