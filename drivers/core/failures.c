// SPDX-License-Identifier: GPL-2.0
/*
 * What fails three times in a row is taken out of service: what resets did not mend,
 * more of them will not.  In a row means without having served for a minute in between.
 */
#include <linux/export.h>
#include <linux/jiffies.h>

#include "qatvf/failures.h"

#define MAX_FAILURES	3
#define SOUND_AFTER	(60 * HZ)

/**
 * qatvf_failures_in_a_row() - how often it has failed lately
 * @failures: of it
 *
 * Context: any.
 * Return: number, 0 once it has served for a minute.
 */
unsigned int qatvf_failures_in_a_row(const struct qatvf_failures *failures)
{
	bool sound = failures->serving &&
		     time_after64(get_jiffies_64(), failures->since + SOUND_AFTER);

	return sound ? 0 : failures->count;
}
EXPORT_SYMBOL_GPL(qatvf_failures_in_a_row);

/**
 * qatvf_failures_add() - it has failed, or failed to come back
 * @failures: of it
 *
 * Context: any.
 * Return: true if that was once too often.
 */
bool qatvf_failures_add(struct qatvf_failures *failures)
{
	failures->count = qatvf_failures_in_a_row(failures) + 1;
	failures->serving = false;
	return failures->count >= MAX_FAILURES;
}
EXPORT_SYMBOL_GPL(qatvf_failures_add);

/**
 * qatvf_failures_serving() - it serves, from now on
 * @failures: of it
 *
 * Context: any.
 */
void qatvf_failures_serving(struct qatvf_failures *failures)
{
	failures->serving = true;
	failures->since = get_jiffies_64();
}
EXPORT_SYMBOL_GPL(qatvf_failures_serving);
