/*
 * Intel QuickAssist Gen4: public key service, shared by its files
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A request names a function by a 32-bit id. What the function takes and
 * gives is data (PkeOp), what it computes is a C function on libgcrypt's
 * integers; pke.c does the rest. Reference: 07 section 8.
 */

#ifndef HW_MISC_QAT_PKE_H
#define HW_MISC_QAT_PKE_H

#include "qat.h"
#include <gcrypt.h>

#define PKE_PARTS_MAX   11
#define PKE_OUT_MAX     5

typedef struct PkeFunction PkeFunction;

typedef struct PkeOp {
    /*
     * One letter an operand, its size in quadwords: N the function's, H half
     * of that, Q the second size, 1 one; 9 and B: one operand that holds
     * nine, eleven integers of N.
     */
    const char *in;
    const char *out;
    /* false: the answer is "fail"; the integers in may be changed */
    bool (*run)(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out);
} PkeOp;

struct PkeFunction {
    uint32_t id;
    const PkeOp *op;
    uint8_t qw;
    uint8_t qw2;
    const char *curve;      /* libgcrypt's name of a fixed curve */
};

typedef struct PkeTable {
    const PkeFunction *fn;
    unsigned num;
} PkeTable;

#define PKE_TABLE(name, rows) \
    const PkeTable name = { rows, ARRAY_SIZE(rows) }

extern const PkeTable pke_modular;      /* pke-modular.c */
extern const PkeTable pke_prime;        /* pke-prime.c */
extern const PkeTable pke_dsa;          /* pke-dsa.c */
extern const PkeTable pke_ec;           /* pke-ec.c */
extern const PkeTable pke_montgomery;   /* pke-montgomery.c */
extern const PkeTable pke_sm2;          /* pke-sm2.c */

/* ---- integers ---- */

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gcry_mpi_t, gcry_mpi_release, NULL)

static inline bool pke_is(gcry_mpi_t x, unsigned long val)
{
    return !gcry_mpi_cmp_ui(x, val);
}

static inline bool pke_odd(gcry_mpi_t x)
{
    return gcry_mpi_test_bit(x, 0);
}

/* 0 < x < limit */
static inline bool pke_in_range(gcry_mpi_t x, gcry_mpi_t limit)
{
    return !pke_is(x, 0) && gcry_mpi_cmp(x, limit) < 0;
}

/* ---- pke-curve.c: curves y^2 = x^3 + ax + b over GF(p) ---- */

typedef struct PkeCurve {
    gcry_ctx_t ctx;
    gcry_mpi_t p, a, b;
    /* of a named curve: */
    gcry_mpi_t n, gx, gy;
} PkeCurve;

bool pke_curve_named(PkeCurve *c, const char *name);
bool pke_curve_given(PkeCurve *c, gcry_mpi_t p, gcry_mpi_t a, gcry_mpi_t b);
void pke_curve_free(PkeCurve *c);
bool pke_curve_has(const PkeCurve *c, gcry_mpi_t x, gcry_mpi_t y);
bool pke_curve_mult(const PkeCurve *c, gcry_mpi_t k, gcry_mpi_t px,
                    gcry_mpi_t py, gcry_mpi_t x, gcry_mpi_t y);
bool pke_curve_mult_add(const PkeCurve *c, gcry_mpi_t k, gcry_mpi_t px,
                        gcry_mpi_t py, gcry_mpi_t l, gcry_mpi_t qx,
                        gcry_mpi_t qy, gcry_mpi_t x, gcry_mpi_t y);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PkeCurve, pke_curve_free)

#endif /* HW_MISC_QAT_PKE_H */
