/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * static_assert() with an optional message, as the kernel has it, for the
 * driver's pure sources built in user space.
 */
#ifndef QATVF_HOST_LINUX_BUILD_BUG_H
#define QATVF_HOST_LINUX_BUILD_BUG_H

#undef static_assert
#define static_assert(expr, ...) _Static_assert(expr, "" __VA_ARGS__)

#endif
