// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vectors through AF_ALG, by the names of our own drivers, both ways.  Transforms are
 * held from the first time on, as the kernel's users hold theirs: while no device is
 * there, the names are not.
 */
#include <linux/if_alg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "guest.h"
#include "vector.h"

#define MAX_JOBS	16

struct job {
	struct vector vector;
	uint8_t key[MAX_KEY], iv[MAX_IV], in[MAX_DATA], out[MAX_DATA];
	int operation;
};

static struct job jobs[MAX_JOBS];
static unsigned int job_count;

static bool read_job(FILE *file, struct job *job)
{
	struct vector *v = &job->vector;

	if (fread(v, sizeof(*v), 1, file) != 1)
		return false;
	if (v->key_len > MAX_KEY || v->iv_len > MAX_IV || v->in_len > MAX_DATA ||
	    v->out_len > MAX_DATA || fread(job->key, v->key_len, 1, file) != 1 ||
	    fread(job->iv, v->iv_len, 1, file) != 1 ||
	    fread(job->in, v->in_len, 1, file) != 1 ||
	    fread(job->out, v->out_len, 1, file) != 1)
		die("read the vectors");
	return true;
}

static int open_operation(const struct vector *v, const uint8_t *key)
{
	struct sockaddr_alg name = { .salg_family = AF_ALG };
	int bound, operation;

	memcpy(name.salg_type, v->type, sizeof(name.salg_type) - 1);
	memcpy(name.salg_name, v->driver, sizeof(v->driver));
	bound = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (bound < 0 || bind(bound, (struct sockaddr *)&name, sizeof(name)))
		die(v->driver);
	if (setsockopt(bound, SOL_ALG, ALG_SET_KEY, key, v->key_len) ||
	    (v->tag_len && setsockopt(bound, SOL_ALG, ALG_SET_AEAD_AUTHSIZE, NULL, v->tag_len)))
		die("set the key");
	operation = accept(bound, NULL, NULL);
	if (operation < 0)
		die("open an operation");
	close(bound);
	return operation;
}

static struct cmsghdr *add_word(struct msghdr *msg, struct cmsghdr *head, int type,
				uint32_t value)
{
	head->cmsg_level = SOL_ALG;
	head->cmsg_type = type;
	head->cmsg_len = CMSG_LEN(sizeof(value));
	memcpy(CMSG_DATA(head), &value, sizeof(value));
	return CMSG_NXTHDR(msg, head);
}

static void send_request(int operation, const struct job *job, uint32_t direction,
			 const uint8_t *in, size_t len)
{
	const struct vector *v = &job->vector;
	char control[2 * CMSG_SPACE(4) + CMSG_SPACE(sizeof(struct af_alg_iv) + MAX_IV)] = { };
	struct iovec iov = { (void *)in, len };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = CMSG_SPACE(4) + (v->tag_len ? CMSG_SPACE(4) : 0) +
				  CMSG_SPACE(sizeof(struct af_alg_iv) + v->iv_len),
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&msg);
	struct af_alg_iv *iv;

	head = add_word(&msg, head, ALG_SET_OP, direction);
	if (v->tag_len)
		head = add_word(&msg, head, ALG_SET_AEAD_ASSOCLEN, v->aad_len);
	head->cmsg_level = SOL_ALG;
	head->cmsg_type = ALG_SET_IV;
	head->cmsg_len = CMSG_LEN(sizeof(*iv) + v->iv_len);
	iv = (struct af_alg_iv *)CMSG_DATA(head);
	iv->ivlen = v->iv_len;
	memcpy(iv->iv, job->iv, v->iv_len);
	if (sendmsg(operation, &msg, 0) != (ssize_t)len)
		die("send a request");
}

/* The AAD of an AEAD comes back in front of the text. */
static bool gives(const struct job *job, uint32_t direction, const uint8_t *in, size_t in_len,
		  const uint8_t *want, size_t want_len)
{
	uint8_t got[MAX_DATA];
	ssize_t len;

	send_request(job->operation, job, direction, in, in_len);
	len = read(job->operation, got, want_len);
	return len == (ssize_t)want_len && !memcmp(got, want, want_len);
}

static void load_jobs(void)
{
	FILE *file = fopen("/vectors", "rb");

	if (!file)
		die("open the vectors");
	while (job_count < MAX_JOBS && read_job(file, &jobs[job_count])) {
		jobs[job_count].operation = open_operation(&jobs[job_count].vector,
							   jobs[job_count].key);
		job_count++;
	}
	fclose(file);
}

bool run_vectors(bool quiet)
{
	bool good = true, one;
	unsigned int i;

	if (!job_count)
		load_jobs();
	for (i = 0; i < job_count; i++) {
		const struct job *job = &jobs[i];
		const struct vector *v = &job->vector;

		one = gives(job, ALG_OP_ENCRYPT, job->in, v->in_len, job->out, v->out_len) &&
		      gives(job, ALG_OP_DECRYPT, job->out, v->out_len, job->in, v->in_len);
		if (!one || !quiet)
			say("%s %s, key %u, %u bytes", one ? "ok" : "wrong", v->driver,
			    v->key_len, v->in_len);
		good &= one;
	}
	return good && job_count;
}
