/* SPDX-License-Identifier: GPL-2.0 */
/*
 * LZ4s, the device's own sequences of literals and matches, read into an array.
 */
#ifndef QATVF_SERVICES_LZ4S_H
#define QATVF_SERVICES_LZ4S_H

#include <linux/types.h>

/* A text is cut into blocks of at most so many bytes. */
#define QATVF_LZ4S_BLOCK	131072U
/* Match lengths count from here; of requests with a minimum match of three. */
#define QATVF_LZ4S_MATCH_BIAS	2

/**
 * struct qatvf_lz4s_seq - literals, then a match
 * @offset: how far back the match is
 * @literals: bytes of literals
 * @match: bytes of the match; 0, as @offset: the block ends
 * @rsvd: 0
 */
struct qatvf_lz4s_seq {
	u32 offset;
	u32 literals;
	u32 match;
	u32 rsvd;
};

/**
 * struct qatvf_lz4s - what a stream is turned into
 * @seq: room for qatvf_lz4s_max() sequences
 * @n: sequences there are
 * @literals: room for all of the text; all literals in their order
 * @nliterals: bytes of them
 * @text_len: bytes of the text the stream stands for
 * @max: private: room in @seq
 * @pending: private: literals of the next sequence
 * @block: private: bytes of text in the present block
 * @text: private: bytes of text so far
 */
struct qatvf_lz4s {
	struct qatvf_lz4s_seq *seq;
	unsigned int n;
	u8 *literals;
	unsigned int nliterals;
	unsigned int text_len;
	unsigned int max;
	unsigned int pending;
	unsigned int block;
	unsigned int text;
};

unsigned int qatvf_lz4s_max(unsigned int text_len);
int qatvf_lz4s_read(struct qatvf_lz4s *s, const u8 *stream, unsigned int len);

#endif /* QATVF_SERVICES_LZ4S_H */
