/*
 * Intel QuickAssist Gen4: public key service, modular arithmetic
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * RSA with and without the factors, RSA key pairs, Diffie-Hellman, plain
 * exponentiation and inversion. Operands must obey the reference's limits,
 * except that factors may be a bit shorter than half the size, as one client
 * sends them. Reference: 07 sections 8.1 to 8.3.
 */

#include "qemu/osdep.h"
#include "pke.h"

static bool power(gcry_mpi_t out, gcry_mpi_t base, gcry_mpi_t exp,
                  gcry_mpi_t mod)
{
    if (pke_is(mod, 0)) {
        return false;
    }
    gcry_mpi_mod(base, base, mod);
    gcry_mpi_powm(out, base, exp, mod);
    return true;
}

/* in = g, e, m */
static bool run_modexp(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    return power(out[0], in[0], in[1], in[2]);
}

static bool full_size(const PkeFunction *fn, gcry_mpi_t m)
{
    return gcry_mpi_get_nbits(m) == fn->qw * 64;
}

static bool run_dh(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    return full_size(fn, in[2]) && !pke_is(in[1], 0) &&
           power(out[0], in[0], in[1], in[2]);
}

/* in = e, m; the base is 2 */
static bool run_dh_two(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) two = gcry_mpi_set_ui(NULL, 2);

    return full_size(fn, in[1]) && !pke_is(in[0], 0) &&
           power(out[0], two, in[0], in[1]);
}

/* in = m, e, n */
static bool run_rsa_public(const PkeFunction *fn, gcry_mpi_t *in,
                           gcry_mpi_t *out)
{
    return gcry_mpi_cmp_ui(in[1], 3) >= 0 &&
           gcry_mpi_cmp(in[0], in[2]) < 0 &&
           power(out[0], in[0], in[1], in[2]);
}

/* in = c, d, n */
static bool run_rsa_private(const PkeFunction *fn, gcry_mpi_t *in,
                            gcry_mpi_t *out)
{
    return gcry_mpi_cmp(in[0], in[2]) < 0 &&
           power(out[0], in[0], in[1], in[2]);
}

/* Garner: in = c, p, q, dp, dq, qinv; p may be smaller than q */
static bool run_rsa_crt(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) n = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) m1 = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) m2 = gcry_mpi_new(0);

    gcry_mpi_mul(n, in[1], in[2]);
    if (!pke_in_range(in[3], in[1]) || !pke_in_range(in[4], in[2]) ||
        !pke_in_range(in[5], in[1]) || gcry_mpi_cmp(in[0], n) >= 0) {
        return false;
    }
    gcry_mpi_mod(m1, in[0], in[1]);
    gcry_mpi_powm(m1, m1, in[3], in[1]);
    gcry_mpi_mod(m2, in[0], in[2]);
    gcry_mpi_powm(m2, m2, in[4], in[2]);
    gcry_mpi_subm(m1, m1, m2, in[1]);
    gcry_mpi_mulm(m1, m1, in[5], in[1]);
    gcry_mpi_mul(out[0], m1, in[2]);
    gcry_mpi_add(out[0], out[0], m2);
    return true;
}

/* in = p, q, e; p1 and q1 get p - 1 and q - 1 */
static bool key_pair(gcry_mpi_t *in, gcry_mpi_t n, gcry_mpi_t d,
                     gcry_mpi_t p1, gcry_mpi_t q1)
{
    g_auto(gcry_mpi_t) phi = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) gcd = gcry_mpi_new(0);

    if (!pke_odd(in[0]) || !pke_odd(in[1]) || !pke_odd(in[2]) ||
        pke_is(in[0], 1) || pke_is(in[1], 1) ||
        !gcry_mpi_cmp(in[0], in[1])) {
        return false;
    }
    gcry_mpi_mul(n, in[0], in[1]);
    gcry_mpi_sub_ui(p1, in[0], 1);
    gcry_mpi_sub_ui(q1, in[1], 1);
    gcry_mpi_mul(phi, p1, q1);
    gcry_mpi_gcd(gcd, p1, q1);
    gcry_mpi_div(phi, NULL, phi, gcd, 0);
    return gcry_mpi_cmp(in[2], n) < 0 && gcry_mpi_invm(d, in[2], phi);
}

static bool run_keypair(const PkeFunction *fn, gcry_mpi_t *in,
                        gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) p1 = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) q1 = gcry_mpi_new(0);

    return key_pair(in, out[0], out[1], p1, q1);
}

/* out = n, d, dp, dq, qinv */
static bool run_keypair_crt(const PkeFunction *fn, gcry_mpi_t *in,
                            gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) p1 = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) q1 = gcry_mpi_new(0);

    if (!key_pair(in, out[0], out[1], p1, q1)) {
        return false;
    }
    gcry_mpi_mod(out[2], out[1], p1);
    gcry_mpi_mod(out[3], out[1], q1);
    return gcry_mpi_invm(out[4], in[1], in[0]);
}

static bool inverse(gcry_mpi_t *in, gcry_mpi_t *out)
{
    if (pke_is(in[1], 0)) {
        return false;
    }
    gcry_mpi_mod(in[0], in[0], in[1]);
    return !pke_is(in[0], 0) && gcry_mpi_invm(out[0], in[0], in[1]);
}

/* in = a, b; 1/a modulo b */
static bool run_inverse_odd(const PkeFunction *fn, gcry_mpi_t *in,
                            gcry_mpi_t *out)
{
    return pke_odd(in[1]) && inverse(in, out);
}

static bool run_inverse_even(const PkeFunction *fn, gcry_mpi_t *in,
                             gcry_mpi_t *out)
{
    return !pke_odd(in[1]) && pke_odd(in[0]) && inverse(in, out);
}

static const PkeOp keypair = { "HHN", "NN", run_keypair };
static const PkeOp keypair_crt = { "HHN", "NNHHH", run_keypair_crt };
static const PkeOp rsa_public = { "NNN", "N", run_rsa_public };
static const PkeOp rsa_private = { "NNN", "N", run_rsa_private };
static const PkeOp rsa_crt = { "NHHHHH", "N", run_rsa_crt };
static const PkeOp dh = { "NNN", "N", run_dh };
static const PkeOp dh_two = { "NN", "N", run_dh_two };
static const PkeOp modexp = { "NNN", "N", run_modexp };
static const PkeOp inverse_odd = { "NN", "N", run_inverse_odd };
static const PkeOp inverse_even = { "NN", "N", run_inverse_even };

static const PkeFunction functions[] = {
    { 0x191d1a9a, &keypair, 8 }, { 0x36181b71, &keypair, 16 },
    { 0x531d1c46, &keypair, 24 }, { 0x72181d2e, &keypair, 32 },
    { 0x60191e16, &keypair, 48 }, { 0x7d1f1ef6, &keypair, 64 },

    { 0x19401acc, &keypair_crt, 8 }, { 0x40451b9e, &keypair_crt, 16 },
    { 0x32391c78, &keypair_crt, 24 }, { 0x42341d5b, &keypair_crt, 32 },
    { 0x68331e45, &keypair_crt, 48 }, { 0x91251f27, &keypair_crt, 64 },

    { 0x1c161b21, &rsa_public, 8 }, { 0x35111bf7, &rsa_public, 16 },
    { 0x4d111cdc, &rsa_public, 24 }, { 0x6e111dba, &rsa_public, 32 },
    { 0x7d111ea3, &rsa_public, 48 }, { 0xa5101f7e, &rsa_public, 64 },
    { 0xc31335c6, &rsa_public, 128 },

    { 0x1c161b3c, &rsa_private, 8 }, { 0x35111c12, &rsa_private, 16 },
    { 0x4d111cf7, &rsa_private, 24 }, { 0x6e111dda, &rsa_private, 32 },
    { 0x7d111ebe, &rsa_private, 48 }, { 0xa5101f98, &rsa_private, 64 },
    { 0xc31335e6, &rsa_private, 128 },

    { 0x1c131b57, &rsa_crt, 8 }, { 0x26131c2d, &rsa_crt, 16 },
    { 0x45111d12, &rsa_crt, 24 }, { 0x59121dfa, &rsa_crt, 32 },
    { 0x81121ed9, &rsa_crt, 48 }, { 0xb1111fb2, &rsa_crt, 64 },
    { 0xc9133606, &rsa_crt, 128 },

    { 0x210c1a1b, &dh, 12 }, { 0x290c1a32, &dh, 16 }, { 0x390c1a49, &dh, 24 },
    { 0x4d0c1a60, &dh, 32 }, { 0x510c1a77, &dh, 48 }, { 0x690c1a8e, &dh, 64 },
    { 0xcd0d3636, &dh, 128 },

    { 0x1c0b1a10, &dh_two, 12 }, { 0x220b1a27, &dh_two, 16 },
    { 0x2e0b1a3e, &dh_two, 24 }, { 0x3e0b1a55, &dh_two, 32 },
    { 0x3a0b1a6c, &dh_two, 48 }, { 0x4a0b1a83, &dh_two, 64 },
    { 0x8d0b3626, &dh_two, 128 },

    { 0x150c2327, &modexp, 8 }, { 0x2d0c233e, &modexp, 16 },
    { 0x410c2355, &modexp, 24 }, { 0x5e12236c, &modexp, 32 },
    { 0x60162388, &modexp, 40 }, { 0x650c23a9, &modexp, 48 },
    { 0x801623c0, &modexp, 56 }, { 0x850c23e1, &modexp, 64 },
    { 0xc50c3646, &modexp, 128 },

    { 0x090623f8, &inverse_odd, 2 }, { 0x0a0623fe, &inverse_odd, 3 },
    { 0x0a062404, &inverse_odd, 4 }, { 0x0b06240a, &inverse_odd, 6 },
    { 0x0c062410, &inverse_odd, 8 }, { 0x0e062416, &inverse_odd, 12 },
    { 0x1006241c, &inverse_odd, 16 }, { 0x18062422, &inverse_odd, 24 },
    { 0x20062428, &inverse_odd, 32 }, { 0x3006242e, &inverse_odd, 48 },
    { 0x40062434, &inverse_odd, 64 }, { 0x88073656, &inverse_odd, 128 },

    { 0x0906243a, &inverse_even, 2 }, { 0x0a062440, &inverse_even, 3 },
    { 0x0a062446, &inverse_even, 4 }, { 0x0e0b244c, &inverse_even, 6 },
    { 0x110b2457, &inverse_even, 8 }, { 0x170b2462, &inverse_even, 12 },
    { 0x1d0b246d, &inverse_even, 16 }, { 0x290b2478, &inverse_even, 24 },
    { 0x350b2483, &inverse_even, 32 }, { 0x4d0b248e, &inverse_even, 48 },
    { 0x650b2499, &inverse_even, 64 }, { 0xc80d3666, &inverse_even, 128 },
};

PKE_TABLE(pke_modular, functions);
