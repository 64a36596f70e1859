/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of pubkey-test offer each other.
 *
 *  main.c      commands
 *  kernel.c    the test module, and who did a request: device or software
 *  numbers.c   big-endian strings of fixed size
 *  rsa.c, dh.c, ecdh.c, x25519.c	one algorithm each
 *  burst.c     many requests at once
 *  keyring.c   keys in the kernel's keyrings
 */
#ifndef QATVF_PUBKEY_H
#define QATVF_PUBKEY_H

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "module/qatvf_pubkey_test.h"
#include "points.h"

#define MAX_BYTES	QPT_MAX_DATA

/* ---- kernel.c ---- */

/**
 * struct tfm - a transform of the kernel
 * @fd: of the test module
 * @max_size: after the last good key
 * @driver: its name
 */
struct tfm {
	int fd;
	unsigned int max_size;
	char driver[128];
};

/**
 * struct answer - what came of a request
 * @err: 0 or a negative errno
 * @len: length of the destination as the request has it
 * @data: destination
 */
struct answer {
	int err;
	unsigned int len;
	uint8_t data[MAX_BYTES];
};

void tfm_open(struct tfm *tfm, enum qpt_type type, const char *name);
bool tfm_try_open(struct tfm *tfm, enum qpt_type type, const char *name);
void tfm_close(struct tfm *tfm);
int tfm_key(struct tfm *tfm, enum qpt_key_kind kind, const void *key, size_t len);
void tfm_run(struct tfm *tfm, enum qpt_op op, const void *src, size_t src_len,
	     size_t dst_len, struct answer *answer);
void tfm_shape(unsigned int segs, unsigned int flags);

unsigned long long hard_requests(const char *driver);
unsigned long long soft_requests(const char *driver);

/* ---- numbers.c ---- */

BIGNUM *number_random(unsigned int bits);
void number_bytes(const BIGNUM *number, uint8_t *bytes, size_t len);
bool number_equals(const BIGNUM *number, const uint8_t *bytes, size_t len);
BIGNUM *number_power(const BIGNUM *base, const BIGNUM *exp, const BIGNUM *mod);
void __attribute__((noreturn)) die(const char *format, ...);

/* ---- one algorithm each ---- */

void test_rsa(void);
void test_rsa_bad(void);
void test_dh(void);
void test_dh_bad(void);
void test_ffdhe(void);
void test_ecdh(void);
void test_ecdh_bad(void);
void test_x25519(void);
void test_burst(void);
int load(unsigned int seconds);
int keyring(int argc, char **argv);

/* rsa.c: for burst.c */
void rsa_sample(struct tfm *tfm, unsigned int bits, uint8_t *cipher,
		uint8_t *message);

#endif
