// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit test of the driver's mailbox codec, built in user space: CRC values, every
 * block request that 24 bits of data can make, every ring-to-service map, answers
 * for every size and index. Expected values: reference 04 sections 6 and 10.
 */
#include <string.h>

#include <linux/types.h>

#include "qatvf/pfvf_codec.h"

#include "tap.h"
#include "words.h"

#define BYTES(...)	(const uint8_t[]){ __VA_ARGS__ }, sizeof((uint8_t[]){ __VA_ARGS__ })

static const struct {
	const char *name;
	const uint8_t *data;
	size_t len;
	uint8_t crc;
} crcs[] = {
	{ "digits", (const uint8_t *)"123456789", 9, 0x64 },
	{ "nothing", (const uint8_t *)"", 0, 0xff },
	{ "version of the map", BYTES(0x01), 0xab },
	{ "map sym;asym", BYTES(0x01, 0x02, 0x1c, 0x07), 0xac },
	{ "map dc", BYTES(0x01, 0x02, 0x92, 0x04), 0xed },
	{ "map sym", BYTES(0x01, 0x02, 0xdb, 0x06), 0x3f },
	{ "map asym", BYTES(0x01, 0x02, 0x24, 0x09), 0x48 },
	{ "map asym;dc", BYTES(0x01, 0x02, 0xa2, 0x08), 0x74 },
	{ "map sym;dc", BYTES(0x01, 0x02, 0x9a, 0x06), 0x90 },
	{ "map asym;dc, other order", BYTES(0x01, 0x02, 0xa4, 0x04), 0x9f },
	{ "map sym;dc, other order", BYTES(0x01, 0x02, 0x9b, 0x04), 0xfa },
	{ "capabilities sym;asym", BYTES(2, 8, 0, 0, 0, 0, 0x0f, 0xb2, 0x1f, 4), 0x60 },
	{ "capabilities dc", BYTES(2, 8, 0, 0, 0, 0, 0x20, 0, 0x80, 3), 0xed },
	{ "capabilities with frequency",
	  BYTES(3, 12, 0, 0, 0, 0, 0x0f, 0xb2, 0x1f, 4, 0, 0xca, 0x9a, 0x3b), 0xcd },
	{ "capabilities of another PF",
	  BYTES(3, 12, 0, 0, 0, 0, 0x0f, 0x88, 0x1f, 4, 0, 0xca, 0x9a, 0x3b), 0x8f },
};

static void test_crc(void)
{
	size_t i;

	for (i = 0; i < sizeof(crcs) / sizeof(crcs[0]); i++)
		tap_result(qatvf_pfvf_crc8(crcs[i].data, crcs[i].len) == crcs[i].crc,
			   "CRC of %s is %02x", crcs[i].name, crcs[i].crc);
}

static void test_request_words(void)
{
	static const struct {
		uint32_t word;
		unsigned int block, index;
		bool crc;
	} golden[] = {
		{ 0x00000227, 2, 0, false }, { 0x00029227, 2, 9, true },
		{ 0x00002327, 3, 2, false }, { 0x00023327, 3, 3, true },
		{ 0x00000023, 16, 0, false }, { 0x0003ff1f, 27, 127, true },
		{ 0x00000527, 5, 0, false }, { 0x0002d227, 2, 13, true },
	};
	struct qatvf_pfvf_block_req req;
	bool good = true;
	size_t i;

	for (i = 0; i < sizeof(golden) / sizeof(golden[0]); i++)
		good &= qatvf_pfvf_block_req(golden[i].word, &req) &&
			req.block == golden[i].block && req.index == golden[i].index &&
			req.crc == golden[i].crc;
	tap_result(good, "request words of the transcripts");
}

/* Bits above the CRC flag carry nothing and must change nothing. */
static bool class_is_decoded(const struct block_class *c)
{
	struct qatvf_pfvf_block_req req;
	uint32_t data;

	for (data = 0; data < 1u << 24; data++) {
		memset(&req, 0xa5, sizeof(req));
		if (!qatvf_pfvf_block_req(word(c->type, data), &req) ||
		    req.block != c->first + data % c->blocks ||
		    req.index != data / c->blocks % c->bytes ||
		    req.crc != (data / 512 % 2 == 1))
			return false;
	}
	return true;
}

static void test_requests(void)
{
	struct qatvf_pfvf_block_req req;
	bool good = true;
	uint32_t type, data;
	size_t i;

	for (i = 0; i < NUM_BLOCK_CLASSES; i++)
		tap_result(class_is_decoded(&block_classes[i]),
			   "all 2^24 requests of blocks %u to %u", block_classes[i].first,
			   block_classes[i].first + block_classes[i].blocks - 1);
	for (type = 0; type < 64; type++)
		for (data = 0; data < 1u << 24; data += 0x101)
			good &= qatvf_pfvf_block_req(word(type, data), &req) ==
				(type >= SAY_LARGE && type <= SAY_SMALL);
	tap_result(good, "no other type is taken for a block request");
}

static uint32_t answer(unsigned int index, bool crc, const uint8_t *block, size_t size)
{
	const struct qatvf_pfvf_block_req req = { .block = 2, .index = index, .crc = crc };

	return qatvf_pfvf_block_answer(&req, block, size);
}

/* Data fields of the replies in section 10: the raw word without its low byte. */
static void test_answers(void)
{
	static const uint8_t caps[] = CAPS_BLOCK, map[] = MAP_BLOCK;
	uint8_t block[40];
	unsigned int index;
	bool good = true, bounds = true;
	size_t size;

	tap_result(answer(0, false, caps, 10) == 0x0000080f >> 8 &&
		   answer(7, false, caps, 10) == 0x0002c80f >> 8 &&
		   answer(9, true, caps, 10) == 0x0001810f >> 8 &&
		   answer(3, true, map, 4) == 0x0002b10f >> 8, "replies of the transcript");
	tap_result(answer(0, false, NULL, 0) == 0x0000020f >> 8 &&
		   answer(127, true, NULL, 0) == 0x0000020f >> 8, "no such block");
	tap_result(answer(4, false, map, 4) == 0x0000060f >> 8 &&
		   answer(4, true, map, 4) == 0x0000060f >> 8, "no such byte");
	tap_result(answer(0, false, block, 31) == 0x00000a0f >> 8, "block too long");

	for (size = 0; size < sizeof(block); size++)
		block[size] = (uint8_t)(size * 37 + 1);
	for (size = 0; size <= 30; size++) {
		for (index = 0; index < 128; index++) {
			uint32_t plain = answer(index, false, block, size);
			uint32_t sum = answer(index, true, block, size);

			if (index >= size)
				bounds &= plain == 0x6 && sum == 0x6;
			else
				good &= plain == (uint32_t)block[index] << 2 &&
					sum == ((uint32_t)crc_of(block, index + 1) << 2 | 1);
		}
	}
	tap_result(good, "every byte and CRC of blocks up to 30 bytes");
	tap_result(bounds, "every index behind the end is refused");
}

static void test_maps(void)
{
	bool good = true;
	uint32_t map;

	for (map = 0; map < 1u << 16; map++) {
		bool valid = map < 4096;
		uint32_t rest;

		for (rest = map; rest; rest /= 8)
			valid &= rest % 8 == 0 || (rest % 8 >= 2 && rest % 8 <= 4);
		good &= qatvf_pfvf_ring_map_valid((u16)map) == valid;
	}
	tap_result(good, "all 65536 ring-to-service maps");
}

int main(void)
{
	printf("TAP version 13\n");
	test_crc();
	test_request_words();
	test_requests();
	test_answers();
	test_maps();
	return tap_finish();
}
