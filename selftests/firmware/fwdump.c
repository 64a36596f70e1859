// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shows a firmware file as reference 02 section 4 shows Intel's: one line per
 * part with offset and length, checksums and signatures checked on the way.
 */
#include <stdbool.h>
#include <stdio.h>

#include "fwkey.h"
#include "fwmap.h"

static bool crc_ok(const struct fwbytes *file, size_t off, size_t len)
{
	return fwbytes_get(file, off + MOF_OFF_CRC, 4) ==
	       fwbytes_crc(file, off + CRC_FROM, len - CRC_FROM);
}

static void line(size_t off, size_t len, const char *what)
{
	printf("0x%05zX 0x%05zX %s\n", off, len, what);
}

static void hex(const char *what, const uint8_t *bytes, size_t len)
{
	size_t i;

	printf("  %s ", what);
	for (i = 0; i < len; i++)
		printf("%02x", bytes[i]);
	printf("\n");
}

/* The file is not trusted to be printable. */
static void text(const char *what, const struct fwbytes *file, size_t off)
{
	size_t i;

	printf("  %s ", what);
	for (i = 0; i < SIMG_TEXT_LEN && file->data[off + i]; i++)
		putchar(file->data[off + i] >= ' ' && file->data[off + i] < 0x7f ?
			file->data[off + i] : '?');
	printf("\n");
}

static bool dump_image(const struct fwbytes *file, size_t at, size_t len)
{
	const uint8_t *image = file->data + at;
	uint32_t type = fwbytes_get(file, at + CSS_OFF_FW_TYPE, 4);
	size_t payload = len - IMG_OFF_PAYLOAD, simg = at + IMG_OFF_PAYLOAD;
	bool good = fwkey_verify(image, len);
	uint8_t hash[FWKEY_HASH_LEN];

	line(at, CSS_LEN, "CSS header");
	printf("  fw_type %u date 0x%08X size 0x%X dwords\n", (unsigned int)type,
	       (unsigned int)fwbytes_get(file, at + CSS_OFF_DATE, 4),
	       (unsigned int)fwbytes_get(file, at + CSS_OFF_SIZE, 4));
	line(at + IMG_OFF_MODULUS, RSA_LEN, "modulus");
	line(at + IMG_OFF_EXPONENT, 4, "exponent");
	line(at + IMG_OFF_SIGNATURE, RSA_LEN, "signature");
	if (type == CSS_TYPE_AE && payload >= AE_PAYLOAD_MIN) {
		line(simg, SIMG_LEN, "AE mode descriptor");
		printf("  dev_type 0x%08X revisions 0x%02X-0x%02X ae_mask 0x%03X ctx_enables 0x%08X\n",
		       (unsigned int)fwbytes_get(file, simg + SIMG_OFF_DEV_TYPE, 4),
		       (unsigned int)fwbytes_get(file, simg + SIMG_OFF_DEV_MIN, 2),
		       (unsigned int)fwbytes_get(file, simg + SIMG_OFF_DEV_MAX, 2),
		       (unsigned int)fwbytes_get(file, simg + SIMG_OFF_AE_MASK, 4),
		       (unsigned int)fwbytes_get(file, simg + SIMG_OFF_CTX_ENABLES, 4));
		text("name", file, simg + SIMG_OFF_NAME);
		text("meta", file, simg + SIMG_OFF_META);
		line(simg + SIMG_LEN, INIT_SEQ_LEN, "init sequence");
		line(simg + AE_PAYLOAD_MIN, payload - AE_PAYLOAD_MIN, "instructions");
	} else {
		line(simg, payload, "payload");
	}
	fwkey_digest(image, len, hash);
	hex("digest", hash, sizeof(hash));
	fwkey_hash(image + IMG_OFF_MODULUS, hash);
	hex("key", hash, sizeof(hash));
	printf("  RSA %s\n", good ? "verified" : "WRONG");
	return good;
}

static bool dump_object(const struct fwmap_object *obj, const struct fwbytes *file)
{
	bool good = crc_ok(file, obj->suof, obj->suof_len);

	printf("object %s entry 0x%03zX SUOF 0x%05zX end 0x%05zX CRC 0x%04X %s\n",
	       obj->name, obj->entry, obj->suof, obj->suof + obj->suof_len,
	       (unsigned int)fwbytes_get(file, obj->suof + SUOF_OFF_CRC, 4),
	       good ? "ok" : "WRONG");
	line(obj->suof, SUOF_HDR_LEN, "SUOF header");
	line(obj->suof + SUOF_HDR_LEN, SUOF_CHUNKS * CHUNK_LEN, "chunk headers");
	line(obj->strings, 4, "string table");
	line(obj->img_hdr, SUOF_IMG_HDR_LEN, "image length");
	return dump_image(file, obj->image, obj->image_len) && good;
}

static bool dump_main(const struct fwmap *map, const struct fwbytes *file)
{
	bool good = crc_ok(file, 0, file->len);
	unsigned int i;

	line(0, MOF_HDR_LEN, "MOF header");
	printf("  checksum 0x%04X %s\n",
	       (unsigned int)fwbytes_get(file, MOF_OFF_CRC, 4), good ? "ok" : "WRONG");
	line(map->chunk_strings, CHUNK_LEN, "chunk " CHUNK_ID_STRINGS);
	if (map->chunk_uof)
		line(map->chunk_uof, CHUNK_LEN, "chunk " CHUNK_ID_UNSIGNED);
	line(map->chunk_suf, CHUNK_LEN, "chunk " CHUNK_ID_SIGNED);
	line(map->strings, 4 + map->tab_len, "object names");
	if (map->chunk_uof)
		line(map->uof, OBJTAB_HDR_LEN, "unsigned object table");
	line(map->suf, OBJTAB_HDR_LEN, "signed object table");
	line(map->suf + OBJTAB_HDR_LEN, map->num * ENTRY_LEN, "object entries");
	for (i = 0; i < map->num; i++)
		good = dump_object(&map->obj[i], file) && good;
	return good;
}

/**
 * fwmap_dump() - print the map of a firmware file
 * @map: table of the file
 * @file: the file's bytes
 *
 * Return: 0 when all checksums and signatures hold, 1 otherwise.
 */
int fwmap_dump(const struct fwmap *map, const struct fwbytes *file)
{
	bool good = map->bare ? dump_image(file, 0, file->len) : dump_main(map, file);

	line(file->len, 0, "end of file");
	return good ? 0 : 1;
}
