/* SPDX-License-Identifier: GPL-2.0 */
/* Reproducible randomness: the seed is printed, and can be given again. */
#ifndef QATVF_RANDOM_H
#define QATVF_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_seed(uint64_t seed);
uint32_t random_below(uint32_t limit);
void random_fill(void *buf, size_t len);

#endif
