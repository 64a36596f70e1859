// SPDX-License-Identifier: GPL-2.0
/*
 * Many digests at once: does each one end, exactly once, and right?  A request is
 * freed by its final completion, so that touching it afterwards is found.
 */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "hash.h"
#include "internal.h"

/**
 * struct item - a request of a burst
 * @burst: its burst
 * @req: request; freed by the final completion
 * @sg: its data
 * @data: likewise
 * @digest: result
 * @err: final error
 * @finals: final completions
 */
struct item {
	struct burst *burst;
	struct ahash_request *req;
	struct scatterlist sg;
	u8 *data;
	u8 digest[QHT_MAX_DIGEST];
	int err;
	atomic_t finals;
};

/**
 * struct burst - all of it
 * @args: what was asked for
 * @pending: requests without a final completion, and one for the submitting
 * @finished: none is left
 * @items: requests
 */
struct burst {
	struct qht_burst *args;
	atomic_t pending;
	struct completion finished;
	struct item items[];
};

static void put_pending(struct burst *burst)
{
	if (atomic_dec_and_test(&burst->pending))
		complete(&burst->finished);
}

static void completed(struct item *item, int err)
{
	struct ahash_request *req = item->req;

	if (err == -EINPROGRESS || atomic_inc_return(&item->finals) > 1)
		return;
	item->err = err;
	item->req = NULL;
	ahash_request_free(req);
	put_pending(item->burst);
}

static void __maybe_unused on_request(struct crypto_async_request *req, int err)
{
	completed(req->data, err);
}

static void __maybe_unused on_data(void *data, int err)
{
	completed(data, err);
}

/* Different for each request, so that mixed-up digests are found. */
static int make_item(struct burst *burst, unsigned int index,
		     struct crypto_ahash *tfm)
{
	struct qht_burst *args = burst->args;
	struct item *item = &burst->items[index];

	item->burst = burst;
	item->data = kmalloc(args->len, GFP_KERNEL);
	item->req = ahash_request_alloc(tfm, GFP_KERNEL);
	if (!item->data || !item->req)
		return -ENOMEM;
	memset(item->data, index, args->len);
	item->data[args->len - 1] = index >> 8;
	sg_init_one(&item->sg, item->data, args->len);
	ahash_request_set_callback(item->req, args->flags & QHT_MAY_BACKLOG ?
				   CRYPTO_TFM_REQ_MAY_BACKLOG : 0,
				   QCT_CALLBACK(on_request, on_data), item);
	ahash_request_set_crypt(item->req, &item->sg, item->digest, args->len);
	return 0;
}

static void burst_free(struct burst *burst)
{
	unsigned int i;

	for (i = 0; i < burst->args->requests; i++) {
		if (burst->items[i].req)
			ahash_request_free(burst->items[i].req);
		kfree(burst->items[i].data);
	}
	kvfree(burst);
}

/* What QHT_REKEY leaves the transform with; not its twin. */
static const u8 other_key[] = "another key";

static void submit(struct burst *burst)
{
	unsigned int i;
	int ret;

	for (i = 0; i < burst->args->requests; i++) {
		ret = crypto_ahash_digest(burst->items[i].req);
		if (ret == -EBUSY)
			burst->args->tally.busy++;
		else if (ret != -EINPROGRESS)
			completed(&burst->items[i], ret);
	}
	put_pending(burst);
}

static void count(struct burst *burst)
{
	struct qht_tally *tally = &burst->args->tally;
	unsigned int i;

	for (i = 0; i < burst->args->requests; i++) {
		const struct item *item = &burst->items[i];
		int finals = atomic_read(&item->finals);

		tally->lost += !finals;
		tally->doubled += finals > 1;
		if (finals && item->err) {
			tally->failures++;
			tally->failure = item->err;
		}
	}
}

static int compare(struct burst *burst, struct crypto_ahash *soft)
{
	struct ahash_request *req = ahash_request_alloc(soft, GFP_KERNEL);
	unsigned int size = crypto_ahash_digestsize(soft), i;
	u8 *want = kmalloc(QHT_MAX_DIGEST, GFP_KERNEL);
	int err = req && want ? 0 : -ENOMEM;

	for (i = 0; !err && i < burst->args->requests; i++) {
		struct item *item = &burst->items[i];

		ahash_request_set_callback(req, CRYPTO_TFM_REQ_MAY_SLEEP, NULL,
					   NULL);
		ahash_request_set_crypt(req, &item->sg, want, burst->args->len);
		err = crypto_ahash_digest(req);
		burst->args->tally.wrong += !item->err &&
					    memcmp(want, item->digest, size);
		cond_resched();
	}
	if (req)
		ahash_request_free(req);
	kfree(want);
	return err;
}

/**
 * qht_burst() - run a burst
 * @file: file with a transform, locked
 * @args: checked arguments; the tally is filled
 *
 * If requests do not come back, their memory and this module stay for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when it ran, whatever the outcome; -ENOMEM; or an error of the twin.
 */
int qht_burst(struct qht_file *file, struct qht_burst *args)
{
	struct burst *burst;
	unsigned int i;
	int err = 0;

	memset(&args->tally, 0, sizeof(args->tally));
	burst = kvzalloc(struct_size(burst, items, args->requests), GFP_KERNEL);
	if (!burst)
		return -ENOMEM;
	burst->args = args;
	atomic_set(&burst->pending, args->requests + 1);
	init_completion(&burst->finished);
	for (i = 0; !err && i < args->requests; i++)
		err = make_item(burst, i, file->tfm);
	if (err)
		goto out;

	submit(burst);
	if (args->flags & QHT_REKEY)
		err = crypto_ahash_setkey(file->tfm, other_key, sizeof(other_key));
	if (!wait_for_completion_timeout(&burst->finished,
					 msecs_to_jiffies(args->timeout_ms))) {
		count(burst);
		__module_get(THIS_MODULE);
		return 0;
	}
	count(burst);
	err = err ?: compare(burst, file->soft);
out:
	burst_free(burst);
	return err;
}
