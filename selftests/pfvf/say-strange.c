// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfsay: words that have no meaning, or none at that moment. A PF acknowledges them,
 * does not reply, and goes on serving (reference 04 sections 9.1 and 13).
 */
#include "commands.h"
#include "words.h"

static bool is_defined(uint32_t type)
{
	return type == SAY_NONE || type == SAY_RP_RESET ||
	       (type >= SAY_INIT && type <= SAY_RESTARTING_DONE);
}

bool say_done_early(struct arguments *args)
{
	struct vf *vf = args->vf;

	return vf_tell(vf, 0x0000002b) && vf_works(vf) &&
	       vf_tell(vf, 0x0000000f) && vf_tell(vf, 0x0000002b) &&
	       vf_tell(vf, 0x0000002b) && vf_works(vf) &&
	       vf_tell(vf, 0x0000000f) && vf_tell(vf, 0x00000013) && vf_works(vf);
}

bool say_unknown(struct arguments *args)
{
	struct vf *vf = args->vf;
	bool good = true;
	uint32_t type;

	for (type = 0; type < 64; type++) {
		if (is_defined(type))
			continue;
		good &= vf_tell(vf, word(type, 0)) && vf_tell(vf, word(type, 0xffffff)) &&
			vf_works(vf);
	}
	return vf_tell(vf, word(SAY_NONE, 0)) && vf_works(vf) && good;
}

bool say_no_origin(struct arguments *args)
{
	struct vf *vf = args->vf;
	bool good = true;
	uint32_t type;

	for (type = 0; type < 64; type++)
		good &= vf_tell(vf, word(type, 0) & ~ORIGIN_BIT) &&
			vf_tell(vf, word(type, 0x23) & ~ORIGIN_BIT);
	return vf_works(vf) && good;
}

/* Not a message: the PF is not even told, and must not touch the register. */
bool say_no_int(struct arguments *args)
{
	struct vf *vf = args->vf;
	bool good = true;
	uint32_t type;

	for (type = 0; type < 64; type++) {
		uint32_t said = word(type, type) & ~INT_BIT;

		good &= vf_tell(vf, said);
	}
	return vf_works(vf) && good;
}
