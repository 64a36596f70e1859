// SPDX-License-Identifier: GPL-2.0
/*
 * Directory telemetry/ in debugfs: telemetry switched, and its counters shown, the
 * newest value first, then lowest, highest and average of the samples.  Rows are data.
 *
 * Facts: reference 03 section 11, reference 08 section 5.4.
 */
#include <linux/debugfs.h>
#include <linux/math64.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#include "device.h"

#define NUMBER_MAX	16	/* bytes of a number that is written */

/**
 * enum unit - what the value of a row is made of
 * @COUNT:	a 32-bit count
 * @CYCLES:	32-bit cycles, shown in ns
 * @AVERAGE:	a 64-bit sum of cycles over a 32-bit count, shown in ns
 * @BANDWIDTH:	32-bit units of 64 bytes each second, shown in Mbit/s
 */
enum unit {
	COUNT,
	CYCLES,
	AVERAGE,
	BANDWIDTH,
};

/**
 * struct row - a line
 * @name:	of the counter
 * @unit:	see there
 * @offset:	of the value in its structure
 * @divisor:	of AVERAGE: offset of the count
 */
struct row {
	const char *name;
	enum unit unit;
	u16 offset;
	u16 divisor;
};

#define DEVICE(member)	offsetof(struct qat_tl_device, member)
#define RP(member)	offsetof(struct qat_tl_rp, member)

static const struct row device_rows[] = {
	{ "pci_trans_cnt", COUNT, DEVICE(transactions) },
	{ "max_rd_lat", CYCLES, DEVICE(read_latency_max) },
	{ "rd_lat_acc_avg", AVERAGE, DEVICE(read_latency), DEVICE(reads) },
	{ "max_gp_lat", CYCLES, DEVICE(get_put_latency_max) },
	{ "gp_lat_acc_avg", AVERAGE, DEVICE(get_put_latency), DEVICE(puts) },
	{ "bw_in", BANDWIDTH, DEVICE(bandwidth_in) },
	{ "bw_out", BANDWIDTH, DEVICE(bandwidth_out) },
	{ "at_page_req_lat_avg", AVERAGE, DEVICE(page_latency), DEVICE(pages) },
	{ "at_trans_lat_avg", AVERAGE, DEVICE(translation_latency), DEVICE(translations) },
	{ "at_max_tlb_used", COUNT, DEVICE(tlb_used) },
};

static const struct row rp_rows[] = {
	{ "pci_trans_cnt", COUNT, RP(transactions) },
	{ "gp_lat_acc_avg", AVERAGE, RP(get_put_latency), RP(puts) },
	{ "bw_in", BANDWIDTH, RP(bandwidth_in) },
	{ "bw_out", BANDWIDTH, RP(bandwidth_out) },
	{ "at_glob_devtlb_hit", COUNT, RP(descriptor_hit) },
	{ "at_glob_devtlb_miss", COUNT, RP(descriptor_miss) },
	{ "tl_at_payld_devtlb_hit", COUNT, RP(payload_hit) },
	{ "tl_at_payld_devtlb_miss", COUNT, RP(payload_miss) },
};

/* Types of slices: name, where their entries begin, which count is theirs. */
static const struct {
	const char *name;
	u16 offset;
	u16 count;
} slice_types[] = {
	{ "cpr", DEVICE(cpr), offsetof(struct qat_slice_counts, cpr) },
	{ "xlt", DEVICE(xlt), offsetof(struct qat_slice_counts, xlt) },
	{ "dcpr", DEVICE(dcpr), offsetof(struct qat_slice_counts, dcpr) },
	{ "pke", DEVICE(pke), offsetof(struct qat_slice_counts, pke) },
	{ "wat", DEVICE(wat), offsetof(struct qat_slice_counts, wat) },
	{ "wcp", DEVICE(wcp), offsetof(struct qat_slice_counts, wcp) },
	{ "ucs", DEVICE(ucs), offsetof(struct qat_slice_counts, ucs) },
	{ "cph", DEVICE(cph), offsetof(struct qat_slice_counts, cph) },
	{ "ath", DEVICE(ath), offsetof(struct qat_slice_counts, ath) },
};

static u32 word(const void *from, unsigned int offset)
{
	return le32_to_cpup(from + offset);
}

static u64 value_of(const void *from, const struct row *row)
{
	u32 count;

	switch (row->unit) {
	case CYCLES:
		return (u64)word(from, row->offset) * QAT_TL_CYCLE_NS;
	case AVERAGE:
		count = word(from, row->divisor);
		return count ? div_u64(le64_to_cpup(from + row->offset) * QAT_TL_CYCLE_NS, count) :
			       0;
	case BANDWIDTH:
		return div_u64((u64)word(from, row->offset) * QAT_TL_BANDWIDTH_BYTES * 8, 1000000);
	default:
		return word(from, row->offset);
	}
}

static void show_number(struct seq_file *file, const char *name, u64 value)
{
	seq_printf(file, "%-23s%20llu\n", name, value);
}

/* @base is where the structure that the row is about begins in a sample. */
static void show_row(struct seq_file *file, const struct qatvf_telemetry *telemetry,
		     unsigned int base, const struct row *row)
{
	u64 value, low = U64_MAX, high = 0, sum = 0;
	unsigned int i, n;

	n = telemetry->newest;
	value = value_of((const u8 *)&telemetry->sample[n] + base, row);
	if (telemetry->wanted == 1) {
		show_number(file, row->name, value);
		return;
	}
	for (i = 0; i < telemetry->collected; i++) {
		u64 one = value_of((const u8 *)&telemetry->sample[n] + base, row);

		low = min(low, one);
		high = max(high, one);
		sum += one;
		n = (n + QATVF_TL_SAMPLES - 1) % QATVF_TL_SAMPLES;
	}
	seq_printf(file, "%-23s%20llu%20llu%20llu%20llu\n", row->name, value,
		   telemetry->collected ? low : 0, high,
		   telemetry->collected ? div_u64(sum, telemetry->collected) : 0);
}

static void show_slice(struct seq_file *file, const struct qatvf_telemetry *telemetry,
		       const char *type, unsigned int offset, unsigned int nr)
{
	char util[16], exec[16];
	struct row rows[] = {
		{ util, COUNT, offset + offsetof(struct qat_tl_slice, util) },
		{ exec, COUNT, offset + offsetof(struct qat_tl_slice, exec) },
	};

	snprintf(util, sizeof(util), "util_%s%u", type, nr);
	snprintf(exec, sizeof(exec), "exec_%s%u", type, nr);
	show_row(file, telemetry, offsetof(struct qat_tl_buffer, device), &rows[0]);
	show_row(file, telemetry, offsetof(struct qat_tl_buffer, device), &rows[1]);
}

static int not_enabled(struct qatvf_pf *pf)
{
	dev_info(&pf->pdev->dev, "telemetry: not enabled\n");
	return -EPERM;
}

static int show_device(struct seq_file *file, struct qatvf_pf *pf)
{
	const struct qatvf_telemetry *telemetry = &pf->telemetry;
	unsigned int i, n;

	lockdep_assert_held(&telemetry->lock);

	if (!telemetry->wanted)
		return not_enabled(pf);
	show_number(file, "sample_cnt", telemetry->published);
	for (i = 0; i < ARRAY_SIZE(device_rows); i++)
		show_row(file, telemetry, offsetof(struct qat_tl_buffer, device), &device_rows[i]);
	for (i = 0; i < ARRAY_SIZE(slice_types); i++)
		for (n = 0; n < *((const u8 *)&telemetry->slices + slice_types[i].count); n++)
			show_slice(file, telemetry, slice_types[i].name,
				   slice_types[i].offset + n * sizeof(struct qat_tl_slice), n);
	return 0;
}

static int device_data_show(struct seq_file *file, void *unused)
{
	struct qatvf_pf *pf = file->private;
	int err;

	mutex_lock(&pf->telemetry.lock);
	err = show_device(file, pf);
	mutex_unlock(&pf->telemetry.lock);
	return err;
}
DEFINE_SHOW_ATTRIBUTE(device_data);

static const char *service_name(struct qatvf_pf *pf, unsigned int rp)
{
	switch (QAT_RP_SERVICE(pf->ring_map, rp % QAT_RPS_PER_VF)) {
	case QAT_SVC_COMPRESSION:
		return "dc";
	case QAT_SVC_SYM:
		return "sym";
	case QAT_SVC_ASYM:
		return "asym";
	}
	return "Unknown";
}

static int show_rp(struct seq_file *file, struct qatvf_pf *pf, unsigned int slot)
{
	const struct qatvf_telemetry *telemetry = &pf->telemetry;
	unsigned int rp = telemetry->rp[slot];
	unsigned int i;

	lockdep_assert_held(&telemetry->lock);

	if (!telemetry->wanted || rp == QAT_TL_NO_RP)
		return not_enabled(pf);
	show_number(file, "sample_cnt", telemetry->published);
	show_number(file, "rp_num", rp);
	seq_printf(file, "%-23s%20s\n", "service_type", service_name(pf, rp));
	for (i = 0; i < ARRAY_SIZE(rp_rows); i++)
		show_row(file, telemetry, offsetof(struct qat_tl_buffer, rp[slot]), &rp_rows[i]);
	return 0;
}

static int rp_data_show(struct seq_file *file, void *unused)
{
	struct qatvf_bank *slot = file->private;
	int err;

	mutex_lock(&slot->pf->telemetry.lock);
	err = show_rp(file, slot->pf, slot->nr);
	mutex_unlock(&slot->pf->telemetry.lock);
	return err;
}

static int rp_data_open(struct inode *inode, struct file *file)
{
	return single_open(file, rp_data_show, inode->i_private);
}

/* One number, at the start of the file. */
static int parse_number(const char __user *from, size_t count, loff_t pos, unsigned int *number)
{
	if (pos || count >= NUMBER_MAX)
		return -EINVAL;
	return kstrtouint_from_user(from, count, 10, number);
}

static ssize_t rp_data_write(struct file *file, const char __user *from, size_t count,
			     loff_t *pos)
{
	struct qatvf_bank *slot = ((struct seq_file *)file->private_data)->private;
	unsigned int rp;
	int err;

	err = parse_number(from, count, *pos, &rp);
	if (!err)
		err = qatvf_telemetry_watch(slot->pf, slot->nr, rp);
	return err ? err : count;
}

static const struct file_operations rp_data_fops = {
	.owner = THIS_MODULE,
	.open = rp_data_open,
	.read = seq_read,
	.write = rp_data_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int control_show(struct seq_file *file, void *unused)
{
	struct qatvf_pf *pf = file->private;

	seq_printf(file, "%u\n", READ_ONCE(pf->telemetry.wanted));
	return 0;
}

static int control_open(struct inode *inode, struct file *file)
{
	return single_open(file, control_show, inode->i_private);
}

static ssize_t control_write(struct file *file, const char __user *from, size_t count,
			     loff_t *pos)
{
	struct qatvf_pf *pf = ((struct seq_file *)file->private_data)->private;
	unsigned int samples;
	int err;

	err = parse_number(from, count, *pos, &samples);
	if (!err && samples > QATVF_TL_SAMPLES) {
		dev_info(&pf->pdev->dev, "telemetry: invalid control input\n");
		err = -EINVAL;
	}
	if (!err)
		err = qatvf_telemetry_switch(pf, samples);
	return err ? err : count;
}

static const struct file_operations control_fops = {
	.owner = THIS_MODULE,
	.open = control_open,
	.read = seq_read,
	.write = control_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * qatvf_debugfs_telemetry() - create directory telemetry/, if the firmware has it
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: the directory, for debugfs_remove(), or NULL.
 */
struct dentry *qatvf_debugfs_telemetry(struct qatvf_pf *pf)
{
	static const char * const name[QAT_TL_RPS] = {
		"rp_A_data", "rp_B_data", "rp_C_data", "rp_D_data",
	};
	struct dentry *dir;
	unsigned int i;

	if (!(pf->fw_caps & QAT_ADMIN_FW_CAP_TELEMETRY))
		return NULL;
	dir = debugfs_create_dir("telemetry", pf->debugfs);
	debugfs_create_file("control", 0644, dir, pf, &control_fops);
	debugfs_create_file("device_data", 0444, dir, pf, &device_data_fops);
	/* A slot is a number of a PF just as a bank is. */
	for (i = 0; i < QAT_TL_RPS; i++)
		debugfs_create_file(name[i], 0644, dir, &pf->bank[i], &rp_data_fops);
	return dir;
}
