/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the test module offer each other.
 *
 *  main.c       the device file
 *  transform.c  the transform of an open file, its key, its software twin
 *  layout.c     scatterlists of a given shape with guarded memory
 *  single.c     one request
 *  burst.c      many at once
 *  aead.c       an AEAD and its requests
 */
#ifndef QCT_INTERNAL_H
#define QCT_INTERNAL_H

#include <crypto/aead.h>
#include <crypto/skcipher.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>

#include "qatvf_crypto_test.h"

/**
 * struct qct_file - an open file
 * @lock: one ioctl at a time; guards the rest
 * @tfm: transform under test, or NULL
 * @soft: software transform with the same key, or NULL if there is none yet
 * @aead: AEAD under test, or NULL
 * @key: last good key of @tfm
 * @key_len: its bytes, 0 if there is none
 */
struct qct_file {
	struct mutex lock;
	struct crypto_skcipher *tfm;
	struct crypto_skcipher *soft;
	struct crypto_aead *aead;
	u8 key[QCT_MAX_KEY];
	unsigned int key_len;
};

/*
 * A completion callback gets the request up to 6.2, the caller's pointer since.
 * Both forms are written down; the type in the kernel's headers picks one.
 */
#define QCT_CALLBACK(on_request, on_data)					\
	__builtin_choose_expr(__builtin_types_compatible_p(			\
		crypto_completion_t, void (*)(void *, int)), on_data, on_request)

/* transform.c */
int qct_transform_open(struct qct_file *file, const struct qct_open *args);
void qct_transform_close(struct qct_file *file);
int qct_transform_set_key(struct qct_file *file, const struct qct_key *args);
int qct_transform_rekey(struct qct_file *file, u8 change);
int qct_transform_need_soft(struct qct_file *file);

/* layout.c */
struct qct_layout;
struct qct_layout *qct_layout_create(const struct qct_seg *segs, unsigned int n,
				     bool chained);
void qct_layout_free(struct qct_layout *layout);
struct scatterlist *qct_layout_sgl(struct qct_layout *layout);
struct scatterlist *qct_layout_second_sgl(struct qct_layout *layout);
u64 qct_layout_size(const struct qct_layout *layout);
void qct_layout_put(struct qct_layout *layout, const u8 *data, unsigned int len);
void qct_layout_get(const struct qct_layout *layout, u8 *data, unsigned int len);
unsigned int qct_layout_damage(const struct qct_layout *layout, unsigned int len);

/* single.c */
int qct_single(struct qct_file *file, struct qct_crypt *args);

/* burst.c */
int qct_burst(struct qct_file *file, struct qct_burst *args);

/* aead.c */
int qct_aead_open(struct qct_file *file, const struct qct_open *args);
void qct_aead_close(struct qct_file *file);
int qct_aead_set_key(struct qct_file *file, const struct qct_key *args);
int qct_aead_set_tag(struct qct_file *file, unsigned long len);
int qct_aead_crypt(struct qct_file *file, struct qct_aead_crypt *args);

#endif /* QCT_INTERNAL_H */
