/*
 * Intel QuickAssist Gen4: symmetric service, shared by its files
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_MISC_QAT_SYM_H
#define HW_MISC_QAT_SYM_H

#include "sgl.h"
#include <gcrypt.h>

/* How a request ends; response.c's bytes follow from it */
typedef enum SymResult {
    SYM_OK,
    SYM_MISMATCH,           /* digest or tag differs */
    SYM_INVALID,            /* a parameter violates a rule */
    SYM_UNSUPPORTED,        /* the model does not do this */
    SYM_FAULT,              /* DMA failed */
} SymResult;

/* ---- sym-cipher.c ---- */

enum { SYM_MODE_ECB, SYM_MODE_CBC, SYM_MODE_CTR, SYM_MODE_GCM = 4,
       SYM_MODE_CCM = 5, SYM_MODE_XTS = 6 };

enum { SYM_ALG_NULL = 0, SYM_ALG_AES128 = 3, SYM_ALG_AES192 = 4,
       SYM_ALG_AES256 = 5, SYM_ALG_SM4 = 10, SYM_ALG_CHACHA = 11 };

typedef struct SymCipher {
    uint8_t alg;
    uint8_t mode;
    bool decrypt;
    bool aead;              /* exists in single-pass requests only */
    bool xts_tweak_plain;   /* Gen2 form: the IV is not encrypted yet */
    uint8_t key[32];
    uint8_t key2[32];
    uint8_t key_len;
    uint8_t tag_len;        /* single pass, from the config word */
    uint8_t iv[16];
} SymCipher;

SymResult sym_cipher_parse(SymCipher *c, const uint8_t *cd, size_t cd_len,
                           unsigned cfg_off, unsigned key_bytes, bool ucs);
SymResult sym_cipher_check_len(const SymCipher *c, uint32_t len);
gcry_cipher_hd_t sym_cipher_open(const SymCipher *c, int mode, unsigned flags);
bool sym_cipher_crypt(gcry_cipher_hd_t hd, bool decrypt, uint8_t *data,
                      size_t len);
bool sym_cipher_run(const SymCipher *c, uint8_t *data, size_t len);

/* ---- sym-aead.c ---- */

#define SYM_TAG_MAX     16

SymResult sym_aead_check(const SymCipher *c, uint32_t aad_len, uint32_t len,
                         unsigned tag_len);
bool sym_aead_run(const SymCipher *c, const uint8_t *aad, size_t aad_len,
                  uint8_t *data, size_t len, uint8_t *tag);

/* ---- sym-mac.c ---- */

typedef struct SymMac {
    bool xcbc;              /* XCBC or CMAC, else plain CBC-MAC */
    uint8_t start[16];
    uint8_t key[16];
    uint8_t last[2][16];    /* added to a whole, a padded last block */
} SymMac;

SymResult sym_mac_parse(SymMac *m, bool xcbc, const uint8_t *state1,
                        unsigned state1_sz, const uint8_t *state2,
                        unsigned state2_sz);
void sym_mac_run(const SymMac *m, const uint8_t *data, size_t len,
                 uint8_t *mac);

/* ---- sym-hash.c ---- */

#define SYM_DIGEST_MAX  64

typedef struct SymHashAlg SymHashAlg;

typedef struct SymHashSide {
    const SymHashAlg *alg;
    uint32_t counter;       /* bytes already hashed in state */
    uint8_t state[64];
    uint16_t prefix_off;    /* in the prefix buffer */
    uint8_t prefix_len;
    uint8_t prefix[256];    /* hashed before the data */
} SymHashSide;

typedef struct SymHash {
    bool is_mac;            /* mac instead of all that follows it */
    SymMac mac;
    SymHashSide inner;
    SymHashSide outer;
    bool two;               /* an outer pass over the inner digest */
    bool keyed;             /* mode 2: the prefixes are HMAC keys */
    uint8_t digest_len;
} SymHash;

SymResult sym_hash_parse(SymHash *h, const uint8_t *req, const uint8_t *cd,
                         size_t cd_len);
void sym_hash_set_prefix(SymHash *h, const uint8_t *prefix);
void sym_hash_run(const SymHash *h, const uint8_t *data, size_t len,
                  uint8_t *digest);

#endif /* HW_MISC_QAT_SYM_H */
