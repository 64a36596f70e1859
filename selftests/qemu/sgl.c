/*
 * Intel QuickAssist Gen4: data buffers of a request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A list is read once, as far as the request needs it, and only the copy is
 * used. Reference: 05 sections 6 and 20, 06
 * sections 8 and 21.
 */

#include "qemu/osdep.h"
#include "sgl.h"

#define SGL_HEADER      16
#define SGL_ENTRY       16
#define SGL_MAX         65536
#define SGL_BLOCK       64

static QatSglResult qat_sgl_walk(QatPf *s, PCIDevice *dev, QatSgl *sg,
                                 uint64_t addr, uint32_t num, uint64_t need)
{
    uint8_t raw[SGL_BLOCK * SGL_ENTRY];
    uint32_t i, k, n;

    for (i = 0; i < num && sg->total < need; i += n) {
        n = MIN(num - i, SGL_BLOCK);
        if (!qat_dma_read(s, dev, addr + SGL_HEADER + (uint64_t)i * SGL_ENTRY,
                          raw, n * SGL_ENTRY)) {
            return QAT_SGL_FAULT;
        }
        sg->seg = g_realloc_n(sg->seg, sg->num + n, sizeof(*sg->seg));
        for (k = 0; k < n; k++) {
            uint32_t len = qat_get32(raw + k * SGL_ENTRY);

            if (!len) {
                continue;
            }
            sg->seg[sg->num].len = len;
            sg->seg[sg->num].addr = ldq_le_p(raw + k * SGL_ENTRY + 8);
            sg->num++;
            sg->total += len;
        }
        if (sg->total > UINT32_MAX) {
            return QAT_SGL_INVALID;
        }
    }
    return QAT_SGL_OK;
}

/*
 * need: how many bytes of the buffer the request may touch; the list is not
 * read further. Whether there are as many (total) is the caller's question.
 */
QatSglResult qat_sgl_load(QatPf *s, PCIDevice *dev, QatSgl *sg, bool is_list,
                          uint64_t addr, uint32_t flat_len, uint64_t need)
{
    uint8_t head[SGL_HEADER];

    memset(sg, 0, sizeof(*sg));
    if (is_list) {
        uint32_t num;

        if (!qat_dma_read(s, dev, addr, head, sizeof(head))) {
            return QAT_SGL_FAULT;
        }
        num = qat_get32(head + 8);
        return num > SGL_MAX ? QAT_SGL_INVALID
                             : qat_sgl_walk(s, dev, sg, addr, num, need);
    }
    sg->seg = g_malloc(sizeof(*sg->seg));
    sg->seg[0].addr = addr;
    sg->seg[0].len = flat_len;
    sg->num = 1;
    sg->total = flat_len;
    return QAT_SGL_OK;
}

void qat_sgl_free(QatSgl *sg)
{
    g_free(sg->seg);
    memset(sg, 0, sizeof(*sg));
}

static bool qat_sgl_rw(QatPf *s, PCIDevice *dev, const QatSgl *sg,
                       uint64_t off, uint8_t *buf, size_t len, bool write)
{
    unsigned i;

    for (i = 0; i < sg->num && len; i++) {
        size_t n;
        bool ok;

        if (off >= sg->seg[i].len) {
            off -= sg->seg[i].len;
            continue;
        }
        n = MIN(len, sg->seg[i].len - off);
        ok = write ? qat_dma_write(s, dev, sg->seg[i].addr + off, buf, n)
                   : qat_dma_read(s, dev, sg->seg[i].addr + off, buf, n);
        if (!ok) {
            return false;
        }
        buf += n;
        len -= n;
        off = 0;
    }
    return !len;
}

bool qat_sgl_read(QatPf *s, PCIDevice *dev, const QatSgl *sg, uint64_t off,
                  void *buf, size_t len)
{
    return qat_sgl_rw(s, dev, sg, off, buf, len, false);
}

bool qat_sgl_write(QatPf *s, PCIDevice *dev, const QatSgl *sg, uint64_t off,
                   const void *buf, size_t len)
{
    return qat_sgl_rw(s, dev, sg, off, (uint8_t *)buf, len, true);
}
