/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The mailbox protocol as the tests know it: numbers typed from reference 04
 * sections 2 to 6 and 10, on purpose without a look at the driver's headers, so
 * that one misreading cannot agree with itself.
 */
#ifndef QATVF_TEST_WORDS_H
#define QATVF_TEST_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a VF says (section 4.1). */
enum {
	SAY_NONE		= 0x00,
	SAY_INIT		= 0x03,
	SAY_SHUTDOWN		= 0x04,
	SAY_VERSION		= 0x05,
	SAY_COMPAT		= 0x06,
	SAY_LARGE		= 0x07,
	SAY_MEDIUM		= 0x08,
	SAY_SMALL		= 0x09,
	SAY_RESTARTING_DONE	= 0x0a,
	SAY_RP_RESET		= 0x10,
};

/* What a PF says: whole words (section 10.4). */
#define HEAR_RESTARTING		0x00000007u
#define HEAR_FATAL_ERROR	0x00000013u
#define HEAR_RESTARTED		0x00000017u

#define INT_BIT			0x1u
#define ORIGIN_BIT		0x2u

/* The two blocks of a PF that serves sym;asym (section 10.1). */
#define CAPS_BLOCK	{ 0x02, 0x08, 0x00, 0x00, 0x00, 0x00, 0x0f, 0xb2, 0x1f, 0x04 }
#define MAP_BLOCK	{ 0x01, 0x02, 0x1c, 0x07 }

static inline uint32_t word(uint32_t type, uint32_t data)
{
	return data << 8 | type << 2 | ORIGIN_BIT | INT_BIT;
}

static inline uint32_t acked(uint32_t sent)
{
	return sent & ~INT_BIT;
}

/* Where the block types of a request class begin, and how wide its index is. */
struct block_class {
	uint32_t type;
	unsigned int first, blocks, bytes;
};

static const struct block_class block_classes[] = {
	{ SAY_SMALL, 0, 16, 32 },
	{ SAY_MEDIUM, 16, 8, 64 },
	{ SAY_LARGE, 24, 4, 128 },
};

#define NUM_BLOCK_CLASSES	(sizeof(block_classes) / sizeof(block_classes[0]))

/* The request for byte @index of @block, or for the CRC up to it (section 6.1). */
static inline uint32_t block_word(unsigned int block, unsigned int index, bool crc)
{
	const struct block_class *c = block_classes;

	while (block >= c->first + c->blocks)
		c++;
	return word(c->type, (block - c->first) + index * c->blocks + crc * 512);
}

/* Bit by bit as the polynomial is defined: x^8+x^7+x^4+x^2+x+1 (section 6.2). */
static inline uint8_t crc_of(const uint8_t *data, size_t len)
{
	unsigned int reg = 0xff, i;

	while (len--) {
		reg ^= *data++;
		for (i = 0; i < 8; i++) {
			reg *= 2;
			if (reg > 0xff)
				reg ^= 0x197;
		}
	}
	return (uint8_t)reg;
}

#endif
