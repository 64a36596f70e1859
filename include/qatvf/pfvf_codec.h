/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pure functions on mailbox blocks, for both ends of the mailbox; they touch no
 * kernel object and are unit tested in user space.
 */
#ifndef QATVF_PFVF_CODEC_H
#define QATVF_PFVF_CODEC_H

#include "hw/pfvf.h"

u8 qatvf_pfvf_crc8(const u8 *data, size_t len);
bool qatvf_pfvf_ring_map_valid(u16 map);

/**
 * struct qatvf_pfvf_block_req - a decoded block request
 * @block: block type
 * @index: byte asked for, or with @crc the last byte the CRC covers
 * @crc: the CRC is asked for instead of a byte
 */
struct qatvf_pfvf_block_req {
	unsigned int block;
	unsigned int index;
	bool crc;
};

bool qatvf_pfvf_block_req(u32 word, struct qatvf_pfvf_block_req *req);
u32 qatvf_pfvf_block_answer(const struct qatvf_pfvf_block_req *req,
			    const u8 *block, size_t size);

#endif /* QATVF_PFVF_CODEC_H */
