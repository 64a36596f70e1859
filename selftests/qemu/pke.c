/*
 * Intel QuickAssist Gen4: public key service, requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finds the function of a request, fetches its operands, writes its results,
 * and follows chains of requests. Operands are big-endian strings of fixed
 * size, addressed by two tables of pointers. Key protection and curves over
 * GF(2^m), which libgcrypt does not have, are answered as unsupported.
 * Reference: 07 sections 2 to 6, 10, 17 and 18.
 */

#include "qemu/osdep.h"
#include "pke.h"

#define SERVICE_NULL        0
#define SERVICE_PKE         3
#define HDR_VALID           0x80
#define EXT_KPT             0x02
#define PKE_FAILED          0x40
#define PKE_UNSUPPORTED     0x44
#define PKE_REQ_BYTES       64
#define PKE_CHAIN_MAX       64
#define PKE_QW_MAX          128

typedef struct PkeAnswer {
    uint8_t status;         /* byte 5 of the response */
    uint8_t err;            /* byte 4 */
} PkeAnswer;

static const PkeFunction *pke_find(uint32_t id)
{
    static const PkeTable *const tables[] = {
        &pke_modular, &pke_prime, &pke_dsa, &pke_ec, &pke_montgomery,
        &pke_sm2,
    };
    unsigned i, k;

    for (i = 0; i < ARRAY_SIZE(tables); i++) {
        for (k = 0; k < tables[i]->num; k++) {
            if (tables[i]->fn[k].id == id) {
                return &tables[i]->fn[k];
            }
        }
    }
    return NULL;
}

/* Bytes of one integer of an operand; *parts: how many it holds */
static size_t pke_bytes(const PkeFunction *fn, char shape, unsigned *parts)
{
    *parts = 1;
    switch (shape) {
    case 'H':
        return fn->qw * 4;
    case 'Q':
        return fn->qw2 * 8;
    case '1':
        return 8;
    case '9':
        *parts = 9;
        break;
    case 'B':
        *parts = 11;
        break;
    default:
        break;
    }
    return fn->qw * 8;
}

/* One operand; false if memory cannot be read */
static bool pke_read_operand(QatPf *s, PCIDevice *dev, uint64_t addr,
                             size_t len, unsigned parts, gcry_mpi_t *in)
{
    uint8_t raw[PKE_QW_MAX * 8];
    unsigned i;
    bool ok = addr && qat_dma_read(s, dev, addr, raw, len * parts);

    for (i = 0; ok && i < parts; i++) {
        ok = !gcry_mpi_scan(&in[i], GCRYMPI_FMT_USG, raw + i * len, len,
                            NULL);
    }
    memset(raw, 0, sizeof(raw));
    return ok;
}

static bool pke_read(QatPf *s, PCIDevice *dev, const PkeFunction *fn,
                     uint64_t table, gcry_mpi_t *in)
{
    unsigned i, parts, n = strlen(fn->op->in);
    uint8_t ptrs[PKE_PARTS_MAX * 8];
    bool ok = qat_dma_read(s, dev, table, ptrs, n * 8);

    for (i = 0; ok && i < n; i++, in += parts) {
        size_t len = pke_bytes(fn, fn->op->in[i], &parts);

        ok = pke_read_operand(s, dev, ldq_le_p(ptrs + 8 * i), len, parts, in);
    }
    return ok;
}

static bool pke_write_operand(QatPf *s, PCIDevice *dev, uint64_t addr,
                              size_t len, gcry_mpi_t out)
{
    uint8_t raw[PKE_QW_MAX * 8] = { 0 }, num[PKE_QW_MAX * 8];
    size_t got;

    if (!addr || gcry_mpi_print(GCRYMPI_FMT_USG, num, sizeof(num), &got,
                                out) || got > len) {
        return false;
    }
    memcpy(raw + len - got, num, got);
    return qat_dma_write(s, dev, addr, raw, len);
}

static bool pke_write(QatPf *s, PCIDevice *dev, const PkeFunction *fn,
                      uint64_t table, gcry_mpi_t *out)
{
    unsigned i, parts, n = strlen(fn->op->out);
    uint8_t ptrs[PKE_OUT_MAX * 8];
    bool ok = !n || qat_dma_read(s, dev, table, ptrs, n * 8);

    for (i = 0; ok && i < n; i++) {
        size_t len = pke_bytes(fn, fn->op->out[i], &parts);

        ok = pke_write_operand(s, dev, ldq_le_p(ptrs + 8 * i), len, out[i]);
    }
    return ok;
}

static PkeAnswer pke_run(QatPf *s, PCIDevice *dev, const PkeFunction *fn,
                         const uint8_t *req)
{
    const PkeAnswer fault = { PKE_FAILED, QAT_ERR_ENDPOINT };
    gcry_mpi_t in[PKE_PARTS_MAX] = { NULL }, out[PKE_OUT_MAX];
    PkeAnswer answer = { 0, QAT_ERR_NONE };
    unsigned i;

    for (i = 0; i < PKE_OUT_MAX; i++) {
        out[i] = gcry_mpi_new(0);
    }
    if (!pke_read(s, dev, fn, ldq_le_p(req + 0x20), in)) {
        answer = fault;
    } else if (!fn->op->run(fn, in, out)) {
        answer.status = PKE_FAILED;
    } else if (!pke_write(s, dev, fn, ldq_le_p(req + 0x28), out)) {
        answer = fault;
    }
    for (i = 0; i < PKE_PARTS_MAX; i++) {
        gcry_mpi_release(in[i]);
    }
    for (i = 0; i < PKE_OUT_MAX; i++) {
        gcry_mpi_release(out[i]);
    }
    return answer;
}

static PkeAnswer pke_one(QatPf *s, PCIDevice *dev, const uint8_t *req)
{
    const PkeFunction *fn = pke_find(qat_get32(req + 0x14));

    if (req[2] != SERVICE_PKE || !(req[3] & HDR_VALID) ||
        (req[7] & EXT_KPT) || !fn || req[0x30] != strlen(fn->op->out) ||
        req[0x31] != strlen(fn->op->in)) {
        return (PkeAnswer) { PKE_UNSUPPORTED, QAT_ERR_NONE };
    }
    return pke_run(s, dev, fn, req);
}

/*
 * req is a request from a ring. If it heads a chain, it becomes the element
 * that was executed last, to which the one response belongs.
 */
void qat_pke_execute(QatPf *s, PCIDevice *dev, uint8_t *req, uint8_t *status,
                     uint8_t *err)
{
    PkeAnswer answer = { 0, QAT_ERR_NONE };
    unsigned left = PKE_CHAIN_MAX;
    uint64_t next = 0;

    do {
        if (next && !left--) {
            answer = (PkeAnswer) { PKE_FAILED, QAT_ERR_HANG };
        } else if (next && !qat_dma_read(s, dev, next, req, PKE_REQ_BYTES)) {
            answer = (PkeAnswer) { PKE_FAILED, QAT_ERR_ENDPOINT };
        } else if (next || req[2] != SERVICE_NULL) {
            answer = pke_one(s, dev, req);
            next = ldq_le_p(req + 0x38);
        }
    } while (next && !answer.status);
    *status = answer.status;
    *err = answer.err;
}
