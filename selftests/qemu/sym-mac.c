/*
 * Intel QuickAssist Gen4: symmetric service, MACs made of AES
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * AES-XCBC-MAC and AES-CMAC are one algorithm to the device: a key, and two
 * values for the last block, all computed by software. Plain CBC-MAC has the
 * key only. All are libgcrypt's CBC-MAC with the last block prepared here.
 * AES-128 only. Reference: 05 sections 8.3 and 8.4.
 */

#include "qemu/osdep.h"
#include "sym.h"

#define BLOCK           16
#define STATE2_XCBC     48
#define STATE2_CBC      32

/* What lies behind the setup block: start value, then state 2 */
SymResult sym_mac_parse(SymMac *m, bool xcbc, const uint8_t *state1,
                        unsigned state1_sz, const uint8_t *state2,
                        unsigned state2_sz)
{
    if (state1_sz < BLOCK ||
        state2_sz < (xcbc ? STATE2_XCBC : STATE2_CBC)) {
        return SYM_INVALID;
    }
    m->xcbc = xcbc;
    memcpy(m->start, state1, BLOCK);
    memcpy(m->key, state2, BLOCK);
    if (xcbc) {
        memcpy(m->last, state2 + BLOCK, sizeof(m->last));
    }
    return SYM_OK;
}

/* The last block: whole or padded with a one bit, each with its own value */
static void mac_last_block(const SymMac *m, uint8_t *block, size_t len)
{
    const uint8_t *mask = m->last[len == BLOCK ? 0 : 1];
    unsigned i;

    if (!m->xcbc) {
        return;                 /* padded with zeros */
    }
    if (len < BLOCK) {
        block[len] = 0x80;
    }
    for (i = 0; i < BLOCK; i++) {
        block[i] ^= mask[i];
    }
}

void sym_mac_run(const SymMac *m, const uint8_t *data, size_t len,
                 uint8_t *mac)
{
    size_t whole = len ? (len - 1) / BLOCK * BLOCK : 0;
    SymCipher c = { .alg = SYM_ALG_AES128, .key_len = BLOCK };
    uint8_t block[BLOCK] = { 0 };
    gcry_cipher_hd_t hd;

    memcpy(mac, m->start, BLOCK);
    memcpy(c.key, m->key, BLOCK);
    hd = sym_cipher_open(&c, GCRY_CIPHER_MODE_CBC, GCRY_CIPHER_CBC_MAC);
    if (!hd || gcry_cipher_setiv(hd, m->start, BLOCK)) {
        gcry_cipher_close(hd);
        return;
    }
    if (whole) {
        gcry_cipher_encrypt(hd, mac, BLOCK, data, whole);
    }
    if (len || m->xcbc) {
        memcpy(block, data + whole, len - whole);
        mac_last_block(m, block, len - whole);
        gcry_cipher_encrypt(hd, mac, BLOCK, block, BLOCK);
    }
    gcry_cipher_close(hd);
}
