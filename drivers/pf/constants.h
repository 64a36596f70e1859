/* SPDX-License-Identifier: GPL-2.0 */
/* Table of constants for the engines; usable in user space. */
#ifndef QATVF_PF_CONSTANTS_H
#define QATVF_PF_CONSTANTS_H

#include <linux/types.h>

void qatvf_constants_build(u8 *table);

#endif
