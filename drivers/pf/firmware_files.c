// SPDX-License-Identifier: GPL-2.0
/*
 * Firmware files, found and read once for all PFs that start at the same time: the
 * loader would read, unpack and maybe hash the same megabyte for each of them.  Nobody
 * keeps them for longer, so whoever starts later gets what is in the file system then.
 */
#include <linux/firmware.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "device.h"

/* Where packages of linux-firmware keep the files if they add no links. */
#define SUBDIRECTORY	"intel/qat/"

MODULE_FIRMWARE("qat_4xxx.bin");
MODULE_FIRMWARE("qat_4xxx_mmp.bin");
MODULE_FIRMWARE(SUBDIRECTORY "qat_4xxx.bin");
MODULE_FIRMWARE(SUBDIRECTORY "qat_4xxx_mmp.bin");

/* Files in use, one entry for each kind of device. */
static LIST_HEAD(shared_files);
/* Guards shared_files and all entries; held while files are read. */
static DEFINE_MUTEX(files_lock);

/*
 * By the bare name first, as all packages provide it (reference 02 section 1.1).
 * The kernel's loader unpacks compressed files.
 */
static int request(struct qatvf_pf *pf, const char *name, struct qatvf_firmware_file *file)
{
	struct device *dev = &pf->pdev->dev;
	int err;

	strscpy(file->path, name, sizeof(file->path));
	err = firmware_request_nowarn(&file->blob, file->path, dev);
	if (err == -ENOENT) {
		snprintf(file->path, sizeof(file->path), SUBDIRECTORY "%s", name);
		err = firmware_request_nowarn(&file->blob, file->path, dev);
	}
	/* To the loader an unreadable file is a missing one, but it says why. */
	if (err == -ENOENT)
		err = request_firmware(&file->blob, name, dev);
	if (err == -ENOENT)
		dev_err(dev,
			"firmware %s not found, empty or not readable, nor %s: install firmware-misc-nonfree (Debian), linux-firmware (Red Hat, Fedora, Ubuntu) or kernel-firmware-qat (SUSE), and rebuild the initramfs if this module is in it\n",
			name, file->path);
	else if (err)
		dev_err(dev, "firmware %s cannot be read: error %d\n", name, err);
	return err;
}

static int read_files(struct qatvf_pf *pf, struct qatvf_firmware_files *files)
{
	int err;

	err = request(pf, pf->hw->mmp, &files->mmp);
	if (err)
		return err;
	err = request(pf, pf->hw->firmware, &files->main);
	if (err)
		goto release_mmp;
	err = qatvf_firmware_report(pf, pf->hw->firmware, NULL,
				    qatvf_mof_parse(files->main.blob->data, files->main.blob->size,
						    &files->mof));
	if (err)
		goto release_main;
	return 0;

release_main:
	release_firmware(files->main.blob);
release_mmp:
	release_firmware(files->mmp.blob);
	return err;
}

static struct qatvf_firmware_files *find_files(const struct qatvf_hwdata *hw)
{
	struct qatvf_firmware_files *files;

	lockdep_assert_held(&files_lock);

	list_for_each_entry(files, &shared_files, link) {
		if (files->hw == hw)
			return files;
	}
	return NULL;
}

static struct qatvf_firmware_files *new_files(struct qatvf_pf *pf)
{
	struct qatvf_firmware_files *files = kzalloc(sizeof(*files), GFP_KERNEL);
	int err;

	lockdep_assert_held(&files_lock);

	if (!files)
		return ERR_PTR(-ENOMEM);
	err = read_files(pf, files);
	if (err) {
		kfree(files);
		return ERR_PTR(err);
	}
	files->hw = pf->hw;
	list_add(&files->link, &shared_files);
	return files;
}

/**
 * qatvf_firmware_files_get() - the files of a PF, read and their framing checked
 * @pf: PF
 *
 * Context: process context, sleeps for as long as the file system takes.
 * Return: the files, for qatvf_firmware_files_put(), or ERR_PTR() of -ENOENT if one is
 * missing, -EINVAL if one is malformed, -ENOMEM, or the error of the kernel's loader.
 */
struct qatvf_firmware_files *qatvf_firmware_files_get(struct qatvf_pf *pf)
{
	struct qatvf_firmware_files *files;

	mutex_lock(&files_lock);
	files = find_files(pf->hw);
	if (files) {
		/* The loader keeps them over a sleep for those who asked for them. */
		firmware_request_cache(&pf->pdev->dev, files->mmp.path);
		firmware_request_cache(&pf->pdev->dev, files->main.path);
	} else {
		files = new_files(pf);
	}
	if (!IS_ERR(files))
		files->users++;
	mutex_unlock(&files_lock);
	return files;
}

/**
 * qatvf_firmware_files_put() - undo qatvf_firmware_files_get()
 * @files: files; the last user's put releases them
 *
 * Context: process context, may sleep.
 */
void qatvf_firmware_files_put(struct qatvf_firmware_files *files)
{
	mutex_lock(&files_lock);
	if (!--files->users) {
		list_del(&files->link);
		release_firmware(files->main.blob);
		release_firmware(files->mmp.blob);
		kfree(files);
	}
	mutex_unlock(&files_lock);
}
