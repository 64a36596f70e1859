/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fixed-width types under the kernel's names, for the driver's pure sources built
 * in user space.
 */
#ifndef QATVF_HOST_LINUX_TYPES_H
#define QATVF_HOST_LINUX_TYPES_H

#include_next <linux/types.h>
#include <stdbool.h>
#include <stdint.h>

typedef uint8_t u8;
typedef int8_t s8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#ifndef __packed
#define __packed	__attribute__((packed))
#endif
#ifndef __aligned
#define __aligned(n)	__attribute__((aligned(n)))
#endif

#endif
