/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Both firmware files through the driver's parser in the order in which the
 * driver does it, with every byte touched that the parser says may be touched.
 */
#ifndef QATVF_TEST_PARSE_FILES_H
#define QATVF_TEST_PARSE_FILES_H

#include "image.h"
#include "fwbytes.h"

/**
 * struct parse_verdict - what the parser says of a file
 * @result: its outcome; QATVF_IMAGE_OBJECT_MISSING if a required object is absent
 * @object: name of the object that @result is about, or ""
 * @images: signed images accepted
 * @ae_mask: engines of all of them together
 */
struct parse_verdict {
	struct qatvf_image_result result;
	char object[QATVF_IMAGE_NAME_MAX];
	unsigned int images;
	u32 ae_mask;
};

extern const struct qatvf_image_target parse_target;

struct parse_verdict parse_main(const u8 *data, size_t size, bool all_required);
struct parse_verdict parse_mmp(const u8 *data, size_t size);

#endif
