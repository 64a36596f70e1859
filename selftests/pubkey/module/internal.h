/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the test module offer each other.
 *
 *  main.c       the device file
 *  transform.c  the transform of an open file and its key
 *  request.c    a request of either type with its memory
 *  single.c     one request
 *  burst.c      many at once
 */
#ifndef QPT_INTERNAL_H
#define QPT_INTERNAL_H

#include <crypto/akcipher.h>
#include <crypto/kpp.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>

#include "qatvf_pubkey_test.h"

/* Bytes behind a destination that must survive. */
#define QPT_GUARD	64

/**
 * struct qpt_file - an open file
 * @lock: one ioctl at a time; guards the rest
 * @type: which of the transforms there is
 * @akcipher: transform, or NULL
 * @kpp: transform, or NULL
 */
struct qpt_file {
	struct mutex lock;
	enum qpt_type type;
	struct crypto_akcipher *akcipher;
	struct crypto_kpp *kpp;
};

/**
 * struct qpt_request - a request and its memory
 * @file: whose transform it uses
 * @akcipher: request, if of this type
 * @kpp: request, if of this type
 * @src: source
 * @dst: destination, with QPT_GUARD bytes behind it
 * @dst_len: bytes of @dst in front of the guard
 * @src_sg: @src in parts
 * @dst_sg: @dst in parts
 * @completed: called for each completion, maybe with bottom halves off
 */
struct qpt_request {
	struct qpt_file *file;
	struct akcipher_request *akcipher;
	struct kpp_request *kpp;
	u8 *src;
	u8 *dst;
	unsigned int dst_len;
	struct scatterlist src_sg[QPT_MAX_SEGS];
	struct scatterlist dst_sg[QPT_MAX_SEGS];
	void (*completed)(struct qpt_request *req, int err);
};

/*
 * A completion callback gets the request up to 6.2, the caller's pointer since.
 * Both forms are written down; the type in the kernel's headers picks one.
 */
#define QPT_CALLBACK(on_request, on_data)					\
	__builtin_choose_expr(__builtin_types_compatible_p(			\
		crypto_completion_t, void (*)(void *, int)), on_data, on_request)

/* transform.c */
int qpt_transform_open(struct qpt_file *file, struct qpt_open *args);
void qpt_transform_close(struct qpt_file *file);
int qpt_transform_set_key(struct qpt_file *file, struct qpt_key *args);

/* request.c */
int qpt_request_make(struct qpt_request *req, struct qpt_file *file,
		     const u8 *src, unsigned int src_len, unsigned int dst_len,
		     unsigned int segs, u32 flags);
void qpt_request_free(struct qpt_request *req);
int qpt_request_submit(struct qpt_request *req, u32 op, u32 flags);
unsigned int qpt_request_result_len(const struct qpt_request *req);

/* single.c */
int qpt_single(struct qpt_file *file, struct qpt_run *args);

/* burst.c */
int qpt_burst(struct qpt_file *file, struct qpt_burst *args);

#endif /* QPT_INTERNAL_H */
