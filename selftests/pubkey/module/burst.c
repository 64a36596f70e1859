// SPDX-License-Identifier: GPL-2.0
/*
 * Many requests at once, without waiting for one another.
 */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

/**
 * struct member - a request of a burst
 * @req: request
 * @burst: the burst
 * @submitted: what the call returned
 * @notices: completions with -EINPROGRESS
 * @ends: final completions
 * @err: the error of the last
 */
struct member {
	struct qpt_request req;
	struct burst *burst;
	int submitted;
	unsigned int notices;
	unsigned int ends;
	int err;
};

/**
 * struct burst - the burst
 * @pending: final completions still to come, and one for the submitter
 * @finished: none is
 * @count: of @members
 * @members: its requests
 */
struct burst {
	atomic_t pending;
	struct completion finished;
	unsigned int count;
	struct member members[];
};

static void put(struct burst *burst)
{
	if (atomic_dec_and_test(&burst->pending))
		complete(&burst->finished);
}

static void member_completed(struct qpt_request *req, int err)
{
	struct member *member = container_of(req, struct member, req);

	if (err == -EINPROGRESS) {
		member->notices++;
		return;
	}
	member->err = err;
	member->ends++;
	put(member->burst);
}

static void submit(struct burst *burst, const struct qpt_burst *args)
{
	unsigned int i;
	int ret;

	for (i = 0; i < burst->count; i++) {
		struct member *member = &burst->members[i];

		atomic_inc(&burst->pending);
		ret = qpt_request_submit(&member->req, args->op, args->flags);
		member->submitted = ret;
		if (ret != -EINPROGRESS && ret != -EBUSY) {
			member->err = ret;
			put(burst);
		}
	}
	put(burst);
}

static void tally(const struct member *member, const u8 *expected,
		  struct qpt_burst *args)
{
	bool async = member->submitted == -EINPROGRESS ||
		     member->submitted == -EBUSY;

	args->in_progress += member->submitted == -EINPROGRESS;
	args->busy += member->submitted == -EBUSY;
	args->at_once += !member->submitted;
	args->refused += !async && member->submitted;
	args->notices += member->notices;
	args->completions += member->ends;
	args->lost += async && member->ends != 1;
	if (member->err) {
		args->failures++;
		args->failure = member->err;
	} else {
		args->wrong += !!memcmp(member->req.dst, expected,
					args->expected_len);
	}
}

static int make(struct burst *burst, struct qpt_file *file, const u8 *src,
		const struct qpt_burst *args)
{
	unsigned int i;
	int err;

	for (i = 0; i < args->requests; i++) {
		struct member *member = &burst->members[i];

		member->burst = burst;
		member->req.completed = member_completed;
		burst->count++;
		err = qpt_request_make(&member->req, file, src, args->src_len,
				       args->expected_len, 1, args->flags);
		if (err)
			return err;
	}
	return 0;
}

static void burst_free(struct burst *burst)
{
	unsigned int i;

	for (i = 0; i < burst->count; i++)
		qpt_request_free(&burst->members[i].req);
	kvfree(burst);
}

static int run(struct qpt_file *file, const u8 *src, const u8 *expected,
	       struct qpt_burst *args)
{
	struct burst *burst;
	unsigned int i;
	int err;

	burst = kvzalloc(struct_size(burst, members, args->requests),
			 GFP_KERNEL);
	if (!burst)
		return -ENOMEM;
	init_completion(&burst->finished);
	atomic_set(&burst->pending, 1);
	err = make(burst, file, src, args);
	if (err)
		goto out;
	submit(burst, args);
	if (!wait_for_completion_timeout(&burst->finished,
					 msecs_to_jiffies(args->timeout_ms))) {
		__module_get(THIS_MODULE);
		return -ETIMEDOUT;
	}
	for (i = 0; i < burst->count; i++)
		tally(&burst->members[i], expected, args);
out:
	burst_free(burst);
	return err;
}

/**
 * qpt_burst() - run many requests
 * @file: file, locked
 * @args: checked arguments; the output members, zeroed, are filled
 *
 * Requests that do not come back keep their memory and this module for ever.
 *
 * Context: process context, sleeps; bounded.
 * Return: 0 when all requests ended, however; -ETIMEDOUT if one did not; other
 * errors for the arguments.
 */
int qpt_burst(struct qpt_file *file, struct qpt_burst *args)
{
	u8 *src, *expected;
	int err;

	src = memdup_user((void __user *)(uintptr_t)args->src, args->src_len);
	if (IS_ERR(src))
		return PTR_ERR(src);
	expected = memdup_user((void __user *)(uintptr_t)args->expected,
			       args->expected_len);
	err = PTR_ERR_OR_ZERO(expected);
	if (!err) {
		err = run(file, src, expected, args);
		kfree(expected);
	}
	kfree(src);
	return err;
}
