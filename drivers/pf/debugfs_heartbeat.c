// SPDX-License-Identifier: GPL-2.0
/*
 * Directory heartbeat/ in debugfs.  Its files end with a NUL byte, which tools read.
 *
 * Facts: reference 08 section 5.2.
 */
#include <linux/debugfs.h>
#include <linux/uaccess.h>

#include "device.h"

#define TEXT_MAX	64

/* The text with its NUL. */
static ssize_t give(char __user *to, size_t count, loff_t *pos, const char *text)
{
	return simple_read_from_buffer(to, count, pos, text, strlen(text) + 1);
}

static ssize_t give_number(char __user *to, size_t count, loff_t *pos, unsigned int number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u\n", number);
	return give(to, count, pos, text);
}

static ssize_t status_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	struct qatvf_pf *pf = file->private_data;
	bool alive;

	/* The rest of an answer is not another question. */
	alive = *pos ? READ_ONCE(pf->heartbeat.alive) : qatvf_heartbeat_poll(pf);
	return give(to, count, pos, alive ? "0\n" : "-1\n");
}

static const struct file_operations status_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = status_read,
};

static ssize_t sent_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	struct qatvf_pf *pf = file->private_data;

	return give_number(to, count, pos, READ_ONCE(pf->heartbeat.sent));
}

static const struct file_operations sent_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = sent_read,
};

static ssize_t failed_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	struct qatvf_pf *pf = file->private_data;

	return give_number(to, count, pos, READ_ONCE(pf->heartbeat.failed));
}

static const struct file_operations failed_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = failed_read,
};

static ssize_t config_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	return give_number(to, count, pos, QATVF_HEARTBEAT_MS);
}

/* The time base sets the period: longer ones are taken, but change nothing. */
static ssize_t config_write(struct file *file, const char __user *from, size_t count,
			    loff_t *pos)
{
	struct qatvf_pf *pf = file->private_data;
	unsigned int ms;
	int err;

	if (*pos || count >= TEXT_MAX)
		return -EINVAL;
	err = kstrtouint_from_user(from, count, 10, &ms);
	if (!err && ms < QATVF_HEARTBEAT_MS)
		err = -EINVAL;
	if (err) {
		dev_err(&pf->pdev->dev, "heartbeat_cfg: Invalid value\n");
		return err;
	}
	return count;
}

static const struct file_operations config_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = config_read,
	.write = config_write,
};

/* As tools write it: "1" and a newline, or any byte in its place. */
static ssize_t inject_write(struct file *file, const char __user *from, size_t count,
			    loff_t *pos)
{
	struct qatvf_pf *pf = file->private_data;
	char text[2];
	int err;

	if (*pos || count != sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, count))
		return -EFAULT;
	if (text[0] != '1')
		return -EINVAL;
	err = qatvf_heartbeat_inject(pf);
	if (err) {
		dev_err(&pf->pdev->dev, "heartbeat error cannot be injected: error %d\n", err);
		return err;
	}
	dev_info(&pf->pdev->dev, "Heartbeat error injection enabled\n");
	return count;
}

static const struct file_operations inject_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = inject_write,
};

/**
 * qatvf_debugfs_heartbeat() - create directory heartbeat/
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: the directory, for debugfs_remove().
 */
struct dentry *qatvf_debugfs_heartbeat(struct qatvf_pf *pf)
{
	struct dentry *dir = debugfs_create_dir("heartbeat", pf->debugfs);

	debugfs_create_file("status", 0400, dir, pf, &status_fops);
	debugfs_create_file("queries_sent", 0400, dir, pf, &sent_fops);
	debugfs_create_file("queries_failed", 0400, dir, pf, &failed_fops);
	debugfs_create_file("config", 0600, dir, pf, &config_fops);
	debugfs_create_file("inject_error", 0200, dir, pf, &inject_fops);
	return dir;
}
