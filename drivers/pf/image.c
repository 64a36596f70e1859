// SPDX-License-Identifier: GPL-2.0
/*
 * Firmware image parser.  Each container is first walked for bounds, then its
 * checksum is compared, and only then is its content interpreted.  Offsets and
 * sizes are 64 bits in the file and are compared by subtraction, so that nothing
 * can wrap.  The device verifies signatures; this file only makes sure that what
 * is handed to the device has the geometry it claims.
 *
 * Facts: reference 02 sections 2, 3 and 11.
 */
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/types.h>

#include "image.h"

#define CRC_POLYNOMIAL	0x1021

/* Byte-wise little-endian reads: nothing in a file is aligned. */
static u16 get16(const u8 *p)
{
	return p[0] | p[1] << 8;
}

static u32 get32(const u8 *p)
{
	return get16(p) | (u32)get16(p + 2) << 16;
}

static u64 get64(const u8 *p)
{
	return get32(p) | (u64)get32(p + 4) << 32;
}

#define FIELD16(p, type, member)	get16((p) + offsetof(struct type, member))
#define FIELD32(p, type, member)	get32((p) + offsetof(struct type, member))
#define FIELD64(p, type, member)	get64((p) + offsetof(struct type, member))
#define FIELD8(p, type, member)		((p)[offsetof(struct type, member)])

static struct qatvf_image_result fail(enum qatvf_image_outcome outcome, u64 offset)
{
	return (struct qatvf_image_result){ .outcome = outcome, .offset = offset };
}

static struct qatvf_image_result ok(void)
{
	return fail(QATVF_IMAGE_OK, 0);
}

static bool failed(struct qatvf_image_result result)
{
	return result.outcome != QATVF_IMAGE_OK;
}

/* [off, off + len) lies between @first and @end. */
static bool in_range(u64 off, u64 len, u64 first, u64 end)
{
	return off >= first && off <= end && len <= end - off;
}

/**
 * qatvf_image_crc() - checksum of MOF and SUOF
 * @data: bytes
 * @size: how many
 *
 * Polynomial 0x1021, initial value 0, most significant bit first, no final
 * exclusive or ("XMODEM"; reference 02 section 2.5).
 *
 * Return: the CRC.
 */
u16 qatvf_image_crc(const u8 *data, size_t size)
{
	/* What a byte does to the sum: the last of two, and the one before it. */
	u16 last[256], first[256];
	unsigned int i, bit;
	u16 crc;
	size_t n;

	for (i = 0; i < 256; i++) {
		crc = i << 8;
		for (bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc & 0x8000 ? CRC_POLYNOMIAL : 0);
		last[i] = crc;
	}
	for (i = 0; i < 256; i++)
		first[i] = last[i] << 8 ^ last[last[i] >> 8];

	crc = 0;
	for (n = 0; n + 1 < size; n += 2)
		crc = first[crc >> 8 ^ data[n]] ^ last[(crc & 0xff) ^ data[n + 1]];
	if (n < size)
		crc = crc << 8 ^ last[crc >> 8 ^ data[n]];
	return crc;
}

/* Stored checksum of a container: 32 bits wide, of which 16 are used. */
static bool crc_matches(const u8 *data, u64 size)
{
	return get32(data + 4) == qatvf_image_crc(data + 8, size - 8);
}

static const u8 *chunk_at(const u8 *container, unsigned int i)
{
	return container + sizeof(struct qat_mof_header) + i * sizeof(struct qat_chunk_header);
}

/*
 * MOF and SUOF begin with headers of one size and then the same chunk table:
 * check that the table and every chunk lie inside the container.  @base is where
 * the container starts in the file.
 */
static struct qatvf_image_result walk_chunks(const u8 *data, u64 size, unsigned int num, u64 base,
					     enum qatvf_image_outcome bad_range)
{
	u64 first = sizeof(struct qat_mof_header) + (u64)num * sizeof(struct qat_chunk_header);
	unsigned int i;

	if (first > size)
		return fail(QATVF_IMAGE_TRUNCATED, base + size);

	for (i = 0; i < num; i++) {
		const u8 *chunk = chunk_at(data, i);

		if (!in_range(FIELD64(chunk, qat_chunk_header, offset),
			      FIELD64(chunk, qat_chunk_header, size), first, size))
			return fail(bad_range, base + (chunk - data));
	}
	return ok();
}

/**
 * struct span - part of a file, already known to lie inside it
 * @data:	first byte, NULL if there is no such part
 * @size:	bytes
 * @offset:	of @data in the file
 */
struct span {
	const u8 *data;
	u64 size;
	u64 offset;
};

static struct span chunk_span(const u8 *data, const u8 *chunk, u64 base)
{
	u64 offset = FIELD64(chunk, qat_chunk_header, offset);

	return (struct span){
		.data = data + offset,
		.size = FIELD64(chunk, qat_chunk_header, size),
		.offset = base + offset,
	};
}

/* Head of the string table is a length; returns the strings alone. */
static bool string_table(struct span chunk, struct span *strings)
{
	u32 len;

	if (chunk.size < sizeof(u32))
		return false;
	len = get32(chunk.data);
	if (len > chunk.size - sizeof(u32))
		return false;

	strings->data = chunk.data + sizeof(u32);
	strings->size = len;
	strings->offset = chunk.offset + sizeof(u32);
	return true;
}

static struct qatvf_image_result find_chunks(const u8 *data, unsigned int num,
					     struct span *strings, struct span *objects)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		const u8 *chunk = chunk_at(data, i);
		struct span *span;

		if (!memcmp(chunk, QAT_MOF_ID_STRINGS, QAT_IMAGE_ID_SIZE))
			span = strings;
		else if (!memcmp(chunk, QAT_MOF_ID_SIGNED, QAT_IMAGE_ID_SIZE))
			span = objects;
		else
			continue;
		if (span->data)
			return fail(QATVF_IMAGE_MOF_CHUNK_TWICE, chunk - data);
		*span = chunk_span(data, chunk, 0);
	}

	if (!strings->data || !objects->data)
		return fail(QATVF_IMAGE_MOF_CHUNK_MISSING, sizeof(struct qat_mof_header));
	return ok();
}

/* One entry of the object table becomes mof->objects[mof->num_objects]. */
static struct qatvf_image_result add_object(struct qatvf_mof *mof, struct span strings,
					    struct span table, const u8 *entry, u64 first)
{
	struct qatvf_mof_object *object = &mof->objects[mof->num_objects];
	u64 at = table.offset + (entry - table.data);
	u64 offset = FIELD64(entry, qat_mof_entry, offset);
	u64 size = FIELD64(entry, qat_mof_entry, size);
	u32 name = FIELD32(entry, qat_mof_entry, name);
	const u8 *end;
	unsigned int i;

	if (memcmp(entry, QAT_MOF_ID_ENTRY, QAT_IMAGE_ID_SIZE) ||
	    FIELD32(entry, qat_mof_entry, reserved))
		return fail(QATVF_IMAGE_MOF_ENTRY_ID, at);
	/* A chunk is smaller than the largest file, so size fits 32 bits. */
	if (!in_range(offset, size, first, table.size))
		return fail(QATVF_IMAGE_MOF_ENTRY_RANGE, at);

	at += offsetof(struct qat_mof_entry, name);
	if (name >= strings.size)
		return fail(QATVF_IMAGE_MOF_ENTRY_NAME, at);
	end = memchr(strings.data + name, 0, strings.size - name);
	if (!end || end == strings.data + name ||
	    end - (strings.data + name) >= QATVF_IMAGE_NAME_MAX)
		return fail(QATVF_IMAGE_MOF_ENTRY_NAME, at);

	object->name = (const char *)strings.data + name;
	object->data = table.data + offset;
	object->size = size;
	object->offset = table.offset + offset;

	for (i = 0; i < mof->num_objects; i++) {
		const struct qatvf_mof_object *other = &mof->objects[i];

		if (!strcmp(other->name, object->name))
			return fail(QATVF_IMAGE_MOF_ENTRY_TWICE, at);
		if (other->offset < object->offset + object->size &&
		    object->offset < other->offset + other->size)
			return fail(QATVF_IMAGE_MOF_ENTRY_OVERLAP, object->offset);
	}

	mof->num_objects++;
	return ok();
}

static struct qatvf_image_result read_objects(struct qatvf_mof *mof, struct span strings,
					      struct span table)
{
	struct qatvf_image_result result;
	unsigned int num, i;
	u64 first;

	if (table.size < sizeof(struct qat_mof_objects))
		return fail(QATVF_IMAGE_MOF_OBJECTS, table.offset);
	num = FIELD16(table.data, qat_mof_objects, num_objects);
	first = sizeof(struct qat_mof_objects) + (u64)num * sizeof(struct qat_mof_entry);
	if (num > FIELD16(table.data, qat_mof_objects, max_objects) ||
	    num > QATVF_MOF_MAX_OBJECTS || first > table.size)
		return fail(QATVF_IMAGE_MOF_OBJECTS, table.offset);

	for (i = 0; i < num; i++) {
		result = add_object(mof, strings, table,
				    table.data + sizeof(struct qat_mof_objects) +
				    i * sizeof(struct qat_mof_entry), first);
		if (failed(result))
			return result;
	}
	return ok();
}

/**
 * qatvf_mof_parse() - read the table of contents of a main firmware file
 * @data: the file
 * @size: its bytes
 * @mof: filled with its signed objects; they point into @data
 *
 * The objects themselves are not looked at: see qatvf_suof_parse().
 * Facts: reference 02 sections 2 and 11.1.
 *
 * Return: outcome and file offset; @mof is valid if the outcome is QATVF_IMAGE_OK.
 */
struct qatvf_image_result qatvf_mof_parse(const u8 *data, size_t size, struct qatvf_mof *mof)
{
	struct qatvf_image_result result;
	struct span strings = { }, names = { }, objects = { };
	unsigned int num;

	mof->num_objects = 0;
	if (!size)
		return fail(QATVF_IMAGE_EMPTY, 0);
	if (size > QATVF_IMAGE_FILE_MAX)
		return fail(QATVF_IMAGE_TOO_LARGE, QATVF_IMAGE_FILE_MAX);
	if (size < sizeof(struct qat_mof_header))
		return fail(QATVF_IMAGE_TRUNCATED, size);

	if (FIELD32(data, qat_mof_header, file_id) != QAT_MOF_FILE_ID)
		return fail(QATVF_IMAGE_MOF_ID, 0);
	if (FIELD8(data, qat_mof_header, min_ver) != QAT_MOF_MIN_VER ||
	    FIELD8(data, qat_mof_header, maj_ver) != QAT_MOF_MAJ_VER)
		return fail(QATVF_IMAGE_MOF_VERSION, offsetof(struct qat_mof_header, min_ver));
	num = FIELD16(data, qat_mof_header, num_chunks);
	if (num < 2 || num > QATVF_MOF_MAX_CHUNKS ||
	    num > FIELD16(data, qat_mof_header, max_chunks))
		return fail(QATVF_IMAGE_MOF_CHUNKS, offsetof(struct qat_mof_header, num_chunks));

	result = walk_chunks(data, size, num, 0, QATVF_IMAGE_MOF_CHUNK_RANGE);
	if (failed(result))
		return result;
	if (!crc_matches(data, size))
		return fail(QATVF_IMAGE_MOF_CHECKSUM, offsetof(struct qat_mof_header, checksum));

	result = find_chunks(data, num, &strings, &objects);
	if (failed(result))
		return result;
	if (!string_table(strings, &names) || !names.size || names.data[names.size - 1])
		return fail(QATVF_IMAGE_MOF_STRINGS, strings.offset);

	return read_objects(mof, names, objects);
}

/**
 * qatvf_mof_find() - object by name
 * @mof: a parsed file
 * @name: whole name, as in reference 02 section 1.2
 *
 * Return: the object, or NULL if the file has none of this name.
 */
const struct qatvf_mof_object *qatvf_mof_find(const struct qatvf_mof *mof, const char *name)
{
	unsigned int i;

	for (i = 0; i < mof->num_objects; i++)
		if (!strcmp(mof->objects[i].name, name))
			return &mof->objects[i];
	return NULL;
}

/* Modulus of full length and odd, signature below it: what RSA needs to make sense. */
static bool key_plausible(const u8 *modulus, const u8 *signature)
{
	int i;

	if (!(modulus[QAT_RSA_MODULUS_SIZE - 1] & 0x80) || !(modulus[0] & 1))
		return false;
	for (i = QAT_RSA_MODULUS_SIZE - 1; i >= 0; i--)
		if (modulus[i] != signature[i])
			return signature[i] < modulus[i];
	return false;
}

static u32 text_length(const u8 *text, u32 size)
{
	const u8 *end = memchr(text, 0, size);

	return end ? end - text : size;
}

/* Mode descriptor of an AE payload. */
static struct qatvf_image_result read_simg(const u8 *simg, u64 offset,
					   const struct qatvf_image_target *target,
					   struct qatvf_signed_image *image)
{
	u16 revision = 0xf0 | (target->revision & 0x0f);

	if (FIELD32(simg, qat_simg, dev_type) != target->dev_type)
		return fail(QATVF_IMAGE_DEVICE, offset + offsetof(struct qat_simg, dev_type));
	if (revision > FIELD16(simg, qat_simg, devmax_ver) ||
	    revision < FIELD16(simg, qat_simg, devmin_ver))
		return fail(QATVF_IMAGE_REVISION, offset + offsetof(struct qat_simg, devmax_ver));

	image->ae_mask = FIELD32(simg, qat_simg, ae_mask);
	if (!image->ae_mask || (image->ae_mask & ~target->ae_mask_all))
		return fail(QATVF_IMAGE_AE_MASK, offset + offsetof(struct qat_simg, ae_mask));

	image->name = simg + offsetof(struct qat_simg, name);
	image->name_len = text_length(image->name, QAT_SIMG_NAME_SIZE);
	image->appmeta = simg + offsetof(struct qat_simg, appmeta);
	image->appmeta_len = text_length(image->appmeta, QAT_SIMG_APPMETA_SIZE);
	return ok();
}

/**
 * qatvf_signed_parse() - check one signed image
 * @data: the image: CSS header, key, signature, payload
 * @size: its bytes, exactly
 * @offset: of @data in its file, for the result
 * @fw_type: type that it must have, QAT_CSS_FW_AE or QAT_CSS_FW_MMP
 * @target: device for which it must be
 * @image: filled; points into @data
 *
 * Facts: reference 02 sections 3.3 to 3.8 and 11.3.
 *
 * Return: outcome and file offset; @image is valid if the outcome is QATVF_IMAGE_OK.
 */
struct qatvf_image_result qatvf_signed_parse(const u8 *data, size_t size, u64 offset, u32 fw_type,
					     const struct qatvf_image_target *target,
					     struct qatvf_signed_image *image)
{
	const u64 header = sizeof(struct qat_signed_header);
	u64 min = fw_type == QAT_CSS_FW_AE ? QAT_AE_PAYLOAD_MIN : 1;
	u64 max = fw_type == QAT_CSS_FW_AE ? QAT_AE_PAYLOAD_MAX : QAT_MMP_PAYLOAD_MAX;

	memset(image, 0, sizeof(*image));
	if (size <= header || size % sizeof(u32))
		return fail(QATVF_IMAGE_CSS_SIZE, offset);
	if ((u64)FIELD32(data, qat_css_header, size) * sizeof(u32) != size)
		return fail(QATVF_IMAGE_CSS_SIZE, offset + offsetof(struct qat_css_header, size));
	if ((u64)FIELD32(data, qat_css_header, header_len) * sizeof(u32) != header ||
	    FIELD32(data, qat_css_header, key_size) != QAT_RSA_MODULUS_SIZE / sizeof(u32) ||
	    FIELD32(data, qat_css_header, exponent_size) != QAT_RSA_EXPONENT_SIZE / sizeof(u32))
		return fail(QATVF_IMAGE_CSS_HEADER, offset);
	if (FIELD32(data, qat_css_header, fw_type) != fw_type)
		return fail(QATVF_IMAGE_CSS_TYPE,
			    offset + offsetof(struct qat_css_header, fw_type));
	if (size - header < min || size - header > max)
		return fail(QATVF_IMAGE_PAYLOAD_SIZE, offset + header);
	if (!key_plausible(data + offsetof(struct qat_signed_header, modulus),
			   data + offsetof(struct qat_signed_header, signature)))
		return fail(QATVF_IMAGE_KEY, offset + offsetof(struct qat_signed_header, modulus));

	image->header = data;
	image->payload = data + header;
	image->payload_size = size - header;
	image->fw_type = fw_type;
	image->date = FIELD32(data, qat_css_header, date);
	if (fw_type != QAT_CSS_FW_AE)
		return ok();
	return read_simg(image->payload, offset + header, target, image);
}

/**
 * qatvf_suof_parse() - check one object of a main firmware file and its images
 * @object: from qatvf_mof_parse()
 * @target: device for which its images must be
 * @suof: filled; points into the file
 *
 * Facts: reference 02 sections 3.1, 3.2 and 11.2.
 *
 * Return: outcome and file offset; @suof is valid if the outcome is QATVF_IMAGE_OK.
 */
struct qatvf_image_result qatvf_suof_parse(const struct qatvf_mof_object *object,
					   const struct qatvf_image_target *target,
					   struct qatvf_suof *suof)
{
	const u8 *data = object->data;
	struct qatvf_image_result result;
	struct span strings;
	unsigned int num, i;
	struct span chunk;
	u32 length;

	static_assert(sizeof(struct qat_suof_header) == sizeof(struct qat_mof_header));

	suof->num_images = 0;
	if (object->size < sizeof(struct qat_suof_header))
		return fail(QATVF_IMAGE_TRUNCATED, object->offset + object->size);
	if (FIELD32(data, qat_suof_header, file_id) != QAT_SUOF_FILE_ID)
		return fail(QATVF_IMAGE_SUOF_ID, object->offset);
	if (FIELD8(data, qat_suof_header, min_ver) != QAT_SUOF_MIN_VER ||
	    FIELD8(data, qat_suof_header, maj_ver) != QAT_SUOF_MAJ_VER ||
	    FIELD8(data, qat_suof_header, fw_type) != QAT_SUOF_FW_TYPE)
		return fail(QATVF_IMAGE_SUOF_VERSION,
			    object->offset + offsetof(struct qat_suof_header, min_ver));
	num = FIELD16(data, qat_suof_header, num_chunks);
	if (num < 2 || num > QATVF_SUOF_MAX_IMAGES + 1 ||
	    num > FIELD16(data, qat_suof_header, max_chunks))
		return fail(QATVF_IMAGE_SUOF_CHUNKS,
			    object->offset + offsetof(struct qat_suof_header, num_chunks));

	result = walk_chunks(data, object->size, num, object->offset,
			     QATVF_IMAGE_SUOF_CHUNK_RANGE);
	if (failed(result))
		return result;
	if (!crc_matches(data, object->size))
		return fail(QATVF_IMAGE_SUOF_CHECKSUM,
			    object->offset + offsetof(struct qat_suof_header, checksum));

	/* By position: the string table, then images. */
	chunk = chunk_span(data, chunk_at(data, 0), object->offset);
	if (!string_table(chunk, &strings))
		return fail(QATVF_IMAGE_SUOF_STRINGS, chunk.offset);

	for (i = 1; i < num; i++) {
		chunk = chunk_span(data, chunk_at(data, i), object->offset);
		if (chunk.size < sizeof(struct qat_suof_image))
			return fail(QATVF_IMAGE_SUOF_IMAGE, chunk.offset);
		length = FIELD32(chunk.data, qat_suof_image, length);
		if (length > chunk.size - sizeof(struct qat_suof_image))
			return fail(QATVF_IMAGE_SUOF_IMAGE, chunk.offset);
		result = qatvf_signed_parse(chunk.data + sizeof(struct qat_suof_image), length,
					    chunk.offset + sizeof(struct qat_suof_image),
					    QAT_CSS_FW_AE, target,
					    &suof->images[suof->num_images]);
		if (failed(result))
			return result;
		suof->num_images++;
	}
	return ok();
}

static const char * const outcome_text[QATVF_IMAGE_NUM_OUTCOMES] = {
	[QATVF_IMAGE_OK] = "image is well formed",
	[QATVF_IMAGE_EMPTY] = "file is empty",
	[QATVF_IMAGE_TOO_LARGE] = "file is larger than any firmware of this device",
	[QATVF_IMAGE_TRUNCATED] = "file ends inside a header: truncated download or copy?",
	[QATVF_IMAGE_MOF_ID] = "not a MOF container: not a QAT firmware file, or still compressed",
	[QATVF_IMAGE_MOF_VERSION] = "MOF version unknown: file is for a newer driver",
	[QATVF_IMAGE_MOF_CHUNKS] = "MOF chunk count out of range",
	[QATVF_IMAGE_MOF_CHECKSUM] = "MOF checksum wrong: file is damaged",
	[QATVF_IMAGE_MOF_CHUNK_RANGE] = "MOF chunk lies outside the file: truncated?",
	[QATVF_IMAGE_MOF_CHUNK_TWICE] = "MOF chunk occurs twice",
	[QATVF_IMAGE_MOF_CHUNK_MISSING] = "MOF lacks its string table or its signed objects",
	[QATVF_IMAGE_MOF_STRINGS] = "MOF string table malformed",
	[QATVF_IMAGE_MOF_OBJECTS] = "MOF object table malformed",
	[QATVF_IMAGE_MOF_ENTRY_ID] = "MOF object is not a signed image",
	[QATVF_IMAGE_MOF_ENTRY_RANGE] = "MOF object lies outside its chunk",
	[QATVF_IMAGE_MOF_ENTRY_OVERLAP] = "MOF objects overlap",
	[QATVF_IMAGE_MOF_ENTRY_NAME] = "MOF object name malformed",
	[QATVF_IMAGE_MOF_ENTRY_TWICE] = "MOF object name occurs twice",
	[QATVF_IMAGE_OBJECT_MISSING] = "object missing: file is for another device",
	[QATVF_IMAGE_SUOF_ID] = "object is not a SUOF",
	[QATVF_IMAGE_SUOF_VERSION] = "SUOF version or type unknown: file is for a newer driver",
	[QATVF_IMAGE_SUOF_CHUNKS] = "SUOF chunk count out of range",
	[QATVF_IMAGE_SUOF_CHECKSUM] = "SUOF checksum wrong: file is damaged",
	[QATVF_IMAGE_SUOF_CHUNK_RANGE] = "SUOF chunk lies outside its object",
	[QATVF_IMAGE_SUOF_STRINGS] = "SUOF string table malformed",
	[QATVF_IMAGE_SUOF_IMAGE] = "signed image is longer than its chunk",
	[QATVF_IMAGE_CSS_SIZE] = "signed image differs from the size in its header: truncated?",
	[QATVF_IMAGE_CSS_HEADER] = "signed image has no RSA-3072 header of this device generation",
	[QATVF_IMAGE_CSS_TYPE] = "signed image is of the wrong type: engine and MMP files swapped?",
	[QATVF_IMAGE_PAYLOAD_SIZE] = "signed image has a payload of impossible size",
	[QATVF_IMAGE_KEY] = "signed image has an impossible key or signature",
	[QATVF_IMAGE_DEVICE] = "image is for another device family",
	[QATVF_IMAGE_REVISION] = "image is for other revisions of this device",
	[QATVF_IMAGE_AE_MASK] = "image names no engine, or engines that this device has not",
};

/**
 * qatvf_image_text() - sentence for an outcome
 * @outcome: what the parser returned
 *
 * Return: constant text for a message, never NULL.
 */
const char *qatvf_image_text(enum qatvf_image_outcome outcome)
{
	if (outcome < 0 || outcome >= QATVF_IMAGE_NUM_OUTCOMES || !outcome_text[outcome])
		return "unknown outcome";
	return outcome_text[outcome];
}
