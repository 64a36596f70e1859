/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An AEAD under test: which, and requests to it through the test module.
 */
#ifndef QATVF_AEAD_H
#define QATVF_AEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "cipher.h"

#define AEAD_MAX_TEXT	(128 * 1024)
#define AEAD_MAX_AAD	1024
#define AEAD_MAX_TAG	64
#define AEAD_MAX_DATA	(AEAD_MAX_TEXT + AEAD_MAX_AAD + AEAD_MAX_TAG)
#define ESP_IV		8

enum aead_family {
	AEAD_GCM,
	AEAD_CCM,
	AEAD_CHACHA,
	AEAD_CBC_HMAC,
	AEAD_CTR_HMAC,
};

/**
 * struct aead - an AEAD under test
 * @name: short name
 * @driver: driver name
 * @family: what it computes
 * @hash: HMAC's hash, as OpenSSL calls it
 * @key_lens: lengths of the cipher's key without salt, 0-terminated
 * @salt: bytes behind the key that begin the nonce (IPsec forms), or 0
 * @iv_len: bytes of an IV
 * @max_tag: bytes of the longest tag
 * @on_device: the driver is ours, so the device's counters are checked
 * @fd: the test module
 * @key: present key of the cipher, with the salt
 * @key_len: bytes of it without the salt
 * @auth_key: present key of the HMAC
 * @auth_key_len: bytes of it
 * @tag_len: present length of the tag
 * @expected: requests that the device must have taken so far
 */
struct aead {
	const char *name;
	const char *driver;
	enum aead_family family;
	const char *hash;
	unsigned int key_lens[4];
	unsigned int salt;
	unsigned int iv_len;
	unsigned int max_tag;
	bool on_device;
	int fd;
	uint8_t key[40];
	unsigned int key_len;
	uint8_t auth_key[200];
	unsigned int auth_key_len;
	unsigned int tag_len;
	unsigned long long expected;
};

/** enum aead_place - where the result goes */
enum aead_place {
	AEAD_APART,		/* other memory */
	AEAD_IN_PLACE,		/* the same list */
	AEAD_SHARED,		/* another list of the same memory */
	AEAD_PLACES,
};

/** enum aead_damage - what is wrong with a request to decrypt */
enum aead_damage {
	AEAD_SOUND,
	AEAD_BAD_TAG,
	AEAD_BAD_TEXT,
	AEAD_BAD_AAD,
	AEAD_BAD_IV,
	AEAD_DAMAGES,
};

/**
 * struct aead_request - one request; what it works on is random
 * @encrypt: direction
 * @place: where the result goes
 * @damage: to decrypt only
 * @flags: QCT_* besides direction and place
 * @aad_len: bytes of AAD
 * @len: bytes of text
 * @src: shape of the source, or NULL for one segment
 * @dst: likewise for the destination
 * @ccm_counter: CCM: byte 0 of the IV, or 0 for any good one
 */
struct aead_request {
	bool encrypt;
	enum aead_place place;
	enum aead_damage damage;
	unsigned int flags;
	unsigned int aad_len;
	unsigned int len;
	const struct shape *src;
	const struct shape *dst;
	unsigned int ccm_counter;
};

extern const struct aead aeads[];
extern const unsigned int aeads_count;

bool aead_find(struct aead *aead, const char *name, const char *driver);
int aead_open(struct aead *aead, unsigned int flags);
void aead_close(struct aead *aead);
int aead_set_raw_key(struct aead *aead, const void *key, unsigned int len);
int aead_random_key(struct aead *aead, unsigned int key_len,
		    unsigned int auth_key_len);
int aead_set_tag(struct aead *aead, unsigned int len);
bool aead_tag_exists(const struct aead *aead, unsigned int len);
bool aead_has_hmac(const struct aead *aead);
unsigned int aead_good_aad(const struct aead *aead, unsigned int len);
unsigned int aead_good_text(const struct aead *aead, unsigned int len);
const char *aead_try(struct aead *aead, const struct aead_request *req,
		     int *err);
void aead_case(struct aead *aead, const struct aead_request *req);

/* aead-reference.c */
void aead_reference(const struct aead *aead, const uint8_t *iv,
		    const uint8_t *aad, unsigned int aad_len,
		    const uint8_t *text, unsigned int len, uint8_t *sealed);

#endif
