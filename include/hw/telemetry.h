/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Telemetry: what the firmware publishes about once a second.  Layouts only, no logic.
 *
 * Facts: reference 03 section 11.
 */
#ifndef QATVF_HW_TELEMETRY_H
#define QATVF_HW_TELEMETRY_H

#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define QAT_TL_SLICES		24	/* entries for each type of slice */
#define QAT_TL_RPS		4	/* ring pairs that are watched at a time */
#define QAT_TL_NO_RP		0xff
#define QAT_TL_CYCLE_NS		2
#define QAT_TL_BANDWIDTH_BYTES	64	/* unit of bandwidth, each second */

/**
 * struct qat_tl_slice - one slice
 * @exec:	runs
 * @util:	busy, per cent
 */
struct qat_tl_slice {
	__le32 exec;
	__le32 util;
};

/**
 * struct qat_tl_device - the whole device
 * @read_latency: of PCIe reads, cycles, sum
 * @get_put_latency: of requests, cycles, sum
 * @page_latency: of page requests, cycles, sum
 * @translation_latency: of address translations, cycles, sum
 * @empty:	time without requests, sum
 * @transactions: partial PCIe transactions
 * @read_latency_max: cycles
 * @reads:	completed PCIe reads
 * @get_put_latency_max: cycles
 * @puts:	requests done
 * @bandwidth_in: PCIe writes
 * @bandwidth_out: PCIe reads
 * @pages:	page requests
 * @translations: address translations
 * @tlb_used:	most entries in use
 * @empties:	samples in @empty
 * @reserved:	zero
 * @ath:	authentication slices
 * @cph:	cipher slices
 * @cpr:	compressors
 * @xlt:	translators
 * @dcpr:	decompressors
 * @pke:	public key slices
 * @ucs:	unified crypto slices
 * @wat:	wireless authentication slices
 * @wcp:	wireless cipher slices
 */
struct qat_tl_device {
	__le64 read_latency;
	__le64 get_put_latency;
	__le64 page_latency;
	__le64 translation_latency;
	__le64 empty;
	__le32 transactions;
	__le32 read_latency_max;
	__le32 reads;
	__le32 get_put_latency_max;
	__le32 puts;
	__le32 bandwidth_in;
	__le32 bandwidth_out;
	__le32 pages;
	__le32 translations;
	__le32 tlb_used;
	__le32 empties;
	__le32 reserved;
	struct qat_tl_slice ath[QAT_TL_SLICES];
	struct qat_tl_slice cph[QAT_TL_SLICES];
	struct qat_tl_slice cpr[QAT_TL_SLICES];
	struct qat_tl_slice xlt[QAT_TL_SLICES];
	struct qat_tl_slice dcpr[QAT_TL_SLICES];
	struct qat_tl_slice pke[QAT_TL_SLICES];
	struct qat_tl_slice ucs[QAT_TL_SLICES];
	struct qat_tl_slice wat[QAT_TL_SLICES];
	struct qat_tl_slice wcp[QAT_TL_SLICES];
};

static_assert(offsetof(struct qat_tl_device, transactions) == 0x28);
static_assert(offsetof(struct qat_tl_device, ath) == 0x58);
static_assert(offsetof(struct qat_tl_device, wcp) == 0x658);
static_assert(sizeof(struct qat_tl_device) == 0x718);

/**
 * struct qat_tl_rp - one ring pair
 * @get_put_latency: of requests, cycles, sum
 * @reserved0:	zero
 * @transactions: partial PCIe transactions
 * @puts:	requests done
 * @bandwidth_in: PCIe writes
 * @bandwidth_out: PCIe reads
 * @descriptor_hit: translations of descriptors that were known
 * @descriptor_miss: that were not
 * @payload_hit: translations of data that were known
 * @payload_miss: that were not
 * @empties:	samples of an empty ring
 * @reserved1:	zero
 */
struct qat_tl_rp {
	__le64 get_put_latency;
	__le64 reserved0;
	__le32 transactions;
	__le32 puts;
	__le32 bandwidth_in;
	__le32 bandwidth_out;
	__le32 descriptor_hit;
	__le32 descriptor_miss;
	__le32 payload_hit;
	__le32 payload_miss;
	__le32 empties;
	__le32 reserved1;
};

static_assert(sizeof(struct qat_tl_rp) == 56);

/**
 * struct qat_tl_buffer - what is published
 * @device:	the whole device
 * @rp:		ring pairs that were asked for
 * @published:	publications since TL_START; written last
 * @reserved:	zero
 */
struct qat_tl_buffer {
	struct qat_tl_device device;
	struct qat_tl_rp rp[QAT_TL_RPS];
	__le32 published;
	__le32 reserved;
};

static_assert(sizeof(struct qat_tl_buffer) == 2048);
static_assert(offsetof(struct qat_tl_buffer, published) == 0x7f8);

#endif
