/*
 * A port that tells the guest how many instructions it has executed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * For the benchmark (selftests/bench): "-device isa-icount" with "-icount".
 * Reading the first of its two 32-bit ports gives the low half of the count
 * and keeps the high half for the second. The count is of instructions
 * executed on all CPUs since start; unlike the virtual clock it stands still
 * while all CPUs are idle.
 */

#include "qemu/osdep.h"
#include "hw/isa/isa.h"
#include "qapi/error.h"
#include "sysemu/cpu-timers.h"

#define ICOUNT_BASE     0x5e8
#define ICOUNT_BYTES    8

typedef struct IcountPort {
    ISADevice parent;
    MemoryRegion io;
    uint32_t high;
} IcountPort;

#define TYPE_ICOUNT_PORT "isa-icount"
OBJECT_DECLARE_SIMPLE_TYPE(IcountPort, ICOUNT_PORT)

static uint64_t icount_port_read(void *opaque, hwaddr addr, unsigned size)
{
    IcountPort *s = opaque;
    uint64_t count;

    if (addr) {
        return s->high;
    }
    count = icount_get_raw();
    s->high = count >> 32;
    return (uint32_t)count;
}

static void icount_port_write(void *opaque, hwaddr addr, uint64_t val,
                              unsigned size)
{
}

static const MemoryRegionOps icount_port_ops = {
    .read = icount_port_read,
    .write = icount_port_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 4, .max_access_size = 4 },
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void icount_port_realize(DeviceState *dev, Error **errp)
{
    IcountPort *s = ICOUNT_PORT(dev);

    if (!icount_enabled()) {
        error_setg(errp, TYPE_ICOUNT_PORT " needs -icount");
        return;
    }
    memory_region_init_io(&s->io, OBJECT(s), &icount_port_ops, s,
                          TYPE_ICOUNT_PORT, ICOUNT_BYTES);
    isa_register_ioport(ISA_DEVICE(dev), &s->io, ICOUNT_BASE);
}

static void icount_port_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = icount_port_realize;
    dc->desc = "count of executed instructions";
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
}

static const TypeInfo icount_port_info = {
    .name = TYPE_ICOUNT_PORT,
    .parent = TYPE_ISA_DEVICE,
    .instance_size = sizeof(IcountPort),
    .class_init = icount_port_class_init,
};

static void icount_port_register(void)
{
    type_register_static(&icount_port_info);
}

type_init(icount_port_register)
