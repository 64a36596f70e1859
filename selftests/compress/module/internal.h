/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the test module offer each other.
 *
 *  main.c     the device file
 *  pieces.c   scatterlists with guarded memory
 *  request.c  one request
 */
#ifndef QCMP_INTERNAL_H
#define QCMP_INTERNAL_H

#include <crypto/acompress.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>

#include "qatvf_comp_test.h"

/**
 * struct qcmp_file - an open file
 * @lock: one request at a time; guards the rest
 * @tfm: transform of the last request, or NULL
 * @name: its name
 * @software: it was asked not to be asynchronous
 */
struct qcmp_file {
	struct mutex lock;
	struct crypto_acomp *tfm;
	char name[sizeof_field(struct qcmp_request, name)];
	bool software;
};

/* request.c */
int qcmp_run(struct qcmp_file *file, struct qcmp_request *args);

/* pieces.c */
struct qcmp_pieces;
struct qcmp_pieces *qcmp_pieces_create(unsigned int len, unsigned int n);
void qcmp_pieces_free(struct qcmp_pieces *pieces);
struct scatterlist *qcmp_pieces_sgl(struct qcmp_pieces *pieces);
void qcmp_pieces_put(struct qcmp_pieces *pieces, const u8 *data);
void qcmp_pieces_get(const struct qcmp_pieces *pieces, u8 *data,
		     unsigned int len);
unsigned int qcmp_pieces_damage(const struct qcmp_pieces *pieces);

#endif /* QCMP_INTERNAL_H */
