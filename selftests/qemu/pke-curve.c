/*
 * Intel QuickAssist Gen4: public key service, points of a curve over GF(p)
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libgcrypt's point arithmetic, on its named curves or on parameters from a
 * request. Those may be anything: the modulus may be composite, and then a
 * point may have no affine form; nothing here may trip over that.
 * Reference: 07 sections 8.6 and 8.7.
 */

#include "qemu/osdep.h"
#include "pke.h"

bool pke_curve_named(PkeCurve *c, const char *name)
{
    gcry_mpi_point_t g;

    memset(c, 0, sizeof(*c));
    if (gcry_mpi_ec_new(&c->ctx, NULL, name)) {
        return false;
    }
    c->p = gcry_mpi_ec_get_mpi("p", c->ctx, 1);
    c->a = gcry_mpi_ec_get_mpi("a", c->ctx, 1);
    c->b = gcry_mpi_ec_get_mpi("b", c->ctx, 1);
    c->n = gcry_mpi_ec_get_mpi("n", c->ctx, 1);
    c->gx = gcry_mpi_new(0);
    c->gy = gcry_mpi_new(0);
    g = gcry_mpi_ec_get_point("g", c->ctx, 1);
    gcry_mpi_ec_get_affine(c->gx, c->gy, g, c->ctx);
    gcry_mpi_point_release(g);
    return true;
}

bool pke_curve_given(PkeCurve *c, gcry_mpi_t p, gcry_mpi_t a, gcry_mpi_t b)
{
    gcry_sexp_t params;
    bool ok;

    memset(c, 0, sizeof(*c));
    if (!pke_odd(p) || gcry_mpi_cmp_ui(p, 3) <= 0 ||
        gcry_mpi_cmp(a, p) >= 0 || gcry_mpi_cmp(b, p) >= 0 ||
        gcry_sexp_build(&params, NULL, "(public-key(ecc(p %m)(a %m)(b %m)))",
                        p, a, b)) {
        return false;
    }
    ok = !gcry_mpi_ec_new(&c->ctx, params, NULL);
    gcry_sexp_release(params);
    c->p = gcry_mpi_copy(p);
    c->a = gcry_mpi_copy(a);
    c->b = gcry_mpi_copy(b);
    return ok;
}

void pke_curve_free(PkeCurve *c)
{
    gcry_ctx_release(c->ctx);
    gcry_mpi_release(c->p);
    gcry_mpi_release(c->a);
    gcry_mpi_release(c->b);
    gcry_mpi_release(c->n);
    gcry_mpi_release(c->gx);
    gcry_mpi_release(c->gy);
    memset(c, 0, sizeof(*c));
}

/* y^2 = x^3 + ax + b = (x^2 + a) x + b */
bool pke_curve_has(const PkeCurve *c, gcry_mpi_t x, gcry_mpi_t y)
{
    g_auto(gcry_mpi_t) left = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) right = gcry_mpi_new(0);

    if (gcry_mpi_cmp(x, c->p) >= 0 || gcry_mpi_cmp(y, c->p) >= 0) {
        return false;
    }
    gcry_mpi_mulm(left, y, y, c->p);
    gcry_mpi_mulm(right, x, x, c->p);
    gcry_mpi_addm(right, right, c->a, c->p);
    gcry_mpi_mulm(right, right, x, c->p);
    gcry_mpi_addm(right, right, c->b, c->p);
    return !gcry_mpi_cmp(left, right);
}

static gcry_mpi_point_t multiple(const PkeCurve *c, gcry_mpi_t k,
                                 gcry_mpi_t px, gcry_mpi_t py)
{
    gcry_mpi_point_t p = gcry_mpi_point_new(0), r = gcry_mpi_point_new(0);
    g_auto(gcry_mpi_t) one = gcry_mpi_set_ui(NULL, 1);

    gcry_mpi_point_set(p, px, py, one);
    gcry_mpi_ec_mul(r, k, p, c->ctx);
    gcry_mpi_point_release(p);
    return r;
}

/* False at infinity, or without an inverse if the modulus is composite */
static bool affine(const PkeCurve *c, gcry_mpi_point_t r, gcry_mpi_t x,
                   gcry_mpi_t y)
{
    g_auto(gcry_mpi_t) px = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) py = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) pz = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) gcd = gcry_mpi_new(0);

    gcry_mpi_point_get(px, py, pz, r);
    return !pke_is(pz, 0) && gcry_mpi_gcd(gcd, pz, c->p) &&
           !gcry_mpi_ec_get_affine(x, y, r, c->ctx);
}

/* kP; false if P is not on the curve or the result is at infinity */
bool pke_curve_mult(const PkeCurve *c, gcry_mpi_t k, gcry_mpi_t px,
                    gcry_mpi_t py, gcry_mpi_t x, gcry_mpi_t y)
{
    gcry_mpi_point_t r;
    bool ok;

    if (!pke_curve_has(c, px, py)) {
        return false;
    }
    r = multiple(c, k, px, py);
    ok = affine(c, r, x, y);
    gcry_mpi_point_release(r);
    return ok;
}

/* kP + lQ, likewise */
bool pke_curve_mult_add(const PkeCurve *c, gcry_mpi_t k, gcry_mpi_t px,
                        gcry_mpi_t py, gcry_mpi_t l, gcry_mpi_t qx,
                        gcry_mpi_t qy, gcry_mpi_t x, gcry_mpi_t y)
{
    gcry_mpi_point_t r, t, sum;
    bool ok;

    if (!pke_curve_has(c, px, py) || !pke_curve_has(c, qx, qy)) {
        return false;
    }
    r = multiple(c, k, px, py);
    t = multiple(c, l, qx, qy);
    sum = gcry_mpi_point_new(0);
    gcry_mpi_ec_add(sum, r, t, c->ctx);
    ok = affine(c, sum, x, y);
    gcry_mpi_point_release(r);
    gcry_mpi_point_release(t);
    gcry_mpi_point_release(sum);
    return ok;
}
