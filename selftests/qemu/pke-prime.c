/*
 * Intel QuickAssist Gen4: public key service, primality tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Functions without a result but "pass", the number may be prime, or "fail".
 * What exactly the device tries is not known: small factors here are those
 * below 256, Fermat's base is 2, and the Lucas test is replaced by rounds of
 * Miller and Rabin, which answer the same question. Reference: 07 section
 * 8.4.
 */

#include "qemu/osdep.h"
#include "pke.h"

/* Even numbers and those below 5 have no business here */
static bool testable(gcry_mpi_t m)
{
    return pke_odd(m) && gcry_mpi_cmp_ui(m, 3) > 0;
}

static bool run_small_factors(const PkeFunction *fn, gcry_mpi_t *in,
                              gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) rest = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) divisor = gcry_mpi_new(0);
    unsigned i;

    if (!testable(in[0])) {
        return false;
    }
    /* composite divisors find nothing new */
    for (i = 3; i < 256; i += 2) {
        gcry_mpi_set_ui(divisor, i);
        gcry_mpi_mod(rest, in[0], divisor);
        if (pke_is(rest, 0)) {
            return pke_is(in[0], i);
        }
    }
    return true;
}

static bool run_fermat(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) x = gcry_mpi_set_ui(NULL, 2);
    g_auto(gcry_mpi_t) exp = gcry_mpi_new(0);

    if (!testable(in[0])) {
        return false;
    }
    gcry_mpi_sub_ui(exp, in[0], 1);
    gcry_mpi_powm(x, x, exp, in[0]);
    return pke_is(x, 1);
}

/* One round: is m, odd, a strong probable prime to base x? */
static bool strong_probable_prime(gcry_mpi_t m, gcry_mpi_t x)
{
    g_auto(gcry_mpi_t) minus1 = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) odd = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) y = gcry_mpi_new(0);
    unsigned twos = 0;

    gcry_mpi_sub_ui(minus1, m, 1);
    while (!gcry_mpi_test_bit(minus1, twos)) {
        twos++;
    }
    gcry_mpi_rshift(odd, minus1, twos);
    gcry_mpi_powm(y, x, odd, m);
    if (pke_is(y, 1) || !gcry_mpi_cmp(y, minus1)) {
        return true;
    }
    while (--twos) {
        gcry_mpi_mulm(y, y, y, m);
        if (!gcry_mpi_cmp(y, minus1)) {
            return true;
        }
    }
    return false;
}

/* in = x, m with 1 < x < m - 1 */
static bool run_miller_rabin(const PkeFunction *fn, gcry_mpi_t *in,
                             gcry_mpi_t *out)
{
    g_auto(gcry_mpi_t) minus1 = gcry_mpi_new(0);

    if (!testable(in[1])) {
        return false;
    }
    gcry_mpi_sub_ui(minus1, in[1], 1);
    return gcry_mpi_cmp_ui(in[0], 1) > 0 && gcry_mpi_cmp(in[0], minus1) < 0 &&
           strong_probable_prime(in[1], in[0]);
}

static bool run_lucas(const PkeFunction *fn, gcry_mpi_t *in, gcry_mpi_t *out)
{
    static const uint8_t bases[] = { 2, 3, 5, 7, 11, 13, 17, 19 };
    g_auto(gcry_mpi_t) base = gcry_mpi_new(0);
    unsigned i;

    if (!testable(in[0])) {
        return false;
    }
    for (i = 0; i < ARRAY_SIZE(bases); i++) {
        gcry_mpi_set_ui(base, bases[i]);
        if (gcry_mpi_cmp(base, in[0]) < 0 &&
            !strong_probable_prime(in[0], base)) {
            return false;
        }
    }
    return true;
}

static const PkeOp small_factors = { "N", "", run_small_factors };
static const PkeOp fermat = { "N", "", run_fermat };
static const PkeOp miller_rabin = { "NN", "", run_miller_rabin };
static const PkeOp lucas = { "N", "", run_lucas };

static const PkeFunction functions[] = {
    { 0x19201fcd, &small_factors, 3 }, { 0x19201ff7, &small_factors, 4 },
    { 0x19202021, &small_factors, 6 }, { 0x1b1b204b, &small_factors, 8 },
    { 0x170c2070, &small_factors, 12 }, { 0x130f2085, &small_factors, 16 },
    { 0x1d0c2094, &small_factors, 24 }, { 0x210c20a5, &small_factors, 32 },
    { 0x290c20b6, &small_factors, 48 }, { 0x310c20c7, &small_factors, 64 },

    { 0x0e1120d8, &fermat, 3 }, { 0x121120ee, &fermat, 8 },
    { 0x19162104, &fermat, 8 }, { 0x19112124, &fermat, 12 },
    { 0x1f11213a, &fermat, 16 }, { 0x2b112150, &fermat, 24 },
    { 0x3b112166, &fermat, 32 }, { 0x3a11217c, &fermat, 48 },
    { 0x4a112192, &fermat, 64 },

    { 0x0e1221a8, &miller_rabin, 3 }, { 0x111221bf, &miller_rabin, 8 },
    { 0x18182260, &miller_rabin, 8 }, { 0x1d0d21d6, &miller_rabin, 12 },
    { 0x250d21ed, &miller_rabin, 16 }, { 0x350d2204, &miller_rabin, 24 },
    { 0x490d221b, &miller_rabin, 32 }, { 0x4d0d2232, &miller_rabin, 48 },
    { 0x650d2249, &miller_rabin, 64 },

    { 0x0e0c227e, &lucas, 3 }, { 0x110c228f, &lucas, 8 },
    { 0x1617230a, &lucas, 8 }, { 0x130c22a0, &lucas, 12 },
    { 0x150c22b1, &lucas, 16 }, { 0x190c22c2, &lucas, 24 },
    { 0x1d0c22d3, &lucas, 32 }, { 0x250c22e4, &lucas, 48 },
    { 0x661522f5, &lucas, 64 },
};

PKE_TABLE(pke_prime, functions);
