/* SPDX-License-Identifier: GPL-2.0 */
/*
 * configfs: the objects behind the directories, and what connects the tree
 * (config_tree.c) with the PFs (config_apply.c).
 *
 * Locks: qatvf_config_pf.apply_lock is held while a PF applies something, which takes
 * seconds.  qatvf_config_lock, inside it, guards all contents and lists, and is held
 * shortly: probes of PFs take it, and the loading of a module, which apply may lead to,
 * waits for probes.
 */
#ifndef QATVF_CORE_CONFIG_H
#define QATVF_CORE_CONFIG_H

#include <linux/configfs.h>
#include <linux/list.h>
#include <linux/mutex.h>

#include "qatvf/config.h"

/**
 * struct qatvf_config_profile - directory of a profile
 * @item:	in configfs
 * @settings:	what it says
 */
struct qatvf_config_profile {
	struct config_item item;
	struct qatvf_config_vf settings;
};

struct qatvf_config_pf;

/**
 * struct qatvf_config_slot - directory of a VF
 * @group:	in configfs
 * @pf:		the directory above
 * @nr:		its number
 * @settings:	what it says itself
 * @profile:	linked profile, or NULL
 */
struct qatvf_config_slot {
	struct config_group group;
	struct qatvf_config_pf *pf;
	unsigned int nr;
	struct qatvf_config_vf settings;
	struct qatvf_config_profile *profile;
};

/**
 * struct qatvf_config_pf - directory of a PF
 * @group:	in configfs
 * @node:	in the list of directories
 * @apply_lock:	one change at a time
 * @prepared:	services and num_vfs as the attributes show them
 * @enabled:	@applied holds for the PF, whenever it is there
 * @err:	result of the last attempt to apply it
 * @applied:	what was checked and enabled
 * @vf:		directories of VFs
 */
struct qatvf_config_pf {
	struct config_group group;
	struct list_head node;
	struct mutex apply_lock;	/* order of calls to the PF */
	struct qatvf_config prepared;
	bool enabled;
	int err;
	struct qatvf_config applied;
	struct qatvf_config_slot vf[QATVF_CONFIG_VFS];
};

extern struct mutex qatvf_config_lock;

/* config_tree.c */
int qatvf_config_tree_init(void);
void qatvf_config_tree_exit(void);
struct configfs_subsystem *qatvf_config_subsystem(void);

/* config_apply.c */
void qatvf_config_pf_add(struct qatvf_config_pf *dir);
void qatvf_config_pf_del(struct qatvf_config_pf *dir);
const char *qatvf_config_pf_status(struct qatvf_config_pf *dir, int *err);
int qatvf_config_enable(struct qatvf_config_pf *dir, bool on);
int qatvf_config_slot_set(struct qatvf_config_slot *slot, enum qatvf_config_setting setting,
			  const char *text);
int qatvf_config_profile_set(struct qatvf_config_profile *profile,
			     enum qatvf_config_setting setting, const char *text);

#endif /* QATVF_CORE_CONFIG_H */
