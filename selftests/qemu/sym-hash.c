/*
 * Intel QuickAssist Gen4: symmetric service, hashes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The device starts a hash from whatever chaining value the descriptor
 * holds: the standard one for a plain hash, the states after the ipad and
 * opad blocks for HMAC. libgcrypt cannot import a chaining value; Nettle's
 * contexts are public structures with exactly these fields, and its licence
 * goes with QEMU's, so hashing is done with Nettle. SHA-3 starts from zero
 * and cannot continue; HMAC of it, and of SM3, gets the key itself in front
 * of the data ("mode 2"). Reference: 05 sections 8 and 10.
 */

#include "qemu/osdep.h"
#include "sym.h"
#include <nettle/nettle-meta.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <nettle/sha3.h>
#include <nettle/sm3.h>

#define SETUP_BYTES     16      /* in front of state 1 */
#define ALG_XCBC        7
#define ALG_CBC_MAC     8
#define MAC_BYTES       16
#define CFG_SHA3_PAD    0x30000 /* software pads, or changes the padding */
#define FLAG_NESTED     0x01
#define FLAG_SKIP_INNER 0x02
#define FLAG_SKIP_OUTER 0x04
#define FLAG_WIRELESS   0x18

enum { MODE_PLAIN, MODE_HMAC, MODE_PREFIX };

typedef union SymHashCtx {
    struct sha1_ctx sha1;
    struct sha256_ctx sha256;
    struct sha512_ctx sha512;
    struct sm3_ctx sm3;
    struct sha3_224_ctx sha3_224;
    struct sha3_256_ctx sha3_256;
    struct sha3_384_ctx sha3_384;
    struct sha3_512_ctx sha3_512;
} SymHashCtx;

struct SymHashAlg {
    const struct nettle_hash *lib;
    uint8_t state;          /* bytes of the chaining value, 0: none */
    void (*load)(SymHashCtx *ctx, const uint8_t *state, uint32_t counter);
};

static void load_words(uint32_t *w, const uint8_t *state, unsigned n)
{
    unsigned i;

    for (i = 0; i < n; i++) {
        w[i] = ldl_be_p(state + 4 * i);
    }
}

static void load_sha1(SymHashCtx *ctx, const uint8_t *state, uint32_t counter)
{
    load_words(ctx->sha1.state, state, 5);
    ctx->sha1.count = counter / SHA1_BLOCK_SIZE;
}

static void load_sha256(SymHashCtx *ctx, const uint8_t *state,
                        uint32_t counter)
{
    load_words(ctx->sha256.state, state, 8);
    ctx->sha256.count = counter / SHA256_BLOCK_SIZE;
}

static void load_sha512(SymHashCtx *ctx, const uint8_t *state,
                        uint32_t counter)
{
    unsigned i;

    for (i = 0; i < 8; i++) {
        ctx->sha512.state[i] = ldq_be_p(state + 8 * i);
    }
    ctx->sha512.count_low = counter / SHA512_BLOCK_SIZE;
}

static void load_sm3(SymHashCtx *ctx, const uint8_t *state, uint32_t counter)
{
    load_words(ctx->sm3.state, state, 8);
    ctx->sm3.count = counter / SM3_BLOCK_SIZE;
}

/* By algorithm number: low four bits of the config word, then bits 23:22 */
static const SymHashAlg sym_algs[] = {
    [1] = { &nettle_sha1, 20, load_sha1 },
    [3] = { &nettle_sha224, 32, load_sha256 },
    [4] = { &nettle_sha256, 32, load_sha256 },
    [5] = { &nettle_sha384, 64, load_sha512 },
    [6] = { &nettle_sha512, 64, load_sha512 },
    [15] = { &nettle_sm3, 32, load_sm3 },
    [16] = { &nettle_sha3_224 },
    [17] = { &nettle_sha3_256 },
    [18] = { &nettle_sha3_384 },
    [19] = { &nettle_sha3_512 },
};

static unsigned sym_hash_number(uint32_t cfg)
{
    return (cfg & 0xf) | (cfg >> 22 & 3) << 4;
}

/* SHA-3 has no other start than zero; a driver that sends one is wrong */
static SymResult sym_check_zero(const SymHashAlg *alg, const uint8_t *state,
                                unsigned size, uint32_t counter, bool skip)
{
    unsigned i;

    if (counter || (!skip && size < alg->lib->digest_size)) {
        return SYM_INVALID;
    }
    for (i = 0; !skip && i < size; i++) {
        if (state[i]) {
            return SYM_INVALID;
        }
    }
    return SYM_OK;
}

/* A setup block and its state 1 */
static SymResult sym_hash_side(SymHashSide *side, unsigned *mode,
                               const uint8_t *cd, size_t cd_len,
                               unsigned off, unsigned state_sz, bool skip)
{
    const SymHashAlg *alg;
    uint32_t cfg;
    unsigned num;

    if (off + SETUP_BYTES + (skip ? 0 : state_sz) > cd_len) {
        return SYM_INVALID;
    }
    cfg = qat_get32(cd + off);
    num = sym_hash_number(cfg);
    *mode = cfg >> 4 & 0xf;
    if (num >= ARRAY_SIZE(sym_algs) || !sym_algs[num].lib ||
        (cfg & CFG_SHA3_PAD)) {
        return SYM_UNSUPPORTED;
    }
    alg = side->alg = &sym_algs[num];
    side->counter = ldl_be_p(cd + off + 8);
    if (!alg->state) {
        return sym_check_zero(alg, cd + off + SETUP_BYTES, state_sz,
                              side->counter, skip);
    }
    if (skip || state_sz < alg->state ||
        side->counter % alg->lib->block_size) {
        return SYM_INVALID;
    }
    memcpy(side->state, cd + off + SETUP_BYTES, alg->state);
    return SYM_OK;
}

/* Mode 1: the outer pass starts from state 2, with the same counter */
static SymResult sym_hash_state2(SymHash *h, const uint8_t *req,
                                 const uint8_t *cd, size_t cd_len)
{
    unsigned off = req[122] * 8, size = req[123];
    const SymHashAlg *alg = h->inner.alg;

    if (!alg->state) {
        return SYM_UNSUPPORTED;     /* SHA-3 has no state to precompute */
    }
    if (size < alg->state || off + size > cd_len) {
        return SYM_INVALID;
    }
    h->outer = h->inner;
    memcpy(h->outer.state, cd + off, alg->state);
    return SYM_OK;
}

/* Where in the prefix buffer a side's own part lies */
static SymResult sym_hash_prefix(SymHashSide *side, unsigned off,
                                 unsigned size, size_t total, bool hmac)
{
    side->prefix_off = off;
    side->prefix_len = size;
    if (off + size > total || (hmac && size != side->alg->lib->block_size)) {
        return SYM_INVALID;
    }
    return SYM_OK;
}

/* Mode 2 and nested: an outer setup block, and data before the region */
static SymResult sym_hash_outer(SymHash *h, const uint8_t *req,
                                const uint8_t *cd, size_t cd_len)
{
    size_t total = req[106] * 8;
    unsigned mode;
    SymResult res;

    res = sym_hash_side(&h->outer, &mode, cd, cd_len, req[124] * 8, req[125],
                        req[113] & FLAG_SKIP_OUTER);
    if (res == SYM_OK && (mode != (h->keyed ? MODE_PREFIX : MODE_PLAIN) ||
                          (h->keyed && h->outer.alg != h->inner.alg))) {
        res = SYM_UNSUPPORTED;
    }
    if (res == SYM_OK) {
        res = sym_hash_prefix(&h->inner, 0, req[104], total, h->keyed);
    }
    return res == SYM_OK ? sym_hash_prefix(&h->outer, req[127] * 8, req[117],
                                           total, h->keyed) : res;
}

/* XCBC and CMAC in mode 1, CBC-MAC in mode 0 */
static SymResult sym_hash_mac(SymHash *h, const uint8_t *req,
                              const uint8_t *cd, size_t cd_len)
{
    unsigned off = req[114] * 8, state2 = req[122] * 8;
    uint32_t cfg = qat_get32(cd + off);
    bool xcbc = sym_hash_number(cfg) == ALG_XCBC;

    if (off + SETUP_BYTES + req[121] > cd_len || state2 + req[123] > cd_len) {
        return SYM_INVALID;
    }
    if ((cfg >> 4 & 0xf) != (xcbc ? MODE_HMAC : MODE_PLAIN) ||
        (req[113] & FLAG_NESTED) || req[106]) {
        return SYM_UNSUPPORTED;
    }
    h->is_mac = true;
    h->digest_len = MAC_BYTES;
    return sym_mac_parse(&h->mac, xcbc, cd + off + SETUP_BYTES, req[121],
                         cd + state2, req[123]);
}

static bool sym_hash_is_mac(const uint8_t *req, const uint8_t *cd,
                            size_t cd_len)
{
    unsigned off = req[114] * 8, num;

    if (off + SETUP_BYTES > cd_len) {
        return false;
    }
    num = sym_hash_number(qat_get32(cd + off));
    return num == ALG_XCBC || num == ALG_CBC_MAC;
}

/*
 * The authentication block of a content descriptor, located by the control
 * block of the request.
 */
SymResult sym_hash_parse(SymHash *h, const uint8_t *req, const uint8_t *cd,
                         size_t cd_len)
{
    unsigned mode;
    SymResult res;

    memset(h, 0, sizeof(*h));
    if (req[113] & FLAG_WIRELESS) {
        return SYM_UNSUPPORTED;
    }
    if (sym_hash_is_mac(req, cd, cd_len)) {
        return sym_hash_mac(h, req, cd, cd_len);
    }
    res = sym_hash_side(&h->inner, &mode, cd, cd_len, req[114] * 8, req[121],
                        req[113] & FLAG_SKIP_INNER);
    if (res != SYM_OK) {
        return res;
    }
    h->keyed = mode == MODE_PREFIX;
    h->two = mode != MODE_PLAIN || (req[113] & FLAG_NESTED);
    if (mode > MODE_PREFIX ||
        (mode == MODE_HMAC && (req[113] & FLAG_NESTED))) {
        res = SYM_UNSUPPORTED;
    } else if (mode == MODE_HMAC) {
        res = sym_hash_state2(h, req, cd, cd_len);
    } else if (h->two) {
        res = sym_hash_outer(h, req, cd, cd_len);
    }
    if (res == SYM_OK && req[106] && (mode == MODE_HMAC || !h->two)) {
        res = SYM_UNSUPPORTED;      /* two-pass CCM and GCM, partial */
    }
    if (res == SYM_OK) {
        h->digest_len = (h->two ? &h->outer : &h->inner)->alg->lib->digest_size;
    }
    return res;
}

/* The prefix buffer, whole; keys become HMAC's padded keys here */
void sym_hash_set_prefix(SymHash *h, const uint8_t *prefix)
{
    SymHashSide *side[] = { &h->inner, &h->outer };
    const uint8_t pad[] = { 0x36, 0x5c };
    unsigned i, k;

    for (i = 0; i < ARRAY_SIZE(side); i++) {
        memcpy(side[i]->prefix, prefix + side[i]->prefix_off,
               side[i]->prefix_len);
        for (k = 0; h->keyed && k < side[i]->prefix_len; k++) {
            side[i]->prefix[k] ^= pad[i];
        }
    }
}

static void sym_hash_pass(const SymHashSide *side, const uint8_t *data,
                          size_t len, uint8_t *digest)
{
    const struct nettle_hash *lib = side->alg->lib;
    SymHashCtx ctx;

    lib->init(&ctx);
    if (side->alg->load) {
        side->alg->load(&ctx, side->state, side->counter);
    }
    lib->update(&ctx, side->prefix_len, side->prefix);
    lib->update(&ctx, len, data);
    lib->digest(&ctx, lib->digest_size, digest);
}

/* digest has room for SYM_DIGEST_MAX bytes */
void sym_hash_run(const SymHash *h, const uint8_t *data, size_t len,
                  uint8_t *digest)
{
    uint8_t inner[SYM_DIGEST_MAX];

    if (h->is_mac) {
        sym_mac_run(&h->mac, data, len, digest);
        return;
    }
    sym_hash_pass(&h->inner, data, len, h->two ? inner : digest);
    if (h->two) {
        sym_hash_pass(&h->outer, inner, h->inner.alg->lib->digest_size,
                      digest);
    }
}
