// SPDX-License-Identifier: GPL-2.0
/*
 * The device file: argument checks.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

#define FLAGS		(QPT_MAY_SLEEP | QPT_MAY_BACKLOG | QPT_BH_OFF)
#define MAX_TIMEOUT_MS	600000

static int ioctl_open(struct qpt_file *file, void __user *user)
{
	struct qpt_open args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.type > QPT_KPP || args.reserved ||
	    strnlen(args.name, sizeof(args.name)) == sizeof(args.name))
		return -EINVAL;
	err = qpt_transform_open(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int ioctl_set_key(struct qpt_file *file, void __user *user)
{
	struct qpt_key args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.kind > QPT_SECRET || args.reserved || args.len > QPT_MAX_KEY)
		return -EINVAL;
	err = qpt_transform_set_key(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int ioctl_run(struct qpt_file *file, void __user *user)
{
	struct qpt_run args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.src_len > QPT_MAX_DATA || args.dst_len > QPT_MAX_DATA ||
	    args.op > QPT_SHARED || args.flags & ~FLAGS || !args.segs ||
	    args.segs > QPT_MAX_SEGS || args.reserved)
		return -EINVAL;
	err = qpt_single(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int ioctl_burst(struct qpt_file *file, void __user *user)
{
	struct qpt_burst args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (!args.src_len || args.src_len > QPT_MAX_DATA ||
	    !args.expected_len || args.expected_len > QPT_MAX_DATA ||
	    args.op > QPT_SHARED || args.flags & ~FLAGS || !args.requests ||
	    args.requests > QPT_MAX_BURST || args.timeout_ms > MAX_TIMEOUT_MS)
		return -EINVAL;
	memset_after(&args, 0, timeout_ms);
	err = qpt_burst(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static long qpt_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct qpt_file *file = filp->private_data;
	void __user *user = (void __user *)arg;
	int err = -ENOTTY;

	mutex_lock(&file->lock);
	switch (cmd) {
	case QPT_OPEN:
		err = ioctl_open(file, user);
		break;
	case QPT_SET_KEY:
		err = ioctl_set_key(file, user);
		break;
	case QPT_RUN:
		err = ioctl_run(file, user);
		break;
	case QPT_BURST:
		err = ioctl_burst(file, user);
		break;
	}
	mutex_unlock(&file->lock);
	return err;
}

static int qpt_file_open(struct inode *inode, struct file *filp)
{
	struct qpt_file *file;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	mutex_init(&file->lock);
	filp->private_data = file;
	return 0;
}

static int qpt_file_release(struct inode *inode, struct file *filp)
{
	struct qpt_file *file = filp->private_data;

	qpt_transform_close(file);
	kfree(file);
	return 0;
}

static const struct file_operations qpt_fops = {
	.owner = THIS_MODULE,
	.open = qpt_file_open,
	.release = qpt_file_release,
	.unlocked_ioctl = qpt_ioctl,
};

static struct miscdevice qpt_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "qatvf_pubkey_test",
	.fops = &qpt_fops,
	.mode = 0600,
};

static int __init qpt_init(void)
{
	return misc_register(&qpt_device);
}
module_init(qpt_init);

static void __exit qpt_exit(void)
{
	misc_deregister(&qpt_device);
}
module_exit(qpt_exit);

MODULE_DESCRIPTION("qatvf selftest: public key requests for user space");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
