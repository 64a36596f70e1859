/* SPDX-License-Identifier: GPL-2.0-only */
/* Exported symbols mean nothing in user space. */
#ifndef QATVF_HOST_LINUX_EXPORT_H
#define QATVF_HOST_LINUX_EXPORT_H

#define QATVF_HOST_EXPORT(sym)	_Static_assert(1, #sym)
#define EXPORT_SYMBOL_GPL	QATVF_HOST_EXPORT

#endif
