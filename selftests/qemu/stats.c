/*
 * Intel QuickAssist Gen4: counters readable with qom-get
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qat.h"

void qat_stats_add_props(Object *obj, QatStats *st)
{
    const struct {
        const char *name;
        const uint64_t *val;
    } props[] = {
        { "mmio-reads", &st->mmio_reads },
        { "mmio-writes", &st->mmio_writes },
        { "doorbells", &st->doorbells },
        { "interrupts", &st->interrupts },
        { "requests", &st->requests },
        { "responses", &st->responses },
        { "errors", &st->errors },
        { "unknown-accesses", &st->unknown_accesses },
        { "dma-faults", &st->dma_faults },
    };
    unsigned i;

    for (i = 0; i < ARRAY_SIZE(props); i++) {
        object_property_add_uint64_ptr(obj, props[i].name, props[i].val,
                                       OBJ_PROP_FLAG_READ);
    }
}
