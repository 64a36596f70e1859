#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Print the kernel's uevents that carry QATVF_EVENT, one "ADDRESS WORD" a line, until killed."""
import socket

NETLINK_KOBJECT_UEVENT = 15
KERNEL_GROUP = 1

with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_KOBJECT_UEVENT) as s:
    s.bind((0, KERNEL_GROUP))
    while True:
        text = s.recv(65536).decode(errors="replace").split("\0")
        fields = dict(line.split("=", 1) for line in text if "=" in line)
        if "QATVF_EVENT" in fields:
            print(fields.get("PCI_SLOT_NAME"), fields["QATVF_EVENT"], flush=True)
