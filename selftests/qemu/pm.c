/*
 * Intel QuickAssist Gen4: power management registers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing DRIVER_ACTIVE brings the state to INIT at once. Idle events are
 * never raised. Reference: 01 section 10, 03 section 13.
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
    }
}

/* The source of ERRSOU2 bit 18 */
bool qat_pm_pending(QatPf *s)
{
    uint32_t v = *qat_pmisc(s, REG_PM_INTERRUPT);

    return ((v & PM_THR_STS) && (v & PM_THR_EN)) ||
           ((v & PM_IDLE_STS) && (v & PM_IDLE_EN)) || (v & PM_FW_STS);
}
