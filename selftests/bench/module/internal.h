/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the benchmark module offer each other.
 *
 *  main.c       the debugfs files
 *  loop.c       operations in a closed loop, counted
 *  cipher.c     kinds skcipher and aead
 *  digest.c     kind ahash
 *  pubkey.c     kinds akcipher and kpp
 *  compress.c   kind acomp
 */
#ifndef QB_INTERNAL_H
#define QB_INTERNAL_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/scatterlist.h>
#include <linux/types.h>

#define QB_MAX_BYTES		65536
#define QB_MAX_KEY		4096
#define QB_MAX_DEPTH		256
#define QB_MAX_OPS		1000000
#define QB_IV_SIZE		16
/* Associated data of an AEAD request: an ESP header with extended sequence. */
#define QB_ASSOC		16
/* Room for a tag. */
#define QB_TAG			64
#define QB_ROOM			(2 * QB_MAX_BYTES)
#define QB_SEGS			(QB_ROOM / PAGE_SIZE + 1)

struct qb_run;

/**
 * struct qb_op - one of the operations that are always under way
 * @run: the run it belongs to
 * @req: request of the kind's type
 * @pages: memory of source and, behind @QB_ROOM, destination
 * @src: list over the source, an entry a page as in the page cache
 * @dst: list over the destination
 * @iv: initialisation vector
 */
struct qb_op {
	struct qb_run *run;
	void *req;
	u8 *pages;
	struct scatterlist src[QB_SEGS];
	struct scatterlist dst[QB_SEGS];
	u8 iv[QB_IV_SIZE];
};

/**
 * struct qb_kind - a type of algorithm
 * @name: as users of the module call it
 * @open: allocate and key a transform by driver name, or ERR_PTR
 * @close: free it
 * @prepare: allocate @op->req
 * @forget: free it
 * @submit: start the operation anew; returns what the crypto API returns
 */
struct qb_kind {
	const char *name;
	void *(*open)(const char *driver, const u8 *key, unsigned int len);
	void (*close)(void *tfm);
	int (*prepare)(struct qb_op *op);
	void (*forget)(struct qb_op *op);
	int (*submit)(struct qb_op *op);
};

extern const struct qb_kind qb_skcipher;
extern const struct qb_kind qb_aead;
extern const struct qb_kind qb_ahash;
extern const struct qb_kind qb_akcipher;
extern const struct qb_kind qb_kpp;
extern const struct qb_kind qb_acomp;

/**
 * struct qb_run - a measurement
 * @kind: type of algorithm
 * @tfm: transform
 * @depth: operations under way at any time
 * @bytes: of each
 * @ops: operations in all
 * @left: operations not yet started
 * @flying: members of @op that are under way
 * @failed: operations that ended with an error
 * @error: the last such error
 * @done: nothing is left and nothing flies
 * @insn: instructions executed from the first submission to the last completion
 * @ns: virtual time of the same
 * @op: @depth operations
 */
struct qb_run {
	const struct qb_kind *kind;
	void *tfm;
	unsigned int depth;
	unsigned int bytes;
	unsigned int ops;
	atomic_t left;
	atomic_t flying;
	atomic_t failed;
	int error;
	struct completion done;
	u64 insn;
	u64 ns;
	struct qb_op *op;
};

int qb_run(struct qb_run *run, const char *driver, const u8 *key,
	   unsigned int key_len);
void qb_complete(void *data, int err);

#endif /* QB_INTERNAL_H */
