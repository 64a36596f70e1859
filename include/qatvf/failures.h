/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How often in a row something has failed, and when that is too often.
 */
#ifndef QATVF_FAILURES_H
#define QATVF_FAILURES_H

#include <linux/types.h>

/**
 * struct qatvf_failures - of one device, function or ring pair
 * @count: in a row
 * @serving: no failure since @since
 * @since: when it last began to serve, jiffies
 *
 * All zero at first.  Its owner serialises what uses it, and may set @count to 0 when
 * somebody has asked for another attempt.
 */
struct qatvf_failures {
	unsigned int count;
	bool serving;
	u64 since;
};

unsigned int qatvf_failures_in_a_row(const struct qatvf_failures *failures);
bool qatvf_failures_add(struct qatvf_failures *failures);
void qatvf_failures_serving(struct qatvf_failures *failures);

#endif /* QATVF_FAILURES_H */
