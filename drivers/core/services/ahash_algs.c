// SPDX-License-Identifier: GPL-2.0
/*
 * The hashes and HMACs we offer.  SHA-1 only as HMAC.
 */
#include <linux/module.h>

#include "ahash.h"

#define HASH_ROW(_name, _driver, _hash, _caps, _digest, _block, _keyed, _setkey) \
{									\
	.type = QATVF_ALG_AHASH,					\
	.service = QAT_SVC_SYM,						\
	.capabilities = QAT_CAP_SYM | (_caps),				\
	.params = &(const struct qatvf_ahash_params) {			\
		.hash = _hash,						\
		.keyed = _keyed,					\
	},								\
	.prepare = qatvf_ahash_prepare,					\
	.ahash = {							\
		.init = qatvf_ahash_init,				\
		.update = qatvf_ahash_update,				\
		.final = qatvf_ahash_final,				\
		.finup = qatvf_ahash_finup,				\
		.digest = qatvf_ahash_digest,				\
		.export = qatvf_ahash_export,				\
		.import = qatvf_ahash_import,				\
		.setkey = _setkey,					\
		.init_tfm = qatvf_ahash_init_tfm,			\
		.exit_tfm = qatvf_ahash_exit_tfm,			\
		.halg = {						\
			.digestsize = _digest,				\
			.base = {					\
				.cra_name = _name,			\
				.cra_driver_name = _driver,		\
				.cra_flags = QATVF_ALG_FLAGS,		\
				.cra_blocksize = _block,		\
				.cra_ctxsize =				\
					sizeof(struct qatvf_ahash_ctx),	\
				.cra_module = THIS_MODULE,		\
			},						\
		},							\
	},								\
}

#define PLAIN(_name, _hash, _caps, _digest, _block)			\
	HASH_ROW(_name, "qatvf-" _name, _hash, _caps, _digest, _block,	\
		 false, NULL)

#define HMAC(_name, _hash, _caps, _digest, _block)			\
	HASH_ROW("hmac(" _name ")", "qatvf-hmac-" _name, _hash, _caps,	\
		 _digest, _block, true, qatvf_ahash_setkey)

static struct qatvf_alg ahashes[] = {
	PLAIN("sha224", LA_HASH_SHA224, QAT_CAP_AUTH, 28, 64),
	PLAIN("sha256", LA_HASH_SHA256, QAT_CAP_AUTH, 32, 64),
	PLAIN("sha384", LA_HASH_SHA384, QAT_CAP_AUTH, 48, 128),
	PLAIN("sha512", LA_HASH_SHA512, QAT_CAP_AUTH, 64, 128),
	PLAIN("sha3-224", LA_HASH_SHA3_224, QAT_CAP_SHA3_EXT, 28, 144),
	PLAIN("sha3-256", LA_HASH_SHA3_256, QAT_CAP_SHA3, 32, 136),
	PLAIN("sha3-384", LA_HASH_SHA3_384, QAT_CAP_SHA3_EXT, 48, 104),
	PLAIN("sha3-512", LA_HASH_SHA3_512, QAT_CAP_SHA3_EXT, 64, 72),
	PLAIN("sm3", LA_HASH_SM3, QAT_CAP_SM3, 32, 64),
	HMAC("sha1", LA_HASH_SHA1, QAT_CAP_AUTH, 20, 64),
	HMAC("sha224", LA_HASH_SHA224, QAT_CAP_AUTH, 28, 64),
	HMAC("sha256", LA_HASH_SHA256, QAT_CAP_AUTH, 32, 64),
	HMAC("sha384", LA_HASH_SHA384, QAT_CAP_AUTH, 48, 128),
	HMAC("sha512", LA_HASH_SHA512, QAT_CAP_AUTH, 64, 128),
	HMAC("sha3-224", LA_HASH_SHA3_224, QAT_CAP_SHA3_EXT, 28, 144),
	HMAC("sha3-256", LA_HASH_SHA3_256, QAT_CAP_SHA3, 32, 136),
	HMAC("sha3-384", LA_HASH_SHA3_384, QAT_CAP_SHA3_EXT, 48, 104),
	HMAC("sha3-512", LA_HASH_SHA3_512, QAT_CAP_SHA3_EXT, 64, 72),
	HMAC("sm3", LA_HASH_SM3, QAT_CAP_SM3, 32, 64),
};

const struct qatvf_alg_table qatvf_ahashes = {
	.algs = ahashes,
	.count = ARRAY_SIZE(ahashes),
};
