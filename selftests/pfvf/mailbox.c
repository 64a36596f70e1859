// SPDX-License-Identifier: GPL-2.0-only
/*
 * A VF's end of its mailbox. All accesses are 32 bits wide: the device ignores
 * others (reference 04 section 2.3). The default is the strictest reader that there
 * is, DPDK: when the acknowledgement is seen, the reply is already there.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "mailbox.h"
#include "words.h"

#define VINTMSKPF2VM	(0x1004 / 4)
#define PF2VM		(0x1008 / 4)
#define VM2PF		(0x100c / 4)
#define BAR_BYTES	0x2000

#define LATE_REPLY_MS	1000

bool reply_may_be_late;

uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

void nap_us(unsigned int us)
{
	usleep(us);
}

/* A line of explanation, in the form that TAP readers skip. */
void complain(const struct vf *vf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("# %s: ", vf->bdf);
	vprintf(format, args);
	printf("\n");
	va_end(args);
	fflush(stdout);
}

static void device_path(const struct vf *vf, const char *file, char *path, size_t size)
{
	snprintf(path, size, "/sys/bus/pci/devices/%s/%s", vf->bdf, file);
}

bool vf_exists(const struct vf *vf)
{
	char path[128];

	device_path(vf, "physfn", path, sizeof(path));
	return access(path, F_OK) == 0;
}

/*
 * Memory decoding on, as each VF driver does before it touches a BAR. SR-IOV has a bit
 * in the PF for that and none in the VF, but QEMU looks at the VF's; a reset of the PF
 * clears it.
 */
bool vf_enable_memory(const struct vf *vf)
{
	uint16_t command = 0;
	char path[128];
	bool good;
	int fd;

	device_path(vf, "config", path, sizeof(path));
	fd = open(path, O_RDWR);
	if (fd < 0) {
		complain(vf, "%s: %s", path, strerror(errno));
		return false;
	}
	good = pread(fd, &command, sizeof(command), 4) == sizeof(command);
	command |= 2;
	good = good && pwrite(fd, &command, sizeof(command), 4) == sizeof(command);
	close(fd);
	if (!good)
		complain(vf, "%s: command register not accessible", path);
	return good;
}

/* Masks the PF's interrupt to us: we poll, as qatlib does. */
bool vf_open(struct vf *vf, const char *bdf)
{
	char path[128];
	void *bar;
	int fd;

	memset(vf, 0, sizeof(*vf));
	vf->bdf = bdf;
	if (!vf_enable_memory(vf))
		return false;
	device_path(vf, "resource2", path, sizeof(path));
	fd = open(path, O_RDWR | O_SYNC);
	if (fd < 0) {
		complain(vf, "%s: %s", path, strerror(errno));
		return false;
	}
	bar = mmap(NULL, BAR_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (bar == MAP_FAILED) {
		complain(vf, "mmap of %s: %s", path, strerror(errno));
		return false;
	}
	vf->bar = bar;
	vf->bar[VINTMSKPF2VM] = 1;
	return true;
}

uint32_t vf_pf2vm(const struct vf *vf)
{
	return vf->bar[PF2VM];
}

void vf_set_pf2vm(struct vf *vf, uint32_t value)
{
	vf->bar[PF2VM] = value;
}

uint32_t vf_vm2pf(const struct vf *vf)
{
	return vf->bar[VM2PF];
}

void vf_set_vm2pf(struct vf *vf, uint32_t value)
{
	vf->bar[VM2PF] = value;
}

/* Says a word, not faster than a well-behaved VF would. */
void vf_say(struct vf *vf, uint32_t said)
{
	bool reset = (said >> 2 & 0x3f) == SAY_RP_RESET && said & ORIGIN_BIT;

	while (now_ns() - vf->said_ns < (reset ? RESET_PACE_NS : PACE_NS))
		nap_us(20);
	vf->said_ns = now_ns();
	vf_set_vm2pf(vf, said);
}

/* An acknowledgement is the word we said with its interrupt bit cleared. */
bool vf_wait_ack(struct vf *vf, uint32_t said, unsigned int ms)
{
	uint64_t start = now_ns();
	uint32_t seen;

	while ((seen = vf_vm2pf(vf)) & INT_BIT) {
		uint64_t waited = now_ns() - start;

		if (waited > ms * 1000000ull) {
			complain(vf, "%08x: no acknowledgement in %u ms", said, ms);
			return false;
		}
		if (waited > 2000000)
			nap_us(50);
		else
			sched_yield();
	}
	if (seen == acked(said))
		return true;
	complain(vf, "%08x: acknowledged as %08x", said, seen);
	return false;
}

/* Takes and acknowledges what the PF says; 0 if it says nothing. */
uint32_t vf_take(struct vf *vf)
{
	uint32_t heard = vf_pf2vm(vf);

	if (!(heard & INT_BIT))
		return 0;
	vf_set_pf2vm(vf, acked(heard));
	return heard;
}

static uint32_t take_late(struct vf *vf)
{
	uint64_t start = now_ns();
	uint32_t heard;

	while (!(heard = vf_take(vf)) && now_ns() - start < LATE_REPLY_MS * 1000000ull)
		nap_us(50);
	return heard;
}

/* A whole exchange: a word, its acknowledgement, exactly that reply. */
bool vf_ask(struct vf *vf, uint32_t said, uint32_t reply)
{
	uint32_t heard;

	vf_say(vf, said);
	if (!vf_wait_ack(vf, said, ACK_MS))
		return false;
	heard = vf_take(vf);
	if (!heard) {
		heard = take_late(vf);
		vf->late += heard != 0;
		if (heard && !reply_may_be_late) {
			complain(vf, "%08x: reply %08x only after the acknowledgement",
				 said, heard);
			return false;
		}
	}
	if (heard != reply) {
		complain(vf, "%08x: reply %08x, not %08x", said, heard, reply);
		return false;
	}
	/* a reply comes once, and a bit of ours is not set again */
	if (vf_pf2vm(vf) != acked(reply)) {
		complain(vf, "%08x: after our acknowledgement PF2VM is %08x", said,
			 vf_pf2vm(vf));
		return false;
	}
	return true;
}

/* A word that is acknowledged and not replied to. */
bool vf_tell(struct vf *vf, uint32_t said)
{
	uint32_t before = vf_pf2vm(vf), after;

	vf_say(vf, said);
	if (!vf_wait_ack(vf, said, ACK_MS))
		return false;
	nap_us(300);
	after = vf_pf2vm(vf);
	if (after != before) {
		complain(vf, "%08x: PF2VM was %08x, became %08x", said, before, after);
		return false;
	}
	return true;
}

/* Any exchange of a kind that changes nothing in the PF. */
bool vf_works(struct vf *vf)
{
	return vf_ask(vf, 0x00002327, 0x0000700f) && vf_ask(vf, 0x00003327, 0x00001c0f);
}
