// SPDX-License-Identifier: GPL-2.0
/*
 * What started firmware is told and asked before it may serve rings.
 *
 * Facts: reference 03 sections 3 and 5.
 */
#include <linux/bitfield.h>

#include "device.h"

static int send_constants(struct qatvf_pf *pf)
{
	struct qat_admin_req req = {
		.cmd = QAT_ADMIN_CONSTANTS_CFG,
		.buffer_size = cpu_to_le16(QAT_CONSTANTS_SIZE),
		.buffer = cpu_to_le64(pf->admin.constants_dma),
	};

	return qatvf_admin_send(pf, QAT_ADMIN_AE, &req, NULL);
}

static int chain_compression(struct qatvf_pf *pf)
{
	struct qat_admin_req req = { .cmd = QAT_ADMIN_DC_CHAIN_INIT };

	if (!pf->services->dc_chained)
		return 0;
	return qatvf_admin_send_all(pf, pf->ae_mask, &req);
}

/* Engines without compression answer 0. */
static int ask_compression(struct qatvf_pf *pf)
{
	struct qat_admin_req req = { .cmd = QAT_ADMIN_COMP_CAPABILITY_GET };
	unsigned long aes = pf->ae_mask & ~QAT_AE_MASK_ADMIN;
	struct qat_admin_rsp rsp;
	unsigned int ae;
	u32 caps = 0;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = qatvf_admin_send(pf, ae, &req, &rsp);
		if (err)
			return err;
		caps |= le32_to_cpu(rsp.word1);
	}
	pf->ext_dc_caps = caps & QAT_ADMIN_EXT_DC_KNOWN;
	return 0;
}

/* Optional: firmware without the command has none of these functions. */
static void ask_functions(struct qatvf_pf *pf)
{
	struct qat_admin_req req = { .cmd = QAT_ADMIN_CAPABILITIES_GET };
	struct qat_admin_rsp rsp;

	pf->fw_caps = 0;
	if (!qatvf_admin_send(pf, QAT_ADMIN_AE, &req, &rsp))
		pf->fw_caps = le32_to_cpu(rsp.param[0]) & QAT_ADMIN_FW_CAPS_KNOWN;
}

/* Optional: the version is for messages only. */
static void ask_version(struct qatvf_pf *pf)
{
	struct qat_admin_req req = { .cmd = QAT_ADMIN_STATUS_GET };
	struct qat_admin_rsp rsp;
	u32 version;

	if (qatvf_admin_send(pf, 0, &req, &rsp)) {
		strscpy(pf->fw_version, "version unknown", sizeof(pf->fw_version));
		return;
	}
	version = le32_to_cpu(rsp.word1);
	snprintf(pf->fw_version, sizeof(pf->fw_version), "%lu.%lu.%u",
		 FIELD_GET(QAT_ADMIN_VERSION_MAJOR, version),
		 FIELD_GET(QAT_ADMIN_VERSION_MINOR, version), le32_to_cpu(rsp.param[0]));
}

/* A slice that hangs longer than this is reported by the device. */
static void set_watchdogs(struct qatvf_pf *pf)
{
	misc_write(pf, SSMWDTL, SSMWDTL_DEFAULT);
	misc_write(pf, SSMWDTH, 0);
	misc_write(pf, SSMWDTPKEL, SSMWDTPKEL_DEFAULT);
	misc_write(pf, SSMWDTPKEH, 0);
}

/**
 * qatvf_admin_configure() - step of bring-up: make the engines ready for requests
 * @pf: PF, with started engines; its ext_dc_caps, fw_caps and fw_version are set
 *
 * Context: life worker; sleeps, for 5 s at the first message without an answer.
 * Return: 0, or the error of the message that failed.
 */
int qatvf_admin_configure(struct qatvf_pf *pf)
{
	struct qat_admin_req init = { .cmd = QAT_ADMIN_INIT_AE };
	int err;

	err = send_constants(pf);
	if (err)
		return err;
	err = chain_compression(pf);
	if (err)
		return err;
	err = ask_compression(pf);
	if (err)
		return err;
	ask_functions(pf);
	err = qatvf_admin_send_all(pf, pf->ae_mask, &init);
	if (err)
		return err;
	ask_version(pf);
	set_watchdogs(pf);
	return 0;
}
