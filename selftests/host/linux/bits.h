/* SPDX-License-Identifier: GPL-2.0-only */
/* BIT() and GENMASK() for the driver's pure sources built in user space. */
#ifndef QATVF_HOST_LINUX_BITS_H
#define QATVF_HOST_LINUX_BITS_H

#undef BIT
#undef GENMASK
#define BIT(nr)		(1UL << (nr))
#define GENMASK(h, l)	((~0UL << (l)) & (~0UL >> (63 - (h))))

#endif
