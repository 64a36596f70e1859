// SPDX-License-Identifier: GPL-2.0
/*
 * lz4: one bare LZ4 block, as the kernel's own "lz4" makes and takes it.
 *
 * The device knows blocks of limited size, each with its size in front.  So a
 * text that fits one block is compressed to that block, whose header is caught
 * apart; a bare block gets a header for the device.  The device looks back 32 KB
 * where the format allows 64, so it is given blocks only whose text is not longer.
 * The rest is software's, and so is text that the device would only store.
 * Facts: reference 06 sections 6, 13.2.
 */
#include <linux/lz4.h>
#include <linux/minmax.h>

#include "compat.h"
#include "compress.h"

#ifdef QATVF_WITH_LZ4

/* The smallest kind of block that holds so many bytes, or none. */
static int block_code(unsigned int len)
{
	int code;

	for (code = 0; code < DC_LZ4_BLOCK_CODES; code++)
		if (len <= 1U << (DC_LZ4_BLOCK_SHIFT + 2 * code))
			return code;
	return -1;
}

static bool plan_compress(struct qatvf_comp_plan *plan, unsigned int slen)
{
	int code = block_code(slen);

	if (code < 0)
		return false;
	plan->cmd = DC_CMD_LZ4;
	plan->lower = DC_LOWER_COMMON | DC_LOWER_FORMAT_LZ4 |
		      DC_LOWER_MIN_MATCH_4 | qatvf_comp_depth();
	plan->upper = DC_UPPER_COMMON | DC_UPPER_BLOCKS_INDEPENDENT |
		      DC_UPPER_LZ4_BLOCK(code);
	return true;
}

static bool plan_decompress(struct qatvf_comp_plan *plan, unsigned int slen,
			    unsigned int dlen)
{
	if (dlen > DC_HISTORY_BYTES || block_code(slen))
		return false;
	plan->cmd = DC_CMD_UNLZ4;
	plan->lower = DC_LOWER_FORMAT_LZ4;
	return true;
}

static bool lz4_plan(struct qatvf_comp_plan *plan, bool compress,
		     unsigned int slen, unsigned int dlen)
{
	plan->head = true;
	return compress ? plan_compress(plan, slen) :
			  plan_decompress(plan, slen, dlen);
}

static size_t lz4_workspace_bytes(void)
{
	return LZ4_MEM_COMPRESS;
}

static int lz4_compress(void *workspace, struct qatvf_comp_text *text)
{
	int len;

	if (text->slen > LZ4_MAX_INPUT_SIZE)
		return -EINVAL;
	len = LZ4_compress_default(text->src, text->dst, text->slen,
				   min_t(unsigned int, text->dlen, INT_MAX),
				   workspace);
	if (len <= 0)
		return -ENOSPC;
	text->dlen = len;
	return 0;
}

/* The library does not tell damaged data from a lack of room. */
static int lz4_decompress(void *workspace, struct qatvf_comp_text *text)
{
	int len;

	if (text->slen > INT_MAX)
		return -EINVAL;
	len = LZ4_decompress_safe(text->src, text->dst, text->slen,
				  min_t(unsigned int, text->dlen, INT_MAX));
	if (len < 0)
		return -EINVAL;
	text->dlen = len;
	return 0;
}

static const struct qatvf_comp_format lz4_format = {
	.plan = lz4_plan,
	.workspace_bytes = lz4_workspace_bytes,
	.compress = lz4_compress,
	.decompress = lz4_decompress,
};

static struct qatvf_alg algs[] = {
	QATVF_COMP_ALG("lz4", QAT_CAP_COMPRESSION | QAT_CAP_LZ4, &lz4_format),
};

const struct qatvf_alg_table qatvf_lz4 = {
	.algs = algs,
	.count = ARRAY_SIZE(algs),
};

#else

const struct qatvf_alg_table qatvf_lz4;

#endif /* QATVF_WITH_LZ4 */
