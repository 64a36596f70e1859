// SPDX-License-Identifier: GPL-2.0
/*
 * Combinations of services: one row each, and the arithmetic that turns a row
 * into engine maps, the ring-to-service map and capabilities.  Nothing outside
 * this file asks which services are configured.
 *
 * Arbiter i serves the ring pairs whose number is i modulo 4 (reference 03
 * section 6).
 */
#include <linux/bits.h>
#include <linux/string.h>

#include "device.h"

/* Threads of an engine; the public key ones depend on the device. */
#define THREADS_NONE	0x00
#define THREADS_SYM	0x7f
#define THREADS_DC	0x03
#define THREADS_CHAINED	0x0f
#define THREADS_ASYM	0xff	/* no engine lends its admin thread 7: a marker */

#define ARBITERS_ALL	0xf
#define ARBITERS_EVEN	0x5
#define ARBITERS_ODD	0xa

#define MAP(a, b, c, d)	(QAT_SVC_##a | QAT_SVC_##b << 3 | QAT_SVC_##c << 6 | QAT_SVC_##d << 9)

/* Capability bits (reference 01 section 3.3) */
#define CAP_SYMMETRIC		BIT(0)
#define CAP_ASYMMETRIC		BIT(1)
#define CAP_CIPHER		BIT(2)
#define CAP_AUTHENTICATION	BIT(3)
#define CAP_COMPRESSION		BIT(5)
#define CAP_SHA3		BIT(9)
#define CAP_HKDF		BIT(12)
#define CAP_ECEDMONT		BIT(13)
#define CAP_SHA3_EXT		BIT(15)
#define CAP_AESGCM_SPC		BIT(16)
#define CAP_CHACHA_POLY		BIT(17)
#define CAP_SM2			BIT(18)
#define CAP_SM3			BIT(19)
#define CAP_SM4			BIT(20)
#define CAP_CNV_INTEGRITY64	BIT(23)
#define CAP_LZ4			BIT(24)
#define CAP_LZ4S		BIT(25)
#define CAP_AES_V2		BIT(26)

/* In a group, group 0 first: engines 0 to 3, then engines 4 to 7. */
static const struct qatvf_services services[] = {
	{
		.name = "sym;asym",
		.alias = "asym;sym",
		.group = {
			{ QATVF_OBJECT_ASYM, THREADS_ASYM, ARBITERS_EVEN },
			{ QATVF_OBJECT_SYM, THREADS_SYM, ARBITERS_ODD },
		},
		.ring_map = MAP(ASYM, SYM, ASYM, SYM),
	}, {
		.name = "dc",
		.group = {
			{ QATVF_OBJECT_DC, THREADS_DC, ARBITERS_ALL },
			{ QATVF_OBJECT_DC, THREADS_DC, ARBITERS_ALL },
		},
		.ring_map = MAP(COMPRESSION, COMPRESSION, COMPRESSION, COMPRESSION),
	}, {
		.name = "sym",
		.group = {
			{ QATVF_OBJECT_SYM, THREADS_SYM, ARBITERS_ALL },
			{ QATVF_OBJECT_SYM, THREADS_SYM, ARBITERS_ALL },
		},
		.ring_map = MAP(SYM, SYM, SYM, SYM),
	}, {
		.name = "asym",
		.group = {
			{ QATVF_OBJECT_ASYM, THREADS_ASYM, ARBITERS_ALL },
			{ QATVF_OBJECT_ASYM, THREADS_ASYM, ARBITERS_ALL },
		},
		.ring_map = MAP(ASYM, ASYM, ASYM, ASYM),
	}, {
		.name = "asym;dc",
		.alias = "dc;asym",
		.group = {
			{ QATVF_OBJECT_DC, THREADS_DC, ARBITERS_EVEN },
			{ QATVF_OBJECT_ASYM, THREADS_ASYM, ARBITERS_ODD },
		},
		.ring_map = MAP(COMPRESSION, ASYM, COMPRESSION, ASYM),
	}, {
		.name = "sym;dc",
		.alias = "dc;sym",
		.group = {
			{ QATVF_OBJECT_DC, THREADS_DC, ARBITERS_EVEN },
			{ QATVF_OBJECT_SYM, THREADS_SYM, ARBITERS_ODD },
		},
		.ring_map = MAP(COMPRESSION, SYM, COMPRESSION, SYM),
	}, {
		/* Compression that hands over to symmetric engines, which own no ring. */
		.name = "dcc",
		.group = {
			{ QATVF_OBJECT_SYM, THREADS_NONE, 0 },
			{ QATVF_OBJECT_DC, THREADS_CHAINED, ARBITERS_ALL },
		},
		.ring_map = MAP(COMPRESSION, COMPRESSION, COMPRESSION, COMPRESSION),
		.caps_hidden = CAP_SYMMETRIC,
		.dc_chained = true,
	},
};

static const u32 object_caps[QATVF_NUM_OBJECTS] = {
	[QATVF_OBJECT_SYM] = CAP_SYMMETRIC | CAP_CIPHER | CAP_AUTHENTICATION | CAP_SHA3 |
			     CAP_HKDF | CAP_SHA3_EXT | CAP_AESGCM_SPC | CAP_CHACHA_POLY |
			     CAP_SM3 | CAP_SM4 | CAP_AES_V2,
	[QATVF_OBJECT_ASYM] = CAP_ASYMMETRIC | CAP_CIPHER | CAP_ECEDMONT | CAP_SM2,
	[QATVF_OBJECT_DC] = CAP_COMPRESSION | CAP_CNV_INTEGRITY64 | CAP_LZ4 | CAP_LZ4S,
};

/* What a fused-off slice takes away from an object. */
static const struct {
	u32 fuse;
	enum qatvf_object object;
	u32 caps;
} fuse_caps[] = {
	{ FUSECTL1_CIPHER, QATVF_OBJECT_SYM, CAP_SYMMETRIC | CAP_HKDF | CAP_CIPHER },
	{ FUSECTL1_AUTH, QATVF_OBJECT_SYM,
	  CAP_AUTHENTICATION | CAP_SHA3 | CAP_SHA3_EXT | CAP_CIPHER },
	{ FUSECTL1_PKE, QATVF_OBJECT_ASYM, CAP_ASYMMETRIC | CAP_SM2 | CAP_ECEDMONT },
	{ FUSECTL1_COMPRESS, QATVF_OBJECT_DC,
	  CAP_COMPRESSION | CAP_LZ4 | CAP_LZ4S | CAP_CNV_INTEGRITY64 },
	{ FUSECTL1_UCS, QATVF_OBJECT_SYM,
	  CAP_CHACHA_POLY | CAP_AESGCM_SPC | CAP_AES_V2 | CAP_CIPHER },
	{ FUSECTL1_SMX, QATVF_OBJECT_SYM, CAP_SM3 | CAP_SM4 },
};

#define CAPS_LEADING	(CAP_SYMMETRIC | CAP_ASYMMETRIC | CAP_COMPRESSION)

static const u32 group_mask[QATVF_GROUPS] = { QAT_AE_MASK_GROUP0, QAT_AE_MASK_GROUP1 };

/**
 * qatvf_services_default() - what a PF serves when nobody says otherwise
 *
 * Return: name for qatvf_services_find().
 */
const char *qatvf_services_default(void)
{
	return services[0].name;
}

/**
 * qatvf_services_find() - row of a combination
 * @name: services, separated by semicolons, in either order
 *
 * Return: constant row, or NULL if there is no such combination.
 */
const struct qatvf_services *qatvf_services_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		if (!strcmp(services[i].name, name) ||
		    (services[i].alias && !strcmp(services[i].alias, name)))
			return &services[i];
	return NULL;
}

static u32 capabilities(enum qatvf_object object, u32 slices_off)
{
	u32 caps = object_caps[object];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fuse_caps); i++)
		if (fuse_caps[i].object == object && (slices_off & fuse_caps[i].fuse))
			caps &= ~fuse_caps[i].caps;
	return caps;
}

/**
 * qatvf_services_text() - a combination as somebody wrote it
 * @row: what qatvf_services_find() returned
 * @name: for this name
 *
 * Return: constant string, equal to @name.
 */
const char *qatvf_services_text(const struct qatvf_services *row, const char *name)
{
	return strcmp(row->name, name) ? row->alias : row->name;
}

/**
 * struct offer - what remains of a combination on the device at hand
 * @capabilities: that rings offer
 * @wanted:	that rings would offer if nothing were fused off
 * @ring_map:	service of each ring pair of four
 */
struct offer {
	u32 capabilities;
	u32 wanted;
	u16 ring_map;
};

/*
 * A ring pair whose engines are absent is announced as serving nothing; a service
 * whose slices are absent is not announced in the capabilities.
 */
static struct offer work_out(struct qatvf_pf *pf, const struct qatvf_services *row)
{
	struct offer offer = { };
	unsigned int g, rp;
	u8 arbiters = 0;

	for (g = 0; g < QATVF_GROUPS; g++) {
		offer.wanted |= object_caps[row->group[g].object];
		if (!(pf->ae_mask & group_mask[g]))
			continue;
		arbiters |= row->group[g].arbiters;
		offer.capabilities |= capabilities(row->group[g].object, pf->slices_off);
	}
	offer.capabilities &= ~row->caps_hidden;
	offer.wanted &= ~row->caps_hidden;

	for (rp = 0; rp < QAT_RPS_PER_VF; rp++)
		if (arbiters & BIT(rp))
			offer.ring_map |= row->ring_map & (0x7 << 3 * rp);
	return offer;
}

/**
 * qatvf_services_check() - can a PF serve a combination?
 * @pf: PF, with its fuses read
 * @row: combination
 *
 * Context: process context.
 * Return: 0, or -ENODEV if nothing of it remains.
 */
int qatvf_services_check(struct qatvf_pf *pf, const struct qatvf_services *row)
{
	struct offer offer = work_out(pf, row);
	struct device *dev = &pf->pdev->dev;

	if (!(offer.capabilities & CAPS_LEADING) || !offer.ring_map) {
		dev_warn(dev, "services %s are fused off (config %#x = %#x, engines %#x)\n",
			 row->name, QAT_CFG_FUSECTL1, pf->slices_off, pf->ae_mask);
		return -ENODEV;
	}
	if ((offer.capabilities ^ offer.wanted) & CAPS_LEADING)
		dev_warn(dev, "part of the services %s is fused off (config %#x = %#x, engines %#x)\n",
			 row->name, QAT_CFG_FUSECTL1, pf->slices_off, pf->ae_mask);
	return 0;
}

/**
 * qatvf_services_apply() - step of bring-up: serve what is set
 * @pf: PF; its services, capabilities and ring_map are set
 *
 * Context: life worker.
 * Return: 0.
 */
int qatvf_services_apply(struct qatvf_pf *pf)
{
	struct offer offer = work_out(pf, pf->settings.services);

	pf->services = pf->settings.services;
	pf->capabilities = offer.capabilities;
	WRITE_ONCE(pf->ring_map, offer.ring_map);
	return 0;
}

/**
 * qatvf_services_threads() - arbiters that each thread of an engine serves
 * @pf: PF
 * @ae: engine
 *
 * Return: value for WT2SAM: a nibble of arbiters for each thread.
 */
u32 qatvf_services_threads(struct qatvf_pf *pf, unsigned int ae)
{
	unsigned int g, thread;
	u32 value = 0;
	u8 threads;

	for (g = 0; g < QATVF_GROUPS; g++) {
		if (!(group_mask[g] & BIT(ae)))
			continue;
		threads = pf->services->group[g].threads;
		if (threads == THREADS_ASYM)
			threads = pf->hw->asym_threads;
		for (thread = 0; thread < QAT_CONTEXTS_PER_AE; thread++)
			if (threads & BIT(thread))
				value |= (u32)pf->services->group[g].arbiters << 4 * thread;
	}
	return value;
}

/* What configurations call the service of an object. */
static const u8 object_service[QATVF_NUM_OBJECTS] = {
	[QATVF_OBJECT_SYM] = BIT(QATVF_CONFIG_SYM),
	[QATVF_OBJECT_ASYM] = BIT(QATVF_CONFIG_ASYM),
	[QATVF_OBJECT_DC] = BIT(QATVF_CONFIG_DC),
};

static const u8 ring_service[QAT_SVC_COUNT] = {
	[QAT_SVC_SYM] = BIT(QATVF_CONFIG_SYM),
	[QAT_SVC_ASYM] = BIT(QATVF_CONFIG_ASYM),
	[QAT_SVC_COMPRESSION] = BIT(QATVF_CONFIG_DC),
};

/**
 * qatvf_services_visible() - what a VF is told that may not see all services
 * @pf: PF
 * @services: those that it may see, bit per enum qatvf_config_service; 0: all
 * @ring_map: set to the service of each of its ring pairs
 *
 * This is information only: the hardware serves its ring pairs as those of all VFs.
 *
 * Context: any.
 * Return: capabilities.
 */
u32 qatvf_services_visible(struct qatvf_pf *pf, u8 services, u16 *ring_map)
{
	unsigned int object, rp;
	u32 caps = 0;

	*ring_map = pf->ring_map;
	if (!services)
		return pf->capabilities;
	for (object = 0; object < QATVF_NUM_OBJECTS; object++)
		if (object_service[object] & services)
			caps |= object_caps[object];
	for (rp = 0; rp < QAT_RPS_PER_VF; rp++)
		if (!(ring_service[QAT_RP_SERVICE(pf->ring_map, rp)] & services))
			*ring_map &= ~(0x7 << 3 * rp);
	return pf->capabilities & caps;
}
