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
 * @QAT_ADMIN_SYNC: time base of heartbeat, rate limiter and telemetry
 * @QAT_ADMIN_COMP_CAPABILITY_GET: compression features of one engine
 * @QAT_ADMIN_CAPABILITIES_GET: optional functions of the firmware
 * @QAT_ADMIN_DC_CHAIN_INIT: turn chained compression on
 * @QAT_ADMIN_HEARTBEAT_TIMER_SET: heartbeat page and period
 * @QAT_ADMIN_PM_STATE_CONFIG: idle filter
 */
enum qat_admin_cmd {
	QAT_ADMIN_INIT_AE		= 0,
	QAT_ADMIN_CONSTANTS_CFG		= 3,
	QAT_ADMIN_STATUS_GET		= 4,
	QAT_ADMIN_SYNC			= 7,
	QAT_ADMIN_COMP_CAPABILITY_GET	= 9,
	QAT_ADMIN_CAPABILITIES_GET	= 10,
	QAT_ADMIN_DC_CHAIN_INIT		= 11,
	QAT_ADMIN_HEARTBEAT_TIMER_SET	= 13,
	QAT_ADMIN_PM_STATE_CONFIG	= 128,
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
#define QAT_ADMIN_FW_CAPS_KNOWN		(GENMASK(6, 4) | BIT(1))
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

#define QAT_CONSTANTS_SIZE		1024

/* Heartbeat: 100 MHz counter, page written by the engines (reference 03 section 7) */
#define QAT_HEARTBEAT_PAGE_SIZE		4096
#define QAT_HEARTBEAT_TICKS_PER_MS	100000

#endif
