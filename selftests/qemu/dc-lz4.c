/*
 * Intel QuickAssist Gen4: compression service, LZ4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The blocks of an LZ4 frame, without its header and end: a 32-bit size
 * whose top bit says "stored", the block, and a checksum if asked for. The
 * blocks themselves are liblz4's. Reference: 06 sections 13.2 and 22.
 */

#include "qemu/osdep.h"
#include "dc.h"
#include <lz4.h>

#define STORED          0x80000000u
#define WORD            4
#define WINDOW          (64 * KiB)

static void lz4_word(GByteArray *out, uint32_t val)
{
    uint8_t raw[WORD];

    stl_le_p(raw, val);
    g_byte_array_append(out, raw, WORD);
}

/* One block; false if it had to be stored */
static bool lz4_block(GByteArray *out, const uint8_t *in, size_t len,
                      bool store)
{
    guint at = out->len;
    int got = 0;

    lz4_word(out, 0);
    g_byte_array_set_size(out, at + WORD + len);
    if (!store) {
        /* must become smaller */
        got = LZ4_compress_default((const char *)in,
                                   (char *)out->data + at + WORD, len,
                                   len - 1);
    }
    if (got > 0) {
        stl_le_p(out->data + at, got);
        g_byte_array_set_size(out, at + WORD + got);
        return true;
    }
    stl_le_p(out->data + at, len | STORED);
    memcpy(out->data + at + WORD, in, len);
    return false;
}

static int lz4_blocks(DcData *d, size_t block_max, bool store)
{
    size_t at, n;

    g_byte_array_set_size(d->out, 0);
    d->stored = d->in_len;
    for (at = 0; at < d->in_len; at += n) {
        n = MIN(block_max, d->in_len - at);
        if (lz4_block(d->out, d->in + at, n, store)) {
            d->stored = false;
        }
        if (d->out->len > d->cap) {
            return DC_OVERFLOW;
        }
    }
    d->consumed = d->in_len;
    return DC_OK;
}

int dc_lz4_compress(DcData *d, size_t block_max)
{
    return lz4_blocks(d, block_max, false);
}

int dc_lz4_store(DcData *d, size_t block_max)
{
    return lz4_blocks(d, block_max, true);
}

/* A block may refer to those before it, up to the format's window */
static int lz4_unblock(DcData *d, const uint8_t *in, uint32_t len, bool stored,
                       size_t block_max)
{
    size_t have = d->out->len, window = MIN(have, WINDOW);
    char *end;
    int got = len;

    if (stored) {
        g_byte_array_append(d->out, in, len);
    } else {
        g_byte_array_set_size(d->out, have + block_max);
        end = (char *)d->out->data + have;
        got = LZ4_decompress_safe_usingDict((const char *)in, end, len,
                                            block_max, end - window, window);
        g_byte_array_set_size(d->out, have + MAX(got, 0));
    }
    return got < 0 ? DC_OTHER : d->out->len > d->cap ? DC_OVERFLOW : DC_OK;
}

int dc_lz4_decompress(DcData *d, size_t block_max, bool checksums)
{
    size_t at = 0, tail = checksums ? WORD : 0;
    int err;

    g_byte_array_set_size(d->out, 0);
    while (at < d->in_len) {
        uint32_t head, len;

        if (d->in_len - at < WORD) {
            return DC_TRUNCATED;
        }
        head = qat_get32(d->in + at);
        len = head & ~STORED;
        at += WORD;
        if (!len || len > block_max) {
            return len ? DC_TOO_MANY_CODES : DC_OTHER;
        }
        if (d->in_len - at < len + tail) {
            return DC_TRUNCATED;
        }
        if (checksums &&
            qat_get32(d->in + at + len) != dc_xxh32(d->in + at, len)) {
            return DC_OTHER;
        }
        err = lz4_unblock(d, d->in + at, len, head & STORED, block_max);
        if (err) {
            return err;
        }
        at += len + tail;
    }
    d->consumed = at;
    return DC_OK;
}
