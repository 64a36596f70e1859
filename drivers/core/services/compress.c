// SPDX-License-Identifier: GPL-2.0
/*
 * Compression as the crypto API's acomp: a transform and the way of a request to
 * the device and back.  What the formats differ in is in their own files.
 *
 * Whatever the device cannot take, does badly or leaves undone, software does
 * (comp_soft.c), except when the result does not fit or data to be decompressed
 * are damaged: that is the answer.
 *
 * Facts: reference 06 sections 2-5, 8, 9, 12, 15 and 21.
 */
#include <linux/dma-mapping.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/scatterlist.h>
#include <linux/vmalloc.h>

#include "../provider.h"
#include "../ring_pair.h"
#include "compat.h"
#include "compress.h"

/* Entries of a list besides the caller's: header and skid. */
#define EXTRA_ENTRIES		2
/* Destinations that we allocate: what the kernel's software allows itself. */
#define OWN_DST_BYTES		131072U
/* Pages of two, so that the device's list holds all of it. */
#define OWN_DST_ORDER		1

static unsigned int dc_level = 1;
module_param(dc_level, uint, 0644);
MODULE_PARM_DESC(dc_level,
		 "How hard the device tries to compress: 1 to 5 (default 1), 6 to 8, 9 and above");

/**
 * qatvf_comp_depth() - the part of a configuration that depends on dc_level
 *
 * Return: DC_LOWER_* bits.
 */
u32 qatvf_comp_depth(void)
{
	unsigned int level = READ_ONCE(dc_level);

	if (level > 8)
		return DC_LOWER_DEPTH_HIGH;
	if (level > 5)
		return DC_LOWER_DEPTH_MEDIUM;
	return DC_LOWER_DEPTH_LOW | DC_LOWER_NO_COLLISIONS;
}

static struct qatvf_comp_req *to_comp_req(struct qatvf_request *req)
{
	return container_of(req, struct qatvf_comp_req, req);
}

static const struct qatvf_comp_format *format_of(struct qatvf_comp_req *creq)
{
	return qatvf_comp_ctx_of(qatvf_comp_to_acomp(creq))->format;
}

/* What the device may read, and write, with what only it wants to see. */
static unsigned int in_len(const struct qatvf_comp_req *creq)
{
	return creq->buf.src_len +
	       (creq->plan.head && !creq->compress ? DC_LZ4_HEAD_BYTES : 0);
}

static unsigned int out_len(const struct qatvf_comp_req *creq)
{
	if (!creq->compress)
		return creq->buf.dst_len;
	return creq->buf.dst_len + QATVF_SKID_BYTES +
	       (creq->plan.head ? DC_LZ4_HEAD_BYTES : 0);
}

static void put_entry(struct qatvf_sgl *list, unsigned int *n, dma_addr_t addr,
		      unsigned int len)
{
	list->entry[*n].len = cpu_to_le32(len);
	list->entry[*n].addr = cpu_to_le64(addr);
	(*n)++;
}

static void put_sg(struct qatvf_sgl *list, unsigned int *n,
		   struct scatterlist *sgl, int segs, unsigned int len)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(sgl, sg, segs, i) {
		unsigned int part = min(sg_dma_len(sg), len);

		if (part)
			put_entry(list, n, sg_dma_address(sg), part);
		len -= part;
	}
}

/* A header lies in the slot's own memory, so that the caller's is left alone. */
static void fill_lists(struct qatvf_comp_req *creq, struct qatvf_slot_mem *mem,
		       dma_addr_t mem_dma)
{
	dma_addr_t head = mem_dma + offsetof(struct qatvf_slot_mem, cd);
	const struct qatvf_buffers *buf = &creq->buf;
	unsigned int src = 0, dst = 0;

	if (creq->plan.head && !creq->compress) {
		put_unaligned_le32(buf->src_len, mem->cd);
		put_entry(&mem->src, &src, head, DC_LZ4_HEAD_BYTES);
	}
	put_sg(&mem->src, &src, buf->src, buf->src_segs, buf->src_len);
	mem->src.head.count = cpu_to_le32(src);

	if (creq->plan.head && creq->compress)
		put_entry(&mem->dst, &dst, head, DC_LZ4_HEAD_BYTES);
	put_sg(&mem->dst, &dst, buf->dst, buf->dst_segs, buf->dst_len);
	if (creq->compress)
		put_entry(&mem->dst, &dst, creq->skid, QATVF_SKID_BYTES);
	mem->dst.head.count = cpu_to_le32(dst);
}

static unsigned int comp_fill(struct qatvf_request *req, void *message,
			      struct qatvf_slot_mem *mem, dma_addr_t mem_dma)
{
	struct qatvf_comp_req *creq = to_comp_req(req);
	struct dc_req *msg = message;
	u32 params = DC_PAR_START | DC_PAR_END | DC_PAR_FINAL;

	fill_lists(creq, mem, mem_dma);

	memset(msg, 0, sizeof(*msg));
	msg->cmd = creq->plan.cmd;
	msg->service = QAT_FW_SERVICE_DC;
	msg->valid = QAT_FW_VALID;
	if (creq->plan.may_store)
		msg->flags = cpu_to_le16(DC_FLAG_MAY_STORE);
	msg->ptr_flags = QAT_FW_PTR_SGL | DC_PTR_CONFIG_INLINE;
	msg->config_lower = cpu_to_be32(creq->plan.lower);
	msg->config_upper = cpu_to_be32(creq->plan.upper);
	msg->src = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, src));
	msg->dst = cpu_to_le64(mem_dma + offsetof(struct qatvf_slot_mem, dst));
	msg->in_len = cpu_to_le32(in_len(creq));
	msg->out_len = cpu_to_le32(out_len(creq));
	msg->src_len = msg->in_len;
	msg->dst_len = msg->out_len;
	msg->adler32 = cpu_to_le32(DC_ADLER32_SEED);
	if (creq->compress)
		params |= DC_PAR_VERIFY;
	msg->params = cpu_to_le32(params);
	msg->slices = DC_SLICES;
	return 0;
}

/*
 * The one block the device made, without its header, is what the caller wants.
 * A stored one is not: a stream of literals needs more room, which software sees to.
 */
static int take_block(struct qatvf_comp_req *creq, const u8 *head)
{
	u32 size = get_unaligned_le32(head);

	if (creq->produced < DC_LZ4_HEAD_BYTES)
		return -EIO;
	creq->produced -= DC_LZ4_HEAD_BYTES;
	if ((size & ~DC_LZ4_HEAD_STORED) != creq->produced)
		return -EIO;
	creq->redo = size & DC_LZ4_HEAD_STORED;
	return 0;
}

static int take_compressed(struct qatvf_comp_req *creq,
			   const struct qat_rsp *rsp, u32 consumed,
			   const struct qatvf_slot_mem *mem)
{
	int err = 0;

	if (consumed != in_len(creq) || !(rsp->valid & DC_RSP_VERIFIED))
		return -EIO;
	if (creq->plan.head)
		err = take_block(creq, mem->cd);
	else if (!creq->plan.may_store)
		creq->redo = rsp->valid & DC_RSP_STORED;
	if (err || creq->redo)
		return err;
	return creq->produced > creq->buf.dst_len ? -ENOSPC : 0;
}

/* Deflate data may have something behind their last block, LZ4 data have no end. */
static int take_decompressed(struct qatvf_comp_req *creq,
			     const struct qat_rsp *rsp, u32 consumed)
{
	if (creq->plan.head)
		return consumed == in_len(creq) ? 0 : -EIO;
	return rsp->status & QAT_RSP_STATUS_LAST_BLOCK ? 0 : -EIO;
}

static int comp_take(struct qatvf_request *req, const struct qat_rsp *rsp,
		     const struct qatvf_slot_mem *mem)
{
	const struct dc_result *result = (const void *)rsp->by_service;
	struct qatvf_comp_req *creq = to_comp_req(req);
	u32 consumed = le32_to_cpu(result->consumed);

	creq->produced = le32_to_cpu(result->produced);
	if (consumed > in_len(creq) || creq->produced > out_len(creq))
		return -EIO;
	return creq->compress ? take_compressed(creq, rsp, consumed, mem) :
				take_decompressed(creq, rsp, consumed);
}

/**
 * qatvf_comp_end() - tell the caller that a request is finished
 * @creq: request; may be gone afterwards
 * @err: 0 or what went wrong; then the caller's members stay as they were
 *
 * Context: bottom halves off.
 */
void qatvf_comp_end(struct qatvf_comp_req *creq, int err)
{
	struct acomp_req *areq = qatvf_comp_to_acomp(creq);

	if (!err)
		areq->dlen = creq->produced;
	if (err && creq->own_dst) {
		qatvf_comp_dst_free(areq->dst);
		areq->dst = NULL;
	}
	acomp_request_complete(areq, err);
}

/* Is that the answer, or may software do better? */
static bool answers(struct qatvf_comp_req *creq, int err)
{
	switch (err) {
	case 0:
		return !creq->redo && !creq->unfinished;
	case -ENOSPC:
		return !creq->unfinished;
	case -EINVAL:
		return !creq->compress;
	}
	return false;
}

static void count_unverified(struct qatvf_comp_req *creq)
{
	const struct qatvf_alg *alg;

	alg = qatvf_comp_ctx_of(qatvf_comp_to_acomp(creq))->alg;
	qatvf_count_unverified(alg);
	dev_warn_ratelimited(creq->buf.dev,
			     "%s: the device's own check of what it compressed failed: done in software\n",
			     alg->acomp.base.cra_driver_name);
}

static void comp_complete(struct qatvf_request *req, int err)
{
	struct qatvf_comp_req *creq = to_comp_req(req);

	qatvf_buffers_unmap(&creq->buf);
	if (err == -EBADMSG)
		count_unverified(creq);
	creq->unfinished = creq->compress && format_of(creq)->finish;
	if (answers(creq, err)) {
		qatvf_comp_end(creq, err);
		return;
	}
	if (err || creq->redo)
		creq->unfinished = false;
	qatvf_comp_soft_start(creq);
}

static void comp_started(struct qatvf_request *req)
{
	acomp_request_complete(qatvf_comp_to_acomp(to_comp_req(req)),
			       -EINPROGRESS);
}

static const struct qatvf_request_ops comp_ops = {
	.fill = comp_fill,
	.take = comp_take,
	.started = comp_started,
	.complete = comp_complete,
};

static int map(struct qatvf_comp_req *creq, struct qatvf_ring_pair *rp)
{
	struct qatvf_buffers *buf = &creq->buf;
	int err = qatvf_buffers_map(buf, rp->dev);

	if (err)
		return err;
	if (max(buf->src_segs, buf->dst_segs) <= QATVF_MAX_SEGS - EXTRA_ENTRIES)
		return 0;
	qatvf_buffers_unmap(buf);
	return -E2BIG;
}

/* Returns what submitting returned, or another error: software's turn. */
static int comp_hard(struct acomp_req *areq, struct qatvf_comp_req *creq)
{
	const struct qatvf_alg *alg = qatvf_comp_ctx_of(areq)->alg;
	struct qatvf_ring_pair *rp;
	int ret = -ENODEV;

	rcu_read_lock();
	rp = qatvf_provider_get(QAT_SVC_COMPRESSION);
	if (!rp || (rp->capabilities & alg->capabilities) != alg->capabilities)
		goto out;
	ret = map(creq, rp);
	if (ret)
		goto out;
	creq->skid = rp->skid_dma;
	creq->req.ops = &comp_ops;
	creq->req.bytes = max(creq->buf.src_len, creq->buf.dst_len);
	ret = qatvf_ring_pair_submit(rp, &creq->req, areq->base.flags &
				     CRYPTO_TFM_REQ_MAY_BACKLOG);
	if (ret == -ENOSPC)
		qatvf_buffers_unmap(&creq->buf);
out:
	rcu_read_unlock();
	return ret;
}

/*
 * The device may overwrite a source which it has not read yet, and neither it nor
 * our arithmetic with header and skid goes to the end of 32 bits.
 */
static bool fits_device(const struct acomp_req *areq, unsigned int dlen)
{
	return areq->src != areq->dst && areq->slen <= INT_MAX &&
	       dlen <= INT_MAX;
}

/* Older kernels let the caller leave the destination to the driver. */
static int alloc_dst(struct acomp_req *areq, struct qatvf_comp_req *creq)
{
	gfp_t gfp = areq->base.flags & CRYPTO_TFM_REQ_MAY_SLEEP ? GFP_KERNEL :
								  GFP_ATOMIC;

	if (!QATVF_ACOMP_ALLOCATES_DST)
		return -EINVAL;
	creq->buf.dst_len = min(areq->dlen ?: OWN_DST_BYTES, OWN_DST_BYTES);
	areq->dst = qatvf_acomp_dst_alloc(creq->buf.dst_len, OWN_DST_ORDER,
					  gfp | __GFP_NOWARN);
	creq->own_dst = areq->dst;
	return areq->dst ? 0 : -ENOMEM;
}

static int prepare(struct acomp_req *areq, struct qatvf_comp_req *creq,
		   bool compress)
{
	int err = 0;

	memset(creq, 0, sizeof(*creq));
	if (!areq->src || !areq->slen || (areq->dst && !areq->dlen))
		return -EINVAL;
	creq->compress = compress;
	creq->buf.dst_len = areq->dlen;
	if (!areq->dst)
		err = alloc_dst(areq, creq);
	creq->buf.src = areq->src;
	creq->buf.src_len = areq->slen;
	creq->buf.dst = areq->dst;
	return err;
}

static int run(struct acomp_req *areq, bool compress)
{
	struct qatvf_comp_req *creq = acomp_request_ctx(areq);
	const struct qatvf_comp_ctx *ctx = qatvf_comp_ctx_of(areq);
	int ret;

	ret = prepare(areq, creq, compress);
	if (ret)
		return ret;
	if (fits_device(areq, creq->buf.dst_len) &&
	    qatvf_offload_wanted(ctx->alg, areq->slen) &&
	    ctx->format->plan(&creq->plan, compress, areq->slen,
			      creq->buf.dst_len)) {
		ret = comp_hard(areq, creq);
		if (ret == -EINPROGRESS || ret == -EBUSY) {
			qatvf_count_hard(ctx->alg);
			return ret;
		}
	}
	qatvf_comp_soft_start(creq);
	return -EINPROGRESS;
}

/**
 * qatvf_comp_compress() - struct acomp_alg.compress of every format
 * @areq: request
 *
 * Context: any but hard interrupt; does not sleep.
 * Return: -EINPROGRESS or -EBUSY; the end is told to the caller's callback, with
 * -ENOSPC if the result does not fit; -EINVAL if there is nothing to compress or
 * nowhere to put it, -ENOMEM.
 */
int qatvf_comp_compress(struct acomp_req *areq)
{
	return run(areq, true);
}

/**
 * qatvf_comp_decompress() - struct acomp_alg.decompress of every format
 * @areq: request
 *
 * Context: any but hard interrupt; does not sleep.
 * Return: like qatvf_comp_compress(); the callback may also get -EINVAL for damaged
 * data.
 */
int qatvf_comp_decompress(struct acomp_req *areq)
{
	return run(areq, false);
}

/**
 * qatvf_comp_dst_free() - free a destination that was allocated for the caller
 * @dst: list, or NULL
 *
 * Context: any.
 */
void qatvf_comp_dst_free(struct scatterlist *dst)
{
	if (dst)
		qatvf_acomp_dst_free(dst, OWN_DST_ORDER);
}

/**
 * qatvf_comp_init() - struct acomp_alg.init of every format
 * @tfm: transform
 *
 * Context: process context, sleeps.
 * Return: 0 or -ENOMEM.
 */
int qatvf_comp_init(struct crypto_acomp *tfm)
{
	struct crypto_alg *base = crypto_acomp_tfm(tfm)->__crt_alg;
	struct qatvf_comp_ctx *ctx = acomp_tfm_ctx(tfm);

	ctx->alg = container_of(base, struct qatvf_alg, acomp.base);
	ctx->format = ctx->alg->params;
	mutex_init(&ctx->lock);
	/* In advance, because swapping out must not wait for memory. */
	ctx->workspace = vmalloc(ctx->format->workspace_bytes());
	tfm->reqsize = sizeof(struct qatvf_comp_req);
	return ctx->workspace ? 0 : -ENOMEM;
}

/**
 * qatvf_comp_exit() - struct acomp_alg.exit of every format
 * @tfm: transform without requests
 *
 * Context: process context.
 */
void qatvf_comp_exit(struct crypto_acomp *tfm)
{
	struct qatvf_comp_ctx *ctx = acomp_tfm_ctx(tfm);

	vfree(ctx->workspace);
}
