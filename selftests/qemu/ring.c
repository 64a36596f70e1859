/*
 * Intel QuickAssist Gen4: ring bundles
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A bundle is one ring pair: ring 0 carries requests in, ring 1 responses
 * out. The cells are the same whether the PF (BAR 4) or the owning VF
 * (BAR 0) looks at them. A doorbell is only recorded here; dispatch.c takes
 * the entries later. Reference: 04 sections 15 to 19 and 25.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define RING_HEAD(r)        (0x0c0 + 4 * (r))
#define RING_TAIL(r)        (0x100 + 4 * (r))
#define RING_CONFIG(r)      (0x1000 + 4 * (r))
#define RING_LBASE(r)       (0x1040 + 4 * (r))
#define RING_UBASE(r)       (0x1080 + 4 * (r))

#define STAT_EXCEPTION      (1u << 10)
#define COL_CTL_EN          0x80000000u
#define COL_UNIT_NS         256
#define SIZE_CODE_MAX       16
#define WATERMARK_MAX       0x11
#define TAIL_ALIGN          32

static const struct {
    uint16_t off;
    const char *name;
} qat_bank_regs[] = {
    { 0x0c0, "RING_HEAD0" }, { 0x0c4, "RING_HEAD1" },
    { 0x100, "RING_TAIL0" }, { 0x104, "RING_TAIL1" },
    { 0x140, "STAT" }, { 0x144, "RINGSTAT1" }, { 0x148, "UO_STAT" },
    { 0x14c, "E_STAT" }, { 0x150, "NE_STAT" }, { 0x154, "NF_STAT" },
    { 0x158, "F_STAT" }, { 0x15c, "C_STAT0" }, { 0x160, "C_STAT1" },
    { 0x164, "C_STAT2" }, { 0x168, "C_STAT3" },
    { 0x16c, "INT_FLAG_EN" }, { 0x170, "INT_FLAG" },
    { 0x174, "INT_SRCSEL" }, { 0x178, "INT_SRCSEL1" },
    { 0x17c, "INT_COL_EN" }, { 0x180, "INT_COL_CTL" },
    { 0x184, "INT_FLAG_AND_COL" }, { 0x188, "EXP_STAT" },
    { 0x18c, "EXP_INT_EN" }, { 0x19c, "RING_SRV_ARB_EN" },
    { 0x1000, "RING_CONFIG0" }, { 0x1004, "RING_CONFIG1" },
    { 0x1040, "RING_LBASE0" }, { 0x1044, "RING_LBASE1" },
    { 0x1080, "RING_UBASE0" }, { 0x1084, "RING_UBASE1" },
};

static const char *qat_bank_reg_name(uint32_t off)
{
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(qat_bank_regs); i++) {
        if (qat_bank_regs[i].off == off) {
            return qat_bank_regs[i].name;
        }
    }
    return NULL;
}

/* ---- a ring ---- */

uint32_t qat_ring_bytes(const QatRing *r)
{
    return 64u << MIN(r->config & 0x1f, SIZE_CODE_MAX);
}

uint64_t qat_ring_base(const QatRing *r)
{
    uint64_t base = (uint64_t)r->ubase << 32 | r->lbase;

    return base & ~(uint64_t)(qat_ring_bytes(r) - 1);
}

bool qat_ring_usable(const QatRing *r)
{
    return (r->config & 0x1f) <= SIZE_CODE_MAX && qat_ring_base(r);
}

uint32_t qat_ring_used(const QatRing *r)
{
    uint32_t bytes = qat_ring_bytes(r);

    if (r->head == r->tail) {
        return r->full ? bytes : 0;
    }
    return (r->tail - r->head) & (bytes - 1);
}

/* The offset wraps; a head move can only empty a ring */
void qat_ring_advance_head(QatRing *r, uint32_t bytes)
{
    r->head = (r->head + bytes) & (qat_ring_bytes(r) - 1);
    r->full = false;
}

/* ... and a tail move can only fill it */
void qat_ring_advance_tail(QatRing *r, uint32_t bytes)
{
    r->tail = (r->tail + bytes) & (qat_ring_bytes(r) - 1);
    r->full = r->tail == r->head;
}

static uint32_t qat_watermark(uint32_t code)
{
    code = MIN(code & 0x1f, WATERMARK_MAX);
    return code ? 4u << (code - 1) : 0;
}

static bool qat_ring_nearly_empty(const QatRing *r)
{
    return qat_ring_used(r) <= qat_watermark(r->config >> 5);
}

static bool qat_ring_nearly_full(const QatRing *r)
{
    return qat_ring_bytes(r) - qat_ring_used(r) <=
           qat_watermark(r->config >> 10);
}

/* May the arbiter dispatch one more request of this pair? */
bool qat_bank_has_room(QatBank *b)
{
    QatRing *r = &b->ring[1];
    uint64_t taken = qat_ring_used(r) + (uint64_t)b->inflight * QAT_RESP_BYTES;
    uint32_t bytes = qat_ring_bytes(r);

    return qat_ring_usable(r) && taken + QAT_RESP_BYTES <= bytes &&
           bytes - taken > qat_watermark(r->config >> 10);
}

static void qat_ring_place(QatRing *r, uint32_t *cell, uint32_t val)
{
    *cell = val;
    r->head = 0;
    r->tail = 0;
    r->full = false;
}

/* ---- interrupt of a bundle ---- */

static bool qat_ring_event(QatBank *b, unsigned n)
{
    QatRing *r = &b->ring[n];

    switch ((b->int_srcsel >> (4 * n)) & 7) {
    case 0:     /* reset value: software that never writes it expects 4 */
    case 4:
        return qat_ring_used(r) != 0;
    case 5:
        return !qat_ring_nearly_empty(r);
    case 2:
        return qat_ring_nearly_full(r);
    case 3:
        return r->full;
    default:
        return false;
    }
}

static bool qat_bank_event(QatBank *b)
{
    uint32_t en = b->int_col_en | b->int_flag_en;

    return ((en & 1) && qat_ring_event(b, 0)) ||
           ((en & 2) && qat_ring_event(b, 1));
}

static void qat_bank_fire(QatBank *b)
{
    b->coal_running = false;
    if (b->armed && qat_bank_event(b)) {
        b->armed = false;
        b->irq = true;
        b->int_flag |= 2;
        qat_irq_bank_raise(b);
    }
}

static void qat_bank_timer(void *opaque)
{
    qat_bank_fire(opaque);
}

/* Start the coalescing timer, or fire at once, if the event holds */
void qat_bank_irq_update(QatBank *b)
{
    if (!b->armed || b->coal_running || !qat_bank_event(b)) {
        return;
    }
    if (b->int_col_ctl & COL_CTL_EN) {
        b->coal_running = true;
        timer_mod(&b->coal, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
                  (int64_t)(b->int_col_ctl & 0xffff) * COL_UNIT_NS);
    } else {
        qat_bank_fire(b);
    }
}

/* The source bit falls, then the condition is looked at afresh */
static void qat_bank_rearm(QatBank *b)
{
    if (b->irq) {
        b->irq = false;
        qat_irq_bank_raise(b);
    }
    b->armed = true;
    qat_bank_irq_update(b);
}

void qat_bank_response_added(QatBank *b, bool was_empty)
{
    if (was_empty) {
        qat_bank_rearm(b);
    } else {
        qat_bank_irq_update(b);
    }
}

/* ---- registers ---- */

/* A status register: bit 0 for the request ring, bit 1 for responses */
static uint32_t qat_pair(bool request, bool response)
{
    return request | response << 1;
}

static uint32_t qat_bank_value(QatBank *b, uint32_t off)
{
    QatRing *r = b->ring;

    switch (off) {
    case 0x140:
        return b->stat;
    case 0x14c:
        return qat_pair(!qat_ring_used(&r[0]), !qat_ring_used(&r[1]));
    case 0x150:
        return qat_pair(qat_ring_nearly_empty(&r[0]),
                        qat_ring_nearly_empty(&r[1]));
    case 0x154:
        return qat_pair(qat_ring_nearly_full(&r[0]),
                        qat_ring_nearly_full(&r[1]));
    case 0x158:
        return qat_pair(r[0].full, r[1].full);
    case 0x16c:
        return b->int_flag_en;
    case 0x170:
        return b->int_flag;
    case 0x174:
        return b->int_srcsel;
    case 0x178:
        return b->int_srcsel1;
    case 0x17c:
    case 0x184:
        return b->int_col_en;
    case 0x180:
        return b->int_col_ctl;
    case 0x188:
        return b->exp_stat;
    case 0x18c:
        return b->exp_int_en;
    case 0x19c:
        return b->arb_en;
    case RING_HEAD(0):
        return r[0].head;
    case RING_HEAD(1):
        return r[1].head;
    case RING_TAIL(0):
        return r[0].tail;
    case RING_TAIL(1):
        return r[1].tail;
    case RING_CONFIG(0):
        return r[0].config;
    case RING_CONFIG(1):
        return r[1].config;
    case RING_LBASE(0):
        return r[0].lbase;
    case RING_LBASE(1):
        return r[1].lbase;
    case RING_UBASE(0):
        return r[0].ubase;
    case RING_UBASE(1):
        return r[1].ubase;
    default:
        return 0;       /* UO_STAT, C_STAT*, RINGSTAT1 */
    }
}

uint32_t qat_bank_read(QatBank *b, QatStats *st, uint32_t off)
{
    const char *name = qat_bank_reg_name(off);
    uint32_t val;

    if (!name) {
        qat_unknown(b->pf, st, "bundle", off, false);
        return 0;
    }
    val = qat_bank_value(b, off);
    qat_fault_reg(b->pf, "read", name, off, &val);
    qat_trace(b->pf, "R bank%u.%s = 0x%x", b->num, name, val);
    return val;
}

/* Head or tail written by software: out of range is masked and noted */
static uint32_t qat_offset_written(QatBank *b, unsigned n, uint32_t val)
{
    uint32_t mask = qat_ring_bytes(&b->ring[n]) - 1;
    uint32_t ok = val & mask & ~(TAIL_ALIGN - 1);

    if (val != ok) {
        b->exp_stat |= 1u << n;
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: bank %u ring %u: offset 0x%x not inside a ring "
                      "of 0x%x bytes or unaligned\n", b->num, n, val,
                      mask + 1);
    }
    return ok;
}

static void qat_head_write(QatBank *b, unsigned n, uint32_t val)
{
    b->ring[n].head = qat_offset_written(b, n, val);
    b->ring[n].full = false;
    if (n == 1) {
        qat_bank_rearm(b);
    }
    qat_dispatch_kick(b->pf);
}

static void qat_tail_write(QatBank *b, QatStats *st, unsigned n, uint32_t val)
{
    QatRing *r = &b->ring[n];

    r->tail = qat_offset_written(b, n, val);
    r->full = r->tail == r->head;
    if (n == 0) {
        st->doorbells++;
        qat_dispatch_kick(b->pf);
    }
}

static void qat_bank_store(QatBank *b, QatStats *st, uint32_t off,
                           uint32_t val)
{
    QatRing *r = b->ring;

    switch (off) {
    case RING_TAIL(0):
        qat_tail_write(b, st, 0, val);
        break;
    case RING_HEAD(1):
        qat_head_write(b, 1, val);
        break;
    case RING_TAIL(1):
        qat_tail_write(b, st, 1, val);
        break;
    case RING_HEAD(0):
        qat_head_write(b, 0, val);
        break;
    case 0x16c:
        b->int_flag_en = val & 3;
        qat_bank_rearm(b);
        break;
    case 0x170:
        b->int_flag &= ~val;
        break;
    case 0x174:
        b->int_srcsel = val;
        qat_bank_rearm(b);
        break;
    case 0x178:
        b->int_srcsel1 = val;
        break;
    case 0x184:
        b->int_flag &= ~val;
        /* fall through */
    case 0x17c:
        b->int_col_en = val & 3;
        qat_bank_rearm(b);
        break;
    case 0x180:
        b->int_col_ctl = val;
        qat_bank_rearm(b);
        break;
    case 0x18c:
        b->exp_int_en = val & 3;
        break;
    case 0x19c:
        b->arb_en = val & 1;
        qat_dispatch_kick(b->pf);
        break;
    case RING_CONFIG(0):
        qat_ring_place(&r[0], &r[0].config, val & 0x7fff);
        break;
    case RING_CONFIG(1):
        qat_ring_place(&r[1], &r[1].config, val & 0x7fff);
        break;
    case RING_LBASE(0):
        qat_ring_place(&r[0], &r[0].lbase, val);
        break;
    case RING_LBASE(1):
        qat_ring_place(&r[1], &r[1].lbase, val);
        break;
    case RING_UBASE(0):
        qat_ring_place(&r[0], &r[0].ubase, val);
        break;
    case RING_UBASE(1):
        qat_ring_place(&r[1], &r[1].ubase, val);
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR,
                      "qat: bank %u: write to read-only %s\n", b->num,
                      qat_bank_reg_name(off));
        break;
    }
}

void qat_bank_write(QatBank *b, QatStats *st, uint32_t off, uint32_t val)
{
    const char *name = qat_bank_reg_name(off);

    if (!name) {
        qat_unknown(b->pf, st, "bundle", off, true);
        return;
    }
    qat_trace(b->pf, "W bank%u.%s = 0x%x", b->num, name, val);
    if (!qat_fault_reg(b->pf, "write", name, off, &val)) {
        qat_bank_store(b, st, off, val);
    }
}

uint32_t qat_rpintsou_read(QatPf *s, unsigned bank, uint32_t stored)
{
    return s->bank[bank].irq;
}

/* ---- reset, drain, halt ---- */

/* A DMA error on a ring stops the pair until it is reset */
void qat_bank_halt(QatBank *b, const char *why)
{
    b->stat |= STAT_EXCEPTION;
    b->exp_stat |= 1u << 2;
    qemu_log_mask(LOG_GUEST_ERROR, "qat: bank %u stopped: %s\n", b->num, why);
}

void qat_bank_reset(QatBank *b)
{
    qat_dispatch_cancel_bank(b);
    timer_del(&b->coal);
    b->coal_running = false;
    memset(b->ring, 0, sizeof(b->ring));
    b->stat = 0;
    b->int_flag_en = 0;
    b->int_flag = 0;
    b->int_srcsel = 0;
    b->int_srcsel1 = 0;
    b->int_col_en = 0;
    b->int_col_ctl = 0;
    b->exp_stat = 0;
    b->exp_int_en = 0;
    b->arb_en = 0;
    b->armed = true;
    b->held = false;
    b->draining = false;
    *qat_reg(&b->pf->sp_etr, 0x4000 + 0x10 * b->num) = 0;   /* PASIDCTL */
    if (b->irq) {
        b->irq = false;
        qat_irq_bank_raise(b);
    }
}

/* Called when a request left the pair: a drain may be complete */
void qat_bank_drain_check(QatBank *b)
{
    if (b->draining && !b->inflight) {
        b->draining = false;
        b->held = true;
    }
}

void qat_rpreset_write(QatPf *s, unsigned bank, uint32_t val)
{
    QatBank *b = &s->bank[bank];
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "rp", .bank = bank };

    if (!(val & 7) || qat_fault(s, "reset", &m)) {
        return;
    }
    if (val & 3) {
        qat_bank_reset(b);
        b->held = true;
    } else {
        b->draining = true;
        qat_bank_drain_check(b);
    }
}

uint32_t qat_rpresetsts_read(QatPf *s, unsigned bank, uint32_t stored)
{
    return s->bank[bank].held;
}

void qat_rpresetsts_write(QatPf *s, unsigned bank, uint32_t val)
{
    if (val & 1) {
        s->bank[bank].held = false;
        qat_dispatch_kick(s);
    }
}

void qat_bank_init(QatPf *s, unsigned num)
{
    QatBank *b = &s->bank[num];

    b->pf = s;
    b->num = num;
    b->armed = true;
    QTAILQ_INIT(&b->jobs);
    timer_init_ns(&b->coal, QEMU_CLOCK_VIRTUAL, qat_bank_timer, b);
}

void qat_bank_exit(QatBank *b)
{
    timer_del(&b->coal);
}
