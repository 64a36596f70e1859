// SPDX-License-Identifier: GPL-2.0
/*
 * Keys in the kernel's keyrings: certificates and private keys made by OpenSSL, used
 * by the kernel through whatever drivers it chooses.
 *
 *	keyring add FILE			prints the key's number
 *	keyring verify KEY INFO DIGEST SIGNATURE
 *	keyring sign KEY INFO DIGEST OUT
 *	keyring decrypt KEY INFO CIPHER OUT
 *	keyring encrypt KEY INFO PLAIN OUT
 *
 * INFO is as for keyctl pkey_*, "enc=pkcs1 hash=sha256".  A refusal by the kernel is
 * told by its name, exit status 1.
 */
#include <errno.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pubkey.h"

struct file {
	uint8_t data[MAX_BYTES];
	size_t len;
};

static void slurp(struct file *file, const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		die("%s: %s", path, strerror(errno));
	file->len = fread(file->data, 1, sizeof(file->data), f);
	fclose(f);
}

static void spill(const char *path, const void *data, size_t len)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(data, 1, len, f) != len || fclose(f))
		die("%s: %s", path, strerror(errno));
}

static int refused(void)
{
	printf("%s\n", strerrorname_np(errno));
	return 1;
}

static int add(const char *path)
{
	static struct file key;
	long id;

	slurp(&key, path);
	id = syscall(SYS_add_key, "asymmetric", "qatvf-test", key.data, key.len,
		     KEY_SPEC_PROCESS_KEYRING);
	if (id < 0)
		return refused();
	printf("%ld\n", id);
	/* A keyring that outlives this process. */
	if (syscall(SYS_keyctl, KEYCTL_LINK, id, KEY_SPEC_USER_KEYRING) < 0)
		return refused();
	return 0;
}

static int verify(int key, const char *info, const char *digest, const char *signature)
{
	static struct file d, s;
	struct keyctl_pkey_params params = { .key_id = key };

	slurp(&d, digest);
	slurp(&s, signature);
	params.in_len = d.len;
	params.in2_len = s.len;
	if (syscall(SYS_keyctl, KEYCTL_PKEY_VERIFY, &params, info, d.data, s.data) < 0)
		return refused();
	return 0;
}

static int convert(int op, int key, const char *info, const char *from, const char *to)
{
	struct keyctl_pkey_query query;
	static struct file in;
	struct keyctl_pkey_params params = { .key_id = key };
	uint8_t out[MAX_BYTES];
	long len;

	if (syscall(SYS_keyctl, KEYCTL_PKEY_QUERY, key, 0, info, &query) < 0)
		return refused();
	slurp(&in, from);
	params.in_len = in.len;
	params.out_len = op == KEYCTL_PKEY_SIGN ? query.max_sig_size :
			 op == KEYCTL_PKEY_DECRYPT ? query.max_dec_size :
						     query.max_enc_size;
	len = syscall(SYS_keyctl, op, &params, info, in.data, out);
	if (len < 0)
		return refused();
	spill(to, out, len);
	return 0;
}

/**
 * keyring() - the command
 * @argc: words behind "keyring"
 * @argv: them
 *
 * Return: exit status.
 */
int keyring(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[0], "add"))
		return add(argv[1]);
	if (argc != 5)
		die("keyring: wrong number of words");
	if (!strcmp(argv[0], "verify"))
		return verify(atoi(argv[1]), argv[2], argv[3], argv[4]);
	if (!strcmp(argv[0], "sign"))
		return convert(KEYCTL_PKEY_SIGN, atoi(argv[1]), argv[2], argv[3], argv[4]);
	if (!strcmp(argv[0], "decrypt"))
		return convert(KEYCTL_PKEY_DECRYPT, atoi(argv[1]), argv[2], argv[3], argv[4]);
	if (!strcmp(argv[0], "encrypt"))
		return convert(KEYCTL_PKEY_ENCRYPT, atoi(argv[1]), argv[2], argv[3], argv[4]);
	die("keyring: what is %s", argv[0]);
}
