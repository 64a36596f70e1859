/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interface of /dev/qatvf_crypto_test: cipher and AEAD requests with every shape of
 * scatterlist that the crypto API allows, and bursts of many at once.
 *
 * An open file holds at most one transform: QCT_OPEN allocates it by driver name,
 * QCT_SET_KEY keys it, QCT_CRYPT runs one request, QCT_BURST many; closing frees it.
 * An AEAD besides it has calls of its own: QCT_AEAD_OPEN, QCT_AEAD_KEY, QCT_AEAD_TAG
 * (the tag's length as argument), QCT_AEAD_CRYPT.
 * Pointers are passed as __u64.  Unknown flags and non-zero reserved members give
 * -EINVAL.
 */
#ifndef QATVF_CRYPTO_TEST_H
#define QATVF_CRYPTO_TEST_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define QCT_MAX_KEY		256
#define QCT_MAX_DATA		0x100000
#define QCT_MAX_SEGS		256
#define QCT_MAX_SEG_LEN		0x100000
#define QCT_MAX_BURST		4096
#define QCT_MAX_BURST_DATA	(32U << 20)
#define QCT_MAX_BURST_SEGS	40
#define QCT_MAX_WORKERS		16
#define QCT_IV_SIZE		16

/* struct qct_open.flags: what the transform must not be, as the API's users ask. */
#define QCT_NOT_ASYNC		0x01	/* ... asynchronous */
#define QCT_NOT_ALLOCATING	0x02	/* ... allocating memory (dm-crypt) */

struct qct_open {
	char driver[128];		/* NUL-terminated */
	__u32 flags;
	__u32 reserved;
};

/* struct qct_key.flags */
#define QCT_FORBID_WEAK		0x01

struct qct_key {
	__u64 key;
	__u32 len;			/* 0 to QCT_MAX_KEY; need not be a good one */
	__u32 flags;
};

/* A segment: @offset bytes into a page of its own, @len bytes, maybe 0. */
struct qct_seg {
	__u32 offset;
	__u32 len;
};

/* flags of struct qct_crypt and struct qct_burst */
#define QCT_ENCRYPT		0x01
#define QCT_IN_PLACE		0x02
#define QCT_MAY_BACKLOG		0x04
#define QCT_MAY_SLEEP		0x08
#define QCT_BH_OFF		0x10	/* submit with bottom halves off */
#define QCT_CHAINED		0x20	/* each segment in a list of its own */
#define QCT_CHECK_IV		0x40	/* burst: compare the returned IV, too */
#define QCT_WAIT_WHEN_BUSY	0x80	/* burst: after -EBUSY wait as dm-crypt */
#define QCT_REKEY		0x200	/* burst: another key when all are given */

/*
 * One request.  The destination list is not looked at when QCT_IN_PLACE is set.
 * Everything around the @len bytes is filled with a pattern which must survive.
 */
struct qct_crypt {
	__u64 data;			/* @len bytes, replaced by the result */
	__u64 src;			/* struct qct_seg[@nsrc] */
	__u64 dst;			/* struct qct_seg[@ndst] */
	__u32 nsrc;
	__u32 ndst;
	__u32 len;
	__u32 flags;
	__u8 iv[QCT_IV_SIZE];		/* in and out */
	/* out */
	__s32 submitted;		/* what the call returned */
	__s32 result;			/* what it led to */
	__u32 notifications;		/* completions with -EINPROGRESS */
	__u32 overwritten;		/* segments with damage around the data */
	__u32 source_changed;		/* the source of a request out of place */
	__u32 reserved;
};

/* What came of a burst. */
struct qct_tally {
	/* what the calls returned */
	__u32 in_progress;
	__u32 busy;
	__u32 no_space;
	__u32 at_once;			/* 0 */
	__u32 refused;			/* any other error */
	/* completions */
	__u32 notifications;
	__u32 completions;
	__u32 failures;			/* final ones with an error */
	__s32 failure;			/* the last such error */
	/* broken promises */
	__u32 lost;			/* never completed */
	__u32 doubled;			/* completed more than once */
	__u32 late_notices;		/* -EINPROGRESS after the end */
	__u32 missing_notices;		/* -EBUSY, but no -EINPROGRESS */
	__u32 stray_notices;		/* -EINPROGRESS nobody waits for */
	__u32 wrong_data;
	__u32 wrong_iv;
	/* QCT_REKEY */
	__u32 rekeyed;			/* requests that waited when the key came */
};

/*
 * @requests requests of @len bytes in @segs segments, given by @workers work items
 * on different CPUs without waiting for each other.  Each finished request is
 * compared with a software implementation.
 */
struct qct_burst {
	__u32 requests;
	__u32 workers;
	__u32 len;
	__u32 segs;
	__u32 flags;
	__u32 timeout_ms;
	struct qct_tally tally;		/* out */
};

/*
 * One request of an AEAD.  @in is AAD and text, to decrypt followed by the tag; @out
 * is what the destination holds afterwards: room for the AAD, text, and the tag if
 * encrypted.  With QCT_SHARED the destination is a second list of the source's memory;
 * with it or QCT_IN_PLACE the destination's shape is not looked at.
 */
#define QCT_SHARED		0x100

struct qct_aead_crypt {
	__u64 in;			/* @aad_len + @len bytes */
	__u64 out;			/* as many, and a tag more or less */
	__u64 src;			/* struct qct_seg[@nsrc] */
	__u64 dst;			/* struct qct_seg[@ndst] */
	__u32 nsrc;
	__u32 ndst;
	__u32 aad_len;
	__u32 len;			/* what the crypto API calls cryptlen */
	__u32 flags;
	__u8 iv[QCT_IV_SIZE];
	/* out */
	__s32 submitted;		/* what the call returned */
	__s32 result;			/* what it led to */
	__u32 notifications;		/* completions with -EINPROGRESS */
	__u32 overwritten;		/* segments with damage around the data */
	__u32 source_changed;		/* the source of a request out of place */
	__u32 reserved[2];
};

#define QCT_OPEN	_IOW('Q', 0x71, struct qct_open)
#define QCT_SET_KEY	_IOW('Q', 0x72, struct qct_key)
#define QCT_CRYPT	_IOWR('Q', 0x73, struct qct_crypt)
#define QCT_BURST	_IOWR('Q', 0x74, struct qct_burst)
#define QCT_AEAD_OPEN	_IOW('Q', 0x75, struct qct_open)
#define QCT_AEAD_KEY	_IOW('Q', 0x76, struct qct_key)
#define QCT_AEAD_TAG	_IO('Q', 0x77)
#define QCT_AEAD_CRYPT	_IOWR('Q', 0x78, struct qct_aead_crypt)

#endif /* QATVF_CRYPTO_TEST_H */
