// SPDX-License-Identifier: GPL-2.0
/* akcipher_alg.verify: signatures left akcipher for sig in 6.13 (6b34562f0cfe). */
#include <crypto/internal/akcipher.h>

extern const struct akcipher_alg probe;
const struct akcipher_alg probe = { .verify = NULL };
