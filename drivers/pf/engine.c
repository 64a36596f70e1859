// SPDX-License-Identifier: GPL-2.0
/*
 * Acceleration engines before firmware is loaded: reset, clocks, proof that they
 * run, defined contexts.  The order of accesses is that of reference 02 section 8,
 * phases A to E, which is known to work.
 */
#include <linux/bitfield.h>
#include <linux/delay.h>

#include "device.h"

#define CSR_TRIES		501	/* accesses while an engine is busy */
#define RESET_TRIES		101	/* writes until the reset register follows */
#define COUNT_READS		10000	/* reads until a counter has moved */
#define SETTLE_COUNTS		2060	/* until shared memory has initialised itself */

/*
 * An access to a register inside an engine may have to be repeated while the engine
 * is busy (reference 02 section 7.3).
 */
static int csr_settled(struct qatvf_pf *pf, unsigned int ae)
{
	u32 status = misc_read(pf, AE_CSR(ae, AE_LOCAL_CSR_STATUS));

	if (status == QATVF_GONE)
		return -ENODEV;
	return status & AE_LOCAL_CSR_STATUS_BUSY ? -EAGAIN : 0;
}

static int csr_failed(struct qatvf_pf *pf, unsigned int ae, u32 csr, int err)
{
	if (err == -EAGAIN)
		err = -ETIMEDOUT;
	dev_err(&pf->pdev->dev, "engine %u: register %#x cannot be accessed: error %d\n", ae, csr,
		err);
	return err;
}

static int csr_read(struct qatvf_pf *pf, unsigned int ae, u32 csr, u32 *value)
{
	unsigned int tries;
	int err = 0;

	for (tries = 0; tries < CSR_TRIES; tries++) {
		*value = misc_read(pf, AE_CSR(ae, csr));
		err = csr_settled(pf, ae);
		if (err != -EAGAIN)
			break;
	}
	return err ? csr_failed(pf, ae, csr, err) : 0;
}

static int csr_write(struct qatvf_pf *pf, unsigned int ae, u32 csr, u32 value)
{
	unsigned int tries;
	int err = 0;

	for (tries = 0; tries < CSR_TRIES; tries++) {
		misc_write(pf, AE_CSR(ae, csr), value);
		err = csr_settled(pf, ae);
		if (err != -EAGAIN)
			break;
	}
	return err ? csr_failed(pf, ae, csr, err) : 0;
}

/* Write one register of every context of an engine. */
static int contexts_write(struct qatvf_pf *pf, unsigned int ae, u32 csr, u32 value)
{
	unsigned int context;
	u32 pointer;
	int err;

	err = csr_read(pf, ae, AE_CSR_CTX_POINTER, &pointer);
	for (context = 0; !err && context < QAT_CONTEXTS_PER_AE; context++) {
		err = csr_write(pf, ae, AE_CSR_CTX_POINTER, context);
		if (!err)
			err = csr_write(pf, ae, csr, value);
	}
	return err ? err : csr_write(pf, ae, AE_CSR_CTX_POINTER, pointer);
}

static int enable_signatures(struct qatvf_pf *pf)
{
	unsigned long aes = pf->ae_mask;
	unsigned int ae;
	u32 value;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = csr_read(pf, ae, AE_SIGNATURE_ENABLE, &value);
		if (!err)
			err = csr_write(pf, ae, AE_SIGNATURE_ENABLE,
					value | AE_SIGNATURE_ENABLE_BIT);
		if (err)
			return err;
	}
	return 0;
}

static int release_reset(struct qatvf_pf *pf)
{
	unsigned int tries;
	u32 value;

	for (tries = 0; tries < RESET_TRIES; tries++) {
		value = misc_read(pf, ICP_RESET);
		if (value == QATVF_GONE)
			return -ENODEV;
		if (tries && !(value & ICP_GROUPS))
			break;
		misc_write(pf, ICP_RESET, value & ~ICP_GROUPS);
	}
	if (value & ICP_GROUPS) {
		dev_err(&pf->pdev->dev, "engines stay in reset: ICP_RESET %#x\n", value);
		return -EIO;
	}
	misc_write(pf, ICP_GLOBAL_CLK_ENABLE, misc_read(pf, ICP_GLOBAL_CLK_ENABLE) | ICP_GROUPS);
	return 0;
}

static void assert_reset(struct qatvf_pf *pf)
{
	misc_write(pf, ICP_RESET, misc_read(pf, ICP_RESET) | ICP_GROUPS);
}

/* Read an engine's cycle counter until it is @counts further. */
static int wait_counts(struct qatvf_pf *pf, unsigned int ae, unsigned int counts)
{
	unsigned int reads;
	u32 first, now;
	int err;

	err = csr_read(pf, ae, AE_PROFILE_COUNT, &first);
	if (err)
		return err;
	for (reads = 0; reads < COUNT_READS; reads++) {
		err = csr_read(pf, ae, AE_PROFILE_COUNT, &now);
		if (err)
			return err;
		if (((now - first) & AE_PROFILE_COUNT_BITS) >= counts)
			return 0;
	}
	dev_err(&pf->pdev->dev, "engine %u is inactive: PROFILE_COUNT stays near %#x\n", ae,
		now & (u32)AE_PROFILE_COUNT_BITS);
	return -EIO;
}

static int check_alive(struct qatvf_pf *pf)
{
	unsigned long aes = pf->ae_mask;
	unsigned int ae;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = wait_counts(pf, ae, 1);
		if (err)
			return err;
	}
	return 0;
}

/* Contexts disabled, at their first instruction, with defined events. */
static int init_contexts(struct qatvf_pf *pf, unsigned int ae)
{
	int err;

	err = csr_write(pf, ae, AE_CTX_ENABLES, 0);
	if (!err)
		err = contexts_write(pf, ae, AE_CTX_STS_INDIRECT, 0);
	if (!err)
		err = csr_write(pf, ae, AE_CTX_ARB_CNTL, 0);
	if (!err)
		err = csr_write(pf, ae, AE_CC_ENABLE, AE_CC_ENABLE_VALUE);
	if (!err)
		err = contexts_write(pf, ae, AE_CTX_WAKEUP_EVENTS_INDIRECT, 1);
	if (!err)
		err = contexts_write(pf, ae, AE_CTX_SIG_EVENTS_INDIRECT, 1);
	return err;
}

/* The engines count time together from here. */
static int restart_timestamps(struct qatvf_pf *pf)
{
	unsigned long aes = pf->ae_mask;
	u32 control = misc_read(pf, MISC_CONTROL) & ~MISC_CONTROL_TIMESTAMP;
	unsigned int ae;
	int err;

	misc_write(pf, MISC_CONTROL, control);
	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = csr_write(pf, ae, AE_TIMESTAMP_LOW, 0);
		if (!err)
			err = csr_write(pf, ae, AE_TIMESTAMP_HIGH, 0);
		if (err)
			return err;
	}
	misc_write(pf, MISC_CONTROL, control | MISC_CONTROL_TIMESTAMP);
	return 0;
}

static int leave_reset(struct qatvf_pf *pf)
{
	unsigned long aes = pf->ae_mask;
	unsigned int ae;
	int err;

	err = release_reset(pf);
	if (err)
		return err;
	err = check_alive(pf);
	if (err)
		return err;
	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = init_contexts(pf, ae);
		if (err)
			return err;
	}
	err = wait_counts(pf, 0, SETTLE_COUNTS);
	if (err)
		return err;
	return restart_timestamps(pf);
}

static void clear_transfer_registers(struct qatvf_pf *pf)
{
	unsigned long aes = pf->ae_mask;
	unsigned int ae, i;

	for_each_set_bit(ae, &aes, QAT_NUM_AES)
		for (i = 0; i < AE_NUM_XFER; i++)
			misc_write(pf, AE_XFER(ae, i), 0);
}

/**
 * qatvf_engines_reset() - step of bring-up: engines out of reset, idle, defined
 * @pf: PF, powered up
 *
 * Context: life worker; busy for some ten thousand register accesses.
 * Return: 0, -EIO if an engine does not run, -ETIMEDOUT if one stays busy, -ENODEV
 * if the device does not answer.
 */
int qatvf_engines_reset(struct qatvf_pf *pf)
{
	int err;

	err = enable_signatures(pf);
	if (err)
		return err;
	err = leave_reset(pf);
	if (err)
		return err;
	clear_transfer_registers(pf);
	assert_reset(pf);
	return leave_reset(pf);
}

/**
 * qatvf_engine_idle() - may firmware be loaded into an engine?
 * @pf: PF
 * @ae: engine
 *
 * Context: life worker.
 * Return: 0, -EBUSY if it runs already, or the error of the access.
 */
int qatvf_engine_idle(struct qatvf_pf *pf, unsigned int ae)
{
	u32 enables, active;
	int err;

	err = csr_read(pf, ae, AE_CTX_ENABLES, &enables);
	if (!err)
		err = csr_read(pf, ae, AE_ACTIVE_CTX_STATUS, &active);
	if (err)
		return err;
	if ((enables & AE_CTX_ENABLES_CONTEXTS) || (active & AE_ACTIVE_CTX_STATUS_ACTIVE)) {
		dev_err(&pf->pdev->dev, "engine %u runs before it is loaded: CTX_ENABLES %#x, ACTIVE_CTX_STATUS %#x\n",
			ae, enables, active);
		return -EBUSY;
	}
	return 0;
}
