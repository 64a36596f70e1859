// SPDX-License-Identifier: GPL-2.0
/*
 * The PFs that this host owns, and which of their VFs its kernel may drive.
 */
#include <linux/mutex.h>
#include <linux/pci.h>

#include "qatvf/host.h"

/* Guards the list only; kernel_vfs of an entry is read and written whole. */
static DEFINE_MUTEX(hosts_lock);
static LIST_HEAD(hosts);

/**
 * qatvf_host_add() - register a PF before its first VF appears
 * @host: caller's memory, with @host->pf set
 *
 * Context: process context, may sleep.
 */
void qatvf_host_add(struct qatvf_host *host)
{
	mutex_lock(&hosts_lock);
	list_add_tail(&host->node, &hosts);
	mutex_unlock(&hosts_lock);
}
EXPORT_SYMBOL_GPL(qatvf_host_add);

/**
 * qatvf_host_del() - forget a PF, after its last VF is gone
 * @host: as given to qatvf_host_add()
 *
 * Context: process context, may sleep.
 */
void qatvf_host_del(struct qatvf_host *host)
{
	mutex_lock(&hosts_lock);
	list_del(&host->node);
	mutex_unlock(&hosts_lock);
}
EXPORT_SYMBOL_GPL(qatvf_host_del);

/* VF n sits n + 1 functions behind its PF (01 section 3.6). */
static unsigned int vf_index(struct pci_dev *pf, struct pci_dev *vf)
{
	return pci_dev_id(vf) - pci_dev_id(pf) - 1;
}

/**
 * qatvf_host_grants() - may this host's kernel drive a VF?
 * @vf: a virtual function whose PF is on this host
 *
 * Context: process context, may sleep.
 * Return: true if the PF is registered and the administrator gave it @vf.
 */
bool qatvf_host_grants(struct pci_dev *vf)
{
	struct pci_dev *pf = pci_physfn(vf);
	struct qatvf_host *host;
	bool granted = false;

	mutex_lock(&hosts_lock);
	list_for_each_entry(host, &hosts, node) {
		unsigned int n = vf_index(pf, vf);

		if (host->pf == pf && n < 32)
			granted = READ_ONCE(host->kernel_vfs) & BIT(n);
	}
	mutex_unlock(&hosts_lock);
	return granted;
}
EXPORT_SYMBOL_GPL(qatvf_host_grants);
