// SPDX-License-Identifier: GPL-2.0
/*
 * zstd: the device finds the matches, the kernel's zstd encodes them.  The device
 * writes its own sequences ("LZ4s") to the caller's destination; read from there
 * they become zstd's, and the frame takes their place.  Decompression is software's,
 * and so is all that the device does not make smaller.
 *
 * On kernels whose zstd takes no sequences there is nothing to offer.
 *
 * Facts: reference 06 sections 6, 13.3 and 16.5.
 */
#include "compat.h"
#include "compress.h"

#ifdef QATVF_HAVE_ZSTD_SEQUENCES

#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/zstd.h>

/* Of shorter texts the encoding is most of the work; longer ones need much memory. */
#define TEXT_MIN		SZ_8K
#define TEXT_MAX		SZ_512K
/* The kernel's own zstd uses it. */
#define LEVEL			3
/* Tables in which nobody looks for matches. */
#define TABLE_LOG		ZSTD_HASHLOG_MIN
/* zstd reads so far beyond literals. */
#define LITERALS_SLACK		32

#define LZ4S_LENGTH_MORE	15
#define LZ4S_MATCH_BIAS		2	/* of the plan's minimum match of three */

/**
 * struct sequences - what LZ4s is turned into
 * @literals: all literals, in their order
 * @nliterals: bytes of them
 * @seq: sequences; one without a match ends a block
 * @n: of them
 * @max: room for so many
 * @pending: literals of the next sequence
 * @block: bytes of text in the present block
 * @text: bytes of text so far
 * @text_len: bytes of text there are
 */
struct sequences {
	u8 *literals;
	unsigned int nliterals;
	zstd_sequence *seq;
	unsigned int n;
	unsigned int max;
	unsigned int pending;
	unsigned int block;
	unsigned int text;
	unsigned int text_len;
};

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

static int put_sequence(struct sequences *s, unsigned int match,
			unsigned int offset)
{
	if (s->n == s->max)
		return -EINVAL;
	s->seq[s->n++] = (zstd_sequence){
		.offset = offset, .litLength = s->pending,
		.matchLength = match,
	};
	s->block = match ? s->block + s->pending + match : 0;
	s->pending = 0;
	return 0;
}

/* Literals that the block has no room for go to the next one, and so on. */
static int fill_blocks(struct sequences *s)
{
	unsigned int all = s->pending, room;
	int err;

	while (s->block + all > ZSTD_BLOCKSIZE_MAX) {
		room = ZSTD_BLOCKSIZE_MAX - s->block;
		s->pending = room;
		all -= room;
		err = put_sequence(s, 0, 0);
		if (err)
			return err;
	}
	s->pending = all;
	return 0;
}

static int put_match(struct sequences *s, unsigned int match,
		     unsigned int offset)
{
	int err;

	if (!offset || offset > s->text || match > s->text_len - s->text ||
	    match > ZSTD_BLOCKSIZE_MAX)
		return -EINVAL;
	err = fill_blocks(s);
	if (!err && s->block + s->pending + match > ZSTD_BLOCKSIZE_MAX)
		err = put_sequence(s, 0, 0);
	s->text += match;
	return err ?: put_sequence(s, match, offset);
}

static int put_literals(struct sequences *s, const u8 *from, unsigned int len)
{
	if (len > s->text_len - s->text)
		return -EINVAL;
	memcpy(s->literals + s->nliterals, from, len);
	s->nliterals += len;
	s->pending += len;
	s->text += len;
	return 0;
}

/* A length goes on in further bytes while they are all ones. */
static int read_length(const u8 **p, const u8 *end, unsigned int code)
{
	unsigned int len = code;
	u8 more;

	if (code < LZ4S_LENGTH_MORE)
		return len;
	do {
		if (*p == end || len > TEXT_MAX)
			return -EINVAL;
		more = *(*p)++;
		len += more;
	} while (more == U8_MAX);
	return len;
}

/* One token: literals, then a match, except for the last. */
static int read_token(struct sequences *s, const u8 **p, const u8 *end)
{
	u8 token = *(*p)++;
	unsigned int offset;
	int len;

	len = read_length(p, end, token >> 4);
	if (len < 0 || len > end - *p || put_literals(s, *p, len))
		return -EINVAL;
	*p += len;
	if (*p == end)
		return 0;
	if (end - *p < 2)
		return -EINVAL;
	offset = get_unaligned_le16(*p);
	*p += 2;
	len = read_length(p, end, token & 0xf);
	/* Code 0 is no match: the literals belong to the next token's. */
	return len > 0 ? put_match(s, len + LZ4S_MATCH_BIAS, offset) : len;
}

static int read_lz4s(struct sequences *s, const u8 *p, unsigned int len)
{
	const u8 *end = p + len;
	int err = 0;

	while (!err && p < end)
		err = read_token(s, &p, end);
	if (!err)
		err = fill_blocks(s) ?: put_sequence(s, 0, 0);
	return err ?: s->text == s->text_len ? 0 : -EINVAL;
}

/* A match is three bytes at least; a block ends twice at most. */
static int sequences_alloc(struct sequences *s, unsigned int text_len)
{
	memset(s, 0, sizeof(*s));
	s->text_len = text_len;
	s->max = text_len / 3 + 2 * (text_len / ZSTD_BLOCKSIZE_MAX + 1);
	s->seq = kvmalloc_array(s->max, sizeof(*s->seq), GFP_KERNEL);
	s->literals = kvmalloc(text_len + LITERALS_SLACK, GFP_KERNEL);
	return s->seq && s->literals ? 0 : -ENOMEM;
}

static void sequences_free(struct sequences *s)
{
	kvfree(s->literals);
	kvfree(s->seq);
}

static zstd_compression_parameters encoder_params(unsigned int text_len)
{
	zstd_compression_parameters params =
		zstd_get_params(LEVEL, text_len).cParams;

	params.windowLog = max_t(unsigned int, ilog2(text_len - 1) + 1,
				 ZSTD_WINDOWLOG_MIN);
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

static int encode(struct sequences *s, struct qatvf_comp_text *text)
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
						   s->seq, s->n, s->literals,
						   s->nliterals, s->text_len +
						   LITERALS_SLACK, s->text_len);
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
	struct sequences s;
	int err;

	err = sequences_alloc(&s, text_len) ?:
	      read_lz4s(&s, text->src, text->slen) ?:
	      encode(&s, text);
	sequences_free(&s);
	return err;
}

static size_t zstd_workspace_bytes(void)
{
	zstd_parameters params = zstd_get_params(LEVEL, 0);

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
	zstd_parameters params = zstd_get_params(LEVEL, 0);
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

#endif
