// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: bring-up as a well-behaved VF does it, and version negotiation. The values
 * are the transcripts of reference 04 sections 10.1 and 10.3, not computed.
 */
#include "commands.h"
#include "words.h"

struct line {
	uint32_t said, heard;
};

/* Ends with the first line that goes wrong: after that it is another conversation. */
static bool play(struct vf *vf, const struct line *line, size_t lines)
{
	bool good = true;

	for (; good && lines--; line++)
		good = line->heard ? vf_ask(vf, line->said, line->heard) :
				     vf_tell(vf, line->said);
	return good;
}

#define PLAY(vf, lines)	play(vf, lines, sizeof(lines) / sizeof((lines)[0]))

static const struct line bring_up[] = {
	{ 0x0000051b, 0x0001050b },
	{ 0x00000227, 0x0000080f }, { 0x00001227, 0x0000200f },
	{ 0x00002227, 0x0000000f }, { 0x00003227, 0x0000000f },
	{ 0x00004227, 0x0000000f }, { 0x00005227, 0x0000000f },
	{ 0x00006227, 0x00003c0f }, { 0x00007227, 0x0002c80f },
	{ 0x00008227, 0x00007c0f }, { 0x00009227, 0x0000100f },
	{ 0x00029227, 0x0001810f },
	{ 0x00000327, 0x0000040f }, { 0x00001327, 0x0000080f },
	{ 0x00002327, 0x0000700f }, { 0x00003327, 0x00001c0f },
	{ 0x00023327, 0x0002b10f },
	{ 0x0000000f, 0 }, { 0x00000013, 0 },
};

bool say_works(struct arguments *args)
{
	bool good = true;
	unsigned int i;

	for (i = 0; i < args->num_vfs; i++)
		good &= vf_works(&args->vf[i]);
	return good;
}

bool say_transcript(struct arguments *args)
{
	bool good = true;
	unsigned int i;

	for (i = 0; i < args->num_vfs; i++)
		good &= PLAY(&args->vf[i], bring_up);
	return good;
}

bool say_versions(struct arguments *args)
{
	static const struct line lines[] = {
		{ 0x0000001b, 0x0002050b }, { 0x0000011b, 0x0001050b },
		{ 0x0000021b, 0x0001050b }, { 0x0000031b, 0x0001050b },
		{ 0x0000041b, 0x0001050b }, { 0x0000051b, 0x0001050b },
		{ 0x0000061b, 0x0003050b }, { 0x00000017, 0x0001110b },
	};
	struct vf *vf = args->vf;
	uint32_t version;
	bool good = PLAY(vf, lines);

	for (version = 7; version < 256; version++)
		good &= vf_ask(vf, word(SAY_COMPAT, version), 0x0003050b);
	/* a refused or unknown version does not spoil the next try */
	return vf_ask(vf, 0x0000051b, 0x0001050b) && good;
}

/* A process of qatlib that found the capabilities known says INIT only. */
bool say_init_only(struct arguments *args)
{
	static const struct line lines[] = {
		{ 0x0000000f, 0 }, { 0x00002327, 0x0000700f }, { 0x00000013, 0 },
		{ 0x00000013, 0 }, { 0x0000000f, 0 }, { 0x0000000f, 0 },
		{ 0x00000013, 0 }, { 0x00003327, 0x00001c0f },
	};

	return PLAY(args->vf, lines);
}
