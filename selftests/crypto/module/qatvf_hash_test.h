/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interface of /dev/qatvf_hash_test: hash requests in every way that the crypto API
 * allows - whole, in parts, with the state carried from request to request or to
 * another implementation - and bursts of many at once.
 *
 * An open file holds one transform: QHT_OPEN allocates it by driver name and a
 * software twin by algorithm name, QHT_SET_KEY keys both, QHT_RUN hashes one message,
 * QHT_BURST many; closing frees them.  Pointers are passed as __u64.  Unknown flags
 * give -EINVAL.
 */
#ifndef QATVF_HASH_TEST_H
#define QATVF_HASH_TEST_H

#include <linux/ioctl.h>
#include <linux/types.h>

#include "qatvf_crypto_test.h"

#define QHT_MAX_KEY		1024
#define QHT_MAX_DIGEST		64

struct qht_open {
	char driver[128];		/* NUL-terminated */
	/* out */
	__u32 digest_size;
	__u32 block_size;
	__u32 state_size;
	__u32 soft_state_size;		/* of the twin */
};

struct qht_key {
	__u64 key;
	__u32 len;			/* 0 to QHT_MAX_KEY */
	__u32 reserved;
};

/* struct qht_run.how */
#define QHT_DIGEST		0	/* digest() */
#define QHT_INIT_FINUP		1	/* init(), finup() */
#define QHT_UPDATE_FINAL	2	/* init(), update() for each part, final() */
#define QHT_UPDATE_FINUP	3	/* the last part in finup() */
#define QHT_INIT_FINAL		4	/* init(), final(): no data at all */

/* struct qht_run.flags */
#define QHT_MAY_BACKLOG		0x01
#define QHT_MAY_SLEEP		0x02
#define QHT_BH_OFF		0x04	/* submit with bottom halves off */
#define QHT_CHAINED		0x08	/* each segment in a list of its own */
#define QHT_EXPORT		0x10	/* another request after each step */
#define QHT_MIGRATE		0x20	/* ... of the twin and back, by turns */
/* flag of struct qht_burst */
#define QHT_REKEY		0x40	/* another key when all requests are given */

/*
 * One message.  Parts have @part bytes, the last one what is left.  Everything around
 * data and digest is filled with a pattern which must survive.
 */
struct qht_run {
	__u64 data;			/* @len bytes */
	__u64 segs;			/* struct qct_seg[@nsegs] */
	__u32 nsegs;
	__u32 len;
	__u32 how;
	__u32 part;
	__u32 flags;
	/* out */
	__s32 result;
	__u32 busy;			/* calls that returned -EBUSY */
	__u32 notifications;		/* completions with -EINPROGRESS */
	__u32 damaged;			/* data or its surroundings were written to */
	__u32 reserved;
	__u8 digest[QHT_MAX_DIGEST];
};

/* What came of a burst. */
struct qht_tally {
	__u32 busy;
	__u32 failures;			/* requests that ended with an error */
	__s32 failure;			/* the last such error */
	__u32 lost;			/* never completed */
	__u32 doubled;			/* completed more than once */
	__u32 wrong;			/* digest differs from the twin's */
};

/* @requests digests of @len bytes each, without waiting for each other. */
struct qht_burst {
	__u32 requests;
	__u32 len;
	__u32 flags;			/* QHT_MAY_BACKLOG, QHT_REKEY */
	__u32 timeout_ms;
	struct qht_tally tally;		/* out */
};

#define QHT_OPEN	_IOWR('Q', 0x81, struct qht_open)
#define QHT_SET_KEY	_IOW('Q', 0x82, struct qht_key)
#define QHT_RUN		_IOWR('Q', 0x83, struct qht_run)
#define QHT_BURST	_IOWR('Q', 0x84, struct qht_burst)

#endif /* QATVF_HASH_TEST_H */
