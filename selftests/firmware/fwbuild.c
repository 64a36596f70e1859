// SPDX-License-Identifier: GPL-2.0-only
/*
 * From nothing to a signed image, from signed images to a main file: the layers
 * of reference 02 sections 2 and 3 written from the inside outwards, checksums
 * last. Given the images of Intel's file it produces that file byte for byte,
 * which test-mkfw.sh checks.
 */
#include <string.h>

#include "fwbuild.h"
#include "fwkey.h"

/* BCD yyyymmdd; fixed, so that two builds with one key give the same file. */
#define BUILD_DATE		0x20250101
#define BUILD_META		"Synthetic test firmware: runs on a device model only"

/* In the order of Intel's file, reference 02 section 4.1. */
const struct fwbuild_object fwbuild_objects[FWBUILD_OBJECTS] = {
	{ "admin", "qat_4xxx_admin.bin", "icp_admin_me__c0", 0x100 },
	{ "sym", "qat_4xxx_sym.bin", "icp_security_cy__c0", 0x0ff },
	{ "dc", "qat_4xxx_dc.bin", "icp_security_dc__c0", 0x0ff },
	{ "asym", "qat_4xxx_asym.bin", "icp_security_pke__c0", 0x0ff },
	{ "kat", "rsa_sha_kat.bin", "rsa_sha_kat__c0", 0x001 },
};

/**
 * fwbuild_find() - object by its short name
 * @key: admin, sym, dc, asym or kat
 *
 * Return: its row, or NULL.
 */
const struct fwbuild_object *fwbuild_find(const char *key)
{
	unsigned int i;

	for (i = 0; i < FWBUILD_OBJECTS; i++)
		if (!strcmp(fwbuild_objects[i].key, key))
			return &fwbuild_objects[i];
	return NULL;
}

static void put_text(struct fwbytes *b, size_t off, const char *text)
{
	memcpy(b->data + off, text, strlen(text));
}

/*
 * Filler for what is opaque to the driver: never zero, and different from byte
 * to byte, so that a copy at a wrong offset breaks the signature.
 */
static void put_filler(struct fwbytes *b, size_t off, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		b->data[off + i] = (uint8_t)(1 + (i * 7 + (i >> 8)) % 255);
}

static void put_css(struct fwbytes *image, uint32_t type)
{
	fwbytes_put(image, CSS_OFF_MODULE_TYPE, 4, 6);
	fwbytes_put(image, CSS_OFF_HEADER_LEN, 4, IMG_OFF_PAYLOAD / 4);
	fwbytes_put(image, CSS_OFF_HEADER_VER, 4, 0x00010000);
	fwbytes_put(image, CSS_OFF_VENDOR, 4, 0x8086);
	fwbytes_put(image, CSS_OFF_DATE, 4, BUILD_DATE);
	fwbytes_put(image, CSS_OFF_SIZE, 4, image->len / 4);
	fwbytes_put(image, CSS_OFF_KEY_SIZE, 4, RSA_LEN / 4);
	fwbytes_put(image, CSS_OFF_MODULE_SIZE, 4, RSA_LEN / 4);
	fwbytes_put(image, CSS_OFF_EXP_SIZE, 4, 1);
	fwbytes_put(image, CSS_OFF_FW_TYPE, 4, type);
}

static void put_simg(struct fwbytes *image, const struct fwbuild_object *obj)
{
	const size_t simg = IMG_OFF_PAYLOAD;

	fwbytes_put(image, simg, 4, SIMG_ID);
	fwbytes_put(image, simg + SIMG_OFF_MIN_VER, 2, 1);
	fwbytes_put(image, simg + SIMG_OFF_DEV_TYPE, 4, SIMG_DEV_TYPE);
	fwbytes_put(image, simg + SIMG_OFF_DEV_MAX, 2, 0xff);
	fwbytes_put(image, simg + SIMG_OFF_DEV_MIN, 2, 0);
	fwbytes_put(image, simg + SIMG_OFF_AE_MASK, 4, obj->ae_mask);
	fwbytes_put(image, simg + SIMG_OFF_CTX_ENABLES, 4, SIMG_CTX_ENABLES);
	fwbytes_put(image, simg + SIMG_OFF_SCS_MODE, 1, 1);
	fwbytes_put(image, simg + SIMG_OFF_TINDEX_MODE, 1, 1);
	fwbytes_put(image, simg + SIMG_OFF_RESERVED, 1, 1);
	put_text(image, simg + SIMG_OFF_NAME, obj->simg);
	put_text(image, simg + SIMG_OFF_META, BUILD_META);
}

/**
 * fwbuild_ae_image() - signed image of one engine object
 * @image: buffer to overwrite
 * @obj: which object
 * @insts: bytes of filler in the instruction area, a multiple of 4
 * @key: private key to sign with
 *
 * Return: 0 or a negative errno (said on stderr).
 */
int fwbuild_ae_image(struct fwbytes *image, const struct fwbuild_object *obj,
		     size_t insts, gcry_sexp_t key)
{
	fwbytes_free(image);
	fwbytes_resize(image, IMG_OFF_PAYLOAD + AE_PAYLOAD_MIN + insts);
	put_css(image, CSS_TYPE_AE);
	put_simg(image, obj);
	put_filler(image, IMG_OFF_PAYLOAD + AE_PAYLOAD_MIN, insts);
	return fwkey_sign(key, image);
}

/**
 * fwbuild_mmp() - the MMP file: one bare signed image
 * @image: buffer to overwrite
 * @payload: bytes of filler, a multiple of 4
 * @key: private key to sign with
 *
 * Return: 0 or a negative errno (said on stderr).
 */
int fwbuild_mmp(struct fwbytes *image, size_t payload, gcry_sexp_t key)
{
	fwbytes_free(image);
	fwbytes_resize(image, IMG_OFF_PAYLOAD + payload);
	put_css(image, CSS_TYPE_MMP);
	put_filler(image, IMG_OFF_PAYLOAD, payload);
	return fwkey_sign(key, image);
}

static void put_chunk(struct fwbytes *b, size_t off, const char *id,
		      size_t offset, size_t size)
{
	put_text(b, off + CHUNK_OFF_ID, id);
	fwbytes_put(b, off + CHUNK_OFF_OFFSET, 8, offset);
	fwbytes_put(b, off + CHUNK_OFF_SIZE, 8, size);
}

/**
 * fwbuild_suof() - append a SUOF: empty string table, then the image object
 * @b: buffer to append to
 * @image: signed image
 * @copies: how often it is put in; real objects hold one image
 */
void fwbuild_suof(struct fwbytes *b, const struct fwbytes *image, unsigned int copies)
{
	const size_t strings = SUOF_HDR_LEN + (1 + copies) * CHUNK_LEN;
	size_t suof = fwbytes_append_zero(b, strings + 4);
	unsigned int i;

	fwbytes_put(b, suof, 4, SUOF_ID);
	fwbytes_put(b, suof + SUOF_OFF_MIN_VER, 1, 1);
	fwbytes_put(b, suof + SUOF_OFF_MAX_CHUNKS, 2, SUOF_MAX_CHUNKS);
	fwbytes_put(b, suof + SUOF_OFF_NUM_CHUNKS, 2, 1 + copies);
	put_chunk(b, suof + SUOF_HDR_LEN, CHUNK_ID_STRINGS, strings, 4);
	for (i = 1; i <= copies; i++) {
		size_t at = fwbytes_append_zero(b, SUOF_IMG_HDR_LEN);

		put_chunk(b, suof + SUOF_HDR_LEN + i * CHUNK_LEN, CHUNK_ID_IMAGE,
			  at - suof, SUOF_IMG_HDR_LEN + image->len);
		fwbytes_put(b, at, 4, image->len);
		fwbytes_append(b, image->data, image->len);
	}
	fwbytes_put(b, suof + SUOF_OFF_CRC, 4,
		    fwbytes_crc(b, suof + CRC_FROM, b->len - suof - CRC_FROM));
}

/* String table: length, names one after the other, padded to 4. */
static size_t append_strings(struct fwbytes *b, const struct fwbuild_part *part,
			     unsigned int num, size_t *name_off)
{
	size_t at = fwbytes_append_zero(b, 4);
	unsigned int i;

	for (i = 0; i < num; i++) {
		name_off[i] = b->len - at - 4;
		fwbytes_append(b, part[i].name, strlen(part[i].name) + 1);
	}
	fwbytes_append_zero(b, -b->len & 3);
	fwbytes_put(b, at, 4, b->len - at - 4);
	return at;
}

/**
 * fwbuild_main() - main file (MOF) around signed images
 * @file: buffer to overwrite
 * @part: names and images, in file order
 * @num: how many, at most FW_OBJECTS_MAX
 */
void fwbuild_main(struct fwbytes *file, const struct fwbuild_part *part,
		  unsigned int num)
{
	size_t name_off[FW_OBJECTS_MAX], strings, uof, suf, at;
	unsigned int i;

	fwbytes_free(file);
	fwbytes_append_zero(file, MOF_HDR_LEN + MOF_CHUNKS * CHUNK_LEN);
	fwbytes_put(file, 0, 4, MOF_ID);
	fwbytes_put(file, MOF_OFF_MIN_VER, 1, 1);
	fwbytes_put(file, MOF_OFF_MAX_CHUNKS, 2, MOF_CHUNKS);
	fwbytes_put(file, MOF_OFF_NUM_CHUNKS, 2, MOF_CHUNKS);

	strings = append_strings(file, part, num, name_off);
	uof = fwbytes_append_zero(file, OBJTAB_HDR_LEN);
	suf = fwbytes_append_zero(file, OBJTAB_HDR_LEN + num * ENTRY_LEN);
	fwbytes_put(file, suf + OBJTAB_OFF_MAX, 2, num);
	fwbytes_put(file, suf + OBJTAB_OFF_NUM, 2, num);
	for (i = 0; i < num; i++) {
		size_t entry = suf + OBJTAB_HDR_LEN + i * ENTRY_LEN;

		at = file->len;
		fwbuild_suof(file, &part[i].image, 1);
		put_text(file, entry + ENTRY_OFF_ID, ENTRY_ID);
		fwbytes_put(file, entry + ENTRY_OFF_OFFSET, 8, at - suf);
		fwbytes_put(file, entry + ENTRY_OFF_SIZE, 8, file->len - at);
		fwbytes_put(file, entry + ENTRY_OFF_NAME, 4, name_off[i]);
	}

	at = MOF_HDR_LEN;
	put_chunk(file, at, CHUNK_ID_STRINGS, strings, uof - strings);
	put_chunk(file, at + CHUNK_LEN, CHUNK_ID_UNSIGNED, uof, suf - uof);
	put_chunk(file, at + 2 * CHUNK_LEN, CHUNK_ID_SIGNED, suf, file->len - suf);
	fwbytes_put(file, MOF_OFF_CRC, 4,
		    fwbytes_crc(file, CRC_FROM, file->len - CRC_FROM));
}
