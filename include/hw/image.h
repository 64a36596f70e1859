/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Firmware image layouts: the MOF container of the main firmware file, the SUOF
 * objects inside it, the RSA-3072 signed image inside those (and alone in the
 * MMP file), and the descriptor through which the firmware control unit (FCU)
 * reaches an image in DMA memory.  Layouts only, no logic.
 *
 * Inside a file nothing is aligned to more than four bytes, so parsers read
 * every member with unaligned accessors at its offsetof() and never through a
 * structure pointer.
 */
#ifndef QATVF_HW_IMAGE_H
#define QATVF_HW_IMAGE_H

#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

/* MOF: outer container (reference 02 section 2) */

#define QAT_MOF_FILE_ID		0x00666f6d	/* "mof\0" */
#define QAT_MOF_MAJ_VER		0
#define QAT_MOF_MIN_VER		1

#define QAT_MOF_ID_STRINGS	"SYM_OBJS"	/* chunk: object names */
#define QAT_MOF_ID_SIGNED	"SUF_OBJS"	/* chunk: signed objects */
#define QAT_MOF_ID_UNSIGNED	"UOF_OBJS"	/* chunk: unsigned objects, unusable on Gen4 */
#define QAT_MOF_ID_ENTRY	"SUF_IMAG"	/* one entry of the signed objects */
#define QAT_IMAGE_ID_SIZE	8

/**
 * struct qat_mof_header - first 16 bytes of the main firmware file
 * @file_id:	QAT_MOF_FILE_ID
 * @checksum:	CRC-16/XMODEM of everything from @min_ver to the end of the file
 * @min_ver:	minor version of the format
 * @maj_ver:	major version of the format
 * @reserved:	zero
 * @max_chunks:	chunk headers that there could be
 * @num_chunks:	chunk headers that follow
 */
struct qat_mof_header {
	__le32 file_id;
	__le32 checksum;
	__u8 min_ver;
	__u8 maj_ver;
	__le16 reserved;
	__le16 max_chunks;
	__le16 num_chunks;
};

static_assert(sizeof(struct qat_mof_header) == 16);
static_assert(offsetof(struct qat_mof_header, min_ver) == 8);
static_assert(offsetof(struct qat_mof_header, num_chunks) == 14);

/**
 * struct qat_chunk_header - chunk header of MOF and SUOF
 * @id:		eight ASCII characters, not terminated
 * @offset:	first byte of the chunk, from the start of the container
 * @size:	bytes of the chunk
 */
struct qat_chunk_header {
	__u8 id[QAT_IMAGE_ID_SIZE];
	__le64 offset;
	__le64 size;
};

static_assert(sizeof(struct qat_chunk_header) == 24);
static_assert(offsetof(struct qat_chunk_header, size) == 16);

/**
 * struct qat_mof_objects - head of an object table (a MOF chunk)
 * @max_objects: entries that there could be
 * @num_objects: entries that follow
 * @reserved:	zero
 */
struct qat_mof_objects {
	__le16 max_objects;
	__le16 num_objects;
	__le32 reserved;
};

static_assert(sizeof(struct qat_mof_objects) == 8);

/**
 * struct qat_mof_entry - one object of an object table
 * @id:		QAT_MOF_ID_ENTRY
 * @offset:	first byte of the object, from the object table's head
 * @size:	bytes of the object
 * @name:	offset of its name, from the first string of the string table
 * @reserved:	zero
 */
struct qat_mof_entry {
	__u8 id[QAT_IMAGE_ID_SIZE];
	__le64 offset;
	__le64 size;
	__le32 name;
	__le32 reserved;
};

static_assert(sizeof(struct qat_mof_entry) == 32);
static_assert(offsetof(struct qat_mof_entry, name) == 24);

/* SUOF: one signed object (reference 02 section 3.1) */

#define QAT_SUOF_FILE_ID	0x53554f46	/* bytes "FOUS" */
#define QAT_SUOF_MAJ_VER	0
#define QAT_SUOF_MIN_VER	1
#define QAT_SUOF_FW_TYPE	0

/**
 * struct qat_suof_header - first 16 bytes of a SUOF
 * @file_id:	QAT_SUOF_FILE_ID
 * @checksum:	CRC-16/XMODEM of everything from @min_ver to the end of the SUOF
 * @min_ver:	minor version of the format
 * @maj_ver:	major version of the format
 * @fw_type:	QAT_SUOF_FW_TYPE
 * @reserved:	zero
 * @max_chunks:	chunk headers that there could be
 * @num_chunks:	chunk headers that follow: the string table, then images
 */
struct qat_suof_header {
	__le32 file_id;
	__le32 checksum;
	__u8 min_ver;
	__u8 maj_ver;
	__u8 fw_type;
	__u8 reserved;
	__le16 max_chunks;
	__le16 num_chunks;
};

static_assert(sizeof(struct qat_suof_header) == 16);
static_assert(offsetof(struct qat_suof_header, num_chunks) == 14);

/**
 * struct qat_suof_image - head of an image chunk
 * @length:	bytes of the signed image that follows
 * @reserved:	zero
 */
struct qat_suof_image {
	__le32 length;
	__le32 reserved;
};

static_assert(sizeof(struct qat_suof_image) == 8);

/* Signed image (reference 02 sections 3.3 to 3.8) */

#define QAT_RSA_MODULUS_SIZE	384
#define QAT_RSA_EXPONENT_SIZE	4
#define QAT_RSA_SIGNATURE_SIZE	384

/**
 * struct qat_css_header - head of a signed image
 * @module_type: 6
 * @header_len:	signed image up to its payload, in 32-bit words
 * @header_ver:	0x00010000
 * @module_id:	zero
 * @module_vendor: 0x8086
 * @date:	build date, BCD, yyyymmdd
 * @size:	whole signed image, in 32-bit words
 * @key_size:	modulus, in 32-bit words
 * @module_size: modulus, in 32-bit words (as seen in all known images)
 * @exponent_size: exponent, in 32-bit words
 * @fw_type:	QAT_CSS_FW_AE or QAT_CSS_FW_MMP
 * @reserved:	zero
 */
struct qat_css_header {
	__le32 module_type;
	__le32 header_len;
	__le32 header_ver;
	__le32 module_id;
	__le32 module_vendor;
	__le32 date;
	__le32 size;
	__le32 key_size;
	__le32 module_size;
	__le32 exponent_size;
	__le32 fw_type;
	__le32 reserved[21];
};

static_assert(sizeof(struct qat_css_header) == 128);
static_assert(offsetof(struct qat_css_header, fw_type) == 0x28);

#define QAT_CSS_FW_AE		0	/* acceleration engine firmware */
#define QAT_CSS_FW_MMP		1	/* public key engine microcode */

/**
 * struct qat_signed_header - everything of a signed image that precedes its payload
 * @css:	header, covered by the signature
 * @modulus:	RSA modulus, little-endian integer
 * @exponent:	RSA exponent
 * @signature:	RSA signature of @css and the payload, little-endian integer
 */
struct qat_signed_header {
	struct qat_css_header css;
	__u8 modulus[QAT_RSA_MODULUS_SIZE];
	__le32 exponent;
	__u8 signature[QAT_RSA_SIGNATURE_SIZE];
};

static_assert(sizeof(struct qat_signed_header) == 0x384);
static_assert(offsetof(struct qat_signed_header, signature) == 0x204);

#define QAT_SIMG_DEV_TYPE_4XXX	0x08000000
#define QAT_SIMG_NAME_SIZE	256
#define QAT_SIMG_APPMETA_SIZE	256

/**
 * struct qat_simg - engine mode descriptor, first part of an AE payload
 * @file_id:	0x00494d47
 * @maj_ver:	zero
 * @min_ver:	1
 * @dev_type:	device family, QAT_SIMG_DEV_TYPE_4XXX
 * @devmax_ver:	newest device revision that the image is for
 * @devmin_ver:	oldest device revision that the image is for
 * @ae_mask:	engines that may run the image
 * @ctx_enables: context enable register as the FCU will set it
 * @fw_type:	zero
 * @modes:	context, next neighbour, local memory and shared store modes
 * @reserved:	opaque
 * @name:	NUL padded
 * @appmeta:	NUL padded text: build date, firmware version
 */
struct qat_simg {
	__le32 file_id;
	__le16 maj_ver;
	__le16 min_ver;
	__le32 dev_type;
	__le16 devmax_ver;
	__le16 devmin_ver;
	__le32 ae_mask;
	__le32 ctx_enables;
	__u8 fw_type;
	__u8 modes[8];
	__u8 reserved[7];
	__u8 name[QAT_SIMG_NAME_SIZE];
	__u8 appmeta[QAT_SIMG_APPMETA_SIZE];
};

static_assert(sizeof(struct qat_simg) == 552);
static_assert(offsetof(struct qat_simg, ae_mask) == 0x10);
static_assert(offsetof(struct qat_simg, name) == 0x28);
static_assert(offsetof(struct qat_simg, appmeta) == 0x128);

#define QAT_INIT_SEQUENCE_SIZE	400
#define QAT_INSTRUCTIONS_SIZE	0x20000
#define QAT_AE_PAYLOAD_MIN	(sizeof(struct qat_simg) + QAT_INIT_SEQUENCE_SIZE)
#define QAT_AE_PAYLOAD_MAX	(QAT_AE_PAYLOAD_MIN + QAT_INSTRUCTIONS_SIZE)
#define QAT_MMP_PAYLOAD_MAX	0x30000
static_assert(QAT_AE_PAYLOAD_MAX == 132024);

/* FCU view of an image in DMA memory (reference 02 section 6.2) */

/**
 * struct qat_fcu_addr - bus address as the FCU reads it: high word first
 * @high:	bits 63:32
 * @low:	bits 31:0
 */
struct qat_fcu_addr {
	__le32 high;
	__le32 low;
};

/**
 * struct qat_fcu_desc - authentication descriptor, at the address given to the FCU
 * @img_len:	bytes of the payload
 * @ae_mask:	engines to load; 0 for MMP
 * @css:	CSS header
 * @image:	payload
 * @signature:	signature
 * @key:	modulus and exponent block
 * @mode_data:	mode descriptor of an AE payload; 0 for MMP
 * @init_data:	init sequence of an AE payload; 0 for MMP
 * @insts:	instructions of an AE payload; the payload itself for MMP
 */
struct qat_fcu_desc {
	__le32 img_len;
	__le32 ae_mask;
	struct qat_fcu_addr css;
	struct qat_fcu_addr image;
	struct qat_fcu_addr signature;
	struct qat_fcu_addr key;
	struct qat_fcu_addr mode_data;
	struct qat_fcu_addr init_data;
	struct qat_fcu_addr insts;
};

static_assert(sizeof(struct qat_fcu_desc) == 64);

/**
 * struct qat_fcu_buffer - one image in DMA memory, start page aligned
 * @desc:	authentication descriptor
 * @bookkeeping: unused by the device
 * @css:	CSS header
 * @modulus:	RSA modulus
 * @key_pad:	zero
 * @exponent:	RSA exponent, last word of the key block
 * @signature:	RSA signature
 * @payload:	payload, up to QAT_AE_PAYLOAD_MAX or QAT_MMP_PAYLOAD_MAX bytes
 */
struct qat_fcu_buffer {
	struct qat_fcu_desc desc;
	__le64 bookkeeping[2];
	struct qat_css_header css;
	__u8 modulus[QAT_RSA_MODULUS_SIZE];
	__u8 key_pad[380];
	__le32 exponent;
	__u8 signature[QAT_RSA_SIGNATURE_SIZE];
	__u8 payload[];
};

static_assert(offsetof(struct qat_fcu_buffer, css) == 0x50);
static_assert(offsetof(struct qat_fcu_buffer, modulus) == 0xd0);
static_assert(offsetof(struct qat_fcu_buffer, exponent) == 0x3cc);
static_assert(offsetof(struct qat_fcu_buffer, signature) == 0x3d0);
static_assert(offsetof(struct qat_fcu_buffer, payload) == 0x550);

#endif
