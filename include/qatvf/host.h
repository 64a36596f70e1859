/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which VFs of this host its own kernel may drive.  The PF driver registers
 * what the administrator granted; the VF driver asks.  VFs that nobody granted
 * stay free for guests and user space (reference 08, contract C29).
 */
#ifndef QATVF_HOST_H
#define QATVF_HOST_H

#include <linux/list.h>
#include <linux/types.h>

struct pci_dev;

/**
 * struct qatvf_host - one PF that this host owns
 * @node: entry in the list of hosts; guarded by its mutex, private to core
 * @pf: the PF; the caller keeps it alive while registered
 * @kernel_vfs: bit n: VF n belongs to the kernel.  The PF driver writes it
 *	(WRITE_ONCE), before the VFs of a new count appear.
 */
struct qatvf_host {
	struct list_head node;
	struct pci_dev *pf;
	u32 kernel_vfs;
};

void qatvf_host_add(struct qatvf_host *host);
void qatvf_host_del(struct qatvf_host *host);
bool qatvf_host_grants(struct pci_dev *vf);

#endif /* QATVF_HOST_H */
