/* SPDX-License-Identifier: GPL-2.0-only */
/* is*() for the driver's pure sources built in user space. */
#ifndef QATVF_HOST_LINUX_CTYPE_H
#define QATVF_HOST_LINUX_CTYPE_H

#include <ctype.h>

#endif
