// SPDX-License-Identifier: GPL-2.0
/*
 * zstd: the device finds the matches, the kernel's zstd encodes them.  The device
 * writes its own sequences ("LZ4s") to the caller's destination; read from there
 * (lz4s.c) they become zstd's, and the frame takes their place.  Decompression is software's,
 * and so is all that the device does not make smaller.
 *
 * On kernels whose zstd takes no sequences there is nothing to offer.
 *
 * Facts: reference 06 sections 6, 13.3 and 16.5.
 */
#include "compat.h"
#include "compress.h"

#ifdef QATVF_WITH_ZSTD

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/zstd.h>

#include "lz4s.h"

/* Of shorter texts the encoding is most of the work; longer ones need much memory. */
#define TEXT_MIN		SZ_8K
#define TEXT_MAX		SZ_512K
/* The kernel's own zstd uses it. */
#define LEVEL			3
/* And it decompresses nothing that looks back further than 256 KB. */
#define WINDOW_LOG		18
/* Tables in which nobody looks for matches. */
#define TABLE_LOG		ZSTD_HASHLOG_MIN
/* zstd reads so far beyond literals. */
#define LITERALS_SLACK		32

/* What is read is handed over as it is. */
static_assert(sizeof(struct qatvf_lz4s_seq) == sizeof(zstd_sequence));
static_assert(offsetof(struct qatvf_lz4s_seq, offset) ==
	      offsetof(zstd_sequence, offset));
static_assert(offsetof(struct qatvf_lz4s_seq, literals) ==
	      offsetof(zstd_sequence, litLength));
static_assert(offsetof(struct qatvf_lz4s_seq, match) ==
	      offsetof(zstd_sequence, matchLength));
static_assert(QATVF_LZ4S_BLOCK == ZSTD_BLOCKSIZE_MAX);

static bool zstd_plan(struct qatvf_comp_plan *plan, bool compress,
		      unsigned int slen, unsigned int dlen)
{
	if (!compress || slen < TEXT_MIN || slen > TEXT_MAX)
		return false;
	plan->cmd = DC_CMD_LZ4S;
	plan->lower = DC_LOWER_COMMON | DC_LOWER_FORMAT_LZ4S |
		      qatvf_comp_depth();
	plan->upper = DC_UPPER_COMMON | DC_UPPER_SCB_OFF;
	return true;
}

static int sequences_alloc(struct qatvf_lz4s *s, unsigned int text_len)
{
	memset(s, 0, sizeof(*s));
	s->text_len = text_len;
	s->seq = kvmalloc_array(qatvf_lz4s_max(text_len), sizeof(*s->seq),
				GFP_KERNEL);
	s->literals = kvmalloc(text_len + LITERALS_SLACK, GFP_KERNEL);
	return s->seq && s->literals ? 0 : -ENOMEM;
}

static void sequences_free(struct qatvf_lz4s *s)
{
	kvfree(s->literals);
	kvfree(s->seq);
}

static zstd_compression_parameters encoder_params(unsigned int text_len)
{
	zstd_compression_parameters params =
		zstd_get_params(LEVEL, text_len).cParams;

	params.windowLog = clamp_t(unsigned int, ilog2(text_len - 1) + 1,
				   ZSTD_WINDOWLOG_MIN, WINDOW_LOG);
	params.hashLog = TABLE_LOG;
	params.chainLog = TABLE_LOG;
	params.minMatch = ZSTD_MINMATCH_MIN;
	return params;
}

static bool encoder_setup(zstd_cctx *cctx,
			  const zstd_compression_parameters *params)
{
	const struct {
		zstd_cparameter parameter;
		int value;
	} settings[] = {
		{ ZSTD_c_compressionLevel, LEVEL },
		{ ZSTD_c_windowLog, params->windowLog },
		{ ZSTD_c_hashLog, params->hashLog },
		{ ZSTD_c_chainLog, params->chainLog },
		{ ZSTD_c_minMatch, params->minMatch },
		{ ZSTD_c_strategy, params->strategy },
		{ ZSTD_c_blockDelimiters, ZSTD_sf_explicitBlockDelimiters },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (zstd_is_error(zstd_cctx_set_param(cctx,
						      settings[i].parameter,
						      settings[i].value)))
			return false;
	return true;
}

static int encode(struct qatvf_lz4s *s, struct qatvf_comp_text *text)
{
	zstd_compression_parameters params = encoder_params(s->text_len);
	size_t bytes = zstd_cstream_workspace_bound(&params), len;
	void *memory = kvmalloc(bytes, GFP_KERNEL);
	zstd_cctx *cctx;
	int err = -EINVAL;

	if (!memory)
		return -ENOMEM;
	cctx = zstd_init_cctx(memory, bytes);
	if (!cctx || !encoder_setup(cctx, &params))
		goto out;
	len = zstd_compress_sequences_and_literals(cctx, text->dst, text->dlen,
						   (const void *)s->seq, s->n,
						   s->literals, s->nliterals,
						   s->text_len + LITERALS_SLACK,
						   s->text_len);
	if (zstd_is_error(len))
		goto out;
	text->dlen = len;
	err = 0;
out:
	kvfree(memory);
	return err;
}

static int zstd_finish(struct qatvf_comp_text *text, unsigned int text_len)
{
	struct qatvf_lz4s s;
	int err;

	err = sequences_alloc(&s, text_len) ?:
	      qatvf_lz4s_read(&s, text->src, text->slen) ?:
	      encode(&s, text);
	sequences_free(&s);
	return err;
}

static size_t zstd_workspace_bytes(void)
{
	zstd_parameters params = zstd_get_params(LEVEL, BIT(WINDOW_LOG));

	return max(zstd_cctx_workspace_bound(&params.cParams),
		   zstd_dctx_workspace_bound());
}

/* What the library says, as what the crypto API says. */
static int outcome(struct qatvf_comp_text *text, size_t ret)
{
	if (!zstd_is_error(ret)) {
		text->dlen = ret;
		return 0;
	}
	return zstd_get_error_code(ret) == ZSTD_error_dstSize_tooSmall ?
	       -ENOSPC : -EINVAL;
}

static int zstd_compress(void *workspace, struct qatvf_comp_text *text)
{
	zstd_parameters params = zstd_get_params(LEVEL, BIT(WINDOW_LOG));
	zstd_cctx *cctx = zstd_init_cctx(workspace, zstd_workspace_bytes());

	if (!cctx)
		return -EINVAL;
	return outcome(text, zstd_compress_cctx(cctx, text->dst, text->dlen,
						text->src, text->slen,
						&params));
}

static int zstd_decompress(void *workspace, struct qatvf_comp_text *text)
{
	zstd_dctx *dctx = zstd_init_dctx(workspace, zstd_workspace_bytes());

	if (!dctx)
		return -EINVAL;
	return outcome(text, zstd_decompress_dctx(dctx, text->dst, text->dlen,
						  text->src, text->slen));
}

static const struct qatvf_comp_format zstd_format = {
	.plan = zstd_plan,
	.workspace_bytes = zstd_workspace_bytes,
	.compress = zstd_compress,
	.decompress = zstd_decompress,
	.finish = zstd_finish,
};

static struct qatvf_alg algs[] = {
	QATVF_COMP_ALG("zstd", QAT_CAP_COMPRESSION | QAT_CAP_LZ4S, &zstd_format),
};

const struct qatvf_alg_table qatvf_zstd = {
	.algs = algs,
	.count = ARRAY_SIZE(algs),
};

#else

const struct qatvf_alg_table qatvf_zstd;

#endif /* QATVF_WITH_ZSTD */
