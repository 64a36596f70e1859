/*
 * Intel QuickAssist Gen4: BAR 4, arbiter, ring pair control, ring bundles
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The first 64 KiB are registers of the whole device; from 0x100000 follow
 * 64 bundles of 0x2000 bytes, decoded by arithmetic, and from 0x180000 the
 * user-queue windows, which read 0 and ignore writes.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define QAT_BUNDLES     0x100000
#define QAT_BUNDLE_SIZE 0x2000
#define QAT_UQ          0x180000

static uint32_t qat_rpresetctl_read(QatPf *s, unsigned idx, uint32_t stored)
{
    return 0;
}

static const QatRegInfo qat_etr_regs[] = {
    { .name = "SARCONFIG", .offset = 0x0000, .stride = 4,
      .count = QAT_NUM_ARBITERS, .wmask = 0xffffffff,
      .write = qat_arbiter_write },
    { .name = "WT2SAM", .offset = 0x0400, .stride = 4, .count = QAT_NUM_AES,
      .wmask = 0xffffffff, .write = qat_arbiter_write },
    { .name = "PASIDCTL", .offset = 0x4000, .stride = 0x10,
      .count = QAT_NUM_BANKS, .wmask = 0x0fffffff },
    { .name = "RPRESETCTL", .offset = 0x6000, .stride = 8,
      .count = QAT_NUM_BANKS, .wmask = 0xfffff007,
      .read = qat_rpresetctl_read, .write = qat_rpreset_write },
    { .name = "RPRESETSTS", .offset = 0x6004, .stride = 8,
      .count = QAT_NUM_BANKS, .read = qat_rpresetsts_read,
      .write = qat_rpresetsts_write },
    { .name = "RINGMODECTL", .offset = 0x9000, .stride = 4,
      .count = QAT_NUM_BANKS, .wmask = 0x1 },
};

void qat_etr_init(QatPf *s)
{
    qat_regs_init(&s->sp_etr, "ETR", qat_etr_regs, ARRAY_SIZE(qat_etr_regs));
}

static uint64_t qat_etr_read(void *opaque, hwaddr addr, unsigned size)
{
    QatPf *s = opaque;

    if (!qat_access_ok(s, &s->stats, "ETR", addr, size, false)) {
        return 0;
    }
    if (addr >= QAT_UQ) {
        return 0;
    }
    if (addr >= QAT_BUNDLES) {
        addr -= QAT_BUNDLES;
        return qat_bank_read(&s->bank[addr / QAT_BUNDLE_SIZE], &s->stats,
                             addr % QAT_BUNDLE_SIZE);
    }
    return qat_regs_read(s, &s->sp_etr, addr, size);
}

static void qat_etr_write(void *opaque, hwaddr addr, uint64_t val,
                          unsigned size)
{
    QatPf *s = opaque;

    if (!qat_access_ok(s, &s->stats, "ETR", addr, size, true)) {
        return;
    }
    if (addr >= QAT_UQ) {
        return;
    }
    if (addr >= QAT_BUNDLES) {
        addr -= QAT_BUNDLES;
        qat_bank_write(&s->bank[addr / QAT_BUNDLE_SIZE], &s->stats,
                       addr % QAT_BUNDLE_SIZE, val);
    } else {
        qat_regs_write(s, &s->sp_etr, addr, val, size);
    }
}

const MemoryRegionOps qat_etr_ops = {
    .read = qat_etr_read,
    .write = qat_etr_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 1, .max_access_size = 8,
               .unaligned = true },
    .impl = { .min_access_size = 1, .max_access_size = 8,
              .unaligned = true },
};
