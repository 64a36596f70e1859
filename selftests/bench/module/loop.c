// SPDX-License-Identifier: GPL-2.0
/*
 * A closed loop: as many operations as the queue is deep are under way, and each
 * one that completes is submitted again from its own callback.  So the depth is
 * constant, no thread has to be woken, and what is counted is the driver.
 *
 * Instructions are those that the processor has executed (model: isa-icount), from
 * the first submission to the last completion.  Waiting executes none.
 */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "internal.h"

/* isa-icount: the low half, which also latches the high one behind it. */
#define ICOUNT_PORT	0x5e8

#define LIMIT		(120 * HZ)

static u64 instructions(void)
{
	u64 low = inl(ICOUNT_PORT);

	return low | (u64)inl(ICOUNT_PORT + 4) << 32;
}

static void finished(struct qb_run *run)
{
	run->insn = instructions() - run->insn;
	run->ns = ktime_get_ns() - run->ns;
	complete(&run->done);
}

static void went_wrong(struct qb_run *run, int err)
{
	run->error = err;
	atomic_inc(&run->failed);
}

/* Until one is under way: a driver may as well do it at once. */
static void keep_going(struct qb_op *op)
{
	struct qb_run *run = op->run;
	int ret;

	while (atomic_dec_if_positive(&run->left) >= 0) {
		ret = run->kind->submit(op);
		if (ret == -EINPROGRESS || ret == -EBUSY)
			return;
		if (ret)
			went_wrong(run, ret);
	}
	if (atomic_dec_and_test(&run->flying))
		finished(run);
}

/**
 * qb_complete() - the callback of all requests
 * @data: operation
 * @err: outcome
 */
void qb_complete(void *data, int err)
{
	struct qb_op *op = data;

	/* Only says that a request has left the backlog. */
	if (err == -EINPROGRESS)
		return;
	if (err)
		went_wrong(op->run, err);
	keep_going(op);
}

/* A page an entry, as file systems and the block layer do. */
static void set_list(struct scatterlist *sgl, u8 *at, unsigned int len)
{
	unsigned int n = DIV_ROUND_UP(len, PAGE_SIZE), i, part;

	sg_init_table(sgl, n);
	for (i = 0; i < n; i++) {
		part = min_t(unsigned int, len, PAGE_SIZE);
		sg_set_buf(&sgl[i], at, part);
		at += part;
		len -= part;
	}
}

/* Data as compressible as text: a random walk over few letters. */
static void fill(u8 *data, unsigned int len)
{
	u32 state = 1;
	unsigned int i;

	for (i = 0; i < len; i++) {
		state = state * 1664525 + 1013904223;
		data[i] = 'a' + (state >> 28) % (i % 16 ? 4 : 16);
	}
}

static int prepare(struct qb_run *run, struct qb_op *op)
{
	op->run = run;
	op->pages = alloc_pages_exact(2 * QB_ROOM, GFP_KERNEL | __GFP_ZERO);
	if (!op->pages)
		return -ENOMEM;
	fill(op->pages, run->bytes);
	set_list(op->src, op->pages, run->bytes);
	set_list(op->dst, op->pages + QB_ROOM, 2 * run->bytes);
	return run->kind->prepare(op);
}

static void forget(struct qb_run *run)
{
	unsigned int i;

	for (i = 0; i < run->depth; i++) {
		if (run->op[i].req)
			run->kind->forget(&run->op[i]);
		if (run->op[i].pages)
			free_pages_exact(run->op[i].pages, 2 * QB_ROOM);
	}
	kvfree(run->op);
}

/* Leaks everything if requests do not come back: their memory is in use. */
static int measure(struct qb_run *run)
{
	unsigned int i;

	init_completion(&run->done);
	atomic_set(&run->left, run->ops);
	atomic_set(&run->flying, run->depth);
	run->ns = ktime_get_ns();
	run->insn = instructions();
	for (i = 0; i < run->depth; i++)
		keep_going(&run->op[i]);
	return wait_for_completion_timeout(&run->done, LIMIT) ? 0 : -ETIMEDOUT;
}

/**
 * qb_run() - measure
 * @run: kind, depth, bytes and ops are set; the rest is filled
 * @driver: of the crypto API
 * @key: of the transform
 * @key_len: its bytes
 *
 * Context: process context, sleeps.
 * Return: 0; -ETIMEDOUT if requests did not come back, in which case @run must not
 * be freed; or what the crypto API says.
 */
int qb_run(struct qb_run *run, const char *driver, const u8 *key,
	   unsigned int key_len)
{
	unsigned int i;
	int err = 0;

	run->tfm = run->kind->open(driver, key, key_len);
	if (IS_ERR(run->tfm))
		return PTR_ERR(run->tfm);
	run->op = kvcalloc(run->depth, sizeof(*run->op), GFP_KERNEL);
	if (!run->op)
		err = -ENOMEM;
	for (i = 0; !err && i < run->depth; i++)
		err = prepare(run, &run->op[i]);
	if (!err)
		err = measure(run);
	if (err == -ETIMEDOUT)
		return err;
	if (run->op)
		forget(run);
	run->kind->close(run->tfm);
	return err;
}
