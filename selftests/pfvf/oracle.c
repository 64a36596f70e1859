// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a PF at compatibility version 5 that serves sym;asym must answer to any word
 * of a VF: reference 04 sections 4.1, 5, 6.1, 9.1 and 13. The answer depends on the
 * word alone; no earlier message changes it.
 */
#include "oracle.h"
#include "words.h"

#define RESP_VERSION	0x02
#define RESP_BLOCK	0x03
#define RESP_RP_RESET	0x10

static uint32_t compat_reply(unsigned int version)
{
	unsigned int verdict = 1;

	if (version == 0)
		verdict = 2;
	else if (version > 5)
		verdict = 3;
	return word(RESP_VERSION, 5 | verdict << 8);
}

static uint32_t block_reply(const struct block_class *c, uint32_t data)
{
	static const uint8_t caps[] = CAPS_BLOCK, map[] = MAP_BLOCK;
	unsigned int block = c->first + data % c->blocks;
	unsigned int index = data / c->blocks % c->bytes;
	const uint8_t *bytes = block == 2 ? caps : map;
	size_t size = block == 2 ? sizeof(caps) : sizeof(map);

	if (block != 2 && block != 3)
		return word(RESP_BLOCK, 2 | 0 << 2);
	if (index >= size)
		return word(RESP_BLOCK, 2 | 1 << 2);
	if (data & 0x200)
		return word(RESP_BLOCK, 1 | crc_of(bytes, index + 1) << 2);
	return word(RESP_BLOCK, 0 | bytes[index] << 2);
}

/* Bits which a message of that type does not use. */
static uint32_t unused_data(uint32_t type)
{
	switch (type) {
	case SAY_COMPAT:
		return 0xffff00;
	case SAY_LARGE:
	case SAY_MEDIUM:
	case SAY_SMALL:
		return 0xfffc00;
	case SAY_RP_RESET:
		return 0;	/* has an answer of its own for them */
	default:
		return 0xffffff;
	}
}

struct answer answer_to(uint32_t said)
{
	uint32_t type = said >> 2 & 0x3f, data = said >> 8;
	struct answer answer = { .or_none = data & unused_data(type) };

	if ((said & (INT_BIT | ORIGIN_BIT)) != (INT_BIT | ORIGIN_BIT))
		return (struct answer){ 0 };
	switch (type) {
	case SAY_VERSION:
		answer.reply = word(RESP_VERSION, 0x11 | 1 << 8);
		break;
	case SAY_COMPAT:
		answer.reply = compat_reply(data & 0xff);
		break;
	case SAY_LARGE:
		answer.reply = block_reply(&block_classes[2], data);
		break;
	case SAY_MEDIUM:
		answer.reply = block_reply(&block_classes[1], data);
		break;
	case SAY_SMALL:
		answer.reply = block_reply(&block_classes[0], data);
		break;
	case SAY_RP_RESET:
		answer.reply = word(RESP_RP_RESET, data > 3 ? 1 : 0);
		break;
	}
	return answer;
}

bool answer_is_right(uint32_t said, uint32_t heard)
{
	struct answer right = answer_to(said);

	return heard == right.reply || (!heard && right.or_none);
}
