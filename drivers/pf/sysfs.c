// SPDX-License-Identifier: GPL-2.0
/*
 * Group qat/ of the PF in sysfs: names, words and errors as tools know them from the
 * in-tree driver.  It is there from probe to remove, whether the PF is up or down.
 *
 * Facts: reference 08 section 2.
 */
#include <linux/kernel.h>
#include <linux/sysfs.h>

#include "device.h"

#define SERVICES_TEXT_MAX	64

static struct qatvf_pf *to_pf(struct device *dev)
{
	return pci_get_drvdata(to_pci_dev(dev));
}

static bool is_down(struct qatvf_pf *pf)
{
	enum qatvf_life_state state = qatvf_life_state(pf);

	return state == QATVF_DOWN || state == QATVF_FAILED;
}

static ssize_t state_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", qatvf_life_state(to_pf(dev)) == QATVF_UP ? "up" : "down");
}

/*
 * VFs go first, while the PF can still tell them and answer them.  A restart that has
 * failed has left them there.
 */
static int go_down(struct qatvf_pf *pf)
{
	struct device *dev = &pf->pdev->dev;

	dev_info(dev, "Stopping device qat_dev%d\n", pf->id);
	if (is_down(pf) && !READ_ONCE(pf->sriov.num)) {
		dev_info(dev, "Device qat_dev%d already down\n", pf->id);
		return 0;
	}
	qatvf_sriov_disable(pf);
	return qatvf_life_request(pf, QATVF_LIFE_DOWN);
}

static int go_up(struct qatvf_pf *pf)
{
	struct device *dev = &pf->pdev->dev;
	int err;

	dev_info(dev, "Starting device qat_dev%d\n", pf->id);
	if (qatvf_life_state(pf) == QATVF_UP) {
		dev_info(dev, "Device qat_dev%d already up\n", pf->id);
		return 0;
	}
	err = qatvf_life_request(pf, QATVF_LIFE_UP);
	if (err)
		dev_err(dev, "Failed to start device qat_dev%d\n", pf->id);
	return err;
}

/* A device that waits for a reset by somebody else may wait in vain: it takes orders. */
static bool is_busy(struct qatvf_pf *pf)
{
	enum qatvf_life_state state = qatvf_life_state(pf);

	return state == QATVF_STARTING || state == QATVF_RESTARTING;
}

static int change_state(struct qatvf_pf *pf, const char *word)
{
	if (is_busy(pf)) {
		dev_info(&pf->pdev->dev, "Device qat_dev%d is busy\n", pf->id);
		return -EBUSY;
	}
	if (sysfs_streq(word, "down"))
		return go_down(pf);
	if (sysfs_streq(word, "up"))
		return go_up(pf);
	return -EINVAL;
}

static ssize_t state_store(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	struct qatvf_pf *pf = to_pf(dev);
	int err;

	if (!qatvf_sriov_lock_device(pf))
		return -ENODEV;
	err = change_state(pf, buf);
	device_unlock(dev);
	return err ? err : count;
}
static DEVICE_ATTR_RW(state);

static ssize_t cfg_services_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", READ_ONCE(to_pf(dev)->settings.services_text));
}

static int set_services(struct qatvf_pf *pf, const struct qatvf_services *row, const char *name)
{
	lockdep_assert_held(&pf->sriov.lock);

	if (!is_down(pf)) {
		dev_info(&pf->pdev->dev,
			 "Device qat_dev%d must be down to reconfigure the service.\n", pf->id);
		return -EINVAL;
	}
	if (qatvf_services_check(pf, row))
		return -EINVAL;
	pf->settings.services = row;
	WRITE_ONCE(pf->settings.services_text, qatvf_services_text(row, name));
	return 0;
}

static ssize_t cfg_services_store(struct device *dev, struct device_attribute *attr,
				  const char *buf, size_t count)
{
	const struct qatvf_services *row = NULL;
	struct qatvf_pf *pf = to_pf(dev);
	char name[SERVICES_TEXT_MAX];
	size_t len = count;
	int err;

	/* One newline is the end of the line, a second one is not. */
	if (len && buf[len - 1] == '\n')
		len--;
	if (len < sizeof(name)) {
		memcpy(name, buf, len);
		name[len] = '\0';
		if (strlen(name) == len)
			row = qatvf_services_find(name);
	}
	if (!row) {
		dev_info(dev, "cfg_services: unknown combination of services\n");
		return -EINVAL;
	}

	mutex_lock(&pf->sriov.lock);
	err = set_services(pf, row, name);
	mutex_unlock(&pf->sriov.lock);
	return err ? err : count;
}
static DEVICE_ATTR_RW(cfg_services);

static ssize_t pm_idle_enabled_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(to_pf(dev)->settings.idle));
}

static int set_idle(struct qatvf_pf *pf, bool idle)
{
	lockdep_assert_held(&pf->sriov.lock);

	if (!is_down(pf)) {
		dev_info(&pf->pdev->dev,
			 "Device qat_dev%d must be down to set pm_idle_enabled.\n", pf->id);
		return -EINVAL;
	}
	WRITE_ONCE(pf->settings.idle, idle);
	WRITE_ONCE(pf->settings.idle_set, true);
	return 0;
}

static ssize_t pm_idle_enabled_store(struct device *dev, struct device_attribute *attr,
				     const char *buf, size_t count)
{
	struct qatvf_pf *pf = to_pf(dev);
	bool idle;
	int err;

	err = kstrtobool(buf, &idle);
	if (err)
		return err;
	mutex_lock(&pf->sriov.lock);
	err = set_idle(pf, idle);
	mutex_unlock(&pf->sriov.lock);
	return err ? err : count;
}
static DEVICE_ATTR_RW(pm_idle_enabled);

static ssize_t rp2srv_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct qatvf_pf *pf = to_pf(dev);
	int rp = READ_ONCE(pf->settings.ring_pair);

	if (rp < 0)
		return -EINVAL;
	switch (QAT_RP_SERVICE(READ_ONCE(pf->ring_map), rp % QAT_RPS_PER_VF)) {
	case QAT_SVC_COMPRESSION:
		return sysfs_emit(buf, "dc\n");
	case QAT_SVC_SYM:
		return sysfs_emit(buf, "sym\n");
	case QAT_SVC_ASYM:
		return sysfs_emit(buf, "asym\n");
	}
	return -EINVAL;
}

static ssize_t rp2srv_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	struct qatvf_pf *pf = to_pf(dev);
	int err, rp;

	err = kstrtoint(buf, 10, &rp);
	if (err)
		return err;
	if (rp < 0 || rp >= QAT_NUM_RPS) {
		dev_err(dev, "Device does not support more than %u ring pairs\n", QAT_NUM_RPS);
		return -EINVAL;
	}
	WRITE_ONCE(pf->settings.ring_pair, rp);
	return count;
}
static DEVICE_ATTR_RW(rp2srv);

static ssize_t num_rps_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", QAT_NUM_RPS);
}
static DEVICE_ATTR_RO(num_rps);

static ssize_t auto_reset_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", READ_ONCE(to_pf(dev)->settings.auto_reset) ? "on" : "off");
}

static ssize_t auto_reset_store(struct device *dev, struct device_attribute *attr,
				const char *buf, size_t count)
{
	bool on;
	int err;

	err = kstrtobool(buf, &on);
	if (err)
		return err;
	WRITE_ONCE(to_pf(dev)->settings.auto_reset, on);
	return count;
}
static DEVICE_ATTR_RW(auto_reset);

static struct attribute *attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_cfg_services.attr,
	&dev_attr_pm_idle_enabled.attr,
	&dev_attr_rp2srv.attr,
	&dev_attr_num_rps.attr,
	&dev_attr_auto_reset.attr,
	NULL,
};

static const struct attribute_group group = {
	.name = "qat",
	.attrs = attrs,
};

/**
 * qatvf_sysfs_add() - create the group
 * @pf: PF, up
 *
 * Context: probe, may sleep.
 * Return: 0, or the error of sysfs.
 */
int qatvf_sysfs_add(struct qatvf_pf *pf)
{
	int err = sysfs_create_group(&pf->pdev->dev.kobj, &group);

	if (err)
		dev_err(&pf->pdev->dev, "sysfs group %s cannot be created: error %d\n",
			group.name, err);
	return err;
}

/**
 * qatvf_sysfs_remove() - remove it, wait for readers and writers
 * @pf: PF; qatvf_sriov_cancel() has been called
 *
 * Context: remove, with the device lock, without qatvf_sriov.lock; sleeps.
 */
void qatvf_sysfs_remove(struct qatvf_pf *pf)
{
	sysfs_remove_group(&pf->pdev->dev.kobj, &group);
}
