// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the structure of a good main or MMP file (reference 02 sections 2 and 3)
 * into a table of offsets.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fwmap.h"

static int range_ok(uint64_t off, uint64_t len, uint64_t total)
{
	return off <= total && len <= total - off;
}

static int complain(const char *path, const char *what, size_t off)
{
	fprintf(stderr, "%s: %s at 0x%zx\n", path, what, off);
	return -EINVAL;
}

static int map_chunks(struct fwmap *map, const struct fwbytes *file, const char *path)
{
	unsigned int num = fwbytes_get(file, MOF_OFF_NUM_CHUNKS, 2);
	unsigned int i;

	if (!range_ok(MOF_HDR_LEN, (uint64_t)num * CHUNK_LEN, file->len))
		return complain(path, "chunk table does not fit", MOF_HDR_LEN);
	for (i = 0; i < num; i++) {
		size_t at = MOF_HDR_LEN + i * CHUNK_LEN;
		uint64_t off = fwbytes_get(file, at + CHUNK_OFF_OFFSET, 8);
		uint64_t len = fwbytes_get(file, at + CHUNK_OFF_SIZE, 8);

		if (!range_ok(off, len, file->len))
			return complain(path, "chunk lies outside the file", at);
		if (!memcmp(file->data + at, CHUNK_ID_STRINGS, 8)) {
			map->chunk_strings = at;
			map->strings = off;
		} else if (!memcmp(file->data + at, CHUNK_ID_UNSIGNED, 8)) {
			map->chunk_uof = at;
			map->uof = off;
		} else if (!memcmp(file->data + at, CHUNK_ID_SIGNED, 8)) {
			map->chunk_suf = at;
			map->suf = off;
			map->suf_len = len;
		}
	}
	if (!map->strings || !map->suf)
		return complain(path, "string or object table missing", MOF_HDR_LEN);
	map->tab_len = fwbytes_get(file, map->strings, 4);
	if (!range_ok(map->strings + 4, map->tab_len, file->len))
		return complain(path, "string table too long", map->strings);
	return 0;
}

static int map_suof(struct fwmap_object *obj, const struct fwbytes *file,
		    const char *path)
{
	size_t chunk = obj->suof + SUOF_HDR_LEN;
	uint64_t strings, img;

	if (obj->suof_len < SUOF_HDR_LEN + SUOF_CHUNKS * CHUNK_LEN ||
	    fwbytes_get(file, obj->suof, 4) != SUOF_ID)
		return complain(path, "no SUOF", obj->suof);
	strings = fwbytes_get(file, chunk + CHUNK_OFF_OFFSET, 8);
	img = fwbytes_get(file, chunk + CHUNK_LEN + CHUNK_OFF_OFFSET, 8);
	if (!range_ok(strings, 4, obj->suof_len) ||
	    !range_ok(img, SUOF_IMG_HDR_LEN, obj->suof_len))
		return complain(path, "SUOF chunk outside the SUOF", chunk);
	obj->strings = obj->suof + strings;
	obj->img_hdr = obj->suof + img;
	obj->image = obj->img_hdr + SUOF_IMG_HDR_LEN;
	obj->image_len = fwbytes_get(file, obj->img_hdr, 4);
	if (!range_ok(img + SUOF_IMG_HDR_LEN, obj->image_len, obj->suof_len) ||
	    obj->image_len <= IMG_OFF_PAYLOAD)
		return complain(path, "image does not fit its SUOF", obj->img_hdr);
	return 0;
}

static int map_object(struct fwmap *map, unsigned int idx,
		      const struct fwbytes *file, const char *path)
{
	struct fwmap_object *obj = &map->obj[idx];
	uint64_t off, len, name;
	const char *text;

	obj->entry = map->suf + OBJTAB_HDR_LEN + (size_t)idx * ENTRY_LEN;
	if (!range_ok(obj->entry, ENTRY_LEN, file->len))
		return complain(path, "object entry outside the file", obj->entry);
	off = fwbytes_get(file, obj->entry + ENTRY_OFF_OFFSET, 8);
	len = fwbytes_get(file, obj->entry + ENTRY_OFF_SIZE, 8);
	name = fwbytes_get(file, obj->entry + ENTRY_OFF_NAME, 4);
	if (!range_ok(off, len, map->suf_len) || name >= map->tab_len)
		return complain(path, "object or its name out of range", obj->entry);
	text = (const char *)file->data + map->strings + 4 + name;
	if (strnlen(text, map->tab_len - name) >= sizeof(obj->name))
		return complain(path, "object name too long", obj->entry);
	memcpy(obj->name, text, strnlen(text, map->tab_len - name));
	obj->name_off = name;
	obj->suof = map->suf + off;
	obj->suof_len = len;
	return map_suof(obj, file, path);
}

/**
 * fwmap_read() - find the parts of a firmware file
 * @map: table to fill
 * @file: the file's bytes
 * @path: name for messages
 *
 * Return: 0, or -EINVAL when the file is not in order (said on stderr).
 */
int fwmap_read(struct fwmap *map, const struct fwbytes *file, const char *path)
{
	unsigned int i;
	int ret;

	memset(map, 0, sizeof(*map));
	if (file->len <= IMG_OFF_PAYLOAD)
		return complain(path, "too short for a firmware file", file->len);
	if (fwbytes_get(file, 0, 4) != MOF_ID) {
		map->bare = 1;
		map->num = 1;
		map->obj[0].image_len = file->len;
		if (fwbytes_get(file, CSS_OFF_SIZE, 4) * 4 != file->len)
			return complain(path, "neither MOF nor signed image", 0);
		return 0;
	}
	ret = map_chunks(map, file, path);
	if (ret)
		return ret;
	map->num = fwbytes_get(file, map->suf + OBJTAB_OFF_NUM, 2);
	if (map->num > FW_OBJECTS_MAX)
		return complain(path, "too many objects", map->suf);
	for (i = 0; i < map->num && !ret; i++)
		ret = map_object(map, i, file, path);
	return ret;
}

/**
 * fwmap_find() - object by its name
 * @map: table of the file
 * @name: object name
 *
 * Return: its offsets, or NULL.
 */
const struct fwmap_object *fwmap_find(const struct fwmap *map, const char *name)
{
	unsigned int i;

	for (i = 0; i < map->num; i++)
		if (!strcmp(map->obj[i].name, name))
			return &map->obj[i];
	return NULL;
}
