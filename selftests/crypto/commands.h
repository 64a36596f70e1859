/* SPDX-License-Identifier: GPL-2.0 */
/* The commands of cipher-test; see cipher-test.c. */
#ifndef QATVF_COMMANDS_H
#define QATVF_COMMANDS_H

#include "aead.h"
#include "cipher.h"

void shapes(struct cipher *cipher);
void bursts(struct cipher *cipher);
int load(struct cipher *cipher, unsigned int seconds);
int burst(struct cipher *cipher, unsigned int len, unsigned int requests);
int rekey(struct cipher *cipher);
int hold(struct cipher *cipher);
int churn(struct cipher *cipher, unsigned int seconds);
int encrypt_file(struct cipher *cipher, char **words);
void aead_shapes(struct aead *aead);
int aead_load(struct aead *aead, unsigned int seconds);

/* How long a load lasts: load.c. */
void load_start(unsigned int seconds);
bool load_goes_on(void);

#endif
