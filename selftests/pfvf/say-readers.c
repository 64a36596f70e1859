// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: the reading habits of VF stacks that a PF has to live with (reference 04
 * sections 7 and 12): DPDK reads the reply in the very moment it sees the
 * acknowledgement, qatlib once and 100 us later, older DPDK never acknowledges.
 */
#include <stdio.h>

#include "commands.h"
#include "words.h"

static const struct {
	uint32_t said, heard;
} map_bytes[] = {
	{ 0x00002327, 0x0000700f }, { 0x00003327, 0x00001c0f },
	{ 0x00007227, 0x0002c80f }, { 0x00000527, 0x0000020f },
};

static bool wrong(struct vf *vf, unsigned int i, uint32_t heard)
{
	complain(vf, "%08x: PF2VM is %08x, not %08x", map_bytes[i].said, heard,
		 map_bytes[i].heard);
	return false;
}

bool say_deaf(struct arguments *args)
{
	struct vf *vf = args->vf;
	unsigned long count;

	for (count = 0; count < args->number[0]; count++) {
		unsigned int i = count % 4;

		vf_say(vf, map_bytes[i].said);
		if (!vf_wait_ack(vf, map_bytes[i].said, ACK_MS))
			return false;
		if (vf_pf2vm(vf) != map_bytes[i].heard)
			return wrong(vf, i, vf_pf2vm(vf));
	}
	/* the last reply is still there, unacknowledged, and so it stays */
	vf_take(vf);
	return vf_works(vf);
}

/* No pause of any kind between the two reads; then DPDK's blind write. */
bool say_dpdk(struct arguments *args)
{
	struct vf *vf = args->vf;
	unsigned long count;

	for (count = 0; count < args->number[0]; count++) {
		unsigned int i = count % 4;
		uint64_t start = now_ns();
		uint32_t heard;

		vf_say(vf, map_bytes[i].said);
		while (vf_vm2pf(vf) & INT_BIT)
			if (now_ns() - start > ACK_MS * 1000000ull)
				return vf_wait_ack(vf, map_bytes[i].said, 0);
		heard = vf_pf2vm(vf);
		if (heard != map_bytes[i].heard)
			return wrong(vf, i, heard);
		vf_set_pf2vm(vf, acked(map_bytes[i].said));
	}
	return vf_works(vf);
}

bool say_qatlib(struct arguments *args)
{
	struct vf *vf = args->vf;
	unsigned long count;

	for (count = 0; count < args->number[0]; count++) {
		unsigned int i = count % 4;
		uint32_t heard;

		vf_say(vf, map_bytes[i].said);
		if (!vf_wait_ack(vf, map_bytes[i].said, ACK_MS))
			return false;
		nap_us(100);
		heard = vf_take(vf);
		if (heard != map_bytes[i].heard)
			return wrong(vf, i, heard);
	}
	return vf_works(vf);
}
