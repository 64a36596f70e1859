/* SPDX-License-Identifier: GPL-2.0-only */
/* 64-bit division for the driver's pure sources built in user space. */
#ifndef QATVF_HOST_LINUX_MATH64_H
#define QATVF_HOST_LINUX_MATH64_H

#include <linux/types.h>

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

#endif
