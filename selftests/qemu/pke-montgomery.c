/*
 * Intel QuickAssist Gen4: public key service, curves 25519 and 448
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Multiplication on the Montgomery curves, whose scalars the device clamps
 * itself, and on the Edwards curves, whose scalars it takes as they are.
 * All values are big endian. Reference: 07 section 8.7.
 */

#include "qemu/osdep.h"
#include "pke.h"

#define GENERATOR_25519     9
#define GENERATOR_448       5

static bool is_448(const PkeFunction *fn)
{
    return fn->qw == 8;
}

/* RFC 7748 section 5 */
static void clamp(const PkeFunction *fn, gcry_mpi_t k)
{
    unsigned top = is_448(fn) ? 447 : 254, low = is_448(fn) ? 2 : 3, i;

    for (i = 0; i < low; i++) {
        gcry_mpi_clear_bit(k, i);
    }
    /* sets this bit and clears all above it */
    gcry_mpi_set_highbit(k, top);
}

/* The zero result of a point of low order is a result */
static bool ladder(const PkeFunction *fn, gcry_mpi_t u, gcry_mpi_t k,
                   gcry_mpi_t out)
{
    gcry_mpi_point_t p, r;
    gcry_mpi_t mod;
    gcry_ctx_t ctx;

    if (gcry_mpi_ec_new(&ctx, NULL, fn->curve)) {
        return false;
    }
    mod = gcry_mpi_ec_get_mpi("p", ctx, 1);
    if (!is_448(fn)) {
        gcry_mpi_clear_highbit(u, 255);
    }
    gcry_mpi_mod(u, u, mod);
    clamp(fn, k);
    p = gcry_mpi_point_new(0);
    r = gcry_mpi_point_new(0);
    gcry_mpi_point_set(p, u, NULL, GCRYMPI_CONST_ONE);
    gcry_mpi_ec_mul(r, k, p, ctx);
    if (gcry_mpi_ec_get_affine(out, NULL, r, ctx)) {
        gcry_mpi_set_ui(out, 0);
    }
    gcry_mpi_point_release(p);
    gcry_mpi_point_release(r);
    gcry_mpi_release(mod);
    gcry_ctx_release(ctx);
    return true;
}

/* in = u, k */
static bool run_ladder(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    return ladder(fn, in[0], in[1], out[0]);
}

/* in = k */
static bool run_ladder_generator(const PkeFunction *fn, gcry_mpi_t *in,
                                 gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) u = gcry_mpi_set_ui(NULL, is_448(fn) ? GENERATOR_448
                                                 : GENERATOR_25519);

    return ladder(fn, u, in[0], out[0]);
}

/* a x^2 + y^2 = 1 + d x^2 y^2 */
static bool on_edwards(gcry_ctx_t ctx, gcry_mpi_t x, gcry_mpi_t y)
{
    g_auto(gcry_mpi_t) p = gcry_mpi_ec_get_mpi("p", ctx, 1);
    g_auto(gcry_mpi_t) a = gcry_mpi_ec_get_mpi("a", ctx, 1);
    g_auto(gcry_mpi_t) d = gcry_mpi_ec_get_mpi("b", ctx, 1);
    g_auto(gcry_mpi_t) xx = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) yy = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) left = gcry_mpi_new(0);

    if (gcry_mpi_cmp(x, p) >= 0 || gcry_mpi_cmp(y, p) >= 0) {
        return false;
    }
    gcry_mpi_mulm(xx, x, x, p);
    gcry_mpi_mulm(yy, y, y, p);
    gcry_mpi_mulm(left, a, xx, p);
    gcry_mpi_addm(left, left, yy, p);
    gcry_mpi_mulm(xx, xx, yy, p);
    gcry_mpi_mulm(xx, xx, d, p);
    gcry_mpi_add_ui(xx, xx, 1);
    gcry_mpi_mod(xx, xx, p);
    return !gcry_mpi_cmp(left, xx);
}

/* in = x, y, k */
static bool run_edwards(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t *out)
{
    gcry_mpi_point_t p, r;
    gcry_ctx_t ctx;
    bool ok;

    if (gcry_mpi_ec_new(&ctx, NULL, fn->curve)) {
        return false;
    }
    ok = on_edwards(ctx, in[0], in[1]);
    if (ok) {
        p = gcry_mpi_point_new(0);
        r = gcry_mpi_point_new(0);
        gcry_mpi_point_set(p, in[0], in[1], GCRYMPI_CONST_ONE);
        gcry_mpi_ec_mul(r, in[2], p, ctx);
        ok = !gcry_mpi_ec_get_affine(out[0], out[1], r, ctx);
        gcry_mpi_point_release(p);
        gcry_mpi_point_release(r);
    }
    gcry_ctx_release(ctx);
    return ok;
}

/* in = k */
static bool run_edwards_generator(const PkeFunction *fn, gcry_mpi_t *in,
                                  gcry_mpi_t *out)
{
    g_auto(PkeCurve) c = { 0 };
    gcry_mpi_t point[3];

    if (!pke_curve_named(&c, fn->curve)) {
        return false;
    }
    point[0] = c.gx;
    point[1] = c.gy;
    point[2] = in[0];
    return run_edwards(fn, point, out);
}

static const PkeOp montgomery = { "NN", "N", run_ladder };
static const PkeOp montgomery_generator = { "N", "N", run_ladder_generator };
static const PkeOp edwards = { "NNN", "NN", run_edwards };
static const PkeOp edwards_generator = { "N", "NN", run_edwards_generator };

static const PkeFunction functions[] = {
    { 0x0a0634c6, &montgomery, 4, 0, "Curve25519" },
    { 0x0a0634d6, &montgomery_generator, 4, 0, "Curve25519" },
    { 0x100b34e6, &edwards, 4, 0, "Ed25519" },
    { 0x100a34f6, &edwards_generator, 4, 0, "Ed25519" },
    { 0x0c063506, &montgomery, 8, 0, "X448" },
    { 0x0c063516, &montgomery_generator, 8, 0, "X448" },
    { 0x1a0b3526, &edwards, 8, 0, "Ed448" },
    { 0x1a0a3536, &edwards_generator, 8, 0, "Ed448" },
};

PKE_TABLE(pke_montgomery, functions);
