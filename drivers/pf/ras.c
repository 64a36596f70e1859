// SPDX-License-Identifier: GPL-2.0
/*
 * Errors that the device reports about itself: which are enabled, where each is
 * logged, how it is cleared and how bad it is.  All of that is data; the code walks
 * tables.
 *
 * Facts: reference 01 section 11, reference 03 section 12.
 */
#include "device.h"

/*
 * Detection and reporting: registers with their values while enabled and while
 * disabled (reference 03 section 12.3).
 */
static const struct {
	u32 reg;
	u32 on;
	u32 off;
} controls[] = {
	{ HICPPAGENTCMDPARERRLOGENABLE, HICPPAGENTCMDPARERR_ALL, 0 },
	{ CPP_CFC_ERR_CTRL, CPP_CFC_ERR_CTRL_ENABLE, CPP_CFC_ERR_CTRL_DISABLE },
	{ RI_MEM_PAR_ERR_EN0, RIMEM_PARERR_ALL, 0 },
	{ RIMISCCTL, 1, 0 },
	{ TI_CI_PAR_ERR_MASK, 0, TI_CI_PAR_ALL },
	{ TI_PULL0FUB_PAR_ERR_MASK, 0, TI_PULL0FUB_PAR_ALL },
	{ TI_PUSHFUB_PAR_ERR_MASK, 0, TI_PUSHFUB_PAR_ALL },
	{ TI_CD_PAR_ERR_MASK, 0, TI_CD_PAR_ALL },
	{ TI_TRNSB_PAR_ERR_MASK, 0, TI_TRNSB_PAR_ALL },
	{ RL_PAR_ERR_MASK, 0, RL_PAR_ALL },
	{ QM_PAR_ERR_MASK, 0, QM_PAR_ALL },
	{ RICPPINTCTL, RICPPINTCTL_ALL, 0 },
	{ TICPPINTCTL, TICPPINTCTL_ALL, 0 },
	{ SSMSOFTERRORPARITYMASK_SRC, 0, SSMSOFTERRORPARITYMASK_SRC_ALL },
	{ INTMASKSSM, 0, INTMASKSSM_ALL },
	{ SER_EN_SSMSH, SER_EN_SSMSH_ALL, 0 },
};

static const struct {
	u32 reg;
	u32 on;
} sram_controls[] = {
	{ ARAMCERRUERR_EN, ARAMCERRUERR_EN_ALL },
	{ ARAMCERR, ARAMCERR_ENABLE },
	{ ARAMUERR, ARAMUERR_ENABLE },
	{ CPPMEMTGTERR, CPPMEMTGTERR_ENABLE },
	{ RF_PARITY_ERR_EN, RF_PARITY_ERR_ALL },
	{ RF_PARITY_ERR_INTEN, RF_PARITY_ERR_ALL },
};

static const struct {
	unsigned int group;
	u32 slices;
} slice_groups[] = {
	{ SLICE_GROUP_ATH_CPH, SLICE_BITS_ATH_CPH },
	{ SLICE_GROUP_CPR_XLT, SLICE_BITS_CPR_XLT },
	{ SLICE_GROUP_DCPR_UCS, SLICE_BITS_DCPR_UCS },
	{ SLICE_GROUP_PKE, SLICE_BITS_PKE },
};

/**
 * struct ras_source - one error log
 * @name:	for messages
 * @sou:	number of the ERRSOU register in which it shows
 * @sou_bits:	there
 * @ssm_bit:	for slices: bit of IAINTSTATSSM, or 0 to look whenever slices report
 * @sram:	@reg is in the SRAM BAR
 * @per_group:	@reg is the first of a block of logs, one per group of slices
 * @reg:	log
 * @bits:	errors in it; of a block, each group's slices are
 * @fatal:	of them, those that need a restart
 * @correctable: of them, those that the device has corrected; the rest may have
 *		cost a request
 * @keep:	enables that share the register and are written back with the errors
 * @clear_reg:	where to write @clear, if not the log itself
 * @clear:	value for @clear_reg
 * @sticky:	cleared by a reset only, or by firmware: not written
 * @summary:	of @bits, one that comes with others, which are counted then
 * @each:	every error counts, not the log as a whole
 */
struct ras_source {
	const char *name;
	u8 sou;
	u32 sou_bits;
	u32 ssm_bit;
	bool sram;
	bool per_group;
	u32 reg;
	u32 bits;
	u32 fatal;
	u32 correctable;
	u32 keep;
	u32 clear_reg;
	u32 clear;
	bool sticky;
	u32 summary;
	bool each;
};

#define SOU(n, source)	.sou = (n), .sou_bits = (source)

static const struct ras_source sources[] = {
	{ "engine, correctable", SOU(0, ERRSOU0_AE_CORRECTABLE), .reg = HIAECORERRLOG,
	  .bits = QAT_AE_MASK_ALL, .correctable = QAT_AE_MASK_ALL },
	{ "engine", SOU(1, ERRSOU1_AE_UNCORRECTABLE), .reg = HIAEUNCERRLOG,
	  .bits = QAT_AE_MASK_ALL },
	{ "command bus parity", SOU(1, ERRSOU1_CPP_COMMAND), .reg = HICPPAGENTCMDPARERRLOG,
	  .bits = HICPPAGENTCMDPARERR_ALL, .fatal = HICPPAGENTCMDPARERR_ALL },
	{ "ring interface memory parity", SOU(1, ERRSOU1_RI_MEMORY), .reg = RIMEM_PARERR_STS,
	  .bits = RIMEM_PARERR_ALL, .fatal = RIMEM_PARERR_FATAL },
	{ "transport parity, TI_CI", SOU(1, ERRSOU1_TI_MEMORY), .reg = TI_CI_PAR_STS,
	  .bits = TI_CI_PAR_ALL },
	{ "transport parity, TI_PULL0FUB", SOU(1, ERRSOU1_TI_MEMORY),
	  .reg = TI_PULL0FUB_PAR_STS, .bits = TI_PULL0FUB_PAR_ALL },
	{ "transport parity, TI_PUSHFUB", SOU(1, ERRSOU1_TI_MEMORY),
	  .reg = TI_PUSHFUB_PAR_STS, .bits = TI_PUSHFUB_PAR_ALL },
	{ "transport parity, TI_CD", SOU(1, ERRSOU1_TI_MEMORY), .reg = TI_CD_PAR_STS,
	  .bits = TI_CD_PAR_ALL },
	{ "transport parity, TI_TRNSB", SOU(1, ERRSOU1_TI_MEMORY), .reg = TI_TRNSB_PAR_STS,
	  .bits = TI_TRNSB_PAR_ALL },
	{ "rate limiter parity", SOU(1, ERRSOU1_TI_MEMORY), .reg = RL_PAR_STS,
	  .bits = RL_PAR_ALL },
	{ "queue manager parity", SOU(1, ERRSOU1_TI_MEMORY), .reg = QM_PAR_STS,
	  .bits = QM_PAR_ALL },
	{ "IOSF command parity", SOU(1, ERRSOU1_IOSF_COMMAND), .reg = RIMISCSTS, .bits = 1,
	  .fatal = 1 },
	{ "command push/pull", SOU(2, ERRSOU2_CFC), .reg = CPP_CFC_ERR_STATUS,
	  .bits = CPP_CFC_ERR_STATUS_ERROR | CPP_CFC_ERR_STATUS_MULTIPLE |
		  CPP_CFC_ERR_STATUS_COMMAND | CPP_CFC_ERR_STATUS_DATA,
	  .fatal = CPP_CFC_ERR_STATUS_MULTIPLE | CPP_CFC_ERR_STATUS_COMMAND,
	  .clear_reg = CPP_CFC_ERR_STATUS_CLR, .clear = CPP_CFC_ERR_STATUS_CLR_ALL,
	  .summary = CPP_CFC_ERR_STATUS_ERROR, .each = true },
	{ "transport, TIMISCSTS", SOU(3, ERRSOU3_TI_MISC), .reg = TIMISCSTS,
	  .bits = GENMASK(2, 0), .fatal = GENMASK(2, 0), .sticky = true },
	{ "ring interface push/pull", SOU(3, ERRSOU3_RI_CPP), .reg = RICPPINTSTS,
	  .bits = RICPPINTSTS_ALL },
	{ "transport push/pull", SOU(3, ERRSOU3_TI_CPP), .reg = TICPPINTSTS,
	  .bits = TICPPINTSTS_ALL },
	{ "memory, correctable", SOU(3, ERRSOU3_ARAM_CORRECTABLE), .sram = true,
	  .reg = ARAMCERR, .bits = ARAMCERR_ERROR, .correctable = ARAMCERR_ERROR,
	  .keep = ARAMCERR_ENABLE },
	{ "memory", SOU(3, ERRSOU3_ARAM_UNCORRECTABLE), .sram = true, .reg = ARAMUERR,
	  .bits = ARAMUERR_ERROR | ARAMUERR_MULTIPLE, .fatal = ARAMUERR_MULTIPLE,
	  .keep = ARAMUERR_ENABLE },
	{ "memory target", SOU(3, ERRSOU3_ARAM_UNCORRECTABLE), .sram = true,
	  .reg = CPPMEMTGTERR, .bits = CPPMEMTGTERR_STATUS, .fatal = CPPMEMTGTERR_MULTIPLE,
	  .keep = CPPMEMTGTERR_ENABLE },
	{ "memory register file parity", SOU(3, ERRSOU3_ARAM_UNCORRECTABLE), .sram = true,
	  .reg = RF_PARITY_ERR_STS, .bits = RF_PARITY_ERR_ALL },
	{ "thread of engines 0 to 3", SOU(3, ERRSOU3_ARAM_UNCORRECTABLE), .sram = true,
	  .reg = AE_THREAD_STATUS(0), .bits = U32_MAX },
	{ "thread of engines 4 to 7", SOU(3, ERRSOU3_ARAM_UNCORRECTABLE), .sram = true,
	  .reg = AE_THREAD_STATUS(1), .bits = U32_MAX },
	{ "rate limiter", SOU(3, ERRSOU3_RATE_LIMITER), .reg = RLT_ERRLOG,
	  .bits = RLT_ERRLOG_ALL, .correctable = RLT_ERRLOG_ALL },
};

#define SSM(cause)	SOU(2, ERRSOU2_SSM), .ssm_bit = (cause)

/* Behind ERRSOU2_SSM. */
static const struct ras_source ssm_sources[] = {
	{ "shared memory", SSM(IAINTSTATSSM_UERRSSMSH), .reg = UERRSSMSH,
	  .bits = BIT(0) | BIT(15) },
	{ "shared memory, correctable", SSM(IAINTSTATSSM_CERRSSMSH), .reg = CERRSSMSH,
	  .bits = BIT(0), .correctable = BIT(0) },
	{ "slice push/pull", SSM(IAINTSTATSSM_PPERR), .reg = PPERR, .bits = BIT(0) | BIT(1) },
	{ "slice hang", SSM(IAINTSTATSSM_SLICE_HANG), .per_group = true,
	  .reg = SLICEHANGSTATUS(0), .sticky = true },
	{ "slice pull command parity", SSM(IAINTSTATSSM_SPP_PARITY), .per_group = true,
	  .reg = SPPPULLCMDPARERR(0), .fatal = U32_MAX },
	{ "slice pull data parity", SSM(IAINTSTATSSM_SPP_PARITY), .per_group = true,
	  .reg = SPPPULLDATAPARERR(0) },
	{ "slice push command parity", SSM(IAINTSTATSSM_SPP_PARITY), .per_group = true,
	  .reg = SPPPUSHCMDPARERR(0), .fatal = U32_MAX },
	{ "slice push data parity", SSM(IAINTSTATSSM_SPP_PARITY), .per_group = true,
	  .reg = SPPPUSHDATAPARERR(0) },
	{ "slice bus parity", SSM(IAINTSTATSSM_CPP), .reg = SSMCPPERR, .bits = GENMASK(5, 0),
	  .fatal = SSMCPPERR_FATAL, .each = true },
	{ "register file parity", SSM(IAINTSTATSSM_SOFT_PARITY), .reg = SSMSOFTERRORPARITY_SRC,
	  .bits = BIT(0) },
	{ "slice register file parity", SSM(IAINTSTATSSM_SOFT_PARITY), .per_group = true,
	  .reg = SSMSOFTERRORPARITY(0) },
	{ "shared memory control",
	  SSM(IAINTSTATSSM_SER_CORRECTABLE | IAINTSTATSSM_SER_UNCORRECTABLE),
	  .reg = SER_ERR_SSMSH,
	  .bits = SER_ERR_SSMSH_FATAL | SER_ERR_SSMSH_UNCORRECTABLE | SER_ERR_SSMSH_CORRECTABLE,
	  .fatal = SER_ERR_SSMSH_FATAL, .correctable = SER_ERR_SSMSH_CORRECTABLE,
	  .each = true },
	{ "compressor", SSM(0), .reg = EXPRPSSMCPR, .bits = EXPRPSSMCPR_UNCORRECTABLE },
	{ "translator", SSM(0), .reg = EXPRPSSMXLT,
	  .bits = EXPRPSSMXLT_UNCORRECTABLE | EXPRPSSMXLT_CORRECTABLE,
	  .correctable = EXPRPSSMXLT_CORRECTABLE },
	{ "decompressor 0", SSM(0), .reg = EXPRPSSMDCPR(0),
	  .bits = EXPRPSSMDCPR_UNCORRECTABLE | EXPRPSSMDCPR_CORRECTABLE,
	  .correctable = EXPRPSSMDCPR_CORRECTABLE },
	{ "decompressor 1", SSM(0), .reg = EXPRPSSMDCPR(1),
	  .bits = EXPRPSSMDCPR_UNCORRECTABLE | EXPRPSSMDCPR_CORRECTABLE,
	  .correctable = EXPRPSSMDCPR_CORRECTABLE },
	{ "decompressor 2", SSM(0), .reg = EXPRPSSMDCPR(2),
	  .bits = EXPRPSSMDCPR_UNCORRECTABLE | EXPRPSSMDCPR_CORRECTABLE,
	  .correctable = EXPRPSSMDCPR_CORRECTABLE },
};

static void count(atomic_t *counter, u32 errors, bool each)
{
	if (errors)
		atomic_add(each ? hweight32(errors) : 1, counter);
}

/*
 * Clear, count and report one log: the register of @source, or one of its block.
 * Returns true if the device needs a restart.
 */
static bool handle_log(struct qatvf_pf *pf, const struct ras_source *source, u32 reg, u32 bits)
{
	void __iomem *log = (source->sram ? pf->sram : pf->misc) + reg;
	u32 value = readl(log);
	u32 errors = value & bits;

	if (value == QATVF_GONE || !errors)
		return false;

	if (source->clear_reg)
		misc_write(pf, source->clear_reg, source->clear);
	else if (!source->sticky)
		writel(errors | source->keep, log);

	if (errors & ~source->summary)
		errors &= ~source->summary;
	count(&pf->ras.correctable, errors & source->correctable, source->each);
	count(&pf->ras.fatal, errors & source->fatal, source->each);
	count(&pf->ras.uncorrectable, errors & ~(source->correctable | source->fatal),
	      source->each);
	dev_err_ratelimited(&pf->pdev->dev, "%s error: %s, register %#x = %#x\n",
			    errors & source->fatal ? "fatal" :
			    errors & ~source->correctable ? "uncorrectable" : "corrected",
			    source->name, reg, value);
	return errors & source->fatal;
}

static bool handle_source(struct qatvf_pf *pf, const struct ras_source *source)
{
	bool fatal = false;
	unsigned int i;

	if (!source->per_group)
		return handle_log(pf, source, source->reg, source->bits);
	for (i = 0; i < ARRAY_SIZE(slice_groups); i++)
		fatal |= handle_log(pf, source, source->reg + 4 * slice_groups[i].group,
				    slice_groups[i].slices);
	return fatal;
}

static bool handle_slices(struct qatvf_pf *pf)
{
	u32 causes = misc_read(pf, IAINTSTATSSM);
	bool fatal = false;
	unsigned int i;

	if (causes == QATVF_GONE)
		return false;
	/* Before the logs are read: an error that comes after that sets its bit anew. */
	misc_write(pf, IAINTSTATSSM, causes & IAINTSTATSSM_ALL);
	for (i = 0; i < ARRAY_SIZE(ssm_sources); i++)
		if (!ssm_sources[i].ssm_bit || (causes & ssm_sources[i].ssm_bit))
			fatal |= handle_source(pf, &ssm_sources[i]);
	return fatal;
}

/* A ring pair used an address that the IOMMU refused, or none. */
static void handle_address_faults(struct qatvf_pf *pf)
{
	unsigned int rp;
	u32 fault;

	for (rp = 0; rp < QAT_NUM_RPS; rp++) {
		fault = misc_read(pf, ATUFAULTSTATUS(rp));
		if (fault == QATVF_GONE)
			return;
		if (!(fault & ATUFAULTSTATUS_FAULT))
			continue;
		misc_write(pf, ATUFAULTSTATUS(rp), fault);
		atomic_inc(&pf->ras.uncorrectable);
		dev_err_ratelimited(&pf->pdev->dev,
				    "address fault of ring pair %u (VF %u): ATUFAULTSTATUS %#x\n",
				    rp, rp / QAT_RPS_PER_VF, fault);
	}
}

/**
 * qatvf_ras_handle() - handle every error that is pending and not masked
 * @pf: PF
 *
 * After a fatal error all sources stay masked until the next start.
 *
 * Context: interrupt thread.
 */
void qatvf_ras_handle(struct qatvf_pf *pf)
{
	u32 pending[QAT_NUM_ERRSOU];
	bool fatal = false;
	unsigned int i;

	for (i = 0; i < QAT_NUM_ERRSOU; i++)
		pending[i] = qatvf_irq_err_pending(pf, i);

	for (i = 0; i < ARRAY_SIZE(sources); i++)
		if (pending[sources[i].sou] & sources[i].sou_bits)
			fatal |= handle_source(pf, &sources[i]);
	if (pending[2] & ERRSOU2_SSM)
		fatal |= handle_slices(pf);
	if (pending[3] & ERRSOU3_ATU_FAULT)
		handle_address_faults(pf);

	if (fatal) {
		for (i = 0; i < QAT_NUM_ERRSOU; i++)
			qatvf_irq_err_mask(pf, i, U32_MAX);
		qatvf_life_post(pf, QATVF_LIFE_FATAL);
	}
}

static void set_slice_masks(struct qatvf_pf *pf, bool masked)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(slice_groups); i++) {
		unsigned int group = slice_groups[i].group;
		u32 value = masked ? slice_groups[i].slices : 0;

		misc_write(pf, SSMSOFTERRORPARITYMASK(group), value);
		misc_write(pf, SPPPARERRMSK(group), value);
		misc_write(pf, SHINTMASKSSM(group), value);
	}
}

/**
 * qatvf_ras_reset_counters() - begin to count anew
 * @pf: PF
 *
 * Context: any.
 */
void qatvf_ras_reset_counters(struct qatvf_pf *pf)
{
	atomic_set(&pf->ras.correctable, 0);
	atomic_set(&pf->ras.uncorrectable, 0);
	atomic_set(&pf->ras.fatal, 0);
}

/**
 * qatvf_ras_start() - step of bring-up: errors are detected and reported
 * @pf: PF, with its interrupt
 *
 * Context: life worker.
 * Return: 0.
 */
int qatvf_ras_start(struct qatvf_pf *pf)
{
	unsigned int i;

	qatvf_ras_reset_counters(pf);

	misc_write(pf, HIAECORERRLOGENABLE, pf->ae_mask);
	misc_write(pf, HIAEUNCERRLOGENABLE, pf->ae_mask);
	for (i = 0; i < ARRAY_SIZE(controls); i++)
		misc_write(pf, controls[i].reg, controls[i].on);
	misc_write(pf, TIMISCCTL,
		   (misc_read(pf, TIMISCCTL) & TIMISCCTL_KEEP) | TIMISCCTL_ERROR_ENABLE);
	misc_write(pf, SSMFEATREN, misc_read(pf, SSMFEATREN) | SSMFEATREN_ENABLE);
	set_slice_masks(pf, false);
	for (i = 0; i < ARRAY_SIZE(sram_controls); i++)
		writel(sram_controls[i].on, pf->sram + sram_controls[i].reg);

	qatvf_irq_err_unmask(pf, 0, ERRSOU0_ALL);
	qatvf_irq_err_unmask(pf, 1, ERRSOU1_ALL);
	qatvf_irq_err_unmask(pf, 2, ERRSOU2_SSM | ERRSOU2_CFC);
	/* Nothing tells which VF was reset, nor how to clear the source. */
	qatvf_irq_err_unmask(pf, 3, ERRSOU3_ALL & ~ERRSOU3_VFLR);
	return 0;
}

/**
 * qatvf_ras_stop() - undo: errors are not reported any more
 * @pf: PF
 *
 * Context: life worker.
 */
void qatvf_ras_stop(struct qatvf_pf *pf)
{
	unsigned int i;

	for (i = 0; i < QAT_NUM_ERRSOU; i++)
		qatvf_irq_err_mask(pf, i, U32_MAX);

	misc_write(pf, HIAECORERRLOGENABLE, 0);
	misc_write(pf, HIAEUNCERRLOGENABLE, 0);
	for (i = 0; i < ARRAY_SIZE(controls); i++)
		misc_write(pf, controls[i].reg, controls[i].off);
	misc_write(pf, TIMISCCTL, misc_read(pf, TIMISCCTL) & TIMISCCTL_KEEP);
	misc_write(pf, SSMFEATREN, misc_read(pf, SSMFEATREN) & SSMFEATREN_DISABLE_KEEPS);
	set_slice_masks(pf, true);
	for (i = 0; i < ARRAY_SIZE(sram_controls); i++)
		writel(0, pf->sram + sram_controls[i].reg);
}
