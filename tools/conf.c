// SPDX-License-Identifier: GPL-2.0
/*
 * A configuration of the machine: profiles, PFs, VFs.  What settings mean and the check
 * of a PF are the kernel module's own files, ../drivers/core/config_*.c.
 */
#include <errno.h>
#include <string.h>

#include "qatvfctl.h"

/**
 * conf_profile() - a profile by name
 * @conf: configuration
 * @name: name
 * @add: make it if it is not there
 *
 * Return: the profile, or NULL if there is none, or no room for it.
 */
struct profile *conf_profile(struct conf *conf, const char *name, bool add)
{
	struct profile *profile;
	unsigned int i;

	for (i = 0; i < conf->profiles; i++)
		if (!strcmp(conf->profile[i].name, name))
			return &conf->profile[i];
	if (!add || conf->profiles == MAX_PROFILES || strlen(name) >= NAME_LEN)
		return NULL;
	profile = &conf->profile[conf->profiles++];
	memset(profile, 0, sizeof(*profile));
	strcpy(profile->name, name);
	return profile;
}

/**
 * conf_pf() - a PF by address
 * @conf: configuration
 * @address: address
 * @add: make it if it is not there
 *
 * Return: the PF, or NULL if there is none, or no room for it.
 */
struct pf_conf *conf_pf(struct conf *conf, const char *address, bool add)
{
	struct pf_conf *pf;
	unsigned int i;

	for (i = 0; i < conf->pfs; i++)
		if (!strcmp(conf->pf[i].address, address))
			return &conf->pf[i];
	if (!add || conf->pfs == MAX_PFS || strlen(address) >= QATVF_CONFIG_NAME)
		return NULL;
	pf = &conf->pf[conf->pfs++];
	memset(pf, 0, sizeof(*pf));
	strcpy(pf->address, address);
	qatvf_config_init(&pf->config);
	pf->enable = true;
	return pf;
}

/**
 * conf_effective() - a PF with its profiles worked in
 * @conf: configuration
 * @pf: PF in it
 * @config: set
 */
void conf_effective(const struct conf *conf, const struct pf_conf *pf,
		    struct qatvf_config *config)
{
	unsigned int nr, i;

	*config = pf->config;
	for (nr = 0; nr < QATVF_CONFIG_VFS; nr++)
		for (i = 0; i < conf->profiles; i++)
			if (!strcmp(conf->profile[i].name, pf->profile[nr]))
				qatvf_config_inherit(&config->vf[nr], &conf->profile[i].settings);
}

/**
 * conf_check() - check it as the kernel will
 * @conf: configuration
 * @file: its name, for messages
 *
 * Return: number of PFs that would be refused, or link to missing profiles.
 */
unsigned int conf_check(const struct conf *conf, const char *file)
{
	struct qatvf_config_fault fault;
	struct qatvf_config config;
	unsigned int i, nr, p, bad = 0;

	for (i = 0; i < conf->pfs; i++) {
		const struct pf_conf *pf = &conf->pf[i];

		for (nr = 0; nr < QATVF_CONFIG_VFS; nr++) {
			for (p = 0; p < conf->profiles; p++)
				if (!strcmp(conf->profile[p].name, pf->profile[nr]))
					break;
			if (!*pf->profile[nr] || p < conf->profiles)
				continue;
			errors_add("%s: %s/vf%u/profile: there is no profile %s", file, pf->address,
			      nr, pf->profile[nr]);
			bad++;
		}
		conf_effective(conf, pf, &config);
		if (!qatvf_config_check(&config, &fault))
			continue;
		errors_add("%s: %s/%s: %s", file, pf->address, fault.where, fault.why);
		bad++;
	}
	return bad;
}

/**
 * conf_errno() - why a value is refused, in words
 * @err: negative errno of qatvf_config_set() and its like
 */
const char *conf_errno(int err)
{
	switch (err) {
	case -ERANGE:
		return "out of range";
	case -ENAMETOOLONG:
		return "too long";
	default:
		return "not understood";
	}
}
