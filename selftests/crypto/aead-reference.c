// SPDX-License-Identifier: GPL-2.0
/*
 * Expected results of AEADs, by OpenSSL: its own AEAD modes, and its ciphers and HMAC
 * put together as authenc() does.
 */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aead.h"

static void must(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "OpenSSL: %s failed\n", what);
	exit(2);
}

static const EVP_CIPHER *evp_cipher(const struct aead *aead)
{
	bool k16 = aead->key_len == 16, k24 = aead->key_len == 24;

	switch (aead->family) {
	case AEAD_GCM:
		return k16 ? EVP_aes_128_gcm() :
		       k24 ? EVP_aes_192_gcm() : EVP_aes_256_gcm();
	case AEAD_CCM:
		return k16 ? EVP_aes_128_ccm() :
		       k24 ? EVP_aes_192_ccm() : EVP_aes_256_ccm();
	case AEAD_CHACHA:
		return EVP_chacha20_poly1305();
	case AEAD_CBC_HMAC:
		return k16 ? EVP_aes_128_cbc() :
		       k24 ? EVP_aes_192_cbc() : EVP_aes_256_cbc();
	case AEAD_CTR_HMAC:
		return k16 ? EVP_aes_128_ctr() :
		       k24 ? EVP_aes_192_ctr() : EVP_aes_256_ctr();
	}
	return NULL;
}

/* Nonce of the AEAD mode; returns its length. */
static unsigned int put_nonce(const struct aead *aead, const uint8_t *iv,
			      uint8_t *nonce)
{
	if (aead->salt) {
		memcpy(nonce, aead->key + aead->key_len, aead->salt);
		memcpy(nonce + aead->salt, iv, ESP_IV);
		return aead->salt + ESP_IV;
	}
	if (aead->family == AEAD_CCM) {
		memcpy(nonce, iv + 1, 14 - iv[0]);
		return 14 - iv[0];
	}
	memcpy(nonce, iv, aead->iv_len);
	return aead->iv_len;
}

static void mode(const struct aead *aead, const uint8_t *iv, const uint8_t *aad,
		 unsigned int aad_len, const uint8_t *text, unsigned int len,
		 uint8_t *sealed)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t nonce[16];
	unsigned int nonce_len = put_nonce(aead, iv, nonce);
	bool ccm = aead->family == AEAD_CCM;
	int n = 0, rest = 0;

	must(ctx && EVP_EncryptInit_ex(ctx, evp_cipher(aead), NULL, NULL, NULL) &&
	     EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, nonce_len, NULL),
	     "nonce of an AEAD");
	if (ccm)
		must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG,
					 aead->tag_len, NULL), "tag of CCM");
	must(EVP_EncryptInit_ex(ctx, NULL, NULL, aead->key, nonce),
	     "EVP_EncryptInit_ex");
	if (ccm)
		must(EVP_EncryptUpdate(ctx, NULL, &n, NULL, len), "length of CCM");
	if (aad_len)
		must(EVP_EncryptUpdate(ctx, NULL, &n, aad, aad_len), "AAD");
	if (len || ccm)
		must(EVP_EncryptUpdate(ctx, sealed, &n, text, len), "text");
	must(EVP_EncryptFinal_ex(ctx, sealed + len, &rest) && !rest &&
	     EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, aead->tag_len,
				 sealed + len), "tag");
	EVP_CIPHER_CTX_free(ctx);
}

static void encrypt_then_mac(const struct aead *aead, const uint8_t *iv,
			     const uint8_t *aad, unsigned int aad_len,
			     const uint8_t *text, unsigned int len,
			     uint8_t *sealed)
{
	static uint8_t both[AEAD_MAX_DATA];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t block[16] = { [15] = 1 }, digest[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	int done = 0;

	if (aead->salt) {
		memcpy(block, aead->key + aead->key_len, aead->salt);
		memcpy(block + aead->salt, iv, ESP_IV);
	} else {
		memcpy(block, iv, 16);
	}
	must(ctx && EVP_EncryptInit_ex(ctx, evp_cipher(aead), NULL, aead->key,
				       block), "EVP_EncryptInit_ex");
	EVP_CIPHER_CTX_set_padding(ctx, 0);
	must(!len || (EVP_EncryptUpdate(ctx, sealed, &done, text, len) &&
		      done == (int)len), "EVP_EncryptUpdate");
	EVP_CIPHER_CTX_free(ctx);

	memcpy(both, aad, aad_len);
	memcpy(both + aad_len, sealed, len);
	must(HMAC(EVP_get_digestbyname(aead->hash), aead->auth_key,
		  aead->auth_key_len, both, aad_len + len, digest, &n) != NULL,
	     "HMAC");
	memcpy(sealed + len, digest, aead->tag_len);
}

/**
 * aead_reference() - what encryption must give
 * @aead: with key and tag length
 * @iv: as the crypto API has it
 * @aad: likewise: IPsec forms have the IV at its end
 * @aad_len: bytes of @aad
 * @text: plaintext
 * @len: bytes of @text
 * @sealed: ciphertext and tag
 */
void aead_reference(const struct aead *aead, const uint8_t *iv,
		    const uint8_t *aad, unsigned int aad_len,
		    const uint8_t *text, unsigned int len, uint8_t *sealed)
{
	if (aead_has_hmac(aead))
		encrypt_then_mac(aead, iv, aad, aad_len, text, len, sealed);
	else
		mode(aead, iv, aad, aad_len - (aead->salt ? ESP_IV : 0), text,
		     len, sealed);
}
