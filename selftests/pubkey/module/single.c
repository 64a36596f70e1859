// SPDX-License-Identifier: GPL-2.0
/*
 * One request.
 */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

#define TIMEOUT_MS	60000

/**
 * struct single - a request that is waited for
 * @req: request
 * @finished: by the final completion
 * @err: its error
 */
struct single {
	struct qpt_request req;
	struct completion finished;
	int err;
};

static void single_completed(struct qpt_request *req, int err)
{
	struct single *one = container_of(req, struct single, req);

	if (err == -EINPROGRESS)
		return;
	one->err = err;
	complete(&one->finished);
}

static int make(struct single *one, struct qpt_file *file,
		const struct qpt_run *args)
{
	u8 *src = memdup_user((void __user *)(uintptr_t)args->src,
			      max(args->src_len, 1U));
	int err;

	if (IS_ERR(src))
		return PTR_ERR(src);
	err = qpt_request_make(&one->req, file, src, args->src_len,
			       args->dst_len, args->segs, args->flags);
	kfree(src);
	return err;
}

static int report(struct single *one, struct qpt_run *args)
{
	const u8 *guard = one->req.dst + args->dst_len;
	unsigned int i;

	args->overwritten = 0;
	for (i = 0; i < QPT_GUARD; i++)
		args->overwritten += guard[i] != 0xa5;
	if (copy_to_user((void __user *)(uintptr_t)args->dst, one->req.dst,
			 args->dst_len))
		return -EFAULT;
	args->dst_len = qpt_request_result_len(&one->req);
	return 0;
}

/**
 * qpt_single() - run one request
 * @file: file, locked
 * @args: checked arguments; the output members are filled
 *
 * A request that does not come back keeps its memory and this module for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when the request ended, however; -ETIMEDOUT if it did not; other errors
 * for the arguments.
 */
int qpt_single(struct qpt_file *file, struct qpt_run *args)
{
	struct single *one = kzalloc(sizeof(*one), GFP_KERNEL);
	int err;

	if (!one)
		return -ENOMEM;
	init_completion(&one->finished);
	one->req.completed = single_completed;
	err = make(one, file, args);
	if (err)
		goto out;
	args->result = qpt_request_submit(&one->req, args->op, args->flags);
	if (args->result == -EINPROGRESS || args->result == -EBUSY) {
		if (!wait_for_completion_timeout(&one->finished,
						 msecs_to_jiffies(TIMEOUT_MS))) {
			__module_get(THIS_MODULE);
			return -ETIMEDOUT;
		}
		args->result = one->err;
	}
	err = report(one, args);
out:
	qpt_request_free(&one->req);
	kfree(one);
	return err;
}
