// SPDX-License-Identifier: GPL-2.0
/*
 * ktls - kernel TLS on one end of a connection, OpenSSL's AES-GCM on the other
 *
 *   ktls send BYTES	the kernel encrypts, we take the records apart
 *   ktls receive BYTES	we make the records, the kernel decrypts
 *   ktls forged BYTES	likewise, but one record's tag is wrong: EBADMSG
 *
 * TLS 1.2 records with AES-128-GCM (RFC 5288): explicit nonce, text, tag.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/tls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef TCP_ULP
#define TCP_ULP 31
#endif
#ifndef SOL_TLS
#define SOL_TLS 282
#endif

#define HEADER		5
#define NONCE		8
#define TAG		16
#define MAX_TEXT	16384
#define MAX_RECORD	(HEADER + NONCE + MAX_TEXT + TAG)
#define APPLICATION	23

static struct tls12_crypto_info_aes_gcm_128 info = {
	.info = { TLS_1_2_VERSION, TLS_CIPHER_AES_GCM_128 },
};

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void require(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", what);
	exit(1);
}

/* Both ends of a TCP connection over loopback. */
static void connection(int end[2])
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t len = sizeof(addr);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	if (listener < 0 || bind(listener, (void *)&addr, len) ||
	    getsockname(listener, (void *)&addr, &len) || listen(listener, 1))
		fail("listen");
	end[0] = socket(AF_INET, SOCK_STREAM, 0);
	if (end[0] < 0 || connect(end[0], (void *)&addr, len))
		fail("connect");
	end[1] = accept(listener, NULL, NULL);
	if (end[1] < 0)
		fail("accept");
	close(listener);
}

static void kernel_tls(int fd, int direction)
{
	if (setsockopt(fd, IPPROTO_TCP, TCP_ULP, "tls", sizeof("tls")))
		fail("TCP_ULP tls");
	if (setsockopt(fd, SOL_TLS, direction, &info, sizeof(info)))
		fail("TLS_TX or TLS_RX");
}

static void read_all(int fd, unsigned char *p, size_t n)
{
	while (n) {
		ssize_t got = read(fd, p, n);

		if (got <= 0)
			fail("read");
		p += got;
		n -= got;
	}
}

static void write_all(int fd, const unsigned char *p, size_t n)
{
	while (n) {
		ssize_t put = write(fd, p, n);

		if (put <= 0)
			fail("write");
		p += put;
		n -= put;
	}
}

/* What one record authenticates besides its text: number, type, version, length. */
static void make_aad(unsigned char *aad, uint64_t seq, const unsigned char *header,
		     unsigned int len)
{
	int i;

	for (i = 0; i < 8; i++)
		aad[i] = seq >> (56 - 8 * i);
	memcpy(aad + 8, header, 3);
	aad[11] = len >> 8;
	aad[12] = len;
}

static EVP_CIPHER_CTX *cipher(int encrypt, const unsigned char *explicit_nonce,
			      const unsigned char *aad)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	unsigned char nonce[12];
	int n;

	memcpy(nonce, info.salt, 4);
	memcpy(nonce + 4, explicit_nonce, NONCE);
	require(ctx && EVP_CipherInit_ex(ctx, EVP_aes_128_gcm(), NULL, info.key,
					 nonce, encrypt) &&
		EVP_CipherUpdate(ctx, NULL, &n, aad, 13), "OpenSSL");
	return ctx;
}

/* Takes one record from the wire; returns the length of its text. */
static unsigned int open_record(int fd, uint64_t seq, unsigned char *text)
{
	unsigned char record[MAX_RECORD], aad[13];
	EVP_CIPHER_CTX *ctx;
	unsigned int len;
	int n;

	read_all(fd, record, HEADER);
	len = record[3] << 8 | record[4];
	require(record[0] == APPLICATION && record[1] == 3 && record[2] == 3 &&
		len >= NONCE + TAG && len <= MAX_RECORD - HEADER, "no TLS record");
	read_all(fd, record + HEADER, len);
	len -= NONCE + TAG;
	make_aad(aad, seq, record, len);
	ctx = cipher(0, record + HEADER, aad);
	require(EVP_CipherUpdate(ctx, text, &n, record + HEADER + NONCE, len) &&
		EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG,
				    record + HEADER + NONCE + len) &&
		EVP_CipherFinal_ex(ctx, text + n, &n), "OpenSSL refuses a record");
	EVP_CIPHER_CTX_free(ctx);
	return len;
}

static void seal_record(int fd, uint64_t seq, const unsigned char *text,
			unsigned int len, int forge)
{
	unsigned char record[MAX_RECORD] = { APPLICATION, 3, 3 }, aad[13];
	EVP_CIPHER_CTX *ctx;
	int n, i;

	record[3] = (len + NONCE + TAG) >> 8;
	record[4] = len + NONCE + TAG;
	for (i = 0; i < NONCE; i++)
		record[HEADER + i] = seq >> (56 - 8 * i);
	make_aad(aad, seq, record, len);
	ctx = cipher(1, record + HEADER, aad);
	require(EVP_CipherUpdate(ctx, record + HEADER + NONCE, &n, text, len) &&
		EVP_CipherFinal_ex(ctx, record + HEADER + NONCE + n, &n) &&
		EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG,
				    record + HEADER + NONCE + len), "OpenSSL");
	EVP_CIPHER_CTX_free(ctx);
	record[HEADER + NONCE + len] ^= forge;
	write_all(fd, record, HEADER + NONCE + len + TAG);
}

static int kernel_sends(int end[2], const unsigned char *data, size_t bytes)
{
	unsigned char *got = malloc(bytes + MAX_TEXT);
	size_t have = 0;
	uint64_t seq = 0;
	int status;

	kernel_tls(end[0], TLS_TX);
	if (!fork()) {
		write_all(end[0], data, bytes);
		_exit(0);
	}
	while (have < bytes)
		have += open_record(end[1], seq++, got + have);
	wait(&status);
	require(have == bytes && !memcmp(got, data, bytes), "other data arrived");
	free(got);
	return 0;
}

/* Records of all lengths, the longest allowed among them. */
static void seal_all(int fd, const unsigned char *data, size_t bytes, int forge)
{
	unsigned int len = 1;
	uint64_t seq = 0;

	while (bytes) {
		if (len > bytes)
			len = bytes;
		seal_record(fd, seq, data, len, forge && seq == 3);
		seq++;
		data += len;
		bytes -= len;
		len = len * 3 + 1 > MAX_TEXT ? MAX_TEXT : len * 3 + 1;
	}
}

static int kernel_receives(int end[2], const unsigned char *data, size_t bytes)
{
	unsigned char *got = malloc(bytes);
	int status;

	kernel_tls(end[0], TLS_RX);
	if (!fork()) {
		seal_all(end[1], data, bytes, 0);
		_exit(0);
	}
	read_all(end[0], got, bytes);
	wait(&status);
	require(!memcmp(got, data, bytes), "other data arrived");
	free(got);
	return 0;
}

/* The three records before the forged one are 1, 4 and 13 bytes. */
static int kernel_refuses(int end[2], const unsigned char *data, size_t bytes)
{
	unsigned char got[MAX_TEXT];
	ssize_t n;

	kernel_tls(end[0], TLS_RX);
	if (!fork()) {
		seal_all(end[1], data, bytes, 1);
		_exit(0);
	}
	read_all(end[0], got, 1 + 4 + 13);
	require(!memcmp(got, data, 1 + 4 + 13), "other data arrived");
	do {
		n = read(end[0], got, sizeof(got));
	} while (n < 0 && errno == EAGAIN);
	require(n < 0 && errno == EBADMSG, "a forged record was not refused");
	return 0;
}

int main(int argc, char **argv)
{
	size_t bytes = argc == 3 ? strtoul(argv[2], NULL, 0) : 0;
	unsigned char *data;
	int end[2];

	if (bytes < 64) {
		fputs("usage: ktls send|receive|forged BYTES\n", stderr);
		return 2;
	}
	data = malloc(bytes);
	require(data && RAND_bytes(data, bytes) == 1 &&
		RAND_bytes(info.key, sizeof(info.key)) == 1 &&
		RAND_bytes(info.salt, sizeof(info.salt)) == 1, "random data");
	connection(end);
	if (!strcmp(argv[1], "send"))
		return kernel_sends(end, data, bytes);
	if (!strcmp(argv[1], "receive"))
		return kernel_receives(end, data, bytes);
	if (!strcmp(argv[1], "forged"))
		return kernel_refuses(end, data, bytes);
	return 2;
}
