// SPDX-License-Identifier: GPL-2.0
/*
 * Many requests at once, from several CPUs: does each one end, exactly once, with
 * the notifications that the crypto API promises, and with the right data?
 *
 * The request is freed by its final completion, so a driver that touches it
 * afterwards is found by the allocator's debugging.
 */
#include <linux/bottom_half.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "internal.h"

/**
 * struct item - a request of a burst
 * @burst: its burst
 * @req: request; freed by the final completion
 * @sgl: its data
 * @out: destination if not in place
 * @buf: source, also the destination if in place
 * @dst: destination if not in place
 * @iv: IV
 * @submitted: what the call returned
 * @err: final error
 * @finals: final completions
 * @notices: completions with -EINPROGRESS
 * @late: of these, after a final one
 * @noticed: for a worker that waits after -EBUSY
 */
struct item {
	struct burst *burst;
	struct skcipher_request *req;
	struct scatterlist *sgl;
	struct scatterlist *out;
	u8 *buf;
	u8 *dst;
	u8 iv[QCT_IV_SIZE];
	int submitted;
	int err;
	atomic_t finals;
	atomic_t notices;
	atomic_t late;
	struct completion noticed;
};

/**
 * struct worker - submits every n-th request
 * @work: runs on a CPU of its own where there are enough
 * @burst: the burst
 * @first: its first request
 */
struct worker {
	struct work_struct work;
	struct burst *burst;
	unsigned int first;
};

/**
 * struct burst - all of it
 * @args: what was asked for
 * @pending: requests without a final completion, and one for the submitting
 * @finished: none is left
 * @workers: submitters
 * @scratch: for the software's result
 * @items: requests
 */
struct burst {
	struct qct_burst args;
	atomic_t pending;
	struct completion finished;
	struct worker workers[QCT_MAX_WORKERS];
	u8 *scratch;
	struct item items[];
};

static void put_pending(struct burst *burst)
{
	if (atomic_dec_and_test(&burst->pending))
		complete(&burst->finished);
}

static void finish(struct item *item, int err)
{
	struct skcipher_request *req = item->req;

	if (atomic_inc_return(&item->finals) > 1)
		return;
	item->err = err;
	item->req = NULL;
	skcipher_request_free(req);
	complete(&item->noticed);
	put_pending(item->burst);
}

static void completed(struct item *item, int err)
{
	if (err != -EINPROGRESS) {
		finish(item, err);
		return;
	}
	atomic_inc(&item->notices);
	if (atomic_read(&item->finals))
		atomic_inc(&item->late);
	else
		complete(&item->noticed);
}

static void __maybe_unused on_request(struct crypto_async_request *req, int err)
{
	completed(req->data, err);
}

static void __maybe_unused on_data(void *data, int err)
{
	completed(data, err);
}

static void submit(struct item *item)
{
	const struct qct_burst *args = &item->burst->args;
	int ret;

	if (args->flags & QCT_BH_OFF)
		local_bh_disable();
	ret = args->flags & QCT_ENCRYPT ? crypto_skcipher_encrypt(item->req) :
					  crypto_skcipher_decrypt(item->req);
	if (args->flags & QCT_BH_OFF)
		local_bh_enable();

	item->submitted = ret;
	if (ret != -EINPROGRESS && ret != -EBUSY)
		finish(item, ret);
	else if (ret == -EBUSY && args->flags & QCT_WAIT_WHEN_BUSY)
		wait_for_completion_timeout(&item->noticed,
					    msecs_to_jiffies(args->timeout_ms));
}

static void submit_share(struct work_struct *work)
{
	struct worker *worker = container_of(work, struct worker, work);
	struct burst *burst = worker->burst;
	unsigned int i;

	for (i = worker->first; i < burst->args.requests;
	     i += burst->args.workers) {
		submit(&burst->items[i]);
		cond_resched();
	}
}

static void submit_all(struct burst *burst)
{
	unsigned int i, cpu = cpumask_first(cpu_online_mask);

	for (i = 0; i < burst->args.workers; i++) {
		struct worker *worker = &burst->workers[i];

		worker->burst = burst;
		worker->first = i;
		INIT_WORK(&worker->work, submit_share);
		queue_work_on(cpu, system_long_wq, &worker->work);
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
	}
	for (i = 0; i < burst->args.workers; i++)
		flush_work(&burst->workers[i].work);
}

/* Different for each request, so that mixed-up data is found. */
static void fill_pattern(u8 *buf, unsigned int len, unsigned int index)
{
	u32 x = index * 2654435761U + 1;
	unsigned int i;

	for (i = 0; i < len; i++) {
		x = x * 1664525 + 1013904223;
		buf[i] = x >> 24;
	}
}

static struct scatterlist *split(u8 *buf, unsigned int len, unsigned int segs)
{
	struct scatterlist *sgl = kcalloc(segs, sizeof(*sgl), GFP_KERNEL);
	unsigned int i, part = len / segs;

	if (!sgl)
		return NULL;
	sg_init_table(sgl, segs);
	for (i = 0; i < segs; i++)
		sg_set_buf(&sgl[i], buf + i * part,
			   i < segs - 1 ? part : len - i * part);
	return sgl;
}

static int make_item(struct burst *burst, unsigned int index,
		     struct crypto_skcipher *tfm)
{
	const struct qct_burst *args = &burst->args;
	struct item *item = &burst->items[index];
	u32 flags = 0;

	item->burst = burst;
	init_completion(&item->noticed);
	item->buf = kmalloc(args->len, GFP_KERNEL);
	item->req = skcipher_request_alloc(tfm, GFP_KERNEL);
	if (!item->buf || !item->req)
		return -ENOMEM;
	fill_pattern(item->buf, args->len, index);
	fill_pattern(item->iv, sizeof(item->iv), ~index);
	item->sgl = split(item->buf, args->len, args->segs);
	if (!(args->flags & QCT_IN_PLACE)) {
		item->dst = kzalloc(args->len, GFP_KERNEL);
		if (!item->dst)
			return -ENOMEM;
		item->out = split(item->dst, args->len, args->segs);
	}
	if (!item->sgl || (item->dst && !item->out))
		return -ENOMEM;
	if (args->flags & QCT_MAY_BACKLOG)
		flags |= CRYPTO_TFM_REQ_MAY_BACKLOG;
	if (args->flags & QCT_MAY_SLEEP)
		flags |= CRYPTO_TFM_REQ_MAY_SLEEP;
	skcipher_request_set_callback(item->req, flags,
				      QCT_CALLBACK(on_request, on_data), item);
	skcipher_request_set_crypt(item->req, item->sgl, item->out ?: item->sgl,
				   args->len, item->iv);
	return 0;
}

static void burst_free(struct burst *burst)
{
	unsigned int i;

	for (i = 0; i < burst->args.requests; i++) {
		struct item *item = &burst->items[i];

		if (item->req)
			skcipher_request_free(item->req);
		kfree(item->sgl);
		kfree(item->out);
		kfree(item->buf);
		kfree(item->dst);
	}
	kfree(burst->scratch);
	kvfree(burst);
}

static struct burst *burst_create(const struct qct_burst *args,
				  struct crypto_skcipher *tfm)
{
	struct burst *burst;
	unsigned int i;
	int err = 0;

	burst = kvzalloc(struct_size(burst, items, args->requests), GFP_KERNEL);
	if (!burst)
		return ERR_PTR(-ENOMEM);
	burst->args = *args;
	atomic_set(&burst->pending, args->requests + 1);
	init_completion(&burst->finished);
	burst->scratch = kmalloc(args->len, GFP_KERNEL);
	if (!burst->scratch)
		err = -ENOMEM;
	for (i = 0; !err && i < args->requests; i++)
		err = make_item(burst, i, tfm);
	if (!err)
		return burst;
	burst_free(burst);
	return ERR_PTR(err);
}

/* The software's result of request @index goes to scratch, its IV to @iv. */
static int compute(struct burst *burst, unsigned int index,
		   struct skcipher_request *req, u8 *iv)
{
	struct scatterlist sg;

	fill_pattern(burst->scratch, burst->args.len, index);
	fill_pattern(iv, QCT_IV_SIZE, ~index);
	sg_init_one(&sg, burst->scratch, burst->args.len);
	skcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_SLEEP, NULL, NULL);
	skcipher_request_set_crypt(req, &sg, &sg, burst->args.len, iv);
	return burst->args.flags & QCT_ENCRYPT ? crypto_skcipher_encrypt(req) :
						 crypto_skcipher_decrypt(req);
}

static int compare(struct burst *burst, struct qct_tally *tally,
		   struct crypto_skcipher *soft)
{
	const struct qct_burst *args = &burst->args;
	struct skcipher_request *req = skcipher_request_alloc(soft, GFP_KERNEL);
	u8 iv[QCT_IV_SIZE];
	unsigned int i;
	int err = 0;

	if (!req)
		return -ENOMEM;
	for (i = 0; !err && i < args->requests; i++) {
		struct item *item = &burst->items[i];

		if (item->err)
			continue;
		err = compute(burst, i, req, iv);
		if (memcmp(item->dst ?: item->buf, burst->scratch, args->len))
			tally->wrong_data++;
		if (args->flags & QCT_CHECK_IV &&
		    memcmp(item->iv, iv, sizeof(iv)))
			tally->wrong_iv++;
		cond_resched();
	}
	skcipher_request_free(req);
	return err;
}

static void count_submission(struct qct_tally *tally, int submitted)
{
	switch (submitted) {
	case -EINPROGRESS:
		tally->in_progress++;
		break;
	case -EBUSY:
		tally->busy++;
		break;
	case -ENOSPC:
		tally->no_space++;
		break;
	case 0:
		tally->at_once++;
		break;
	default:
		tally->refused++;
		break;
	}
}

static void count(struct burst *burst, struct qct_tally *tally)
{
	unsigned int i;

	for (i = 0; i < burst->args.requests; i++) {
		const struct item *item = &burst->items[i];
		unsigned int finals = atomic_read(&item->finals);
		unsigned int notices = atomic_read(&item->notices);
		bool waits = item->submitted == -EBUSY;

		count_submission(tally, item->submitted);
		tally->notifications += notices;
		tally->completions += finals;
		tally->lost += !finals;
		tally->doubled += finals > 1;
		tally->late_notices += atomic_read(&item->late);
		tally->missing_notices += waits && !notices;
		tally->stray_notices += notices > waits;
		if (finals && item->err) {
			tally->failures++;
			tally->failure = item->err;
		}
	}
}

/*
 * The key changes while requests wait: they were given with the old one.  It comes
 * back afterwards.
 */
static int rekey(struct qct_file *file, struct burst *burst)
{
	unsigned int i;

	for (i = 0; i < burst->args.requests; i++) {
		const struct item *item = &burst->items[i];

		burst->args.tally.rekeyed += item->submitted == -EBUSY &&
					     !atomic_read(&item->notices);
	}
	return qct_transform_rekey(file, 0xff);
}

/**
 * qct_burst() - run a burst
 * @file: file, locked
 * @args: checked arguments; the tally is filled
 *
 * If requests do not come back, their memory and this module stay for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when it ran, whatever the outcome; -ENODEV, -ENOKEY without a keyed
 * transform; -ENOMEM; or an error of the software implementation.
 */
int qct_burst(struct qct_file *file, struct qct_burst *args)
{
	struct burst *burst;
	int err;

	if (!file->tfm)
		return -ENODEV;
	err = qct_transform_need_soft(file);
	if (err)
		return err;
	memset(&args->tally, 0, sizeof(args->tally));
	burst = burst_create(args, file->tfm);
	if (IS_ERR(burst))
		return PTR_ERR(burst);

	submit_all(burst);
	err = args->flags & QCT_REKEY ? rekey(file, burst) : 0;
	args->tally.rekeyed = burst->args.tally.rekeyed;
	put_pending(burst);
	if (!wait_for_completion_timeout(&burst->finished,
					 msecs_to_jiffies(args->timeout_ms))) {
		count(burst, &args->tally);
		__module_get(THIS_MODULE);
		return 0;
	}
	count(burst, &args->tally);
	if (args->flags & QCT_REKEY)
		err = err ?: qct_transform_rekey(file, 0);
	err = err ?: compare(burst, &args->tally, file->soft);
	burst_free(burst);
	return err;
}
