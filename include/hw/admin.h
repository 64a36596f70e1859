/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Admin channel layouts: the page shared with the engines, request and response,
 * command numbers, the table of constants and the heartbeat page.  Layouts only,
 * no logic.
 *
 * Facts: reference 03 sections 2 to 4 and 7.
 */
#ifndef QATVF_HW_ADMIN_H
#define QATVF_HW_ADMIN_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>

/**
 * enum qat_admin_cmd - admin command numbers in use
 * @QAT_ADMIN_INIT_AE: engine takes ring requests from now on
 * @QAT_ADMIN_CONSTANTS_CFG: constants for cipher and hash setup
 * @QAT_ADMIN_STATUS_GET: firmware version
 * @QAT_ADMIN_COUNTERS_GET: requests and responses of one engine
 * @QAT_ADMIN_SYNC: time base of heartbeat, rate limiter and telemetry
 * @QAT_ADMIN_COMP_CAPABILITY_GET: compression features of one engine
 * @QAT_ADMIN_CAPABILITIES_GET: optional functions of the firmware
 * @QAT_ADMIN_DC_CHAIN_INIT: turn chained compression on
 * @QAT_ADMIN_HEARTBEAT_TIMER_SET: heartbeat page and period
 * @QAT_ADMIN_RL_INIT: rate limiter's slice counts
 * @QAT_ADMIN_CNV_STATS_GET: compress-and-verify errors of one engine
 * @QAT_ADMIN_PM_STATE_CONFIG: idle filter
 * @QAT_ADMIN_PM_INFO: state of power management
 * @QAT_ADMIN_RL_ADD: new node of the rate limiter
 * @QAT_ADMIN_RL_UPDATE: other rates for a node
 * @QAT_ADMIN_RL_REMOVE: node goes away
 * @QAT_ADMIN_TL_START: publish telemetry
 * @QAT_ADMIN_TL_STOP: stop that
 */
enum qat_admin_cmd {
	QAT_ADMIN_INIT_AE		= 0,
	QAT_ADMIN_CONSTANTS_CFG		= 3,
	QAT_ADMIN_STATUS_GET		= 4,
	QAT_ADMIN_COUNTERS_GET		= 5,
	QAT_ADMIN_SYNC			= 7,
	QAT_ADMIN_COMP_CAPABILITY_GET	= 9,
	QAT_ADMIN_CAPABILITIES_GET	= 10,
	QAT_ADMIN_DC_CHAIN_INIT		= 11,
	QAT_ADMIN_HEARTBEAT_TIMER_SET	= 13,
	QAT_ADMIN_RL_INIT		= 15,
	QAT_ADMIN_CNV_STATS_GET		= 20,
	QAT_ADMIN_PM_STATE_CONFIG	= 128,
	QAT_ADMIN_PM_INFO		= 129,
	QAT_ADMIN_RL_ADD		= 134,
	QAT_ADMIN_RL_UPDATE		= 135,
	QAT_ADMIN_RL_REMOVE		= 136,
	QAT_ADMIN_TL_START		= 137,
	QAT_ADMIN_TL_STOP		= 138,
};

#define QAT_ADMIN_STATUS_OK		0
#define QAT_ADMIN_STATUS_FAIL		1
#define QAT_ADMIN_STATUS_UNSUPPORTED	4

/**
 * struct qat_admin_req - request (reference 03 section 3.1)
 * @buffer_size: bytes at @buffer, 0 if unused
 * @reserved0:	zero
 * @cmd:	enum qat_admin_cmd
 * @reserved1:	zero
 * @opaque:	echoed by the firmware
 * @buffer:	bus address of a buffer of the command, or 0
 * @param:	command specific
 */
struct qat_admin_req {
	__le16 buffer_size;
	__u8 reserved0;
	__u8 cmd;
	__le32 reserved1;
	__le64 opaque;
	__le64 buffer;
	__le32 param[2];
};

static_assert(sizeof(struct qat_admin_req) == 32);
static_assert(offsetof(struct qat_admin_req, buffer) == 16);
static_assert(offsetof(struct qat_admin_req, param) == 24);

/**
 * struct qat_admin_rsp - response (reference 03 section 3.2)
 * @flags:	of no command that we send
 * @reserved:	zero
 * @status:	QAT_ADMIN_STATUS_OK or an error
 * @cmd:	command answered
 * @word1:	command specific
 * @opaque:	from the request
 * @param:	command specific
 */
struct qat_admin_rsp {
	__u8 flags;
	__u8 reserved;
	__u8 status;
	__u8 cmd;
	__le32 word1;
	__le64 opaque;
	__le32 param[4];
};

static_assert(sizeof(struct qat_admin_rsp) == 32);
static_assert(offsetof(struct qat_admin_rsp, param) == 16);

/* STATUS_GET: word1 = minor version, then major; param[0] = patch level */
#define QAT_ADMIN_VERSION_MINOR		GENMASK(15, 0)
#define QAT_ADMIN_VERSION_MAJOR		GENMASK(31, 16)
/* COMP_CAPABILITY_GET: bits of word1 that have a meaning (reference 03 section 3.5) */
#define QAT_ADMIN_EXT_DC_KNOWN		(GENMASK(30, 16) | BIT(9) | BIT(8) | BIT(1) | BIT(0))
/* CAPABILITIES_GET: param[0] (reference 03 section 3.6) */
#define QAT_ADMIN_FW_CAP_TELEMETRY	BIT(1)
#define QAT_ADMIN_FW_CAP_RATE_LIMIT	GENMASK(6, 4)
#define QAT_ADMIN_FW_CAPS_KNOWN		(QAT_ADMIN_FW_CAP_RATE_LIMIT | QAT_ADMIN_FW_CAP_TELEMETRY)
/* COUNTERS_GET: 64-bit words at param[0] and param[2] */
#define QAT_ADMIN_COUNTERS_REQUESTS	0
#define QAT_ADMIN_COUNTERS_RESPONSES	2
/* CNV_STATS_GET: word1 (reference 03 section 9) */
#define QAT_ADMIN_CNV_COUNT		GENMASK(15, 0)
#define QAT_ADMIN_CNV_TYPE		GENMASK(31, 28)
#define QAT_ADMIN_CNV_INFO		GENMASK(27, 16)
/* PM_STATE_CONFIG: param[0], idle after 4 ms */
#define QAT_ADMIN_IDLE_FILTER		6

/**
 * struct qat_admin_slot - mailbox of one engine in the admin page
 * @req:	written by the driver
 * @rsp:	written by the firmware
 */
struct qat_admin_slot {
	struct qat_admin_req req;
	struct qat_admin_rsp rsp;
};

static_assert(sizeof(struct qat_admin_slot) == 64);

/**
 * struct qat_admin_page - page whose bus address the device holds
 * @slot:	one per engine
 * @unused:	rest of the page
 */
struct qat_admin_page {
	struct qat_admin_slot slot[9];
	__u8 unused[4096 - 9 * 64];
};

static_assert(sizeof(struct qat_admin_page) == 4096);

/**
 * struct qat_pm_info - answer of PM_INFO (reference 03 section 13.3)
 * @max_pwrreq:	highest power request
 * @min_pwrreq:	lowest power request
 * @reserved0:	zero
 * @pwr_state:	QAT_PM_INFO_MIN, or full power
 * @reserved1:	zero
 * @fusectl0:	which functions exist
 * @sys_events:	system events
 * @host_events: messages of the host
 * @unknown_events: others
 * @ssm_events:	events of the slices
 * @timer_events: of the timer
 * @event:	log, raw
 * @fw_init:	PM_FW_INIT
 * @pwrreq:	PM_PWRREQ
 * @status:	PM_STATUS
 * @main:	CPM_PM main register
 * @thread:	PM_THREAD
 * @ssm_enable:	slices whose power is managed
 * @ssm_active:	active slices of each type
 * @ssm_managed: managed slices of each type
 * @ssm_domains: power domains that are off
 * @constraint:	what keeps the device from less power
 * @reserved2:	zero
 */
struct qat_pm_info {
	__le16 max_pwrreq;
	__le16 min_pwrreq;
	__le16 reserved0;
	__u8 pwr_state;
	__u8 reserved1;
	__le32 fusectl0;
	__le32 sys_events;
	__le32 host_events;
	__le32 unknown_events;
	__le32 ssm_events;
	__le32 timer_events;
	__le32 event[8];
	__le32 fw_init;
	__le32 pwrreq;
	__le32 status;
	__le32 main;
	__le32 thread;
	__le32 ssm_enable;
	__le32 ssm_active;
	__le32 ssm_managed;
	__le32 ssm_domains;
	__le32 constraint;
	__le32 reserved2[6];
};

static_assert(sizeof(struct qat_pm_info) == 128);
static_assert(offsetof(struct qat_pm_info, fw_init) == 0x40);
static_assert(offsetof(struct qat_pm_info, constraint) == 0x64);

#define QAT_PM_INFO_MIN			1

/**
 * struct qat_rl_params - tokens of a node for each scan (reference 03 section 10.5)
 * @pcie_in_cir: committed, 64-byte units read over PCIe
 * @pcie_in_pir: at most
 * @pcie_out_cir: committed, 64-byte units written over PCIe
 * @pcie_out_pir: at most
 * @slice_cir:	committed, slice cycles
 * @slice_pir:	at most
 * @ae_cir:	committed, engine cycles
 * @ae_pir:	at most
 * @rp:		ring pairs of a leaf
 */
struct qat_rl_params {
	__le32 pcie_in_cir;
	__le32 pcie_in_pir;
	__le32 pcie_out_cir;
	__le32 pcie_out_pir;
	__le32 slice_cir;
	__le32 slice_pir;
	__le32 ae_cir;
	__le32 ae_pir;
	__le16 rp[16];
};

static_assert(sizeof(struct qat_rl_params) == 64);
static_assert(offsetof(struct qat_rl_params, rp) == 32);

/* RL_ADD, RL_UPDATE, RL_REMOVE: param[0] and param[1] */
#define QAT_ADMIN_RL_NODE		GENMASK(15, 0)
#define QAT_ADMIN_RL_TYPE		GENMASK(23, 16)
#define QAT_ADMIN_RL_SERVICE		GENMASK(31, 24)
#define QAT_ADMIN_RL_RPS		GENMASK(31, 24)

/**
 * struct qat_slice_counts - answer of RL_INIT and TL_START, at param[0]
 * @cpr:	compressors
 * @xlt:	translators
 * @dcpr:	decompressors
 * @pke:	public key slices
 * @wat:	wireless authentication slices
 * @wcp:	wireless cipher slices
 * @ucs:	unified crypto slices
 * @cph:	cipher slices
 * @ath:	authentication slices
 */
struct qat_slice_counts {
	__u8 cpr;
	__u8 xlt;
	__u8 dcpr;
	__u8 pke;
	__u8 wat;
	__u8 wcp;
	__u8 ucs;
	__u8 cph;
	__u8 ath;
};

static_assert(sizeof(struct qat_slice_counts) == 9);

#define QAT_SLICE_COUNT_MAX		24

/**
 * struct qat_admin_buffers - what commands point at
 * @pm_info:	written by PM_INFO
 * @rl:		read by RL_ADD and RL_UPDATE
 */
struct qat_admin_buffers {
	struct qat_pm_info pm_info;
	struct qat_rl_params rl;
};

#define QAT_CONSTANTS_SIZE		1024

/* Heartbeat: 100 MHz counter, page written by the engines (reference 03 section 7) */
#define QAT_HEARTBEAT_PAGE_SIZE		4096
#define QAT_HEARTBEAT_TICKS_PER_MS	100000
#define QAT_HEARTBEAT_STOPPED		0xffffffff

/**
 * struct qat_heartbeat_pair - what a thread counts, modulo 65536
 * @responses:	sent
 * @requests:	taken
 */
struct qat_heartbeat_pair {
	__le16 responses;
	__le16 requests;
};

static_assert(sizeof(struct qat_heartbeat_pair) == 4);

/**
 * struct qat_heartbeat_page - page that the engines write
 * @live:	counters of each thread of each engine; thread 7 is the admin thread
 * @unused:	rest of the page
 */
struct qat_heartbeat_page {
	struct qat_heartbeat_pair live[9][8];
	__u8 unused[QAT_HEARTBEAT_PAGE_SIZE - 9 * 8 * 4];
};

static_assert(sizeof(struct qat_heartbeat_page) == QAT_HEARTBEAT_PAGE_SIZE);

#endif
