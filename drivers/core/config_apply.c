// SPDX-License-Identifier: GPL-2.0
/*
 * From directories to devices: a configuration is put together from a PF's directory,
 * its VFs' and their profiles, checked as a whole, and given to the PF, now or when it
 * appears.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bits.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "config.h"
#include "qatvf/configurable.h"

/* Contents of all directories and the lists; see config.h. */
DEFINE_MUTEX(qatvf_config_lock);

static LIST_HEAD(dirs);
static LIST_HEAD(pfs);
static DECLARE_WAIT_QUEUE_HEAD(call_ended);

/* Can be changed under a running guest; of the driver the PF says whether it can. */
#define SAFE_IN_VF	(BIT(QATVF_SET_LABEL) | BIT(QATVF_SET_MAILBOX) |		\
			 BIT(QATVF_SET_RATE_ASYM) | BIT(QATVF_SET_RATE_SYM) |	\
			 BIT(QATVF_SET_RATE_DC) | BIT(QATVF_SET_DRIVER))
#define SAFE_IN_PROFILE	(SAFE_IN_VF & ~BIT(QATVF_SET_DRIVER))

static const char *name_of(struct qatvf_config_pf *dir)
{
	return config_item_name(&dir->group.cg_item);
}

static struct qatvf_config_pf *find_dir(const char *name)
{
	struct qatvf_config_pf *dir;

	lockdep_assert_held(&qatvf_config_lock);
	list_for_each_entry(dir, &dirs, node)
		if (!strcmp(name_of(dir), name))
			return dir;
	return NULL;
}

static struct qatvf_configurable *find_pf(const char *name)
{
	struct qatvf_configurable *pf;

	lockdep_assert_held(&qatvf_config_lock);
	list_for_each_entry(pf, &pfs, node)
		if (!strcmp(pf->name, name))
			return pf;
	return NULL;
}

/**
 * qatvf_configurable_add() - a PF can be configured from now on
 * @pf: caller's memory, until qatvf_configurable_del() returns
 *
 * The PF then asks qatvf_configurable_get() for itself.
 *
 * Context: process context, sleeps shortly.
 */
void qatvf_configurable_add(struct qatvf_configurable *pf)
{
	mutex_lock(&qatvf_config_lock);
	list_add_tail(&pf->node, &pfs);
	mutex_unlock(&qatvf_config_lock);
}
EXPORT_SYMBOL_GPL(qatvf_configurable_add);

static bool calls_over(struct qatvf_configurable *pf)
{
	bool over;

	mutex_lock(&qatvf_config_lock);
	over = !pf->calls;
	mutex_unlock(&qatvf_config_lock);
	return over;
}

/**
 * qatvf_configurable_del() - a PF goes away
 * @pf: as given to qatvf_configurable_add(); its apply() returns soon
 *
 * Context: process context, sleeps until a running apply() is over.
 */
void qatvf_configurable_del(struct qatvf_configurable *pf)
{
	mutex_lock(&qatvf_config_lock);
	list_del(&pf->node);
	mutex_unlock(&qatvf_config_lock);
	wait_event(call_ended, calls_over(pf));
}
EXPORT_SYMBOL_GPL(qatvf_configurable_del);

/**
 * qatvf_configurable_get() - what is enabled for a PF
 * @name: its address
 * @config: set, if there is something
 *
 * Context: process context, sleeps shortly.
 * Return: true if a configuration is enabled.
 */
bool qatvf_configurable_get(const char *name, struct qatvf_config *config)
{
	struct qatvf_config_pf *dir;
	bool enabled;

	mutex_lock(&qatvf_config_lock);
	dir = find_dir(name);
	enabled = dir && dir->enabled;
	if (enabled)
		*config = dir->applied;
	mutex_unlock(&qatvf_config_lock);
	return enabled;
}
EXPORT_SYMBOL_GPL(qatvf_configurable_get);

/**
 * qatvf_configurable_report() - a PF has applied what it asked for
 * @name: its address
 * @err: 0, or why it could not
 *
 * Context: process context, sleeps shortly.
 */
void qatvf_configurable_report(const char *name, int err)
{
	struct qatvf_config_pf *dir;

	mutex_lock(&qatvf_config_lock);
	dir = find_dir(name);
	if (dir)
		dir->err = err;
	mutex_unlock(&qatvf_config_lock);
}
EXPORT_SYMBOL_GPL(qatvf_configurable_report);

/**
 * qatvf_config_pf_add() - a PF's directory is there
 * @dir: directory, initialised
 *
 * Context: process context, sleeps shortly.
 */
void qatvf_config_pf_add(struct qatvf_config_pf *dir)
{
	mutex_lock(&qatvf_config_lock);
	list_add_tail(&dir->node, &dirs);
	mutex_unlock(&qatvf_config_lock);
}

/**
 * qatvf_config_pf_del() - undo qatvf_config_pf_add()
 * @dir: directory, not enabled
 *
 * Context: process context, sleeps shortly.
 */
void qatvf_config_pf_del(struct qatvf_config_pf *dir)
{
	mutex_lock(&qatvf_config_lock);
	list_del(&dir->node);
	mutex_unlock(&qatvf_config_lock);
}

/**
 * qatvf_config_pf_status() - how it stands with a PF
 * @dir: its directory
 * @err: set to the result of the last attempt to apply it
 *
 * Context: process context, sleeps shortly.
 * Return: a word.
 */
const char *qatvf_config_pf_status(struct qatvf_config_pf *dir, int *err)
{
	const char *word;

	mutex_lock(&qatvf_config_lock);
	*err = dir->enabled ? dir->err : 0;
	if (!dir->enabled)
		word = "off";
	else if (!find_pf(name_of(dir)))
		word = "waiting";
	else
		word = *err ? "failed" : "applied";
	mutex_unlock(&qatvf_config_lock);
	return word;
}

/* What the directories say now, profiles worked in. */
static void compose(struct qatvf_config_pf *dir, struct qatvf_config *config)
{
	unsigned int nr;

	lockdep_assert_held(&qatvf_config_lock);
	*config = dir->prepared;
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++) {
		config->vf[nr] = dir->vf[nr].settings;
		if (dir->vf[nr].profile)
			qatvf_config_inherit(&config->vf[nr], &dir->vf[nr].profile->settings);
	}
}

static int check(struct qatvf_config_pf *dir, struct qatvf_config *config)
{
	struct qatvf_config_fault fault;
	int err;

	compose(dir, config);
	err = qatvf_config_check(config, &fault);
	if (err)
		pr_err("%s/%s: %s\n", name_of(dir), fault.where, fault.why);
	return err;
}

/* Gives @config to the PF if it is there; without qatvf_config_lock. */
static int call(struct qatvf_config_pf *dir, const struct qatvf_config *config)
{
	struct qatvf_configurable *pf;
	int err;

	lockdep_assert_held(&dir->apply_lock);
	mutex_lock(&qatvf_config_lock);
	pf = find_pf(name_of(dir));
	if (pf)
		pf->calls++;
	mutex_unlock(&qatvf_config_lock);
	if (!pf)
		return 0;

	err = pf->apply(pf, config);

	mutex_lock(&qatvf_config_lock);
	pf->calls--;
	wake_up_all(&call_ended);
	mutex_unlock(&qatvf_config_lock);
	return err == -ESHUTDOWN ? 0 : err;
}

/* Two configurations: too large for the stack. */
struct change {
	struct qatvf_config old;
	struct qatvf_config new;
};

/*
 * Make what the directories say the enabled configuration, and tell the PF.  If that
 * fails, what was enabled before stays so.
 */
static int apply(struct qatvf_config_pf *dir, struct change *change)
{
	bool was;
	int err;

	lockdep_assert_held(&dir->apply_lock);
	mutex_lock(&qatvf_config_lock);
	was = dir->enabled;
	err = check(dir, &change->new);
	if (!err) {
		change->old = dir->applied;
		dir->applied = change->new;
		dir->enabled = true;
	}
	mutex_unlock(&qatvf_config_lock);
	if (err)
		return err;

	err = call(dir, &change->new);

	mutex_lock(&qatvf_config_lock);
	if (!err) {
		dir->err = 0;
	} else {
		dir->enabled = was;
		dir->applied = change->old;
	}
	mutex_unlock(&qatvf_config_lock);
	/* A part may have been done; without effect if nothing was. */
	if (err && was)
		call(dir, &change->old);
	return err;
}

/* An enabled directory is not removed. */
static int switch_on(struct qatvf_config_pf *dir)
{
	bool was = READ_ONCE(dir->enabled);
	struct change *change;
	int err;

	change = kmalloc(sizeof(*change), GFP_KERNEL);
	if (!change)
		return -ENOMEM;
	err = was ? 0 : configfs_depend_item_unlocked(qatvf_config_subsystem(),
						      &dir->group.cg_item);
	if (!err) {
		err = apply(dir, change);
		if (err && !was)
			configfs_undepend_item_unlocked(&dir->group.cg_item);
	}
	kfree(change);
	return err;
}

static int switch_off(struct qatvf_config_pf *dir)
{
	int err;

	if (!READ_ONCE(dir->enabled))
		return 0;
	err = call(dir, NULL);
	if (err)
		return err;
	mutex_lock(&qatvf_config_lock);
	dir->enabled = false;
	mutex_unlock(&qatvf_config_lock);
	configfs_undepend_item_unlocked(&dir->group.cg_item);
	return 0;
}

/**
 * qatvf_config_enable() - apply a PF's configuration, or take it back with its VFs
 * @dir: directory of the PF
 * @on: which
 *
 * Applying again what is enabled already makes up for what others changed.
 *
 * Context: store of a configfs attribute; sleeps while the PF applies it.
 * Return: 0, the error of qatvf_config_check(), or the PF's.
 */
int qatvf_config_enable(struct qatvf_config_pf *dir, bool on)
{
	int err;

	mutex_lock(&dir->apply_lock);
	err = on ? switch_on(dir) : switch_off(dir);
	mutex_unlock(&dir->apply_lock);
	return err;
}

static void explain(const char *what, const char *setting, int err)
{
	const char *why = "not understood";

	if (err == -EBUSY)
		why = "cannot be changed while enabled";
	else if (err == -ERANGE)
		why = "out of range";
	else if (err == -ENAMETOOLONG)
		why = "too long";
	pr_err("%s/%s: %s\n", what, setting, why);
}

static int set(struct qatvf_config_vf *settings, u32 allowed, const char *what,
	       enum qatvf_config_setting setting, const char *text)
{
	int err = allowed & BIT(setting) ? qatvf_config_set(settings, setting, text) : -EBUSY;

	if (err)
		explain(what, qatvf_config_setting_name(setting), err);
	return err;
}

static int slot_set(struct qatvf_config_slot *slot, enum qatvf_config_setting setting,
		    const char *text, struct change *change)
{
	struct qatvf_config_pf *dir = slot->pf;
	struct qatvf_config_vf before;
	bool enabled;
	char what[QATVF_CONFIG_NAME + 8];
	int err;

	snprintf(what, sizeof(what), "%s/vf%u", name_of(dir), slot->nr);
	mutex_lock(&qatvf_config_lock);
	enabled = dir->enabled;
	before = slot->settings;
	err = set(&slot->settings, enabled ? SAFE_IN_VF : ~0, what, setting, text);
	mutex_unlock(&qatvf_config_lock);
	if (err || !enabled)
		return err;

	err = apply(dir, change);
	if (err) {
		mutex_lock(&qatvf_config_lock);
		slot->settings = before;
		mutex_unlock(&qatvf_config_lock);
	}
	return err;
}

/**
 * qatvf_config_slot_set() - change a setting of a VF, at once if it is enabled
 * @slot: directory of the VF
 * @setting: which
 * @text: its value
 *
 * Context: store of a configfs attribute; sleeps while the PF applies it.
 * Return: 0, the error of qatvf_config_set() or qatvf_config_check(), -EBUSY if this
 * cannot be changed now, or the PF's error; then the setting is as it was.
 */
int qatvf_config_slot_set(struct qatvf_config_slot *slot, enum qatvf_config_setting setting,
			  const char *text)
{
	struct change *change;
	int err;

	change = kmalloc(sizeof(*change), GFP_KERNEL);
	if (!change)
		return -ENOMEM;
	mutex_lock(&slot->pf->apply_lock);
	err = slot_set(slot, setting, text, change);
	mutex_unlock(&slot->pf->apply_lock);
	kfree(change);
	return err;
}

static bool uses(struct qatvf_config_pf *dir, struct qatvf_config_profile *profile)
{
	unsigned int nr;

	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++)
		if (dir->vf[nr].profile == profile)
			return true;
	return false;
}

/* The next enabled directory that uses a profile, with a reference. */
static struct qatvf_config_pf *next_user(struct qatvf_config_profile *profile, unsigned int skip)
{
	struct qatvf_config_pf *dir, *found = NULL;

	mutex_lock(&qatvf_config_lock);
	list_for_each_entry(dir, &dirs, node) {
		if (!dir->enabled || !uses(dir, profile) || skip--)
			continue;
		config_group_get(&dir->group);
		found = dir;
		break;
	}
	mutex_unlock(&qatvf_config_lock);
	return found;
}

/* With the new settings, does every directory that uses them still make sense? */
static int check_users(struct qatvf_config_profile *profile, struct change *change)
{
	struct qatvf_config_pf *dir;
	int err = 0;

	lockdep_assert_held(&qatvf_config_lock);
	list_for_each_entry(dir, &dirs, node)
		if (!err && dir->enabled && uses(dir, profile))
			err = check(dir, &change->new);
	return err;
}

static int profile_set(struct qatvf_config_profile *profile, enum qatvf_config_setting setting,
		       const char *text, struct change *change)
{
	struct qatvf_config_vf before;
	struct qatvf_config_pf *dir;
	char what[CONFIGFS_ITEM_NAME_LEN + 16];
	u32 allowed = ~0;
	int err;

	snprintf(what, sizeof(what), "profiles/%s", config_item_name(&profile->item));
	mutex_lock(&qatvf_config_lock);
	list_for_each_entry(dir, &dirs, node)
		if (dir->enabled && uses(dir, profile))
			allowed = SAFE_IN_PROFILE;
	before = profile->settings;
	err = set(&profile->settings, allowed, what, setting, text);
	if (!err) {
		err = check_users(profile, change);
		if (err)
			profile->settings = before;
	}
	mutex_unlock(&qatvf_config_lock);
	return err;
}

/**
 * qatvf_config_profile_set() - change a setting of a profile, and at once of all enabled
 *				VFs that use it
 * @profile: directory of the profile
 * @setting: which
 * @text: its value
 *
 * Context: store of a configfs attribute; sleeps while PFs apply it.
 * Return: 0, the error of qatvf_config_set(), -EBUSY if this cannot be changed now, the
 * error of qatvf_config_check() for any of the PFs; then the setting is as it was.  The
 * first error of a PF that could not apply it: then the setting is changed nevertheless.
 */
int qatvf_config_profile_set(struct qatvf_config_profile *profile,
			     enum qatvf_config_setting setting, const char *text)
{
	struct qatvf_config_pf *dir;
	struct change *change;
	unsigned int i;
	int err, ret;

	change = kmalloc(sizeof(*change), GFP_KERNEL);
	if (!change)
		return -ENOMEM;
	ret = profile_set(profile, setting, text, change);
	if (ret)
		goto out;
	for (i = 0; (dir = next_user(profile, i)); i++) {
		mutex_lock(&dir->apply_lock);
		err = dir->enabled ? apply(dir, change) : 0;
		mutex_unlock(&dir->apply_lock);
		config_group_put(&dir->group);
		ret = ret ?: err;
	}
out:
	kfree(change);
	return ret;
}
