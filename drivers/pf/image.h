/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Firmware image parser: turns the bytes of a firmware file, which nobody has
 * vouched for, into bounded views of the signed images inside.
 *
 * Everything here is a pure function of its arguments: no allocation, no global
 * state, no kernel object, so the same source is built in user space by the unit
 * tests and the fuzzer.  It needs <linux/types.h>, <linux/string.h>,
 * <linux/stddef.h> and <linux/build_bug.h> only, for the fixed-width types,
 * mem*(), strcmp(), offsetof() and static_assert().
 */
#ifndef QATVF_PF_IMAGE_H
#define QATVF_PF_IMAGE_H

#include <linux/types.h>

#include "hw/image.h"

/* Limits of ours; the real files stay far below them. */
#define QATVF_IMAGE_FILE_MAX	(16u << 20)
#define QATVF_MOF_MAX_CHUNKS	16
#define QATVF_MOF_MAX_OBJECTS	32
#define QATVF_SUOF_MAX_IMAGES	9
#define QATVF_IMAGE_NAME_MAX	128	/* including the NUL */

/**
 * enum qatvf_image_outcome - what the parser found
 * @QATVF_IMAGE_OK: well formed
 * @QATVF_IMAGE_EMPTY: no bytes at all
 * @QATVF_IMAGE_TOO_LARGE: more than QATVF_IMAGE_FILE_MAX
 * @QATVF_IMAGE_TRUNCATED: header or chunk table does not fit
 * @QATVF_IMAGE_MOF_ID: not a MOF
 * @QATVF_IMAGE_MOF_VERSION: version of the MOF format unknown
 * @QATVF_IMAGE_MOF_CHUNKS: chunk count out of range
 * @QATVF_IMAGE_MOF_CHECKSUM: CRC differs
 * @QATVF_IMAGE_MOF_CHUNK_RANGE: chunk reaches outside the file or into the header
 * @QATVF_IMAGE_MOF_CHUNK_TWICE: chunk present twice
 * @QATVF_IMAGE_MOF_CHUNK_MISSING: string table or signed objects absent
 * @QATVF_IMAGE_MOF_STRINGS: string table malformed
 * @QATVF_IMAGE_MOF_OBJECTS: object table malformed
 * @QATVF_IMAGE_MOF_ENTRY_ID: entry is not SUF_IMAG, or its reserved word is set
 * @QATVF_IMAGE_MOF_ENTRY_RANGE: object reaches outside its chunk
 * @QATVF_IMAGE_MOF_ENTRY_OVERLAP: two objects share bytes
 * @QATVF_IMAGE_MOF_ENTRY_NAME: name outside the string table, empty or too long
 * @QATVF_IMAGE_MOF_ENTRY_TWICE: two objects of one name
 * @QATVF_IMAGE_OBJECT_MISSING: for callers of qatvf_mof_find()
 * @QATVF_IMAGE_SUOF_ID: not a SUOF
 * @QATVF_IMAGE_SUOF_VERSION: version or firmware type unknown
 * @QATVF_IMAGE_SUOF_CHUNKS: chunk count out of range
 * @QATVF_IMAGE_SUOF_CHECKSUM: CRC differs
 * @QATVF_IMAGE_SUOF_CHUNK_RANGE: chunk reaches outside the SUOF or into its header
 * @QATVF_IMAGE_SUOF_STRINGS: string table malformed
 * @QATVF_IMAGE_SUOF_IMAGE: image longer than its chunk
 * @QATVF_IMAGE_CSS_SIZE: signed image too short, not whole words, or not as long as
 *	its header says
 * @QATVF_IMAGE_CSS_HEADER: header or key geometry is not RSA-3072 Gen4
 * @QATVF_IMAGE_CSS_TYPE: engine firmware where MMP is due, or reverse
 * @QATVF_IMAGE_PAYLOAD_SIZE: payload too short or too long
 * @QATVF_IMAGE_KEY: modulus even or short, or signature not below it
 * @QATVF_IMAGE_DEVICE: image for another device family
 * @QATVF_IMAGE_REVISION: image for other revisions of the device
 * @QATVF_IMAGE_AE_MASK: image for no engine, or for engines that do not exist
 * @QATVF_IMAGE_NUM_OUTCOMES: how many
 *
 * qatvf_image_text() has a sentence for each.
 */
enum qatvf_image_outcome {
	QATVF_IMAGE_OK,
	QATVF_IMAGE_EMPTY,
	QATVF_IMAGE_TOO_LARGE,
	QATVF_IMAGE_TRUNCATED,
	QATVF_IMAGE_MOF_ID,
	QATVF_IMAGE_MOF_VERSION,
	QATVF_IMAGE_MOF_CHUNKS,
	QATVF_IMAGE_MOF_CHECKSUM,
	QATVF_IMAGE_MOF_CHUNK_RANGE,
	QATVF_IMAGE_MOF_CHUNK_TWICE,
	QATVF_IMAGE_MOF_CHUNK_MISSING,
	QATVF_IMAGE_MOF_STRINGS,
	QATVF_IMAGE_MOF_OBJECTS,
	QATVF_IMAGE_MOF_ENTRY_ID,
	QATVF_IMAGE_MOF_ENTRY_RANGE,
	QATVF_IMAGE_MOF_ENTRY_OVERLAP,
	QATVF_IMAGE_MOF_ENTRY_NAME,
	QATVF_IMAGE_MOF_ENTRY_TWICE,
	QATVF_IMAGE_OBJECT_MISSING,
	QATVF_IMAGE_SUOF_ID,
	QATVF_IMAGE_SUOF_VERSION,
	QATVF_IMAGE_SUOF_CHUNKS,
	QATVF_IMAGE_SUOF_CHECKSUM,
	QATVF_IMAGE_SUOF_CHUNK_RANGE,
	QATVF_IMAGE_SUOF_STRINGS,
	QATVF_IMAGE_SUOF_IMAGE,
	QATVF_IMAGE_CSS_SIZE,
	QATVF_IMAGE_CSS_HEADER,
	QATVF_IMAGE_CSS_TYPE,
	QATVF_IMAGE_PAYLOAD_SIZE,
	QATVF_IMAGE_KEY,
	QATVF_IMAGE_DEVICE,
	QATVF_IMAGE_REVISION,
	QATVF_IMAGE_AE_MASK,
	QATVF_IMAGE_NUM_OUTCOMES
};

/**
 * struct qatvf_image_result - outcome and where it was found
 * @outcome:	what
 * @offset:	byte of the file that the outcome is about
 */
struct qatvf_image_result {
	enum qatvf_image_outcome outcome;
	u64 offset;
};

/**
 * struct qatvf_mof_object - one named object of a MOF
 * @name:	NUL-terminated, inside the file, shorter than QATVF_IMAGE_NAME_MAX
 * @data:	the object, a SUOF not looked at yet
 * @size:	its bytes
 * @offset:	of @data in the file, for messages
 */
struct qatvf_mof_object {
	const char *name;
	const u8 *data;
	u32 size;
	u64 offset;
};

/**
 * struct qatvf_mof - signed objects of a main firmware file
 * @num_objects: valid entries of @objects
 * @objects:	in file order; they point into the file, which must outlive them
 */
struct qatvf_mof {
	unsigned int num_objects;
	struct qatvf_mof_object objects[QATVF_MOF_MAX_OBJECTS];
};

/**
 * struct qatvf_image_target - device for which an image is wanted
 * @dev_type:	device family that the image must name
 * @revision:	PCI revision id
 * @ae_mask_all: engines of a full device of the family
 */
struct qatvf_image_target {
	u32 dev_type;
	u8 revision;
	u32 ae_mask_all;
};

/**
 * struct qatvf_signed_image - one signed image, every range checked
 * @header:	CSS header, key and signature, sizeof(struct qat_signed_header) bytes
 * @payload:	what follows
 * @payload_size: bytes, within the limits of its type
 * @fw_type:	QAT_CSS_FW_AE or QAT_CSS_FW_MMP
 * @ae_mask:	engines that may run it; 0 for MMP
 * @date:	BCD yyyymmdd
 * @name:	image name, NOT terminated, may hold anything; NULL for MMP
 * @name_len:	its bytes
 * @appmeta:	build text, NOT terminated, may hold anything; NULL for MMP
 * @appmeta_len: its bytes
 */
struct qatvf_signed_image {
	const u8 *header;
	const u8 *payload;
	u32 payload_size;
	u32 fw_type;
	u32 ae_mask;
	u32 date;
	const u8 *name;
	u32 name_len;
	const u8 *appmeta;
	u32 appmeta_len;
};

/**
 * struct qatvf_suof - images of one SUOF
 * @num_images:	valid entries of @images, at least 1
 * @images:	in file order
 */
struct qatvf_suof {
	unsigned int num_images;
	struct qatvf_signed_image images[QATVF_SUOF_MAX_IMAGES];
};

struct qatvf_image_result qatvf_mof_parse(const u8 *data, size_t size, struct qatvf_mof *mof);
const struct qatvf_mof_object *qatvf_mof_find(const struct qatvf_mof *mof, const char *name);
struct qatvf_image_result qatvf_suof_parse(const struct qatvf_mof_object *object,
					   const struct qatvf_image_target *target,
					   struct qatvf_suof *suof);
struct qatvf_image_result qatvf_signed_parse(const u8 *data, size_t size, u64 offset, u32 fw_type,
					     const struct qatvf_image_target *target,
					     struct qatvf_signed_image *image);
u16 qatvf_image_crc(const u8 *data, size_t size);
const char *qatvf_image_text(enum qatvf_image_outcome outcome);

#endif
