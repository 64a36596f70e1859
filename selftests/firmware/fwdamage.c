// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applies a row of the damage table to a good pair of firmware files.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fwbuild.h"
#include "fwdamage.h"
#include "fwkey.h"
#include "fwmap.h"

#define DEFAULT_TARGET "qat_4xxx_admin.bin"

/**
 * fwdamage_expect_name() - word for an outcome, as it stands in the manifest
 * @expect: outcome
 *
 * Return: a constant string.
 */
const char *fwdamage_expect_name(enum fwdamage_expect expect)
{
	static const char * const name[] = {
		[FW_LOADS] = "loads",
		[FW_REFUSED] = "refused",
		[FW_MISSING] = "missing",
		[FW_DEVICE] = "device",
		[FW_NOFILE] = "nofile",
		[FW_EITHER] = "either",
	};

	return name[expect];
}

/**
 * fwpair_free() - release both files
 * @pair: files
 */
void fwpair_free(struct fwpair *pair)
{
	fwbytes_free(&pair->main);
	fwbytes_free(&pair->mmp);
}

static size_t place(const struct fwdamage *row, const struct fwmap *map,
		    const struct fwmap_object *obj, const struct fwbytes *file)
{
	switch (row->at) {
	case AT_FILE:
		return 0;
	case AT_END:
		return file->len;
	case AT_CHUNK_STRINGS:
		return map->chunk_strings;
	case AT_CHUNK_UOF:
		return map->chunk_uof;
	case AT_CHUNK_SUF:
		return map->chunk_suf;
	case AT_STRINGS:
		return map->strings;
	case AT_STRINGS_END:
		return map->strings + 4 + map->tab_len;
	case AT_UOF:
		return map->uof;
	case AT_SUF:
		return map->suf;
	case AT_ENTRY:
		return obj->entry;
	case AT_SUOF:
		return obj->suof;
	case AT_SUOF_CHUNK0:
		return obj->suof + SUOF_HDR_LEN;
	case AT_SUOF_CHUNK1:
		return obj->suof + SUOF_HDR_LEN + CHUNK_LEN;
	case AT_SUOF_STRINGS:
		return obj->strings;
	case AT_IMG_HDR:
		return obj->img_hdr;
	case AT_IMAGE:
		return obj->image;
	case AT_PAYLOAD:
		return obj->image + IMG_OFF_PAYLOAD;
	}
	return 0;
}

/* Right checksums let a defect get past them to the check that is meant. */
static void fix_checksums(struct fwbytes *file, const struct fwmap *map,
			  const struct fwmap_object *obj, unsigned int fix)
{
	if (fix & FIX_SUOF && obj->suof + obj->suof_len <= file->len)
		fwbytes_put(file, obj->suof + SUOF_OFF_CRC, 4,
			    fwbytes_crc(file, obj->suof + CRC_FROM,
					obj->suof_len - CRC_FROM));
	if (fix & FIX_MOF && !map->bare && file->len >= CRC_FROM)
		fwbytes_put(file, MOF_OFF_CRC, 4,
			    fwbytes_crc(file, CRC_FROM, file->len - CRC_FROM));
}

static int edit_bytes(const struct fwdamage *row, struct fwbytes *file,
		      const struct fwmap *map, const struct fwmap_object *obj)
{
	size_t at = place(row, map, obj, file) + (size_t)row->off;
	uint64_t old = fwbytes_get(file, at, row->width);

	if (at > file->len) {
		fprintf(stderr, "%s: place 0x%zx lies outside the file\n", row->name, at);
		return -EINVAL;
	}
	switch (row->op) {
	case OP_CUT:
		fwbytes_resize(file, at);
		break;
	case OP_GROW:
		fwbytes_append_zero(file, row->value);
		break;
	case OP_PUT:
		fwbytes_put(file, at, row->width, row->value);
		break;
	case OP_ADD:
		fwbytes_put(file, at, row->width, old + row->value);
		break;
	case OP_XOR:
		fwbytes_put(file, at, row->width, old ^ row->value);
		break;
	case OP_TEXT:
		memcpy(file->data + at, row->text, strlen(row->text));
		break;
	default:
		return -EINVAL;
	}
	fix_checksums(file, map, obj, row->fix);
	return 0;
}

static void set_payload(struct fwbytes *image, size_t len)
{
	fwbytes_resize(image, IMG_OFF_PAYLOAD + len);
	fwbytes_put(image, CSS_OFF_SIZE, 4, image->len / 4);
}

static int edit_image(const struct fwdamage *row, struct fwbytes *image,
		      gcry_sexp_t stranger)
{
	if (row->op == OP_PAYLOAD)
		set_payload(image, row->value);
	else if (row->op == OP_RESIGN)
		return fwkey_sign(stranger, image);
	return 0;
}

static void append_part(struct fwbuild_part *part, const char *name,
			const struct fwbytes *file, const struct fwmap_object *obj)
{
	snprintf(part->name, sizeof(part->name), "%s", name);
	memset(&part->image, 0, sizeof(part->image));
	fwbytes_append(&part->image, file->data + obj->image, obj->image_len);
}

/* Take the main file apart, change the list of objects, put it together. */
static int edit_objects(const struct fwdamage *row, struct fwbytes *file,
			const struct fwmap *map, const struct fwmap_object *target,
			gcry_sexp_t stranger)
{
	struct fwbuild_part part[FW_OBJECTS_MAX + 1];
	unsigned int num = 0, i;
	int ret = 0;

	for (i = 0; i < map->num && !ret; i++) {
		if (row->op == OP_DROP && !strcmp(map->obj[i].name, row->text))
			continue;
		append_part(&part[num++], map->obj[i].name, file, &map->obj[i]);
		if (&map->obj[i] == target)
			ret = edit_image(row, &part[num - 1].image, stranger);
	}
	if (row->op == OP_EXTRA)
		append_part(&part[num++], row->text, file, target);
	fwbuild_main(file, part, num);
	for (i = 0; i < num; i++)
		fwbytes_free(&part[i].image);
	return ret;
}

/* Two chunks are enough (reference 02 section 2.1): close the gap in the table. */
static void drop_uof(struct fwbytes *file, const struct fwmap *map)
{
	memmove(file->data + map->chunk_uof, file->data + map->chunk_suf, CHUNK_LEN);
	memset(file->data + map->chunk_suf, 0, CHUNK_LEN);
	fwbytes_put(file, MOF_OFF_NUM_CHUNKS, 2, MOF_CHUNKS - 1);
	fix_checksums(file, map, &map->obj[0], FIX_MOF);
}

static int edit_name(const struct fwdamage *row, struct fwbytes *file,
		     const struct fwmap *map, const struct fwmap_object *target)
{
	const struct fwmap_object *other = fwmap_find(map, row->text);

	if (!other)
		return -ENOENT;
	fwbytes_put(file, target->entry + ENTRY_OFF_NAME, 4, other->name_off);
	fix_checksums(file, map, target, FIX_MOF);
	return 0;
}

static int edit(const struct fwdamage *row, struct fwbytes *file, gcry_sexp_t stranger)
{
	const struct fwmap_object *target;
	struct fwmap map;
	int ret = fwmap_read(&map, file, row->name);

	if (ret)
		return ret;
	target = map.bare ? &map.obj[0] :
		 fwmap_find(&map, row->target ? row->target : DEFAULT_TARGET);
	if (!target) {
		fprintf(stderr, "%s: the good file lacks the object to damage\n",
			row->name);
		return -ENOENT;
	}
	switch (row->op) {
	case OP_PAYLOAD:
	case OP_RESIGN:
		if (map.bare)
			return edit_image(row, file, stranger);
		/* fall through */
	case OP_DROP:
	case OP_EXTRA:
		return edit_objects(row, file, &map, target, stranger);
	case OP_RENAME:
		return edit_name(row, file, &map, target);
	case OP_NO_UOF:
		drop_uof(file, &map);
		return 0;
	default:
		return edit_bytes(row, file, &map, target);
	}
}

/**
 * fwdamage_apply() - make one damaged pair of files
 * @row: what to do
 * @good: undamaged files; they stay as they are
 * @stranger: a private key that the device does not trust
 * @bad: result, freed with fwpair_free()
 *
 * Return: 0, or a negative errno when the row cannot be applied to these files
 * (said on stderr).
 */
int fwdamage_apply(const struct fwdamage *row, const struct fwpair *good,
		   gcry_sexp_t stranger, struct fwpair *bad)
{
	memset(bad, 0, sizeof(*bad));
	fwbytes_copy(&bad->main, &good->main);
	fwbytes_copy(&bad->mmp, &good->mmp);
	if (row->op == OP_ABSENT) {
		bad->no_main = !row->mmp;
		bad->no_mmp = row->mmp;
		return 0;
	}
	if (row->op == OP_OTHER) {
		fwbytes_copy(row->mmp ? &bad->mmp : &bad->main,
			     row->mmp ? &good->main : &good->mmp);
		return 0;
	}
	return edit(row, row->mmp ? &bad->mmp : &bad->main, stranger);
}
