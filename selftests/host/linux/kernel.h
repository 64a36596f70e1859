/* SPDX-License-Identifier: GPL-2.0-only */
/* ARRAY_SIZE() and s*printf() for the driver's pure sources built in user space. */
#ifndef QATVF_HOST_LINUX_KERNEL_H
#define QATVF_HOST_LINUX_KERNEL_H

#include_next <linux/kernel.h>
#include <stdio.h>

#undef ARRAY_SIZE
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#endif
