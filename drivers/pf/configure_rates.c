// SPDX-License-Identifier: GPL-2.0
/*
 * Rates of a configuration, for the rate limiter.
 */
#include "device.h"

static bool any_rate(const struct qatvf_config *config)
{
	unsigned int nr, i;

	for (nr = 0; nr < config->num_vfs; nr++)
		for (i = 0; i < QATVF_CONFIG_SERVICES; i++)
			if (config->vf[nr].rate[i].peak)
				return true;
	return false;
}

/**
 * qatvf_configure_rates() - set the rates of all VFs
 * @pf: PF, up
 * @config: configuration
 *
 * Context: with the device lock; sleeps.
 * Return: 0, or -EOPNOTSUPP if there is no rate limiter.
 */
int qatvf_configure_rates(struct qatvf_pf *pf, const struct qatvf_config *config)
{
	if (!any_rate(config))
		return 0;
	dev_err(&pf->pdev->dev, "rate: the firmware has no rate limiting\n");
	return -EOPNOTSUPP;
}
