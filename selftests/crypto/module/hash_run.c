// SPDX-License-Identifier: GPL-2.0
/*
 * One message, whole or in parts, with everything around it watched.
 */
#include <crypto/scatterwalk.h>
#include <linux/bottom_half.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "hash.h"
#include "internal.h"

#define TIMEOUT_MS	30000
#define GUARD		0xa5
/* The digest goes to an odd address in the middle of a page. */
#define DIGEST_AT	1001

/**
 * struct message - a message being hashed
 * @args: how
 * @layout: its data
 * @data: the data as given
 * @page: for the digest
 * @req: the present request
 * @finished: by a final completion
 * @err: its error
 * @notifications: completions with -EINPROGRESS
 * @on_twin: @req is the twin's
 * @state: exported
 */
struct message {
	struct qht_run *args;
	struct qct_layout *layout;
	u8 *data;
	u8 *page;
	struct ahash_request *req;
	struct completion finished;
	int err;
	unsigned int notifications;
	bool on_twin;
	u8 *state;
};

static void completed(struct message *msg, int err)
{
	if (err == -EINPROGRESS) {
		msg->notifications++;
		return;
	}
	msg->err = err;
	complete(&msg->finished);
}

static void __maybe_unused on_request(struct crypto_async_request *req, int err)
{
	completed(req->data, err);
}

static void __maybe_unused on_data(void *data, int err)
{
	completed(data, err);
}

static int new_request(struct message *msg, struct crypto_ahash *tfm)
{
	u32 flags = 0;

	msg->req = ahash_request_alloc(tfm, GFP_KERNEL);
	if (!msg->req)
		return -ENOMEM;
	/* What the last owner of this memory left must not matter. */
	memset(ahash_request_ctx(msg->req), GUARD, crypto_ahash_reqsize(tfm));
	if (msg->args->flags & QHT_MAY_BACKLOG)
		flags |= CRYPTO_TFM_REQ_MAY_BACKLOG;
	if (msg->args->flags & QHT_MAY_SLEEP)
		flags |= CRYPTO_TFM_REQ_MAY_SLEEP;
	ahash_request_set_callback(msg->req, flags,
				   QCT_CALLBACK(on_request, on_data), msg);
	return 0;
}

/* -ETIME: it never came back, and its memory must stay. */
static int call(struct message *msg, int (*op)(struct ahash_request *req))
{
	bool bh_off = msg->args->flags & QHT_BH_OFF;
	int ret;

	reinit_completion(&msg->finished);
	if (bh_off)
		local_bh_disable();
	ret = op(msg->req);
	if (bh_off)
		local_bh_enable();
	if (ret == -EBUSY)
		msg->args->busy++;
	if (ret != -EINPROGRESS && ret != -EBUSY)
		return ret;
	if (!wait_for_completion_timeout(&msg->finished,
					 msecs_to_jiffies(TIMEOUT_MS)))
		return -ETIME;
	return msg->err;
}

/* Go on in another request, of the same transform or of the other one. */
static int carry(struct qht_file *file, struct message *msg)
{
	int err;

	if (!(msg->args->flags & (QHT_EXPORT | QHT_MIGRATE)))
		return 0;
	err = crypto_ahash_export(msg->req, msg->state);
	if (err)
		return err;
	ahash_request_free(msg->req);
	msg->req = NULL;
	if (msg->args->flags & QHT_MIGRATE)
		msg->on_twin = !msg->on_twin;
	err = new_request(msg, msg->on_twin ? file->soft : file->tfm);
	return err ?: crypto_ahash_import(msg->req, msg->state);
}

static int hash_parts(struct qht_file *file, struct message *msg)
{
	unsigned int len = msg->args->len, at = 0, part;
	bool finup = msg->args->how == QHT_UPDATE_FINUP;
	struct scatterlist ahead[2];
	int err = 0;

	do {
		part = min(msg->args->part ?: len, len - at);
		err = carry(file, msg);
		if (err)
			return err;
		ahash_request_set_crypt(msg->req,
					scatterwalk_ffwd(ahead,
							 qct_layout_sgl(msg->layout), at),
					msg->page + DIGEST_AT, part);
		at += part;
		if (finup && at == len)
			return call(msg, crypto_ahash_finup);
		err = call(msg, crypto_ahash_update);
	} while (!err && at < len);
	err = err ?: carry(file, msg);
	if (err)
		return err;
	ahash_request_set_crypt(msg->req, NULL, msg->page + DIGEST_AT, 0);
	return call(msg, crypto_ahash_final);
}

static int hash(struct qht_file *file, struct message *msg)
{
	int err;

	ahash_request_set_crypt(msg->req, qct_layout_sgl(msg->layout),
				msg->page + DIGEST_AT, msg->args->len);
	if (msg->args->how == QHT_DIGEST)
		return call(msg, crypto_ahash_digest);
	err = call(msg, crypto_ahash_init);
	if (err)
		return err;
	switch (msg->args->how) {
	case QHT_INIT_FINUP:
		return call(msg, crypto_ahash_finup);
	case QHT_INIT_FINAL:
		return call(msg, crypto_ahash_final);
	default:
		return hash_parts(file, msg);
	}
}

static bool damaged(struct message *msg, unsigned int digest_size)
{
	u8 *now = kvmalloc(max(msg->args->len, 1U), GFP_KERNEL);
	const u8 *behind = msg->page + DIGEST_AT + digest_size;
	bool bad = true;

	if (now) {
		qct_layout_get(msg->layout, now, msg->args->len);
		bad = memcmp(now, msg->data, msg->args->len) ||
		      qct_layout_damage(msg->layout, msg->args->len) ||
		      memchr_inv(msg->page, GUARD, DIGEST_AT) ||
		      memchr_inv(behind, GUARD, msg->page + PAGE_SIZE - behind);
	}
	kvfree(now);
	return bad;
}

static int make(struct qht_file *file, struct message *msg)
{
	struct qht_run *args = msg->args;
	struct qct_seg *segs;

	segs = vmemdup_user((void __user *)(uintptr_t)args->segs,
			    array_size(args->nsegs, sizeof(*segs)));
	if (IS_ERR(segs))
		return PTR_ERR(segs);
	msg->layout = qct_layout_create(segs, args->nsegs,
					args->flags & QHT_CHAINED);
	kvfree(segs);
	if (IS_ERR(msg->layout)) {
		int err = PTR_ERR(msg->layout);

		msg->layout = NULL;
		return err;
	}
	if (qct_layout_size(msg->layout) < args->len)
		return -EINVAL;
	msg->data = kvmalloc(max(args->len, 1U), GFP_KERNEL);
	msg->page = (u8 *)__get_free_page(GFP_KERNEL);
	msg->state = kmalloc(max(crypto_ahash_statesize(file->tfm),
				 crypto_ahash_statesize(file->soft)),
			     GFP_KERNEL);
	if (!msg->data || !msg->page || !msg->state)
		return -ENOMEM;
	if (copy_from_user(msg->data, (void __user *)(uintptr_t)args->data,
			   args->len))
		return -EFAULT;
	qct_layout_put(msg->layout, msg->data, args->len);
	memset(msg->page, GUARD, PAGE_SIZE);
	return new_request(msg, file->tfm);
}

static void message_free(struct message *msg)
{
	qct_layout_free(msg->layout);
	kvfree(msg->data);
	free_page((unsigned long)msg->page);
	kfree(msg->state);
	if (msg->req)
		ahash_request_free(msg->req);
	kfree(msg);
}

/**
 * qht_run() - hash one message
 * @file: file with a transform, locked
 * @args: checked arguments; the output members are filled
 *
 * A request that does not come back keeps its memory and this module for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when the request ended, however; -ETIME if it did not; -ENOMEM, -EFAULT,
 * -EINVAL for the arguments.
 */
int qht_run(struct qht_file *file, struct qht_run *args)
{
	unsigned int digest_size = crypto_ahash_digestsize(file->tfm);
	struct message *msg = kzalloc(sizeof(*msg), GFP_KERNEL);
	int err;

	if (!msg)
		return -ENOMEM;
	msg->args = args;
	init_completion(&msg->finished);
	args->busy = 0;
	err = make(file, msg);
	if (err)
		goto out;
	args->result = hash(file, msg);
	if (args->result == -ETIME) {
		__module_get(THIS_MODULE);
		return -ETIME;
	}
	args->notifications = msg->notifications;
	args->damaged = damaged(msg, args->result ? 0 : digest_size);
	memset(args->digest, 0, sizeof(args->digest));
	memcpy(args->digest, msg->page + DIGEST_AT, digest_size);
out:
	message_free(msg);
	return err;
}
