// SPDX-License-Identifier: GPL-2.0
/*
 * Requests that cannot succeed, or not as they are: too little room, damaged data,
 * nothing to do.  Each function is a test point.
 */
#include <errno.h>
#include <string.h>

#include "comp.h"
#include "points.h"
#include "random.h"

#define LEN	20000U

static uint8_t text[LEN], packed[ROOM(LEN)], damaged[ROOM(LEN)], out[ROOM(LEN)];
static uint8_t expected[ROOM(LEN)];

static struct job run(const struct format *format, unsigned int flags,
		      const uint8_t *src, unsigned int slen, uint8_t *dst,
		      unsigned int dlen)
{
	struct job job = {
		.name = format->driver, .flags = flags, .src = src, .slen = slen,
		.dst = dst, .dlen = dlen, .src_pieces = 1 + random_below(3),
		.dst_pieces = 1 + random_below(3),
	};

	kernel_run(&job);
	return job;
}

static unsigned int pack(const struct format *format, enum kind kind,
			 unsigned int len)
{
	struct job job;

	text_make(kind, text, len);
	job = run(format, QCMP_COMPRESS, text, len, packed, ROOM(len));
	point_case(!job.result, "compression: result %d", job.result);
	return job.produced;
}

/* Some software does not tell a lack of room from damage. */
static bool no_room(const struct format *format, const struct job *job)
{
	return job->intact && (job->result == -ENOSPC ||
			       (format->hard_room < LEN + 1 && job->result == -EINVAL));
}

static void small_for_text(const struct format *format)
{
	static const unsigned int lens[] = { 2, 100, 4096, LEN };
	unsigned int i, less;
	struct job job;

	point_begin("%s: too little room for the text", format->name);
	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		unsigned int plen = pack(format, TEXT_MIXED, lens[i]);

		for (less = 1; less < lens[i]; less = less * 3 + 1) {
			job = run(format, 0, packed, plen, out, lens[i] - less);
			point_case(no_room(format, &job),
				   "%u of %u bytes: result %d, intact %d",
				   lens[i] - less, lens[i], job.result, job.intact);
		}
	}
	point_end();
}

static void small_for_result(const struct format *format)
{
	static const unsigned int rooms[] = { 1, 2, 10, 100, 511, 1000, 4096, LEN };
	unsigned int i;
	struct job job;

	point_begin("%s: too little room for the result", format->name);
	text_make(TEXT_RANDOM, text, LEN);
	for (i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		job = run(format, QCMP_COMPRESS, text, LEN, out, rooms[i]);
		point_case(job.result == -ENOSPC && job.intact,
			   "%u bytes for random text: result %d, intact %d", rooms[i],
			   job.result, job.intact);
	}
	point_end();
}

/* Exactly enough must do: what the device needs beyond is not the caller's business. */
static void just_enough(const struct format *format)
{
	static const unsigned int lens[] = { 1, 20, 700, 4096, LEN };
	unsigned int i, plen;
	/*
	 * The kernel's zstd asks for a little more room than it uses in the end; and
	 * where the device's sequences do not fit, software finds shorter ones.
	 */
	bool other_way = !strcmp(format->name, "zstd");
	struct job job;

	point_begin("%s: exactly enough room, one byte less", format->name);
	for (i = 0; i < 2 * sizeof(lens) / sizeof(lens[0]); i++) {
		unsigned int len = lens[i / 2];

		plen = pack(format, i & 1 ? TEXT_WORDS : TEXT_ZEROS, len);
		job = run(format, QCMP_COMPRESS, text, len, out, plen);
		point_case((!job.result && job.intact && job.produced == plen) ||
			   (other_way && !job.result && job.intact &&
			    job.produced < plen) ||
			   (other_way && job.result == -ENOSPC),
			   "%u bytes to %u: result %d", len, plen, job.result);
		if (plen > 1)
			job = run(format, QCMP_COMPRESS, text, len, out, plen - 1);
		point_case(plen == 1 || job.result == -ENOSPC ||
			   (!job.result && job.intact && job.produced < plen),
			   "%u bytes to %u: result %d, %u bytes, %s", len, plen - 1,
			   job.result, job.produced, job.intact ? "intact" : "damage");
	}
	point_end();
}

static void nothing(const struct format *format)
{
	struct job job;

	point_begin("%s: empty source, empty destination", format->name);
	job = run(format, QCMP_COMPRESS, text, 0, out, 100);
	point_case(job.result == -EINVAL, "empty text: result %d", job.result);
	job = run(format, 0, packed, 0, out, 100);
	point_case(job.result == -EINVAL, "empty data: result %d", job.result);
	job = run(format, QCMP_COMPRESS, text, 100, out, 0);
	point_case(job.result == -EINVAL, "no room: result %d", job.result);
	job = run(format, 0, packed, 100, out, 0);
	point_case(job.result == -EINVAL, "no room: result %d", job.result);
	point_end();
}

/*
 * Damaged data give an error or, if they happen to make sense, what the library
 * makes of them; data cut off always give an error.
 */
static void verdict(const struct format *format, unsigned int plen, bool cut)
{
	struct job job = run(format, 0, damaged, plen, out, LEN);
	long want = -1;

	if (format->decompress)
		want = format->decompress(damaged, plen, expected, LEN);
	point_case(job.intact, "%u bytes: wrote elsewhere", plen);
	if (job.result)
		point_case(want < 0 && (job.result == -EINVAL || job.result == -ENOSPC),
			   "%u bytes: result %d, library %ld", plen, job.result, want);
	else if (format->decompress)
		point_case(want == (long)job.produced && !memcmp(out, expected, want),
			   "%u bytes: %u bytes, library %ld", plen, job.produced, want);
	else
		point_case(!cut, "%u bytes: cut off, and %u bytes", plen, job.produced);
}

static void damage(const struct format *format)
{
	unsigned int i, n, plen;

	point_begin("%s: damaged data", format->name);
	for (i = 0; i < 300; i++) {
		plen = pack(format, random_below(TEXT_KINDS), 1 + random_below(LEN));
		memcpy(damaged, packed, plen);
		for (n = 1 + random_below(4); n; n--)
			damaged[random_below(plen)] ^= 1 << random_below(8);
		verdict(format, plen, false);
	}
	for (i = 0; i < 100; i++) {
		plen = 1 + random_below(3000);
		random_fill(damaged, plen);
		verdict(format, plen, false);
	}
	point_end();
}

static void cut_off(const struct format *format)
{
	unsigned int i, plen;

	point_begin("%s: data cut off", format->name);
	for (i = 0; i < 100; i++) {
		plen = pack(format, TEXT_MIXED, 1 + random_below(LEN));
		memcpy(damaged, packed, plen);
		if (plen > 1)
			verdict(format, 1 + random_below(plen - 1), true);
	}
	point_end();
}

/* What follows a stream is somebody else's; a bare block has no end of its own. */
static void something_behind(const struct format *format)
{
	unsigned int plen;
	struct job job;

	if (strcmp(format->name, "deflate"))
		return;
	point_begin("%s: something behind the data", format->name);
	plen = pack(format, TEXT_WORDS, 5000);
	random_fill(packed + plen, 100);
	job = run(format, 0, packed, plen + 100, out, LEN);
	point_case(!job.result && job.produced == 5000 && !memcmp(out, text, 5000),
		   "result %d, %u bytes", job.result, job.produced);
	point_end();
}

static void in_place(const struct format *format)
{
	struct job job;

	point_begin("%s: in place", format->name);
	text_make(TEXT_WORDS, text, LEN);
	job = run(format, QCMP_COMPRESS | QCMP_IN_PLACE, text, LEN, packed, LEN);
	point_case(!job.result, "compression: result %d", job.result);
	job = run(format, 0, packed, job.produced, out, LEN);
	point_case(!job.result && job.produced == LEN && !memcmp(out, text, LEN),
		   "result %d, %u bytes", job.result, job.produced);
	point_end();
}

/* Kernels up to 6.14 have the driver allocate it, later ones refuse. */
static void no_destination(const struct format *format)
{
	struct job job;
	unsigned int plen;

	point_begin("%s: destination left to the driver", format->name);
	plen = pack(format, TEXT_WORDS, LEN);
	job = run(format, QCMP_NO_DST, packed, plen, out, LEN);
	if (job.result == -EINVAL) {
		job = run(format, QCMP_NO_DST | QCMP_COMPRESS, text, LEN, out, LEN);
		point_case(job.result == -EINVAL, "one way only: %d", job.result);
		point_remark("refused");
	} else {
		point_case(!job.result && job.produced == LEN && !memcmp(out, text, LEN),
			   "result %d, %u bytes", job.result, job.produced);
		job = run(format, QCMP_NO_DST | QCMP_COMPRESS, text, LEN, packed, LEN);
		point_case(!job.result, "compression: %d", job.result);
		job = run(format, 0, packed, job.produced, out, LEN);
		point_case(!job.result && !memcmp(out, text, LEN), "back: %d", job.result);
		job = run(format, QCMP_NO_DST, packed, plen, out, 100);
		point_case(no_room(format, &job), "100 bytes at most: %d", job.result);
	}
	point_end();
}

/**
 * wrong_input() - all points of this file
 * @format: of this format
 */
void wrong_input(const struct format *format)
{
	small_for_text(format);
	small_for_result(format);
	just_enough(format);
	nothing(format);
	damage(format);
	cut_off(format);
	something_behind(format);
	in_place(format);
	no_destination(format);
}
