/*
 * Intel QuickAssist Gen4: public key service, modular exponentiation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The functions that RSA encrypt and decrypt, Diffie-Hellman and plain
 * modular exponentiation use; everything else, key protection and chained
 * requests are answered as unsupported. Operands are big-endian strings of
 * fixed size, addressed by two tables of pointers. Reference: 07 sections 2
 * to 8.2 and 17.
 */

#include "qemu/osdep.h"
#include "qat.h"
#include <gcrypt.h>

#define SERVICE_NULL        0
#define SERVICE_PKE         3
#define HDR_VALID           0x80
#define EXT_KPT             0x02
#define PKE_FAILED          0x40
#define PKE_UNSUPPORTED     0x44
#define PKE_QW_MAX          128
#define PKE_IN_MAX          6

typedef enum PkeOp { PKE_EXP, PKE_EXP_G2, PKE_CRT } PkeOp;

typedef struct PkeFunction {
    uint32_t id;
    PkeOp op;
    uint8_t qw;             /* operand size in 8-byte words */
} PkeFunction;

static const PkeFunction pke_functions[] = {
    /* RSA m^e mod n */
    { 0x1c161b21, PKE_EXP, 8 }, { 0x35111bf7, PKE_EXP, 16 },
    { 0x4d111cdc, PKE_EXP, 24 }, { 0x6e111dba, PKE_EXP, 32 },
    { 0x7d111ea3, PKE_EXP, 48 }, { 0xa5101f7e, PKE_EXP, 64 },
    { 0xc31335c6, PKE_EXP, 128 },
    /* RSA c^d mod n */
    { 0x1c161b3c, PKE_EXP, 8 }, { 0x35111c12, PKE_EXP, 16 },
    { 0x4d111cf7, PKE_EXP, 24 }, { 0x6e111dda, PKE_EXP, 32 },
    { 0x7d111ebe, PKE_EXP, 48 }, { 0xa5101f98, PKE_EXP, 64 },
    { 0xc31335e6, PKE_EXP, 128 },
    /* RSA with the factors */
    { 0x1c131b57, PKE_CRT, 8 }, { 0x26131c2d, PKE_CRT, 16 },
    { 0x45111d12, PKE_CRT, 24 }, { 0x59121dfa, PKE_CRT, 32 },
    { 0x81121ed9, PKE_CRT, 48 }, { 0xb1111fb2, PKE_CRT, 64 },
    { 0xc9133606, PKE_CRT, 128 },
    /* Diffie-Hellman g^x mod p */
    { 0x210c1a1b, PKE_EXP, 12 }, { 0x290c1a32, PKE_EXP, 16 },
    { 0x390c1a49, PKE_EXP, 24 }, { 0x4d0c1a60, PKE_EXP, 32 },
    { 0x510c1a77, PKE_EXP, 48 }, { 0x690c1a8e, PKE_EXP, 64 },
    { 0xcd0d3636, PKE_EXP, 128 },
    /* ... with g = 2 */
    { 0x1c0b1a10, PKE_EXP_G2, 12 }, { 0x220b1a27, PKE_EXP_G2, 16 },
    { 0x2e0b1a3e, PKE_EXP_G2, 24 }, { 0x3e0b1a55, PKE_EXP_G2, 32 },
    { 0x3a0b1a6c, PKE_EXP_G2, 48 }, { 0x4a0b1a83, PKE_EXP_G2, 64 },
    { 0x8d0b3626, PKE_EXP_G2, 128 },
    /* any modulus */
    { 0x150c2327, PKE_EXP, 8 }, { 0x2d0c233e, PKE_EXP, 16 },
    { 0x410c2355, PKE_EXP, 24 }, { 0x5e12236c, PKE_EXP, 32 },
    { 0x60162388, PKE_EXP, 40 }, { 0x650c23a9, PKE_EXP, 48 },
    { 0x801623c0, PKE_EXP, 56 }, { 0x850c23e1, PKE_EXP, 64 },
    { 0xc50c3646, PKE_EXP, 128 },
};

static const PkeFunction *pke_find(uint32_t id)
{
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(pke_functions); i++) {
        if (pke_functions[i].id == id) {
            return &pke_functions[i];
        }
    }
    return NULL;
}

static unsigned pke_inputs(const PkeFunction *fn)
{
    return fn->op == PKE_CRT ? 6 : fn->op == PKE_EXP ? 3 : 2;
}

/* CRT: the first operand has full size, the others half of it */
static size_t pke_input_bytes(const PkeFunction *fn, unsigned i)
{
    return fn->op == PKE_CRT && i ? fn->qw * 4 : fn->qw * 8;
}

static bool pke_read(QatPf *s, PCIDevice *dev, const PkeFunction *fn,
                     uint64_t table, gcry_mpi_t *in)
{
    uint8_t ptrs[PKE_IN_MAX * 8], raw[PKE_QW_MAX * 8];
    unsigned i, n = pke_inputs(fn);
    bool ok = qat_dma_read(s, dev, table, ptrs, n * 8);

    for (i = 0; ok && i < n; i++) {
        uint64_t addr = ldq_le_p(ptrs + 8 * i);
        size_t len = pke_input_bytes(fn, i);

        ok = addr && qat_dma_read(s, dev, addr, raw, len) &&
             !gcry_mpi_scan(&in[i], GCRYMPI_FMT_USG, raw, len, NULL);
    }
    memset(raw, 0, sizeof(raw));
    return ok;
}

static bool pke_write(QatPf *s, PCIDevice *dev, const PkeFunction *fn,
                      uint64_t table, gcry_mpi_t out)
{
    uint8_t ptr[8], raw[PKE_QW_MAX * 8] = { 0 }, num[PKE_QW_MAX * 8];
    size_t len = fn->qw * 8, got;

    if (!qat_dma_read(s, dev, table, ptr, sizeof(ptr)) || !ldq_le_p(ptr) ||
        gcry_mpi_print(GCRYMPI_FMT_USG, num, sizeof(num), &got, out) ||
        got > len) {
        return false;
    }
    memcpy(raw + len - got, num, got);
    return qat_dma_write(s, dev, ldq_le_p(ptr), raw, len);
}

static bool pke_exp(gcry_mpi_t out, gcry_mpi_t base, gcry_mpi_t exp,
                    gcry_mpi_t mod)
{
    if (!gcry_mpi_cmp_ui(mod, 0)) {
        return false;
    }
    gcry_mpi_mod(base, base, mod);
    gcry_mpi_powm(out, base, exp, mod);
    return true;
}

/* Garner: in = c, p, q, dp, dq, qinv; p may be smaller than q */
static bool pke_crt(gcry_mpi_t out, gcry_mpi_t *in)
{
    gcry_mpi_t m1, m2;

    if (!gcry_mpi_cmp_ui(in[1], 0) || !gcry_mpi_cmp_ui(in[2], 0)) {
        return false;
    }
    m1 = gcry_mpi_new(0);
    m2 = gcry_mpi_new(0);
    gcry_mpi_mod(m1, in[0], in[1]);
    gcry_mpi_powm(m1, m1, in[3], in[1]);
    gcry_mpi_mod(m2, in[0], in[2]);
    gcry_mpi_powm(m2, m2, in[4], in[2]);
    gcry_mpi_subm(m1, m1, m2, in[1]);
    gcry_mpi_mulm(m1, m1, in[5], in[1]);
    gcry_mpi_mul(out, m1, in[2]);
    gcry_mpi_add(out, out, m2);
    gcry_mpi_release(m1);
    gcry_mpi_release(m2);
    return true;
}

static bool pke_compute(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t out)
{
    switch (fn->op) {
    case PKE_EXP:
        return pke_exp(out, in[0], in[1], in[2]);
    case PKE_EXP_G2: {
        gcry_mpi_t two = gcry_mpi_set_ui(NULL, 2);
        bool ok = pke_exp(out, two, in[0], in[1]);

        gcry_mpi_release(two);
        return ok;
    }
    case PKE_CRT:
        return pke_crt(out, in);
    }
    return false;
}

/* status goes to byte 5 of the response, err to byte 4 */
void qat_pke_execute(QatPf *s, PCIDevice *dev, const uint8_t *req,
                     uint8_t *status, uint8_t *err)
{
    const PkeFunction *fn = pke_find(qat_get32(req + 0x14));
    gcry_mpi_t in[PKE_IN_MAX] = { NULL }, out;
    unsigned i;

    *status = 0;
    *err = QAT_ERR_NONE;
    if (req[2] == SERVICE_NULL) {
        return;
    }
    if (req[2] != SERVICE_PKE || !(req[3] & HDR_VALID) ||
        (req[7] & EXT_KPT) || ldq_le_p(req + 0x38) || !fn ||
        req[0x30] != 1 || req[0x31] != pke_inputs(fn)) {
        *status = PKE_UNSUPPORTED;
        return;
    }
    out = gcry_mpi_new(0);
    if (!pke_read(s, dev, fn, ldq_le_p(req + 0x20), in)) {
        *status = PKE_FAILED;
        *err = QAT_ERR_ENDPOINT;
    } else if (!pke_compute(fn, in, out)) {
        *status = PKE_FAILED;
    } else if (!pke_write(s, dev, fn, ldq_le_p(req + 0x28), out)) {
        *status = PKE_FAILED;
        *err = QAT_ERR_ENDPOINT;
    }
    for (i = 0; i < PKE_IN_MAX; i++) {
        gcry_mpi_release(in[i]);
    }
    gcry_mpi_release(out);
}
