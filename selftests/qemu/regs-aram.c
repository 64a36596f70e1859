/*
 * Intel QuickAssist Gen4: BAR 0, ARAM error registers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Only the error reporting of the on-chip memory is visible here; status
 * bits are set by fault injection alone.
 */

#include "qemu/osdep.h"
#include "qat.h"

static const QatRegInfo qat_aram_regs[] = {
    { .name = "ARAMCERR", .offset = 0x1700,
      .wmask = 0xfffffffe, .w1c = 0x1, .write = qat_ras_source_write },
    { .name = "ARAMUERR", .offset = 0x1704,
      .wmask = 0xfffbfffe, .w1c = 0x00040001,
      .write = qat_ras_source_write },
    { .name = "ARAMCERRAD", .offset = 0x1708 },
    { .name = "ARAMUERRAD", .offset = 0x170c },
    { .name = "CPPMEMTGTERR", .offset = 0x1710,
      .wmask = 0x0000038c, .w1c = 0x00000073,
      .write = qat_ras_source_write },
    { .name = "ERRPPID_LO", .offset = 0x1714 },
    { .name = "ERRPPID_HI", .offset = 0x1718 },
    { .name = "RF_PARITY_ERR_STS", .offset = 0x1728, .w1c = 0x1f,
      .write = qat_ras_source_write },
    { .name = "RF_PARITY_ERR_EN", .offset = 0x172c, .wmask = 0x1f },
    { .name = "RF_PARITY_ERR_INTEN", .offset = 0x1730, .wmask = 0x1f },
    { .name = "ME_TH_STATUS", .offset = 0x173c, .stride = 4, .count = 2,
      .w1c = 0xffffffff, .write = qat_ras_source_write },
    { .name = "ARAMCERRUERR_EN", .offset = 0x1808, .wmask = 0xff },
};

void qat_aram_init(QatPf *s)
{
    qat_regs_init(&s->sp_aram, "ARAM", qat_aram_regs,
                  ARRAY_SIZE(qat_aram_regs));
}

static uint64_t qat_aram_read(void *opaque, hwaddr addr, unsigned size)
{
    QatPf *s = opaque;

    if (!qat_access_ok(s, &s->stats, "ARAM", addr, size, false)) {
        return 0;
    }
    return qat_regs_read(s, &s->sp_aram, addr, size);
}

static void qat_aram_write(void *opaque, hwaddr addr, uint64_t val,
                           unsigned size)
{
    QatPf *s = opaque;

    if (qat_access_ok(s, &s->stats, "ARAM", addr, size, true)) {
        qat_regs_write(s, &s->sp_aram, addr, val, size);
    }
}

const MemoryRegionOps qat_aram_ops = {
    .read = qat_aram_read,
    .write = qat_aram_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 1, .max_access_size = 8,
               .unaligned = true },
    .impl = { .min_access_size = 1, .max_access_size = 8,
              .unaligned = true },
};
