/*
 * Intel QuickAssist Gen4: admin channel, the firmware side
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A 1 written to an engine's MAILBOX makes that engine read 32 bytes at its
 * slot of the admin page, act, write 32 bytes of response behind them and
 * only then clear MAILBOX. An engine that is not running, has no page or
 * meets a DMA error leaves MAILBOX at 1. Reference: 03 sections 2, 3, 7, 8.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define ADMIN_MSG           32
#define ADMIN_SLOT          64
#define REG_ADMIN_UR        0x500574
#define REG_ADMIN_LR        0x500578
#define CSR_MAILBOX         0x170

#define ADMIN_OK            0
#define ADMIN_FAIL          1
#define ADMIN_UNSUPPORTED   4

enum {
    CMD_INIT_AE = 0,
    CMD_CONSTANTS_CFG = 3,
    CMD_STATUS_GET = 4,
    CMD_COUNTERS_GET = 5,
    CMD_LOOPBACK = 6,
    CMD_SYNC = 7,
    CMD_HEARTBEAT_GET = 8,
    CMD_COMP_CAPABILITY_GET = 9,
    CMD_CAPABILITIES_GET = 10,
    CMD_DC_CHAIN_INIT = 11,
    CMD_HEARTBEAT_TIMER_SET = 13,
    CMD_RL_INIT = 15,
    CMD_TIMER_GET = 19,
    CMD_CNV_STATS_GET = 20,
    CMD_PM_STATE_CONFIG = 128,
    CMD_PM_INFO = 129,
    CMD_RL_ADD = 134,
    CMD_RL_UPDATE = 135,
    CMD_RL_REMOVE = 136,
    CMD_TL_START = 137,
    CMD_TL_STOP = 138,
    CMD_KPT_ENABLE = 144,
};

/* The version in the image's own build string: 1.1.50 */
#define FW_MAJOR            1
#define FW_MINOR            1
#define FW_PATCH            50

/* extended_features of the compression image */
#define DC_VERIFY           0x00000001
#define DC_RECOVER          0x00000100
#define DC_CHAIN_HASH_COMP  0x00200000

#define HB_STOPPED          0xffffffffu
#define PM_INFO_BYTES       128

typedef struct AdminReq {
    uint16_t cfg_sz;
    uint8_t cmd;
    uint64_t opaque;
    uint64_t cfg_ptr;
    uint32_t param0;
    uint8_t rp_count;
} AdminReq;

static uint8_t qat_admin_constants(QatPf *s, const AdminReq *rq)
{
    uint32_t len = MIN(rq->cfg_sz, sizeof(s->constants));

    if (!rq->cfg_ptr || !len) {
        return ADMIN_FAIL;
    }
    memset(s->constants, 0, sizeof(s->constants));
    s->have_constants = qat_dma_read(s, PCI_DEVICE(s), rq->cfg_ptr,
                                     s->constants, len);
    return s->have_constants ? ADMIN_OK : ADMIN_FAIL;
}

static uint8_t qat_admin_hb_set(QatAe *ae, const AdminReq *rq)
{
    if (rq->param0 == HB_STOPPED) {
        ae->hb_on = false;
        return ADMIN_OK;
    }
    if (!rq->cfg_ptr) {
        return ADMIN_FAIL;
    }
    ae->hb_page = rq->cfg_ptr;
    ae->hb_ticks = rq->param0;
    ae->hb_on = true;
    return ADMIN_OK;
}

/* SYNC is the heartbeat: without it the counters stand still */
static uint8_t qat_admin_sync(QatPf *s, unsigned n, const AdminReq *rq)
{
    QatAe *ae = &s->ae[n];
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "freeze", .ae = n };
    uint8_t live[4 * QAT_NUM_THREADS];
    unsigned t;

    ae->time_syncs++;
    ae->time_count = rq->param0;
    if (ae->svc == QAT_SVC_ADMIN) {
        qat_tl_sync(s);
    }
    if (!ae->hb_on || qat_fault(s, "hb", &m)) {
        return ADMIN_OK;
    }
    ae->hb_req[QAT_NUM_THREADS - 1]++;
    ae->hb_resp[QAT_NUM_THREADS - 1]++;
    for (t = 0; t < QAT_NUM_THREADS; t++) {
        stw_le_p(live + 4 * t, ae->hb_resp[t]);
        stw_le_p(live + 4 * t + 2, ae->hb_req[t]);
    }
    if (!qat_dma_write(s, PCI_DEVICE(s), ae->hb_page + sizeof(live) * n,
                       live, sizeof(live))) {
        return ADMIN_FAIL;
    }
    return ADMIN_OK;
}

static uint8_t qat_admin_pm_info(QatPf *s, const AdminReq *rq)
{
    uint8_t info[PM_INFO_BYTES] = { 0 };
    uint32_t len = MIN(rq->cfg_sz, sizeof(info));

    if (!rq->cfg_ptr || !len) {
        return ADMIN_FAIL;
    }
    info[0x06] = s->pm_min;
    stl_le_p(info + 0x08, s->fusectl[0]);
    stl_le_p(info + 0x10, s->pm_host_msgs);
    stl_le_p(info + 0x40, 1u << 2 | s->pm_idle_filter << 3);
    stl_le_p(info + 0x48, *qat_pmisc(s, 0x50a00c));
    return qat_dma_write(s, PCI_DEVICE(s), rq->cfg_ptr, info, len)
           ? ADMIN_OK : ADMIN_FAIL;
}

static uint8_t qat_admin_rl(QatPf *s, const AdminReq *rq, QatRlOp op)
{
    QatRlCommand c = {
        .op = op,
        .node = rq->param0,
        .type = rq->param0 >> 16,
        .svc = rq->param0 >> 24,
        .rps = rq->rp_count,
        .ptr = rq->cfg_ptr,
        .len = rq->cfg_sz,
    };

    return qat_rl_command(s, &c) ? ADMIN_OK : ADMIN_FAIL;
}

/* Rate limits and telemetry: the admin engine's business only */
static uint8_t qat_admin_manage(QatPf *s, const AdminReq *rq, uint8_t *resp)
{
    switch (rq->cmd) {
    case CMD_RL_INIT:
        if (!qat_rl_init_cmd(s)) {
            return ADMIN_UNSUPPORTED;
        }
        qat_slice_counts(resp + 16);
        return ADMIN_OK;
    case CMD_RL_ADD:
        return qat_admin_rl(s, rq, QAT_RL_ADD);
    case CMD_RL_UPDATE:
        return qat_admin_rl(s, rq, QAT_RL_UPDATE);
    case CMD_RL_REMOVE:
        return qat_admin_rl(s, rq, QAT_RL_REMOVE);
    case CMD_TL_START:
        if (!qat_tl_start(s, rq->cfg_ptr, rq->param0)) {
            return ADMIN_FAIL;
        }
        qat_slice_counts(resp + 16);
        return ADMIN_OK;
    default:
        qat_tl_stop(s);
        return ADMIN_OK;
    }
}

static uint8_t qat_admin_run(QatPf *s, unsigned n, const AdminReq *rq,
                             uint8_t *resp)
{
    QatAe *ae = &s->ae[n];

    switch (rq->cmd) {
    case CMD_INIT_AE:
        ae->init_done = true;
        ae->requests = 0;
        ae->responses = 0;
        return ADMIN_OK;
    case CMD_CONSTANTS_CFG:
        return qat_admin_constants(s, rq);
    case CMD_STATUS_GET:
        stw_le_p(resp + 4, FW_MINOR);
        stw_le_p(resp + 6, FW_MAJOR);
        stl_le_p(resp + 16, FW_PATCH);
        resp[21] = n;
        return ADMIN_OK;
    case CMD_COUNTERS_GET:
        stq_le_p(resp + 16, ae->requests);
        stq_le_p(resp + 24, ae->responses);
        return ADMIN_OK;
    case CMD_LOOPBACK:
    case CMD_HEARTBEAT_GET:
        return ADMIN_OK;
    case CMD_SYNC:
        return qat_admin_sync(s, n, rq);
    case CMD_COMP_CAPABILITY_GET:
        /* software asks every worker, whatever it runs */
        if (ae->svc == QAT_SVC_DC) {
            stl_le_p(resp + 4, DC_VERIFY | DC_RECOVER |
                     (ae->chain_init ? DC_CHAIN_HASH_COMP : 0));
        }
        return ADMIN_OK;
    case CMD_DC_CHAIN_INIT:
        ae->chain_init = true;
        return ADMIN_OK;
    case CMD_CAPABILITIES_GET:
        if (ae->svc != QAT_SVC_ADMIN) {
            return ADMIN_UNSUPPORTED;
        }
        stw_le_p(resp + 16, s->fw_caps);
        return ADMIN_OK;
    case CMD_HEARTBEAT_TIMER_SET:
        return qat_admin_hb_set(ae, rq);
    case CMD_TIMER_GET:
        stq_le_p(resp + 16, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) / 16);
        return ADMIN_OK;
    case CMD_CNV_STATS_GET:
        if (ae->svc != QAT_SVC_DC) {
            return ADMIN_UNSUPPORTED;
        }
        stw_le_p(resp + 4, ae->cnv_errors);
        stw_le_p(resp + 6, ae->cnv_latest);
        return ADMIN_OK;
    case CMD_PM_STATE_CONFIG:
        if (ae->svc != QAT_SVC_ADMIN || rq->param0 > 7) {
            return ADMIN_FAIL;
        }
        s->pm_idle_filter = rq->param0;
        qat_pm_active(s);
        return ADMIN_OK;
    case CMD_PM_INFO:
        return ae->svc == QAT_SVC_ADMIN ? qat_admin_pm_info(s, rq)
                                        : ADMIN_FAIL;
    case CMD_RL_INIT:
    case CMD_RL_ADD:
    case CMD_RL_UPDATE:
    case CMD_RL_REMOVE:
    case CMD_TL_START:
    case CMD_TL_STOP:
        return ae->svc == QAT_SVC_ADMIN ? qat_admin_manage(s, rq, resp)
                                        : ADMIN_FAIL;
    case CMD_KPT_ENABLE:
        return ADMIN_FAIL;      /* the code for "KPT is disabled" */
    default:
        qemu_log_mask(LOG_UNIMP, "qat: admin command %u to AE%u\n",
                      rq->cmd, n);
        return ADMIN_UNSUPPORTED;
    }
}

static void qat_admin_answer(QatPf *s, unsigned n)
{
    uint64_t page = (uint64_t)*qat_pmisc(s, REG_ADMIN_UR) << 32 |
                    *qat_pmisc(s, REG_ADMIN_LR);
    uint64_t slot = page + ADMIN_SLOT * n;
    uint8_t raw[ADMIN_MSG], resp[ADMIN_MSG] = { 0 };
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "status", .ae = n };
    QatFault *f;
    AdminReq rq;

    if (!page || !qat_dma_read(s, PCI_DEVICE(s), slot, raw, sizeof(raw))) {
        return;
    }
    rq.cfg_sz = lduw_le_p(raw);
    rq.cmd = raw[3];
    rq.opaque = ldq_le_p(raw + 8);
    rq.cfg_ptr = ldq_le_p(raw + 16);
    rq.param0 = qat_get32(raw + 24);
    rq.rp_count = raw[31];

    m.cmd = rq.cmd;
    f = qat_fault(s, "admin", &m);
    if (f) {
        resp[2] = f->val ?: ADMIN_FAIL;
    } else {
        resp[2] = qat_admin_run(s, n, &rq, resp);
        m.op = "garbage";
        f = qat_fault(s, "admin", &m);
        if (f) {
            memset(resp + 4, f->val ?: 0xff, 4);
            memset(resp + 16, f->val ?: 0xff, 16);
        }
    }
    resp[3] = rq.cmd;
    stq_le_p(resp + 8, rq.opaque);
    qat_trace(s, "admin AE%u command %u status %u", n, rq.cmd, resp[2]);
    if (qat_dma_write(s, PCI_DEVICE(s), slot + ADMIN_MSG, resp,
                      sizeof(resp))) {
        s->ae[n].csr[CSR_MAILBOX / 4] = 0;
    }
}

/* Fault knobs that concern when, not what, an engine answers */
static bool qat_admin_held_back(QatPf *s, unsigned n)
{
    uint64_t page = (uint64_t)*qat_pmisc(s, REG_ADMIN_UR) << 32 |
                    *qat_pmisc(s, REG_ADMIN_LR);
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "silent", .ae = n };
    QatFault *f;
    uint8_t head[4];

    if (QTAILQ_EMPTY(&s->faults) || !page ||
        !qat_dma_read(s, PCI_DEVICE(s), page + ADMIN_SLOT * n, head, 4)) {
        return false;
    }
    m.cmd = head[3];
    if (qat_fault(s, "admin", &m)) {
        s->admin_stuck |= 1u << n;
        return true;
    }
    m.op = "delay";
    f = qat_fault(s, "admin", &m);
    if (f) {
        timer_mod(&s->ae[n].admin_timer,
                  qemu_clock_get_ms(QEMU_CLOCK_VIRTUAL) + f->ms);
        return true;
    }
    return false;
}

static void qat_admin_bh(void *opaque)
{
    QatPf *s = opaque;
    unsigned n;

    for (n = 0; n < QAT_NUM_AES; n++) {
        if (!(s->admin_pending & (1u << n))) {
            continue;
        }
        s->admin_pending &= ~(1u << n);
        if (s->ae[n].running && !qat_admin_held_back(s, n)) {
            qat_admin_answer(s, n);
        }
    }
}

static void qat_admin_timer(void *opaque)
{
    QatAe *ae = opaque;
    QatPf *s = ae->pf;

    if (ae->running) {
        qat_admin_answer(s, ae - s->ae);
    }
}

void qat_admin_kick(QatPf *s, unsigned n)
{
    if (s->admin_stuck & (1u << n)) {
        return;
    }
    s->admin_pending |= 1u << n;
    qemu_bh_schedule(s->admin_bh);
}

/* Property time-base: of each engine, how many SYNC came and what the last said */
char *qat_admin_time_base(QatPf *s)
{
    GString *text = g_string_new("");
    unsigned n;

    for (n = 0; n < QAT_NUM_AES; n++) {
        g_string_append_printf(text, "%u %" PRIu64 " %" PRIu32 "\n", n,
                               s->ae[n].time_syncs, s->ae[n].time_count);
    }
    return g_string_free(text, false);
}

/* FLR: the engines are reset on their own, the shared parts here */
void qat_admin_reset(QatPf *s)
{
    s->admin_pending = 0;
    s->admin_stuck = 0;
    s->have_constants = false;
    s->pm_idle_filter = 0;
    s->pm_host_msgs = 0;
    qat_pm_reset(s);
    qat_rl_reset(s);
    memset(&s->tl, 0, sizeof(s->tl));
}

void qat_admin_init(QatPf *s)
{
    unsigned n;

    s->admin_bh = qemu_bh_new_guarded(qat_admin_bh, s,
                                      &DEVICE(s)->mem_reentrancy_guard);
    for (n = 0; n < QAT_NUM_AES; n++) {
        timer_init_ms(&s->ae[n].admin_timer, QEMU_CLOCK_VIRTUAL,
                      qat_admin_timer, &s->ae[n]);
    }
}

void qat_admin_exit(QatPf *s)
{
    unsigned n;

    qemu_bh_delete(s->admin_bh);
    for (n = 0; n < QAT_NUM_AES; n++) {
        timer_del(&s->ae[n].admin_timer);
    }
}
