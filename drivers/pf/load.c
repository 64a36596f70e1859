// SPDX-License-Identifier: GPL-2.0
/*
 * Loading: handing signed images to the firmware control unit, which authenticates
 * them, loads them into engines and starts these.
 *
 * Facts: reference 02 section 6.
 */
#include <linux/bitfield.h>
#include <linux/dma-mapping.h>
#include <linux/iopoll.h>

#include "device.h"

/*
 * The unit is given its first 10 ms unobserved: nothing says how soon the result
 * of the last command disappears.
 */
#define POLL_US		10000
#define TIMEOUT_US	3010000

/**
 * struct fcu_image - an image in DMA memory
 * @buffer:	as the unit reads it
 * @dma:	its bus address
 * @size:	its bytes
 */
struct fcu_image {
	struct qat_fcu_buffer *buffer;
	dma_addr_t dma;
	size_t size;
};

/* The value of FCU_STATUS that ended the wait is in @status. */
static int fcu_wait(struct qatvf_pf *pf, u32 mask, u32 wanted, enum fcu_result failure,
		    u32 *status)
{
	u32 value;
	int err;

	err = read_poll_timeout(misc_read, value,
				value == QATVF_GONE || (value & mask) == wanted ||
				FIELD_GET(FCU_STATUS_RESULT, value) == failure,
				POLL_US, TIMEOUT_US, true, pf, FCU_STATUS);
	*status = value;
	if (err)
		return err;
	if (value == QATVF_GONE)
		return -ENODEV;
	return (value & mask) == wanted ? 0 : -EIO;
}

static struct qat_fcu_addr fcu_addr(dma_addr_t dma)
{
	return (struct qat_fcu_addr){
		.high = cpu_to_le32(upper_32_bits(dma)),
		.low = cpu_to_le32(lower_32_bits(dma)),
	};
}

static void describe(struct fcu_image *fcu, const struct qatvf_signed_image *image, u32 ae_mask)
{
	struct qat_fcu_desc *desc = &fcu->buffer->desc;
	dma_addr_t payload = fcu->dma + offsetof(struct qat_fcu_buffer, payload);

	desc->img_len = cpu_to_le32(image->payload_size);
	desc->css = fcu_addr(fcu->dma + offsetof(struct qat_fcu_buffer, css));
	desc->image = fcu_addr(payload);
	desc->signature = fcu_addr(fcu->dma + offsetof(struct qat_fcu_buffer, signature));
	desc->key = fcu_addr(fcu->dma + offsetof(struct qat_fcu_buffer, modulus));

	if (image->fw_type == QAT_CSS_FW_MMP) {
		desc->insts = fcu_addr(payload);
		return;
	}
	desc->ae_mask = cpu_to_le32(ae_mask);
	desc->mode_data = fcu_addr(payload);
	desc->init_data = fcu_addr(payload + sizeof(struct qat_simg));
	desc->insts = fcu_addr(payload + sizeof(struct qat_simg) + QAT_INIT_SEQUENCE_SIZE);
}

/*
 * Copy an image to where the unit can read it.  Engine images always get room for
 * the largest one, as in the drivers that the unit is known to work with.
 */
static int map_image(struct qatvf_pf *pf, const struct qatvf_signed_image *image, u32 ae_mask,
		     struct fcu_image *fcu)
{
	const u8 *header = image->header;
	struct qat_fcu_buffer *buffer;

	fcu->size = sizeof(*buffer) + (image->fw_type == QAT_CSS_FW_AE ? QAT_AE_PAYLOAD_MAX :
				       image->payload_size);
	buffer = dma_alloc_coherent(&pf->pdev->dev, fcu->size, &fcu->dma, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;

	fcu->buffer = buffer;
	memcpy(&buffer->css, header, sizeof(buffer->css));
	memcpy(buffer->modulus, header + offsetof(struct qat_signed_header, modulus),
	       sizeof(buffer->modulus));
	memcpy(&buffer->exponent, header + offsetof(struct qat_signed_header, exponent),
	       sizeof(buffer->exponent));
	memcpy(buffer->signature, header + offsetof(struct qat_signed_header, signature),
	       sizeof(buffer->signature));
	memcpy(buffer->payload, image->payload, image->payload_size);
	describe(fcu, image, ae_mask);
	return 0;
}

static void unmap_image(struct qatvf_pf *pf, struct fcu_image *fcu)
{
	dma_free_coherent(&pf->pdev->dev, fcu->size, fcu->buffer, fcu->dma);
}

static int authenticate(struct qatvf_pf *pf, const struct fcu_image *fcu, const char *name)
{
	u32 status;
	int err;

	misc_write(pf, FCU_DRAM_ADDR_HI, upper_32_bits(fcu->dma));
	misc_write(pf, FCU_DRAM_ADDR_LO, lower_32_bits(fcu->dma));
	misc_write(pf, FCU_CONTROL, FCU_CONTROL_AUTH);
	err = fcu_wait(pf, FCU_STATUS_RESULT | FCU_STATUS_AUTHFWLD,
		       FCU_VERI_DONE | FCU_STATUS_AUTHFWLD, FCU_VERI_FAIL, &status);
	if (err)
		dev_err(&pf->pdev->dev, "firmware %s: not authenticated, FCU_STATUS %#x, error %d%s\n",
			name, status, err,
			FIELD_GET(FCU_STATUS_RESULT, status) == FCU_VERI_FAIL ?
			": the device refuses its signature; damaged, or not made by Intel?" : "");
	return err;
}

/* The command is given; wait until the unit reports all of @ae_mask loaded. */
static int wait_loaded(struct qatvf_pf *pf, u32 ae_mask, const char *name)
{
	u32 status, loaded = 0;
	int err;

	err = fcu_wait(pf, FCU_STATUS_RESULT, FCU_LOAD_DONE, FCU_LOAD_FAIL, &status);
	if (!err)
		err = read_poll_timeout(misc_read, loaded, (loaded & ae_mask) == ae_mask,
					POLL_US, TIMEOUT_US, false, pf, FCU_AE_LOADED);
	if (!err && loaded == QATVF_GONE)
		err = -ENODEV;
	if (err)
		dev_err(&pf->pdev->dev, "firmware %s: not loaded into engines %#x, FCU_STATUS %#x, FCU_AE_LOADED %#x, error %d\n",
			name, ae_mask, status, loaded, err);
	return err;
}

/* Worker engines are loaded together, and only while every engine is idle. */
static int load_workers(struct qatvf_pf *pf, u32 ae_mask, const char *name)
{
	unsigned long aes = pf->ae_mask;
	unsigned int ae;
	int err;

	for_each_set_bit(ae, &aes, QAT_NUM_AES) {
		err = qatvf_engine_idle(pf, ae);
		if (err)
			return err;
	}
	misc_write(pf, FCU_BROADCAST_MASK, ae_mask);
	misc_write(pf, FCU_CONTROL, FCU_CONTROL_LOAD);
	return wait_loaded(pf, ae_mask, name);
}

static int load_admin(struct qatvf_pf *pf, const char *name)
{
	int err = qatvf_engine_idle(pf, QAT_ADMIN_AE);

	if (err)
		return err;
	misc_write(pf, FCU_CONTROL,
		   FCU_CONTROL_LOAD | FCU_CONTROL_ONE_AE | FCU_CONTROL_AE(QAT_ADMIN_AE));
	return wait_loaded(pf, QAT_AE_MASK_ADMIN, name);
}

/* @ae_mask 0: authenticate only.  @object may be NULL. */
static int load_image(struct qatvf_pf *pf, const struct qatvf_signed_image *image, u32 ae_mask,
		      const char *file, const char *object)
{
	struct fcu_image fcu;
	char name[64];	/* for messages */
	int err;

	snprintf(name, sizeof(name), "%s%s%s", file, object ? ", " : "", object ? object : "");
	err = map_image(pf, image, ae_mask, &fcu);
	if (err)
		return err;
	err = authenticate(pf, &fcu, name);
	/* The buffer stays until LOAD is done: the unit may read it again. */
	if (!err && (ae_mask & QAT_AE_MASK_ADMIN))
		err = load_admin(pf, name);
	else if (!err && ae_mask)
		err = load_workers(pf, ae_mask, name);
	unmap_image(pf, &fcu);
	return err;
}

/**
 * qatvf_load() - step of bring-up: all engines loaded
 * @pf: PF, with checked firmware files and idle engines
 *
 * Context: life worker; sleeps 80 ms, and 3 s at the first command that hangs.
 * Return: 0, -EIO if an image is refused, -ETIMEDOUT, -ENODEV if the device does not
 * answer, -EBUSY if an engine runs already, -ENOMEM.
 */
int qatvf_load(struct qatvf_pf *pf)
{
	struct qatvf_firmware *fw = &pf->firmware;
	unsigned int i, k;
	int err;

	err = load_image(pf, &fw->mmp_image, 0, pf->hw->mmp, NULL);
	if (err)
		return err;

	for (i = 0; i < fw->num_loads; i++) {
		const struct qatvf_suof *suof = &fw->load[i].suof;

		for (k = 0; k < suof->num_images; k++) {
			err = load_image(pf, &suof->images[k],
					 suof->images[k].ae_mask & fw->load[i].ae_mask,
					 pf->hw->firmware, fw->load[i].name);
			if (err)
				return err;
		}
	}
	/* The engines have it now, and this is a megabyte. */
	qatvf_firmware_put(pf);
	return 0;
}

/**
 * qatvf_load_start() - step of bring-up: engines run
 * @pf: PF, loaded
 *
 * Context: life worker; sleeps 10 ms, 3 s at most.
 * Return: 0, -ETIMEDOUT, or -ENODEV if the device does not answer.
 */
int qatvf_load_start(struct qatvf_pf *pf)
{
	u32 status;
	int err;

	misc_write(pf, FCU_CONTROL, FCU_CONTROL_START);
	err = fcu_wait(pf, FCU_STATUS_DONE, FCU_STATUS_DONE, FCU_LOAD_FAIL, &status);
	if (err)
		dev_err(&pf->pdev->dev, "engines do not start: FCU_STATUS %#x, error %d\n", status,
			err);
	return err;
}
