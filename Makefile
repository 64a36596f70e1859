# SPDX-License-Identifier: GPL-2.0
#
# make			build the modules for the running kernel (KDIR= for another)
# make modules_install	install them and the modprobe snippet (INSTALL_MOD_PATH=)
# make tools		the command qatvfctl; make install-tools: it, its manual pages, the
#			unit that configures devices at boot, udev rule (DESTDIR=, PREFIX=)
# make dkms-install	copy the sources for dkms (DESTDIR=), then: dkms install
# make demo		two modelled devices in a virtual machine, end to end
# make check		the whole test suite; check-static, check-referee: parts of it
# make check-all	the same on more kernels: hours
# make check-extra	the kernel's randomised self-tests of every algorithm
# make check-debug	the tests in machines on a kernel that looks for errors (KASAN,
#			lockdep, DMA API, leaks); both build a kernel at first
# make soak		an hour of random events; SEED=N DURATION=SECONDS KERNEL=NAME
# make bench		the cost of a request, ours against Linux's own driver
# make help		all of it

KDIR ?= /lib/modules/$(shell uname -r)/build
BUILD ?= $(CURDIR)/build

VERSION := $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
DKMS_SRC = $(DESTDIR)/usr/src/qatvf-$(VERSION)
SNIPPET = $(DESTDIR)$(INSTALL_MOD_PATH)/etc/modprobe.d/qatvf.conf

export BUILD

all: modules

modules:
	@$(MAKE) -C $(KDIR) M=$(CURDIR)/drivers modules

modules_install: modules
	@$(MAKE) -C $(KDIR) M=$(CURDIR)/drivers modules_install
	@install -D -m 644 packaging/modprobe.d/qatvf.conf $(SNIPPET)
	@echo "  INSTALL $(SNIPPET) (keeps qat_4xxx off the devices)"

tools:
	@$(MAKE) -C tools

install-tools: tools
	@$(MAKE) -C tools install

dkms-install:
	@install -d $(DKMS_SRC)
	@tar -c --exclude='*.o' --exclude='*.ko' --exclude='*.mod*' --exclude='.*.cmd' \
		dkms.conf LICENSE drivers include packaging | tar -x -C $(DKMS_SRC)
	@install -D -m 644 packaging/modprobe.d/qatvf.conf $(SNIPPET)
	@echo "now: dkms install qatvf/$(VERSION)"

# --- tests, on this machine without devices; see selftests/run-tests ----------

packages:
	@selftests/vm/install-packages

model: packages
	@selftests/vm/build-model

demo: model
	@selftests/vm/demo

check: model
	@selftests/check

check-all: model
	@selftests/check --all

check-static: packages
	@selftests/run-tests --host-only static

check-referee: model
	@selftests/referee/run

# On kernels of our own (selftests/vm/build-kernel), for which the first run takes long.
check-extra: model
	@selftests/vm/build-kernel extra
	@selftests/run-tests --kernel extra crypto/test-extra

check-debug: model
	@selftests/vm/build-kernel debug
	@selftests/run-tests --vm-only --on debug $(TESTS)

soak: model
	@selftests/soak/soak $(if $(SEED),--seed $(SEED)) $(if $(DURATION),--seconds $(DURATION)) \
		$(if $(KERNEL),--kernel $(KERNEL))

bench: model
	@selftests/bench/bench

clean:
	@$(MAKE) -C $(KDIR) M=$(CURDIR)/drivers clean

# Also what was downloaded.
distclean:
	rm -rf $(BUILD)

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile
	@echo "make TESTS=... check	only tests whose path holds one of these words"
	@echo "make clean, distclean	built modules; all of build/ with its downloads"

.PHONY: all modules modules_install tools install-tools dkms-install packages \
	model demo check check-all check-static check-referee check-extra check-debug soak bench \
	clean distclean help
