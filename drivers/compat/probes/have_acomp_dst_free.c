// SPDX-License-Identifier: GPL-2.0
/*
 * acomp_alg.dst_free: up to 6.14 (gone with 0af7304c0696) drivers allocate
 * destinations that callers leave out.
 */
#include <crypto/internal/acompress.h>

extern const struct acomp_alg probe;
const struct acomp_alg probe = { .dst_free = NULL };
