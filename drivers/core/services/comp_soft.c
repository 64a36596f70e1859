// SPDX-License-Identifier: GPL-2.0
/*
 * The software beside the device's compression, in a workqueue: it may take long,
 * and the requests it rescues come from bottom halves.
 *
 * It works with the kernel's libraries instead of the crypto API's own software.
 * That one takes no more than 128 KB on some kernels, and on others a window too
 * small for what the device compressed, as soon as the data are in pieces.
 */
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/scatterlist.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "compress.h"

static struct workqueue_struct *soft_wq;

/**
 * struct piece - a scatterlist as contiguous memory
 * @sgl: list
 * @addr: its memory, or a copy
 * @len: bytes
 * @copy: it is a copy
 */
struct piece {
	struct scatterlist *sgl;
	u8 *addr;
	unsigned int len;
	bool copy;
};

static int piece_open(struct piece *piece, struct scatterlist *sgl,
		      unsigned int len, bool must_copy)
{
	piece->sgl = sgl;
	piece->len = len;
	piece->copy = must_copy || sgl->length < len ||
		      PageHighMem(sg_page(sgl));
	if (!piece->copy) {
		piece->addr = sg_virt(sgl);
		return 0;
	}
	if (len > INT_MAX)
		return -ENOMEM;
	piece->addr = kvmalloc(len, GFP_KERNEL | __GFP_NOWARN);
	return piece->addr ? 0 : -ENOMEM;
}

static int piece_load(struct piece *piece)
{
	if (!piece->copy)
		return 0;
	return sg_copy_to_buffer(piece->sgl, sg_nents(piece->sgl), piece->addr,
				 piece->len) == piece->len ? 0 : -EINVAL;
}

static int piece_store(struct piece *piece, unsigned int len)
{
	if (!piece->copy)
		return 0;
	return sg_copy_from_buffer(piece->sgl, sg_nents(piece->sgl),
				   piece->addr, len) == len ? 0 : -EINVAL;
}

static void piece_close(struct piece *piece)
{
	if (piece->copy)
		kvfree(piece->addr);
}

static int convert(struct qatvf_comp_req *creq, struct qatvf_comp_ctx *ctx,
		   struct qatvf_comp_text *text)
{
	const struct qatvf_comp_format *format = ctx->format;
	int err;

	if (creq->unfinished)
		return format->finish(text, creq->buf.src_len);
	mutex_lock(&ctx->lock);
	err = creq->compress ? format->compress(ctx->workspace, text) :
			       format->decompress(ctx->workspace, text);
	mutex_unlock(&ctx->lock);
	return err;
}

/* No format makes a text longer than that, whatever room the caller offers. */
static unsigned int useful_room(const struct qatvf_comp_req *creq)
{
	u64 most = creq->buf.src_len + creq->buf.src_len / 4ULL + SZ_4K;

	return creq->compress ? min_t(u64, creq->buf.dst_len, most) :
				creq->buf.dst_len;
}

/* @sgl: the caller's source or, of a request to be finished, its destination. */
static int run(struct qatvf_comp_req *creq, struct scatterlist *sgl,
	       unsigned int slen)
{
	struct acomp_req *areq = qatvf_comp_to_acomp(creq);
	struct piece src = { }, dst = { };
	struct qatvf_comp_text text;
	int err;

	err = piece_open(&src, sgl, slen, false) ?:
	      piece_load(&src) ?:
	      piece_open(&dst, areq->dst, useful_room(creq),
			 areq->dst == sgl);
	if (err)
		goto out;
	text.src = src.addr;
	text.slen = slen;
	text.dst = dst.addr;
	text.dlen = dst.len;
	err = convert(creq, qatvf_comp_ctx_of(areq), &text) ?:
	      piece_store(&dst, text.dlen);
	creq->produced = text.dlen;
out:
	piece_close(&dst);
	piece_close(&src);
	return err;
}

static int run_all(struct qatvf_comp_req *creq)
{
	struct acomp_req *areq = qatvf_comp_to_acomp(creq);
	int err;

	if (creq->unfinished) {
		err = run(creq, areq->dst, creq->produced);
		if (!err)
			return 0;
		creq->unfinished = false;
	}
	qatvf_count_soft(qatvf_comp_ctx_of(areq)->alg);
	return run(creq, areq->src, areq->slen);
}

static void soft_work(struct work_struct *work)
{
	struct qatvf_comp_req *creq = container_of(work, struct qatvf_comp_req,
						   work);
	unsigned int noio = memalloc_noio_save();
	int err = run_all(creq);

	memalloc_noio_restore(noio);
	/* As if it came from the device. */
	local_bh_disable();
	qatvf_comp_end(creq, err);
	local_bh_enable();
}

/**
 * qatvf_comp_soft_start() - let software do a request or finish it
 * @creq: prepared request; belongs to the workqueue then
 *
 * Context: any.
 */
void qatvf_comp_soft_start(struct qatvf_comp_req *creq)
{
	INIT_WORK(&creq->work, soft_work);
	queue_work(soft_wq, &creq->work);
}

/**
 * qatvf_comp_soft_init() - before the first request
 *
 * Return: 0 or -ENOMEM.
 */
int qatvf_comp_soft_init(void)
{
	/* Swap may depend on it. */
	soft_wq = alloc_workqueue("qatvf_comp", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return soft_wq ? 0 : -ENOMEM;
}

/**
 * qatvf_comp_soft_exit() - after the last request
 */
void qatvf_comp_soft_exit(void)
{
	destroy_workqueue(soft_wq);
}
