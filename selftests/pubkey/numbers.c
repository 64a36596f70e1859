// SPDX-License-Identifier: GPL-2.0
/*
 * Big numbers, and their big-endian strings of fixed size.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pubkey.h"

/**
 * die() - the test cannot go on
 * @format: why
 */
void die(const char *format, ...)
{
	va_list args;

	printf("# Bail out! ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	exit(2);
}

/**
 * number_random() - a random odd number
 * @bits: exactly
 *
 * Return: the number, the caller's.
 */
BIGNUM *number_random(unsigned int bits)
{
	BIGNUM *number = BN_new();

	if (!BN_rand(number, bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD))
		die("no random numbers");
	return number;
}

/**
 * number_bytes() - write a number
 * @number: that fits
 * @bytes: where to
 * @len: of it
 */
void number_bytes(const BIGNUM *number, uint8_t *bytes, size_t len)
{
	if (BN_bn2binpad(number, bytes, len) < 0)
		die("a number does not fit %zu bytes", len);
}

/**
 * number_equals() - compare
 * @number: expected
 * @bytes: big-endian string
 * @len: of it
 *
 * Return: true if they are equal.
 */
bool number_equals(const BIGNUM *number, const uint8_t *bytes, size_t len)
{
	BIGNUM *other = BN_bin2bn(bytes, len, NULL);
	bool equal = !BN_cmp(number, other);

	BN_free(other);
	return equal;
}

/**
 * number_power() - base^exp modulo mod, by OpenSSL
 * @base: base
 * @exp: exponent
 * @mod: odd
 *
 * Return: the power, the caller's.
 */
BIGNUM *number_power(const BIGNUM *base, const BIGNUM *exp, const BIGNUM *mod)
{
	BIGNUM *result = BN_new();
	BN_CTX *ctx = BN_CTX_new();

	if (!BN_mod_exp(result, base, exp, mod, ctx))
		die("OpenSSL: BN_mod_exp");
	BN_CTX_free(ctx);
	return result;
}
