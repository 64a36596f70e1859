/*
 * Intel QuickAssist Gen4: symmetric service, hashes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The device starts a hash from whatever chaining value the descriptor
 * holds: the standard one for a plain hash, the states after the ipad and
 * opad blocks for HMAC. libgcrypt cannot import a chaining value; Nettle's
 * contexts are public structures with exactly these fields, and its licence
 * goes with QEMU's, so hashing is done with Nettle. Reference: 05 sections
 * 8 and 10.
 */

#include "qemu/osdep.h"
#include "sym.h"
#include <nettle/sha1.h>
#include <nettle/sha2.h>

enum { ALG_SHA1 = 1, ALG_SHA224 = 3, ALG_SHA256, ALG_SHA384, ALG_SHA512 };

#define MODE_PLAIN      0
#define MODE_HMAC       1

typedef struct SymHashAlg {
    uint8_t digest;
    uint8_t state;          /* bytes of the chaining value */
    uint8_t block;
} SymHashAlg;

static const SymHashAlg sym_algs[] = {
    [ALG_SHA1] = { 20, 20, 64 },
    [ALG_SHA224] = { 28, 32, 64 },
    [ALG_SHA256] = { 32, 32, 64 },
    [ALG_SHA384] = { 48, 64, 128 },
    [ALG_SHA512] = { 64, 64, 128 },
};

/* The inner setup block of a content descriptor, and state 2 */
SymResult sym_hash_parse(SymHash *h, const uint8_t *cd, size_t cd_len,
                         unsigned cfg_off, unsigned state1_sz,
                         unsigned state2_off, unsigned state2_sz)
{
    const SymHashAlg *alg;
    uint32_t cfg;
    unsigned mode;

    memset(h, 0, sizeof(*h));
    if (cfg_off + 16 + state1_sz > cd_len ||
        (state2_sz && state2_off + state2_sz > cd_len)) {
        return SYM_INVALID;
    }
    cfg = qat_get32(cd + cfg_off);
    h->alg = (cfg & 0xf) | (cfg >> 22 & 3) << 4;
    mode = (cfg >> 4) & 0xf;
    if (h->alg >= ARRAY_SIZE(sym_algs) || !sym_algs[h->alg].digest ||
        mode > MODE_HMAC) {
        return SYM_UNSUPPORTED;
    }
    alg = &sym_algs[h->alg];
    h->hmac = mode == MODE_HMAC;
    h->digest_len = alg->digest;
    h->counter = ldl_be_p(cd + cfg_off + 8);
    if (state1_sz < alg->state || h->counter % alg->block ||
        (h->hmac && state2_sz < alg->state)) {
        return SYM_INVALID;
    }
    memcpy(h->state1, cd + cfg_off + 16, alg->state);
    if (h->hmac) {
        memcpy(h->state2, cd + state2_off, alg->state);
    }
    return SYM_OK;
}

static void sym_sha1(const uint8_t *state, uint32_t counter,
                     const uint8_t *data, size_t len, uint8_t *digest)
{
    struct sha1_ctx ctx;
    unsigned i;

    sha1_init(&ctx);
    for (i = 0; i < 5; i++) {
        ctx.state[i] = ldl_be_p(state + 4 * i);
    }
    ctx.count = counter / SHA1_BLOCK_SIZE;
    sha1_update(&ctx, len, data);
    sha1_digest(&ctx, SHA1_DIGEST_SIZE, digest);
}

static void sym_sha256(const uint8_t *state, uint32_t counter,
                       const uint8_t *data, size_t len, uint8_t *digest,
                       unsigned digest_len)
{
    struct sha256_ctx ctx;
    unsigned i;

    sha256_init(&ctx);
    for (i = 0; i < 8; i++) {
        ctx.state[i] = ldl_be_p(state + 4 * i);
    }
    ctx.count = counter / SHA256_BLOCK_SIZE;
    sha256_update(&ctx, len, data);
    sha256_digest(&ctx, digest_len, digest);
}

static void sym_sha512(const uint8_t *state, uint32_t counter,
                       const uint8_t *data, size_t len, uint8_t *digest,
                       unsigned digest_len)
{
    struct sha512_ctx ctx;
    unsigned i;

    sha512_init(&ctx);
    for (i = 0; i < 8; i++) {
        ctx.state[i] = ldq_be_p(state + 8 * i);
    }
    ctx.count_low = counter / SHA512_BLOCK_SIZE;
    sha512_update(&ctx, len, data);
    sha512_digest(&ctx, digest_len, digest);
}

static void sym_hash_pass(const SymHash *h, const uint8_t *state,
                          const uint8_t *data, size_t len, uint8_t *digest)
{
    switch (h->alg) {
    case ALG_SHA1:
        sym_sha1(state, h->counter, data, len, digest);
        break;
    case ALG_SHA224:
    case ALG_SHA256:
        sym_sha256(state, h->counter, data, len, digest, h->digest_len);
        break;
    default:
        sym_sha512(state, h->counter, data, len, digest, h->digest_len);
        break;
    }
}

/* digest has room for SYM_DIGEST_MAX bytes */
void sym_hash_run(const SymHash *h, const uint8_t *data, size_t len,
                  uint8_t *digest)
{
    sym_hash_pass(h, h->state1, data, len, digest);
    if (h->hmac) {
        uint8_t inner[SYM_DIGEST_MAX];

        memcpy(inner, digest, h->digest_len);
        sym_hash_pass(h, h->state2, inner, h->digest_len, digest);
    }
}
