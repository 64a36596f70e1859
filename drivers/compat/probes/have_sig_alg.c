// SPDX-License-Identifier: GPL-2.0
/* struct sig_alg: signatures of their own type since 6.13 (1e562deacecc). */
#include <crypto/internal/sig.h>

extern const struct sig_alg probe;
const struct sig_alg probe = { .verify = NULL };
