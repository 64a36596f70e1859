/*
 * Intel QuickAssist Gen4: public key service, DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parameters, keys, signatures and their verification, out of libgcrypt's
 * modular arithmetic. Reference: 07 section 8.5.
 */

#include "qemu/osdep.h"
#include "pke.h"

static bool usable(gcry_mpi_t p, gcry_mpi_t q)
{
    return pke_odd(p) && pke_odd(q) && gcry_mpi_cmp_ui(q, 1) > 0 &&
           gcry_mpi_cmp(q, p) < 0;
}

/* in = x, q; p = x - ((x mod 2q) - 1) */
static bool run_gen_p(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) rest = gcry_mpi_new(0);

    if (pke_is(in[1], 0)) {
        return false;
    }
    gcry_mpi_mul_2exp(rest, in[1], 1);
    gcry_mpi_mod(rest, in[0], rest);
    gcry_mpi_sub(out[0], in[0], rest);
    gcry_mpi_add_ui(out[0], out[0], 1);
    return true;
}

/* in = p, q, h */
static bool run_gen_g(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) exp = gcry_mpi_new(0);

    if (!usable(in[0], in[1])) {
        return false;
    }
    gcry_mpi_sub_ui(exp, in[0], 1);
    gcry_mpi_div(exp, NULL, exp, in[1], 0);
    gcry_mpi_mod(in[2], in[2], in[0]);
    gcry_mpi_powm(out[0], in[2], exp, in[0]);
    return gcry_mpi_cmp_ui(out[0], 1) > 0;
}

/* in = p, g, x */
static bool run_gen_y(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    if (!pke_odd(in[0])) {
        return false;
    }
    gcry_mpi_mod(in[1], in[1], in[0]);
    gcry_mpi_powm(out[0], in[1], in[2], in[0]);
    return true;
}

static bool sign_first(gcry_mpi_t r, gcry_mpi_t k, gcry_mpi_t p, gcry_mpi_t q,
                       gcry_mpi_t g)
{
    if (!usable(p, q) || !pke_in_range(k, q)) {
        return false;
    }
    gcry_mpi_mod(g, g, p);
    gcry_mpi_powm(r, g, k, p);
    gcry_mpi_mod(r, r, q);
    return !pke_is(r, 0);
}

/* s = (m + x r) / k modulo q */
static bool sign_second(gcry_mpi_t s, gcry_mpi_t m, gcry_mpi_t k,
                        gcry_mpi_t q, gcry_mpi_t r, gcry_mpi_t x)
{
    g_auto(gcry_mpi_t) inv = gcry_mpi_new(0);

    if (!pke_odd(q) || pke_is(r, 0) || !pke_in_range(k, q) ||
        !gcry_mpi_invm(inv, k, q)) {
        return false;
    }
    gcry_mpi_mulm(s, x, r, q);
    gcry_mpi_addm(s, s, m, q);
    gcry_mpi_mulm(s, s, inv, q);
    return !pke_is(s, 0);
}

/* in = k, p, q, g */
static bool run_sign_r(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    return sign_first(out[0], in[0], in[1], in[2], in[3]);
}

/* in = m, k, q, r, x */
static bool run_sign_s(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    return sign_second(out[0], in[0], in[1], in[2], in[3], in[4]);
}

/* in = m, k, p, q, g, x */
static bool run_sign_rs(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t *out)
{
    return sign_first(out[0], in[1], in[2], in[3], in[4]) &&
           sign_second(out[1], in[0], in[1], in[3], out[0], in[5]);
}

/* in = r, s, m, p, q, g, y */
static bool run_verify(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    gcry_mpi_t r = in[0], s = in[1], m = in[2], p = in[3], q = in[4];
    g_auto(gcry_mpi_t) w = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) u = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) v = gcry_mpi_new(0);

    if (!usable(p, q) || !pke_in_range(r, q) || !pke_in_range(s, q) ||
        !gcry_mpi_invm(w, s, q)) {
        return false;
    }
    gcry_mpi_mod(in[5], in[5], p);
    gcry_mpi_mod(in[6], in[6], p);
    gcry_mpi_mulm(u, m, w, q);
    gcry_mpi_powm(v, in[5], u, p);
    gcry_mpi_mulm(u, r, w, q);
    gcry_mpi_powm(u, in[6], u, p);
    gcry_mpi_mulm(v, v, u, p);
    gcry_mpi_mod(v, v, q);
    return !gcry_mpi_cmp(v, r);
}

static const PkeOp gen_p = { "NQ", "N", run_gen_p };
static const PkeOp gen_g = { "NQN", "N", run_gen_g };
static const PkeOp gen_y = { "NNQ", "N", run_gen_y };
static const PkeOp sign_r = { "QNQN", "Q", run_sign_r };
static const PkeOp sign_s = { "QQQQQ", "Q", run_sign_s };
static const PkeOp sign_rs = { "QQNQNQ", "QQ", run_sign_rs };
static const PkeOp verify = { "QQQNQNN", "", run_verify };

/* sizes of p and of q */
static const PkeFunction functions[] = {
    { 0x381824a4, &gen_p, 16, 3 }, { 0x341d25be, &gen_p, 32, 4 },
    { 0x431126b7, &gen_p, 32, 4 }, { 0x4b1127e0, &gen_p, 48, 4 },

    { 0x261424d4, &gen_g, 16, 3 }, { 0x4b1426ed, &gen_g, 32, 4 },
    { 0x4f142816, &gen_g, 48, 4 },

    { 0x291224ed, &gen_y, 16, 3 }, { 0x4d1225ea, &gen_y, 32, 4 },
    { 0x5112282f, &gen_y, 48, 4 },

    { 0x2c1c2504, &sign_r, 16, 3 }, { 0x511c2601, &sign_r, 32, 4 },
    { 0x5b182706, &sign_r, 32, 4 }, { 0x59282846, &sign_r, 48, 4 },

    { 0x12142526, &sign_s, 16, 3 }, { 0x15142623, &sign_s, 32, 4 },
    { 0x15142733, &sign_s, 32, 4 },

    { 0x301e2540, &sign_rs, 16, 3 }, { 0x571e263d, &sign_rs, 32, 4 },
    { 0x5a2a274d, &sign_rs, 32, 4 }, { 0x61292874, &sign_rs, 48, 4 },

    { 0x323a2570, &verify, 16, 3 }, { 0x6930266d, &verify, 32, 4 },
    { 0x723a2789, &verify, 32, 4 }, { 0x7f4328ae, &verify, 48, 4 },
};

PKE_TABLE(pke_dsa, functions);
