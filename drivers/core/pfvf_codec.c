// SPDX-License-Identifier: GPL-2.0
/*
 * Pure functions on mailbox blocks: CRC, request decoding, answers, and the
 * check of a ring-to-service map.  Facts: reference 04 section 6.
 */
#include <linux/export.h>

#include "qatvf/pfvf_codec.h"

#define CRC8_POLY	0x97
#define CRC8_INIT	0xff

/**
 * qatvf_pfvf_crc8() - CRC that covers the bytes of a block
 * @data: the bytes, header included
 * @len: how many
 *
 * Most significant bit first, no reflection (04 section 6.2).
 *
 * Return: the CRC.
 */
u8 qatvf_pfvf_crc8(const u8 *data, size_t len)
{
	u8 crc = CRC8_INIT;
	int bit;

	while (len--) {
		crc ^= *data++;
		for (bit = 0; bit < 8; bit++)
			crc = crc & 0x80 ? (u8)(crc << 1) ^ CRC8_POLY : crc << 1;
	}
	return crc;
}
EXPORT_SYMBOL_GPL(qatvf_pfvf_crc8);

/**
 * qatvf_pfvf_ring_map_valid() - does a map name services of this device only?
 * @map: 3 bits per ring pair, see QAT_RP_SERVICE()
 *
 * Return: false if a field holds an unknown service or bits 15:12 are set.
 */
bool qatvf_pfvf_ring_map_valid(u16 map)
{
	unsigned int rp;

	if (map >> (3 * QAT_RPS_PER_VF))
		return false;
	for (rp = 0; rp < QAT_RPS_PER_VF; rp++) {
		unsigned int service = QAT_RP_SERVICE(map, rp);

		if (service == 1 || service >= QAT_SVC_COUNT)
			return false;
	}
	return true;
}
EXPORT_SYMBOL_GPL(qatvf_pfvf_ring_map_valid);

/**
 * qatvf_pfvf_block_req() - decode a block request of any class
 * @word: message of the VF, hostile
 * @req: filled on success
 *
 * The classes differ in where block types start and how the data field is cut
 * (04 section 6.1).
 *
 * Return: false if @word is not a block request.
 */
bool qatvf_pfvf_block_req(u32 word, struct qatvf_pfvf_block_req *req)
{
	u32 data = pfvf_data(word);

	switch (pfvf_type(word)) {
	case PFVF_VF2PF_SMALL_BLOCK:
		req->block = data & 0xf;
		req->index = (data >> 4) & 0x1f;
		break;
	case PFVF_VF2PF_MEDIUM_BLOCK:
		req->block = 16 + (data & 0x7);
		req->index = (data >> 3) & 0x3f;
		break;
	case PFVF_VF2PF_LARGE_BLOCK:
		req->block = 24 + (data & 0x3);
		req->index = (data >> 2) & 0x7f;
		break;
	default:
		return false;
	}
	req->crc = data & BIT(9);
	return true;
}
EXPORT_SYMBOL_GPL(qatvf_pfvf_block_req);

/**
 * qatvf_pfvf_block_answer() - the reply to a block request
 * @req: the request
 * @block: the block asked for, or NULL if there is none of that type
 * @size: its bytes, header included
 *
 * Return: data field of the BLOCK_RESP: the byte, the CRC up to it, or the
 * error code that peers expect.
 */
u32 qatvf_pfvf_block_answer(const struct qatvf_pfvf_block_req *req,
			    const u8 *block, size_t size)
{
	if (!block)
		return PFVF_BLOCK_RESP(PFVF_BLOCK_ERROR, PFVF_BLOCK_BAD_TYPE);
	if (size > PFVF_SMALL_BLOCK_MAX)
		return PFVF_BLOCK_RESP(PFVF_BLOCK_ERROR, PFVF_BLOCK_TRUNCATED);
	if (req->index >= size)
		return PFVF_BLOCK_RESP(PFVF_BLOCK_ERROR, PFVF_BLOCK_BAD_BYTE);
	if (req->crc)
		return PFVF_BLOCK_RESP(PFVF_BLOCK_CRC,
				       qatvf_pfvf_crc8(block, req->index + 1));
	return PFVF_BLOCK_RESP(PFVF_BLOCK_DATA, block[req->index]);
}
EXPORT_SYMBOL_GPL(qatvf_pfvf_block_answer);
