// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit test of drivers/core/services/lz4s.c: streams written by hand and by an encoder
 * of our own are read back to the text they stand for; damaged ones are refused or
 * still make sense.  Expected values: reference 06 section 13.3, zstd's block size.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>

#include "lz4s.h"
#include "tap.h"

#define TEXT_MAX	600000U
#define ROUNDS		300
#define BLOCK		131072U

static unsigned char text[TEXT_MAX], rebuilt[TEXT_MAX], literals[TEXT_MAX];
static unsigned char stream[2 * TEXT_MAX];
static unsigned int stream_len;
static struct qatvf_lz4s parsed;

static unsigned int below(unsigned int limit)
{
	static unsigned long long state = 1;

	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state >> 33) % limit;
}

static int parse(unsigned int text_len)
{
	/* of their exact size, so that the sanitizer sees what goes beyond */
	unsigned char *copy = malloc(stream_len ? stream_len : 1);
	int ret;

	memcpy(copy, stream, stream_len);
	free(parsed.seq);
	parsed.seq = malloc(sizeof(*parsed.seq) * qatvf_lz4s_max(text_len));
	parsed.literals = literals;
	parsed.text_len = text_len;
	ret = qatvf_lz4s_read(&parsed, copy, stream_len);
	free(copy);
	return ret;
}

/* Does what was read give a text of that length, in blocks that zstd takes? */
static bool rebuild(unsigned int text_len)
{
	unsigned int i, k, at = 0, lit = 0, block = 0;

	for (i = 0; i < parsed.n; i++) {
		const struct qatvf_lz4s_seq *seq = &parsed.seq[i];

		block += seq->literals + seq->match;
		if (lit + seq->literals > parsed.nliterals || block > BLOCK ||
		    at + seq->literals + seq->match > text_len ||
		    !seq->match != !seq->offset || (seq->match && seq->match < 3))
			return false;
		memcpy(rebuilt + at, literals + lit, seq->literals);
		at += seq->literals;
		lit += seq->literals;
		if (seq->offset > at)
			return false;
		for (k = 0; k < seq->match; k++, at++)
			rebuilt[at] = rebuilt[at - seq->offset];
		if (!seq->match)
			block = 0;
	}
	return at == text_len && lit == parsed.nliterals && !block &&
	       !parsed.seq[parsed.n - 1].match;
}

static void put(unsigned int byte)
{
	stream[stream_len++] = byte;
}

static void put_more(unsigned int len)
{
	if (len < 15)
		return;
	for (len -= 15; len >= 255; len -= 255)
		put(255);
	put(len);
}

/* @match: bytes, 0: none, or -1: the stream ends here */
static void put_token(const unsigned char *from, unsigned int lit, int match,
		      unsigned int offset)
{
	unsigned int code = match > 0 ? match - 2 : 0;

	put((lit < 15 ? lit : 15) << 4 | (code < 15 ? code : 15));
	put_more(lit);
	memcpy(stream + stream_len, from, lit);
	stream_len += lit;
	if (match < 0)
		return;
	put(offset & 255);
	put(offset >> 8);
	put_more(code);
}

/* A text and its stream at once; returns the text's length. */
static unsigned int make(void)
{
	unsigned int at = 0, len = 1 + below(TEXT_MAX - 140000), lit, k, offset;
	int match;

	stream_len = 0;
	while (at < len) {
		lit = below(8) ? below(40) : below(20) ? below(5000) : below(140000);
		if (lit > len - at)
			lit = len - at;
		for (k = 0; k < lit; k++)
			text[at + k] = below(256);
		at += lit;
		match = below(6) ? 3 + below(30) : below(3) ? (int)below(2) * 3 : 3 + (int)below(65000);
		if (at + match > len || !at)
			match = 0;
		offset = 1 + below(at < 65535 ? at + !at : 65535);
		put_token(text + at - lit, lit, match, match ? offset : 0);
		for (k = 0; k < (unsigned int)match; k++, at++)
			text[at] = text[at - offset];
	}
	put_token(text + at, 0, -1, 0);
	return len;
}

static bool round_trips(void)
{
	unsigned int i, len;

	for (i = 0; i < ROUNDS; i++) {
		len = make();
		if (parse(len) || !rebuild(len) || memcmp(text, rebuilt, len))
			return false;
	}
	return true;
}

static bool by_hand(void)
{
	/* "abc", three bytes from three back, one literal without a match, "z" */
	static const unsigned char bytes[] = {
		0x31, 'a', 'b', 'c', 3, 0, 0x10, 'y', 0, 0, 0x10, 'z',
	};

	memcpy(stream, bytes, sizeof(bytes));
	stream_len = sizeof(bytes);
	return !parse(8) && rebuild(8) && !memcmp(rebuilt, "abcabcyz", 8) &&
	       parsed.n == 2 && parsed.nliterals == 5;
}

/* Only literals, more than a block holds, and exactly as many. */
static bool long_literals(void)
{
	static const unsigned int lens[] = { 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK,
					     2 * BLOCK + 1, 500000 };
	unsigned int i;

	for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		memset(text, i + 1, lens[i]);
		stream_len = 0;
		put_token(text, lens[i], -1, 0);
		if (parse(lens[i]) || !rebuild(lens[i]) ||
		    memcmp(text, rebuilt, lens[i]))
			return false;
	}
	return true;
}

static bool refused(void)
{
	static const struct {
		unsigned char bytes[8];
		unsigned int len, text_len;
	} bad[] = {
		{ { 0x11, 'a', 0, 0 }, 4, 4 },		/* offset 0 */
		{ { 0x11, 'a', 2, 0 }, 4, 4 },		/* before the start */
		{ { 0x11, 'a', 1 }, 3, 4 },		/* half an offset */
		{ { 0x11, 'a', 1, 0 }, 4, 3 },		/* longer than the text */
		{ { 0x11, 'a', 1, 0 }, 4, 5 },		/* shorter */
		{ { 0x20, 'a' }, 2, 2 },		/* literals missing */
		{ { 0xf0 }, 1, 100 },			/* length missing */
		{ { 0xf0, 255, 255 }, 3, 8 },
		{ { 0x1f, 'a', 1, 0, 255 }, 5, 8 },
		{ { 0 }, 0, 1 },			/* nothing */
	};
	unsigned int i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memcpy(stream, bad[i].bytes, bad[i].len);
		stream_len = bad[i].len;
		if (parse(bad[i].text_len) != -EINVAL)
			return false;
	}
	return true;
}

static bool damaged(void)
{
	unsigned int i, n, len;

	for (i = 0; i < ROUNDS; i++) {
		len = make();
		for (n = 1 + below(5); n; n--)
			stream[below(stream_len)] = below(256);
		if (below(3) == 0)
			stream_len = below(stream_len) + 1;
		if (!parse(len) && !rebuild(len))
			return false;
	}
	for (i = 0; i < 100000; i++) {
		stream_len = below(100);
		for (n = 0; n < stream_len; n++)
			stream[n] = below(4) ? below(256) : 0xff;
		len = 1 + below(300);
		if (!parse(len) && !rebuild(len))
			return false;
	}
	return true;
}

int main(void)
{
	tap_result(by_hand(), "LZ4s: a stream written by hand");
	tap_result(round_trips(), "LZ4s: streams of an encoder of our own");
	tap_result(long_literals(), "LZ4s: literals beyond a block");
	tap_result(refused(), "LZ4s: what makes no sense is refused");
	tap_result(damaged(), "LZ4s: damaged streams are refused or make sense");
	free(parsed.seq);
	return tap_finish();
}
