/* SPDX-License-Identifier: GPL-2.0-only */
/* Conversions under the kernel's names for the driver's pure sources in user space. */
#ifndef QATVF_HOST_ASM_BYTEORDER_H
#define QATVF_HOST_ASM_BYTEORDER_H

#include_next <asm/byteorder.h>

#define cpu_to_le32	__cpu_to_le32
#define le32_to_cpu	__le32_to_cpu

#endif
