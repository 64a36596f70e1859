// SPDX-License-Identifier: GPL-2.0
/*
 * Command doctor: goes through what stands between a machine and working VFs, from the
 * firmware setup to permissions, and says what is wrong and which command mends it.
 * "0 devices" is never left unexplained.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "qatvfctl.h"

#define PCI	"/sys/bus/pci/devices"

/**
 * struct patient - what the checks share
 * @pfs:	PFs
 * @num_pfs:	how many
 * @guest_vfs:	VFs whose PF is not in this machine
 * @in_guest:	this is a virtual machine
 * @distribution: "rhel", "suse" or "debian": whose commands to name
 * @bad:	findings that keep devices from working
 * @notes:	other findings
 */
struct patient {
	struct pf_info *pfs;
	int num_pfs;
	int guest_vfs;
	bool in_guest;
	const char *distribution;
	unsigned int bad;
	unsigned int notes;
};

static void say(const char *kind, const char *id, const char *what, const char *mend)
{
	if (json) {
		json_begin(NULL, '{');
		json_string("kind", kind);
		json_string("check", id);
		json_string("what", what);
		if (mend)
			json_string("mend", mend);
		json_end('}');
		return;
	}
	printf("%-5s %-12s %s\n", kind, id, what);
	if (mend)
		printf("      %-12s -> %s\n", "", mend);
}

static void good(const char *id, const char *what)
{
	say("ok", id, what, NULL);
}

static void bad(struct patient *p, const char *id, const char *what, const char *mend)
{
	p->bad++;
	say("BAD", id, what, mend);
}

static void note(struct patient *p, const char *id, const char *what, const char *mend)
{
	p->notes++;
	say("note", id, what, mend);
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *at;

	for (at = text; (at = strstr(at, word)); at += len)
		if ((at == text || strchr(" \t\n", at[-1])) &&
		    (!at[len] || strchr(" \t\n", at[len])))
			return true;
	return false;
}

static const char *distribution(void)
{
	char text[TEXT_MAX];

	root_read("/etc/os-release", text, sizeof(text));
	if (strstr(text, "suse"))
		return "suse";
	if (strstr(text, "debian") || strstr(text, "ubuntu"))
		return "debian";
	return "rhel";
}

/* 1. The device, UEFI */
static void check_device(struct patient *p)
{
	char what[128];

	if (p->num_pfs) {
		snprintf(what, sizeof(what), "%d PFs", p->num_pfs);
		good("device", what);
	} else if (p->guest_vfs) {
		snprintf(what, sizeof(what), "%d VFs, given to this machine by its host",
			 p->guest_vfs);
		good("device", what);
	} else if (p->in_guest) {
		bad(p, "device", "no QuickAssist device (8086:4940, 8086:4941): this is a virtual machine, and its host has given it none",
		    "on the host, add <hostdev> with the address of a VF (qatvfctl status), or -device vfio-pci,host=ADDRESS");
	} else {
		bad(p, "device", "no QuickAssist device of generation 4 (8086:4940) on the PCI bus: the processor has none, or the firmware setup hides it",
		    "firmware setup (UEFI): Socket Configuration > IIO > IOAT/accelerators: enable QAT (CPM); lspci -d 8086: | grep -i co-pro");
	}
}

/* 2. VT-d, intel_iommu */
static void mend_iommu(const struct patient *p, char *mend, size_t size)
{
	if (!strcmp(p->distribution, "rhel"))
		snprintf(mend, size, "grubby --update-kernel=ALL --args=intel_iommu=on; reboot");
	else if (!strcmp(p->distribution, "suse"))
		snprintf(mend, size, "add intel_iommu=on to GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub; grub2-mkconfig -o /boot/grub2/grub.cfg; reboot");
	else
		snprintf(mend, size, "add intel_iommu=on to GRUB_CMDLINE_LINUX in /etc/default/grub; update-grub; reboot");
}

static void check_iommu(struct patient *p)
{
	char cmdline[TEXT_MAX], mend[256], **names;
	int n;

	if (!p->num_pfs)
		return;
	n = root_list("/sys/kernel/iommu_groups", &names);
	root_free(names, n);
	if (n) {
		good("iommu", "an IOMMU is in use");
		return;
	}
	root_read("/proc/cmdline", cmdline, sizeof(cmdline));
	mend_iommu(p, mend, sizeof(mend));
	if (!root_exists("/sys/firmware/acpi/tables/DMAR"))
		bad(p, "iommu", "the firmware announces no IOMMU (no ACPI table DMAR)",
		    "firmware setup (UEFI): enable VT-d (Intel VT for Directed I/O)");
	else if (has_word(cmdline, "intel_iommu=off") || has_word(cmdline, "iommu=off"))
		bad(p, "iommu", "the IOMMU is switched off on the kernel's command line", mend);
	else
		bad(p, "iommu", "there is an IOMMU, but the kernel does not use it", mend);
}

/* 3. SR-IOV */
static void check_sriov(struct patient *p)
{
	unsigned int before = p->bad;
	char what[128];
	int i;

	for (i = 0; i < p->num_pfs; i++) {
		if (p->pfs[i].total_vfs > 0)
			continue;
		snprintf(what, sizeof(what), "%s offers no VFs", p->pfs[i].address);
		bad(p, "sriov", what,
		    "firmware setup (UEFI): enable SR-IOV support; and the kernel needs CONFIG_PCI_IOV");
	}
	if (i && p->bad == before)
		good("sriov", "PFs offer VFs");
}

/* 4. Firmware files */
static bool firmware_in(const char *dir, const char *file)
{
	static const char * const suffix[] = { "", ".xz", ".zst", ".gz" };
	size_t i;

	for (i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++)
		if (root_exists(root_path("%s/%s%s", dir, file, suffix[i])))
			return true;
	return false;
}

static bool have_firmware(const char *file)
{
	char dir[256], release[300];
	struct utsname name;

	uname(&name);
	snprintf(release, sizeof(release), "/lib/firmware/%s", name.release);
	return (root_read("/sys/module/firmware_class/parameters/path", dir, sizeof(dir)) &&
		*dir && firmware_in(dir, file)) ||
	       firmware_in("/lib/firmware/updates", file) || firmware_in(release, file) ||
	       firmware_in("/lib/firmware", file);
}

static void check_firmware(struct patient *p)
{
	static const char * const file[] = { "qat_4xxx.bin", "qat_4xxx_mmp.bin" };
	const char *mend = "dnf install linux-firmware";
	unsigned int missing = 0;
	char what[128];
	size_t i;

	if (!p->num_pfs)
		return;
	if (!strcmp(p->distribution, "suse"))
		mend = "zypper install kernel-firmware-qat";
	else if (!strcmp(p->distribution, "debian"))
		mend = "apt install firmware-misc-nonfree (Ubuntu: linux-firmware)";
	for (i = 0; i < sizeof(file) / sizeof(file[0]); i++) {
		if (have_firmware(file[i]))
			continue;
		missing++;
		snprintf(what, sizeof(what), "/lib/firmware/%s is missing", file[i]);
		bad(p, "firmware", what, mend);
	}
	if (!missing)
		good("firmware", "both files are there");
}

/* 5. Other drivers that want the same devices */
static bool has_pf_on(const struct patient *p, const char *driver)
{
	int i;

	for (i = 0; i < p->num_pfs; i++)
		if (!strcmp(p->pfs[i].driver, driver))
			return true;
	return false;
}

static void check_conflict(struct patient *p)
{
	bool loaded = root_exists("/sys/module/qat_4xxx");

	if (!p->num_pfs)
		return;
	if (loaded && root_exists("/sys/module/usdm_drv"))
		bad(p, "conflict", "Intel's out-of-tree package drives the devices",
		    "systemctl disable --now qat; modprobe -r qat_4xxx usdm_drv; modprobe qatvf_pf");
	else if (loaded)
		bad(p, "conflict", "the in-tree driver qat_4xxx is loaded and has the devices",
		    "systemctl stop qat; modprobe -r qat_4xxx; modprobe qatvf_pf");
	else if (has_pf_on(p, "4xxx") && !root_exists("/sys/module/qatvf_pf"))
		bad(p, "conflict", "a driver 4xxx that is no module has the devices: the in-tree one, built into this kernel",
		    "a kernel with CONFIG_CRYPTO_DEV_QAT_4XXX=m or without it; until then, on its command line: initcall_blacklist=adf_driver_init");
	else
		good("conflict", "qat_4xxx is not loaded");
	if (!root_exists("/etc/modprobe.d/qatvf.conf"))
		note(p, "conflict", "nothing keeps qat_4xxx away at the next boot: no /etc/modprobe.d/qatvf.conf",
		     "echo 'install qat_4xxx /bin/false' > /etc/modprobe.d/qatvf.conf");
	if (root_exists("/sys/module/qat_vfio_pci"))
		note(p, "conflict", "qat_vfio_pci is loaded: libvirt prefers it, and it works with qat_4xxx only",
		     "modprobe -r qat_vfio_pci; in the guest's XML: <driver model='vfio-pci'/>");
}

/* 6. Our modules */
static bool installed(const char *module)
{
	char path[300], word[64], line[TEXT_MAX];
	struct utsname name;
	bool found = false;
	FILE *in;

	uname(&name);
	snprintf(path, sizeof(path), "%s/lib/modules/%s/modules.dep", root_dir, name.release);
	snprintf(word, sizeof(word), "/%s.ko", module);
	in = fopen(path, "r");
	while (in && !found && fgets(line, sizeof(line), in)) {
		line[strcspn(line, ":")] = '\0';
		found = strstr(line, word);
	}
	if (in)
		fclose(in);
	return found;
}

static void check_module(struct patient *p)
{
	const char *module = p->num_pfs ? "qatvf_pf" : "qat_4xxxvf";
	char text[TEXT_MAX], what[128], mend[128];

	if (!p->num_pfs && !p->guest_vfs)
		return;
	if (root_exists(root_path("/sys/module/%s", module))) {
		snprintf(what, sizeof(what), "%s is loaded", module);
		good("module", what);
		return;
	}
	snprintf(what, sizeof(what), "%s is not installed for this kernel", module);
	if (!installed(module)) {
		bad(p, "module", what,
		    "make && make modules_install && depmod -a (with dkms: dkms autoinstall)");
		return;
	}
	snprintf(what, sizeof(what), "%s is not loaded", module);
	snprintf(mend, sizeof(mend), "modprobe %s; dmesg | tail", module);
	root_read("/sys/kernel/security/lockdown", text, sizeof(text));
	if (strstr(text, "[integrity]") || strstr(text, "[confidentiality]"))
		bad(p, "module", "it is not loaded, and Secure Boot lets only signed modules be",
		    "sign the modules with a key that is enrolled: mokutil --import; with dkms: /var/lib/dkms/mok.pub");
	else
		bad(p, "module", what, mend);
}

/* 7. PFs bound and up */
static void check_pf(struct patient *p, const struct pf_info *pf)
{
	char what[160], mend[160];

	if (!*pf->driver) {
		snprintf(what, sizeof(what), "%s has no driver", pf->address);
		snprintf(mend, sizeof(mend), "echo %s > /sys/bus/pci/drivers/4xxx/bind; dmesg | grep %s",
			 pf->address, pf->address);
		bad(p, "pf", what, mend);
	} else if (strcmp(pf->driver, "4xxx")) {
		snprintf(what, sizeof(what), "%s is driven by %s", pf->address, pf->driver);
		snprintf(mend, sizeof(mend),
			 "echo %s > " PCI "/%s/driver/unbind; echo %s > /sys/bus/pci/drivers/4xxx/bind",
			 pf->address, pf->address, pf->address);
		bad(p, "pf", what, mend);
	} else if (!strcmp(pf->state, "down")) {
		snprintf(what, sizeof(what), "%s is down", pf->address);
		snprintf(mend, sizeof(mend), "echo up > " PCI "/%s/qat/state; dmesg | grep %s",
			 pf->address, pf->address);
		bad(p, "pf", what, mend);
	} else if (!pf->num_vfs) {
		snprintf(what, sizeof(what), "%s is up, but its VFs are not enabled", pf->address);
		snprintf(mend, sizeof(mend),
			 "qatvfctl apply /etc/qatvf.conf (or: echo 16 > " PCI "/%s/sriov_numvfs)",
			 pf->address);
		bad(p, "pf", what, mend);
	} else {
		snprintf(what, sizeof(what), "%s is up with %ld VFs", pf->address, pf->num_vfs);
		good("pf", what);
	}
}

static void check_pfs(struct patient *p)
{
	int i;

	if (!root_exists("/sys/module/qatvf_pf"))
		return;
	for (i = 0; i < p->num_pfs; i++)
		check_pf(p, &p->pfs[i]);
}

/* 8. vfio */
static bool any_vfio(const struct patient *p)
{
	int i, nr;

	for (i = 0; i < p->num_pfs; i++)
		for (nr = 0; nr < MAX_VFS; nr++)
			if (!strcmp(p->pfs[i].vf[nr].driver, "vfio-pci"))
				return true;
	return false;
}

static void check_vfio(struct patient *p)
{
	if (!p->num_pfs)
		return;
	if (root_exists("/sys/bus/pci/drivers/vfio-pci"))
		good("vfio", "vfio-pci is loaded");
	else if (installed("vfio-pci"))
		note(p, "vfio", "vfio-pci is not loaded: no VF can be given to guests or programs",
		     "modprobe vfio-pci; echo vfio-pci > /etc/modules-load.d/vfio-pci.conf");
	else
		note(p, "vfio", "this kernel has no vfio-pci: no VF can be given to guests or programs",
		     !strcmp(p->distribution, "rhel") ? "dnf install kernel-modules" :
							"install the kernel's package of all modules");
}

/* 9. Permissions */
static long group_id(const char *wanted)
{
	char path[300], line[TEXT_MAX];
	long id = -1;
	FILE *in;

	snprintf(path, sizeof(path), "%s/etc/group", root_dir);
	in = fopen(path, "r");
	while (in && id < 0 && fgets(line, sizeof(line), in)) {
		size_t len = strlen(wanted);

		if (!strncmp(line, wanted, len) && line[len] == ':' && strchr(line + len + 1, ':'))
			id = strtol(strchr(line + len + 1, ':') + 1, NULL, 10);
	}
	if (in)
		fclose(in);
	return id;
}

static unsigned int closed_groups(const struct patient *p, long gid, char *which, size_t size)
{
	unsigned int closed = 0;
	struct stat st;
	int i, nr;

	for (i = 0; i < p->num_pfs; i++) {
		for (nr = 0; nr < MAX_VFS; nr++) {
			const struct vf_info *vf = &p->pfs[i].vf[nr];
			const char *path = root_path("%s/dev/vfio/%d", root_dir, vf->group);

			if (strcmp(vf->driver, "vfio-pci") || stat(path, &st) ||
			    (st.st_gid == gid && (st.st_mode & 060) == 060))
				continue;
			if (!closed++)
				snprintf(which, size, "/dev/vfio/%d", vf->group);
		}
	}
	return closed;
}

static void check_permissions(struct patient *p)
{
	long gid = group_id("qat");
	char which[32], what[160];
	unsigned int closed;

	if (!any_vfio(p))
		return;
	if (gid < 0) {
		note(p, "permissions", "there is no group qat: programs need to run as root",
		     "groupadd -r qat; usermod -aG qat USER");
		return;
	}
	closed = closed_groups(p, gid, which, sizeof(which));
	if (closed) {
		snprintf(what, sizeof(what), "group qat may not open %s%s", which,
			 closed > 1 ? " and others" : "");
		note(p, "permissions", what,
		     "install 70-qatvf-vfio.rules (make install-tools); udevadm control --reload; udevadm trigger -s vfio -s vfio-dev");
	} else {
		good("permissions", "group qat may open the VFs of vfio-pci");
	}
}

/* 10. Configuration */
static void check_configuration(struct patient *p)
{
	char status[32], what[128];
	int i;

	if (!p->num_pfs || !root_exists("/sys/module/qatvf_core"))
		return;
	if (!tree_there()) {
		note(p, "configuration", "configfs is not mounted",
		     "mount -t configfs none /sys/kernel/config");
		return;
	}
	for (i = 0; i < p->num_pfs; i++) {
		if (!tree_status(p->pfs[i].address, status, sizeof(status)) ||
		    strncmp(status, "failed", 6))
			continue;
		snprintf(what, sizeof(what), "the configuration of %s was not applied: %s",
			 p->pfs[i].address, status);
		bad(p, "configuration", what, "dmesg | grep -i qat; then qatvfctl apply /etc/qatvf.conf");
	}
}

static unsigned int usable(const struct patient *p)
{
	unsigned int vfs = p->guest_vfs;
	int i;

	for (i = 0; i < p->num_pfs; i++)
		if (!strcmp(p->pfs[i].state, "up"))
			vfs += p->pfs[i].num_vfs;
	return vfs;
}

static void conclude(struct patient *p)
{
	unsigned int vfs = usable(p);

	/* What cannot happen is not explained by what we know. */
	if (!vfs && !p->bad)
		bad(p, "unknown", "0 devices, and all of the above is well", "dmesg | grep -iE 'qat|4xxx'");
	if (json) {
		json_end(']');
		json_number("devices", vfs);
		json_number("bad", p->bad);
		json_number("notes", p->notes);
		json_end('}');
		return;
	}
	printf("%u devices (VFs) usable; %u bad, %u notes\n", vfs, p->bad, p->notes);
}

/**
 * do_doctor() - command doctor
 */
enum result do_doctor(int argc, char **argv)
{
	static void (* const checks[])(struct patient *p) = {
		check_device, check_sriov, check_iommu, check_firmware, check_conflict,
		check_module, check_pfs, check_vfio, check_permissions, check_configuration,
	};
	struct patient p = { };
	char cpuinfo[TEXT_MAX];
	size_t i;

	(void)argv;
	if (argc)
		return USAGE;
	root_read("/proc/cpuinfo", cpuinfo, sizeof(cpuinfo));
	p.in_guest = has_word(cpuinfo, "hypervisor");
	p.distribution = distribution();
	p.num_pfs = devices_list(&p.pfs);
	p.guest_vfs = devices_count_vfs();
	if (json) {
		json_begin(NULL, '{');
		json_begin("findings", '[');
	}
	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		checks[i](&p);
	conclude(&p);
	free(p.pfs);
	return p.bad ? WRONG : DONE;
}
