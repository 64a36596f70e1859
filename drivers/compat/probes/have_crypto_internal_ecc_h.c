// SPDX-License-Identifier: GPL-2.0
/*
 * Curve arithmetic for modules: since 5.16.  Before, the ECDH algorithms have other
 * names and forms of keys, too.
 */
#include <linux/math.h>
#include <crypto/internal/ecc.h>
