// SPDX-License-Identifier: GPL-2.0
/*
 * deflate: raw RFC 1951 streams, as the kernel's own "deflate" makes and takes them.
 * Facts: reference 06 sections 6, 13.1.
 */
#include <linux/minmax.h>
#include <linux/zlib.h>

#include "compat.h"
#include "compress.h"

#ifdef QATVF_WITH_DEFLATE

/* What the kernel's own deflate uses: any of its users can read it. */
#define SOFT_WINDOW_BITS	11
/* The device looks back as far as the format allows. */
#define WINDOW_BITS		MAX_WBITS

static bool deflate_plan(struct qatvf_comp_plan *plan, bool compress,
			 unsigned int slen, unsigned int dlen)
{
	if (!compress) {
		plan->cmd = DC_CMD_INFLATE;
		plan->lower = DC_LOWER_FORMAT_DEFLATE;
		return true;
	}
	plan->cmd = DC_CMD_DEFLATE;
	plan->lower = DC_LOWER_COMMON | DC_LOWER_FORMAT_ILZ77 |
		      DC_LOWER_BYTE_SKIP | qatvf_comp_depth();
	plan->upper = DC_UPPER_COMMON;
	plan->may_store = true;
	return true;
}

static size_t deflate_workspace_bytes(void)
{
	return max_t(size_t, zlib_inflate_workspacesize(),
		     zlib_deflate_workspacesize(SOFT_WINDOW_BITS,
						MAX_MEM_LEVEL));
}

static void stream_start(struct z_stream_s *stream, void *workspace,
			 const struct qatvf_comp_text *text)
{
	memset(stream, 0, sizeof(*stream));
	stream->workspace = workspace;
	stream->next_in = text->src;
	stream->avail_in = text->slen;
	stream->next_out = text->dst;
	stream->avail_out = text->dlen;
}

static int deflate_compress(void *workspace, struct qatvf_comp_text *text)
{
	struct z_stream_s stream;
	int ret;

	stream_start(&stream, workspace, text);
	if (zlib_deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
			      -SOFT_WINDOW_BITS, MAX_MEM_LEVEL,
			      Z_DEFAULT_STRATEGY) != Z_OK)
		return -EINVAL;
	ret = zlib_deflate(&stream, Z_FINISH);
	zlib_deflateEnd(&stream);
	if (ret != Z_STREAM_END)
		return stream.avail_out ? -EINVAL : -ENOSPC;
	text->dlen = stream.total_out;
	return 0;
}

static int deflate_decompress(void *workspace, struct qatvf_comp_text *text)
{
	struct z_stream_s stream;
	int ret;

	stream_start(&stream, workspace, text);
	if (zlib_inflateInit2(&stream, -WINDOW_BITS) != Z_OK)
		return -EINVAL;
	ret = zlib_inflate(&stream, Z_FINISH);
	zlib_inflateEnd(&stream);
	if (ret == Z_STREAM_END) {
		text->dlen = stream.total_out;
		return 0;
	}
	/* It stopped for want of room, or for what it read. */
	if ((ret == Z_OK || ret == Z_BUF_ERROR) && !stream.avail_out)
		return -ENOSPC;
	return -EINVAL;
}

static const struct qatvf_comp_format deflate_format = {
	.plan = deflate_plan,
	.workspace_bytes = deflate_workspace_bytes,
	.compress = deflate_compress,
	.decompress = deflate_decompress,
};

static struct qatvf_alg algs[] = {
	QATVF_COMP_ALG("deflate", QAT_CAP_COMPRESSION, &deflate_format),
};

const struct qatvf_alg_table qatvf_deflate = {
	.algs = algs,
	.count = ARRAY_SIZE(algs),
};

#else

const struct qatvf_alg_table qatvf_deflate;

#endif /* QATVF_WITH_DEFLATE */
