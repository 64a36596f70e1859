// SPDX-License-Identifier: GPL-2.0
/*
 * Command status: the PFs and their VFs, as a table.
 */
#include <stdlib.h>
#include <string.h>

#include "qatvfctl.h"

static const char *or_dash(const char *text)
{
	return *text ? text : "-";
}

/* Rates of a VF in one word, say "sym=300:500"; permille, committed and peak. */
static void rates(const struct qatvf_config_vf *vf, char *text, size_t size)
{
	static const char * const name[QATVF_CONFIG_SERVICES] = { "asym", "sym", "dc" };
	size_t len = 0;
	int i;

	*text = '\0';
	for (i = 0; i < QATVF_CONFIG_SERVICES && len < size; i++)
		if (vf->rate[i].peak)
			len += snprintf(text + len, size - len, "%s%s=%u:%u", len ? "," : "",
					name[i], vf->rate[i].committed, vf->rate[i].peak);
}

static void table_vf(const struct vf_info *vf, unsigned int nr,
		     const struct qatvf_config_vf *settings)
{
	char rate[64], version[16];

	rates(settings, rate, sizeof(rate));
	snprintf(version, sizeof(version), "%d", vf->version);
	printf("  %-3u %-13s %-9s %-12s %-18s %-5s %s\n", nr, vf->address,
	       or_dash(vf->driver), or_dash(settings->label), or_dash(vf->user),
	       vf->version < 0 ? "-" : version, or_dash(rate));
}

static void table_pf(const struct pf_info *pf, const struct load *load,
		     const struct qatvf_config *config, const char *status)
{
	char percent[16] = "-", vfs[48];
	unsigned int nr;
	bool head = false;

	if (telemetry_busiest(load) >= 0)
		snprintf(percent, sizeof(percent), "%d%%", telemetry_busiest(load));
	snprintf(vfs, sizeof(vfs), "%ld/%ld", pf->num_vfs, pf->total_vfs < 0 ? 0 : pf->total_vfs);
	printf("%-13s %4ld %-10s %-9s %-6s %-6s %-5s %s\n", pf->address, pf->node,
	       or_dash(pf->firmware), or_dash(pf->services), or_dash(pf->state), vfs, percent,
	       status);
	for (nr = 0; nr < MAX_VFS; nr++) {
		if (!pf->vf[nr].there)
			continue;
		if (!head)
			printf("  %-3s %-13s %-9s %-12s %-18s %-5s %s\n", "VF", "ADDRESS",
			       "DRIVER", "LABEL", "USER", "MBOX", "RATE");
		head = true;
		table_vf(&pf->vf[nr], nr, &config->vf[nr]);
	}
}

static void json_vf(const struct vf_info *vf, unsigned int nr,
		    const struct qatvf_config_vf *settings)
{
	char text[QATVF_CONFIG_TEXT];
	unsigned int setting;

	json_begin(NULL, '{');
	json_number("vf", nr);
	json_string("address", vf->address);
	json_string("driver", vf->driver);
	json_string("user", vf->user);
	json_number("iommu_group", vf->group);
	json_number("mailbox_version", vf->version);
	json_begin("configured", '{');
	for (setting = 0; setting < QATVF_SETTINGS; setting++)
		if (qatvf_config_show(settings, setting, text))
			json_string(qatvf_config_setting_name(setting), text);
	json_end('}');
	json_end('}');
}

static void json_pf(const struct pf_info *pf, const struct load *load,
		    const struct qatvf_config *config, const char *status)
{
	unsigned int nr;

	json_begin(NULL, '{');
	json_string("address", pf->address);
	json_string("driver", pf->driver);
	json_number("numa_node", pf->node);
	json_string("firmware", pf->firmware);
	json_string("services", pf->services);
	json_string("state", pf->state);
	json_number("num_vfs", pf->num_vfs);
	json_number("total_vfs", pf->total_vfs);
	json_number("load", telemetry_busiest(load));
	json_string("configuration", status);
	json_begin("vfs", '[');
	for (nr = 0; nr < MAX_VFS; nr++)
		if (pf->vf[nr].there)
			json_vf(&pf->vf[nr], nr, &config->vf[nr]);
	json_end(']');
	json_end('}');
}

static void show(struct conf *conf, const struct pf_info *pf)
{
	struct pf_conf *pf_conf = conf_pf(conf, pf->address, false);
	struct qatvf_config config = { };
	char status[32];
	struct load load;

	if (pf_conf)
		conf_effective(conf, pf_conf, &config);
	if (!tree_status(pf->address, status, sizeof(status)))
		snprintf(status, sizeof(status), "none");
	telemetry_device(pf->address, &load);
	(json ? json_pf : table_pf)(pf, &load, &config, status);
}

/* Directories of PFs that have not come. */
static void show_waiting(const struct conf *conf, const struct pf_info *pfs, int n)
{
	unsigned int i;
	int k;

	for (i = 0; i < conf->pfs; i++) {
		for (k = 0; k < n; k++)
			if (!strcmp(pfs[k].address, conf->pf[i].address))
				break;
		if (k < n)
			continue;
		if (json)
			json_string(NULL, conf->pf[i].address);
		else
			printf("%-13s not there, configuration %s\n", conf->pf[i].address,
			       conf->pf[i].enable ? "waiting" : "off");
	}
}

/**
 * do_status() - command status
 */
enum result do_status(int argc, char **argv)
{
	struct conf *conf = calloc(1, sizeof(*conf));
	struct pf_info *pfs;
	int n, i, guests;

	(void)argv;
	if (!conf || argc) {
		free(conf);
		return USAGE;
	}
	tree_read(conf);
	n = devices_list(&pfs);
	devices_find_users(pfs, n);
	guests = devices_count_vfs();
	if (json) {
		json_begin(NULL, '{');
		json_begin("pfs", '[');
	} else if (n) {
		printf("%-13s %4s %-10s %-9s %-6s %-6s %-5s %s\n", "PF", "NUMA", "FIRMWARE",
		       "SERVICES", "STATE", "VFS", "LOAD", "CONFIGURATION");
	}
	for (i = 0; i < n; i++)
		show(conf, &pfs[i]);
	if (json) {
		json_end(']');
		json_begin("waiting", '[');
	}
	show_waiting(conf, pfs, n);
	if (json) {
		json_end(']');
		json_number("vfs_without_pf", guests);
		json_end('}');
	} else if (guests) {
		printf("%d VFs whose PF is not in this machine\n", guests);
	} else if (!n) {
		printf("0 devices: qatvfctl doctor says why\n");
	}
	free(pfs);
	free(conf);
	return n || guests ? DONE : UNUSABLE;
}
