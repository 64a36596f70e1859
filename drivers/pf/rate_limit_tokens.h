/* SPDX-License-Identifier: GPL-2.0 */
/* Rates, and the tokens that they are for the device. */
#ifndef QATVF_PF_RATE_LIMIT_TOKENS_H
#define QATVF_PF_RATE_LIMIT_TOKENS_H

#include <linux/types.h>

#include "hw/admin.h"

#define QATVF_RL_FULL		1000	/* permille: all of the device */

/**
 * enum qatvf_rl_service - services with rates of their own, the firmware's codes
 * @QATVF_RL_ASYM: public key crypto
 * @QATVF_RL_SYM: symmetric crypto
 * @QATVF_RL_DC: compression
 * @QATVF_RL_SERVICES: how many; also stands for none
 */
enum qatvf_rl_service {
	QATVF_RL_ASYM,
	QATVF_RL_SYM,
	QATVF_RL_DC,
	QATVF_RL_SERVICES,
};

/**
 * struct qatvf_rl_rates - what a node may use, permille of the device
 * @committed:	it gets so much if it wants
 * @peak:	it gets no more
 */
struct qatvf_rl_rates {
	u32 committed;
	u32 peak;
};

u32 qatvf_rl_slices(const struct qat_slice_counts *slices, enum qatvf_rl_service service);
void qatvf_rl_tokens(struct qat_rl_params *params, enum qatvf_rl_service service,
		     struct qatvf_rl_rates rates, const struct qat_slice_counts *slices,
		     unsigned int engines);

#endif
