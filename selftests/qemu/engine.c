/*
 * Intel QuickAssist Gen4: engine windows, engine reset, clock and start
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Nine windows of 0x1000 bytes: transfer registers, then the local CSRs.
 * Local CSRs are plain storage except the few that software waits for:
 * PROFILE_COUNT counts while the engine is clocked, LOCAL_CSR_STATUS is
 * never busy, *_INDIRECT registers exist once per context, MAILBOX is the
 * admin doorbell. Reference: 01 section 6.4, 02 sections 7 to 9.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define AE_BASE             0x600000
#define AE_STRIDE           0x1000
#define AE_XFER_END         0x400
#define AE_CSR              0x800
#define AE_CSR_END          0xc00

#define CSR_CTX_ENABLES     0x018
#define CSR_CTX_POINTER     0x020
#define CSR_ACTIVE_CTX      0x044
#define CSR_TIMESTAMP_LOW   0x0c0
#define CSR_TIMESTAMP_HIGH  0x0c4
#define CSR_PROFILE_COUNT   0x144
#define CSR_MAILBOX         0x170
#define CSR_LOCAL_STATUS    0x180

#define ACTIVE_CTX_BUSY     0x80000000u
/* 9 reads give the 2060 counts that software waits for */
#define PROFILE_STEP        256

typedef struct QatCsr {
    uint16_t off;
    bool indirect;
    const char *name;
} QatCsr;

static const QatCsr qat_csrs[] = {
    { 0x000, false, "USTORE_ADDRESS" },
    { 0x004, false, "USTORE_DATA_LOWER" },
    { 0x008, false, "USTORE_DATA_UPPER" },
    { 0x010, false, "ALU_OUT" },
    { 0x014, false, "CTX_ARB_CNTL" },
    { 0x018, false, "CTX_ENABLES" },
    { 0x01c, false, "CC_ENABLE" },
    { 0x020, false, "CSR_CTX_POINTER" },
    { 0x040, true, "CTX_STS_INDIRECT" },
    { 0x044, false, "ACTIVE_CTX_STATUS" },
    { 0x048, true, "CTX_SIG_EVENTS_INDIRECT" },
    { 0x04c, false, "CTX_SIG_EVENTS_ACTIVE" },
    { 0x050, true, "CTX_WAKEUP_EVENTS_INDIRECT" },
    { 0x060, true, "LM_ADDR_0_INDIRECT" },
    { 0x068, true, "LM_ADDR_1_INDIRECT" },
    { 0x078, true, "FUTURE_COUNT_SIGNAL_INDIRECT" },
    { 0x0c0, false, "TIMESTAMP_LOW" },
    { 0x0c4, false, "TIMESTAMP_HIGH" },
    { 0x0cc, true, "LM_ADDR_2_INDIRECT" },
    { 0x0d4, true, "LM_ADDR_3_INDIRECT" },
    { 0x0e0, true, "INDIRECT_LM_ADDR_0_BYTE_INDEX" },
    { 0x0e8, true, "INDIRECT_LM_ADDR_1_BYTE_INDEX" },
    { 0x0f8, true, "INDIRECT_T_INDEX" },
    { 0x0fc, true, "INDIRECT_T_INDEX_BYTE_INDEX" },
    { 0x10c, true, "INDIRECT_LM_ADDR_2_BYTE_INDEX" },
    { 0x114, true, "INDIRECT_LM_ADDR_3_BYTE_INDEX" },
    { 0x144, false, "PROFILE_COUNT" },
    { 0x150, false, "SIGNATURE_ENABLE" },
    { 0x160, false, "AE_MISC_CONTROL" },
    { 0x170, false, "MAILBOX" },
    { 0x180, false, "LOCAL_CSR_STATUS" },
};

static const QatCsr *qat_csr_find(unsigned off)
{
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(qat_csrs); i++) {
        if (qat_csrs[i].off == off) {
            return &qat_csrs[i];
        }
    }
    return NULL;
}

bool qat_is_ae_addr(hwaddr addr)
{
    return addr >= AE_BASE && addr < AE_BASE + QAT_NUM_AES * AE_STRIDE;
}

/* FUSECTL4: one bit per engine, set = absent */
uint32_t qat_ae_present_mask(QatPf *s)
{
    return ~s->fusectl[4] & 0x1ff;
}

static uint32_t qat_ae_group_bit(unsigned ae)
{
    return 1u << (2 * (ae / 4));
}

bool qat_ae_clocked(QatPf *s, unsigned ae)
{
    uint32_t bit = qat_ae_group_bit(ae);

    return !(*qat_pmisc(s, 0x640938) & bit) &&
           (*qat_pmisc(s, 0x640964) & bit);
}

static uint32_t qat_timestamp(QatPf *s, bool high, uint32_t stored)
{
    uint64_t t = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) / 16;

    if (!(*qat_pmisc(s, 0x640aa0) & 0x80)) {
        return stored;
    }
    return high ? t >> 32 : t;
}

static uint32_t *qat_csr_cell(QatAe *ae, const QatCsr *csr)
{
    if (csr->indirect) {
        unsigned ctx = ae->csr[CSR_CTX_POINTER / 4] % QAT_NUM_CTX;

        return &ae->ctx[ctx][csr->off / 4];
    }
    return &ae->csr[csr->off / 4];
}

static uint32_t qat_csr_read(QatPf *s, unsigned n, const QatCsr *csr)
{
    QatAe *ae = &s->ae[n];
    uint32_t val = *qat_csr_cell(ae, csr);

    switch (csr->off) {
    case CSR_PROFILE_COUNT:
        if (qat_ae_clocked(s, n)) {
            ae->profile_count += PROFILE_STEP;
        }
        return ae->profile_count;
    case CSR_LOCAL_STATUS:
        return 0;
    case CSR_ACTIVE_CTX:
        return ae->running ? ACTIVE_CTX_BUSY : 0;
    case CSR_TIMESTAMP_LOW:
        return qat_timestamp(s, false, val);
    case CSR_TIMESTAMP_HIGH:
        return qat_timestamp(s, true, val);
    default:
        return val;
    }
}

uint64_t qat_ae_read(QatPf *s, hwaddr addr)
{
    unsigned n = (addr - AE_BASE) / AE_STRIDE;
    unsigned off = (addr - AE_BASE) % AE_STRIDE;
    const QatCsr *csr;
    uint32_t val;

    if (off < AE_XFER_END) {
        val = s->ae[n].xfer[off / 4];
        qat_fault_reg(s, "read", "XFER", addr, &val);
        qat_trace(s, "R AE%u.XFER[%u] = 0x%x", n, off / 4, val);
        return val;
    }
    csr = off >= AE_CSR && off < AE_CSR_END ? qat_csr_find(off - AE_CSR)
                                            : NULL;
    if (!csr) {
        qat_unknown(s, &s->stats, "PMISC", addr, false);
        return 0;
    }
    val = qat_csr_read(s, n, csr);
    qat_fault_reg(s, "read", csr->name, addr, &val);
    qat_trace(s, "R AE%u.%s = 0x%x", n, csr->name, val);
    return val;
}

static void qat_csr_write(QatPf *s, unsigned n, const QatCsr *csr,
                          uint32_t val)
{
    QatAe *ae = &s->ae[n];

    switch (csr->off) {
    case CSR_PROFILE_COUNT:
    case CSR_LOCAL_STATUS:
    case CSR_ACTIVE_CTX:
        break;
    case CSR_MAILBOX:
        /* 1 while one is pending does not start a second command */
        if (val == 1 && ae->csr[CSR_MAILBOX / 4] != 1) {
            ae->csr[CSR_MAILBOX / 4] = val;
            qat_admin_kick(s, n);
        } else {
            ae->csr[CSR_MAILBOX / 4] = val;
        }
        break;
    default:
        *qat_csr_cell(ae, csr) = val;
        break;
    }
}

void qat_ae_write(QatPf *s, hwaddr addr, uint32_t val)
{
    unsigned n = (addr - AE_BASE) / AE_STRIDE;
    unsigned off = (addr - AE_BASE) % AE_STRIDE;
    const QatCsr *csr;

    if (off < AE_XFER_END) {
        qat_trace(s, "W AE%u.XFER[%u] = 0x%x", n, off / 4, val);
        if (!qat_fault_reg(s, "write", "XFER", addr, &val)) {
            s->ae[n].xfer[off / 4] = val;
        }
        return;
    }
    csr = off >= AE_CSR && off < AE_CSR_END ? qat_csr_find(off - AE_CSR)
                                            : NULL;
    if (!csr) {
        qat_unknown(s, &s->stats, "PMISC", addr, true);
        return;
    }
    qat_trace(s, "W AE%u.%s = 0x%x", n, csr->name, val);
    if (!qat_fault_reg(s, "write", csr->name, addr, &val)) {
        qat_csr_write(s, n, csr, val);
    }
}

/* What a thread group reset does to one engine: firmware and CSRs are lost */
void qat_ae_reset(QatPf *s, unsigned n)
{
    QatAe *ae = &s->ae[n];

    ae->loaded = false;
    ae->running = false;
    ae->svc = QAT_SVC_NONE;
    ae->image[0] = '\0';
    ae->ctx_enables = 0;
    ae->init_done = false;
    ae->chain_init = false;
    ae->cnv_errors = 0;
    ae->cnv_latest = 0;
    ae->hb_on = false;
    ae->hb_page = 0;
    ae->requests = 0;
    ae->responses = 0;
    ae->profile_count = 0;
    ae->time_syncs = 0;
    ae->time_count = 0;
    memset(ae->csr, 0, sizeof(ae->csr));
    memset(ae->ctx, 0, sizeof(ae->ctx));
    memset(ae->xfer, 0, sizeof(ae->xfer));
    memset(ae->hb_req, 0, sizeof(ae->hb_req));
    memset(ae->hb_resp, 0, sizeof(ae->hb_resp));
    s->admin_pending &= ~(1u << n);
    s->admin_stuck &= ~(1u << n);
    timer_del(&ae->admin_timer);
}

/* FCU START for one loaded engine */
void qat_ae_start(QatPf *s, unsigned n)
{
    QatAe *ae = &s->ae[n];
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "start", .ae = n };

    if (qat_fault(s, "fw", &m)) {
        return;
    }
    /* bit 28 may have been set between load and start: keep it */
    ae->csr[CSR_CTX_ENABLES / 4] |= ae->ctx_enables;
    ae->running = true;
    qat_trace(s, "AE%u runs %s", n, ae->image);
}

void qat_cap_reset_write(QatPf *s, unsigned idx, uint32_t val)
{
    bool any = false;
    unsigned n;

    for (n = 0; n < QAT_NUM_AES; n++) {
        if (val & qat_ae_group_bit(n)) {
            any |= s->ae[n].loaded;
            qat_ae_reset(s, n);
        }
    }
    if (any) {
        qat_fcu_reset(s);
    }
}

void qat_cap_clock_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_dispatch_kick(s);
}
