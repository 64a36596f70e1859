// SPDX-License-Identifier: GPL-2.0
/*
 * The tree /sys/kernel/config/qatvf: a directory per PF, made by the administrator
 * whether the PF is there or not, in it one per VF, and profiles that VFs link to.
 * What writing means is in config_apply.c, what the words mean in config_text.c.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "config.h"

static struct qatvf_config_pf *to_dir(struct config_item *item)
{
	return container_of(to_config_group(item), struct qatvf_config_pf, group);
}

static struct qatvf_config_slot *to_slot(struct config_item *item)
{
	return container_of(to_config_group(item), struct qatvf_config_slot, group);
}

static struct qatvf_config_profile *to_profile(struct config_item *item)
{
	return container_of(item, struct qatvf_config_profile, item);
}

/* A NUL would hide what follows it. */
static bool is_text(const char *page, size_t count)
{
	return strnlen(page, count) == count;
}

/* Settings of VFs and profiles: a line each */

static ssize_t show_setting(const struct qatvf_config_vf *settings,
			    enum qatvf_config_setting setting, char *page)
{
	int len;

	mutex_lock(&qatvf_config_lock);
	len = qatvf_config_show(settings, setting, page);
	mutex_unlock(&qatvf_config_lock);
	page[len++] = '\n';
	return len;
}

static ssize_t show_slot(struct config_item *item, enum qatvf_config_setting setting, char *page)
{
	return show_setting(&to_slot(item)->settings, setting, page);
}

static ssize_t store_slot(struct config_item *item, enum qatvf_config_setting setting,
			  const char *page, size_t count)
{
	struct qatvf_config_slot *slot = to_slot(item);
	int err;

	if (!is_text(page, count)) {
		pr_err("%s/vf%u/%s: not understood\n",
		       config_item_name(&slot->pf->group.cg_item), slot->nr,
		       qatvf_config_setting_name(setting));
		return -EINVAL;
	}
	err = qatvf_config_slot_set(slot, setting, page);
	return err ?: count;
}

static ssize_t show_profile(struct config_item *item, enum qatvf_config_setting setting,
			    char *page)
{
	return show_setting(&to_profile(item)->settings, setting, page);
}

static ssize_t store_profile(struct config_item *item, enum qatvf_config_setting setting,
			     const char *page, size_t count)
{
	int err;

	if (!is_text(page, count)) {
		pr_err("profiles/%s/%s: not understood\n", config_item_name(item),
		       qatvf_config_setting_name(setting));
		return -EINVAL;
	}
	err = qatvf_config_profile_set(to_profile(item), setting, page);
	return err ?: count;
}

#define SETTING(kind, name, setting)							\
static ssize_t kind##_##name##_show(struct config_item *item, char *page)		\
{											\
	return show_##kind(item, setting, page);					\
}											\
static ssize_t kind##_##name##_store(struct config_item *item, const char *page,	\
				     size_t count)					\
{											\
	return store_##kind(item, setting, page, count);				\
}											\
CONFIGFS_ATTR(kind##_, name)

SETTING(slot, driver, QATVF_SET_DRIVER);
SETTING(slot, services, QATVF_SET_SERVICES);
SETTING(slot, rate_asym, QATVF_SET_RATE_ASYM);
SETTING(slot, rate_sym, QATVF_SET_RATE_SYM);
SETTING(slot, rate_dc, QATVF_SET_RATE_DC);
SETTING(slot, mailbox, QATVF_SET_MAILBOX);
SETTING(slot, label, QATVF_SET_LABEL);

static struct configfs_attribute *slot_attrs[] = {
	&slot_attr_driver,
	&slot_attr_services,
	&slot_attr_rate_asym,
	&slot_attr_rate_sym,
	&slot_attr_rate_dc,
	&slot_attr_mailbox,
	&slot_attr_label,
	NULL,
};

SETTING(profile, driver, QATVF_SET_DRIVER);
SETTING(profile, services, QATVF_SET_SERVICES);
SETTING(profile, rate_asym, QATVF_SET_RATE_ASYM);
SETTING(profile, rate_sym, QATVF_SET_RATE_SYM);
SETTING(profile, rate_dc, QATVF_SET_RATE_DC);
SETTING(profile, mailbox, QATVF_SET_MAILBOX);

static struct configfs_attribute *profile_attrs[] = {
	&profile_attr_driver,
	&profile_attr_services,
	&profile_attr_rate_asym,
	&profile_attr_rate_sym,
	&profile_attr_rate_dc,
	&profile_attr_mailbox,
	NULL,
};

/* Profiles */

static void profile_release(struct config_item *item)
{
	kfree(to_profile(item));
}

static struct configfs_item_operations profile_ops = {
	.release = profile_release,
};

static const struct config_item_type profile_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &profile_ops,
	.ct_attrs = profile_attrs,
};

static struct config_item *make_profile(struct config_group *group, const char *name)
{
	struct qatvf_config_profile *profile;

	if (!qatvf_config_profile_name(name)) {
		pr_err("profiles/%.32s: a name is up to %d letters, digits and any of -_.\n", name,
		       QATVF_CONFIG_PROFILE - 1);
		return ERR_PTR(-EINVAL);
	}
	profile = kzalloc(sizeof(*profile), GFP_KERNEL);
	if (!profile)
		return ERR_PTR(-ENOMEM);
	config_item_init_type_name(&profile->item, name, &profile_type);
	return &profile->item;
}

static struct configfs_group_operations profiles_ops = {
	.make_item = make_profile,
};

static const struct config_item_type profiles_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &profiles_ops,
};

/* VFs: a link to a profile, under any name */

static int link_profile(struct config_item *item, struct config_item *target)
{
	struct qatvf_config_slot *slot = to_slot(item);
	const char *why = NULL;
	int err = 0;

	mutex_lock(&qatvf_config_lock);
	if (target->ci_type != &profile_type) {
		err = -EINVAL;
		why = "links lead to profiles only";
	} else if (slot->pf->enabled) {
		err = -EBUSY;
		why = "no link to a profile while enabled";
	} else if (slot->profile) {
		err = -EEXIST;
		why = "has a profile already";
	} else {
		slot->profile = to_profile(target);
	}
	mutex_unlock(&qatvf_config_lock);
	if (err)
		pr_err("%s/vf%u: %s\n", config_item_name(&slot->pf->group.cg_item), slot->nr, why);
	return err;
}

/* Cannot be refused: what is enabled stays as it was until it is enabled again. */
static void unlink_profile(struct config_item *item, struct config_item *target)
{
	struct qatvf_config_slot *slot = to_slot(item);

	mutex_lock(&qatvf_config_lock);
	slot->profile = NULL;
	if (slot->pf->enabled)
		pr_notice("%s/vf%u: link to a profile removed; takes effect when 1 is written to enable\n",
			  config_item_name(&slot->pf->group.cg_item), slot->nr);
	mutex_unlock(&qatvf_config_lock);
}

static struct configfs_item_operations slot_ops = {
	.allow_link = link_profile,
	.drop_link = unlink_profile,
};

static const struct config_item_type slot_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &slot_ops,
	.ct_attrs = slot_attrs,
};

/* PFs */

static ssize_t pf_services_show(struct config_item *item, char *page)
{
	int len;

	mutex_lock(&qatvf_config_lock);
	len = sprintf(page, "%s\n", to_dir(item)->prepared.services);
	mutex_unlock(&qatvf_config_lock);
	return len;
}

static ssize_t pf_num_vfs_show(struct config_item *item, char *page)
{
	return sprintf(page, "%u\n", READ_ONCE(to_dir(item)->prepared.num_vfs));
}

/* What of the PF itself can be changed only while it is not enabled. */
static ssize_t prepare(struct config_item *item, const char *page, size_t count,
		       int (*set)(struct qatvf_config *config, const char *text),
		       const char *what)
{
	struct qatvf_config_pf *dir = to_dir(item);
	const char *why = "not understood";
	int err = -EINVAL;

	mutex_lock(&qatvf_config_lock);
	if (dir->enabled) {
		err = -EBUSY;
		why = "cannot be changed while enabled";
	} else if (is_text(page, count)) {
		err = set(&dir->prepared, page);
		if (err == -ERANGE)
			why = "out of range";
	}
	mutex_unlock(&qatvf_config_lock);
	if (err)
		pr_err("%s/%s: %s\n", config_item_name(item), what, why);
	return err ?: count;
}

static ssize_t pf_services_store(struct config_item *item, const char *page, size_t count)
{
	return prepare(item, page, count, qatvf_config_set_services, "services");
}

static ssize_t pf_num_vfs_store(struct config_item *item, const char *page, size_t count)
{
	return prepare(item, page, count, qatvf_config_set_num_vfs, "num_vfs");
}

static ssize_t pf_enable_show(struct config_item *item, char *page)
{
	return sprintf(page, "%d\n", READ_ONCE(to_dir(item)->enabled));
}

static ssize_t pf_enable_store(struct config_item *item, const char *page, size_t count)
{
	bool on;
	int err;

	err = is_text(page, count) ? kstrtobool(page, &on) : -EINVAL;
	if (err) {
		pr_err("%s/enable: not understood\n", config_item_name(item));
		return err;
	}
	err = qatvf_config_enable(to_dir(item), on);
	return err ?: count;
}

static ssize_t pf_status_show(struct config_item *item, char *page)
{
	int err;
	const char *word = qatvf_config_pf_status(to_dir(item), &err);

	return err ? sprintf(page, "%s %d\n", word, err) : sprintf(page, "%s\n", word);
}

CONFIGFS_ATTR(pf_, services);
CONFIGFS_ATTR(pf_, num_vfs);
CONFIGFS_ATTR(pf_, enable);
CONFIGFS_ATTR_RO(pf_, status);

static struct configfs_attribute *pf_attrs[] = {
	&pf_attr_services,
	&pf_attr_num_vfs,
	&pf_attr_enable,
	&pf_attr_status,
	NULL,
};

static void pf_release(struct config_item *item)
{
	kfree(to_dir(item));
}

static struct configfs_item_operations pf_ops = {
	.release = pf_release,
};

static const struct config_item_type pf_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &pf_ops,
	.ct_attrs = pf_attrs,
};

static void add_slot(struct qatvf_config_pf *dir, unsigned int nr)
{
	struct qatvf_config_slot *slot = &dir->vf[nr];
	char name[8];

	slot->pf = dir;
	slot->nr = nr;
	snprintf(name, sizeof(name), "vf%u", nr);
	config_group_init_type_name(&slot->group, name, &slot_type);
	configfs_add_default_group(&slot->group, &dir->group);
}

static struct config_group *make_pf(struct config_group *group, const char *name)
{
	struct qatvf_config_pf *dir;
	unsigned int nr;

	if (!qatvf_config_address(name)) {
		pr_err("%.32s: not the address of a PF, DDDD:BB:DD.F\n", name);
		return ERR_PTR(-EINVAL);
	}
	dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	if (!dir)
		return ERR_PTR(-ENOMEM);
	mutex_init(&dir->apply_lock);
	qatvf_config_init(&dir->prepared);
	config_group_init_type_name(&dir->group, name, &pf_type);
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++)
		add_slot(dir, nr);
	qatvf_config_pf_add(dir);
	return &dir->group;
}

static void drop_pf(struct config_group *group, struct config_item *item)
{
	struct qatvf_config_pf *dir = to_dir(item);

	qatvf_config_pf_del(dir);
	configfs_remove_default_groups(&dir->group);
	config_item_put(item);
}

static struct configfs_group_operations root_ops = {
	.make_group = make_pf,
	.drop_item = drop_pf,
};

static const struct config_item_type root_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &root_ops,
};

static struct configfs_subsystem subsystem = {
	.su_group = {
		.cg_item = {
			.ci_namebuf = "qatvf",
			.ci_type = &root_type,
		},
	},
};

static struct config_group profiles;

/**
 * qatvf_config_subsystem() - our part of configfs
 *
 * Return: constant.
 */
struct configfs_subsystem *qatvf_config_subsystem(void)
{
	return &subsystem;
}

/**
 * qatvf_config_tree_init() - make the tree
 *
 * Context: module init.
 * Return: 0, or the error of configfs.
 */
int qatvf_config_tree_init(void)
{
	config_group_init(&subsystem.su_group);
	mutex_init(&subsystem.su_mutex);
	config_group_init_type_name(&profiles, "profiles", &profiles_type);
	configfs_add_default_group(&profiles, &subsystem.su_group);
	return configfs_register_subsystem(&subsystem);
}

/**
 * qatvf_config_tree_exit() - undo qatvf_config_tree_init()
 *
 * The module goes only when no directory is left.
 *
 * Context: module exit.
 */
void qatvf_config_tree_exit(void)
{
	configfs_unregister_subsystem(&subsystem);
}
