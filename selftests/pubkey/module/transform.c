// SPDX-License-Identifier: GPL-2.0
/*
 * The transform of an open file and its key.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "internal.h"

/**
 * qpt_transform_close() - free the transform of a file
 * @file: file, locked or closing
 */
void qpt_transform_close(struct qpt_file *file)
{
	if (file->akcipher)
		crypto_free_akcipher(file->akcipher);
	if (file->kpp)
		crypto_free_kpp(file->kpp);
	file->akcipher = NULL;
	file->kpp = NULL;
}

static int open_akcipher(struct qpt_file *file, struct qpt_open *args)
{
	struct crypto_akcipher *tfm = crypto_alloc_akcipher(args->name, 0, 0);

	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	file->akcipher = tfm;
	strscpy(args->driver,
		crypto_tfm_alg_driver_name(crypto_akcipher_tfm(tfm)),
		sizeof(args->driver));
	return 0;
}

static int open_kpp(struct qpt_file *file, struct qpt_open *args)
{
	struct crypto_kpp *tfm = crypto_alloc_kpp(args->name, 0, 0);

	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	file->kpp = tfm;
	strscpy(args->driver, crypto_tfm_alg_driver_name(crypto_kpp_tfm(tfm)),
		sizeof(args->driver));
	return 0;
}

/**
 * qpt_transform_open() - allocate the transform under test
 * @file: file, locked
 * @args: checked arguments; the driver's name is filled in
 *
 * Return: 0 or what the crypto API says.
 */
int qpt_transform_open(struct qpt_file *file, struct qpt_open *args)
{
	qpt_transform_close(file);
	file->type = args->type;
	return args->type == QPT_KPP ? open_kpp(file, args) :
				       open_akcipher(file, args);
}

static int set_key(struct qpt_file *file, const u8 *key, struct qpt_key *args)
{
	int err;

	if (args->kind == QPT_SECRET)
		err = crypto_kpp_set_secret(file->kpp, key, args->len);
	else if (args->kind == QPT_PRIVATE)
		err = crypto_akcipher_set_priv_key(file->akcipher, key,
						   args->len);
	else
		err = crypto_akcipher_set_pub_key(file->akcipher, key,
						  args->len);
	if (err)
		return err;
	args->max_size = args->kind == QPT_SECRET ?
			 crypto_kpp_maxsize(file->kpp) :
			 crypto_akcipher_maxsize(file->akcipher);
	return 0;
}

/**
 * qpt_transform_set_key() - key the transform
 * @file: file, locked
 * @args: checked arguments; the size of results is filled in
 *
 * Return: 0 or what the crypto API says; -ENODEV without a transform of the type.
 */
int qpt_transform_set_key(struct qpt_file *file, struct qpt_key *args)
{
	u8 *key;
	int err;

	if (args->kind == QPT_SECRET ? !file->kpp : !file->akcipher)
		return -ENODEV;
	/* Of the exact length: reading on is noticed by KASAN and slub_debug. */
	key = memdup_user((void __user *)(uintptr_t)args->key, args->len);
	if (IS_ERR(key))
		return PTR_ERR(key);
	err = set_key(file, key, args);
	kfree_sensitive(key);
	return err;
}
