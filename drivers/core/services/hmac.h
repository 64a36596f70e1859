/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From an HMAC key to what a content descriptor holds of it.
 */
#ifndef QATVF_SERVICES_HMAC_H
#define QATVF_SERVICES_HMAC_H

#include <linux/types.h>

#include "hw/la.h"

int qatvf_hmac_states(enum la_hash hash, const u8 *key, unsigned int keylen,
		      u8 *inner, u8 *outer);
int qatvf_hmac_key_block(enum la_hash hash, const u8 *key, unsigned int keylen,
			 u8 *block);

#endif /* QATVF_SERVICES_HMAC_H */
