// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: every block request that exists, and ring pair resets. Errors: reference 04
 * sections 6.1 and 10.4.
 */
#include "commands.h"
#include "oracle.h"
#include "words.h"

static bool ask_all(struct vf *vf, bool crc)
{
	bool good = true;
	unsigned int block, index;
	const struct block_class *c = block_classes;

	for (block = 0; block < 28; block++) {
		if (block == c->first + c->blocks)
			c++;
		for (index = 0; index < c->bytes; index++) {
			uint32_t said = block_word(block, index, crc);

			good &= vf_ask(vf, said, answer_to(said).reply);
		}
	}
	return good;
}

/* The words of section 10.4 first: the oracle shall not be its own judge. */
bool say_blocks(struct arguments *args)
{
	return vf_ask(args->vf, 0x00000527, 0x0000020f) &&
	       vf_ask(args->vf, 0x00004327, 0x0000060f) &&
	       vf_ask(args->vf, 0x00000023, 0x0000020f) && ask_all(args->vf, false);
}

bool say_crcs(struct arguments *args)
{
	return vf_ask(args->vf, 0x00029227, 0x0001810f) &&
	       vf_ask(args->vf, 0x00023327, 0x0002b10f) &&
	       vf_ask(args->vf, 0x00024327, 0x0000060f) &&
	       vf_ask(args->vf, 0x0003ff1f, 0x0000020f) && ask_all(args->vf, true);
}

bool say_resets(struct arguments *args)
{
	struct vf *vf = args->vf;
	bool good = true;
	uint32_t bit, round;

	for (round = 0; round < 3; round++) {
		good &= vf_ask(vf, 0x00000043, 0x00000043);
		good &= vf_ask(vf, 0x00000143, 0x00000043);
		good &= vf_ask(vf, 0x00000243, 0x00000043);
		good &= vf_ask(vf, 0x00000343, 0x00000043);
	}
	/* data 4 of the transcript, then each other bit that must be zero */
	good &= vf_ask(vf, 0x00000443, 0x00000143);
	for (bit = 3; bit < 24; bit++)
		good &= vf_ask(vf, word(SAY_RP_RESET, 1u << bit), 0x00000143);
	return vf_works(vf) && good;
}
