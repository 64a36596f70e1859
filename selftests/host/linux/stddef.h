/* SPDX-License-Identifier: GPL-2.0-only */
/* offsetof() and NULL for the driver's pure sources built in user space. */
#ifndef QATVF_HOST_LINUX_STDDEF_H
#define QATVF_HOST_LINUX_STDDEF_H

#include_next <linux/stddef.h>
#include <stddef.h>

#endif
