/* SPDX-License-Identifier: GPL-2.0-only */
/* The errno numbers that the drivers use are those of user space. */
#include_next <linux/errno.h>
