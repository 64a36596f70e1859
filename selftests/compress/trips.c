// SPDX-License-Identifier: GPL-2.0
/*
 * Good requests: what the driver compresses, others decompress, and the other way
 * round; every kind of text, every length, every shape.  Each function is a test
 * point.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "comp.h"
#include "points.h"
#include "random.h"

#define LONGEST		(1U << 20)
/* In 25 pieces it still is one that the kernel can allocate on a busy machine. */
#define LARGE		(3U << 20)

static uint8_t *text, *packed, *back;

static const unsigned int lengths[] = {
	1, 2, 3, 7, 15, 64, 100, 255, 511, 512, 1000, 4095, 4096, 4097, 8191, 8192,
	20000, 32768, 32769, 65535, 65536, 65537, 131072, 200000, 524288, 524289, LONGEST,
};

#define LENGTHS	(sizeof(lengths) / sizeof(lengths[0]))

/* Returns 0 when it worked; the text comes from and the result goes to these. */
static struct job run(const char *name, unsigned int flags, const uint8_t *src,
		      unsigned int slen, uint8_t *dst, unsigned int dlen,
		      unsigned int pieces)
{
	struct job job = {
		.name = name, .flags = flags, .src = src, .slen = slen,
		.dst = dst, .dlen = dlen,
		.src_pieces = pieces, .dst_pieces = pieces,
	};

	kernel_run(&job);
	return job;
}

static struct job pack(const struct format *format, unsigned int len,
		       unsigned int pieces, unsigned int flags)
{
	return run(format->driver, flags | QCMP_COMPRESS, text, len, packed, ROOM(len),
		   pieces);
}

static bool same(const struct job *job, unsigned int len)
{
	return !job->result && job->intact && job->produced == len &&
	       !memcmp(text, back, len);
}

/* By the library or, without one, by the kernel's software. */
static bool others_unpack(const struct format *format, unsigned int plen,
			  unsigned int len)
{
	struct job job;

	memset(back, 0xee, len);
	if (format->decompress)
		return format->decompress(packed, plen, back, len) == (long)len &&
		       !memcmp(text, back, len);
	job = run(format->name, QCMP_SOFTWARE, packed, plen, back, len, 1);
	return same(&job, len);
}

static bool hard_compress(const struct format *format, unsigned int len)
{
	return len >= format->hard_min && len <= format->hard_text;
}

static void compress_case(const struct format *format, enum kind kind,
			  unsigned int len, unsigned int pieces)
{
	struct counts before = counts_read(format->driver), after;
	struct job job;
	bool by_device;

	text_make(kind, text, len);
	job = pack(format, len, pieces, 0);
	after = counts_read(format->driver);
	by_device = after.hard == before.hard + 1;
	point_case(!job.result && job.intact && others_unpack(format, job.produced, len),
		   "%s of %u bytes in %u pieces: result %d, %u bytes",
		   kind_name(kind), len, pieces, job.result, job.produced);
	point_case(pieces > 29 || by_device == hard_compress(format, len),
		   "%s of %u bytes: device %llu times", kind_name(kind), len,
		   after.hard - before.hard);
}

static void compresses(const struct format *format)
{
	unsigned int i;
	enum kind kind;

	point_begin("%s: what it compresses others decompress", format->name);
	for (kind = 0; kind < TEXT_KINDS; kind++)
		for (i = 0; i < LENGTHS; i++)
			compress_case(format, kind, lengths[i],
				      lengths[i] > 65536 ? 8 : 1);
	point_end();
}

static void decompress_case(const struct format *format, const char *how,
			    unsigned int number, size_t plen, unsigned int len)
{
	struct counts before = counts_read(format->driver), after;
	unsigned int pieces = len > 65536 ? 8 : 1 + number % 5;
	struct job job;

	memset(back, 0xee, len);
	job = run(format->driver, 0, packed, plen, back, len, pieces);
	after = counts_read(format->driver);
	point_case(same(&job, len), "%s %u, %u bytes: result %d, %u bytes", how, number,
		   len, job.result, job.produced);
	point_case((after.hard == before.hard + 1) == (len <= format->hard_room),
		   "%s %u, %u bytes: device %llu times", how, number, len,
		   after.hard - before.hard);
}

static void decompresses_library(const struct format *format)
{
	unsigned int i, level;

	if (!format->levels)
		return;
	point_begin("%s: it decompresses what the library compressed, %u ways",
		    format->name, format->levels);
	for (level = 0; level < format->levels; level++) {
		for (i = 0; i < LENGTHS; i++) {
			enum kind kind = (level + i) % TEXT_KINDS;

			text_make(kind, text, lengths[i]);
			decompress_case(format, "level", level,
					format->compress(level, text, lengths[i],
							 packed, ROOM(lengths[i])),
					lengths[i]);
		}
	}
	point_end();
}

/* The software of some kernels takes no more than this. */
#define SOFTWARE_MAX	100000

static void decompresses_kernel(const struct format *format)
{
	unsigned int i;

	point_begin("%s: it decompresses what the kernel's software compressed",
		    format->name);
	for (i = 0; i < LENGTHS && lengths[i] <= SOFTWARE_MAX; i++) {
		struct job job;

		text_make(i % TEXT_KINDS, text, lengths[i]);
		job = run(format->name, QCMP_COMPRESS | QCMP_SOFTWARE, text,
			  lengths[i], packed, ROOM(lengths[i]), 1);
		point_case(!job.result, "software: result %d", job.result);
		decompress_case(format, "text", i, job.produced, lengths[i]);
	}
	point_end();
}

/*
 * From 6.15 on the kernel inflates piece by piece with a window of 2 KB.  Data that
 * looks back further, as the device's does, has been seen to crash 7.3 in
 * zlib_inflate(): see Documentation/compression.md.
 */
static unsigned int software_takes(const struct format *format)
{
	unsigned int major, minor;
	struct utsname name;

	if (uname(&name) || sscanf(name.release, "%u.%u", &major, &minor) != 2)
		return 0;
	if (!strcmp(format->name, "deflate") && (major > 6 || (major == 6 && minor >= 15)))
		return 2048;
	return SOFTWARE_MAX;
}

static void kernel_decompresses(const struct format *format)
{
	unsigned int i, max = software_takes(format);
	enum kind kind;

	point_begin("%s: the kernel's software decompresses what it compressed",
		    format->name);
	for (kind = 0; kind < TEXT_KINDS; kind++) {
		for (i = 0; i < LENGTHS && lengths[i] <= max; i++) {
			struct job job, soft;

			text_make(kind, text, lengths[i]);
			job = pack(format, lengths[i], 1, 0);
			memset(back, 0xee, lengths[i]);
			soft = run(format->name, QCMP_SOFTWARE, packed, job.produced,
				   back, lengths[i], 1);
			point_case(!job.result && same(&soft, lengths[i]),
				   "%s of %u bytes: %d, software %d, %u bytes",
				   kind_name(kind), lengths[i], job.result,
				   soft.result, soft.produced);
		}
	}
	point_end();
}

static void both_ways(const struct format *format, unsigned int len,
		      unsigned int pieces, unsigned int flags)
{
	struct job job = pack(format, len, pieces, flags), undo;

	memset(back, 0xee, len);
	undo = run(format->driver, flags & ~QCMP_COMPRESS, packed, job.produced, back,
		   len, pieces);
	point_case(!job.result && job.intact && same(&undo, len),
		   "%u bytes in %u pieces, flags %#x: %d, %d", len, pieces, flags,
		   job.result, undo.result);
	point_case(others_unpack(format, job.produced, len),
		   "%u bytes in %u pieces: others", len, pieces);
}

static void shapes(const struct format *format)
{
	unsigned int pieces;

	point_begin("%s: 1 to 200 pieces, more than the device's list holds included",
		    format->name);
	for (pieces = 1; pieces <= 200; pieces += pieces < 36 ? 1 : 41) {
		text_make(TEXT_MIXED, text, 65536);
		both_ways(format, 65536, pieces, 0);
		both_ways(format, 300, pieces, 0);
		both_ways(format, 30000, pieces, QCMP_BH_OFF | QCMP_BACKLOG);
	}
	point_end();
}

static void large(const struct format *format)
{
	struct counts before = counts_read(format->driver), after;
	unsigned int pieces;

	point_begin("%s: %u MB", format->name, LARGE >> 20);
	text_make(TEXT_MIXED, text, LARGE);
	for (pieces = 25; pieces <= 75; pieces += 50)
		both_ways(format, LARGE, pieces, 0);
	after = counts_read(format->driver);
	point_case(after.soft > before.soft, "more pieces than fit, and no software");
	point_end();
}

static void random_trips(const struct format *format)
{
	unsigned int i;

	point_begin("%s: random lengths and shapes", format->name);
	for (i = 0; i < 200; i++) {
		unsigned int len = 1 + random_below(random_below(4) ? 9000 : 300000);

		text_make(random_below(TEXT_KINDS), text, len);
		both_ways(format, len, 1 + random_below(40),
			  random_below(2) ? QCMP_BH_OFF : QCMP_BACKLOG);
	}
	point_end();
}

/**
 * round_trips() - all points of this file
 * @format: of this format
 */
void round_trips(const struct format *format)
{
	text = malloc(LARGE);
	packed = malloc(ROOM(LARGE));
	back = malloc(LARGE);
	if (!text || !packed || !back)
		abort();
	compresses(format);
	decompresses_library(format);
	decompresses_kernel(format);
	kernel_decompresses(format);
	shapes(format);
	large(format);
	random_trips(format);
	free(text);
	free(packed);
	free(back);
}
