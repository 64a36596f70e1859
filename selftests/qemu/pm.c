/*
 * Intel QuickAssist Gen4: power management
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing DRIVER_ACTIVE brings the state to INIT at once. With the property
 * "pm-idle", a device without requests for as long as its idle filter says
 * tells the driver so, once, and goes to minimal power if it may; the next
 * request brings it back. Reference: 01 section 10, 03 section 13.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define REG_PM_STATUS       0x50a00c
#define REG_PM_HOST_MSG     0x50a01c
#define REG_PM_INTERRUPT    0x50a028

#define PM_STATE_INIT       (2u << 20)
#define PM_THR_STS          0x1
#define PM_IDLE_STS         0x2
#define PM_FW_STS           0x4
#define PM_IDLE_EN          (1u << 18)
#define PM_THR_EN           (1u << 19)
#define PM_DRV_ACTIVE       (1u << 20)

#define HOST_MSG_SET_MIN    (1u << 1)

/* Filter 0 is 64 us, each further one twice as long */
static int64_t qat_pm_filter_ns(QatPf *s)
{
    return 64000ll << s->pm_idle_filter;
}

static bool qat_pm_busy(QatPf *s)
{
    unsigned i;

    for (i = 0; i < QAT_NUM_BANKS; i++) {
        if (s->bank[i].inflight) {
            return true;
        }
    }
    return false;
}

static void qat_pm_timer(void *opaque)
{
    QatPf *s = opaque;
    uint32_t *v = qat_pmisc(s, REG_PM_INTERRUPT);

    if (s->pm_told || !(*v & PM_DRV_ACTIVE)) {
        return;
    }
    if (qat_pm_busy(s) || !(*v & PM_IDLE_EN)) {
        timer_mod(&s->pm_timer, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
                  qat_pm_filter_ns(s));
        return;
    }
    s->pm_told = true;
    *v |= PM_IDLE_STS;
    qat_irq_misc_update(s, false);
}

/* There is work, or the idle filter was set: idleness is counted from now */
void qat_pm_active(QatPf *s)
{
    s->pm_min = false;
    s->pm_told = false;
    if (s->pm_idle) {
        timer_mod(&s->pm_timer, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
                  qat_pm_filter_ns(s));
    }
}

void qat_pm_interrupt_write(QatPf *s, unsigned idx, uint32_t val)
{
    QatFaultMatch m = { QAT_FAULT_MATCH_ANY, .op = "never" };

    if ((val & PM_DRV_ACTIVE) && !*qat_pmisc(s, REG_PM_STATUS) &&
        !qat_fault(s, "pm", &m)) {
        *qat_pmisc(s, REG_PM_STATUS) = PM_STATE_INIT;
    }
    qat_irq_misc_update(s, false);
}

/* The firmware takes the message at once */
void qat_pm_host_msg_write(QatPf *s, unsigned idx, uint32_t val)
{
    if (val & 1) {
        *qat_pmisc(s, REG_PM_HOST_MSG) &= ~1u;
        s->pm_host_msgs++;
        if (s->pm_told && (val & HOST_MSG_SET_MIN)) {
            s->pm_min = true;
        }
    }
}

/* The source of ERRSOU2 bit 18 */
bool qat_pm_pending(QatPf *s)
{
    uint32_t v = *qat_pmisc(s, REG_PM_INTERRUPT);

    return ((v & PM_THR_STS) && (v & PM_THR_EN)) ||
           ((v & PM_IDLE_STS) && (v & PM_IDLE_EN)) || (v & PM_FW_STS);
}

void qat_pm_reset(QatPf *s)
{
    timer_del(&s->pm_timer);
    s->pm_min = false;
    s->pm_told = false;
}

void qat_pm_init(QatPf *s)
{
    timer_init_ns(&s->pm_timer, QEMU_CLOCK_VIRTUAL, qat_pm_timer, s);
}
