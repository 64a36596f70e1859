// SPDX-License-Identifier: GPL-2.0-only
/* A compression request: deflate, dynamic codes, checked. Facts: reference 06 sections 2-10. */
#include <string.h>

#include "request.h"

#define SERVICE_DC	9
#define VALID		0x80
#define COMPRESS	1
#define MAY_STORE	8
#define CONFIG_INLINE	2
#define DC_THEN_OUT	0x45
/* start, end and last block of a stream; decompressed again and compared */
#define PARAMETERS	(1 | 2 | 1 << 6 | 1 << 16)
#define ADLER_START	1
/* byte skip and other defaults of level 1, intermediate format; big endian */
#define CONFIG_LOWER	0x00003107u
#define CONFIG_UPPER	0x00020503u

#define ANSWER_MS	10000

static void put_be32(uint8_t *at, uint32_t value)
{
	put32(at, __builtin_bswap32(value));
}

static void deflate_write(struct device *dev, const uint8_t *src, uint32_t bytes,
			  const uint8_t *dst, uint32_t room, uint8_t *request)
{
	memset(request, 0, REQUEST_BYTES);
	request[1] = COMPRESS;
	request[2] = SERVICE_DC;
	request[3] = VALID;
	request[4] = MAY_STORE;
	request[6] = CONFIG_INLINE;
	put_be32(request + 8, CONFIG_LOWER);
	put_be32(request + 12, CONFIG_UPPER);
	put64(request + 24, memory_iova(dev, src));
	put64(request + 32, memory_iova(dev, src));
	put64(request + 40, memory_iova(dev, dst));
	put32(request + 48, bytes);
	put32(request + 52, room);
	put32(request + 56, bytes);
	put32(request + 60, room);
	put32(request + 68, ADLER_START);
	put32(request + 72, PARAMETERS);
	request[99] = DC_THEN_OUT;
}

long deflate_run(struct ring_pair *rp, const uint8_t *src, uint32_t bytes, uint8_t *dst,
		 uint32_t room)
{
	uint8_t request[REQUEST_BYTES], response[RESPONSE_BYTES];

	deflate_write(rp->dev, src, bytes, dst, room, request);
	if (!ring_pair_submit(rp, request) || !ring_pair_take(rp, response, ANSWER_MS)) {
		complain("%s: no response", rp->dev->address);
		return -1;
	}
	/* errors of both slices; what was taken and what was made */
	if (!(response[3] & VALID) || response[2] != SERVICE_DC || response[4] || response[5] ||
	    get32(response + 16) != bytes || get32(response + 20) > room) {
		complain("response %08x %08x, %u bytes taken", get32(response),
			 get32(response + 4), get32(response + 16));
		return -1;
	}
	return get32(response + 20);
}
