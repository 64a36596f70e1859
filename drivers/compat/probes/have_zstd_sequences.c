// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's zstd makes frames of sequences which others found: since 7.0.
 * Needs both halves of the library for the rest of the format.
 */
#include <linux/zstd.h>

#if !IS_ENABLED(CONFIG_ZSTD_COMPRESS) || !IS_ENABLED(CONFIG_ZSTD_DECOMPRESS)
#error "no zstd in this kernel"
#endif

size_t probe(void *cctx, const void *seqs);

size_t probe(void *cctx, const void *seqs)
{
	zstd_cctx_set_param(cctx, ZSTD_c_blockDelimiters,
			    ZSTD_sf_explicitBlockDelimiters);
	return zstd_compress_sequences_and_literals(cctx, NULL, 0, seqs, 0,
						    NULL, 0, 0, 0);
}
