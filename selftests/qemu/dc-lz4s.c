/*
 * Intel QuickAssist Gen4: compression service, LZ4s
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The device's own variant of an LZ4 block, from which software makes zstd:
 * one stream of sequences whose match length counts from another base, with
 * a code for "no match". No library writes it, so the matches are found by
 * liblz4 and only the sequences are written anew. Reference: 06 section
 * 13.3.
 */

#include "qemu/osdep.h"
#include "dc.h"
#include <lz4.h>

#define LZ4_MIN_MATCH   4
/* consumers keep 16 bits of a match length, and so many sequences */
#define MATCH_MAX       65535
#define SEQUENCES_MAX   131070

typedef struct Lz4Sequence {
    const uint8_t *literals;
    size_t num;
    unsigned offset;
    size_t match;           /* 0: the last sequence, literals only */
} Lz4Sequence;

/* What liblz4 wrote is trusted to be whole */
static size_t lz4_length(const uint8_t **p, unsigned code)
{
    size_t len = code;
    uint8_t more;

    if (code == 15) {
        do {
            more = *(*p)++;
            len += more;
        } while (more == 255);
    }
    return len;
}

static Lz4Sequence lz4_next(const uint8_t **p, const uint8_t *end)
{
    Lz4Sequence seq = { 0 };
    uint8_t token = *(*p)++;

    seq.num = lz4_length(p, token >> 4);
    seq.literals = *p;
    *p += seq.num;
    if (*p < end) {
        seq.offset = lduw_le_p(*p);
        *p += 2;
        seq.match = LZ4_MIN_MATCH + lz4_length(p, token & 15);
    }
    return seq;
}

static void lz4s_extend(GByteArray *out, size_t code)
{
    uint8_t byte;

    if (code < 15) {
        return;
    }
    for (code -= 15; ; code -= 255) {
        byte = MIN(code, 255);
        g_byte_array_append(out, &byte, 1);
        if (byte < 255) {
            return;
        }
    }
}

/* bias: match length minus code */
static void lz4s_put(GByteArray *out, const Lz4Sequence *seq, unsigned bias)
{
    size_t code = seq->match ? seq->match - bias : 0;
    uint8_t token = MIN(seq->num, 15) << 4 | MIN(code, 15), offset[2];

    g_byte_array_append(out, &token, 1);
    lz4s_extend(out, seq->num);
    g_byte_array_append(out, seq->literals, seq->num);
    if (seq->match) {
        stw_le_p(offset, seq->offset);
        g_byte_array_append(out, offset, 2);
        lz4s_extend(out, code);
    }
}

/* A match longer than consumers take becomes several */
static unsigned lz4s_put_split(GByteArray *out, Lz4Sequence seq, unsigned bias)
{
    size_t left = seq.match;
    unsigned n = 1;

    for (; left > MATCH_MAX; n++) {
        seq.match = MIN(MATCH_MAX, left - LZ4_MIN_MATCH);
        lz4s_put(out, &seq, bias);
        left -= seq.match;
        seq.num = 0;
    }
    seq.match = left;
    lz4s_put(out, &seq, bias);
    return n;
}

static void lz4s_rewrite(DcData *d, const uint8_t *p, const uint8_t *end,
                         unsigned bias)
{
    unsigned sequences = 0;
    size_t at = 0;

    while (p < end) {
        Lz4Sequence seq = lz4_next(&p, end);

        if (sequences + 2 + seq.match / MATCH_MAX >= SEQUENCES_MAX) {
            /* too many: all that is left becomes literals */
            seq = (Lz4Sequence) { d->in + at, d->in_len - at };
            p = end;
        }
        sequences += lz4s_put_split(d->out, seq, bias);
        at += seq.num + seq.match;
    }
}

int dc_lz4s_store(DcData *d)
{
    g_byte_array_set_size(d->out, 0);
    if (d->in_len > d->cap) {
        return DC_OVERFLOW;
    }
    g_byte_array_append(d->out, d->in, d->in_len);
    d->consumed = d->in_len;
    d->stored = true;
    return DC_OK;
}

int dc_lz4s_compress(DcData *d, unsigned min_match, bool may_store)
{
    size_t room = LZ4_compressBound(d->in_len);
    g_autofree uint8_t *lz4 = g_malloc(room);
    int got = LZ4_compress_default((const char *)d->in, (char *)lz4,
                                   d->in_len, room);

    g_byte_array_set_size(d->out, 0);
    if (got <= 0) {
        return DC_OTHER;
    }
    lz4s_rewrite(d, lz4, lz4 + got, min_match - 1);
    if (may_store && d->out->len > d->in_len) {
        return dc_lz4s_store(d);
    }
    d->consumed = d->in_len;
    return d->out->len > d->cap ? DC_OVERFLOW : DC_OK;
}
