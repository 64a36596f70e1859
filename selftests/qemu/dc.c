/*
 * Intel QuickAssist Gen4: compression service, one request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decodes a request, reads all input, lets a codec work on it in the host's
 * memory, writes the output and the response. Only stateless requests exist
 * on this device. A compression that does not fit gives back as much as
 * fits, so that software can go on from there. Reference: 06 sections 2 to
 * 5, 9 to 15, 21 and 22.
 */

#include "qemu/osdep.h"
#include "dc.h"

#define SERVICE_DC          9
#define HDR_VALID           0x80
#define HDR_VERIFIED        0x40
#define HDR_RECOVERED       0x20
#define HDR_STORED          0x10

enum { CMD_STATIC, CMD_DYNAMIC, CMD_INFLATE, CMD_LZ4, CMD_UNLZ4, CMD_LZ4S };
enum { FORMAT_ILZ77, FORMAT_DEFLATE, FORMAT_LZ4, FORMAT_LZ4S };

#define FL_STATEFUL         0x0004
#define FL_MAY_STORE        0x0008
#define COMN_SGL            0x01
#define COMN_CD_IN_REQUEST  0x02

#define PAR_SOP             (1u << 0)
#define PAR_EOP             (1u << 1)
#define PAR_FINAL           (1u << 6)
#define PAR_VERIFY          (1u << 16)
#define PAR_RECOVER         (1u << 17)
#define PAR_INJECT          (1u << 18)
#define PAR_CRC64           (1u << 19)
#define PAR_XXH_ACCUMULATE  (1u << 20)
/* append CRC, drop data, partial decompression */
#define PAR_UNSUPPORTED     (1u << 24 | 1u << 25 | 1u << 27)

typedef struct DcOp {
    QatPf *s;
    QatJob *job;
    PCIDevice *dev;
    const uint8_t *req;     /* of the job, as are the bytes of the response */
    uint8_t *resp;
    uint8_t cmd;
    uint16_t flags;
    uint32_t par;
    uint32_t lower, upper;  /* slice configuration */
    bool compress;
    QatSgl src, dst;
    DcData d;
    uint8_t *in;            /* owns d.in */
    uint8_t crc[DC_CRC_BYTES];
    uint8_t xxh[DC_XXH_BYTES];
    uint32_t sum[2];        /* words 6 and 7 of the response */
} DcOp;

static bool dc_is_lz4(const DcOp *op)
{
    return op->cmd >= CMD_LZ4;
}

static size_t dc_block_max(const DcOp *op)
{
    unsigned code = op->compress ? op->upper >> 19 & 3 : op->lower >> 8 & 3;

    return (64 * KiB) << 2 * code;
}

/* ---- the response ---- */

static void dc_answer(DcOp *op, uint8_t status, int err)
{
    op->resp[5] = err;
    op->resp[6] = status;
    if (op->compress && (op->par & PAR_VERIFY)) {
        op->resp[3] |= HDR_VERIFIED;
    }
}

static void dc_answer_unsupported(DcOp *op)
{
    dc_answer(op, QAT_ST_COMP | QAT_ST_UNSUPPORTED_BIT, DC_OK);
}

static void dc_answer_invalid(DcOp *op)
{
    dc_answer(op, QAT_ST_COMP | QAT_ST_INVALID_BIT, DC_FATAL);
}

static void dc_discard(DcOp *op)
{
    op->d.consumed = 0;
    g_byte_array_set_size(op->d.out, 0);
}

/* An error; only a compression that overflowed has something to show */
static void dc_answer_error(DcOp *op, int err)
{
    dc_answer(op, QAT_ST_COMP, err);
    if (err != DC_OVERFLOW || !op->compress) {
        dc_discard(op);
    }
}

static void dc_answer_counts(DcOp *op)
{
    stl_le_p(op->resp + 16, op->d.consumed);
    stl_le_p(op->resp + 20, op->d.out->len);
    if (!(op->par & PAR_CRC64)) {
        stl_le_p(op->resp + 24, op->sum[0]);
        stl_le_p(op->resp + 28, op->sum[1]);
    }
}

/* ---- decoding ---- */

static bool dc_format_agrees(const DcOp *op)
{
    unsigned format = op->lower >> 5 & 7;

    switch (op->cmd) {
    case CMD_STATIC:
    case CMD_DYNAMIC:
        return format == FORMAT_ILZ77 || format == FORMAT_DEFLATE;
    case CMD_INFLATE:
        return format == FORMAT_DEFLATE;
    case CMD_LZ4S:
        return format == FORMAT_LZ4S;
    default:
        return format == FORMAT_LZ4;
    }
}

/* False: the request is answered already */
static bool dc_decode(DcOp *op)
{
    const uint8_t *req = op->req;

    op->cmd = req[1];
    op->flags = lduw_le_p(req + 4);
    op->lower = ldl_be_p(req + 8);
    op->upper = ldl_be_p(req + 12);
    op->par = qat_get32(req + 0x48);
    op->compress = op->cmd == CMD_STATIC || op->cmd == CMD_DYNAMIC ||
                   op->cmd == CMD_LZ4 || op->cmd == CMD_LZ4S;

    if (!(req[3] & HDR_VALID) || req[2] != SERVICE_DC ||
        op->cmd > CMD_LZ4S || (op->flags & FL_STATEFUL) ||
        (op->par & PAR_UNSUPPORTED) || !(op->par & PAR_SOP) ||
        !(op->par & PAR_EOP)) {
        dc_answer_unsupported(op);
        return false;
    }
    if (!(req[6] & COMN_CD_IN_REQUEST) || !dc_format_agrees(op) ||
        ((op->par & PAR_CRC64) && !ldq_le_p(req + 0x40)) ||
        ((op->par & PAR_XXH_ACCUMULATE) &&
         (!dc_is_lz4(op) || !ldq_le_p(req + 0x68)))) {
        dc_answer_invalid(op);
        return false;
    }
    return true;
}

static int dc_fetch_state(DcOp *op)
{
    bool ok = true;

    op->sum[0] = qat_get32(op->req + 0x40);
    op->sum[1] = qat_get32(op->req + 0x44);
    if (op->par & PAR_CRC64) {
        ok = qat_dma_read(op->s, op->dev, ldq_le_p(op->req + 0x40), op->crc,
                          sizeof(op->crc));
        op->sum[0] = qat_get32(op->crc);
        op->sum[1] = qat_get32(op->crc + 4);
    }
    if (ok && (op->par & PAR_XXH_ACCUMULATE)) {
        ok = qat_dma_read(op->s, op->dev, ldq_le_p(op->req + 0x68), op->xxh,
                          sizeof(op->xxh));
    }
    return ok ? DC_OK : DC_ENDPOINT;
}

/* Lengths are what both the request and the list allow */
static int dc_map(DcOp *op)
{
    const uint8_t *req = op->req;
    uint32_t in = qat_get32(req + 0x38), out = qat_get32(req + 0x3c);
    bool list = req[6] & COMN_SGL;

    if (qat_sgl_load(op->s, op->dev, &op->src, list, ldq_le_p(req + 0x20), in,
                     in) != QAT_SGL_OK ||
        qat_sgl_load(op->s, op->dev, &op->dst, list, ldq_le_p(req + 0x28),
                     out, out) != QAT_SGL_OK) {
        return DC_ENDPOINT;
    }
    op->d.in_len = MIN(in, op->src.total);
    op->d.cap = MIN(out, op->dst.total);
    if (op->d.in_len > QAT_REGION_MAX) {
        return DC_WATCHDOG;
    }
    op->d.in = op->in = g_malloc(op->d.in_len + 1);
    return qat_sgl_read(op->s, op->dev, &op->src, 0, op->in, op->d.in_len)
           ? DC_OK : DC_ENDPOINT;
}

/* ---- doing it ---- */

static int dc_level(const DcOp *op)
{
    unsigned depth = op->lower >> 8 & 0xf;

    return depth <= 1 ? 1 : depth <= 3 ? 6 : 9;
}

/* whole: all of the input; a part is to be continued */
static int dc_encode(DcOp *op, bool whole)
{
    DcDeflate how = {
        .level = dc_level(op),
        .fixed = op->cmd == CMD_STATIC &&
                 (op->lower >> 5 & 7) == FORMAT_DEFLATE,
        .final = whole && (op->par & PAR_FINAL),
        .may_store = op->flags & FL_MAY_STORE,
    };

    switch (op->cmd) {
    case CMD_LZ4:
        return dc_lz4_compress(&op->d, dc_block_max(op));
    case CMD_LZ4S:
        return dc_lz4s_compress(&op->d, op->lower & 0x10 ? 4 : 3,
                                whole && how.may_store);
    default:
        return dc_deflate(&op->d, &how);
    }
}

static int dc_store(DcOp *op)
{
    switch (op->cmd) {
    case CMD_LZ4:
        return dc_lz4_store(&op->d, dc_block_max(op));
    case CMD_LZ4S:
        return dc_lz4s_store(&op->d);
    default:
        return dc_deflate_store(&op->d, op->par & PAR_FINAL);
    }
}

/* Does not fit: half of it, and so on; the rest is to be sent again */
static void dc_encode_part(DcOp *op)
{
    size_t all = op->d.in_len;

    while (op->d.in_len /= 2) {
        op->d.stored = false;
        if (dc_encode(op, false) == DC_OK) {
            break;
        }
    }
    if (!op->d.in_len) {
        dc_discard(op);
    }
    op->d.in_len = all;
}

/* What engines report about verification, reference 06 section 12 */
static void dc_count_verify_error(DcOp *op)
{
    static const uint16_t info[] = {
        0x1000, 0x1000, 0x2001, 0x3000 | (DC_CODE & 0xff),
        0x4000 | (DC_CODE & 0xff), 0x5001,
    };
    unsigned type = op->par >> 21 & 7;
    QatAe *ae = &op->s->ae[op->job->ae];

    ae->cnv_errors++;
    ae->cnv_latest = info[type < ARRAY_SIZE(info) ? type : 0];
}

static int dc_verify(DcOp *op)
{
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "verify", .cmd = op->cmd,
                        .bank = op->job->bank->num };
    int err;

    if (!(op->par & PAR_VERIFY) ||
        (!(op->par & PAR_INJECT) && !qat_fault(op->s, "dc", &m))) {
        return DC_OK;
    }
    dc_count_verify_error(op);
    if (!(op->par & PAR_RECOVER)) {
        return DC_VERIFY_FAILED;
    }
    err = dc_store(op);
    if (err == DC_OK) {
        op->resp[3] |= HDR_RECOVERED;
    } else {
        dc_discard(op);         /* no room for the stored form */
    }
    return err;
}

static int dc_run_codec(DcOp *op)
{
    DcData *d = &op->d;
    size_t room = d->cap;
    int err;

    if (op->compress) {
        err = dc_encode(op, true);
        if (err == DC_OVERFLOW) {
            dc_encode_part(op);
        }
        return err == DC_OK ? dc_verify(op) : err;
    }
    /* what a small input may become is bounded here, not by the guest */
    d->cap = MIN(room, QAT_REGION_MAX);
    if (op->cmd == CMD_INFLATE) {
        err = dc_inflate(d, op->par & PAR_FINAL);
    } else {
        err = dc_lz4_decompress(d, dc_block_max(op), op->lower & 8);
    }
    return err == DC_OVERFLOW && d->cap < room ? DC_WATCHDOG : err;
}

/* Over the plain side: what was consumed or what was produced */
static void dc_checksums(DcOp *op)
{
    DcData *d = &op->d;
    const uint8_t *plain = op->compress ? d->in : d->out->data;
    size_t len = op->compress ? d->consumed : d->out->len;
    uint64_t sum;

    op->sum[0] = dc_crc32(op->sum[0], plain, len);
    if (op->par & PAR_XXH_ACCUMULATE) {
        op->sum[1] = dc_xxh32_accumulate(op->xxh, plain, len, d->out->len);
    } else if (dc_is_lz4(op)) {
        op->sum[1] = dc_xxh32(plain, len);
    } else {
        op->sum[1] = dc_adler32(op->sum[1], plain, len);
    }
    if (!(op->par & PAR_CRC64)) {
        return;
    }
    sum = dc_crc64(op->crc, ldq_le_p(op->crc + 0x10), d->out->data,
                   d->out->len);
    stl_le_p(op->crc, op->sum[0]);
    stl_le_p(op->crc + 4, op->sum[1]);
    stq_le_p(op->crc + 8, dc_crc64(op->crc, ldq_le_p(op->crc + 8), d->in,
                                   d->consumed));
    if (op->cmd != CMD_DYNAMIC) {
        stq_le_p(op->crc + 0x10, sum);
    } else {
        sum = dc_crc64(op->crc, ldq_le_p(op->crc + 0x20), d->out->data,
                       d->out->len);
    }
    stq_le_p(op->crc + 0x20, sum);
}

static bool dc_write_back(DcOp *op)
{
    bool ok = !op->d.out->len ||
              qat_sgl_write(op->s, op->dev, &op->dst, 0, op->d.out->data,
                            op->d.out->len);

    if (ok && (op->par & PAR_CRC64)) {
        ok = qat_dma_write(op->s, op->dev, ldq_le_p(op->req + 0x40), op->crc,
                           sizeof(op->crc));
    }
    if (ok && (op->par & PAR_XXH_ACCUMULATE)) {
        ok = qat_dma_write(op->s, op->dev, ldq_le_p(op->req + 0x68), op->xxh,
                           sizeof(op->xxh));
    }
    return ok;
}

static int dc_run(DcOp *op)
{
    int err = dc_fetch_state(op);

    if (err == DC_OK) {
        err = dc_map(op);
    }
    return err == DC_OK ? dc_run_codec(op) : err;
}

/* A fault knob may replace the result of any request */
static int dc_fault(DcOp *op, int err)
{
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "error", .cmd = op->cmd,
                        .bank = op->job->bank->num };
    QatFault *f = qat_fault(op->s, "dc", &m);

    if (f) {
        dc_discard(op);
        return (int8_t)(f->val ?: DC_WATCHDOG);
    }
    return err;
}

static void dc_finish(DcOp *op, int err)
{
    dc_answer(op, op->d.last_block ? QAT_ST_LAST_BLOCK : QAT_ST_OK, DC_OK);
    if (err != DC_OK) {
        dc_answer_error(op, err);
    }
    /* an error that has nothing to show leaves memory and seeds alone */
    if (op->d.consumed || err == DC_OK) {
        dc_checksums(op);
        if (!dc_write_back(op)) {
            dc_answer_error(op, DC_ENDPOINT);
        } else if (op->d.stored && op->d.out->len) {
            op->resp[3] |= HDR_STORED;
        }
    }
    dc_answer_counts(op);
}

/* The job's response holds what all services share already */
void qat_dc_execute(QatPf *s, QatJob *job, PCIDevice *dev)
{
    DcOp op = {
        .s = s, .job = job, .dev = dev, .req = job->req, .resp = job->resp,
    };

    if (!dc_decode(&op)) {
        return;
    }
    op.d.out = g_byte_array_new();
    dc_finish(&op, dc_fault(&op, dc_run(&op)));
    g_byte_array_unref(op.d.out);
    g_free(op.in);
    qat_sgl_free(&op.src);
    qat_sgl_free(&op.dst);
}
