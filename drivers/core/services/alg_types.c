// SPDX-License-Identifier: GPL-2.0
/*
 * The kinds of algorithms the crypto API knows, each registered in its own way.
 */
#include "algs.h"

/**
 * qatvf_alg_base() - the part that all kinds have in common
 * @alg: algorithm
 *
 * Return: inside of @alg.
 */
struct crypto_alg *qatvf_alg_base(struct qatvf_alg *alg)
{
	switch (alg->type) {
	case QATVF_ALG_SKCIPHER:
		return &alg->skcipher.base;
	case QATVF_ALG_AEAD:
		return &alg->aead.base;
	case QATVF_ALG_AHASH:
		return &alg->ahash.halg.base;
	case QATVF_ALG_AKCIPHER:
		return &alg->akcipher.base;
	case QATVF_ALG_KPP:
		return &alg->kpp.base;
	case QATVF_ALG_SIG:
		return &alg->sig.base;
	case QATVF_ALG_ACOMP:
		return &alg->acomp.base;
	}
	return NULL;
}

/**
 * qatvf_alg_register() - register an algorithm with the crypto API
 * @alg: algorithm
 *
 * Context: process context, sleeps; before 6.12 as long as the self-test takes.
 * Return: 0 or the crypto API's errno.
 */
int qatvf_alg_register(struct qatvf_alg *alg)
{
	switch (alg->type) {
	case QATVF_ALG_SKCIPHER:
		return crypto_register_skcipher(&alg->skcipher);
	case QATVF_ALG_AEAD:
		return crypto_register_aead(&alg->aead);
	case QATVF_ALG_AHASH:
		return crypto_register_ahash(&alg->ahash);
	case QATVF_ALG_AKCIPHER:
		return crypto_register_akcipher(&alg->akcipher);
	case QATVF_ALG_KPP:
		return crypto_register_kpp(&alg->kpp);
	case QATVF_ALG_SIG:
		return crypto_register_sig(&alg->sig);
	case QATVF_ALG_ACOMP:
		return crypto_register_acomp(&alg->acomp);
	}
	return -EINVAL;
}

/**
 * qatvf_alg_unregister() - undo qatvf_alg_register()
 * @alg: algorithm that nobody uses
 *
 * Context: process context, sleeps.
 */
void qatvf_alg_unregister(struct qatvf_alg *alg)
{
	switch (alg->type) {
	case QATVF_ALG_SKCIPHER:
		crypto_unregister_skcipher(&alg->skcipher);
		break;
	case QATVF_ALG_AEAD:
		crypto_unregister_aead(&alg->aead);
		break;
	case QATVF_ALG_AHASH:
		crypto_unregister_ahash(&alg->ahash);
		break;
	case QATVF_ALG_AKCIPHER:
		crypto_unregister_akcipher(&alg->akcipher);
		break;
	case QATVF_ALG_KPP:
		crypto_unregister_kpp(&alg->kpp);
		break;
	case QATVF_ALG_SIG:
		crypto_unregister_sig(&alg->sig);
		break;
	case QATVF_ALG_ACOMP:
		crypto_unregister_acomp(&alg->acomp);
		break;
	}
}
