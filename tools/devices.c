// SPDX-License-Identifier: GPL-2.0
/*
 * The PFs and VFs of this machine, from sysfs and debugfs.
 */
#include <stdlib.h>
#include <string.h>

#include "qatvfctl.h"

#define PCI	"/sys/bus/pci/devices"
#define DEBUGFS	"/sys/kernel/debug/qat_4xxx_%s"

#define INTEL	0x8086

static bool is_pf(long device)
{
	return device == 0x4940 || device == 0x4942 || device == 0x4944;
}

static bool is_vf(long device)
{
	return device == 0x4941 || device == 0x4943 || device == 0x4945;
}

static long device_id(const char *address)
{
	if (root_number(root_path(PCI "/%s/vendor", address), 0) != INTEL)
		return 0;
	return root_number(root_path(PCI "/%s/device", address), 0);
}

static int group_of(const char *address)
{
	char name[16];

	if (!root_link(root_path(PCI "/%s/iommu_group", address), name, sizeof(name)))
		return -1;
	return atoi(name);
}

static void read_vf(struct pf_info *pf, unsigned int nr)
{
	struct vf_info *vf = &pf->vf[nr];

	vf->group = -1;
	vf->version = -1;
	vf->there = root_link(root_path(PCI "/%s/virtfn%u", pf->address, nr), vf->address,
			      sizeof(vf->address));
	if (!vf->there)
		return;
	root_link(root_path(PCI "/%s/driver", vf->address), vf->driver, sizeof(vf->driver));
	vf->group = group_of(vf->address);
}

/* The table of the mailbox server: VF, version, ... */
static void read_versions(struct pf_info *pf)
{
	char text[TEXT_MAX], *line, *save;
	unsigned int nr;
	int version;

	if (!root_read(root_path(DEBUGFS "/vfs", pf->address), text, sizeof(text)))
		return;
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		if (sscanf(line, "%u %d", &nr, &version) == 2 && nr < MAX_VFS)
			pf->vf[nr].version = version;
}

static void read_pf(struct pf_info *pf, const char *address)
{
	unsigned int nr;

	memset(pf, 0, sizeof(*pf));
	snprintf(pf->address, sizeof(pf->address), "%s", address);
	root_link(root_path(PCI "/%s/driver", address), pf->driver, sizeof(pf->driver));
	pf->node = root_number(root_path(PCI "/%s/numa_node", address), -1);
	pf->num_vfs = root_number(root_path(PCI "/%s/sriov_numvfs", address), 0);
	pf->total_vfs = root_number(root_path(PCI "/%s/sriov_totalvfs", address), -1);
	root_read(root_path(PCI "/%s/qat/state", address), pf->state, sizeof(pf->state));
	root_read(root_path(PCI "/%s/qat/cfg_services", address), pf->services,
		  sizeof(pf->services));
	root_read(root_path(DEBUGFS "/version/fw", address), pf->firmware, sizeof(pf->firmware));
	for (nr = 0; nr < MAX_VFS; nr++)
		read_vf(pf, nr);
	read_versions(pf);
}

/**
 * devices_list() - all PFs
 * @pfs: set to an array, for free()
 *
 * Return: how many.
 */
int devices_list(struct pf_info **pfs)
{
	char **names;
	int n = root_list(PCI, &names), i, found = 0;

	*pfs = calloc(n + 1, sizeof(**pfs));
	for (i = 0; *pfs && i < n; i++)
		if (is_pf(device_id(names[i])))
			read_pf(&(*pfs)[found++], names[i]);
	root_free(names, n);
	return found;
}

static void find_user(struct vf_info *vf)
{
	if (!strcmp(vf->driver, "4xxxvf"))
		snprintf(vf->user, sizeof(vf->user), "kernel");
	else if (*vf->driver)
		users_find(vf->address, vf->group, vf->user, sizeof(vf->user));
}

/**
 * devices_find_users() - who has each VF open, which takes a while
 * @pfs: PFs
 * @n: how many
 */
void devices_find_users(struct pf_info *pfs, int n)
{
	unsigned int nr;
	int i;

	for (i = 0; i < n; i++)
		for (nr = 0; nr < MAX_VFS; nr++)
			if (pfs[i].vf[nr].there)
				find_user(&pfs[i].vf[nr]);
}

/**
 * devices_count_vfs() - VFs whose PF is not in this machine, as in a guest
 */
int devices_count_vfs(void)
{
	char **names;
	int n = root_list(PCI, &names), i, found = 0;

	for (i = 0; i < n; i++)
		found += is_vf(device_id(names[i])) &&
			 !root_exists(root_path(PCI "/%s/physfn", names[i]));
	root_free(names, n);
	return found;
}
