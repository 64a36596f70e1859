// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/qatvf_comp_test: lets a test program in user space run compression requests
 * of a named driver.  For test machines only.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

static bool good(const struct qcmp_request *args)
{
	const u32 flags = QCMP_COMPRESS | QCMP_SOFTWARE | QCMP_IN_PLACE |
			  QCMP_NO_DST | QCMP_BH_OFF | QCMP_BACKLOG;

	return strnlen(args->name, sizeof(args->name)) < sizeof(args->name) &&
	       args->slen <= QCMP_MAX_DATA && args->dlen <= QCMP_MAX_DATA &&
	       args->src_pieces && args->src_pieces <= QCMP_MAX_PIECES &&
	       args->dst_pieces <= QCMP_MAX_PIECES && !(args->flags & ~flags);
}

static long qcmp_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct qcmp_file *file = filp->private_data;
	void __user *user = (void __user *)arg;
	struct qcmp_request args;
	int err;

	if (cmd != QCMP_RUN)
		return -ENOTTY;
	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (!good(&args))
		return -EINVAL;
	mutex_lock(&file->lock);
	err = qcmp_run(file, &args);
	mutex_unlock(&file->lock);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int qcmp_open(struct inode *inode, struct file *filp)
{
	struct qcmp_file *file;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	mutex_init(&file->lock);
	filp->private_data = file;
	return 0;
}

static int qcmp_release(struct inode *inode, struct file *filp)
{
	struct qcmp_file *file = filp->private_data;

	if (file->tfm)
		crypto_free_acomp(file->tfm);
	kfree(file);
	return 0;
}

static const struct file_operations qcmp_fops = {
	.owner = THIS_MODULE,
	.open = qcmp_open,
	.release = qcmp_release,
	.unlocked_ioctl = qcmp_ioctl,
};

static struct miscdevice qcmp_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "qatvf_comp_test",
	.fops = &qcmp_fops,
	.mode = 0600,
};
module_misc_device(qcmp_device);

MODULE_DESCRIPTION("qatvf selftest: compression requests for user space");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
