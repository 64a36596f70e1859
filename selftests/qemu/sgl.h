/*
 * Intel QuickAssist Gen4: data buffers of a request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A flat buffer or a scatter-gather list, copied once; the same for all
 * services. Reference: 05 section 6, 06 section 8.
 */

#ifndef HW_MISC_QAT_SGL_H
#define HW_MISC_QAT_SGL_H

#include "qat.h"

/* A model limit: no client sends regions near this size */
#define QAT_REGION_MAX  (64 * MiB)

typedef enum QatSglResult {
    QAT_SGL_OK,
    QAT_SGL_INVALID,        /* the list breaks a rule */
    QAT_SGL_FAULT,          /* the list could not be read */
} QatSglResult;

typedef struct QatSgl {
    struct {
        uint64_t addr;
        uint32_t len;
    } *seg;
    unsigned num;
    uint64_t total;         /* of the entries looked at */
} QatSgl;

QatSglResult qat_sgl_load(QatPf *s, PCIDevice *dev, QatSgl *sg, bool is_list,
                          uint64_t addr, uint32_t flat_len, uint64_t need);
void qat_sgl_free(QatSgl *sg);
bool qat_sgl_read(QatPf *s, PCIDevice *dev, const QatSgl *sg, uint64_t off,
                  void *buf, size_t len);
bool qat_sgl_write(QatPf *s, PCIDevice *dev, const QatSgl *sg, uint64_t off,
                   const void *buf, size_t len);

#endif /* HW_MISC_QAT_SGL_H */
