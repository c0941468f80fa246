# Every test speaks TAP, so that each case counts.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/tools/tap.sh
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	ZHIBAN_SHARED='$(abs_top_srcdir)/../shared'; export ZHIBAN_SHARED; \
	ZHIBAN_SRCDIR='$(abs_top_srcdir)'; export ZHIBAN_SRCDIR; \
	ZHIBAN_BUILDDIR='$(abs_top_builddir)'; export ZHIBAN_BUILDDIR;

# The same suites with all they have: each reads ZHIBAN_LONG, "1" is all of it (CONTRIBUTING.md).
check-long:
	ZHIBAN_LONG="$${ZHIBAN_LONG:-1}" $(MAKE) $(AM_MAKEFLAGS) check
.PHONY: check-long

include tests/unit/base/local.mk
include tests/unit/domain/local.mk
include tests/unit/profile/local.mk
include tests/unit/wire/local.mk
include tests/unit/store/local.mk
include tests/unit/sync/local.mk
include tests/unit/client/local.mk
include tests/unit/model/local.mk
include tests/unit/ui/local.mk
include tests/unit/views/local.mk
include tests/unit/server/local.mk
include tests/unit/demo/local.mk
include tests/faults/local.mk
include tests/tools/local.mk
include tests/screen/local.mk
include tests/fuzz/local.mk
include tests/e2e/local.mk
include tests/line/local.mk
include tests/bench/local.mk
include tests/sim/local.mk
include tests/nodes/local.mk
