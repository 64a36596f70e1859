/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The PF-VF mailbox as it appears on the wire: the two 32-bit message
 * registers, the message numbers of each direction, and the byte blocks that
 * are fetched through them.  Both ends of the mailbox include this header; no
 * state and no register offsets live here.  Facts: reference 04 sections 3-6.
 *
 *  31                                8 7          2   1     0
 * +-----------------------------------+------------+-----+-----+
 * |               data                |    type    | sys | int |
 * +-----------------------------------+------------+-----+-----+
 *
 * int: a message is present; the receiver clears it to acknowledge.
 * sys: always sent as 1; a word without it is acknowledged and ignored.
 */
#ifndef QATVF_HW_PFVF_H
#define QATVF_HW_PFVF_H

#include <linux/bits.h>
#include <linux/types.h>

#define PFVF_INT			BIT(0)
#define PFVF_SYSTEM			BIT(1)
#define PFVF_TYPE_SHIFT			2
#define PFVF_TYPE_MASK			0x3fU
#define PFVF_DATA_SHIFT			8
#define PFVF_DATA_MASK			0xffffffU

/**
 * enum pfvf_vf2pf - message types a VF sends (register VM2PF)
 * @PFVF_VF2PF_NONE: no message; acknowledged and ignored
 * @PFVF_VF2PF_INIT: the VF is ready for notifications
 * @PFVF_VF2PF_SHUTDOWN: the VF goes away
 * @PFVF_VF2PF_VERSION_REQ: legacy version query, answered VERSION_RESP
 * @PFVF_VF2PF_COMPAT_REQ: data 7:0 = the VF's version, answered VERSION_RESP
 * @PFVF_VF2PF_LARGE_BLOCK: one byte of a large block, answered BLOCK_RESP
 * @PFVF_VF2PF_MEDIUM_BLOCK: one byte of a medium block
 * @PFVF_VF2PF_SMALL_BLOCK: one byte of a small block
 * @PFVF_VF2PF_RESTARTING_DONE: the VF stopped after a RESTARTING
 * @PFVF_VF2PF_RP_RESET: data 1:0 = VF-local ring pair, answered RP_RESET_RESP
 */
enum pfvf_vf2pf {
	PFVF_VF2PF_NONE			= 0x00,
	PFVF_VF2PF_INIT			= 0x03,
	PFVF_VF2PF_SHUTDOWN		= 0x04,
	PFVF_VF2PF_VERSION_REQ		= 0x05,
	PFVF_VF2PF_COMPAT_REQ		= 0x06,
	PFVF_VF2PF_LARGE_BLOCK		= 0x07,
	PFVF_VF2PF_MEDIUM_BLOCK		= 0x08,
	PFVF_VF2PF_SMALL_BLOCK		= 0x09,
	PFVF_VF2PF_RESTARTING_DONE	= 0x0a,
	PFVF_VF2PF_RP_RESET		= 0x10,
};

/**
 * enum pfvf_pf2vf - message types a PF sends (register PF2VM)
 * @PFVF_PF2VF_RESTARTING: notification: stop, the PF is about to go down
 * @PFVF_PF2VF_VERSION_RESP: data 7:0 = PF version, 9:8 = enum pfvf_compat
 * @PFVF_PF2VF_BLOCK_RESP: data 1:0 = enum pfvf_block_resp, 9:2 = byte or error
 * @PFVF_PF2VF_FATAL_ERROR: notification: the device failed
 * @PFVF_PF2VF_RESTARTED: notification: the PF is back
 * @PFVF_PF2VF_RP_RESET_RESP: data = enum pfvf_rp_reset
 */
enum pfvf_pf2vf {
	PFVF_PF2VF_RESTARTING		= 0x01,
	PFVF_PF2VF_VERSION_RESP		= 0x02,
	PFVF_PF2VF_BLOCK_RESP		= 0x03,
	PFVF_PF2VF_FATAL_ERROR		= 0x04,
	PFVF_PF2VF_RESTARTED		= 0x05,
	PFVF_PF2VF_RP_RESET_RESP	= 0x10,
};

/**
 * enum pfvf_version - compatibility versions, named after what they added
 * @PFVF_V_LEGACY: VERSION_REQ only
 * @PFVF_V_COMPAT: COMPAT_REQ
 * @PFVF_V_CAPABILITIES: block messages and the capability summary
 * @PFVF_V_FAST_ACK: no meaning on this device generation
 * @PFVF_V_RING_MAP: the ring-to-service map block
 * @PFVF_V_RESTART: RESTARTING_DONE, RESTARTED and FATAL_ERROR
 * @PFVF_V_OURS: what both of our ends speak
 */
enum pfvf_version {
	PFVF_V_LEGACY			= 0,
	PFVF_V_COMPAT			= 1,
	PFVF_V_CAPABILITIES		= 2,
	PFVF_V_FAST_ACK			= 3,
	PFVF_V_RING_MAP			= 4,
	PFVF_V_RESTART			= 5,
	PFVF_V_OURS			= PFVF_V_RESTART,
};

/** enum pfvf_compat - verdict in a VERSION_RESP; 0 is never valid */
enum pfvf_compat {
	PFVF_COMPATIBLE			= 1,
	PFVF_INCOMPATIBLE		= 2,
	PFVF_VF_NEWER			= 3,
};

#define PFVF_VERSION_RESP_VERSION(data)	((data) & 0xff)
#define PFVF_VERSION_RESP_VERDICT(data)	(((data) >> 8) & 0x3)
#define PFVF_VERSION_RESP(version, verdict) \
	((version) | ((u32)(verdict) << 8))
/* What a legacy VERSION_REQ is answered with: major 1, minor 1. */
#define PFVF_LEGACY_VERSION		0x11

/** enum pfvf_block_resp - kind of a BLOCK_RESP */
enum pfvf_block_resp {
	PFVF_BLOCK_DATA			= 0,
	PFVF_BLOCK_CRC			= 1,
	PFVF_BLOCK_ERROR		= 2,
};

/** enum pfvf_block_error - value of a BLOCK_RESP of kind PFVF_BLOCK_ERROR */
enum pfvf_block_error {
	PFVF_BLOCK_BAD_TYPE		= 0,
	PFVF_BLOCK_BAD_BYTE		= 1,
	PFVF_BLOCK_TRUNCATED		= 2,
	PFVF_BLOCK_UNSPECIFIED		= 3,
};

#define PFVF_BLOCK_RESP_KIND(data)	((data) & 0x3)
#define PFVF_BLOCK_RESP_VALUE(data)	(((data) >> 2) & 0xff)
#define PFVF_BLOCK_RESP(kind, value)	((kind) | ((u32)(value) << 2))

/** enum pfvf_rp_reset - result of a ring pair reset */
enum pfvf_rp_reset {
	PFVF_RP_RESET_OK		= 0,
	PFVF_RP_RESET_UNSUPPORTED	= 1,
	PFVF_RP_RESET_BAD_RP		= 2,
	PFVF_RP_RESET_TIMEOUT		= 3,
};

/*
 * A block is: version, payload length L, L bytes of payload.  The request
 * class tells how data is split into block type, byte index and CRC flag.
 */
#define PFVF_BLOCK_HEADER		2
#define PFVF_SMALL_BLOCK_MAX		30	/* bytes, header included */

/** enum pfvf_block - block types; both are small blocks */
enum pfvf_block {
	PFVF_BLOCK_CAPABILITIES		= 2,
	PFVF_BLOCK_RING_MAP		= 3,
};

#define PFVF_SMALL_BLOCK_REQ(type, index, crc) \
	((type) | ((u32)(index) << 4) | ((u32)(crc) << 9))

/* Capability summary, byte offsets in the block (reference 04 section 6.3). */
#define PFVF_CAPS_EXT_DC		2	/* le32, since version 1 */
#define PFVF_CAPS_MASK			6	/* le32, since version 2 */
#define PFVF_CAPS_FREQUENCY		10	/* le32, Hz, since version 3 */
#define PFVF_CAPS_V1_SIZE		6
#define PFVF_CAPS_V2_SIZE		10
#define PFVF_CAPS_V3_SIZE		14

/* Ring-to-service map block: version 1, one le16. */
#define PFVF_RING_MAP_VERSION		1
#define PFVF_RING_MAP_SIZE		4

/**
 * enum qat_service - service codes of the ring-to-service map, 3 bits each
 * @QAT_SVC_NONE: the ring pair serves nothing
 * @QAT_SVC_COMPRESSION: compression and decompression
 * @QAT_SVC_SYM: symmetric crypto
 * @QAT_SVC_ASYM: public key crypto
 */
enum qat_service {
	QAT_SVC_NONE			= 0,
	QAT_SVC_COMPRESSION		= 2,
	QAT_SVC_SYM			= 3,
	QAT_SVC_ASYM			= 4,
};

#define QAT_SVC_COUNT			5
#define QAT_RP_SERVICE(map, rp)		(((map) >> (3 * (rp))) & 0x7)
/* What peers assume where no map was told: asym, sym, asym, sym. */
#define QAT_DEFAULT_RING_MAP		0x071c

/* Bits of the capability mask that our services ask for (05 section 17). */
#define QAT_CAP_SYM			BIT(0)
#define QAT_CAP_ASYM			BIT(1)
#define QAT_CAP_CIPHER			BIT(2)
#define QAT_CAP_AUTH			BIT(3)
#define QAT_CAP_COMPRESSION		BIT(5)
#define QAT_CAP_SHA3			BIT(9)
#define QAT_CAP_ECEDMONT		BIT(13)
#define QAT_CAP_SHA3_EXT		BIT(15)
#define QAT_CAP_AESGCM_SPC		BIT(16)
#define QAT_CAP_CHACHA_POLY		BIT(17)
#define QAT_CAP_SM3			BIT(19)
#define QAT_CAP_SM4			BIT(20)
#define QAT_CAP_LZ4			BIT(24)
#define QAT_CAP_LZ4S			BIT(25)
#define QAT_CAP_AES_V2			BIT(26)

/* Bit of the compression features (06 section 1): results can be verified. */
#define QAT_EXT_DC_VERIFY		BIT(0)

/* Layout facts of the VF space (reference 04 section 1). */
#define QAT_MAX_VFS			16
#define QAT_RPS_PER_VF			4

/**
 * pfvf_msg() - compose a message word
 * @type: enum pfvf_vf2pf or enum pfvf_pf2vf
 * @data: 24 bits, meaning by @type
 *
 * Return: the word with both the interrupt and the system bit set.
 */
static inline u32 pfvf_msg(unsigned int type, u32 data)
{
	return PFVF_INT | PFVF_SYSTEM |
	       (type & PFVF_TYPE_MASK) << PFVF_TYPE_SHIFT |
	       (data & PFVF_DATA_MASK) << PFVF_DATA_SHIFT;
}

/** pfvf_type() - message type of @word */
static inline unsigned int pfvf_type(u32 word)
{
	return (word >> PFVF_TYPE_SHIFT) & PFVF_TYPE_MASK;
}

/** pfvf_data() - data field of @word */
static inline u32 pfvf_data(u32 word)
{
	return word >> PFVF_DATA_SHIFT;
}

#endif /* QATVF_HW_PFVF_H */
