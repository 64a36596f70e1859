/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interface of /dev/qatvf_comp_test: compression requests of any algorithm, for
 * programs in user space, which AF_ALG does not let near them.
 *
 * One ioctl runs one request.  Pointers are passed as __u64.  Unknown flags give
 * -EINVAL.
 */
#ifndef QATVF_COMP_TEST_H
#define QATVF_COMP_TEST_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define QCMP_MAX_DATA		(16U << 20)
#define QCMP_MAX_PIECES		256

#define QCMP_COMPRESS		0x01
#define QCMP_SOFTWARE		0x02	/* an implementation that is not asynchronous */
#define QCMP_IN_PLACE		0x04	/* destination is the source's list */
#define QCMP_NO_DST		0x08	/* left to the driver */
#define QCMP_BH_OFF		0x10	/* submit with bottom halves off */
#define QCMP_BACKLOG		0x20

/*
 * @src and @dst are spread evenly over that many pieces of memory, at odd offsets.
 * Around each piece is a pattern which must survive.
 */
struct qcmp_request {
	char name[64];			/* algorithm or driver, NUL-terminated */
	__u64 src;
	__u64 dst;			/* @dlen bytes, gets the result */
	__u32 slen;
	__u32 dlen;
	__u32 src_pieces;		/* at least 1 */
	__u32 dst_pieces;
	__u32 flags;
	/* out */
	__s32 submitted;		/* what the call returned */
	__s32 result;			/* what it led to */
	__u32 produced;			/* the request's dlen afterwards */
	__u32 overwritten;		/* pieces with damage around them */
	__u32 source_changed;
};

#define QCMP_RUN	_IOWR('Q', 0x81, struct qcmp_request)

#endif /* QATVF_COMP_TEST_H */
