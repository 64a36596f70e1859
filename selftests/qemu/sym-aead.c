/*
 * Intel QuickAssist Gen4: symmetric service, single-pass AEAD
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * AES-GCM and ChaCha20-Poly1305 are whole modes of libgcrypt. CCM is not
 * taken as a whole: the device authenticates the B0 block that software
 * wrote and counts from the counter block it gave, so a B0 that contradicts
 * the request must give the tag the hardware would give. It is made of the
 * library's CBC-MAC and counter mode. Reference: 05 section 12.
 */

#include "qemu/osdep.h"
#include "sym.h"

#define AAD_MAX         16383
#define NONCE           12
#define BLOCK           16
/* CCM's buffer of associated data: B0, length field, the data */
#define CCM_HEAD        18
#define CCM_B0_HAS_AAD  0x40

/* tag_len 0: no tag wanted */
SymResult sym_aead_check(const SymCipher *c, uint32_t aad_len, uint32_t len,
                         unsigned tag_len)
{
    if (aad_len > AAD_MAX) {
        return SYM_INVALID;
    }
    if (c->mode == SYM_MODE_CCM) {
        /* the length field counts B0 and the length even without data */
        return aad_len < CCM_HEAD || tag_len % 2 || tag_len == 2 ? SYM_INVALID
                                                                 : SYM_OK;
    }
    if (c->alg == SYM_ALG_CHACHA && (!len || (tag_len && tag_len != 16))) {
        return SYM_INVALID;
    }
    return SYM_OK;
}

/* A mode of the library that takes a 12-byte nonce */
static bool sym_aead_whole(const SymCipher *c, int mode, const uint8_t *aad,
                           size_t aad_len, uint8_t *data, size_t len,
                           uint8_t *tag)
{
    gcry_cipher_hd_t hd = sym_cipher_open(c, mode, 0);
    bool ok;

    if (!hd) {
        return false;
    }
    ok = !gcry_cipher_setiv(hd, c->iv, NONCE) &&
         (!aad_len || !gcry_cipher_authenticate(hd, aad, aad_len)) &&
         sym_cipher_crypt(hd, c->decrypt, data, len) &&
         !gcry_cipher_gettag(hd, tag, SYM_TAG_MAX);
    gcry_cipher_close(hd);
    return ok;
}

/* One message part, zero padded to whole blocks, into a running CBC-MAC */
static bool ccm_mac(gcry_cipher_hd_t hd, const uint8_t *data, size_t len,
                    uint8_t *mac)
{
    size_t whole = len - len % BLOCK;
    uint8_t last[BLOCK] = { 0 };

    if (whole && gcry_cipher_encrypt(hd, mac, BLOCK, data, whole)) {
        return false;
    }
    if (whole == len) {
        return true;
    }
    memcpy(last, data + whole, len - whole);
    return !gcry_cipher_encrypt(hd, mac, BLOCK, last, BLOCK);
}

static bool ccm_authenticate(const SymCipher *c, const uint8_t *head,
                             size_t head_len, const uint8_t *data, size_t len,
                             uint8_t *mac)
{
    gcry_cipher_hd_t hd = sym_cipher_open(c, GCRY_CIPHER_MODE_CBC,
                                          GCRY_CIPHER_CBC_MAC);
    const uint8_t zero[BLOCK] = { 0 };
    bool ok;

    /* without associated data only B0 is meaningful */
    if (!(head[0] & CCM_B0_HAS_AAD)) {
        head_len = BLOCK;
    }
    ok = hd && !gcry_cipher_setiv(hd, zero, BLOCK) &&
         ccm_mac(hd, head, head_len, mac) && ccm_mac(hd, data, len, mac);
    gcry_cipher_close(hd);
    return ok;
}

/* Counter block A0 masks the tag, the data begin with the next one */
static bool ccm_crypt(const SymCipher *c, uint8_t *data, size_t len,
                      uint8_t *mask)
{
    gcry_cipher_hd_t hd = sym_cipher_open(c, GCRY_CIPHER_MODE_CTR, 0);
    bool ok;

    memset(mask, 0, BLOCK);
    ok = hd && !gcry_cipher_setctr(hd, c->iv, BLOCK) &&
         sym_cipher_crypt(hd, false, mask, BLOCK) &&
         (!len || sym_cipher_crypt(hd, false, data, len));
    gcry_cipher_close(hd);
    return ok;
}

static bool sym_ccm_run(const SymCipher *c, const uint8_t *head,
                        size_t head_len, uint8_t *data, size_t len,
                        uint8_t *tag)
{
    uint8_t mask[BLOCK];
    unsigned i;

    if (c->decrypt && !ccm_crypt(c, data, len, mask)) {
        return false;
    }
    if (!ccm_authenticate(c, head, head_len, data, len, tag)) {
        return false;
    }
    if (!c->decrypt && !ccm_crypt(c, data, len, mask)) {
        return false;
    }
    for (i = 0; i < BLOCK; i++) {
        tag[i] ^= mask[i];
    }
    return true;
}

/*
 * In place; tag gets the 16 bytes computed. The arguments have passed
 * sym_aead_check(); false only if the host's library fails.
 */
bool sym_aead_run(const SymCipher *c, const uint8_t *aad, size_t aad_len,
                  uint8_t *data, size_t len, uint8_t *tag)
{
    if (c->mode == SYM_MODE_CCM) {
        return sym_ccm_run(c, aad, aad_len, data, len, tag);
    }
    return sym_aead_whole(c, c->alg == SYM_ALG_CHACHA
                             ? GCRY_CIPHER_MODE_POLY1305
                             : GCRY_CIPHER_MODE_GCM,
                          aad, aad_len, data, len, tag);
}
