/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Layout of the firmware files of QAT Gen4 as the test tools see it: offsets and
 * values of reference 02 sections 2 and 3. Written a second time on purpose: the
 * driver's own header is not used here, so that one misreading of the reference
 * cannot agree with itself.
 */
#ifndef QATVF_TEST_FWLAYOUT_H
#define QATVF_TEST_FWLAYOUT_H

/* MOF file header, section 2.1 */
#define MOF_ID			0x00666f6d
#define MOF_HDR_LEN		16
#define MOF_OFF_CRC		0x04
#define MOF_OFF_MIN_VER		0x08
#define MOF_OFF_MAJ_VER		0x09
#define MOF_OFF_MAX_CHUNKS	0x0c
#define MOF_OFF_NUM_CHUNKS	0x0e
#define MOF_CHUNKS		3

/* Chunk header of MOF and SUOF, sections 2.2 and 3.2 */
#define CHUNK_LEN		24
#define CHUNK_OFF_ID		0x00
#define CHUNK_OFF_OFFSET	0x08
#define CHUNK_OFF_SIZE		0x10
#define CHUNK_ID_STRINGS	"SYM_OBJS"
#define CHUNK_ID_UNSIGNED	"UOF_OBJS"
#define CHUNK_ID_SIGNED		"SUF_OBJS"
#define CHUNK_ID_IMAGE		"SIG_OBJS"

/* Object table, section 2.4 */
#define OBJTAB_HDR_LEN		8
#define OBJTAB_OFF_MAX		0x00
#define OBJTAB_OFF_NUM		0x02
#define ENTRY_LEN		32
#define ENTRY_OFF_ID		0x00
#define ENTRY_OFF_OFFSET	0x08
#define ENTRY_OFF_SIZE		0x10
#define ENTRY_OFF_NAME		0x18
#define ENTRY_OFF_RESERVED	0x1c
#define ENTRY_ID		"SUF_IMAG"

/* SUOF, section 3.1 and 3.2 */
#define SUOF_ID			0x53554f46
#define SUOF_HDR_LEN		16
#define SUOF_OFF_CRC		0x04
#define SUOF_OFF_MIN_VER	0x08
#define SUOF_OFF_MAJ_VER	0x09
#define SUOF_OFF_FW_TYPE	0x0a
#define SUOF_OFF_MAX_CHUNKS	0x0c
#define SUOF_OFF_NUM_CHUNKS	0x0e
#define SUOF_MAX_CHUNKS		0x21
#define SUOF_CHUNKS		2
#define SUOF_IMG_HDR_LEN	8

/* Both containers checksum themselves from here to their end, section 2.5 */
#define CRC_FROM		8

/* Signed image, section 3.3 */
#define IMG_OFF_CSS		0x000
#define IMG_OFF_MODULUS		0x080
#define IMG_OFF_EXPONENT	0x200
#define IMG_OFF_SIGNATURE	0x204
#define IMG_OFF_PAYLOAD		0x384
#define CSS_LEN			128
#define RSA_LEN			384
#define RSA_EXPONENT		0x00010001

/* CSS header, section 3.4 */
#define CSS_OFF_MODULE_TYPE	0x00
#define CSS_OFF_HEADER_LEN	0x04
#define CSS_OFF_HEADER_VER	0x08
#define CSS_OFF_VENDOR		0x10
#define CSS_OFF_DATE		0x14
#define CSS_OFF_SIZE		0x18
#define CSS_OFF_KEY_SIZE	0x1c
#define CSS_OFF_MODULE_SIZE	0x20
#define CSS_OFF_EXP_SIZE	0x24
#define CSS_OFF_FW_TYPE		0x28
#define CSS_TYPE_AE		0
#define CSS_TYPE_MMP		1

/* AE mode descriptor (SIMG) at the payload's start, section 3.6 */
#define SIMG_LEN		552
#define SIMG_ID			0x00494d47
#define SIMG_OFF_MIN_VER	0x06
#define SIMG_OFF_DEV_TYPE	0x08
#define SIMG_OFF_DEV_MAX	0x0c
#define SIMG_OFF_DEV_MIN	0x0e
#define SIMG_OFF_AE_MASK	0x10
#define SIMG_OFF_CTX_ENABLES	0x14
#define SIMG_OFF_SCS_MODE	0x1d
#define SIMG_OFF_TINDEX_MODE	0x20
#define SIMG_OFF_RESERVED	0x21
#define SIMG_OFF_NAME		0x28
#define SIMG_OFF_META		0x128
#define SIMG_TEXT_LEN		256
#define SIMG_DEV_TYPE		0x08000000
#define SIMG_CTX_ENABLES	0x1000ff40

/* AE payload, sections 3.5 and 3.8 */
#define INIT_SEQ_LEN		400
#define AE_PAYLOAD_MIN		(SIMG_LEN + INIT_SEQ_LEN)
#define AE_INSTS_MAX		0x20000
#define AE_PAYLOAD_MAX		(AE_PAYLOAD_MIN + AE_INSTS_MAX)
#define MMP_PAYLOAD_MAX		0x30000

/* Limits of what these tools build and of section 11.1 */
#define FW_OBJECTS_MAX		16
#define FW_NAME_LEN		128

#define FW_MAIN_NAME		"qat_4xxx.bin"
#define FW_MMP_NAME		"qat_4xxx_mmp.bin"

#endif
