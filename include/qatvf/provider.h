/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who serves what: functions publish ring pairs, services look for one near the
 * CPU they run on.
 */
#ifndef QATVF_PROVIDER_H
#define QATVF_PROVIDER_H

#include <linux/types.h>

#include "hw/pfvf.h"

struct device;
struct qatvf_ring_pair;

int qatvf_provider_add(struct qatvf_ring_pair *rp);
void qatvf_provider_remove(struct qatvf_ring_pair *rp);
void qatvf_provider_hold(void);
void qatvf_provider_release(void);
void qatvf_provider_settle(void);

#endif /* QATVF_PROVIDER_H */
