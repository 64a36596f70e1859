// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit test of the driver's firmware image parser (drivers/pf/image.c, the very
 * source, with the address and undefined-behaviour sanitizers): good files, every
 * row of the damage table, truncation at every byte, every header byte changed.
 *
 *   test-image-parser DIR [DIR of real files]
 *
 * DIR holds good files made by mkfw, and its keys.
 */
#include <stdlib.h>
#include <string.h>

#include "fwbuild.h"
#include "fwdamage.h"
#include "fwkey.h"
#include "fwmap.h"
#include "parse-files.h"
#include "tap.h"

static struct fwpair good;
static gcry_sexp_t stranger;

static void read_file(struct fwbytes *b, const char *dir, const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (fwbytes_read(b, path))
		exit(1);
}

static bool is_ok(struct parse_verdict verdict)
{
	return verdict.result.outcome == QATVF_IMAGE_OK;
}

static void test_crc(void)
{
	static const u8 digits[] = "123456789";

	tap_result(qatvf_image_crc(digits, 9) == 0x31c3,
		   "checksum of the digits is that of XMODEM");
	tap_result(qatvf_image_crc(good.main.data + 8, good.main.len - 8) ==
		   fwbytes_get(&good.main, 4, 4),
		   "checksum agrees with the generator's");
}

static void test_good(const char *kind, const struct fwpair *pair)
{
	struct parse_verdict verdict = parse_main(pair->main.data, pair->main.len, true);

	tap_result(is_ok(verdict) && verdict.images == FWBUILD_OBJECTS &&
		   verdict.ae_mask == 0x1ff, "%s main file is accepted: %s", kind,
		   qatvf_image_text(verdict.result.outcome));
	verdict = parse_mmp(pair->mmp.data, pair->mmp.len);
	tap_result(is_ok(verdict) && verdict.images == 1 && !verdict.ae_mask,
		   "%s MMP file is accepted: %s", kind,
		   qatvf_image_text(verdict.result.outcome));
}

/* Each object's fields as the reference's own offsets give them. */
static void test_fields(const char *kind, const struct fwpair *pair)
{
	struct fwmap map;
	struct qatvf_mof mof;
	unsigned int i, right = 0;

	if (fwmap_read(&map, &pair->main, kind))
		exit(1);
	qatvf_mof_parse(pair->main.data, pair->main.len, &mof);
	for (i = 0; i < map.num && i < mof.num_objects; i++) {
		const struct fwmap_object *obj = &map.obj[i];
		size_t simg = obj->image + IMG_OFF_PAYLOAD;
		const struct qatvf_mof_object *found = qatvf_mof_find(&mof, obj->name);
		struct qatvf_suof suof;

		right += found && found->offset == obj->suof &&
			 found->size == obj->suof_len &&
			 qatvf_suof_parse(found, &parse_target, &suof).outcome ==
			 QATVF_IMAGE_OK && suof.num_images == 1 &&
			 suof.images[0].header == pair->main.data + obj->image &&
			 suof.images[0].payload == pair->main.data + simg &&
			 suof.images[0].payload_size == obj->image_len - IMG_OFF_PAYLOAD &&
			 suof.images[0].ae_mask ==
			 fwbytes_get(&pair->main, simg + SIMG_OFF_AE_MASK, 4) &&
			 suof.images[0].name == pair->main.data + simg + SIMG_OFF_NAME &&
			 suof.images[0].appmeta == pair->main.data + simg + SIMG_OFF_META;
	}
	tap_result(i == FWBUILD_OBJECTS && right == i && mof.num_objects == i &&
		   !qatvf_mof_find(&mof, "qat_4xxx_sym"),
		   "%s main file: every object is where the map has it", kind);
}

static bool as_expected(const struct fwdamage *row, const struct parse_verdict *verdict)
{
	enum qatvf_image_outcome outcome = verdict->result.outcome;

	if (row->expect == FW_EITHER)
		return true;
	if (row->expect == FW_MISSING)
		return outcome == QATVF_IMAGE_OBJECT_MISSING &&
		       !strcmp(verdict->object, row->says);
	if (row->expect == FW_REFUSED)
		return outcome != QATVF_IMAGE_OK &&
		       outcome != QATVF_IMAGE_OBJECT_MISSING &&
		       (!row->says || strstr(qatvf_image_text(outcome), row->says));
	return outcome == QATVF_IMAGE_OK;
}

static void test_damage(const struct fwdamage *row)
{
	struct parse_verdict verdict;
	struct fwpair bad;
	const struct fwbytes *file = row->mmp ? &bad.mmp : &bad.main;

	if (row->expect == FW_NOFILE)
		return;
	if (fwdamage_apply(row, &good, stranger, &bad)) {
		tap_result(false, "%s: cannot be made", row->name);
		return;
	}
	verdict = row->mmp ? parse_mmp(file->data, file->len) :
			     parse_main(file->data, file->len, true);
	tap_result(as_expected(row, &verdict), "%s: %s (%s at 0x%llx)", row->name,
		   fwdamage_expect_name(row->expect),
		   qatvf_image_text(verdict.result.outcome),
		   (unsigned long long)verdict.result.offset);
	/* The offset is for a reader with a hex dump: it has to lie in the file. */
	if (verdict.result.offset > file->len)
		tap_result(false, "%s: reported offset lies outside the file", row->name);
	fwpair_free(&bad);
}

/*
 * Every length, in a buffer of exactly that size. What is left carries a right
 * checksum, so that nothing but the bounds refuses it.
 */
static void test_truncation(void)
{
	struct fwbytes part = { 0 };
	size_t len, accepted = 0;

	for (len = 0; len < good.main.len; len++) {
		fwbytes_free(&part);
		fwbytes_append(&part, good.main.data, len);
		if (len >= CRC_FROM)
			fwbytes_put(&part, MOF_OFF_CRC, 4,
				    fwbytes_crc(&part, CRC_FROM, len - CRC_FROM));
		accepted += is_ok(parse_main(part.data, part.len, false));
	}
	tap_result(!accepted, "main file cut at each of %zu lengths: %zu accepted", len,
		   accepted);
	for (len = 0, accepted = 0; len < good.mmp.len; len++) {
		fwbytes_free(&part);
		fwbytes_append(&part, good.mmp.data, len);
		accepted += is_ok(parse_mmp(part.data, part.len));
	}
	tap_result(!accepted, "MMP file cut at each of %zu lengths: %zu accepted", len,
		   accepted);
	fwbytes_free(&part);
}

static void fix_both(struct fwbytes *file, const struct fwmap_object *obj)
{
	fwbytes_put(file, obj->suof + SUOF_OFF_CRC, 4,
		    fwbytes_crc(file, obj->suof + CRC_FROM, obj->suof_len - CRC_FROM));
	fwbytes_put(file, MOF_OFF_CRC, 4,
		    fwbytes_crc(file, CRC_FROM, file->len - CRC_FROM));
}

/* Each byte of all headers, each with five wrong values; no crash is all we ask. */
static void test_header_bytes(void)
{
	static const u8 flip[] = { 0x01, 0x04, 0x10, 0x80, 0xff };
	struct fwbytes file = { 0 };
	unsigned int tries = 0, i;
	struct fwmap map;
	size_t at, end;

	if (fwmap_read(&map, &good.main, "good file"))
		exit(1);
	end = map.obj[0].image + IMG_OFF_PAYLOAD + SIMG_OFF_NAME;
	for (at = 0; at < end; at++) {
		for (i = 0; i < sizeof(flip); i++, tries++) {
			fwbytes_copy(&file, &good.main);
			file.data[at] ^= flip[i];
			fix_both(&file, &map.obj[0]);
			parse_main(file.data, file.len, false);
		}
	}
	tap_result(true, "each header byte of the main file changed: %u tries", tries);
	for (at = 0, tries = 0; at < IMG_OFF_PAYLOAD; at++) {
		for (i = 0; i < sizeof(flip); i++, tries++) {
			fwbytes_copy(&file, &good.mmp);
			file.data[at] ^= flip[i];
			parse_mmp(file.data, file.len);
		}
	}
	tap_result(true, "each header byte of the MMP file changed: %u tries", tries);
	fwbytes_free(&file);
}

static void test_many_images(void)
{
	struct fwbytes image = { 0 }, suof = { 0 };
	unsigned int copies, right = 0;
	struct fwmap map;

	if (fwmap_read(&map, &good.main, "good file"))
		exit(1);
	fwbytes_append(&image, good.main.data + map.obj[0].image, map.obj[0].image_len);
	for (copies = 0; copies <= 12; copies++) {
		struct qatvf_mof_object object = { .name = "many" };
		struct qatvf_image_result result;
		struct qatvf_suof parsed;

		fwbytes_free(&suof);
		fwbuild_suof(&suof, &image, copies);
		object.data = suof.data;
		object.size = suof.len;
		result = qatvf_suof_parse(&object, &parse_target, &parsed);
		if (copies >= 1 && copies <= 9)
			right += result.outcome == QATVF_IMAGE_OK &&
				 parsed.num_images == copies;
		else
			right += result.outcome == QATVF_IMAGE_SUOF_CHUNKS;
	}
	tap_result(right == 13, "SUOF with 1 to 9 images is accepted, with 0 or more is not");
	fwbytes_free(&image);
	fwbytes_free(&suof);
}

static void test_size_cap(void)
{
	struct fwbytes large = { 0 };
	struct parse_verdict verdict;

	fwbytes_copy(&large, &good.main);
	fwbytes_resize(&large, QATVF_IMAGE_FILE_MAX + 1);
	verdict = parse_main(large.data, large.len, true);
	tap_result(verdict.result.outcome == QATVF_IMAGE_TOO_LARGE,
		   "a main file of 16 MiB and a byte is refused for its size");
	fwbytes_free(&large);
}

static void test_text(void)
{
	unsigned int i, j, bad = 0;

	for (i = 0; i < QATVF_IMAGE_NUM_OUTCOMES; i++)
		for (j = 0; j <= i; j++)
			bad += (i == j) != !strcmp(qatvf_image_text(i), qatvf_image_text(j));
	tap_result(!bad && qatvf_image_text(QATVF_IMAGE_NUM_OUTCOMES) &&
		   qatvf_image_text((enum qatvf_image_outcome)-1),
		   "each outcome has a sentence of its own");
}

int main(int argc, char **argv)
{
	struct fwpair real = { 0 };
	char path[4096];
	unsigned int i;

	if (argc < 2 || argc > 3 || fwkey_init()) {
		fprintf(stderr, "usage: test-image-parser DIR [DIR of real files]\n");
		return 1;
	}
	read_file(&good.main, argv[1], FW_MAIN_NAME);
	read_file(&good.mmp, argv[1], FW_MMP_NAME);
	snprintf(path, sizeof(path), "%s/stranger-key.sexp", argv[1]);
	stranger = fwkey_load_or_make(path);
	if (!stranger)
		return 1;

	printf("TAP version 13\n");
	test_crc();
	test_good("synthetic", &good);
	test_fields("synthetic", &good);
	if (argc == 3) {
		read_file(&real.main, argv[2], FW_MAIN_NAME);
		read_file(&real.mmp, argv[2], FW_MMP_NAME);
		test_good("real", &real);
		test_fields("real", &real);
		fwpair_free(&real);
	}
	for (i = 0; i < fwdamage_count; i++)
		test_damage(&fwdamage_table[i]);
	test_truncation();
	test_header_bytes();
	test_many_images();
	test_size_cap();
	test_text();
	fwpair_free(&good);
	gcry_sexp_release(stranger);
	return tap_finish();
}
