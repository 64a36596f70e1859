/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Registers of the physical function, ordered by BAR and block.  All are 32 bits
 * wide and accessed as such only.  Layouts only, no logic.  The registers of one
 * ring pair, which PF and VF share, are in hw/ring.h.
 *
 * Facts: reference 01 sections 3 to 7, reference 02 sections 6 and 7, reference 03
 * sections 2, 6, 12 and 13, reference 04 section 2.
 */
#ifndef QATVF_HW_PF_CSR_H
#define QATVF_HW_PF_CSR_H

#include <linux/bits.h>

/* The device in numbers */
#define QAT_PF_4XXX_ID			0x4940
#define QAT_NUM_AES			9
#define QAT_AE_MASK_ALL			GENMASK(8, 0)
#define QAT_AE_MASK_GROUP0		0x00f
#define QAT_AE_MASK_GROUP1		0x0f0
#define QAT_AE_MASK_ADMIN		0x100
#define QAT_ADMIN_AE			8
#define QAT_CONTEXTS_PER_AE		8
#define QAT_NUM_RPS			64

/* Configuration space (reference 01 section 3.2) */
#define QAT_CFG_FUSECTL1		0x2cc	/* slices: set bit = absent */
#define QAT_CFG_FUSECTL4		0x2d8	/* engines */
#define FUSECTL1_CIPHER			BIT(0)
#define FUSECTL1_AUTH			BIT(1)
#define FUSECTL1_PKE			BIT(2)
#define FUSECTL1_COMPRESS		BIT(3)
#define FUSECTL1_UCS			BIT(4)
#define FUSECTL1_SMX			BIT(7)
#define FUSECTL4_GROUP0			BIT(0)	/* its first engine, and so all of it */
#define FUSECTL4_GROUP1			BIT(4)

/* BARs, and how much of each is touched */
#define QAT_BAR_SRAM			0
#define QAT_BAR_MISC			2
#define QAT_BAR_ETR			4
#define QAT_BAR_SRAM_SIZE		0x1810
#define QAT_BAR_MISC_SIZE		0x642000
#define QAT_BAR_ETR_SIZE		0x180000

/*
 * SRAM BAR: error logs of the on-chip memory (reference 01 section 5).  Status
 * bits, cleared by writing one, share their register with plain enable bits: a
 * clearing write must carry the enables.
 */
#define ARAMCERR			0x1700
#define ARAMCERR_ERROR			BIT(0)
#define ARAMCERR_ENABLE			0x04000008
#define ARAMUERR			0x1704
#define ARAMUERR_ERROR			BIT(0)
#define ARAMUERR_MULTIPLE		BIT(18)
#define ARAMUERR_ENABLE			0x00080008
#define CPPMEMTGTERR			0x1710
#define CPPMEMTGTERR_STATUS		0x73
#define CPPMEMTGTERR_MULTIPLE		BIT(1)
#define CPPMEMTGTERR_ENABLE		0x384
#define RF_PARITY_ERR_STS		0x1728
#define RF_PARITY_ERR_EN		0x172c
#define RF_PARITY_ERR_INTEN		0x1730
#define RF_PARITY_ERR_ALL		GENMASK(4, 0)
#define AE_THREAD_STATUS(n)		(0x173c + 4 * (n))	/* 4 engines each */
#define ARAMCERRUERR_EN			0x1808
#define ARAMCERRUERR_EN_ALL		0xff

/* MISC BAR: slices (reference 01 section 6.1) */
#define INTMASKSSM			0x000
#define INTMASKSSM_ALL			GENMASK(5, 0)
#define PPERR				0x008
#define CERRSSMSH			0x010
#define UERRSSMSH			0x018
#define IAINTSTATSSM			0x028
#define IAINTSTATSSM_UERRSSMSH		BIT(0)
#define IAINTSTATSSM_CERRSSMSH		BIT(1)
#define IAINTSTATSSM_PPERR		BIT(2)
#define IAINTSTATSSM_SLICE_HANG		BIT(3)
#define IAINTSTATSSM_SPP_PARITY		BIT(4)
#define IAINTSTATSSM_CPP		BIT(5)
#define IAINTSTATSSM_SOFT_PARITY	BIT(6)
#define IAINTSTATSSM_SER_CORRECTABLE	BIT(7)
#define IAINTSTATSSM_SER_UNCORRECTABLE	BIT(8)
#define IAINTSTATSSM_ALL		GENMASK(8, 0)
#define SSMWDTL				0x054
#define SSMWDTPKEL			0x058
#define SSMWDTH				0x05c
#define SSMWDTPKEH			0x060
#define SSMWDTL_DEFAULT			0x07000000
#define SSMWDTPKEL_DEFAULT		0x08000000
#define SSMSOFTERRORPARITY_SRC		0x09c
#define SSMSOFTERRORPARITYMASK_SRC	0x0b8
#define SSMSOFTERRORPARITYMASK_SRC_ALL	BIT(0)
#define SSMFEATREN			0x198
#define SSMFEATREN_ENABLE		0x00ff1010
#define SSMFEATREN_DISABLE_KEEPS	0xefef
#define SSMCPPERR			0x224
#define SSMCPPERR_FATAL			(BIT(0) | BIT(1) | BIT(4))
#define SER_ERR_SSMSH			0x44c
#define SER_ERR_SSMSH_FATAL		0x47bd
#define SER_ERR_SSMSH_UNCORRECTABLE	0x3000
#define SER_ERR_SSMSH_CORRECTABLE	0x0842
#define SER_EN_SSMSH			0x450
#define SER_EN_SSMSH_ALL		GENMASK(6, 0)
#define EXPRPSSMCPR			0x2000
#define EXPRPSSMCPR_UNCORRECTABLE	0x07ff0004
#define EXPRPSSMXLT			0xa000
#define EXPRPSSMXLT_UNCORRECTABLE	0x00ff0004
#define EXPRPSSMXLT_CORRECTABLE		BIT(3)
#define EXPRPSSMDCPR(n)			(0x12000 + 0x80 * (n))
#define EXPRPSSMDCPR_UNCORRECTABLE	0x001f0054
#define EXPRPSSMDCPR_CORRECTABLE	0x28

/*
 * Slice groups, in the order in which they occur in every per-group block of
 * registers.  The wireless group does not exist on this device; it is left alone.
 */
#define SLICE_GROUP_ATH_CPH		0
#define SLICE_GROUP_CPR_XLT		1
#define SLICE_GROUP_DCPR_UCS		3
#define SLICE_GROUP_PKE			4
#define SLICE_BITS_ATH_CPH		0x000f000f
#define SLICE_BITS_CPR_XLT		0x00010001
#define SLICE_BITS_DCPR_UCS		0x00030007
#define SLICE_BITS_PKE			0x3f
#define SLICEHANGSTATUS(g)		(0x084 + 4 * (g))
#define SSMSOFTERRORPARITY(g)		(0x0a0 + 4 * (g))
#define SSMSOFTERRORPARITYMASK(g)	(0x0bc + 4 * (g))
#define SHINTMASKSSM(g)			(0x0f0 + 4 * (g))
#define SPPPULLCMDPARERR(g)		(0x1a4 + 4 * (g))
#define SPPPULLDATAPARERR(g)		(0x1bc + 4 * (g))
#define SPPPUSHCMDPARERR(g)		(0x1d4 + 4 * (g))
#define SPPPUSHDATAPARERR(g)		(0x1ec + 4 * (g))
#define SPPPARERRMSK(g)			(0x204 + 4 * (g))

/* MISC BAR: interrupts and mailboxes (reference 01 section 6.2) */
#define MSIX_RTTABLE(source)		(0x409000 + 4 * (source))
#define QAT_MISC_VECTOR			64	/* interrupt source and MSI-X entry */
#define QAT_NUM_VECTORS			65
#define PF2VM(vf)			(0x40b010 + 0x20 * (vf))
#define VM2PF(vf)			(0x40b014 + 0x20 * (vf))
#define SMIAPF_RP_X0_MASK		0x41a040
#define SMIAPF_RP_X1_MASK		0x41a044
#define SMIAPF_MASK			0x41a084
#define SMIAPF_MASK_MISC		BIT(0)
#define VM2PF_SOU			0x41a180
#define VM2PF_MSK			0x41a1c0
#define VM2PF_ALL			GENMASK(15, 0)

/* Error sources and their masks (reference 01 section 9.5, reference 03 section 12) */
#define ERRSOU(n)			(0x41a200 + 4 * (n))
#define ERRMSK(n)			(0x41a210 + 4 * (n))
#define QAT_NUM_ERRSOU			4
#define ERRSOU0_AE_CORRECTABLE		BIT(0)
#define ERRSOU0_ALL			BIT(0)
#define ERRSOU1_AE_UNCORRECTABLE	BIT(0)
#define ERRSOU1_CPP_COMMAND		BIT(1)
#define ERRSOU1_RI_MEMORY		BIT(2)
#define ERRSOU1_TI_MEMORY		BIT(3)
#define ERRSOU1_IOSF_COMMAND		BIT(4)
#define ERRSOU1_ALL			GENMASK(4, 0)
#define ERRSOU2_SSM			BIT(0)
#define ERRSOU2_CFC			BIT(1)
#define ERRSOU2_CFC_ATTENTION		GENMASK(4, 2)
#define ERRSOU2_PM			BIT(18)
#define ERRSOU2_ALL			(GENMASK(4, 0) | ERRSOU2_PM)
#define ERRSOU3_TI_MISC			BIT(0)
#define ERRSOU3_RI_CPP			(BIT(1) | BIT(6))
#define ERRSOU3_TI_CPP			(BIT(2) | BIT(5))
#define ERRSOU3_ARAM_CORRECTABLE	BIT(3)
#define ERRSOU3_ARAM_UNCORRECTABLE	BIT(4)
#define ERRSOU3_VFLR			BIT(7)
#define ERRSOU3_ATU_FAULT		BIT(8)
#define ERRSOU3_RATE_LIMITER		BIT(9)
#define ERRSOU3_ALL			GENMASK(9, 0)

#define HIAEUNCERRLOG			0x41a300
#define HIAECORERRLOG			0x41a308
#define HICPPAGENTCMDPARERRLOG		0x41a310
#define HICPPAGENTCMDPARERRLOGENABLE	0x41a314
#define HICPPAGENTCMDPARERR_ALL		GENMASK(4, 0)
#define HIAECORERRLOGENABLE		0x41a318
#define HIAEUNCERRLOGENABLE		0x41a320
#define RICPPINTCTL			0x41a32c
#define RICPPINTCTL_ALL			GENMASK(4, 0)
#define RICPPINTSTS			0x41a330
#define RICPPINTSTS_ALL			GENMASK(3, 0)
#define RIMEM_PARERR_STS		0x41b128
#define RIMEM_PARERR_FATAL		0x00000350
#define RIMEM_PARERR_ALL		0x5fffffff
#define RI_MEM_PAR_ERR_EN0		0x41b12c
#define RIMISCSTS			0x41b1b8
#define RIMISCCTL			0x41b1bc

/* MISC BAR: transport and rate limiter (reference 01 section 6.3) */
#define TICPPINTCTL			0x500538
#define TICPPINTCTL_ALL			GENMASK(4, 0)
#define TICPPINTSTS			0x50053c
#define TICPPINTSTS_ALL			GENMASK(2, 0)
#define TIMISCCTL			0x500548
#define TIMISCCTL_ERROR_ENABLE		BIT(0)
#define TIMISCCTL_KEEP			0x40000006
#define TIMISCSTS			0x50054c
#define ADMINMSGUR			0x500574
#define ADMINMSGLR			0x500578
#define TI_CI_PAR_ERR_MASK		0x500608
#define TI_CI_PAR_STS			0x50060c
#define TI_CI_PAR_ALL			0x8b
#define TI_PULL0FUB_PAR_ERR_MASK	0x500614
#define TI_PULL0FUB_PAR_STS		0x500618
#define TI_PULL0FUB_PAR_ALL		0x7ff7
#define TI_PUSHFUB_PAR_ERR_MASK		0x50062c
#define TI_PUSHFUB_PAR_STS		0x500630
#define TI_PUSHFUB_PAR_ALL		0x7f7
#define TI_CD_PAR_ERR_MASK		0x500638
#define TI_CD_PAR_STS			0x50063c
#define TI_CD_PAR_ALL			0x03ffffff
#define TI_TRNSB_PAR_ERR_MASK		0x500644
#define TI_TRNSB_PAR_STS		0x500648
#define TI_TRNSB_PAR_ALL		0x003fffff
#define RL_PAR_ERR_MASK			0x500650
#define RL_PAR_STS			0x500654
#define RL_PAR_ALL			GENMASK(3, 0)
#define QM_PAR_ERR_MASK			0x50065c
#define QM_PAR_STS			0x500660
#define QM_PAR_ALL			GENMASK(19, 0)
#define ATUFAULTSTATUS(rp)		(0x506000 + 4 * (rp))
#define ATUFAULTSTATUS_FAULT		BIT(0)
#define RL_RING2LEAF(rp)		(0x508000 + 4 * (rp))
#define RL_LEAF2CLUSTER(leaf)		(0x509000 + 4 * (leaf))
#define RL_CLUSTER2ROOT(cluster)	(0x508818 + 4 * (cluster))
#define RL_PCIE_IN_BUCKET		0x508800
#define RL_PCIE_OUT_BUCKET		0x508804
#define RLT_ERRLOG			0x508814
#define RLT_ERRLOG_ALL			GENMASK(3, 0)

/* MISC BAR: power management (reference 03 section 13) */
#define PM_FW_INIT_IDLE_ENABLE		BIT(2)
#define PM_FW_INIT_IDLE_FILTER		GENMASK(5, 3)
#define PM_STATUS			0x50a00c
#define PM_STATUS_CURRENT_WP		GENMASK(19, 11)
#define PM_STATUS_PENDING_WP		GENMASK(31, 23)
#define PM_STATUS_STATE			GENMASK(22, 20)
#define PM_STATUS_STATE_INIT		2
#define PM_HOST_MSG			0x50a01c
#define PM_HOST_MSG_PENDING		BIT(0)
#define PM_HOST_MSG_PAYLOAD		GENMASK(28, 1)
#define PM_HOST_MSG_NO_CHANGE		0
#define PM_HOST_MSG_SET_MIN		1
#define PM_INTERRUPT			0x50a028
#define PM_INTERRUPT_THROTTLE		BIT(0)
#define PM_INTERRUPT_IDLE		BIT(1)
#define PM_INTERRUPT_FW			BIT(2)
#define PM_INTERRUPT_STATUS		GENMASK(2, 0)
#define PM_INTERRUPT_IDLE_EN		BIT(18)
#define PM_INTERRUPT_THROTTLE_EN	BIT(19)
#define PM_INTERRUPT_DRV_ACTIVE		BIT(20)

#define PM_MAIN_THROTTLE		GENMASK(6, 4)
#define PM_MAIN_MIN_PWR_ACK		BIT(7)
#define PM_THREAD_MIN_PWR_ACK_PENDING	BIT(17)
#define PM_SSM_ENABLE			GENMASK(15, 0)
#define PM_SSM_DOMAINS_GATED		GENMASK(15, 0)
#define PM_SSM_CPR			BIT(0)
#define PM_SSM_XLT			BIT(1)
#define PM_SSM_DCPR			GENMASK(3, 2)
#define PM_SSM_PKE			GENMASK(8, 4)
#define PM_SSM_WAT			GENMASK(13, 9)
#define PM_SSM_WCP			GENMASK(18, 14)
#define PM_SSM_UCS			GENMASK(20, 19)
#define PM_SSM_CPH			GENMASK(24, 21)
#define PM_SSM_ATH			GENMASK(28, 25)
#define FUSECTL0_PM			BIT(21)
#define FUSECTL0_PM_IDLE		BIT(22)
#define FUSECTL0_PM_DEEP_IDLE		BIT(23)

/* MISC BAR: one window per engine (reference 02 section 7) */
#define AE_XFER(ae, r)			(0x600000 + 0x1000 * (ae) + 4 * (r))
#define AE_NUM_XFER			256
#define AE_CSR(ae, csr)			(0x600800 + 0x1000 * (ae) + (csr))
#define AE_CTX_ARB_CNTL			0x014
#define AE_CTX_ENABLES			0x018
#define AE_CTX_ENABLES_CONTEXTS		GENMASK(15, 8)
#define AE_CC_ENABLE			0x01c
#define AE_CC_ENABLE_VALUE		0x2000
#define AE_CSR_CTX_POINTER		0x020
#define AE_CTX_STS_INDIRECT		0x040
#define AE_ACTIVE_CTX_STATUS		0x044
#define AE_ACTIVE_CTX_STATUS_ACTIVE	BIT(31)
#define AE_CTX_SIG_EVENTS_INDIRECT	0x048
#define AE_CTX_WAKEUP_EVENTS_INDIRECT	0x050
#define AE_TIMESTAMP_LOW		0x0c0
#define AE_TIMESTAMP_HIGH		0x0c4
#define AE_PROFILE_COUNT		0x144
#define AE_PROFILE_COUNT_BITS		GENMASK(15, 0)
#define AE_SIGNATURE_ENABLE		0x150
#define AE_SIGNATURE_ENABLE_BIT		BIT(0)
#define AE_MAILBOX			0x170
#define AE_MAILBOX_PENDING		1
#define AE_LOCAL_CSR_STATUS		0x180
#define AE_LOCAL_CSR_STATUS_BUSY	BIT(0)

/* MISC BAR: global engine registers and firmware control unit (reference 02 section 6) */
#define ICP_RESET			0x640938
#define ICP_GLOBAL_CLK_ENABLE		0x640964
#define ICP_GROUPS			0x100015	/* engine groups 0, 1, 2 and slices */
#define MISC_CONTROL			0x640aa0
#define MISC_CONTROL_TIMESTAMP		BIT(7)
#define CPP_CFC_ERR_CTRL		0x640c00
#define CPP_CFC_ERR_CTRL_ENABLE		0x3
#define CPP_CFC_ERR_CTRL_DISABLE	0x670
#define CPP_CFC_ERR_STATUS		0x640c04
#define CPP_CFC_ERR_STATUS_ERROR	BIT(0)
#define CPP_CFC_ERR_STATUS_MULTIPLE	BIT(1)
#define CPP_CFC_ERR_STATUS_COMMAND	BIT(7)
#define CPP_CFC_ERR_STATUS_DATA		BIT(8)
#define CPP_CFC_ERR_STATUS_CLR		0x640c08
#define CPP_CFC_ERR_STATUS_CLR_ALL	0x7
#define FCU_CONTROL			0x641000
#define FCU_CONTROL_AUTH		1
#define FCU_CONTROL_LOAD		2
#define FCU_CONTROL_START		3
#define FCU_CONTROL_ONE_AE		BIT(4)
#define FCU_CONTROL_AE(ae)		((u32)(ae) << 8)
#define FCU_STATUS			0x641004
#define FCU_STATUS_RESULT		GENMASK(2, 0)
#define FCU_STATUS_AUTHFWLD		BIT(8)
#define FCU_STATUS_DONE			BIT(9)
#define FCU_BROADCAST_MASK		0x641008
#define FCU_AE_LOADED			0x641010
#define FCU_DRAM_ADDR_LO		0x641014
#define FCU_DRAM_ADDR_HI		0x641018

/**
 * enum fcu_result - low bits of FCU_STATUS
 * @FCU_NONE: no command yet
 * @FCU_VERI_DONE: image authenticated
 * @FCU_LOAD_DONE: image loaded
 * @FCU_VERI_FAIL: image refused
 * @FCU_LOAD_FAIL: image not loaded
 * @FCU_BUSY: command running
 */
enum fcu_result {
	FCU_NONE	= 0,
	FCU_VERI_DONE	= 1,
	FCU_LOAD_DONE	= 2,
	FCU_VERI_FAIL	= 3,
	FCU_LOAD_FAIL	= 4,
	FCU_BUSY	= 5,
};

/* ETR BAR, in front of the ring pairs (reference 01 section 7) */
#define SARCONFIG(arbiter)		(0x000 + 4 * (arbiter))
#define SARCONFIG_VALUE			0x80000041
#define QAT_NUM_ARBITERS		4
#define WT2SAM(ae)			(0x400 + 4 * (ae))
#define RPRESETCTL(rp)			(0x6000 + 8 * (rp))
#define RPRESETCTL_RESET		BIT(0)
#define RPRESETSTS(rp)			(0x6004 + 8 * (rp))
#define RPRESETSTS_DONE			BIT(0)

#endif
