// SPDX-License-Identifier: GPL-2.0
/*
 * Tables fw_counters and cnv_errors in debugfs: what the firmware of each worker
 * engine has counted.  The firmware is asked when a file is opened.
 *
 * Facts: reference 03 section 9, reference 08 section 5.1.
 */
#include <linux/bitfield.h>
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "device.h"

/**
 * struct table - answers of the engines, from open to release of a file
 * @aes:	engines that answered
 * @rsp:	their answers
 */
struct table {
	unsigned long aes;
	struct qat_admin_rsp rsp[QAT_NUM_AES];
};

/*
 * Ask all worker engines, or with @refusal_ok those that know.  An engine that does not
 * answer at all ends it.
 */
static int ask(struct qatvf_pf *pf, enum qat_admin_cmd cmd, bool refusal_ok, struct table *table)
{
	unsigned long aes = pf->ae_mask & ~QAT_AE_MASK_ADMIN;
	struct qat_admin_req req = { .cmd = cmd };
	unsigned int ae;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = qatvf_admin_try(pf, ae, &req, &table->rsp[ae]);
		if (!err)
			__set_bit(ae, &table->aes);
		else if (!refusal_ok || (err != -EIO && err != -EOPNOTSUPP))
			return err;
	}
	return 0;
}

static int open_table(struct inode *inode, struct file *file, enum qat_admin_cmd cmd,
		      bool refusal_ok, int (*show)(struct seq_file *file, void *unused))
{
	struct qatvf_pf *pf = inode->i_private;
	struct table *table;
	int err;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	err = ask(pf, cmd, refusal_ok, table);
	if (err)
		dev_err(&pf->pdev->dev, "engines cannot be asked for their counters: error %d\n",
			err);
	else
		err = single_open(file, show, table);
	if (err)
		kfree(table);
	return err;
}

static int release_table(struct inode *inode, struct file *file)
{
	kfree(((struct seq_file *)file->private_data)->private);
	return single_release(inode, file);
}

static u64 word64(const struct qat_admin_rsp *rsp, unsigned int i)
{
	return (u64)le32_to_cpu(rsp->param[i + 1]) << 32 | le32_to_cpu(rsp->param[i]);
}

static int fw_counters_show(struct seq_file *file, void *unused)
{
	struct table *table = file->private;
	unsigned int ae;

	seq_printf(file, "AE  %16s %16s\n", "Requests", "Responses");
	for_each_set_bit(ae, &table->aes, QAT_NUM_AES)
		seq_printf(file, "%2d: %16llu %16llu\n", ae,
			   word64(&table->rsp[ae], QAT_ADMIN_COUNTERS_REQUESTS),
			   word64(&table->rsp[ae], QAT_ADMIN_COUNTERS_RESPONSES));
	return 0;
}

static int fw_counters_open(struct inode *inode, struct file *file)
{
	return open_table(inode, file, QAT_ADMIN_COUNTERS_GET, false, fw_counters_show);
}

static const struct file_operations fw_counters_fops = {
	.owner = THIS_MODULE,
	.open = fw_counters_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = release_table,
};

/* Error types: name, and how wide the signed information is; 0 = it is unsigned. */
static const struct {
	const char *name;
	u8 signed_bits;
} cnv_types[] = {
	{ "No Error", 0 },
	{ "Checksum Error", 0 },
	{ "Length Error-P", 12 },
	{ "Decomp Error", 8 },
	{ "Xlat Error", 8 },
	{ "Length Error-C", 12 },
	{ "Unknown Error", 0 },
};

static void show_cnv(struct seq_file *file, unsigned int ae, u32 word)
{
	unsigned int type = min_t(unsigned int, FIELD_GET(QAT_ADMIN_CNV_TYPE, word),
				  ARRAY_SIZE(cnv_types) - 1);
	int info = FIELD_GET(QAT_ADMIN_CNV_INFO, word);

	if (cnv_types[type].signed_bits)
		info = sign_extend32(info, cnv_types[type].signed_bits - 1);
	seq_printf(file, "%d: %16d%16s [%d]\n", ae, (int)FIELD_GET(QAT_ADMIN_CNV_COUNT, word),
		   cnv_types[type].name, info);
}

static int cnv_errors_show(struct seq_file *file, void *unused)
{
	struct table *table = file->private;
	unsigned int ae;

	if (!table->aes) {
		seq_puts(file, "No engine configured for comp\n");
		return 0;
	}
	seq_printf(file, "AE  %16s %16s\n", "Total Errors", "Last Error");
	for_each_set_bit(ae, &table->aes, QAT_NUM_AES)
		show_cnv(file, ae, le32_to_cpu(table->rsp[ae].word1));
	return 0;
}

/* Engines that do not compress refuse the question. */
static int cnv_errors_open(struct inode *inode, struct file *file)
{
	return open_table(inode, file, QAT_ADMIN_CNV_STATS_GET, true, cnv_errors_show);
}

static const struct file_operations cnv_errors_fops = {
	.owner = THIS_MODULE,
	.open = cnv_errors_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = release_table,
};

/**
 * qatvf_debugfs_fw_counters() - create file fw_counters
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: the file, for debugfs_remove().
 */
struct dentry *qatvf_debugfs_fw_counters(struct qatvf_pf *pf)
{
	return debugfs_create_file("fw_counters", 0400, pf->debugfs, pf, &fw_counters_fops);
}

/**
 * qatvf_debugfs_cnv_errors() - create file cnv_errors
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: the file, for debugfs_remove().
 */
struct dentry *qatvf_debugfs_cnv_errors(struct qatvf_pf *pf)
{
	return debugfs_create_file("cnv_errors", 0400, pf->debugfs, pf, &cnv_errors_fops);
}
