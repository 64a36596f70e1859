// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs qatvf_bench/, for the benchmark's own machine only:
 *
 *  key      write: the key of the runs that follow; opening it forgets the former
 *  run      write "KIND DRIVER DEPTH BYTES OPS": measures, and fails with what the
 *           crypto API says
 *  result   read: "OPERATIONS FAILED INSTRUCTIONS NANOSECONDS" of the last run
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

/* Guards everything below. */
static DEFINE_MUTEX(lock);
static u8 key[QB_MAX_KEY];
static unsigned int key_len;
static char result[96];
static struct dentry *folder;

static const struct qb_kind *const kinds[] = {
	&qb_skcipher, &qb_aead, &qb_ahash, &qb_akcipher, &qb_kpp, &qb_acomp,
};

static ssize_t key_write(struct file *file, const char __user *user, size_t len,
			 loff_t *pos)
{
	int err = 0;

	if (len > sizeof(key))
		return -EFBIG;
	mutex_lock(&lock);
	key_len = 0;
	if (copy_from_user(key, user, len))
		err = -EFAULT;
	else
		key_len = len;
	mutex_unlock(&lock);
	return err ?: len;
}

static int key_open(struct inode *inode, struct file *file)
{
	mutex_lock(&lock);
	key_len = 0;
	mutex_unlock(&lock);
	return 0;
}

static const struct file_operations key_fops = {
	.owner = THIS_MODULE,
	.open = key_open,
	.write = key_write,
};

static const struct qb_kind *find_kind(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (!strcmp(kinds[i]->name, name))
			return kinds[i];
	}
	return NULL;
}

static int run_locked(const char *text)
{
	char kind[16], driver[64];
	struct qb_run *run;
	int err = -EINVAL;

	lockdep_assert_held(&lock);

	result[0] = '\0';
	run = kzalloc(sizeof(*run), GFP_KERNEL);
	if (!run)
		return -ENOMEM;
	if (sscanf(text, "%15s %63s %u %u %u", kind, driver, &run->depth,
		   &run->bytes, &run->ops) == 5)
		run->kind = find_kind(kind);
	if (run->kind && run->depth && run->depth <= QB_MAX_DEPTH &&
	    run->bytes && run->bytes <= QB_MAX_BYTES &&
	    run->ops >= run->depth && run->ops <= QB_MAX_OPS)
		err = qb_run(run, driver, key, key_len);
	if (err == -ETIMEDOUT)
		return err;
	if (!err && atomic_read(&run->failed))
		err = run->error;
	scnprintf(result, sizeof(result), "%u %d %llu %llu\n", run->ops,
		  atomic_read(&run->failed), run->insn, run->ns);
	kfree(run);
	return err;
}

static ssize_t run_write(struct file *file, const char __user *user, size_t len,
			 loff_t *pos)
{
	char *text;
	int err;

	if (len > PAGE_SIZE)
		return -EINVAL;
	text = memdup_user_nul(user, len);
	if (IS_ERR(text))
		return PTR_ERR(text);
	mutex_lock(&lock);
	err = run_locked(text);
	mutex_unlock(&lock);
	kfree(text);
	return err ?: len;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = run_write,
};

static ssize_t result_read(struct file *file, char __user *user, size_t len,
			   loff_t *pos)
{
	ssize_t n;

	mutex_lock(&lock);
	n = simple_read_from_buffer(user, len, pos, result, strlen(result));
	mutex_unlock(&lock);
	return n;
}

static const struct file_operations result_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = result_read,
};

static int __init qb_init(void)
{
	folder = debugfs_create_dir("qatvf_bench", NULL);
	debugfs_create_file("key", 0200, folder, NULL, &key_fops);
	debugfs_create_file("run", 0200, folder, NULL, &run_fops);
	debugfs_create_file("result", 0400, folder, NULL, &result_fops);
	return 0;
}
module_init(qb_init);

static void __exit qb_exit(void)
{
	debugfs_remove_recursive(folder);
}
module_exit(qb_exit);

MODULE_DESCRIPTION("qatvf benchmark: instructions per request");
MODULE_AUTHOR("The qatvf authors");
MODULE_LICENSE("GPL");
