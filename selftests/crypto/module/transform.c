// SPDX-License-Identifier: GPL-2.0
/*
 * The transform of an open file, and its software twin for comparison.
 */
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "internal.h"

/**
 * qct_transform_close() - free the transforms of a file
 * @file: file, locked or closing
 */
void qct_transform_close(struct qct_file *file)
{
	crypto_free_skcipher(file->tfm);
	crypto_free_skcipher(file->soft);
	file->tfm = NULL;
	file->soft = NULL;
	memzero_explicit(file->key, sizeof(file->key));
	file->key_len = 0;
}

/**
 * qct_transform_open() - allocate the transform under test
 * @file: file, locked
 * @args: checked arguments
 *
 * Return: 0 or what the crypto API says; -EINVAL for another IV size than
 * ours or none.
 */
int qct_transform_open(struct qct_file *file, const struct qct_open *args)
{
	struct crypto_skcipher *tfm;
	u32 mask = 0;

	if (args->flags & QCT_NOT_ASYNC)
		mask |= CRYPTO_ALG_ASYNC;
	if (args->flags & QCT_NOT_ALLOCATING)
		mask |= CRYPTO_ALG_ALLOCATES_MEMORY;
	qct_transform_close(file);
	tfm = crypto_alloc_skcipher(args->driver, 0, mask);
	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	if (crypto_skcipher_ivsize(tfm) &&
	    crypto_skcipher_ivsize(tfm) != QCT_IV_SIZE) {
		crypto_free_skcipher(tfm);
		return -EINVAL;
	}
	file->tfm = tfm;
	return 0;
}

/* The key ends where its pages end, so that reading on is reading elsewhere. */
static int set_key_at_page_end(struct qct_file *file, const struct qct_key *args)
{
	u8 *page = (u8 *)__get_free_page(GFP_KERNEL);
	u8 *key = page + PAGE_SIZE - args->len;
	int err = -EFAULT;

	if (!page)
		return -ENOMEM;
	if (!copy_from_user(key, (void __user *)(uintptr_t)args->key, args->len))
		err = crypto_skcipher_setkey(file->tfm, key, args->len);
	if (!err) {
		memcpy(file->key, key, args->len);
		file->key_len = args->len;
		if (file->soft)
			err = crypto_skcipher_setkey(file->soft, key, args->len);
	}
	memzero_explicit(page, PAGE_SIZE);
	free_page((unsigned long)page);
	return err;
}

/**
 * qct_transform_set_key() - key the transform
 * @file: file, locked
 * @args: checked arguments
 *
 * Return: 0 or what the crypto API says; -ENODEV without a transform.
 */
int qct_transform_set_key(struct qct_file *file, const struct qct_key *args)
{
	if (!file->tfm)
		return -ENODEV;
	if (args->flags & QCT_FORBID_WEAK)
		crypto_skcipher_set_flags(file->tfm,
					  CRYPTO_TFM_REQ_FORBID_WEAK_KEYS);
	else
		crypto_skcipher_clear_flags(file->tfm,
					    CRYPTO_TFM_REQ_FORBID_WEAK_KEYS);
	return set_key_at_page_end(file, args);
}

/**
 * qct_transform_rekey() - another key for the transform, not for its twin
 * @file: file, locked, with a key
 * @change: what the last good key is changed by, 0 to have it back
 *
 * Return: 0; -ENOMEM; or what the crypto API says.
 */
int qct_transform_rekey(struct qct_file *file, u8 change)
{
	u8 *key = kmemdup(file->key, file->key_len, GFP_KERNEL);
	unsigned int i;
	int err;

	if (!key)
		return -ENOMEM;
	for (i = 0; i < file->key_len; i++)
		key[i] ^= change;
	err = crypto_skcipher_setkey(file->tfm, key, file->key_len);
	kfree_sensitive(key);
	return err;
}

/**
 * qct_transform_need_soft() - see to it that a software twin exists
 * @file: file, locked
 *
 * The twin is synchronous and no driver that needs a fallback itself.
 *
 * Return: 0; -ENOKEY without a key; or what the crypto API says.
 */
int qct_transform_need_soft(struct qct_file *file)
{
	struct crypto_skcipher *soft;
	const char *name;
	int err;

	if (!file->key_len)
		return -ENOKEY;
	if (file->soft)
		return 0;
	name = crypto_tfm_alg_name(crypto_skcipher_tfm(file->tfm));
	soft = crypto_alloc_skcipher(name, 0, CRYPTO_ALG_ASYNC |
				     CRYPTO_ALG_NEED_FALLBACK);
	if (IS_ERR(soft))
		return PTR_ERR(soft);
	err = crypto_skcipher_setkey(soft, file->key, file->key_len);
	if (err)
		crypto_free_skcipher(soft);
	else
		file->soft = soft;
	return err;
}
