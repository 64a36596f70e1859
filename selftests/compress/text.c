// SPDX-License-Identifier: GPL-2.0
/*
 * Texts that compress well, badly, and in part.
 */
#include <string.h>

#include "comp.h"
#include "random.h"

/**
 * kind_name() - for messages
 * @kind: kind
 */
const char *kind_name(enum kind kind)
{
	static const char *const names[] = { "zeros", "words", "mixed", "random" };

	return names[kind];
}

/* Words of a small vocabulary: matches near and far. */
static void words(uint8_t *text, size_t len)
{
	static char vocabulary[512][12];
	size_t at = 0, part;
	unsigned int i, k;

	for (i = 0; i < 512; i++)
		for (k = 0; k < 11; k++)
			vocabulary[i][k] = k < 3 + i % 8 ? 'a' + random_below(26) : 0;
	while (at < len) {
		const char *word = vocabulary[random_below(random_below(512) + 1)];

		part = strlen(word);
		if (part > len - at)
			part = len - at;
		memcpy(text + at, word, part);
		at += part;
		if (at < len)
			text[at++] = random_below(12) ? ' ' : '\n';
	}
}

/**
 * text_make() - fill memory with a text
 * @kind: kind
 * @text: memory
 * @len: its bytes
 */
void text_make(enum kind kind, uint8_t *text, size_t len)
{
	size_t at, part;

	switch (kind) {
	case TEXT_ZEROS:
		memset(text, 0, len);
		break;
	case TEXT_WORDS:
		words(text, len);
		break;
	case TEXT_RANDOM:
		random_fill(text, len);
		break;
	default:
		for (at = 0; at < len; at += part) {
			part = 1 + random_below(5000);
			if (part > len - at)
				part = len - at;
			text_make(random_below(3) ? TEXT_WORDS : TEXT_RANDOM,
				  text + at, part);
		}
	}
}
