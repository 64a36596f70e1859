// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/qatvf_hash_test: see qatvf_hash_test.h.  For test machines only.
 */
#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "hash.h"

static void close_transforms(struct qht_file *file)
{
	if (file->tfm)
		crypto_free_ahash(file->tfm);
	if (file->soft)
		crypto_free_ahash(file->soft);
	file->tfm = NULL;
	file->soft = NULL;
}

/* The twin is synchronous and no driver that needs a fallback itself. */
static int open_transforms(struct qht_file *file, struct qht_open *args)
{
	struct crypto_ahash *tfm;

	close_transforms(file);
	tfm = crypto_alloc_ahash(args->driver, 0, 0);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	file->tfm = tfm;
	tfm = crypto_alloc_ahash(crypto_tfm_alg_name(crypto_ahash_tfm(tfm)), 0,
				 CRYPTO_ALG_ASYNC | CRYPTO_ALG_NEED_FALLBACK);
	if (IS_ERR(tfm)) {
		close_transforms(file);
		return PTR_ERR(tfm);
	}
	file->soft = tfm;
	args->digest_size = crypto_ahash_digestsize(file->tfm);
	args->block_size = crypto_tfm_alg_blocksize(crypto_ahash_tfm(file->tfm));
	args->state_size = crypto_ahash_statesize(file->tfm);
	args->soft_state_size = crypto_ahash_statesize(file->soft);
	return 0;
}

static int ioctl_open(struct qht_file *file, void __user *user)
{
	struct qht_open args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (strnlen(args.driver, sizeof(args.driver)) == sizeof(args.driver))
		return -EINVAL;
	err = open_transforms(file, &args);
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

/* The key ends where its page ends, so that reading on is reading elsewhere. */
static int set_key(struct qht_file *file, const struct qht_key *args)
{
	u8 *page = (u8 *)__get_free_page(GFP_KERNEL);
	u8 *key = page + PAGE_SIZE - args->len;
	int err = -EFAULT;

	if (!page)
		return -ENOMEM;
	if (!copy_from_user(key, (void __user *)(uintptr_t)args->key, args->len))
		err = crypto_ahash_setkey(file->tfm, key, args->len) ?:
		      crypto_ahash_setkey(file->soft, key, args->len);
	memzero_explicit(page, PAGE_SIZE);
	free_page((unsigned long)page);
	return err;
}

static int ioctl_set_key(struct qht_file *file, void __user *user)
{
	struct qht_key args;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.len > QHT_MAX_KEY || args.reserved)
		return -EINVAL;
	return file->tfm ? set_key(file, &args) : -ENODEV;
}

static int ioctl_run(struct qht_file *file, void __user *user)
{
	const u32 flags = QHT_MAY_BACKLOG | QHT_MAY_SLEEP | QHT_BH_OFF |
			  QHT_CHAINED | QHT_EXPORT | QHT_MIGRATE;
	struct qht_run args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.flags & ~flags || args.reserved || args.len > QCT_MAX_DATA ||
	    !args.nsegs || args.nsegs > QCT_MAX_SEGS ||
	    args.how > QHT_INIT_FINAL ||
	    (args.flags & QHT_BH_OFF && args.flags & QHT_MAY_SLEEP))
		return -EINVAL;
	err = file->tfm ? qht_run(file, &args) : -ENODEV;
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static int ioctl_burst(struct qht_file *file, void __user *user)
{
	struct qht_burst args;
	int err;

	if (copy_from_user(&args, user, sizeof(args)))
		return -EFAULT;
	if (args.flags & ~(QHT_MAY_BACKLOG | QHT_REKEY) || !args.requests || !args.len ||
	    args.requests > QCT_MAX_BURST || args.timeout_ms > 120000 ||
	    (u64)args.len * args.requests > QCT_MAX_BURST_DATA)
		return -EINVAL;
	err = file->tfm ? qht_burst(file, &args) : -ENODEV;
	if (!err && copy_to_user(user, &args, sizeof(args)))
		return -EFAULT;
	return err;
}

static long qht_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct qht_file *file = filp->private_data;
	void __user *user = (void __user *)arg;
	int err = -ENOTTY;

	mutex_lock(&file->lock);
	switch (cmd) {
	case QHT_OPEN:
		err = ioctl_open(file, user);
		break;
	case QHT_SET_KEY:
		err = ioctl_set_key(file, user);
		break;
	case QHT_RUN:
		err = ioctl_run(file, user);
		break;
	case QHT_BURST:
		err = ioctl_burst(file, user);
		break;
	}
	mutex_unlock(&file->lock);
	return err;
}

static int qht_file_open(struct inode *inode, struct file *filp)
{
	struct qht_file *file;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return -ENOMEM;
	mutex_init(&file->lock);
	filp->private_data = file;
	return 0;
}

static int qht_file_release(struct inode *inode, struct file *filp)
{
	struct qht_file *file = filp->private_data;

	close_transforms(file);
	kfree(file);
	return 0;
}

static const struct file_operations qht_fops = {
	.owner = THIS_MODULE,
	.open = qht_file_open,
	.release = qht_file_release,
	.unlocked_ioctl = qht_ioctl,
};

static struct miscdevice qht_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "qatvf_hash_test",
	.fops = &qht_fops,
	.mode = 0600,
};

/**
 * qht_register() - create the device file
 *
 * Return: 0 or an errno.
 */
int qht_register(void)
{
	return misc_register(&qht_device);
}

/**
 * qht_unregister() - remove it
 */
void qht_unregister(void)
{
	misc_deregister(&qht_device);
}
