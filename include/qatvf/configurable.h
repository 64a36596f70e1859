/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Between configfs in qatvf_core, whose tree outlives the PF driver, and a PF.  The PF
 * announces itself and asks; what an administrator enables comes up through apply().
 */
#ifndef QATVF_CONFIGURABLE_H
#define QATVF_CONFIGURABLE_H

#include <linux/list.h>
#include <linux/types.h>

struct qatvf_config;

/**
 * struct qatvf_configurable - a PF that can be configured
 * @name:	address of the PF
 * @apply:	do what an enabled configuration says, or, for NULL, be without one and
 *		without VFs.  Refuses with -EBUSY, after a line in the log, what would
 *		disturb a guest; returns -ESHUTDOWN if the PF is going away.  Process
 *		context, no locks that probe or remove of any PF take; one call at a time.
 * @node:	private to core
 * @calls:	private to core: calls of @apply that run
 */
struct qatvf_configurable {
	const char *name;
	int (*apply)(struct qatvf_configurable *pf, const struct qatvf_config *config);
	struct list_head node;
	unsigned int calls;
};

void qatvf_configurable_add(struct qatvf_configurable *pf);
void qatvf_configurable_del(struct qatvf_configurable *pf);
bool qatvf_configurable_get(const char *name, struct qatvf_config *config);
void qatvf_configurable_report(const char *name, int err);

#endif /* QATVF_CONFIGURABLE_H */
