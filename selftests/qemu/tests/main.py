#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests of the device model without a guest: main.py [WORD...]"""

import importlib
import sys

import tap

# importing a file registers its tests
for name in ("t_function", "t_ring", "t_sym", "t_hash", "t_aead", "t_dc",
             "t_pke", "t_vf", "t_rl", "t_tl", "t_pm", "t_fault", "t_fuzz"):
    importlib.import_module(name)

sys.exit(tap.run(sys.argv[1:]))
