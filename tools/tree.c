// SPDX-License-Identifier: GPL-2.0
/*
 * The configuration as configfs holds it.
 */
#include <string.h>

#include "qatvfctl.h"

/**
 * tree_there() - is the tree there?
 */
bool tree_there(void)
{
	return root_exists(TREE);
}

/**
 * tree_status() - how it stands with the configuration of a PF
 * @address: PF
 * @text: set to the word, and the error if there is one
 * @size: of @text
 *
 * Return: is there a directory?
 */
bool tree_status(const char *address, char *text, size_t size)
{
	return root_read(root_path(TREE "/%s/status", address), text, size);
}

static void read_settings(const char *dir, struct qatvf_config_vf *vf)
{
	char text[QATVF_CONFIG_TEXT + 2];
	unsigned int setting;

	for (setting = 0; setting < QATVF_SETTINGS; setting++)
		if (root_read(root_path("%s/%s", dir, qatvf_config_setting_name(setting)), text,
			      sizeof(text)))
			qatvf_config_set(vf, setting, text);
}

/* The name of the link does not matter, what it leads to does. */
static void read_link(const char *dir, char *profile)
{
	char **names;
	int n = root_list(dir, &names), i;

	for (i = 0; i < n && !*profile; i++)
		root_link(root_path("%s/%s", dir, names[i]), profile, NAME_LEN);
	root_free(names, n);
}

static bool read_pf(struct conf *conf, const char *address)
{
	struct pf_conf *pf = conf_pf(conf, address, true);
	char text[QATVF_CONFIG_TEXT + 2];
	const char *dir;
	unsigned int nr;

	if (!pf)
		return false;
	if (root_read(root_path(TREE "/%s/services", address), text, sizeof(text)))
		qatvf_config_set_services(&pf->config, text);
	if (root_read(root_path(TREE "/%s/num_vfs", address), text, sizeof(text)))
		qatvf_config_set_num_vfs(&pf->config, text);
	pf->enable = root_number(root_path(TREE "/%s/enable", address), 0) == 1;
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++) {
		char path[128];

		dir = root_path(TREE "/%s/vf%u", address, nr);
		snprintf(path, sizeof(path), "%s", dir);
		read_settings(path, &pf->config.vf[nr]);
		read_link(path, pf->profile[nr]);
	}
	return true;
}

/**
 * tree_read() - read all of it
 * @conf: emptied and filled
 *
 * Return: was there room for all of it?
 */
bool tree_read(struct conf *conf)
{
	struct profile *profile;
	char **names, path[128];
	bool all = true;
	int n, i;

	memset(conf, 0, sizeof(*conf));
	n = root_list(TREE "/profiles", &names);
	for (i = 0; i < n; i++) {
		profile = conf_profile(conf, names[i], true);
		if (!profile) {
			all = false;
			continue;
		}
		snprintf(path, sizeof(path), TREE "/profiles/%s", profile->name);
		read_settings(path, &profile->settings);
	}
	root_free(names, n);
	n = root_list(TREE, &names);
	for (i = 0; i < n; i++)
		if (qatvf_config_address(names[i]))
			all &= read_pf(conf, names[i]);
	root_free(names, n);
	return all;
}
