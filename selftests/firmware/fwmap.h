/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where everything lies in a well-formed firmware file. Used on files that are
 * believed good (to show them, to take them apart, to damage them at a chosen
 * place); the driver's parser is the one that must survive bad files.
 */
#ifndef QATVF_TEST_FWMAP_H
#define QATVF_TEST_FWMAP_H

#include "fwbytes.h"
#include "fwlayout.h"

/**
 * struct fwmap_object - file offsets of one object
 * @name: object name
 * @entry: its entry in the object table
 * @name_off: offset of its name in the string table
 * @suof: start of its SUOF
 * @suof_len: length of the SUOF
 * @strings: string table of the SUOF
 * @img_hdr: length word in front of the image
 * @image: signed image
 * @image_len: its length
 */
struct fwmap_object {
	char name[FW_NAME_LEN];
	size_t entry;
	size_t name_off;
	size_t suof;
	size_t suof_len;
	size_t strings;
	size_t img_hdr;
	size_t image;
	size_t image_len;
};

/**
 * struct fwmap - file offsets of a main file, or of a bare image
 * @bare: the file is one signed image, only @obj[0].image and .image_len count
 * @chunk_strings: chunk header of the string table
 * @chunk_uof: chunk header of the unsigned object table, 0 when there is none
 * @chunk_suf: chunk header of the signed object table
 * @strings: string table
 * @tab_len: bytes of string data in it
 * @uof: unsigned object table
 * @suf: signed object table
 * @suf_len: its length, objects included
 * @num: number of objects
 * @obj: the objects in file order
 */
struct fwmap {
	int bare;
	size_t chunk_strings;
	size_t chunk_uof;
	size_t chunk_suf;
	size_t strings;
	size_t tab_len;
	size_t uof;
	size_t suf;
	size_t suf_len;
	unsigned int num;
	struct fwmap_object obj[FW_OBJECTS_MAX];
};

int fwmap_read(struct fwmap *map, const struct fwbytes *file, const char *path);
const struct fwmap_object *fwmap_find(const struct fwmap *map, const char *name);
int fwmap_dump(const struct fwmap *map, const struct fwbytes *file);

#endif
