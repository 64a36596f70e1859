/*
 * Intel QuickAssist Gen4: public key service, SM2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Multiplication, signatures, and the point arithmetic of encryption and key
 * exchange on the curve of GB/T 32918. Reference: 07 section 8.7.
 */

#include "qemu/osdep.h"
#include "pke.h"

/* in = k */
static bool run_generator(const PkeFunction *fn, gcry_mpi_t *in,
                          gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           pke_curve_mult(&c, in[0], c.gx, c.gy, out[0], out[1]);
}

/* in = k, x, y */
static bool run_point(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           pke_curve_mult(&c, in[0], in[1], in[2], out[0], out[1]);
}

/* in = x, y */
static bool run_point_verify(const PkeFunction *fn, gcry_mpi_t *in,
                             gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           pke_curve_has(&c, in[0], in[1]);
}

/* in = k, e, d; r = e + x1, s = (k - r d) / (1 + d) */
static bool run_sign(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };
    g_auto(gcry_mpi_t) t = gcry_mpi_new(0);

    if (!pke_curve_named(&c, fn->curve) || !pke_in_range(in[0], c.n) ||
        !pke_in_range(in[2], c.n) ||
        !pke_curve_mult(&c, in[0], c.gx, c.gy, out[0], out[1])) {
        return false;
    }
    gcry_mpi_addm(out[0], out[0], in[1], c.n);
    gcry_mpi_add(t, out[0], in[0]);
    if (pke_is(out[0], 0) || !gcry_mpi_cmp(t, c.n)) {
        return false;
    }
    gcry_mpi_mulm(t, out[0], in[2], c.n);
    gcry_mpi_subm(out[1], in[0], t, c.n);
    gcry_mpi_add_ui(t, in[2], 1);
    if (!gcry_mpi_invm(t, t, c.n)) {
        return false;
    }
    gcry_mpi_mulm(out[1], out[1], t, c.n);
    return !pke_is(out[1], 0);
}

/* in = e, r, s, xp, yp; (x1, y1) = sG + (r + s)P */
static bool run_verify(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };
    g_auto(gcry_mpi_t) t = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) x = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) y = gcry_mpi_new(0);

    if (!pke_curve_named(&c, fn->curve) || !pke_in_range(in[1], c.n) ||
        !pke_in_range(in[2], c.n)) {
        return false;
    }
    gcry_mpi_addm(t, in[1], in[2], c.n);
    if (pke_is(t, 0) || !pke_curve_mult_add(&c, in[2], c.gx, c.gy, t, in[3],
                                            in[4], x, y)) {
        return false;
    }
    gcry_mpi_addm(x, x, in[0], c.n);
    return !gcry_mpi_cmp(x, in[1]);
}

/* in = k, xp, yp; kG and kP */
static bool run_encrypt(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };

    return pke_curve_named(&c, fn->curve) &&
           pke_curve_mult(&c, in[0], c.gx, c.gy, out[0], out[1]) &&
           pke_curve_mult(&c, in[0], in[1], in[2], out[2], out[3]);
}

/* GB/T 32918.3: the low 127 bits of x, and bit 127 */
static void exchange_part(gcry_mpi_t out, gcry_mpi_t x)
{
    gcry_mpi_set(out, x);
    gcry_mpi_set_highbit(out, 127);
}

/* in = r, d, x1, x2, y2, xp, yp; t (P + X2 R), t = d + X1 r */
static bool run_exchange(const PkeFunction *fn, gcry_mpi_t *in,
                         gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };
    g_auto(gcry_mpi_t) t = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) part = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) tpart = gcry_mpi_new(0);

    if (!pke_curve_named(&c, fn->curve)) {
        return false;
    }
    exchange_part(part, in[2]);
    gcry_mpi_mulm(t, part, in[0], c.n);
    gcry_mpi_addm(t, t, in[1], c.n);
    exchange_part(part, in[3]);
    gcry_mpi_mulm(tpart, t, part, c.n);
    return pke_curve_mult_add(&c, t, in[5], in[6], tpart, in[3], in[4],
                              out[0], out[1]);
}

static const PkeOp generator = { "N", "NN", run_generator };
static const PkeOp point = { "NNN", "NN", run_point };
static const PkeOp point_verify = { "NN", "", run_point_verify };
static const PkeOp sign = { "NNN", "NN", run_sign };
static const PkeOp verify = { "NNNNN", "", run_verify };
static const PkeOp encrypt = { "NNN", "NNNN", run_encrypt };
static const PkeOp exchange = { "NNNNNNN", "NN", run_exchange };

#define CURVE   4, 0, "sm2p256v1"

static const PkeFunction functions[] = {
    { 0x220f16ae, &generator, CURVE },
    { 0x211716ce, &point, CURVE },
    { 0x1b0716a6, &point_verify, CURVE },
    { 0x222116fe, &sign, CURVE },
    { 0x29241743, &verify, CURVE },
    { 0x25221720, &encrypt, CURVE },
    { 0x201716e6, &point, CURVE },          /* decryption: dP */
    { 0x220f16be, &generator, CURVE },      /* key exchange: R = kG */
    { 0x22361768, &exchange, CURVE },
};

PKE_TABLE(pke_sm2, functions);
