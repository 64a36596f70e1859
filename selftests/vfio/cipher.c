// SPDX-License-Identifier: GPL-2.0-only
/* A cipher request. Facts: reference 05 sections 2, 3, 5 and 7. */
#include <string.h>

#include "request.h"

#define SERVICE_LA	4
#define VALID		0x80
#define FLAG_IV_INLINE	0x0004
#define FLAG_SLICE_UCS	0x4000
#define CIPHER_THEN_OUT	0x41

#define CONFIG_CBC	0x10
#define CONFIG_CTR	0x20
#define CONFIG_DECRYPT	0x300	/* with a key that the device turns round itself */

#define ANSWER_MS	5000

/* Counter mode is the newer slice's, whose key stands 8 bytes further on. */
void cipher_write(struct device *dev, const struct cipher *cipher, uint8_t *descriptor,
		  uint8_t *request)
{
	unsigned int key_at = cipher->ctr ? 16 : 8;
	unsigned int key_room = cipher->ctr && cipher->key_bytes == 24 ? 32 : cipher->key_bytes;
	uint32_t config = cipher->key_bytes / 8 + 1;

	config |= cipher->ctr ? CONFIG_CTR : CONFIG_CBC | (cipher->decrypt ? CONFIG_DECRYPT : 0);
	memset(descriptor, 0, 64);
	put32(descriptor, config);
	memcpy(descriptor + key_at, cipher->key, cipher->key_bytes);

	memset(request, 0, REQUEST_BYTES);
	request[2] = SERVICE_LA;
	request[3] = VALID;
	request[4] = FLAG_IV_INLINE;
	request[5] = cipher->ctr ? FLAG_SLICE_UCS >> 8 : 0;
	put64(request + 8, memory_iova(dev, descriptor));
	request[18] = (key_at + key_room) / 8;
	put64(request + 24, memory_iova(dev, cipher->data));
	put64(request + 32, memory_iova(dev, cipher->data));
	put64(request + 40, memory_iova(dev, cipher->data));
	put32(request + 48, cipher->bytes);
	put32(request + 52, cipher->bytes);
	put32(request + 60, cipher->bytes);
	memcpy(request + 64, cipher->iv, BLOCK);
	request[108] = BLOCK / 8;
	request[109] = key_room / 8;
	request[111] = CIPHER_THEN_OUT;
}

bool cipher_good(const uint8_t *response)
{
	if ((response[3] & VALID) && response[2] == SERVICE_LA && !response[5] && !response[6])
		return true;
	complain("response %08x %08x", get32(response), get32(response + 4));
	return false;
}

bool cipher_run(struct ring_pair *rp, const struct cipher *cipher, uint8_t *descriptor)
{
	uint8_t request[REQUEST_BYTES], response[RESPONSE_BYTES];

	cipher_write(rp->dev, cipher, descriptor, request);
	if (!ring_pair_submit(rp, request) || !ring_pair_take(rp, response, ANSWER_MS)) {
		complain("%s: no response", rp->dev->address);
		return false;
	}
	return cipher_good(response) && get32(response + 8) == get32(request + 24) &&
	       get32(response + 12) == get32(request + 28);
}
