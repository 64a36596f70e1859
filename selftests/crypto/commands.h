/* SPDX-License-Identifier: GPL-2.0 */
/* The commands of cipher-test; see cipher-test.c. */
#ifndef QATVF_COMMANDS_H
#define QATVF_COMMANDS_H

#include "cipher.h"

void shapes(struct cipher *cipher);
void bursts(struct cipher *cipher);
int load(struct cipher *cipher, unsigned int seconds);
int hold(struct cipher *cipher);
int churn(struct cipher *cipher, unsigned int seconds);
int encrypt_file(struct cipher *cipher, char **words);

#endif
