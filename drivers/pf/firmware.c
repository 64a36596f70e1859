// SPDX-License-Identifier: GPL-2.0
/*
 * Firmware of a PF: checking what is in the files, and deciding which image goes to
 * which engines.  Finding them is in firmware_files.c, loading in load.c.
 */
#include <linux/err.h>
#include <linux/firmware.h>

#include "device.h"

/**
 * qatvf_firmware_report() - say what is wrong with a firmware file
 * @pf: PF
 * @file: name of the file
 * @object: of the object in it, or NULL
 * @result: verdict of the parser
 *
 * Return: 0 if nothing is, else -EINVAL.
 */
int qatvf_firmware_report(struct qatvf_pf *pf, const char *file, const char *object,
			  struct qatvf_image_result result)
{
	if (result.outcome == QATVF_IMAGE_OK)
		return 0;
	dev_err(&pf->pdev->dev, "firmware %s%s%s: %s (at byte %#llx)\n", file, object ? ", " : "",
		object ? object : "", qatvf_image_text(result.outcome), result.offset);
	return -EINVAL;
}

/* Every image of an object must fit some engine of its group. */
static int check_group(struct qatvf_pf *pf, const struct qatvf_mof_object *object,
		       const struct qatvf_suof *suof, u32 ae_mask)
{
	struct qatvf_image_result result = {
		.outcome = QATVF_IMAGE_AE_MASK,
		.offset = object->offset,
	};
	unsigned int i;

	for (i = 0; i < suof->num_images; i++)
		if (!(suof->images[i].ae_mask & ae_mask))
			return qatvf_firmware_report(pf, pf->hw->firmware, object->name, result);
	return 0;
}

static int plan_load(struct qatvf_pf *pf, enum qatvf_object which, u32 ae_mask,
		     const struct qatvf_image_target *target)
{
	struct qatvf_firmware *fw = &pf->firmware;
	const char *name = pf->hw->object[which];
	const struct qatvf_mof_object *object;
	struct qatvf_suof *suof;
	int err;

	ae_mask &= pf->ae_mask;
	if (!ae_mask)
		return 0;	/* fused off */

	object = qatvf_mof_find(&fw->files->mof, name);
	if (!object)
		return qatvf_firmware_report(pf, pf->hw->firmware, name,
					     (struct qatvf_image_result){
					     .outcome = QATVF_IMAGE_OBJECT_MISSING });

	suof = &fw->load[fw->num_loads].suof;
	err = qatvf_firmware_report(pf, pf->hw->firmware, name,
				    qatvf_suof_parse(object, target, suof));
	if (!err)
		err = check_group(pf, object, suof, ae_mask);
	if (err)
		return err;

	fw->load[fw->num_loads].name = name;
	fw->load[fw->num_loads++].ae_mask = ae_mask;
	return 0;
}

static int check_files(struct qatvf_pf *pf)
{
	const struct qatvf_image_target target = {
		.dev_type = QAT_SIMG_DEV_TYPE_4XXX,
		.revision = pf->revision,
		.ae_mask_all = QAT_AE_MASK_ALL,
	};
	struct qatvf_firmware *fw = &pf->firmware;
	const struct firmware *mmp = fw->files->mmp.blob;
	int err;

	err = qatvf_firmware_report(pf, pf->hw->mmp, NULL,
				    qatvf_signed_parse(mmp->data, mmp->size, 0, QAT_CSS_FW_MMP,
						       &target, &fw->mmp_image));
	if (err)
		return err;

	/* Group 1 first: the order of the in-tree driver (reference 02 section 1.4). */
	fw->num_loads = 0;
	err = plan_load(pf, pf->services->group[1].object, QAT_AE_MASK_GROUP1, &target);
	if (!err)
		err = plan_load(pf, pf->services->group[0].object, QAT_AE_MASK_GROUP0, &target);
	if (!err)
		err = plan_load(pf, QATVF_OBJECT_ADMIN, QAT_AE_MASK_ADMIN, &target);
	return err;
}

/**
 * qatvf_firmware_get() - step of bring-up: files present and well formed
 * @pf: PF; its firmware member is filled
 *
 * Context: life worker, sleeps for as long as the file system takes.
 * Return: 0, -ENOENT if a file is missing, -EINVAL if one is malformed, or the error
 * of the kernel's firmware loader.
 */
int qatvf_firmware_get(struct qatvf_pf *pf)
{
	struct qatvf_firmware *fw = &pf->firmware;
	int err;

	fw->files = qatvf_firmware_files_get(pf);
	if (IS_ERR(fw->files)) {
		err = PTR_ERR(fw->files);
		fw->files = NULL;
		return err;
	}
	err = check_files(pf);
	if (err)
		qatvf_firmware_put(pf);
	return err;
}

/**
 * qatvf_firmware_put() - undo: release the files
 * @pf: PF, which may have none any more
 *
 * Context: life worker.
 */
void qatvf_firmware_put(struct qatvf_pf *pf)
{
	struct qatvf_firmware *fw = &pf->firmware;

	if (fw->files)
		qatvf_firmware_files_put(fw->files);
	fw->files = NULL;
	fw->num_loads = 0;
}
