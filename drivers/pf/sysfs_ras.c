// SPDX-License-Identifier: GPL-2.0
/*
 * Group qat_ras/ of the PF in sysfs: error counters since the PF came up.  It exists
 * only while the PF is up.
 *
 * Facts: reference 08 section 3.
 */
#include <linux/sysfs.h>

#include "device.h"

static struct qatvf_pf *to_pf(struct device *dev)
{
	return pci_get_drvdata(to_pci_dev(dev));
}

static ssize_t errors_correctable_show(struct device *dev, struct device_attribute *attr,
				       char *buf)
{
	return sysfs_emit(buf, "%u\n", atomic_read(&to_pf(dev)->ras.correctable));
}
static DEVICE_ATTR_RO(errors_correctable);

static ssize_t errors_nonfatal_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", atomic_read(&to_pf(dev)->ras.uncorrectable));
}
static DEVICE_ATTR_RO(errors_nonfatal);

static ssize_t errors_fatal_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", atomic_read(&to_pf(dev)->ras.fatal));
}
static DEVICE_ATTR_RO(errors_fatal);

static ssize_t reset_error_counters_store(struct device *dev, struct device_attribute *attr,
					  const char *buf, size_t count)
{
	if (!sysfs_streq(buf, "1"))
		return -EINVAL;
	qatvf_ras_reset_counters(to_pf(dev));
	return count;
}
static DEVICE_ATTR_WO(reset_error_counters);

static struct attribute *attrs[] = {
	&dev_attr_errors_correctable.attr,
	&dev_attr_errors_nonfatal.attr,
	&dev_attr_errors_fatal.attr,
	&dev_attr_reset_error_counters.attr,
	NULL,
};

static const struct attribute_group group = {
	.name = "qat_ras",
	.attrs = attrs,
};

/**
 * qatvf_sysfs_ras_add() - step of bring-up: the counters can be read
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: 0, or the error of sysfs.
 */
int qatvf_sysfs_ras_add(struct qatvf_pf *pf)
{
	return sysfs_create_group(&pf->pdev->dev.kobj, &group);
}

/**
 * qatvf_sysfs_ras_remove() - undo; waits for readers
 * @pf: PF
 *
 * Context: life worker, may sleep.
 */
void qatvf_sysfs_ras_remove(struct qatvf_pf *pf)
{
	qatvf_ras_reset_counters(pf);
	sysfs_remove_group(&pf->pdev->dev.kobj, &group);
}
