// SPDX-License-Identifier: GPL-2.0
/*
 * Service arbiter: which threads of which engine take requests from which ring
 * pairs.  Facts: reference 03 section 6.
 */
#include "device.h"

/**
 * qatvf_arbiter_start() - step of bring-up: map threads to ring pairs
 * @pf: PF
 *
 * Context: life worker.
 * Return: 0.
 */
int qatvf_arbiter_start(struct qatvf_pf *pf)
{
	unsigned long aes = pf->ae_mask;
	unsigned int i;

	for (i = 0; i < QAT_NUM_ARBITERS; i++)
		etr_write(pf, SARCONFIG(i), SARCONFIG_VALUE);
	for_each_set_bit(i, &aes, QAT_NUM_AES)
		etr_write(pf, WT2SAM(i), qatvf_services_threads(pf, i));
	return 0;
}

/**
 * qatvf_arbiter_stop() - undo: engines take no more requests
 * @pf: PF
 *
 * Context: life worker.
 */
void qatvf_arbiter_stop(struct qatvf_pf *pf)
{
	unsigned int i;

	for (i = 0; i < QAT_NUM_AES; i++)
		etr_write(pf, WT2SAM(i), 0);
	for (i = 0; i < QAT_NUM_RPS; i++)
		etr_write(pf, QAT_PF_BUNDLE(i) + RING_SRV_ARB_EN, 0);
}
