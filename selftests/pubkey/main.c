// SPDX-License-Identifier: GPL-2.0
/*
 * pubkey-test - public key algorithms of the kernel against OpenSSL
 *
 *	pubkey-test SUBJECT...		TAP: rsa rsa-bad dh dh-bad ffdhe ecdh ecdh-bad
 *					x25519 burst
 *	pubkey-test load SECONDS	requests all the time; "ready" when they begin
 *	pubkey-test keyring ...		see keyring.c
 *
 * All but keyring need the test module.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pubkey.h"

static const struct {
	const char *name;
	void (*run)(void);
} subjects[] = {
	{ "rsa", test_rsa },
	{ "rsa-bad", test_rsa_bad },
	{ "dh", test_dh },
	{ "dh-bad", test_dh_bad },
	{ "ffdhe", test_ffdhe },
	{ "ecdh", test_ecdh },
	{ "ecdh-bad", test_ecdh_bad },
	{ "x25519", test_x25519 },
	{ "burst", test_burst },
};

static void run(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (!strcmp(name, subjects[i].name)) {
			subjects[i].run();
			return;
		}
	die("no subject %s", name);
}

int main(int argc, char **argv)
{
	int i;

	if (argc == 3 && !strcmp(argv[1], "load"))
		return load(atoi(argv[2]));
	if (argc > 2 && !strcmp(argv[1], "keyring"))
		return keyring(argc - 2, argv + 2);
	for (i = 1; i < argc; i++)
		run(argv[i]);
	return points_finish();
}
