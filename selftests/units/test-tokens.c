// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit test of drivers/pf/rate_limit_tokens.c: the worked examples of reference 03
 * section 10.4, and what must hold for every rate.
 */
#include <stddef.h>
#include <string.h>

#include <linux/types.h>
#include <asm/byteorder.h>

#include "rate_limit_tokens.h"
#include "tap.h"

/* The device of the examples. */
static const struct qat_slice_counts slices = {
	.cpr = 1, .xlt = 1, .dcpr = 3, .pke = 6, .ucs = 2, .cph = 4, .ath = 4,
};
#define ENGINES	8

static const struct {
	const char *name;
	enum qatvf_rl_service service;
	u32 permille;
	u32 pcie_in, pcie_out, slice, ae;
} examples[] = {
	{ "asym 1000", QATVF_RL_ASYM, 1000, 2972, 2972, 6289308, 8385744 },
	{ "asym 250", QATVF_RL_ASYM, 250, 743, 743, 1572327, 2096411 },
	{ "sym 1000", QATVF_RL_SYM, 1000, 198383, 198383, 2096436, 8385744 },
	{ "sym 500", QATVF_RL_SYM, 500, 99191, 99191, 1048218, 4192872 },
	{ "dc 1000", QATVF_RL_DC, 1000, 93971, 187942, 3144654, 8385744 },
	{ "dc 100", QATVF_RL_DC, 100, 9397, 18794, 314465, 838574 },
	{ "sym 1", QATVF_RL_SYM, 1, 198, 198, 2096, 8385 },
	{ "nothing", QATVF_RL_DC, 0, 0, 0, 0, 0 },
};

static struct qat_rl_params tokens(enum qatvf_rl_service service, u32 committed, u32 peak)
{
	struct qatvf_rl_rates rates = { committed, peak };
	struct qat_rl_params params;

	memset(&params, 0xee, sizeof(params));
	qatvf_rl_tokens(&params, service, rates, &slices, ENGINES);
	return params;
}

/* Committed and peak tokens are made alike: each example stands once in either place. */
static int example_holds(unsigned int i)
{
	struct qat_rl_params low = tokens(examples[i].service, examples[i].permille, 1000);
	struct qat_rl_params high = tokens(examples[i].service, 0, examples[i].permille);

	return le32_to_cpu(low.pcie_in_cir) == examples[i].pcie_in &&
	       le32_to_cpu(low.pcie_out_cir) == examples[i].pcie_out &&
	       le32_to_cpu(low.slice_cir) == examples[i].slice &&
	       le32_to_cpu(low.ae_cir) == examples[i].ae &&
	       le32_to_cpu(high.pcie_in_pir) == examples[i].pcie_in &&
	       le32_to_cpu(high.pcie_out_pir) == examples[i].pcie_out &&
	       le32_to_cpu(high.slice_pir) == examples[i].slice &&
	       le32_to_cpu(high.ae_pir) == examples[i].ae && !high.slice_cir;
}

/* More permille are never fewer tokens, for any service. */
static int grows(void)
{
	struct qat_rl_params last, now;
	unsigned int service, permille;

	for (service = 0; service < QATVF_RL_SERVICES; service++) {
		last = tokens(service, 0, 0);
		for (permille = 1; permille <= QATVF_RL_FULL; permille++) {
			now = tokens(service, permille, permille);
			if (now.slice_cir <= last.slice_cir || now.ae_cir <= last.ae_cir ||
			    now.pcie_in_cir < last.pcie_in_cir ||
			    now.pcie_out_cir < last.pcie_out_cir)
				return 0;
			last = now;
		}
	}
	return 1;
}

static int ring_pairs_are_left_alone(void)
{
	struct qat_rl_params params = tokens(QATVF_RL_SYM, 1, 1);
	const unsigned char *rp = (const unsigned char *)params.rp;
	unsigned int i;

	for (i = 0; i < sizeof(params.rp); i++)
		if (rp[i] != 0xee)
			return 0;
	return 1;
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		tap_result(example_holds(i), "tokens: %s", examples[i].name);
	tap_result(grows(), "tokens grow with the rate");
	tap_result(ring_pairs_are_left_alone(), "ring pairs are left alone");
	return tap_finish();
}
