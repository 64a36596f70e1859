/* SPDX-License-Identifier: GPL-2.0-only */
/* mem*() and str*() for the driver's pure sources built in user space. */
#ifndef QATVF_HOST_LINUX_STRING_H
#define QATVF_HOST_LINUX_STRING_H

#include <string.h>

#endif
