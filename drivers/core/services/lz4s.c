// SPDX-License-Identifier: GPL-2.0
/*
 * Reading LZ4s.  Pure functions; the stream comes from the device and is not
 * trusted: what is read is complete and makes sense, or it is refused.
 * Facts: reference 06 section 13.3.
 */
#include <linux/errno.h>
#include <linux/string.h>

#include "lz4s.h"

#define LENGTH_MORE	15
#define ALL_ONES	0xff
#define MIN_MATCH	3

/**
 * qatvf_lz4s_max() - how many sequences a text may become
 * @text_len: bytes of it
 *
 * A match has three bytes at least; a block ends twice at most.
 *
 * Return: number of sequences.
 */
unsigned int qatvf_lz4s_max(unsigned int text_len)
{
	return text_len / MIN_MATCH + 2 * (text_len / QATVF_LZ4S_BLOCK + 1);
}

static int put_sequence(struct qatvf_lz4s *s, unsigned int match,
			unsigned int offset)
{
	struct qatvf_lz4s_seq *seq = &s->seq[s->n];

	if (s->n == s->max)
		return -EINVAL;
	seq->offset = offset;
	seq->literals = s->pending;
	seq->match = match;
	seq->rsvd = 0;
	s->n++;
	s->block = match ? s->block + s->pending + match : 0;
	s->pending = 0;
	return 0;
}

/* Literals that the block has no room for go to the next one, and so on. */
static int fill_blocks(struct qatvf_lz4s *s)
{
	unsigned int all = s->pending;
	int err;

	while (s->block + all > QATVF_LZ4S_BLOCK) {
		s->pending = QATVF_LZ4S_BLOCK - s->block;
		all -= s->pending;
		err = put_sequence(s, 0, 0);
		if (err)
			return err;
	}
	s->pending = all;
	return 0;
}

static int put_match(struct qatvf_lz4s *s, unsigned int match,
		     unsigned int offset)
{
	int err;

	if (!offset || offset > s->text || match > s->text_len - s->text ||
	    match > QATVF_LZ4S_BLOCK)
		return -EINVAL;
	err = fill_blocks(s);
	if (!err && s->block + s->pending + match > QATVF_LZ4S_BLOCK)
		err = put_sequence(s, 0, 0);
	s->text += match;
	return err ?: put_sequence(s, match, offset);
}

static int put_literals(struct qatvf_lz4s *s, const u8 *from, unsigned int len)
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
static int read_length(const struct qatvf_lz4s *s, const u8 **p, const u8 *end,
		       unsigned int code)
{
	unsigned int len = code;
	u8 more;

	if (code < LENGTH_MORE)
		return len;
	do {
		if (*p == end || len > s->text_len)
			return -EINVAL;
		more = *(*p)++;
		len += more;
	} while (more == ALL_ONES);
	return len;
}

/* One token: literals, then a match, except for the last. */
static int read_token(struct qatvf_lz4s *s, const u8 **p, const u8 *end)
{
	u8 token = *(*p)++;
	unsigned int offset;
	int len;

	len = read_length(s, p, end, token >> 4);
	if (len < 0 || len > end - *p || put_literals(s, *p, len))
		return -EINVAL;
	*p += len;
	if (*p == end)
		return 0;
	if (end - *p < 2)
		return -EINVAL;
	offset = (*p)[0] | (*p)[1] << 8;
	*p += 2;
	len = read_length(s, p, end, token & 0xf);
	/* Code 0 is no match: the literals belong to the next token's. */
	if (len <= 0)
		return len;
	return put_match(s, len + QATVF_LZ4S_MATCH_BIAS, offset);
}

/**
 * qatvf_lz4s_read() - read a whole stream
 * @s: with its room and @text_len set; the rest is filled
 * @stream: stream
 * @len: bytes of it
 *
 * The last sequence ends a block.
 *
 * Return: 0, or -EINVAL if the stream is damaged or stands for another length.
 */
int qatvf_lz4s_read(struct qatvf_lz4s *s, const u8 *stream, unsigned int len)
{
	const u8 *p = stream, *end = stream + len;
	int err = 0;

	s->max = qatvf_lz4s_max(s->text_len);
	s->n = 0;
	s->nliterals = 0;
	s->pending = 0;
	s->block = 0;
	s->text = 0;
	while (!err && p < end)
		err = read_token(s, &p, end);
	if (!err)
		err = fill_blocks(s) ?: put_sequence(s, 0, 0);
	if (err)
		return err;
	return s->text == s->text_len ? 0 : -EINVAL;
}
