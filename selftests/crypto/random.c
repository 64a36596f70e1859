// SPDX-License-Identifier: GPL-2.0
/*
 * splitmix64: small, and the same everywhere for the same seed.
 */
#include "random.h"

static uint64_t state;

static uint64_t next(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/**
 * random_seed() - start a sequence
 * @seed: which
 */
void random_seed(uint64_t seed)
{
	state = seed;
}

/**
 * random_below() - a number
 * @limit: not 0
 *
 * Return: 0 to @limit - 1
 */
uint32_t random_below(uint32_t limit)
{
	return next() % limit;
}

/**
 * random_fill() - fill memory
 * @buf: memory
 * @len: its bytes
 */
void random_fill(void *buf, size_t len)
{
	unsigned char *byte = buf;
	uint64_t word = 0;
	size_t i;

	for (i = 0; i < len; i++, word >>= 8) {
		if (i % 8 == 0)
			word = next();
		byte[i] = word;
	}
}
