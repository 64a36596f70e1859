// SPDX-License-Identifier: GPL-2.0-only
/* Writes the driver's table of constants to standard output. */
#include <stdio.h>

#include <linux/types.h>

#include "constants.h"

#define TABLE_BYTES	1024

int main(void)
{
	static u8 table[TABLE_BYTES];

	/* What the driver gets from its allocator is zeroed, too. */
	qatvf_constants_build(table);
	return fwrite(table, sizeof(table), 1, stdout) == 1 ? 0 : 1;
}
