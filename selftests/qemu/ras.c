/*
 * Intel QuickAssist Gen4: error sources and their summary registers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ERRSOU0..3 are never stored: each bit is the OR of the status bits listed
 * in the table. Nothing in the model raises an error by itself; the fault
 * knob "ras" sets status bits. Reference: 01 section 9.5, 03 section 12.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define REG_CFC_STATUS  0x640c04
#define REG_IAINTSTAT   0x28

typedef struct QatErrSource {
    uint8_t sou;
    uint8_t bit;
    bool aram;              /* BAR 0 instead of BAR 2 */
    uint32_t offset;
    uint32_t mask;
} QatErrSource;

static const QatErrSource qat_err_sources[] = {
    { 0, 0, false, 0x41a308, 0x1ff },           /* AE correctable */
    { 1, 0, false, 0x41a300, 0x1ff },           /* AE uncorrectable */
    { 1, 1, false, 0x41a310, 0x1f },            /* CPP agent command parity */
    { 1, 2, false, 0x41b128, 0x5fffffff },      /* RI memory parity */
    { 1, 3, false, 0x50060c, 0x8b },            /* TI memory parity */
    { 1, 3, false, 0x500618, 0x7ff7 },
    { 1, 3, false, 0x500630, 0x7f7 },
    { 1, 3, false, 0x50063c, 0x03ffffff },
    { 1, 3, false, 0x500648, 0x003fffff },
    { 1, 3, false, 0x500654, 0xf },             /* RL, QM parity */
    { 1, 3, false, 0x500660, 0x000fffff },
    { 1, 4, false, 0x41b1b8, 0x1 },             /* IOSF command parity */
    { 2, 0, false, 0x000028, 0x1ff },           /* SSM */
    { 2, 0, false, 0x002000, 0xffffffff },      /* slice exceptions */
    { 2, 0, false, 0x00a000, 0xffffffff },
    { 2, 0, false, 0x012000, 0xffffffff },
    { 2, 0, false, 0x012080, 0xffffffff },
    { 2, 0, false, 0x012100, 0xffffffff },
    { 2, 1, false, 0x640c04, 0x183 },           /* CFC errors */
    { 2, 2, false, 0x640c04, 0x4 },             /* CFC attention */
    { 3, 0, false, 0x50054c, 0x7 },             /* TI misc */
    { 3, 1, false, 0x41a330, 0xb },             /* RI push/pull */
    { 3, 6, false, 0x41a330, 0x4 },             /* RI push parity */
    { 3, 2, false, 0x50053c, 0x3 },             /* TI push/pull */
    { 3, 5, false, 0x50053c, 0x4 },             /* TI pull parity */
    { 3, 3, true, 0x1700, 0x1 },                /* ARAM correctable */
    { 3, 4, true, 0x1704, 0x00040001 },         /* ARAM uncorrectable */
    { 3, 4, true, 0x1710, 0x73 },
    { 3, 4, true, 0x1728, 0x1f },               /* register file parity */
    { 3, 4, true, 0x173c, 0xffffffff },         /* AE threads */
    { 3, 4, true, 0x1740, 0xffffffff },
    { 3, 9, false, 0x508814, 0xf },             /* rate limiter */
};

/* SSM status registers feed bits of IAINTSTATSSM, which latches them */
static const struct {
    uint32_t first, last;
    uint32_t bits;
    uint32_t latch;
} qat_ssm_latches[] = {
    { 0x018, 0x018, 0xffffffff, 1u << 0 },
    { 0x010, 0x010, 0xffffffff, 1u << 1 },
    { 0x008, 0x008, 0xffffffff, 1u << 2 },
    { 0x084, 0x094, 0xffffffff, 1u << 3 },
    { 0x1a4, 0x1fc, 0xffffffff, 1u << 4 },
    { 0x224, 0x224, 0xffffffff, 1u << 5 },
    { 0x09c, 0x0b0, 0xffffffff, 1u << 6 },
    { 0x44c, 0x44c, 0x00000842, 1u << 7 },      /* SER correctable */
    { 0x44c, 0x44c, 0x000077bd, 1u << 8 },
};

uint32_t qat_errsou(QatPf *s, unsigned n)
{
    uint32_t sou = 0;
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(qat_err_sources); i++) {
        const QatErrSource *e = &qat_err_sources[i];
        QatRegSpace *sp = e->aram ? &s->sp_aram : &s->sp_pmisc;

        if (e->sou == n && (*qat_reg(sp, e->offset) & e->mask)) {
            sou |= 1u << e->bit;
        }
    }
    if (n == 2 && qat_pm_pending(s)) {
        sou |= 1u << 18;
    }
    if (n == 3) {
        for (i = 0; i < QAT_NUM_BANKS; i++) {
            if (*qat_pmisc(s, 0x506000 + 4 * i) & 1) {
                sou |= 1u << 8;         /* ATU fault */
            }
        }
    }
    return sou;
}

uint32_t qat_errsou_read(QatPf *s, unsigned idx, uint32_t stored)
{
    return qat_errsou(s, idx);
}

/* A status register was written: bits may have been cleared */
void qat_ras_source_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_irq_misc_update(s, false);
}

/* A mask register was written: what is pending must interrupt again */
void qat_errmsk_write(QatPf *s, unsigned idx, uint32_t val)
{
    qat_irq_misc_update(s, true);
}

void qat_cfc_clear_write(QatPf *s, unsigned idx, uint32_t val)
{
    uint32_t *sts = qat_pmisc(s, REG_CFC_STATUS);

    *sts &= ~(val & 0x7);
    if (val & 1) {
        *sts &= ~0x180u;
    }
    qat_irq_misc_update(s, false);
}

/* Fault knob: set status bits as the hardware would */
void qat_ras_inject(QatPf *s, uint32_t offset, uint32_t val)
{
    bool aram = offset >= 0x1700 && offset <= 0x1740;
    QatRegSpace *sp = aram ? &s->sp_aram : &s->sp_pmisc;
    unsigned idx, i;

    if (!qat_reg_name(sp, offset, &idx)) {
        qemu_log_mask(LOG_UNIMP, "qat: no status register at 0x%x\n", offset);
        return;
    }
    *qat_reg(sp, offset) |= val;
    for (i = 0; !aram && i < ARRAY_SIZE(qat_ssm_latches); i++) {
        if (offset >= qat_ssm_latches[i].first &&
            offset <= qat_ssm_latches[i].last &&
            (val & qat_ssm_latches[i].bits)) {
            *qat_pmisc(s, REG_IAINTSTAT) |= qat_ssm_latches[i].latch;
        }
    }
    qat_irq_misc_update(s, false);
}
