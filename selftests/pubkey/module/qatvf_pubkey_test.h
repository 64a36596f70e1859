/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interface of /dev/qatvf_pubkey_test: requests to public key algorithms, one at a
 * time or many at once.
 *
 * An open file holds at most one transform: QPT_OPEN allocates it, QPT_SET_KEY keys
 * it, QPT_RUN runs one request, QPT_BURST many; closing frees it.  Pointers are
 * passed as __u64.  Unknown values and flags give -EINVAL.
 */
#ifndef QATVF_PUBKEY_TEST_H
#define QATVF_PUBKEY_TEST_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define QPT_MAX_KEY		8192
#define QPT_MAX_DATA		4096
#define QPT_MAX_SEGS		8
#define QPT_MAX_BURST		4096

enum qpt_type {
	QPT_AKCIPHER,
	QPT_KPP,
};

struct qpt_open {
	char name[128];			/* algorithm or driver, NUL-terminated */
	char driver[128];		/* out: what was found */
	__u32 type;			/* enum qpt_type */
	__u32 reserved;
};

enum qpt_key_kind {
	QPT_PUBLIC,
	QPT_PRIVATE,
	QPT_SECRET,			/* of kpp */
};

struct qpt_key {
	__u64 key;
	__u32 len;
	__u32 kind;			/* enum qpt_key_kind */
	__u32 max_size;			/* out: as the transform says it then */
	__u32 reserved;
};

enum qpt_op {
	QPT_ENCRYPT,
	QPT_DECRYPT,
	QPT_GENERATE,
	QPT_SHARED,
};

/* flags of struct qpt_run and struct qpt_burst */
#define QPT_MAY_SLEEP		0x01
#define QPT_MAY_BACKLOG		0x02
#define QPT_BH_OFF		0x04	/* submit with bottom halves off */

/* Source and destination are each split into @segs parts. */
struct qpt_run {
	__u64 src;
	__u64 dst;			/* @dst_len bytes, all copied back */
	__u32 src_len;
	__u32 dst_len;			/* in; out: as the request has it then */
	__u32 op;
	__u32 flags;
	__u32 segs;
	/* out */
	__s32 result;
	__u32 overwritten;		/* bytes behind the destination */
	__u32 reserved;
};

/* @requests requests of the same input; all must give @expected. */
struct qpt_burst {
	__u64 src;
	__u64 expected;
	__u32 src_len;
	__u32 expected_len;
	__u32 op;
	__u32 flags;
	__u32 requests;
	__u32 timeout_ms;
	/* out */
	__u32 in_progress;		/* what the calls returned */
	__u32 busy;
	__u32 at_once;
	__u32 refused;
	__u32 notices;			/* completions with -EINPROGRESS */
	__u32 completions;
	__u32 failures;
	__u32 wrong;
	__u32 lost;
	__s32 failure;			/* the last error */
};

#define QPT_OPEN	_IOWR('Q', 0x81, struct qpt_open)
#define QPT_SET_KEY	_IOWR('Q', 0x82, struct qpt_key)
#define QPT_RUN		_IOWR('Q', 0x83, struct qpt_run)
#define QPT_BURST	_IOWR('Q', 0x84, struct qpt_burst)

#endif /* QATVF_PUBKEY_TEST_H */
