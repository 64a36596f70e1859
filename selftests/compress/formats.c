// SPDX-License-Identifier: GPL-2.0
/*
 * The formats, and user space's implementations of them.
 */
#include <limits.h>
#include <lz4.h>
#include <lz4hc.h>
#include <string.h>
#include <zlib.h>

#include "comp.h"

#define ZLIB_LEVELS	9
/* Windows of 2^9 to 2^15 bytes. */
#define ZLIB_WINDOWS	7
/* Besides the fast one. */
#define LZ4_LEVELS	12

/* Every level with one window, and every window with one level. */
static size_t zlib_compress(unsigned int number, const uint8_t *src, size_t slen,
			    uint8_t *dst, size_t dlen)
{
	int level = number < ZLIB_LEVELS ? (int)number + 1 : Z_DEFAULT_COMPRESSION;
	int window = number < ZLIB_LEVELS ? 15 : 9 + (int)number - ZLIB_LEVELS;
	z_stream stream = {
		.next_in = (uint8_t *)src, .avail_in = slen,
		.next_out = dst, .avail_out = dlen,
	};
	int ret;

	deflateInit2(&stream, level, Z_DEFLATED, -window, 8, Z_DEFAULT_STRATEGY);
	ret = deflate(&stream, Z_FINISH);
	deflateEnd(&stream);
	return ret == Z_STREAM_END ? stream.total_out : 0;
}

static long zlib_decompress(const uint8_t *src, size_t slen, uint8_t *dst,
			    size_t dlen)
{
	z_stream stream = {
		.next_in = (uint8_t *)src, .avail_in = slen,
		.next_out = dst, .avail_out = dlen,
	};
	int ret;

	inflateInit2(&stream, -15);
	ret = inflate(&stream, Z_FINISH);
	inflateEnd(&stream);
	return ret == Z_STREAM_END ? (long)stream.total_out : -1;
}

static size_t lz4_compress(unsigned int number, const uint8_t *src, size_t slen,
			   uint8_t *dst, size_t dlen)
{
	int len;

	if (!number)
		len = LZ4_compress_default((const char *)src, (char *)dst, slen, dlen);
	else
		len = LZ4_compress_HC((const char *)src, (char *)dst, slen, dlen,
				      number);
	return len > 0 ? len : 0;
}

static long lz4_decompress(const uint8_t *src, size_t slen, uint8_t *dst,
			   size_t dlen)
{
	int len = LZ4_decompress_safe((const char *)src, (char *)dst, slen, dlen);

	return len < 0 ? -1 : len;
}

static const struct format formats[] = {
	{
		.name = "deflate", .driver = "qatvf-deflate",
		.levels = ZLIB_LEVELS + ZLIB_WINDOWS,
		.compress = zlib_compress, .decompress = zlib_decompress,
		.hard_text = UINT_MAX, .hard_room = UINT_MAX,
	}, {
		.name = "lz4", .driver = "qatvf-lz4", .levels = LZ4_LEVELS + 1,
		.compress = lz4_compress, .decompress = lz4_decompress,
		.hard_text = 4 << 20, .hard_room = 32 << 10,
	}, {
		.name = "zstd", .driver = "qatvf-zstd",
		.hard_min = 8192, .hard_text = 512 << 10,
	},
};

/**
 * format_find() - by name
 * @name: in the crypto API
 *
 * Return: format or NULL.
 */
const struct format *format_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}
