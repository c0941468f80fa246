# The gates of the house rules, and what tests of whole programs share.
tests_gates = \
	tests/tools/banned.sh \
	tests/tools/cjk.sh \
	tests/tools/dist.sh \
	tests/tools/gates_test.sh \
	tests/tools/globals.sh \
	tests/tools/layers.sh \
	tests/tools/po.sh \
	tests/tools/sizes.sh \
	tests/tools/sql.sh \
	tests/tools/thirdparty.sh \
	tests/tools/words.sh
dist_check_SCRIPTS += $(tests_gates)
TESTS += $(tests_gates)
EXTRA_DIST += tests/tools/gate.sh tests/tools/lex.awk tests/tools/postgres.sh tests/tools/pot.sh tests/tools/tap.sh

# Runs a program in an emulated terminal; see the head of pty.c.
check_PROGRAMS += tests/tools/pty
tests_tools_pty_SOURCES = tests/tools/pty.c tests/tools/pty_term.c tests/tools/pty_term.h tests/tools/pty_thin.c tests/tools/pty_thin.h
tests_tools_pty_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_tools_pty_LDADD = $(VTERM_LIBS)
dist_check_SCRIPTS += tests/tools/pty_test.sh
TESTS += tests/tools/pty_test.sh

# The toolkit on a real terminal, for eyes and for counting bytes.
check_PROGRAMS += tests/tools/uidemo
tests_tools_uidemo_SOURCES = tests/tools/uidemo.c
tests_tools_uidemo_LDADD = $(UI_LIBS)

# What a tarball holds, one a line, for tests/tools/dist.sh.
list-dist:
	@for f in $(DISTFILES); do echo "$$f"; done
.PHONY: list-dist

# A bad network in front of a server.
check_PROGRAMS += tests/tools/badnet
tests_tools_badnet_SOURCES = tests/tools/badnet.c tests/tools/net.c tests/tools/net.h

# A program's clock that is wrong (LD_PRELOAD).
check_PROGRAMS += tests/tools/wrongclock.so
tests_tools_wrongclock_so_SOURCES = tests/tools/wrongclock.c
tests_tools_wrongclock_so_CFLAGS = -std=gnu11 -fPIC
tests_tools_wrongclock_so_LDFLAGS = -shared
