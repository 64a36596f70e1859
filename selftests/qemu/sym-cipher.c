/*
 * Intel QuickAssist Gen4: symmetric service, ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * AES and SM4 come from libgcrypt, one call per region. Two things are
 * peculiar to the device: a decryption key may be given as the end of the key
 * schedule ("reversed"), and Gen4 XTS gets its first tweak already encrypted,
 * so the tweak chain is run here around AES-ECB. Reference: 05 sections 7, 9,
 * 12.1.
 */

#include "qemu/osdep.h"
#include "sym.h"
#include <nettle/aes.h>

#define CFG_DECRYPT     0x100
#define CFG_CONVERT     0x200
#define XTS_CHUNK       4096
#define BLOCK           16

/*
 * SubWord of FIPS-197 for big-endian words, taken from the library's key
 * schedule: with the first three words 0 and the last w, the fifth is
 * SubWord(RotWord(w)) with the first round constant added.
 */
static uint32_t aes_sub_word(uint32_t w)
{
    struct aes128_ctx ctx;
    uint8_t key[16] = { 0 };

    stl_be_p(key + 12, ror32(w, 8));
    aes128_set_encrypt_key(&ctx, key);
    return bswap32(ctx.keys[4]) ^ 0x01000000;
}

/* FIPS-197 expansion: what is added to word i - nk to give word i */
static uint32_t aes_schedule_term(uint32_t prev, unsigned i, unsigned nk)
{
    static const uint8_t rcon[] = {
        0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36,
    };

    if (i % nk == 0) {
        return aes_sub_word(rol32(prev, 8)) ^
               (uint32_t)rcon[i / nk - 1] << 24;
    }
    if (nk > 6 && i % nk == 4) {
        return aes_sub_word(prev);
    }
    return prev;
}

/* From the last nk schedule words, as the inverse cipher takes them, back */
static void aes_unreverse_key(uint8_t *key, unsigned len)
{
    unsigned nk = len / 4, total = 4 * (nk + 7), i, k;
    uint32_t w[60];

    for (i = 0; i < nk; i++) {
        /* groups of four, the last group first, each in forward order */
        unsigned group = i / 4, in_group = MIN(4, nk - 4 * group);

        k = total - 4 * group - in_group + i % 4;
        w[k] = ldl_be_p(key + 4 * i);
    }
    for (i = total - 1; i >= nk; i--) {
        w[i - nk] = w[i] ^ aes_schedule_term(w[i - 1], i, nk);
        if (i == nk) {
            break;
        }
    }
    for (i = 0; i < nk; i++) {
        stl_be_p(key + 4 * i, w[i]);
    }
}

static bool sym_is_aes(const SymCipher *c)
{
    return c->alg >= SYM_ALG_AES128 && c->alg <= SYM_ALG_AES256;
}

/* Key bytes as stored in the descriptor */
static unsigned sym_stored_key(const SymCipher *c, unsigned key_bytes,
                               bool ucs)
{
    if (c->mode == SYM_MODE_XTS && !ucs) {
        return 2 * c->key_len;
    }
    if (ucs && c->key_len == 24 && key_bytes == 32) {
        return 32;              /* padding that is never read */
    }
    return c->key_len;
}

static SymResult sym_cipher_key(SymCipher *c, const uint8_t *key,
                                unsigned key_bytes, bool ucs, bool convert)
{
    bool xts = c->mode == SYM_MODE_XTS;
    bool block_decrypt = c->decrypt && c->mode != SYM_MODE_CTR && !c->aead;

    if ((xts && c->key_len == 24) ||
        key_bytes != sym_stored_key(c, key_bytes, ucs)) {
        return SYM_INVALID;
    }
    memcpy(c->key, key, c->key_len);
    c->xts_tweak_plain = xts && !ucs;
    if (c->xts_tweak_plain) {
        memcpy(c->key2, key + c->key_len, c->key_len);
    }
    if (block_decrypt && !convert) {
        if (!sym_is_aes(c)) {
            return SYM_UNSUPPORTED;     /* no source gives such a key's form */
        }
        aes_unreverse_key(c->key, c->key_len);
    }
    return SYM_OK;
}

/* Which algorithm has which mode in which of the two block formats */
static bool sym_cipher_known(const SymCipher *c, bool ucs)
{
    switch (c->alg) {
    case SYM_ALG_AES128:
    case SYM_ALG_AES192:
    case SYM_ALG_AES256:
        return c->mode <= SYM_MODE_CTR || c->mode == SYM_MODE_XTS ||
               (c->mode == SYM_MODE_GCM && ucs) ||
               (c->mode == SYM_MODE_CCM && !ucs);
    case SYM_ALG_SM4:
        return c->mode <= SYM_MODE_CTR && !ucs;
    case SYM_ALG_CHACHA:
        return c->mode == SYM_MODE_CTR && ucs;
    default:
        return false;
    }
}

static unsigned sym_key_len(unsigned alg)
{
    switch (alg) {
    case SYM_ALG_SM4:
        return 16;
    case SYM_ALG_CHACHA:
        return 32;
    default:
        return 16 + 8 * (alg - SYM_ALG_AES128);
    }
}

/* The cipher block of a content descriptor */
SymResult sym_cipher_parse(SymCipher *c, const uint8_t *cd, size_t cd_len,
                           unsigned cfg_off, unsigned key_bytes, bool ucs)
{
    unsigned key_off = cfg_off + (ucs ? 16 : 8);
    uint32_t cfg;

    memset(c, 0, sizeof(*c));
    if (cfg_off + 8 > cd_len || (key_bytes && key_off + key_bytes > cd_len)) {
        return SYM_INVALID;
    }
    cfg = qat_get32(cd + cfg_off);
    c->alg = cfg & 0xf;
    c->mode = (cfg >> 4) & 0xf;
    c->decrypt = cfg & CFG_DECRYPT;
    c->tag_len = (cfg >> 10) & 0x1f;
    if (c->alg == SYM_ALG_NULL) {
        return key_bytes ? SYM_INVALID : SYM_OK;
    }
    if (!sym_cipher_known(c, ucs)) {
        return SYM_UNSUPPORTED;
    }
    c->aead = c->mode == SYM_MODE_GCM || c->mode == SYM_MODE_CCM ||
              c->alg == SYM_ALG_CHACHA;
    c->key_len = sym_key_len(c->alg);
    return sym_cipher_key(c, cd + key_off, key_bytes, ucs, cfg & CFG_CONVERT);
}

SymResult sym_cipher_check_len(const SymCipher *c, uint32_t len)
{
    if (c->alg == SYM_ALG_NULL || c->aead || c->mode == SYM_MODE_CTR) {
        return SYM_OK;
    }
    if (c->mode == SYM_MODE_XTS) {
        return len >= BLOCK ? SYM_OK : SYM_INVALID;
    }
    return len % BLOCK ? SYM_INVALID : SYM_OK;
}

static gcry_cipher_hd_t sym_open_key(const SymCipher *c, const uint8_t *key,
                                     int mode, unsigned flags)
{
    static const int algs[] = {
        [SYM_ALG_AES128] = GCRY_CIPHER_AES128,
        [SYM_ALG_AES192] = GCRY_CIPHER_AES192,
        [SYM_ALG_AES256] = GCRY_CIPHER_AES256,
        [SYM_ALG_SM4] = GCRY_CIPHER_SM4,
        [SYM_ALG_CHACHA] = GCRY_CIPHER_CHACHA20,
    };
    gcry_cipher_hd_t hd;

    if (gcry_cipher_open(&hd, algs[c->alg], mode, flags)) {
        return NULL;
    }
    if (gcry_cipher_setkey(hd, key, c->key_len)) {
        gcry_cipher_close(hd);
        return NULL;
    }
    return hd;
}

/* NULL only if the host's library does not have it */
gcry_cipher_hd_t sym_cipher_open(const SymCipher *c, int mode, unsigned flags)
{
    return sym_open_key(c, c->key, mode, flags);
}

/* In place; false only if the host's library fails */
bool sym_cipher_crypt(gcry_cipher_hd_t hd, bool decrypt, uint8_t *data,
                      size_t len)
{
    return !(decrypt ? gcry_cipher_decrypt(hd, data, len, NULL, 0)
                     : gcry_cipher_encrypt(hd, data, len, NULL, 0));
}

/* IEEE 1619: multiply by x in GF(2^128), little-endian bit order */
static void xts_next_tweak(uint64_t t[2])
{
    uint64_t carry = t[1] >> 63;

    t[1] = t[1] << 1 | t[0] >> 63;
    t[0] = t[0] << 1 ^ (carry ? 0x87 : 0);
}

static void xts_xor(uint8_t *data, const uint64_t (*tweak)[2], size_t blocks)
{
    size_t i;

    for (i = 0; i < blocks; i++) {
        stq_le_p(data + BLOCK * i, ldq_le_p(data + BLOCK * i) ^ tweak[i][0]);
        stq_le_p(data + BLOCK * i + 8,
                 ldq_le_p(data + BLOCK * i + 8) ^ tweak[i][1]);
    }
}

/* Whole blocks; t is left at the tweak after the last one */
static bool xts_blocks(gcry_cipher_hd_t hd, bool decrypt, uint8_t *data,
                       size_t blocks, uint64_t t[2])
{
    uint64_t tweak[XTS_CHUNK / BLOCK][2];
    size_t i, n;

    for (; blocks; blocks -= n, data += n * BLOCK) {
        n = MIN(blocks, ARRAY_SIZE(tweak));
        for (i = 0; i < n; i++) {
            tweak[i][0] = t[0];
            tweak[i][1] = t[1];
            xts_next_tweak(t);
        }
        xts_xor(data, tweak, n);
        if (!sym_cipher_crypt(hd, decrypt, data, n * BLOCK)) {
            return false;
        }
        xts_xor(data, tweak, n);
    }
    return true;
}

static void swap_bytes(uint8_t *a, uint8_t *b, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        uint8_t x = a[i];

        a[i] = b[i];
        b[i] = x;
    }
}

static bool xts_run(gcry_cipher_hd_t hd, bool decrypt, const uint8_t *t0,
                    uint8_t *data, size_t len)
{
    size_t tail = len % BLOCK, whole = len / BLOCK - (tail ? 1 : 0);
    uint64_t t[2] = { ldq_le_p(t0), ldq_le_p(t0 + 8) };
    uint64_t first[2], second[2];
    uint8_t *last;

    if (!xts_blocks(hd, decrypt, data, whole, t)) {
        return false;
    }
    if (!tail) {
        return true;
    }
    /* ciphertext stealing: decryption takes the last two tweaks swapped */
    last = data + whole * BLOCK;
    memcpy(first, t, sizeof(first));
    xts_next_tweak(t);
    memcpy(second, t, sizeof(second));
    if (!xts_blocks(hd, decrypt, last, 1, decrypt ? second : first)) {
        return false;
    }
    swap_bytes(last, last + BLOCK, tail);
    memcpy(second, t, sizeof(second));
    if (decrypt) {
        /* first was not used yet */
        return xts_blocks(hd, decrypt, last, 1, first);
    }
    return xts_blocks(hd, decrypt, last, 1, second);
}

static bool xts_encrypt_tweak(const SymCipher *c, uint8_t *t0)
{
    gcry_cipher_hd_t hd = sym_open_key(c, c->key2, GCRY_CIPHER_MODE_ECB, 0);
    bool ok = hd && sym_cipher_crypt(hd, false, t0, BLOCK);

    gcry_cipher_close(hd);
    return ok;
}

/* In place; false only if the host's library fails */
bool sym_cipher_run(const SymCipher *c, uint8_t *data, size_t len)
{
    static const int modes[] = {
        [SYM_MODE_ECB] = GCRY_CIPHER_MODE_ECB,
        [SYM_MODE_CBC] = GCRY_CIPHER_MODE_CBC,
        [SYM_MODE_CTR] = GCRY_CIPHER_MODE_CTR,
        [SYM_MODE_XTS] = GCRY_CIPHER_MODE_ECB,
    };
    gcry_cipher_hd_t hd;
    uint8_t iv[BLOCK];
    bool ok;

    if (c->alg == SYM_ALG_NULL || !len) {
        return true;
    }
    memcpy(iv, c->iv, sizeof(iv));
    if (c->xts_tweak_plain && !xts_encrypt_tweak(c, iv)) {
        return false;
    }
    hd = sym_cipher_open(c, modes[c->mode], 0);
    if (!hd) {
        return false;
    }
    switch (c->mode) {
    case SYM_MODE_XTS:
        ok = xts_run(hd, c->decrypt, iv, data, len);
        break;
    case SYM_MODE_CTR:
        ok = !gcry_cipher_setctr(hd, iv, sizeof(iv)) &&
             sym_cipher_crypt(hd, false, data, len);
        break;
    case SYM_MODE_CBC:
        ok = !gcry_cipher_setiv(hd, iv, sizeof(iv)) &&
             sym_cipher_crypt(hd, c->decrypt, data, len);
        break;
    default:
        ok = sym_cipher_crypt(hd, c->decrypt, data, len);
        break;
    }
    gcry_cipher_close(hd);
    return ok;
}
