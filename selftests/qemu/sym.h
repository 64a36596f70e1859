/*
 * Intel QuickAssist Gen4: symmetric service, shared by its files
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_MISC_QAT_SYM_H
#define HW_MISC_QAT_SYM_H

#include "qat.h"

/* How a request ends; response.c's bytes follow from it */
typedef enum SymResult {
    SYM_OK,
    SYM_MISMATCH,           /* digest or tag differs */
    SYM_INVALID,            /* a parameter violates a rule */
    SYM_UNSUPPORTED,        /* the model does not do this */
    SYM_FAULT,              /* DMA failed */
} SymResult;

/* A model limit: no client sends regions near this size */
#define SYM_REGION_MAX  (64 * MiB)

/* ---- sgl.c: a flat buffer or a scatter-gather list, copied once ---- */

typedef struct QatSgl {
    struct {
        uint64_t addr;
        uint32_t len;
    } *seg;
    unsigned num;
    uint64_t total;
} QatSgl;

SymResult qat_sgl_load(QatPf *s, PCIDevice *dev, QatSgl *sg, bool is_list,
                       uint64_t addr, uint32_t flat_len, uint64_t need);
void qat_sgl_free(QatSgl *sg);
bool qat_sgl_read(QatPf *s, PCIDevice *dev, const QatSgl *sg, uint64_t off,
                  void *buf, size_t len);
bool qat_sgl_write(QatPf *s, PCIDevice *dev, const QatSgl *sg, uint64_t off,
                   const void *buf, size_t len);

/* ---- sym-cipher.c ---- */

enum { SYM_MODE_ECB, SYM_MODE_CBC, SYM_MODE_CTR, SYM_MODE_AEAD = 4,
       SYM_MODE_XTS = 6 };

typedef struct SymCipher {
    bool null;
    uint8_t mode;
    bool decrypt;
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
bool sym_cipher_run(const SymCipher *c, uint8_t *data, size_t len);
bool sym_aead_run(const SymCipher *c, const uint8_t *aad, size_t aad_len,
                  uint8_t *data, size_t len, uint8_t *tag);

/* ---- sym-hash.c ---- */

#define SYM_DIGEST_MAX  64

typedef struct SymHash {
    uint8_t alg;
    bool hmac;              /* mode 1: an outer pass from state 2 */
    uint8_t digest_len;
    uint32_t counter;       /* bytes already hashed in both states */
    uint8_t state1[64];
    uint8_t state2[64];
} SymHash;

SymResult sym_hash_parse(SymHash *h, const uint8_t *cd, size_t cd_len,
                         unsigned cfg_off, unsigned state1_sz,
                         unsigned state2_off, unsigned state2_sz);
void sym_hash_run(const SymHash *h, const uint8_t *data, size_t len,
                  uint8_t *digest);

#endif /* HW_MISC_QAT_SYM_H */
