// SPDX-License-Identifier: GPL-2.0
/*
 * Rates of a configuration: handed to the rate limiter when they change, and again at
 * each bring-up, since the device forgets them.
 *
 * Limits that were set otherwise, by sysfs qat_rl/, are left alone.
 */
#include "device.h"

static_assert((int)QATVF_CONFIG_ASYM == (int)QATVF_RL_ASYM);
static_assert((int)QATVF_CONFIG_SYM == (int)QATVF_RL_SYM);
static_assert((int)QATVF_CONFIG_DC == (int)QATVF_RL_DC);

/**
 * qatvf_configure_rates_check() - can a PF keep rates?
 * @pf: PF
 * @config: configuration
 *
 * Context: process context.
 * Return: 0, or -EOPNOTSUPP if there are some, and the firmware has no rate limiter.
 */
int qatvf_configure_rates_check(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	unsigned int nr, i;

	if (qatvf_life_state(pf) != QATVF_UP || READ_ONCE(pf->rl.on))
		return 0;
	for (nr = 0; nr < config->num_vfs; nr++) {
		for (i = 0; i < QATVF_CONFIG_SERVICES; i++) {
			if (!config->vf[nr].rate[i].peak)
				continue;
			dev_err(&pf->pdev->dev, "vf%u/%s: the firmware has no rate limiting\n",
				nr, qatvf_config_setting_name(QATVF_SET_RATE_ASYM + i));
			return -EOPNOTSUPP;
		}
	}
	return 0;
}

static int set_rate(struct qatvf_pf *pf, unsigned int nr, unsigned int service)
{
	struct qatvf_config_rate *want = &pf->configure.rate[nr][service];
	struct qatvf_config_rate *have = &pf->configure.rate_set[nr][service];
	struct qatvf_rl_rates rates = { want->committed, want->peak };
	int err;

	lockdep_assert_held(&pf->configure.rate_lock);
	/* What we set may have been taken off by sysfs qat_rl/. */
	if (want->committed == have->committed && want->peak == have->peak &&
	    (!want->peak || qatvf_rl_vf_has(pf, nr, service, rates)))
		return 0;
	err = qatvf_rl_set_vf(pf, nr, service, rates);
	if (err)
		dev_err(&pf->pdev->dev, "vf%u/%s: not set: error %d\n", nr,
			qatvf_config_setting_name(QATVF_SET_RATE_ASYM + service), err);
	else
		*have = *want;
	return err;
}

/* Those that shrink first: what they give back may be promised to others. */
static int set_rates(struct qatvf_pf *pf)
{
	unsigned int nr, i, pass;
	int err = 0, ret;

	for (pass = 0; pass < 2; pass++) {
		for (nr = 0; nr < QAT_MAX_VFS; nr++) {
			for (i = 0; i < QATVF_CONFIG_SERVICES; i++) {
				if (!pass && pf->configure.rate[nr][i].committed >=
					     pf->configure.rate_set[nr][i].committed)
					continue;
				ret = set_rate(pf, nr, i);
				err = err ?: ret;
			}
		}
	}
	return err;
}

/**
 * qatvf_configure_rates() - set the rates of all VFs
 * @pf: PF; if it is not up, they are set when it comes up
 * @config: configuration
 *
 * Safe while VFs are in use.
 *
 * Context: with the device lock; sleeps.
 * Return: 0, or the first error of the rate limiter, which has been logged.
 */
int qatvf_configure_rates(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	unsigned int nr;
	int err = 0;

	mutex_lock(&pf->configure.rate_lock);
	for (nr = 0; nr < QAT_MAX_VFS; nr++)
		memcpy(pf->configure.rate[nr], config->vf[nr].rate,
		       sizeof(pf->configure.rate[nr]));
	if (qatvf_life_state(pf) == QATVF_UP)
		err = set_rates(pf);
	mutex_unlock(&pf->configure.rate_lock);
	return err;
}

/**
 * qatvf_configure_rates_again() - step of bring-up: set the rates of all VFs
 * @pf: PF, whose rate limiter knows no limit
 *
 * Context: life worker; sleeps.
 * Return: 0; what fails is logged.
 */
int qatvf_configure_rates_again(struct qatvf_pf *pf)
{
	mutex_lock(&pf->configure.rate_lock);
	memset(pf->configure.rate_set, 0, sizeof(pf->configure.rate_set));
	set_rates(pf);
	mutex_unlock(&pf->configure.rate_lock);
	return 0;
}

/**
 * qatvf_configure_init() - prepare a PF
 * @pf: PF
 *
 * Context: probe.
 */
void qatvf_configure_init(struct qatvf_pf *pf)
{
	mutex_init(&pf->configure.rate_lock);
}
