// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: random words and random moments, from a seed. All VFs of the command line
 * speak at the same time; every answer is compared with the oracle's.
 */
#include <stdio.h>

#include "commands.h"
#include "oracle.h"
#include "words.h"

#define MAX_COMPLAINTS	20

static uint64_t state;

/* xorshift64*: the same words on every machine */
static uint32_t dice(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(state * 2685821657736338717ull >> 32);
}

static void seed(unsigned long number)
{
	state = number * 0x9e3779b97f4a7c15ull + 1;
}

/*
 * One in three is any 32 bits; the others have a type that is defined, so that the
 * depths are reached too. Resets, which cost the device something, are rare.
 */
static uint32_t random_word(void)
{
	static const uint8_t types[] = {
		SAY_NONE, SAY_INIT, SAY_SHUTDOWN, SAY_VERSION, SAY_COMPAT, SAY_LARGE,
		SAY_MEDIUM, SAY_SMALL, SAY_SMALL, SAY_SMALL, SAY_RESTARTING_DONE,
	};
	uint32_t said = dice() | INT_BIT, type;

	if (dice() % 3 == 0)
		return said;
	type = dice() % 100 ? types[dice() % sizeof(types)] : SAY_RP_RESET;
	switch (dice() % 4) {
	case 0:
		return word(type, said >> 8);
	case 1:
		return word(type, said >> 8 & 0xff);
	default:
		return word(type, said >> 8 & 0x3ff);
	}
}

static bool check_answer(struct vf *vf, uint32_t said)
{
	uint32_t heard;

	if (!vf_wait_ack(vf, said, ACK_MS))
		return false;
	heard = vf_take(vf);
	if (answer_is_right(said, heard))
		return true;
	complain(vf, "%08x: reply %08x, not %08x", said, heard, answer_to(said).reply);
	return false;
}

static bool all_work(struct arguments *args)
{
	bool good = true;
	unsigned int i;

	for (i = 0; i < args->num_vfs; i++) {
		good &= vf_tell(&args->vf[i], word(SAY_SHUTDOWN, 0));
		good &= vf_works(&args->vf[i]);
	}
	return good;
}

bool say_garbage(struct arguments *args)
{
	unsigned int bad = 0, i;
	unsigned long count;
	uint32_t said[64];

	seed(args->number[0]);
	for (count = 0; count < args->number[1] && bad < MAX_COMPLAINTS;
	     count += args->num_vfs) {
		for (i = 0; i < args->num_vfs; i++) {
			said[i] = random_word();
			vf_say(&args->vf[i], said[i]);
		}
		for (i = 0; i < args->num_vfs; i++)
			bad += !check_answer(&args->vf[i], said[i]);
	}
	printf("# %lu words of %u VFs, %u wrong answers\n", count, args->num_vfs, bad);
	return all_work(args) && !bad;
}

static void spin_ns(uint64_t ns)
{
	uint64_t start = now_ns();

	while (now_ns() - start < ns)
		;
}

/* How long the PF takes, lately; the moment of danger is just before that. */
static bool take_time(struct vf *vf, uint64_t *typical_ns)
{
	uint64_t start;

	vf_say(vf, 0x00002327);
	start = now_ns();
	while (vf_vm2pf(vf) & INT_BIT && now_ns() - start < 10000000)
		;
	*typical_ns = (3 * *typical_ns + (now_ns() - start)) / 4;
	return check_answer(vf, 0x00002327);
}

/*
 * The PF may see either word, or both one after the other; but what it answers must
 * belong to what it acknowledged last, or it has read the register twice.
 */
static bool replace_one(struct vf *vf)
{
	uint32_t first = random_word(), second = random_word(), end, heard;
	static uint64_t typical_ns = 100000;
	uint64_t start;

	if (dice() % 4 == 0 && !take_time(vf, &typical_ns))
		return false;
	vf_say(vf, first);
	spin_ns(typical_ns * (50 + dice() % 60) / 100);
	vf_set_vm2pf(vf, second);
	start = now_ns();
	while (vf_vm2pf(vf) & INT_BIT) {
		if (now_ns() - start > ACK_MS * 1000000ull) {
			complain(vf, "%08x replaced by %08x: no acknowledgement", first, second);
			return false;
		}
		nap_us(20);
	}
	/* the first word's acknowledgement may still be followed by the second's reply */
	nap_us(1000);
	end = vf_vm2pf(vf);
	heard = vf_take(vf);
	if (end != acked(first) && end != acked(second)) {
		complain(vf, "%08x replaced by %08x: register is %08x", first, second, end);
		return false;
	}
	if (answer_is_right(end | INT_BIT, heard))
		return true;
	/* a word without reply leaves the reply of the one before it standing */
	if (end == acked(second) && answer_is_right(second, 0) &&
	    answer_is_right(first, heard))
		return true;
	complain(vf, "%08x replaced by %08x: acknowledged %08x, reply %08x", first, second,
		 end, heard);
	return false;
}

bool say_replaced(struct arguments *args)
{
	unsigned long count;
	unsigned int bad = 0;

	seed(args->number[0]);
	for (count = 0; count < args->number[1] && bad < MAX_COMPLAINTS; count++)
		bad += !replace_one(&args->vf[count % args->num_vfs]);
	return all_work(args) && !bad;
}

/* Both directions are the VF's to write; only its own conversation may suffer. */
bool say_meddle(struct arguments *args)
{
	unsigned int bad = 0;
	unsigned long count;

	seed(args->number[0]);
	for (count = 0; count < args->number[1] && bad < MAX_COMPLAINTS; count++) {
		struct vf *vf = &args->vf[count % args->num_vfs];
		uint32_t said;

		do
			said = random_word();
		while (!answer_to(said).reply || answer_to(said).or_none);
		vf_set_pf2vm(vf, dice());
		if (dice() & 1)
			vf_set_pf2vm(vf, dice() | INT_BIT);
		vf_say(vf, said);
		bad += !check_answer(vf, said);
	}
	return all_work(args) && !bad;
}
