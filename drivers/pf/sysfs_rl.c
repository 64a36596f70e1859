// SPDX-License-Identifier: GPL-2.0
/*
 * Group qat_rl/ of the PF in sysfs: a form that is filled in, and an operation that is
 * done with it.  It exists while the PF is up and can limit rates.
 *
 * Facts: reference 08 section 4.
 */
#include <linux/kernel.h>
#include <linux/sysfs.h>

#include "device.h"

static const char * const service_name[QATVF_RL_SERVICES] = {
	[QATVF_RL_ASYM] = "asym",
	[QATVF_RL_SYM] = "sym",
	[QATVF_RL_DC] = "dc",
};

static struct qatvf_pf *to_pf(struct device *dev)
{
	return pci_get_drvdata(to_pci_dev(dev));
}

static struct qatvf_rl_form *to_form(struct device *dev)
{
	return &to_pf(dev)->rl.form;
}

static ssize_t rp_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%#llx\n", READ_ONCE(to_form(dev)->sla.rps));
}

static ssize_t rp_store(struct device *dev, struct device_attribute *attr, const char *buf,
			size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);
	u64 rps;
	int err;

	err = kstrtou64(buf, 16, &rps);
	if (err)
		return err;
	mutex_lock(&form->lock);
	form->sla.rps = rps;
	mutex_unlock(&form->lock);
	return count;
}
static DEVICE_ATTR_RW(rp);

static ssize_t id_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(to_form(dev)->id));
}

static ssize_t id_store(struct device *dev, struct device_attribute *attr, const char *buf,
			size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);
	int err, id;

	err = kstrtoint(buf, 10, &id);
	if (err)
		return err;
	mutex_lock(&form->lock);
	form->id = id;
	mutex_unlock(&form->lock);
	return count;
}
static DEVICE_ATTR_RW(id);

static ssize_t store_rate(struct qatvf_rl_form *form, u32 *rate, const char *buf, size_t count)
{
	u32 value;
	int err;

	err = kstrtou32(buf, 10, &value);
	if (err)
		return err;
	mutex_lock(&form->lock);
	*rate = value;
	mutex_unlock(&form->lock);
	return count;
}

static ssize_t cir_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", READ_ONCE(to_form(dev)->sla.rates.committed));
}

static ssize_t cir_store(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);

	return store_rate(form, &form->sla.rates.committed, buf, count);
}
static DEVICE_ATTR_RW(cir);

static ssize_t pir_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", READ_ONCE(to_form(dev)->sla.rates.peak));
}

static ssize_t pir_store(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);

	return store_rate(form, &form->sla.rates.peak, buf, count);
}
static DEVICE_ATTR_RW(pir);

/* A service that is on, or -EINVAL. */
static int parse_service(struct qatvf_pf *pf, const char *buf)
{
	int service = sysfs_match_string(service_name, buf);

	return service < 0 || qatvf_rl_serves(pf, service) ? service : -EINVAL;
}

static ssize_t srv_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	enum qatvf_rl_service service = READ_ONCE(to_form(dev)->sla.service);

	return service < QATVF_RL_SERVICES ? sysfs_emit(buf, "%s\n", service_name[service]) :
					     -EINVAL;
}

static ssize_t srv_store(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);
	int service = parse_service(to_pf(dev), buf);

	if (service < 0)
		return service;
	mutex_lock(&form->lock);
	form->sla.service = service;
	mutex_unlock(&form->lock);
	return count;
}
static DEVICE_ATTR_RW(srv);

static ssize_t cap_rem_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	int left = qatvf_rl_remaining(to_pf(dev), READ_ONCE(to_form(dev)->remaining));

	return left < 0 ? left : sysfs_emit(buf, "%d\n", left);
}

static ssize_t cap_rem_store(struct device *dev, struct device_attribute *attr, const char *buf,
			     size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);
	int service = sysfs_match_string(service_name, buf);

	if (service < 0)
		return service;
	mutex_lock(&form->lock);
	form->remaining = service;
	mutex_unlock(&form->lock);
	return count;
}
static DEVICE_ATTR_RW(cap_rem);

static int op_add(struct qatvf_pf *pf, struct qatvf_rl_form *form)
{
	int id = qatvf_rl_add(pf, &form->sla);

	form->id = id < 0 ? -1 : id;
	return id < 0 ? id : 0;
}

static int op_update(struct qatvf_pf *pf, struct qatvf_rl_form *form)
{
	return qatvf_rl_update(pf, form->id, form->sla.rates);
}

static int op_rm(struct qatvf_pf *pf, struct qatvf_rl_form *form)
{
	return qatvf_rl_remove(pf, form->id);
}

static int op_rm_all(struct qatvf_pf *pf, struct qatvf_rl_form *form)
{
	qatvf_rl_remove_all(pf);
	return 0;
}

static int op_get(struct qatvf_pf *pf, struct qatvf_rl_form *form)
{
	return qatvf_rl_get(pf, form->id, &form->sla);
}

static const struct {
	const char *word;
	int (*run)(struct qatvf_pf *pf, struct qatvf_rl_form *form);
} operations[] = {
	{ "add", op_add },
	{ "update", op_update },
	{ "rm", op_rm },
	{ "rm_all", op_rm_all },
	{ "get", op_get },
};

static ssize_t sla_op_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	struct qatvf_rl_form *form = to_form(dev);
	int err = -EINVAL;
	unsigned int i;

	mutex_lock(&form->lock);
	for (i = 0; i < ARRAY_SIZE(operations); i++) {
		if (sysfs_streq(buf, operations[i].word)) {
			err = operations[i].run(to_pf(dev), form);
			break;
		}
	}
	mutex_unlock(&form->lock);
	return err ? err : count;
}
static DEVICE_ATTR_WO(sla_op);

static struct attribute *attrs[] = {
	&dev_attr_rp.attr,
	&dev_attr_id.attr,
	&dev_attr_cir.attr,
	&dev_attr_pir.attr,
	&dev_attr_srv.attr,
	&dev_attr_cap_rem.attr,
	&dev_attr_sla_op.attr,
	NULL,
};

static const struct attribute_group group = {
	.name = "qat_rl",
	.attrs = attrs,
};

/**
 * qatvf_sysfs_rl_add() - step of bring-up: an empty form
 * @pf: PF
 *
 * Context: life worker, may sleep.
 * Return: 0, or the error of sysfs.
 */
int qatvf_sysfs_rl_add(struct qatvf_pf *pf)
{
	struct qatvf_rl_form *form = &pf->rl.form;

	if (!pf->rl.on)
		return 0;
	form->id = 0;
	memset(&form->sla, 0, sizeof(form->sla));
	form->sla.service = QATVF_RL_SERVICES;
	form->remaining = QATVF_RL_SERVICES;
	return sysfs_create_group(&pf->pdev->dev.kobj, &group);
}

/**
 * qatvf_sysfs_rl_remove() - undo; waits for readers and writers
 * @pf: PF
 *
 * Context: life worker, sleeps for up to 5 s.
 */
void qatvf_sysfs_rl_remove(struct qatvf_pf *pf)
{
	if (pf->rl.on)
		sysfs_remove_group(&pf->pdev->dev.kobj, &group);
}
