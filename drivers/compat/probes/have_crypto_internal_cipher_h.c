// SPDX-License-Identifier: GPL-2.0
/*
 * Single-block ciphers have a header of their own since 5.12 (0eb76ba29d16);
 * before, they are in <linux/crypto.h>.
 */
#include <crypto/internal/cipher.h>
