/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The compression (DC) service on the wire: the request, what its response holds,
 * the slice configuration.  Little endian but for the configuration.  Facts:
 * reference 06 sections 2-6, 9, 10 and 13.
 */
#ifndef QATVF_HW_DC_H
#define QATVF_HW_DC_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include "hw/fw.h"

/**
 * enum dc_cmd - commands of the DC service we send
 * @DC_CMD_DEFLATE: compress, dynamic Huffman codes
 * @DC_CMD_INFLATE: decompress
 * @DC_CMD_LZ4: compress to blocks with their sizes
 * @DC_CMD_UNLZ4: decompress such blocks
 * @DC_CMD_LZ4S: compress to the device's own sequences
 */
enum dc_cmd {
	DC_CMD_DEFLATE		= 1,
	DC_CMD_INFLATE		= 2,
	DC_CMD_LZ4		= 3,
	DC_CMD_UNLZ4		= 4,
	DC_CMD_LZ4S		= 5,
};

/* Service flags, bytes 4-5 (06 section 4): data may be stored as it is. */
#define DC_FLAG_MAY_STORE		BIT(3)

/* Byte 6 besides QAT_FW_PTR_SGL: the configuration is in the request. */
#define DC_PTR_CONFIG_INLINE		BIT(1)

/* Parameters, bytes 72-75 (06 section 5). */
#define DC_PAR_START			BIT(0)
#define DC_PAR_END			BIT(1)
#define DC_PAR_FINAL			BIT(6)	/* last block of a stream */
#define DC_PAR_VERIFY			BIT(16)	/* decompress it again and compare */

/* Slice ids of byte 99: compression, then memory. */
#define DC_SLICES			0x45

/* Start value of a running Adler-32. */
#define DC_ADLER32_SEED			1

/*
 * Configuration of a compression, lower word (06 sections 6.2 and 6.5).  Common to
 * all of them: extended delay match mode, no hash update, no dropping of blocks.
 */
#define DC_LOWER_COMMON			0x3005
#define DC_LOWER_BYTE_SKIP		BIT(1)
#define DC_LOWER_NO_COLLISIONS		BIT(3)
#define DC_LOWER_MIN_MATCH_4		BIT(4)
#define DC_LOWER_FORMAT_ILZ77		(0U << 5)
#define DC_LOWER_FORMAT_DEFLATE		(1U << 5)
#define DC_LOWER_FORMAT_LZ4		(2U << 5)
#define DC_LOWER_FORMAT_LZ4S		(3U << 5)
#define DC_LOWER_DEPTH_LOW		(1U << 8)
#define DC_LOWER_DEPTH_MEDIUM		(3U << 8)
#define DC_LOWER_DEPTH_HIGH		(4U << 8)

/* Upper word (06 section 6.3): nice and lazy parameters, the same for all. */
#define DC_UPPER_COMMON			0x00020503U
#define DC_UPPER_BLOCKS_INDEPENDENT	BIT(18)
#define DC_UPPER_LZ4_BLOCK(code)	((u32)(code) << 19)
#define DC_UPPER_SCB_OFF		BIT(31)

/* LZ4 blocks: at most 64 KB << 2 * code bytes of text, code 0 to 3. */
#define DC_LZ4_BLOCK_SHIFT		16
#define DC_LZ4_BLOCK_CODES		4
/* Size in front of a block: bytes that follow, and whether they are the text. */
#define DC_LZ4_HEAD_BYTES		4
#define DC_LZ4_HEAD_STORED		BIT(31)
/* The device looks back that far in every format. */
#define DC_HISTORY_BYTES		32768

/**
 * struct dc_req - request, 128 bytes
 * @rsvd0: 0
 * @cmd: enum dc_cmd
 * @service: QAT_FW_SERVICE_DC
 * @valid: QAT_FW_VALID
 * @flags: DC_FLAG_*
 * @ptr_flags: QAT_FW_PTR_SGL, DC_PTR_CONFIG_INLINE
 * @rsvd1: 0
 * @config_lower: DC_LOWER_*
 * @config_upper: DC_UPPER_*
 * @rsvd2: 0
 * @opaque: returned in the response
 * @src: source buffer or list
 * @dst: destination buffer or list
 * @src_len: bytes of a flat buffer
 * @dst_len: likewise
 * @in_len: bytes to work on
 * @out_len: bytes there is room for
 * @crc32: checksum to go on from: 0
 * @adler32: DC_ADLER32_SEED
 * @params: DC_PAR_*
 * @rsvd3: 0
 * @slices: DC_SLICES
 * @rsvd4: 0
 */
struct dc_req {
	u8	rsvd0;
	u8	cmd;
	u8	service;
	u8	valid;
	__le16	flags;
	u8	ptr_flags;
	u8	rsvd1;
	__be32	config_lower;
	__be32	config_upper;
	u8	rsvd2[8];
	__le64	opaque;
	__le64	src;
	__le64	dst;
	__le32	src_len;
	__le32	dst_len;
	__le32	in_len;
	__le32	out_len;
	__le32	crc32;
	__le32	adler32;
	__le32	params;
	u8	rsvd3[23];
	u8	slices;
	u8	rsvd4[28];
};
static_assert(sizeof(struct dc_req) == 128);
static_assert(offsetof(struct dc_req, opaque) == offsetof(struct qat_req, opaque));
static_assert(offsetof(struct dc_req, in_len) == 56);
static_assert(offsetof(struct dc_req, params) == 72);
static_assert(offsetof(struct dc_req, slices) == 99);

/**
 * struct dc_result - what a response says of the data, its bytes 16-31
 * @consumed: bytes taken from the source
 * @produced: bytes written to the destination
 * @crc32: of the text
 * @adler32: of the text, for LZ4 its xxHash-32
 */
struct dc_result {
	__le32	consumed;
	__le32	produced;
	__le32	crc32;
	__le32	adler32;
};
static_assert(sizeof(struct dc_result) == sizeof_field(struct qat_rsp, by_service));

/* Byte 3 of a response besides QAT_FW_VALID. */
#define DC_RSP_VERIFIED			BIT(6)
#define DC_RSP_STORED			BIT(4)

#endif /* QATVF_HW_DC_H */
