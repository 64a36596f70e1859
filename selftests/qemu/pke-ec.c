/*
 * Intel QuickAssist Gen4: public key service, curves over GF(p)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Point multiplication and ECDSA, on parameters given with the request and
 * on the fixed curves P-256 and P-384. Reference: 07 sections 8.6 and 8.7.
 */

#include "qemu/osdep.h"
#include "pke.h"

/* r = x of kG modulo n */
static bool sign_first(const PkeCurve *c, gcry_mpi_t n, gcry_mpi_t k,
                       gcry_mpi_t gx, gcry_mpi_t gy, gcry_mpi_t r)
{
    g_auto(gcry_mpi_t) y = gcry_mpi_new(0);

    if (!pke_in_range(k, n) || !pke_curve_mult(c, k, gx, gy, r, y)) {
        return false;
    }
    gcry_mpi_mod(r, r, n);
    return !pke_is(r, 0);
}

/* s = (e + d r) / k modulo n */
static bool sign_second(gcry_mpi_t n, gcry_mpi_t k, gcry_mpi_t e,
                        gcry_mpi_t d, gcry_mpi_t r, gcry_mpi_t s)
{
    g_auto(gcry_mpi_t) inv = gcry_mpi_new(0);

    if (!pke_odd(n) || pke_is(r, 0) || !pke_in_range(k, n) ||
        !gcry_mpi_invm(inv, k, n)) {
        return false;
    }
    gcry_mpi_mulm(s, d, r, n);
    gcry_mpi_addm(s, s, e, n);
    gcry_mpi_mulm(s, s, inv, n);
    return !pke_is(s, 0);
}

/* in = xg, yg, n, q, a, b, k */
static bool run_sign_r(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_given(&c, in[3], in[4], in[5]) && !pke_is(in[2], 0) &&
           sign_first(&c, in[2], in[6], in[0], in[1], out[0]);
}

/* in = e, d, r, k, n */
static bool run_sign_s(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    return sign_second(in[4], in[3], in[0], in[1], in[2], out[0]);
}

/* in = d, e, k, b, a, q, n, yg, xg */
static bool run_sign_rs(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_given(&c, in[5], in[4], in[3]) && !pke_is(in[6], 0) &&
           sign_first(&c, in[6], in[2], in[8], in[7], out[0]) &&
           sign_second(in[6], in[2], in[1], in[0], out[0], out[1]);
}

/* in = q, b, a, yq, xq, yg, xg, n, r, s, e */
static bool run_verify(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    gcry_mpi_t n = in[7], r = in[8], s = in[9], e = in[10];
    g_auto(PkeCurve) c = { 0 };
    g_auto(gcry_mpi_t) w = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) u = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) x = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) y = gcry_mpi_new(0);

    if (!pke_curve_given(&c, in[0], in[2], in[1]) || !pke_odd(n) ||
        !pke_in_range(r, n) || !pke_in_range(s, n) ||
        !gcry_mpi_invm(w, s, n)) {
        return false;
    }
    gcry_mpi_mulm(u, e, w, n);
    gcry_mpi_mulm(w, r, w, n);
    if (!pke_curve_mult_add(&c, u, in[6], in[5], w, in[4], in[3], x, y)) {
        return false;
    }
    gcry_mpi_mod(x, x, n);
    return !gcry_mpi_cmp(x, r);
}

/* in = k, xg, yg, a, b, q, h; a cofactor 0 means 1 */
static bool run_point_mult(const PkeFunction *fn, gcry_mpi_t *in,
                           gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    if (!pke_is(in[6], 0)) {
        gcry_mpi_mul(in[0], in[0], in[6]);
    }
    return pke_curve_given(&c, in[5], in[3], in[4]) &&
           pke_curve_mult(&c, in[0], in[1], in[2], out[0], out[1]);
}

/* in = xq, yq, q, a, b */
static bool run_point_verify(const PkeFunction *fn, gcry_mpi_t *in,
                             gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_given(&c, in[2], in[3], in[4]) &&
           pke_curve_has(&c, in[0], in[1]);
}

/* in = xp, yp, k */
static bool run_fixed_point(const PkeFunction *fn, gcry_mpi_t *in,
                            gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           pke_curve_mult(&c, in[2], in[0], in[1], out[0], out[1]);
}

/* in = k */
static bool run_fixed_generator(const PkeFunction *fn, gcry_mpi_t *in,
                                gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           pke_curve_mult(&c, in[0], c.gx, c.gy, out[0], out[1]);
}

/* in = k, e, d */
static bool run_fixed_sign(const PkeFunction *fn, gcry_mpi_t *in,
                           gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           sign_first(&c, c.n, in[0], c.gx, c.gy, out[0]) &&
           sign_second(c.n, in[0], in[1], in[2], out[0], out[1]);
}

static const PkeOp sign_r = { "NNNNNNN", "N", run_sign_r };
static const PkeOp sign_s = { "NNNNN", "N", run_sign_s };
static const PkeOp sign_rs = { "9", "NN", run_sign_rs };
static const PkeOp verify = { "B", "", run_verify };
static const PkeOp point_mult = { "NNNNNNN", "NN", run_point_mult };
static const PkeOp point_mult_521 = { "NNNNNN1", "NN", run_point_mult };
static const PkeOp point_verify = { "NNNNN", "", run_point_verify };
static const PkeOp fixed_point = { "NNN", "NN", run_fixed_point };
static const PkeOp fixed_generator = { "N", "NN", run_fixed_generator };
static const PkeOp fixed_sign = { "NNN", "NN", run_fixed_sign };

static const PkeFunction functions[] = {
    { 0x431b2f22, &sign_r, 4 }, { 0x4e2530b3, &sign_r, 8 },
    { 0x772c31fe, &sign_r, 9 },
    { 0x2b252f6d, &sign_s, 4 }, { 0x251830fa, &sign_s, 8 },
    { 0x52343251, &sign_s, 9 },
    { 0x6a3c2fa6, &sign_rs, 4 }, { 0x5a2b3127, &sign_rs, 8 },
    { 0x494a329b, &sign_rs, 9 },
    { 0x325b3023, &verify, 4 }, { 0x3553318a, &verify, 8 },
    { 0x554c331f, &verify, 9 },
    { 0x432033a6, &point_mult, 4 }, { 0x41253419, &point_mult, 8 },
    { 0x5511346e, &point_mult_521, 9 },
    { 0x1f0c33fc, &point_verify, 4 }, { 0x2612345c, &point_verify, 8 },
    { 0x0e0734be, &point_verify, 9 },

    { 0x0a083546, &fixed_point, 4, 0, "NIST P-256" },
    { 0x12073556, &fixed_generator, 4, 0, "NIST P-256" },
    { 0x18133566, &fixed_sign, 4, 0, "NIST P-256" },
    { 0x0b083586, &fixed_point, 6, 0, "NIST P-384" },
    { 0x0b073596, &fixed_generator, 6, 0, "NIST P-384" },
    { 0x1a1335a6, &fixed_sign, 6, 0, "NIST P-384" },
};

PKE_TABLE(pke_ec, functions);
