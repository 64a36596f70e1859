/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the hash part offer each other.
 *
 *  hash.c       the device file, transforms and keys
 *  hash_run.c   one message
 *  hash_burst.c many at once
 */
#ifndef QHT_HASH_H
#define QHT_HASH_H

#include <crypto/hash.h>
#include <linux/mutex.h>

#include "qatvf_hash_test.h"

/**
 * struct qht_file - an open file
 * @lock: one ioctl at a time; guards the rest
 * @tfm: transform under test, or NULL
 * @soft: its software twin
 */
struct qht_file {
	struct mutex lock;
	struct crypto_ahash *tfm;
	struct crypto_ahash *soft;
};

int qht_run(struct qht_file *file, struct qht_run *args);
int qht_burst(struct qht_file *file, struct qht_burst *args);

int qht_register(void);
void qht_unregister(void);

#endif /* QHT_HASH_H */
