// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target for the driver's mailbox codec: a hostile word asks for a block
 * of any content. The sanitizers watch the bounds; the answer must be one that a VF
 * can understand, and that of the request's own arithmetic.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>

#include "qatvf/pfvf_codec.h"

#include "words.h"

static void must(bool good)
{
	if (!good)
		abort();
}

static uint32_t expected(const struct qatvf_pfvf_block_req *req, const uint8_t *block,
			 size_t size)
{
	if (!block)
		return 0x002;
	if (size > 30)
		return 0x00a;
	if (req->index >= size)
		return 0x006;
	if (req->crc)
		return crc_of(block, req->index + 1) * 4u + 1;
	return block[req->index] * 4u;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct qatvf_pfvf_block_req req;
	uint8_t *block = NULL;
	uint32_t said, class;

	if (size < sizeof(said))
		return 0;
	memcpy(&said, data, sizeof(said));
	data += sizeof(said);
	size -= sizeof(said);

	qatvf_pfvf_ring_map_valid((u16)said);
	class = said >> 2 & 0x3f;
	if (!qatvf_pfvf_block_req(said, &req)) {
		must(class < SAY_LARGE || class > SAY_SMALL);
		return 0;
	}
	must(class >= SAY_LARGE && class <= SAY_SMALL);
	must(req.block < 28 && req.index < 128);
	must((block_word(req.block, req.index, req.crc) & 0x3ff00) == (said & 0x3ff00));

	/* a copy of exactly that size, for the sanitizer to see its end */
	if (size) {
		block = malloc(size);
		must(block);
		memcpy(block, data, size);
	}
	must(qatvf_pfvf_block_answer(&req, block, size) == expected(&req, block, size));
	free(block);
	return 0;
}
