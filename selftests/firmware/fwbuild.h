/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Builds firmware files that are valid in format and signed with a test key, by
 * the recipe of reference 02 section 12. Their instructions are filler: only a
 * device model can run them.
 */
#ifndef QATVF_TEST_FWBUILD_H
#define QATVF_TEST_FWBUILD_H

#include <gcrypt.h>

#include "fwbytes.h"
#include "fwlayout.h"

/**
 * struct fwbuild_object - one object that a main file may hold
 * @key: short name on our command line
 * @name: object name in the file (reference 02 section 1.2)
 * @simg: name inside the image, by which a model tells the services apart
 * @ae_mask: engines the image is made for
 */
struct fwbuild_object {
	const char *key;
	const char *name;
	const char *simg;
	uint32_t ae_mask;
};

#define FWBUILD_OBJECTS 5
extern const struct fwbuild_object fwbuild_objects[FWBUILD_OBJECTS];

/**
 * struct fwbuild_part - one object about to be put into a main file
 * @name: object name; there is room for one that is too long
 * @image: its signed image
 */
struct fwbuild_part {
	char name[2 * FW_NAME_LEN];
	struct fwbytes image;
};

const struct fwbuild_object *fwbuild_find(const char *key);
int fwbuild_ae_image(struct fwbytes *image, const struct fwbuild_object *obj,
		     size_t insts, gcry_sexp_t key);
int fwbuild_mmp(struct fwbytes *image, size_t payload, gcry_sexp_t key);
void fwbuild_suof(struct fwbytes *b, const struct fwbytes *image, unsigned int copies);
void fwbuild_main(struct fwbytes *file, const struct fwbuild_part *part,
		  unsigned int num);

#endif
