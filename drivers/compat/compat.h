/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one place that knows how kernels differ.  The rest of the drivers speaks
 * to the newest kernel; what an older one lacks is supplied here, feature by
 * feature, as the probes beside this file found it.  No version numbers.
 */
#ifndef QATVF_COMPAT_H
#define QATVF_COMPAT_H

#include <crypto/internal/kpp.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/rwsem.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#include "features.h"

#ifdef QATVF_HAVE_LINUX_UNALIGNED_H
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

#ifdef QATVF_HAVE_CRYPTO_INTERNAL_CIPHER_H
#include <crypto/internal/cipher.h>
#else
#include <linux/crypto.h>
#endif

/*
 * The crypto API's lock for flags and lists of algorithms, and what it does itself
 * with the instances of templates on an algorithm that goes: exported to modules,
 * but declared in a header that is not installed.
 */
extern struct rw_semaphore crypto_alg_sem;
void crypto_remove_spawns(struct crypto_alg *alg, struct list_head *list,
			  struct crypto_alg *nalg);
void crypto_remove_final(struct list_head *list);

#ifndef QATVF_HAVE_KPP_SET_REQSIZE
static inline void kpp_set_reqsize(struct crypto_kpp *tfm, unsigned int size)
{
	crypto_kpp_alg(tfm)->reqsize = size;
}
#endif

#ifdef QATVF_HAVE_SIG_ALG
#include <crypto/internal/sig.h>
#else
/* No row has this type on such a kernel. */
struct sig_alg {
	struct crypto_alg base;
};

static inline int crypto_register_sig(struct sig_alg *alg)
{
	return -EOPNOTSUPP;
}

static inline void crypto_unregister_sig(struct sig_alg *alg)
{
}
#endif

/*
 * Each of these algorithms needs symbols or a fallback of the kernel, which may be
 * built without, and an interface to be offered through.
 */
#if IS_ENABLED(CONFIG_CRYPTO_RSA)
#define QATVF_WITH_RSA
#endif
#if IS_ENABLED(CONFIG_CRYPTO_DH)
#define QATVF_WITH_DH
#endif
#if IS_ENABLED(CONFIG_CRYPTO_LIB_CURVE25519)
#define QATVF_WITH_CURVE25519
#endif
#if IS_ENABLED(CONFIG_CRYPTO_ECC) && defined(QATVF_HAVE_CRYPTO_INTERNAL_ECC_H)
#define QATVF_WITH_CURVES
#if IS_ENABLED(CONFIG_CRYPTO_ECDH)
#define QATVF_WITH_ECDH
#endif
#if IS_ENABLED(CONFIG_CRYPTO_ECDSA) && defined(QATVF_HAVE_SIG_ALG)
#define QATVF_WITH_ECDSA_SIG
#elif IS_ENABLED(CONFIG_CRYPTO_ECDSA) && defined(QATVF_HAVE_AKCIPHER_VERIFY)
#define QATVF_WITH_ECDSA_AKCIPHER
#endif
#endif
#if IS_ENABLED(CONFIG_ZLIB_DEFLATE) && IS_ENABLED(CONFIG_ZLIB_INFLATE)
#define QATVF_WITH_DEFLATE
#endif
#if IS_ENABLED(CONFIG_LZ4_COMPRESS) && IS_ENABLED(CONFIG_LZ4_DECOMPRESS)
#define QATVF_WITH_LZ4
#endif
#ifdef QATVF_HAVE_ZSTD_SEQUENCES
#define QATVF_WITH_ZSTD
#endif

/*
 * Single-block ciphers live in a symbol namespace.  MODULE_IMPORT_NS() takes a
 * bare token on some kernels and a string on others; what it expands to is the
 * same on all.
 */
#define QATVF_IMPORT_CRYPTO_INTERNAL() \
	MODULE_INFO(import_ns, "CRYPTO_INTERNAL")

/**
 * QATVF_COMPLETION() - define a completion callback for the crypto API
 * @callback: its name
 * @handler: function it calls, with the pointer given to
 *	*_request_set_callback() and the error
 */
#ifdef QATVF_HAVE_COMPLETION_DATA
#define QATVF_COMPLETION(callback, handler)				\
static void callback(void *data, int err)				\
{									\
	handler(data, err);						\
}
#else
#define QATVF_COMPLETION(callback, handler)				\
static void callback(struct crypto_async_request *req, int err)	\
{									\
	handler(req->data, err);					\
}
#endif

/**
 * QATVF_PCI_ID_OVERRIDE() - id table row that matches under driver_override only
 * @id: PCI device id of vendor Intel
 * @data: driver_data of the row
 *
 * Placed before the plain row of the same id, its driver_data tells probe()
 * that the administrator asked for this driver by name.  Kernels without such
 * rows get none, and qatvf_pci_overridden() looks at the device instead.
 */
#ifdef QATVF_HAVE_PCI_ID_OVERRIDE_ONLY
#define QATVF_PCI_ID_OVERRIDE(id, data) \
	{ PCI_VDEVICE(INTEL, id), .driver_data = (data), .override_only = 1 },

static inline bool qatvf_pci_overridden(struct pci_dev *pdev)
{
	return false;
}
#else
#define QATVF_PCI_ID_OVERRIDE(...)

static inline bool qatvf_pci_overridden(struct pci_dev *pdev)
{
	return pdev->driver_override;
}
#endif

/*
 * Older kernels let callers of acomp leave the destination of a request to the
 * driver, which has a member for the function that frees it; on newer ones the
 * functions below do nothing.
 */
#ifdef QATVF_HAVE_ACOMP_DST_FREE
#define QATVF_ACOMP_ALLOCATES_DST	true
#define QATVF_ACOMP_DST_FREE(fn)	.dst_free = (fn),

static inline struct scatterlist *
qatvf_acomp_dst_alloc(unsigned int len, unsigned int order, gfp_t gfp)
{
	return sgl_alloc_order(len, order, false, gfp, NULL);
}

static inline void qatvf_acomp_dst_free(struct scatterlist *dst,
					unsigned int order)
{
	sgl_free_order(dst, order);
}
#else
#define QATVF_ACOMP_ALLOCATES_DST	false
#define QATVF_ACOMP_DST_FREE(...)

static inline struct scatterlist *
qatvf_acomp_dst_alloc(unsigned int len, unsigned int order, gfp_t gfp)
{
	return NULL;
}

static inline void qatvf_acomp_dst_free(struct scatterlist *dst,
					unsigned int order)
{
}
#endif

/**
 * qatvf_pci_set_override() - which driver alone may bind a device
 * @pdev: device
 * @driver: its name, "" for none in particular
 *
 * Context: process context, takes the device lock.
 * Return: 0 or -ENOMEM.
 */
#ifdef QATVF_HAVE_DEVICE_SET_DRIVER_OVERRIDE
static inline int qatvf_pci_set_override(struct pci_dev *pdev, const char *driver)
{
	return device_set_driver_override(&pdev->dev, driver);
}
#else
static inline int qatvf_pci_set_override(struct pci_dev *pdev, const char *driver)
{
	char *name = *driver ? kstrdup(driver, GFP_KERNEL) : NULL;
	const char *old;

	if (*driver && !name)
		return -ENOMEM;
	device_lock(&pdev->dev);
	old = pdev->driver_override;
	pdev->driver_override = name;
	device_unlock(&pdev->dev);
	kfree(old);
	return 0;
}
#endif

#endif /* QATVF_COMPAT_H */
