// SPDX-License-Identifier: GPL-2.0
/*
 * What the VF asks the PF before it starts: do we understand each other, what
 * can the device do, which ring pair serves what.  The PF may be older than we
 * are, or lie; nothing it says is used unchecked.
 * Facts: reference 04 sections 5, 6.
 */
#include "compat.h"
#include "device.h"
#include "qatvf/pfvf_codec.h"

/* A block is asked for again when its CRC or a reply does not fit. */
#define BLOCK_TRIES	3

/* What a PF too old for the capability block serves. */
#define DEFAULT_CAPABILITIES	(QAT_CAP_SYM | QAT_CAP_ASYM | QAT_CAP_CIPHER | \
				 QAT_CAP_AUTH)

static int negotiate_version(struct qatvf_vf *vf)
{
	struct device *dev = &vf->pdev->dev;
	unsigned int verdict;
	u32 data;
	int err;

	err = vf_mailbox_request(vf, PFVF_VF2PF_COMPAT_REQ, PFVF_V_OURS,
				 PFVF_PF2VF_VERSION_RESP, &data);
	if (err)
		return err;
	vf->pf_version = PFVF_VERSION_RESP_VERSION(data);
	verdict = PFVF_VERSION_RESP_VERDICT(data);
	if (verdict == PFVF_COMPATIBLE || verdict == PFVF_VF_NEWER)
		return 0;
	dev_err(dev, "the PF speaks mailbox version %u and refuses ours (%u): verdict %u\n",
		vf->pf_version, PFVF_V_OURS, verdict);
	return -EPROTO;
}

/*
 * A reply of the other kind is that to an earlier question, come too late; a data byte
 * for a data byte shows in the CRC.  Both mean that the block has to be asked for anew.
 */
static int block_byte(struct qatvf_vf *vf, enum pfvf_block block,
		      unsigned int index, bool crc, u8 *byte)
{
	unsigned int kind;
	u32 data;
	int err;

	err = vf_mailbox_request(vf, PFVF_VF2PF_SMALL_BLOCK,
				 PFVF_SMALL_BLOCK_REQ(block, index, crc),
				 PFVF_PF2VF_BLOCK_RESP, &data);
	if (err)
		return err;
	kind = PFVF_BLOCK_RESP_KIND(data);
	if (kind != PFVF_BLOCK_DATA && kind != PFVF_BLOCK_CRC)
		return -EPROTO;
	if (kind != (crc ? PFVF_BLOCK_CRC : PFVF_BLOCK_DATA))
		return -EBADMSG;
	*byte = PFVF_BLOCK_RESP_VALUE(data);
	return 0;
}

static int fetch_block_once(struct qatvf_vf *vf, enum pfvf_block block, u8 *buf,
			    unsigned int size)
{
	unsigned int i, total = PFVF_BLOCK_HEADER;
	u8 crc;
	int err;

	for (i = 0; i < total; i++) {
		err = block_byte(vf, block, i, false, &buf[i]);
		if (err)
			return err;
		/* The second byte tells how many follow. */
		if (i == 1)
			total = min(size, PFVF_BLOCK_HEADER + buf[1]);
	}
	if (!buf[0] || !buf[1])
		return -EPROTO;
	err = block_byte(vf, block, total - 1, true, &crc);
	if (err)
		return err;
	return crc == qatvf_pfvf_crc8(buf, total) ? (int)total : -EBADMSG;
}

/* Returns the bytes fetched, at most @size. */
static int fetch_block(struct qatvf_vf *vf, enum pfvf_block block, u8 *buf,
		       unsigned int size)
{
	int tries = BLOCK_TRIES, ret;

	do {
		memset(buf, 0, size);
		ret = fetch_block_once(vf, block, buf, size);
	} while (ret == -EBADMSG && --tries);
	if (ret < 0)
		dev_err(&vf->pdev->dev, "mailbox block %d cannot be read: error %d\n",
			block, ret);
	return ret;
}

/* What a device compresses is used only if it has checked that it is right. */
static void drop_unverified(struct qatvf_vf *vf, u32 ext_dc)
{
	if (!(ext_dc & QAT_EXT_DC_VERIFY))
		vf->capabilities &= ~(QAT_CAP_COMPRESSION | QAT_CAP_LZ4 |
				      QAT_CAP_LZ4S);
}

static int ask_capabilities(struct qatvf_vf *vf)
{
	u8 block[PFVF_CAPS_V2_SIZE];
	int ret;

	vf->capabilities = DEFAULT_CAPABILITIES;
	if (vf->pf_version < PFVF_V_CAPABILITIES)
		return 0;
	ret = fetch_block(vf, PFVF_BLOCK_CAPABILITIES, block, sizeof(block));
	if (ret < 0)
		return ret;
	/* The mask came with version 2 of the block. */
	if (ret < PFVF_CAPS_V2_SIZE)
		return 0;
	vf->capabilities = get_unaligned_le32(block + PFVF_CAPS_MASK);
	drop_unverified(vf, get_unaligned_le32(block + PFVF_CAPS_EXT_DC));
	return 0;
}

static int ask_ring_map(struct qatvf_vf *vf)
{
	u8 block[PFVF_RING_MAP_SIZE];
	u16 map;
	int ret;

	vf->ring_map = QAT_DEFAULT_RING_MAP;
	if (vf->pf_version < PFVF_V_RING_MAP)
		return 0;
	ret = fetch_block(vf, PFVF_BLOCK_RING_MAP, block, sizeof(block));
	if (ret < 0)
		return ret;
	map = get_unaligned_le16(block + PFVF_BLOCK_HEADER);
	if (ret < PFVF_RING_MAP_SIZE || !qatvf_pfvf_ring_map_valid(map)) {
		dev_err(&vf->pdev->dev, "the PF sent a ring map that makes no sense: 0x%04x\n",
			map);
		return -EPROTO;
	}
	/* No map at all means the default one, too. */
	if (map)
		vf->ring_map = map;
	return 0;
}

/**
 * vf_negotiate() - ask the PF all a VF has to know
 * @vf: VF with an open mailbox; pf_version, capabilities and ring_map are filled
 *
 * Context: process context, sleeps; bounded.
 * Return: 0, -ETIMEDOUT if the PF is silent, -EPROTO or -EBADMSG if what it
 * says makes no sense, -ENODEV if the VF is gone.
 */
int vf_negotiate(struct qatvf_vf *vf)
{
	return negotiate_version(vf) ?:
	       ask_capabilities(vf) ?:
	       ask_ring_map(vf);
}
