/*
 * Intel QuickAssist Gen4: what all services share of request and response
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Every request gets exactly one response with command, type and opaque
 * data copied; what the model does not do is answered as unsupported, never
 * dropped. Reference: 05 sections 2.1 and 5, 07 for the public key frame.
 */

#include "qemu/osdep.h"
#include "qat.h"

#define SERVICE_NULL        0
#define SERVICE_LA          4
#define HDR_VALID           0x80

/* Data volume of a request, for the time it takes */
uint32_t qat_job_bytes(const QatJob *job)
{
    uint32_t cipher = qat_get32(job->req + 60);
    uint32_t auth = qat_get32(job->req + 84);
    uint32_t comp = qat_get32(job->req + 56);

    /* a nonsense length is refused later; it must not stop the clock */
    switch (job->svc) {
    case QAT_SVC_SYM:
        return MIN(MAX(cipher, auth), 1 * MiB);
    case QAT_SVC_DC:
        return MIN(comp, 1 * MiB);
    default:
        return 0;
    }
}

static void qat_respond(QatJob *job, uint8_t status, uint8_t err)
{
    memset(job->resp, 0, sizeof(job->resp));
    job->resp[1] = 1;
    job->resp[2] = job->req[2];
    job->resp[3] = HDR_VALID;
    job->resp[5] = err;
    job->resp[6] = status;
    job->resp[7] = job->req[1];
    memcpy(job->resp + 8, job->req + 24, 8);
}

/* Public key responses have a frame of their own */
static void qat_respond_pke(QatJob *job, uint8_t status, uint8_t err)
{
    memset(job->resp, 0, sizeof(job->resp));
    job->resp[2] = job->req[2];
    job->resp[3] = HDR_VALID;
    job->resp[4] = err;
    job->resp[5] = status;
    memcpy(job->resp + 8, job->req + 24, 24);
}

void qat_execute(QatPf *s, QatJob *job, PCIDevice *dev)
{
    uint8_t status = QAT_ST_UNSUPPORTED, err = QAT_ERR_NONE;

    if (job->svc == QAT_SVC_ASYM) {
        qat_pke_execute(s, dev, job->req, &status, &err);
        qat_respond_pke(job, status, err);
        return;
    }
    if (!(job->req[3] & HDR_VALID)) {
        status = QAT_ST_INVALID;
    } else if (job->req[2] == SERVICE_NULL && job->req[1] == 1) {
        status = QAT_ST_OK;
    } else if (job->svc == QAT_SVC_SYM && job->req[2] == SERVICE_LA) {
        qat_sym_execute(s, dev, job->req, &status, &err);
    }
    qat_respond(job, status, err);
    if (job->svc == QAT_SVC_DC && status != QAT_ST_OK) {
        job->resp[6] = QAT_ST_OK;
        qat_dc_execute(s, job, dev);
    }
    qat_trace(s, "bank%u service %u command %u status 0x%x error %d",
              job->bank->num, job->req[2], job->req[1], job->resp[6],
              (int8_t)job->resp[5]);
}
