// SPDX-License-Identifier: GPL-2.0
/*
 * Rate limiter, arithmetic: rates in permille turned into tokens.  The device hands out
 * tokens of four kinds in each scan: for reads and writes over PCIe, for the slices of
 * the service and for the engines.
 *
 * Pure: also built in user space by selftests/units.
 *
 * Facts: reference 03 sections 10.3 and 10.4.
 */
#include <linux/math64.h>
#include <asm/byteorder.h>

#include "rate_limit_tokens.h"

#define CLOCK_HZ		1000000000ULL
#define SCANS_PER_SECOND	954
#define PCIE_TOKEN_BYTES	64
/* Descriptors and the like, on top of data. */
#define PCIE_MUL		102
#define PCIE_DIV		100
#define BYTES_PER_MBIT		125000
#define BYTES_PER_ASYM		1024

/* What the device can do of a service, and in what unit. */
static const struct {
	u32 max;
	u32 bytes;	/* moved over PCIe for one unit */
} service_rate[QATVF_RL_SERVICES] = {
	[QATVF_RL_ASYM] = { 173750, BYTES_PER_ASYM },
	[QATVF_RL_SYM] = { 95000, BYTES_PER_MBIT },
	[QATVF_RL_DC] = { 45000, BYTES_PER_MBIT },
};

/**
 * qatvf_rl_slices() - slices that bound a service
 * @slices: what the device has
 * @service: service
 *
 * Return: their number.
 */
u32 qatvf_rl_slices(const struct qat_slice_counts *slices, enum qatvf_rl_service service)
{
	switch (service) {
	case QATVF_RL_ASYM:
		return slices->pke;
	case QATVF_RL_SYM:
		return slices->ucs;
	default:
		return slices->dcpr;
	}
}

static u32 slice_tokens(u32 slices, u32 permille)
{
	u64 all = div_u64(CLOCK_HZ * slices, SCANS_PER_SECOND);

	return div_u64(all * permille, QATVF_RL_FULL);
}

static u32 engine_tokens(enum qatvf_rl_service service, unsigned int engines, u32 permille)
{
	u32 max = service_rate[service].max;
	u64 all = div_u64(CLOCK_HZ * engines, SCANS_PER_SECOND);

	return div_u64(div_u64((u64)permille * max, QATVF_RL_FULL) * all, max);
}

static u32 pcie_tokens(enum qatvf_rl_service service, u32 permille, u32 factor)
{
	u64 bytes = div_u64((u64)permille * service_rate[service].max, QATVF_RL_FULL);

	bytes *= service_rate[service].bytes;
	bytes *= factor;
	bytes = div_u64(bytes * PCIE_MUL, PCIE_DIV);
	return div_u64(div_u64(bytes, PCIE_TOKEN_BYTES), SCANS_PER_SECOND);
}

/* Decompression makes more of what it gets. */
static u32 output_factor(enum qatvf_rl_service service, const struct qat_slice_counts *slices)
{
	return service == QATVF_RL_DC ? slices->dcpr - 1 : 1;
}

/**
 * qatvf_rl_tokens() - what a node gets in each scan
 * @params: filled, but for the ring pairs
 * @service: service
 * @rates: rates of the node, each at most QATVF_RL_FULL
 * @slices: what the device has; at least two decompressors for QATVF_RL_DC
 * @engines: worker engines
 */
void qatvf_rl_tokens(struct qat_rl_params *params, enum qatvf_rl_service service,
		     struct qatvf_rl_rates rates, const struct qat_slice_counts *slices,
		     unsigned int engines)
{
	u32 factor = output_factor(service, slices);
	u32 count = qatvf_rl_slices(slices, service);

	params->pcie_in_cir = cpu_to_le32(pcie_tokens(service, rates.committed, 1));
	params->pcie_in_pir = cpu_to_le32(pcie_tokens(service, rates.peak, 1));
	params->pcie_out_cir = cpu_to_le32(pcie_tokens(service, rates.committed, factor));
	params->pcie_out_pir = cpu_to_le32(pcie_tokens(service, rates.peak, factor));
	params->slice_cir = cpu_to_le32(slice_tokens(count, rates.committed));
	params->slice_pir = cpu_to_le32(slice_tokens(count, rates.peak));
	params->ae_cir = cpu_to_le32(engine_tokens(service, engines, rates.committed));
	params->ae_pir = cpu_to_le32(engine_tokens(service, engines, rates.peak));
}
