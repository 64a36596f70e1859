/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compression: what the formats tell the part that all of them share, and what its
 * two files, one for the device and one for software, have in common.
 */
#ifndef QATVF_SERVICES_COMPRESS_H
#define QATVF_SERVICES_COMPRESS_H

#include <crypto/internal/acompress.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "algs.h"
#include "buffers.h"
#include "compat.h"
#include "hw/dc.h"

/**
 * struct qatvf_comp_plan - what the device is asked to do
 * @cmd: enum dc_cmd
 * @lower: configuration
 * @upper: likewise
 * @may_store: the device may leave the data as it is
 * @head: the data has a header of DC_LZ4_HEAD_BYTES for the device, which the
 *	caller's format lacks
 */
struct qatvf_comp_plan {
	u8 cmd;
	u32 lower;
	u32 upper;
	bool may_store;
	bool head;
};

/**
 * struct qatvf_comp_text - data for software: contiguous, in both directions
 * @src: source
 * @slen: its bytes
 * @dst: destination, never the same memory
 * @dlen: room in it; later, bytes used of it
 */
struct qatvf_comp_text {
	const u8 *src;
	unsigned int slen;
	u8 *dst;
	unsigned int dlen;
};

/**
 * struct qatvf_comp_format - a data format
 * @plan: what to ask of the device; returns false if it is nothing for it.
 *	@compress, @slen, @dlen: of the request
 * @workspace_bytes: memory that @compress and @decompress need
 * @compress: software; returns 0, -ENOSPC, -EINVAL or -ENOMEM
 * @decompress: likewise
 * @finish: optional: turn what the device compressed into the format, of
 *	@text_len bytes.  May fail with any error: software takes over.
 *
 * All but @plan run in process context; they may sleep, but not wait for memory
 * to be written out.
 */
struct qatvf_comp_format {
	bool (*plan)(struct qatvf_comp_plan *plan, bool compress,
		     unsigned int slen, unsigned int dlen);
	size_t (*workspace_bytes)(void);
	int (*compress)(void *workspace, struct qatvf_comp_text *text);
	int (*decompress)(void *workspace, struct qatvf_comp_text *text);
	int (*finish)(struct qatvf_comp_text *text, unsigned int text_len);
};

/**
 * struct qatvf_comp_ctx - a transform
 * @alg: its row
 * @format: of its row
 * @lock: guards @workspace
 * @workspace: of the software
 */
struct qatvf_comp_ctx {
	const struct qatvf_alg *alg;
	const struct qatvf_comp_format *format;
	struct mutex lock;
	void *workspace;
};

/**
 * struct qatvf_comp_req - a request
 * @req: the ring pair's part
 * @buf: its data
 * @plan: what the device is asked to do
 * @work: the part that software does
 * @skid: where the device may write what does not fit
 * @compress: direction
 * @own_dst: the destination was allocated for the caller
 * @redo: the device's result is good, but none of the format
 * @unfinished: the device's part is done, struct qatvf_comp_format.finish is not
 * @produced: bytes of the result
 */
struct qatvf_comp_req {
	struct qatvf_request req;
	struct qatvf_buffers buf;
	struct qatvf_comp_plan plan;
	struct work_struct work;
	dma_addr_t skid;
	bool compress;
	bool own_dst;
	bool redo;
	bool unfinished;
	unsigned int produced;
};

static inline struct acomp_req *qatvf_comp_to_acomp(struct qatvf_comp_req *creq)
{
	return container_of((void *)creq, struct acomp_req, __ctx);
}

static inline struct qatvf_comp_ctx *qatvf_comp_ctx_of(struct acomp_req *areq)
{
	return acomp_tfm_ctx(crypto_acomp_reqtfm(areq));
}

u32 qatvf_comp_depth(void);

int qatvf_comp_init(struct crypto_acomp *tfm);
void qatvf_comp_exit(struct crypto_acomp *tfm);
int qatvf_comp_compress(struct acomp_req *areq);
int qatvf_comp_decompress(struct acomp_req *areq);
void qatvf_comp_dst_free(struct scatterlist *dst);
void qatvf_comp_end(struct qatvf_comp_req *creq, int err);

void qatvf_comp_soft_start(struct qatvf_comp_req *creq);
int qatvf_comp_soft_init(void);
void qatvf_comp_soft_exit(void);

/* A row of struct qatvf_alg; names are those of the format. */
#define QATVF_COMP_ALG(_name, _capabilities, _format)			\
	{								\
		.type = QATVF_ALG_ACOMP,				\
		.service = QAT_SVC_COMPRESSION,				\
		.capabilities = (_capabilities),			\
		.params = (_format),					\
		.acomp = {						\
			.base = {					\
				.cra_name = _name,			\
				.cra_driver_name = "qatvf-" _name,	\
				.cra_flags = QATVF_ALG_FLAGS |		\
					     CRYPTO_ALG_ALLOCATES_MEMORY, \
				.cra_ctxsize =				\
					sizeof(struct qatvf_comp_ctx),	\
				.cra_module = THIS_MODULE,		\
			},						\
			.init = qatvf_comp_init,			\
			.exit = qatvf_comp_exit,			\
			.compress = qatvf_comp_compress,		\
			.decompress = qatvf_comp_decompress,		\
			QATVF_ACOMP_DST_FREE(qatvf_comp_dst_free)	\
		},							\
	}

#endif /* QATVF_SERVICES_COMPRESS_H */
