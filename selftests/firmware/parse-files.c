// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drives the driver's image parser over whole files. Whatever a parsed structure
 * points to is read to its last byte, so that the address sanitizer sees a view
 * that is too long even where the parser itself never went there.
 */
#include <string.h>

#include "parse-files.h"

/* Device of reference 02 section 3.6: 4xxx family, PCI revision 0x40, nine engines. */
const struct qatvf_image_target parse_target = {
	.dev_type = 0x08000000,
	.revision = 0x40,
	.ae_mask_all = 0x1ff,
};

static const char * const required[] = {
	"qat_4xxx_admin.bin", "qat_4xxx_sym.bin", "qat_4xxx_asym.bin", "qat_4xxx_dc.bin",
};

static void touch(const void *start, size_t len)
{
	const u8 *p = start;
	u8 sum = 0;

	while (len--)
		sum += *p++;
	/* Somebody wants the sum, as far as the compiler can tell. */
	asm volatile("" : : "r" (sum));
}

static void touch_image(struct parse_verdict *verdict, const struct qatvf_signed_image *image)
{
	touch(image->header, 0x384);
	touch(image->payload, image->payload_size);
	touch(image->name, image->name_len);
	touch(image->appmeta, image->appmeta_len);
	verdict->images++;
	verdict->ae_mask |= image->ae_mask;
}

static bool parse_object(struct parse_verdict *verdict, const struct qatvf_mof_object *object)
{
	struct qatvf_suof suof;
	unsigned int i;

	touch(object->data, object->size);
	verdict->result = qatvf_suof_parse(object, &parse_target, &suof);
	if (verdict->result.outcome != QATVF_IMAGE_OK) {
		memcpy(verdict->object, object->name, strlen(object->name) + 1);
		return false;
	}
	for (i = 0; i < suof.num_images; i++)
		touch_image(verdict, &suof.images[i]);
	return true;
}

/**
 * parse_main() - a main file and all its objects
 * @data: the file
 * @size: its bytes
 * @all_required: the objects of every service have to be there
 *
 * Return: the first defect, or QATVF_IMAGE_OK.
 */
struct parse_verdict parse_main(const u8 *data, size_t size, bool all_required)
{
	struct parse_verdict verdict = { .object = "" };
	struct qatvf_mof mof;
	unsigned int i;

	verdict.result = qatvf_mof_parse(data, size, &mof);
	if (verdict.result.outcome != QATVF_IMAGE_OK)
		return verdict;
	for (i = 0; all_required && i < sizeof(required) / sizeof(required[0]); i++) {
		if (qatvf_mof_find(&mof, required[i]))
			continue;
		verdict.result.outcome = QATVF_IMAGE_OBJECT_MISSING;
		memcpy(verdict.object, required[i], strlen(required[i]) + 1);
		return verdict;
	}
	for (i = 0; i < mof.num_objects; i++)
		if (!parse_object(&verdict, &mof.objects[i]))
			break;
	return verdict;
}

/**
 * parse_mmp() - an MMP file
 * @data: the file
 * @size: its bytes
 *
 * Return: the first defect, or QATVF_IMAGE_OK.
 */
struct parse_verdict parse_mmp(const u8 *data, size_t size)
{
	struct parse_verdict verdict = { .object = "" };
	struct qatvf_signed_image image;

	verdict.result = qatvf_signed_parse(data, size, 0, 1, &parse_target, &image);
	if (verdict.result.outcome == QATVF_IMAGE_OK)
		touch_image(&verdict, &image);
	return verdict;
}
