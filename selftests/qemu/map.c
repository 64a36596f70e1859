/*
 * Intel QuickAssist Gen4: BARs that come and go
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * QEMU before 8.1 replaces the memory map of a virtual CPU while that CPU
 * runs. Until the CPU notices, at the end of a translation block, the numbers
 * of regions that it has cached mean other regions: an access to any device,
 * its interrupt controller included, goes astray. This device's drivers move
 * BARs while other CPUs are busy, so all CPUs stand still for that moment.
 */

#include "qemu/osdep.h"
#include "hw/core/cpu.h"
#include "hw/pci/pcie_host.h"
#include "sysemu/cpus.h"
#include "sysemu/runstate.h"
#include "qat.h"

/* Pausing lets other threads in, which must not try the same: under the BQL */
static bool qat_paused;

/* May this write to configuration space map or unmap something? */
static bool qat_moves_bars(PCIDevice *dev, uint32_t addr, uint32_t val,
                           int len)
{
    uint32_t devctl = dev->exp.exp_cap + PCI_EXP_DEVCTL;
    uint16_t sriov = dev->exp.sriov_cap;

    if (ranges_overlap(addr, len, PCI_COMMAND, 2)) {
        return addr != PCI_COMMAND ||
               ((val ^ pci_get_word(dev->config + PCI_COMMAND)) &
                PCI_COMMAND_MEMORY);
    }
    return ranges_overlap(addr, len, PCI_BASE_ADDRESS_0, 24) ||
           (ranges_overlap(addr, len, devctl, 2) &&
            (addr != devctl || (val & PCI_EXP_DEVCTL_BCR_FLR))) ||
           (sriov && ranges_overlap(addr, len, sriov, PCI_EXT_CAP_SRIOV_SIZEOF));
}

/*
 * Pausing lets a CPU finish what it has begun, which may be an access to
 * configuration space, too. QEMU's guard would take that for one that this
 * write has caused, and drop it. The region is made anew when firmware moves
 * it, so this is no matter of realize.
 */
static void qat_let_others_in(void)
{
    Object *bridge = object_resolve_path_type("", TYPE_PCIE_HOST_BRIDGE, NULL);

    if (bridge) {
        PCIE_HOST_BRIDGE(bridge)->mmio.disable_reentrancy_guard = true;
    }
}

/*
 * Before such a write; true: qat_map_resume() must follow it. CPUs that share
 * a thread (-icount) have no such trouble.
 */
bool qat_map_pause(PCIDevice *dev, uint32_t addr, uint32_t val, int len)
{
    if (!qemu_tcg_mttcg_enabled() || qat_paused || !current_cpu ||
        !runstate_is_running() || !qat_moves_bars(dev, addr, val, len)) {
        return false;
    }
    qat_paused = true;
    qat_let_others_in();
    /* whoever is let in may remove this very function */
    object_ref(OBJECT(dev));
    pause_all_vcpus();
    return true;
}

void qat_map_resume(PCIDevice *dev)
{
    resume_all_vcpus();
    object_unref(OBJECT(dev));
    qat_paused = false;
}
