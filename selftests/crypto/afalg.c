// SPDX-License-Identifier: GPL-2.0
/*
 * Encrypting a file through AF_ALG, as user space does where the kernel lets it.
 * CBC and CTR: one stream, the kernel carries the IV from part to part.  XTS: parts
 * are sectors, and the IV is the number of the sector.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_alg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "commands.h"

#define PART	16384
#define SECTOR	4096

static void check(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

static unsigned int parse_hex(const char *text, uint8_t *out, unsigned int room)
{
	unsigned int n = 0, byte;

	while (n < room && sscanf(text + 2 * n, "%2x", &byte) == 1)
		out[n++] = byte;
	return n;
}

static int open_socket(const struct cipher *cipher, const char *key_text)
{
	struct sockaddr_alg name = {
		.salg_family = AF_ALG, .salg_type = "skcipher",
	};
	uint8_t key[MAX_KEY];
	unsigned int len = parse_hex(key_text, key, sizeof(key));
	int bound, op;

	snprintf((char *)name.salg_name, sizeof(name.salg_name), "%s",
		 cipher->driver);
	bound = socket(AF_ALG, SOCK_SEQPACKET, 0);
	check(bound >= 0, "AF_ALG socket");
	check(!bind(bound, (struct sockaddr *)&name, sizeof(name)),
	      cipher->driver);
	check(!setsockopt(bound, SOL_ALG, ALG_SET_KEY, key, len), "key");
	op = accept(bound, NULL, NULL);
	check(op >= 0, "AF_ALG accept");
	close(bound);
	return op;
}

/* Sends a part; operation and IV go with the first of a stream. */
static void send_part(int op, const uint8_t *iv, uint8_t *data, size_t len,
		      bool more)
{
	char control[CMSG_SPACE(4) + CMSG_SPACE(4 + BLOCK)] = { };
	struct iovec iov = { data, len };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct af_alg_iv *alg_iv;
	struct cmsghdr *head;

	if (iv) {
		msg.msg_control = control;
		msg.msg_controllen = sizeof(control);
		head = CMSG_FIRSTHDR(&msg);
		head->cmsg_level = SOL_ALG;
		head->cmsg_type = ALG_SET_OP;
		head->cmsg_len = CMSG_LEN(4);
		*(uint32_t *)CMSG_DATA(head) = ALG_OP_ENCRYPT;
		head = CMSG_NXTHDR(&msg, head);
		head->cmsg_level = SOL_ALG;
		head->cmsg_type = ALG_SET_IV;
		head->cmsg_len = CMSG_LEN(4 + BLOCK);
		alg_iv = (void *)CMSG_DATA(head);
		alg_iv->ivlen = BLOCK;
		memcpy(alg_iv->iv, iv, BLOCK);
	}
	check(sendmsg(op, &msg, more ? MSG_MORE : 0) == (ssize_t)len, "sendmsg");
}

static void receive(int op, int to, uint8_t *data, size_t len)
{
	size_t done = 0;
	ssize_t got;

	while (done < len) {
		got = read(op, data + done, len - done);
		check(got > 0, "reading the ciphertext");
		done += got;
	}
	check(write(to, data, len) == (ssize_t)len, "writing the ciphertext");
}

static void stream(int op, int from, int to, uint8_t *iv)
{
	uint8_t data[2][PART];
	ssize_t len = read(from, data[0], PART), ahead;
	bool first = true;
	unsigned int now = 0;

	while (len > 0) {
		ahead = read(from, data[!now], PART);
		send_part(op, first ? iv : NULL, data[now], len, ahead > 0);
		receive(op, to, data[now], len);
		first = false;
		now = !now;
		len = ahead;
	}
	check(len == 0, "reading the plaintext");
}

static void sectors(int op, int from, int to, uint8_t *iv)
{
	uint8_t data[SECTOR];
	ssize_t len;
	int i;

	while ((len = read(from, data, SECTOR)) > 0) {
		send_part(op, iv, data, len, false);
		receive(op, to, data, len);
		for (i = 0; i < BLOCK && !++iv[i]; i++)
			;
	}
	check(len == 0, "reading the plaintext");
}

static int expect(struct cipher *cipher, int from, int to, const char *key_text,
		  uint8_t *iv)
{
	size_t part = cipher->mode == MODE_XTS ? SECTOR : PART;
	uint8_t in[PART], out[PART];
	ssize_t len;
	int i;

	cipher->key_len = parse_hex(key_text, cipher->key, MAX_KEY);
	while ((len = read(from, in, part)) > 0) {
		reference_crypt(cipher->mode, true, cipher->key, cipher->key_len,
				iv, in, out, len);
		reference_next_iv(cipher->mode, true, iv, in, out, len);
		for (i = 0; cipher->mode == MODE_XTS && i < BLOCK && !++iv[i]; i++)
			;
		check(write(to, out, len) == len, "writing the ciphertext");
	}
	check(len == 0, "reading the plaintext");
	return 0;
}

/**
 * encrypt_file() - encrypt a file
 * @cipher: described
 * @words: "afalg" or "openssl", key and IV in hexadecimal, input, output
 *
 * Return: exit code.
 */
int encrypt_file(struct cipher *cipher, char **words)
{
	int from = open(words[3], O_RDONLY);
	int to = open(words[4], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	uint8_t iv[BLOCK];
	int op;

	check(from >= 0, words[3]);
	check(to >= 0, words[4]);
	if (parse_hex(words[2], iv, BLOCK) != BLOCK) {
		fprintf(stderr, "the IV has %d bytes\n", BLOCK);
		return 2;
	}
	if (!strcmp(words[0], "openssl"))
		return expect(cipher, from, to, words[1], iv);
	op = open_socket(cipher, words[1]);
	if (cipher->mode == MODE_XTS)
		sectors(op, from, to, iv);
	else
		stream(op, from, to, iv);
	return 0;
}
