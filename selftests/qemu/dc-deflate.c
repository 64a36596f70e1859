/*
 * Intel QuickAssist Gen4: compression service, deflate
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Raw RFC 1951 streams by zlib. A request that is not the last of a stream
 * ends on a byte boundary and refers to nothing before it, so that outputs
 * can be joined. Reference: 06 sections 10, 13.1 and 22.
 */

#include "qemu/osdep.h"
#include "dc.h"
#include <zlib.h>

#define RAW_WINDOW      (-15)
#define MEM_LEVEL       9
/* of inflate()'s data_type: in the last block, stopped behind a block */
#define IN_LAST_BLOCK   64
#define AT_BLOCK_END    128
#define FLUSH_ROOM      16
#define CHUNK           (64 * KiB)

static int dc_deflate_run(DcData *d, int level, int strategy, bool final)
{
    z_stream z = { .next_in = (uint8_t *)d->in, .avail_in = d->in_len };
    size_t room;
    int ret;

    if (deflateInit2(&z, level, Z_DEFLATED, RAW_WINDOW, MEM_LEVEL,
                     strategy) != Z_OK) {
        return DC_OTHER;
    }
    /*
     * The bound is that of a finished stream; a flush adds a marker. It is
     * complete only when it leaves room, so there is a byte more than allowed.
     */
    room = MIN(d->cap + 1, deflateBound(&z, d->in_len) + FLUSH_ROOM);
    g_byte_array_set_size(d->out, room);
    z.next_out = d->out->data;
    z.avail_out = room;
    ret = deflate(&z, final ? Z_FINISH : Z_FULL_FLUSH);
    d->consumed = z.total_in;
    g_byte_array_set_size(d->out, z.total_out);
    deflateEnd(&z);
    return ret == (final ? Z_STREAM_END : Z_OK) && z.total_out <= d->cap
           ? DC_OK : DC_OVERFLOW;
}

int dc_deflate_store(DcData *d, bool final)
{
    d->stored = true;
    return dc_deflate_run(d, Z_NO_COMPRESSION, Z_DEFAULT_STRATEGY, final);
}

int dc_deflate(DcData *d, const DcDeflate *how)
{
    int err = dc_deflate_run(d, how->level,
                             how->fixed ? Z_FIXED : Z_DEFAULT_STRATEGY,
                             how->final);

    if (how->may_store && d->in_len &&
        (err == DC_OVERFLOW || d->out->len > d->in_len)) {
        return dc_deflate_store(d, how->final);
    }
    return err;
}

static int dc_inflate_error(const char *msg)
{
    static const struct {
        const char *start;
        int err;
    } map[] = {
        { "invalid block type", DC_BLOCK_TYPE },
        { "invalid stored block", DC_STORED_LENGTH },
        { "too many length", DC_TOO_MANY_CODES },
        { "invalid code lengths", DC_CODE_LENGTHS },
        { "invalid bit length repeat", DC_REPEAT },
        { "invalid code -- missing", DC_LITERAL_LENGTHS },
        { "invalid literal/lengths", DC_LITERAL_LENGTHS },
        { "invalid distances", DC_DISTANCE_LENGTHS },
        { "invalid literal/length code", DC_CODE },
        { "invalid distance code", DC_CODE },
        { "invalid distance too far", DC_TOO_FAR },
    };
    unsigned i;

    for (i = 0; msg && i < ARRAY_SIZE(map); i++) {
        if (g_str_has_prefix(msg, map[i].start)) {
            return map[i].err;
        }
    }
    return DC_OTHER;
}

/* Room for one byte more than allowed tells "full" from "too long" */
static void dc_inflate_room(z_stream *z, DcData *d)
{
    size_t have = z->total_out;
    size_t want = MIN(d->cap + 1, MAX(2 * have, CHUNK));

    g_byte_array_set_size(d->out, want);
    z->next_out = d->out->data + have;
    z->avail_out = want - have;
}

static int dc_inflate_run(z_stream *z, DcData *d, bool want_final)
{
    int ret;

    for (;;) {
        if (!z->avail_out) {
            if (z->total_out > d->cap) {
                return DC_OVERFLOW;
            }
            dc_inflate_room(z, d);
        }
        ret = inflate(z, Z_BLOCK);
        switch (ret) {
        case Z_STREAM_END:
            d->last_block = true;
            return z->total_out > d->cap ? DC_OVERFLOW : DC_OK;
        case Z_OK:
            if (!z->avail_in && (z->data_type & AT_BLOCK_END) &&
                !(z->data_type & IN_LAST_BLOCK)) {
                return z->total_out > d->cap ? DC_OVERFLOW :
                       want_final ? DC_TRUNCATED : DC_OK;
            }
            break;
        case Z_BUF_ERROR:
            /* output was provided for above, so it is the input that ended */
            if (z->avail_out) {
                return !want_final && !d->in_len ? DC_OK : DC_TRUNCATED;
            }
            break;
        case Z_DATA_ERROR:
            return dc_inflate_error(z->msg);
        default:
            return DC_OTHER;
        }
    }
}

/* want_final: the input is expected to hold the end of the stream */
int dc_inflate(DcData *d, bool want_final)
{
    z_stream z = { .next_in = (uint8_t *)d->in, .avail_in = d->in_len };
    int err;

    if (inflateInit2(&z, RAW_WINDOW) != Z_OK) {
        return DC_OTHER;
    }
    err = dc_inflate_run(&z, d, want_final);
    d->consumed = z.total_in;
    g_byte_array_set_size(d->out, MIN(z.total_out, d->cap));
    inflateEnd(&z);
    return err;
}
