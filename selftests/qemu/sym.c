/*
 * Intel QuickAssist Gen4: symmetric service, one request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decodes a lookaside request and its content descriptor, checks everything
 * against the buffers before touching data, then: read the source once,
 * cipher and hash in memory, write the destination. The command decides the
 * route; slice ids and reserved fields are ignored, since clients disagree
 * about them. Reference: 05 sections 2 to 13 and 20.
 */

#include "qemu/osdep.h"
#include "sym.h"

enum { CMD_CIPHER, CMD_AUTH, CMD_CIPHER_HASH, CMD_HASH_CIPHER };

#define FL_PARTIAL          0x0003
#define FL_IV_EMBEDDED      0x0004
#define FL_CONSTANTS        0x0008
#define FL_RETURN           0x0020
#define FL_COMPARE          0x0040
#define FL_PROTOCOL         0x0380
#define FL_PROTO_CCM        0x0080
#define FL_PROTO_GCM        0x0100
#define FL_DIGEST_IN_BUFFER 0x0400
#define FL_SINGLE_PASS      0x2000
#define FL_SLICE            0xc000
#define FL_SLICE_UCS        0x4000

#define COMN_SGL            0x01
#define COMN_CD_IN_REQUEST  0x02

#define CD_MAX              (255 * 8)
#define TABLE_ENTRY         8       /* a setup in the constants table, at least */
#define CFG_HASH_MODE       0xf0

typedef struct SymOp {
    QatPf *s;
    PCIDevice *dev;
    const uint8_t *req;
    uint16_t flags;
    uint8_t cmd;
    bool single_pass;
    uint8_t cd[CD_MAX];
    size_t cd_len;
    SymCipher cipher;
    SymHash hash;
    bool has_cipher;
    bool has_hash;
    uint32_t c_off, c_len;
    uint32_t a_off, a_len;
    unsigned tag_len;
    uint64_t tag_pos;       /* in the buffer */
    uint64_t tag_addr;      /* or by address */
    QatSgl src, dst;
    bool in_place;
    uint8_t *buf;           /* source from byte 0, worked on in place */
    uint64_t src_need;      /* bytes to read */
    uint64_t buf_need;      /* bytes to have */
    uint64_t dst_need;
} SymOp;

static bool sym_in_buffer(const SymOp *op)
{
    return op->flags & FL_DIGEST_IN_BUFFER;
}

/* Compare wins when both are set, which no client does */
static bool sym_compares(const SymOp *op)
{
    return op->flags & FL_COMPARE;
}

static bool sym_returns(const SymOp *op)
{
    return (op->flags & FL_RETURN) && !sym_compares(op);
}

/* ---- decoding ---- */

static SymResult sym_fetch_cd(SymOp *op)
{
    if ((op->flags & FL_CONSTANTS) && !op->has_cipher) {
        return SYM_OK;              /* all is in the table */
    }
    if (op->req[6] & COMN_CD_IN_REQUEST) {
        op->cd_len = 16;
        memcpy(op->cd, op->req + 8, op->cd_len);
        return SYM_OK;
    }
    op->cd_len = op->req[18] * 8;
    if (!op->cd_len) {
        return SYM_INVALID;
    }
    return qat_dma_read(op->s, op->dev, ldq_le_p(op->req + 8), op->cd,
                        op->cd_len) ? SYM_OK : SYM_FAULT;
}

static SymResult sym_fetch_iv(SymOp *op)
{
    size_t len = MIN(op->req[108] * 8, sizeof(op->cipher.iv));

    if (op->flags & FL_IV_EMBEDDED) {
        memcpy(op->cipher.iv, op->req + 64, sizeof(op->cipher.iv));
        return SYM_OK;
    }
    if (!len || op->cipher.alg == SYM_ALG_NULL ||
        op->cipher.mode == SYM_MODE_ECB) {
        return SYM_OK;
    }
    return qat_dma_read(op->s, op->dev, ldq_le_p(op->req + 64),
                        op->cipher.iv, len) ? SYM_OK : SYM_FAULT;
}

/* The protocol field belongs to the modes; clients may leave it 0 with GCM */
static bool sym_protocol_fits(const SymOp *op)
{
    switch (op->flags & FL_PROTOCOL) {
    case 0:
        return true;
    case FL_PROTO_GCM:
        return op->single_pass && op->cipher.mode == SYM_MODE_GCM;
    case FL_PROTO_CCM:
        return op->single_pass && op->cipher.mode == SYM_MODE_CCM;
    default:
        return false;
    }
}

/* The descriptor is the key, nothing else: made an ordinary cipher block */
static SymResult sym_cipher_from_table(SymOp *op)
{
    unsigned entry = op->req[110] * 8, key = op->req[109] * 8;
    uint8_t block[TABLE_ENTRY + sizeof(op->cipher.key)];
    SymResult res;

    if (!op->s->have_constants ||
        entry + TABLE_ENTRY > sizeof(op->s->constants) ||
        key > sizeof(op->cipher.key) || key > op->cd_len) {
        return SYM_INVALID;
    }
    memcpy(block, op->s->constants + entry, TABLE_ENTRY);
    memcpy(block + TABLE_ENTRY, op->cd, key);
    res = sym_cipher_parse(&op->cipher, block, TABLE_ENTRY + key, 0, key,
                           false);
    memset(block, 0, sizeof(block));
    return res;
}

static SymResult sym_decode_cipher(SymOp *op)
{
    uint16_t slice = op->flags & FL_SLICE;
    SymResult res;

    if (slice && (slice != FL_SLICE_UCS || (op->flags & FL_CONSTANTS))) {
        return SYM_UNSUPPORTED;
    }
    res = op->flags & FL_CONSTANTS
          ? sym_cipher_from_table(op)
          : sym_cipher_parse(&op->cipher, op->cd, op->cd_len,
                             op->req[110] * 8, op->req[109] * 8,
                             slice == FL_SLICE_UCS);
    if (res == SYM_OK && (op->cipher.aead != op->single_pass ||
                          !sym_protocol_fits(op))) {
        res = SYM_UNSUPPORTED;
    }
    if (res == SYM_OK) {
        res = sym_cipher_check_len(&op->cipher, op->c_len);
    }
    return res == SYM_OK ? sym_fetch_iv(op) : res;
}

/* Entries of plain hashes look as in a descriptor; others lack their states */
static SymResult sym_hash_from_table(SymOp *op)
{
    const uint8_t *table = op->s->constants;
    unsigned entry = op->req[114] * 8;

    if (!op->s->have_constants ||
        entry + TABLE_ENTRY > sizeof(op->s->constants)) {
        return SYM_INVALID;
    }
    if (qat_get32(table + entry) & CFG_HASH_MODE) {
        return SYM_UNSUPPORTED;
    }
    return sym_hash_parse(&op->hash, op->req, table, sizeof(op->s->constants));
}

static SymResult sym_decode_hash(SymOp *op)
{
    SymResult res = op->flags & FL_CONSTANTS
                    ? sym_hash_from_table(op)
                    : sym_hash_parse(&op->hash, op->req, op->cd, op->cd_len);
    uint8_t prefix[255 * 8];
    size_t len = op->req[106] * 8;

    if (res != SYM_OK || !len) {
        return res;
    }
    if (!qat_dma_read(op->s, op->dev, ldq_le_p(op->req + 88), prefix, len)) {
        return SYM_FAULT;
    }
    sym_hash_set_prefix(&op->hash, prefix);
    memset(prefix, 0, len);
    return SYM_OK;
}

/* Nothing to encrypt, all of the source to authenticate */
static bool sym_is_gmac(const SymOp *op)
{
    return op->single_pass && !op->c_len && op->a_len &&
           !ldq_le_p(op->req + 88);
}

static SymResult sym_decode_digest(SymOp *op)
{
    unsigned max = op->single_pass ? SYM_TAG_MAX : op->hash.digest_len;

    op->tag_len = op->single_pass ? op->req[107] ?: op->cipher.tag_len
                                  : op->req[118];
    op->tag_addr = ldq_le_p(op->req + 96);
    op->tag_pos = (op->single_pass && !sym_is_gmac(op)
                   ? (uint64_t)op->c_off + op->c_len
                   : (uint64_t)op->a_off + op->a_len);
    if (!sym_returns(op) && !sym_compares(op)) {
        op->tag_len = 0;
        return SYM_OK;
    }
    return op->tag_len >= 1 && op->tag_len <= max ? SYM_OK : SYM_INVALID;
}

static SymResult sym_decode(SymOp *op)
{
    SymResult res;

    op->cmd = op->req[1];
    op->flags = lduw_le_p(op->req + 4);
    op->single_pass = op->flags & FL_SINGLE_PASS;
    op->c_off = qat_get32(op->req + 56);
    op->c_len = qat_get32(op->req + 60);
    op->a_off = qat_get32(op->req + 80);
    op->a_len = qat_get32(op->req + 84);

    if (op->cmd > CMD_HASH_CIPHER || (op->flags & FL_PARTIAL) ||
        ((op->flags & FL_CONSTANTS) &&
         (op->cmd > CMD_AUTH || op->single_pass)) ||
        (op->single_pass && op->cmd != CMD_CIPHER) ||
        ((op->flags & FL_PROTOCOL) && !op->single_pass)) {
        return SYM_UNSUPPORTED;
    }
    op->has_cipher = op->cmd != CMD_AUTH;
    op->has_hash = op->cmd != CMD_CIPHER;
    res = sym_fetch_cd(op);
    if (res == SYM_OK && op->has_cipher) {
        res = sym_decode_cipher(op);
    }
    if (res == SYM_OK && op->has_hash) {
        res = sym_decode_hash(op);
    }
    if (res == SYM_OK && (op->has_hash || op->single_pass)) {
        res = sym_decode_digest(op);
    }
    return res;
}

/* ---- how much of which buffer ---- */

static void sym_extents(SymOp *op)
{
    uint64_t c_end = op->has_cipher ? (uint64_t)op->c_off + op->c_len : 0;
    uint64_t a_end = op->has_hash ? (uint64_t)op->a_off + op->a_len : 0;
    uint64_t t_end = sym_in_buffer(op) ? op->tag_pos + op->tag_len : 0;

    op->src_need = MAX(c_end, a_end);
    op->dst_need = c_end;
    op->buf_need = op->src_need;
    if (op->single_pass && !ldq_le_p(op->req + 88) && op->a_len) {
        /* associated data lies in the source */
        op->src_need = MAX(op->src_need, (uint64_t)op->a_off + op->a_len);
    }
    if (sym_compares(op)) {
        op->src_need = MAX(op->src_need, t_end);
    } else if (sym_returns(op)) {
        op->dst_need = MAX(op->dst_need, t_end);
    }
    op->buf_need = MAX(op->src_need, op->dst_need);
}

static SymResult sym_load(SymOp *op, QatSgl *sg, uint64_t addr,
                          uint32_t flat_len, uint64_t need)
{
    switch (qat_sgl_load(op->s, op->dev, sg, op->req[6] & COMN_SGL, addr,
                         flat_len, need)) {
    case QAT_SGL_OK:
        return sg->total < need ? SYM_INVALID : SYM_OK;
    case QAT_SGL_FAULT:
        return SYM_FAULT;
    default:
        return SYM_INVALID;
    }
}

static SymResult sym_map(SymOp *op)
{
    const uint8_t *req = op->req;
    uint64_t src = ldq_le_p(req + 32), dst = ldq_le_p(req + 40);
    SymResult res;

    sym_extents(op);
    if (op->buf_need > QAT_REGION_MAX) {
        return SYM_INVALID;
    }
    op->in_place = src == dst || !op->dst_need;
    res = sym_load(op, &op->src, src, qat_get32(req + 48),
                   src == dst ? op->buf_need : op->src_need);
    if (res == SYM_OK && !op->in_place) {
        res = sym_load(op, &op->dst, dst, qat_get32(req + 52), op->dst_need);
    }
    return res;
}

static SymResult sym_read_source(SymOp *op)
{
    QatPf *s = op->s;

    if (!s->scratch || s->scratch_len < op->buf_need) {
        g_free(s->scratch);
        s->scratch_len = MAX(op->buf_need, 4096);
        s->scratch = g_malloc(s->scratch_len);
    }
    op->buf = s->scratch;
    if (op->src_need && !qat_sgl_read(s, op->dev, &op->src, 0, op->buf,
                                      op->src_need)) {
        return SYM_FAULT;
    }
    memset(op->buf + op->src_need, 0, op->buf_need - op->src_need);
    return SYM_OK;
}

/* ---- doing it ---- */

/* In place only the region; else also what lies before it */
static SymResult sym_write_result(SymOp *op)
{
    uint64_t start = op->in_place ? op->c_off : 0;
    uint64_t end = (uint64_t)op->c_off + op->c_len;
    const QatSgl *sg = op->in_place ? &op->src : &op->dst;

    if (!op->has_cipher || start == end) {
        return SYM_OK;
    }
    return qat_sgl_write(op->s, op->dev, sg, start, op->buf + start,
                         end - start) ? SYM_OK : SYM_FAULT;
}

static SymResult sym_write_tag(SymOp *op, const uint8_t *tag)
{
    bool ok;

    if (!sym_returns(op)) {
        return SYM_OK;
    }
    if (sym_in_buffer(op)) {
        ok = qat_sgl_write(op->s, op->dev, op->in_place ? &op->src : &op->dst,
                           op->tag_pos, tag, op->tag_len);
    } else {
        ok = qat_dma_write(op->s, op->dev, op->tag_addr, tag, op->tag_len);
    }
    return ok ? SYM_OK : SYM_FAULT;
}

/* want: the tag that came with the request */
static SymResult sym_read_tag(SymOp *op, uint8_t *want)
{
    if (!sym_compares(op)) {
        return SYM_OK;
    }
    if (sym_in_buffer(op)) {
        memcpy(want, op->buf + op->tag_pos, op->tag_len);
        return SYM_OK;
    }
    return qat_dma_read(op->s, op->dev, op->tag_addr, want, op->tag_len)
           ? SYM_OK : SYM_FAULT;
}

static SymResult sym_verdict(SymOp *op, const uint8_t *tag,
                             const uint8_t *want)
{
    return sym_compares(op) && memcmp(tag, want, op->tag_len) ? SYM_MISMATCH
                                                              : SYM_OK;
}

static SymResult sym_run_aead(SymOp *op)
{
    uint64_t aad_addr = ldq_le_p(op->req + 88);
    uint8_t tag[SYM_TAG_MAX], want[SYM_TAG_MAX] = { 0 };
    g_autofree uint8_t *aad = NULL;
    SymResult res;

    res = sym_aead_check(&op->cipher, op->a_len, op->c_len, op->tag_len);
    if (res != SYM_OK) {
        return res;
    }
    aad = g_malloc(op->a_len + 1);
    if (!aad_addr) {
        memcpy(aad, op->buf + op->a_off, op->a_len);
    } else if (op->a_len &&
               !qat_dma_read(op->s, op->dev, aad_addr, aad, op->a_len)) {
        return SYM_FAULT;
    }
    res = sym_read_tag(op, want);
    if (res != SYM_OK) {
        return res;
    }
    if (!sym_aead_run(&op->cipher, aad, op->a_len, op->buf + op->c_off,
                      op->c_len, tag)) {
        return SYM_UNSUPPORTED;
    }
    res = sym_write_result(op);
    if (res == SYM_OK) {
        res = sym_write_tag(op, tag);
    }
    return res == SYM_OK ? sym_verdict(op, tag, want) : res;
}

static SymResult sym_run_chain(SymOp *op)
{
    uint8_t tag[SYM_DIGEST_MAX], want[SYM_DIGEST_MAX] = { 0 };
    bool hash_first = op->cmd == CMD_AUTH || op->cmd == CMD_HASH_CIPHER;
    SymResult res = SYM_OK;

    if (hash_first) {
        res = sym_read_tag(op, want);
        if (res != SYM_OK) {
            return res;
        }
        sym_hash_run(&op->hash, op->buf + op->a_off, op->a_len, tag);
        if (op->cmd == CMD_HASH_CIPHER && sym_in_buffer(op) &&
            sym_returns(op)) {
            /* the cipher region may cover the digest */
            memcpy(op->buf + op->tag_pos, tag, op->tag_len);
        }
    }
    if (op->has_cipher &&
        !sym_cipher_run(&op->cipher, op->buf + op->c_off, op->c_len)) {
        return SYM_UNSUPPORTED;
    }
    if (op->has_hash && !hash_first) {
        res = sym_read_tag(op, want);
        if (res != SYM_OK) {
            return res;
        }
        sym_hash_run(&op->hash, op->buf + op->a_off, op->a_len, tag);
    }
    if (op->has_hash && op->cmd == CMD_HASH_CIPHER && sym_in_buffer(op) &&
        sym_returns(op)) {
        memcpy(tag, op->buf + op->tag_pos, op->tag_len);
    }
    res = sym_write_result(op);
    if (res != SYM_OK || !op->has_hash) {
        return res;
    }
    res = sym_write_tag(op, tag);
    return res == SYM_OK ? sym_verdict(op, tag, want) : res;
}

static SymResult sym_run(SymOp *op)
{
    SymResult res = sym_decode(op);

    if (res == SYM_OK) {
        res = sym_map(op);
    }
    if (res == SYM_OK) {
        res = sym_read_source(op);
    }
    if (res == SYM_OK) {
        res = op->single_pass ? sym_run_aead(op) : sym_run_chain(op);
    }
    qat_sgl_free(&op->src);
    qat_sgl_free(&op->dst);
    return res;
}

void qat_sym_execute(QatPf *s, PCIDevice *dev, const uint8_t *req,
                     uint8_t *status, uint8_t *err)
{
    SymOp op = { .s = s, .dev = dev, .req = req };

    *err = QAT_ERR_NONE;
    switch (sym_run(&op)) {
    case SYM_OK:
        *status = QAT_ST_OK;
        break;
    case SYM_MISMATCH:
        *status = QAT_ST_CRYPTO;
        break;
    case SYM_INVALID:
        *status = QAT_ST_INVALID;
        break;
    case SYM_UNSUPPORTED:
        *status = QAT_ST_UNSUPPORTED;
        break;
    case SYM_FAULT:
        *status = QAT_ST_CRYPTO;
        *err = QAT_ERR_ENDPOINT;
        break;
    }
}
