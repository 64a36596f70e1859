// SPDX-License-Identifier: GPL-2.0
/*
 * Firmware files: finding them, checking them, and deciding which image goes to
 * which engines.  Loading is in load.c.
 */
#include <linux/firmware.h>
#include <linux/module.h>

#include "device.h"

/* Where packages of linux-firmware keep the files if they add no links. */
#define SUBDIRECTORY	"intel/qat/"
#define NAME_MAX_LEN	64

MODULE_FIRMWARE("qat_4xxx.bin");
MODULE_FIRMWARE("qat_4xxx_mmp.bin");
MODULE_FIRMWARE(SUBDIRECTORY "qat_4xxx.bin");
MODULE_FIRMWARE(SUBDIRECTORY "qat_4xxx_mmp.bin");

/*
 * By the bare name first, as all packages provide it (reference 02 section 1.1).
 * The kernel's loader unpacks compressed files.
 */
static int request(struct qatvf_pf *pf, const char *name, const struct firmware **file)
{
	struct device *dev = &pf->pdev->dev;
	char path[NAME_MAX_LEN];
	int err;

	snprintf(path, sizeof(path), SUBDIRECTORY "%s", name);
	err = firmware_request_nowarn(file, name, dev);
	if (err == -ENOENT)
		err = firmware_request_nowarn(file, path, dev);
	/* To the loader an unreadable file is a missing one, but it says why. */
	if (err == -ENOENT)
		err = request_firmware(file, name, dev);
	if (err == -ENOENT)
		dev_err(dev,
			"firmware %s not found, empty or not readable, nor %s: install firmware-misc-nonfree (Debian), linux-firmware (Red Hat, Fedora, Ubuntu) or kernel-firmware-qat (SUSE), and rebuild the initramfs if this module is in it\n",
			name, path);
	else if (err)
		dev_err(dev, "firmware %s cannot be read: error %d\n", name, err);
	return err;
}

static int report(struct qatvf_pf *pf, const char *file, const char *object,
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
			return report(pf, pf->hw->firmware, object->name, result);
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

	object = qatvf_mof_find(&fw->mof, name);
	if (!object)
		return report(pf, pf->hw->firmware, name, (struct qatvf_image_result){
			      .outcome = QATVF_IMAGE_OBJECT_MISSING });

	suof = &fw->load[fw->num_loads].suof;
	err = report(pf, pf->hw->firmware, name, qatvf_suof_parse(object, target, suof));
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
	int err;

	err = report(pf, pf->hw->mmp, NULL,
		     qatvf_signed_parse(fw->mmp->data, fw->mmp->size, 0, QAT_CSS_FW_MMP, &target,
					&fw->mmp_image));
	if (err)
		return err;
	err = report(pf, pf->hw->firmware, NULL,
		     qatvf_mof_parse(fw->main->data, fw->main->size, &fw->mof));
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

	err = request(pf, pf->hw->mmp, &fw->mmp);
	if (err)
		return err;
	err = request(pf, pf->hw->firmware, &fw->main);
	if (err)
		goto release_mmp;
	err = check_files(pf);
	if (err)
		goto release_main;
	return 0;

release_main:
	release_firmware(fw->main);
release_mmp:
	release_firmware(fw->mmp);
	return err;
}

/**
 * qatvf_firmware_put() - undo: release the files
 * @pf: PF
 *
 * Context: life worker.
 */
void qatvf_firmware_put(struct qatvf_pf *pf)
{
	release_firmware(pf->firmware.main);
	release_firmware(pf->firmware.mmp);
}
