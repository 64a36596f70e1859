// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/qatvf_crypto_test: lets a test program in user space run cipher and AEAD
 * requests of a named driver on kernels where AF_ALG does not reach it, and in shapes
 * which AF_ALG never produces.  For test machines only.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "hash.h"
#include "internal.h"

static int ioctl_open(struct qct_file *file, void __user *user)
{
	struct qct_open args;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (strnlen(args.driver, sizeof(args.driver)) == sizeof(args.driver) ||
	    args.flags & ~(QCT_NOT_ASYNC | QCT_NOT_ALLOCATING) || args.reserved)
		return -EINVAL;
	return qct_transform_open(file, &args);
}

static int ioctl_set_key(struct qct_file *file, void __user *user)
{
	struct qct_key args;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.len > QCT_MAX_KEY || args.flags & ~QCT_FORBID_WEAK)
		return -EINVAL;
	return qct_transform_set_key(file, &args);
}

static int ioctl_crypt(struct qct_file *file, void __user *user)
{
	const u32 flags = QCT_ENCRYPT | QCT_IN_PLACE | QCT_MAY_BACKLOG |
			  QCT_MAY_SLEEP | QCT_BH_OFF | QCT_CHAINED;
	struct qct_crypt args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.flags & ~flags || args.reserved || args.len > QCT_MAX_DATA ||
	    !args.nsrc || args.nsrc > QCT_MAX_SEGS || args.ndst > QCT_MAX_SEGS ||
	    !args.ndst != !!(args.flags & QCT_IN_PLACE) ||
	    (args.flags & QCT_BH_OFF && args.flags & QCT_MAY_SLEEP))
		return -EINVAL;
	err = qct_single(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int ioctl_burst(struct qct_file *file, void __user *user)
{
	const u32 flags = QCT_ENCRYPT | QCT_IN_PLACE | QCT_MAY_BACKLOG |
			  QCT_MAY_SLEEP | QCT_BH_OFF | QCT_CHECK_IV |
			  QCT_WAIT_WHEN_BUSY | QCT_REKEY;
	struct qct_burst args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.flags & ~flags || !args.requests ||
	    args.requests > QCT_MAX_BURST || !args.workers ||
	    args.workers > QCT_MAX_WORKERS || !args.len || !args.segs ||
	    args.segs > QCT_MAX_BURST_SEGS || args.segs > args.len ||
	    args.len > QCT_MAX_BURST_DATA / args.requests ||
	    !args.timeout_ms || args.timeout_ms > 600000 ||
	    (args.flags & QCT_BH_OFF &&
	     args.flags & (QCT_MAY_SLEEP | QCT_WAIT_WHEN_BUSY)))
		return -EINVAL;
	err = qct_burst(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int ioctl_aead_open(struct qct_file *file, void __user *user)
{
	struct qct_open args;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (strnlen(args.driver, sizeof(args.driver)) == sizeof(args.driver) ||
	    args.flags & ~(QCT_NOT_ASYNC | QCT_NOT_ALLOCATING) || args.reserved)
		return -EINVAL;
	return qct_aead_open(file, &args);
}

static int ioctl_aead_key(struct qct_file *file, void __user *user)
{
	struct qct_key args;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.len > QCT_MAX_KEY || args.flags)
		return -EINVAL;
	return qct_aead_set_key(file, &args);
}

static int ioctl_aead_crypt(struct qct_file *file, void __user *user)
{
	const u32 same = QCT_IN_PLACE | QCT_SHARED;
	const u32 flags = QCT_ENCRYPT | QCT_MAY_BACKLOG | QCT_MAY_SLEEP |
			  QCT_BH_OFF | QCT_CHAINED | same;
	struct qct_aead_crypt args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.flags & ~flags || args.reserved[0] || args.reserved[1] ||
	    args.len > QCT_MAX_DATA || args.aad_len > QCT_MAX_DATA ||
	    !args.nsrc || args.nsrc > QCT_MAX_SEGS || args.ndst > QCT_MAX_SEGS ||
	    (args.flags & same) == same ||
	    !args.ndst != !!(args.flags & same) ||
	    (args.flags & QCT_BH_OFF && args.flags & QCT_MAY_SLEEP))
		return -EINVAL;
	err = qct_aead_crypt(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static long qct_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct qct_file *file = filp->private_data;
	void __user *user = (void __user *)arg;
	int err = -ENOTTY;

	mutex_lock(&file->lock);
	switch (cmd) {
	case QCT_OPEN:
		err = ioctl_open(file, user);
		break;
	case QCT_SET_KEY:
		err = ioctl_set_key(file, user);
		break;
	case QCT_CRYPT:
		err = ioctl_crypt(file, user);
		break;
	case QCT_BURST:
		err = ioctl_burst(file, user);
		break;
	case QCT_AEAD_OPEN:
		err = ioctl_aead_open(file, user);
		break;
	case QCT_AEAD_KEY:
		err = ioctl_aead_key(file, user);
		break;
	case QCT_AEAD_TAG:
		err = qct_aead_set_tag(file, arg);
		break;
	case QCT_AEAD_CRYPT:
		err = ioctl_aead_crypt(file, user);
		break;
	}
	mutex_unlock(&file->lock);
	return err;
}

static int qct_file_open(struct inode *inode, struct file *filp)
{
	struct qct_file *file;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	mutex_init(&file->lock);
	filp->private_data = file;
	return 0;
}

static int qct_file_release(struct inode *inode, struct file *filp)
{
	struct qct_file *file = filp->private_data;

	qct_transform_close(file);
	qct_aead_close(file);
	kfree(file);
	return 0;
}

static const struct file_operations qct_fops = {
	.owner = THIS_MODULE,
	.open = qct_file_open,
	.release = qct_file_release,
	.unlocked_ioctl = qct_ioctl,
};

static struct miscdevice qct_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "qatvf_crypto_test",
	.fops = &qct_fops,
	.mode = 0600,
};

static int __init qct_init(void)
{
	int err = misc_register(&qct_device);

	if (err)
		return err;
	err = qht_register();
	if (err)
		misc_deregister(&qct_device);
	return err;
}
module_init(qct_init);

static void __exit qct_exit(void)
{
	qht_unregister();
	misc_deregister(&qct_device);
}
module_exit(qct_exit);

MODULE_DESCRIPTION("qatvf selftest: cipher and hash requests for user space");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
