# One command, one table: what a screen costs, beside peers in the same run.  No test asserts a
# time, so this is no part of make check.  BENCH="2000 1000000" gives the numbers of incidents.
EXTRA_DIST += tests/bench/night.sh tests/bench/plans.sh tests/bench/bench.sh tests/bench/server.sh tests/bench/sync.sh
bench: all tests/tools/pty$(EXEEXT) tests/bench/acts_bench$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/bench.sh $(BENCH)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/sync.sh $(BENCH_SYNC)
bench-long:
	$(MAKE) $(AM_MAKEFLAGS) bench BENCH="2000 1000000" BENCH_SYNC="1000 10000 100000"
# What a server carries; BENCH_PARKS=N consoles wait.
bench-server: all tests/bench/load$(EXEEXT) tests/bench/sessions$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) bash $(srcdir)/tests/bench/server.sh $(BENCH_PARKS)
# A night at the end of a thin line: NIGHT="960 600" is the rate, and the delay there and back.
bench-night: all tests/tools/pty$(EXEEXT) tests/tools/badnet$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) bash $(srcdir)/tests/bench/night.sh $(NIGHT)
.PHONY: bench bench-long bench-server bench-night

# The store alone, on demand: make tests/bench/store_bench && tests/bench/store_bench 1000000 DIR
EXTRA_PROGRAMS = tests/bench/store_bench tests/bench/acts_bench tests/bench/overlay_bench \
	tests/bench/names_bench tests/bench/search_bench tests/bench/dups_bench \
	tests/bench/history_bench tests/bench/home_bench \
	tests/bench/deadlines_bench tests/bench/dues_bench tests/bench/roster_bench
CLEANFILES += $(EXTRA_PROGRAMS)
tests_bench_store_bench_SOURCES = tests/bench/store_bench.c
tests_bench_store_bench_LDADD = $(CLIENT_LIBS)
tests_bench_acts_bench_SOURCES = tests/bench/acts_bench.c
tests_bench_acts_bench_LDADD = $(CLIENT_LIBS)
tests_bench_overlay_bench_SOURCES = tests/bench/overlay_bench.c
tests_bench_overlay_bench_LDADD = $(CLIENT_LIBS)
tests_bench_search_bench_SOURCES = tests/bench/search_bench.c
tests_bench_search_bench_LDADD = $(CLIENT_LIBS)
tests_bench_dups_bench_SOURCES = tests/bench/dups_bench.c
tests_bench_dups_bench_LDADD = $(MODEL_LIBS)
tests_bench_history_bench_SOURCES = tests/bench/history_bench.c
tests_bench_history_bench_LDADD = $(MODEL_LIBS)
# The first screen: tests/bench/store_bench 1000000 DIR && tests/bench/home_bench DIR
tests_bench_home_bench_SOURCES = tests/bench/home_bench.c
tests_bench_home_bench_LDADD = $(MODEL_LIBS)
# The deadlines screen, behind that: tests/bench/deadlines_bench DIR
tests_bench_deadlines_bench_SOURCES = tests/bench/deadlines_bench.c
tests_bench_deadlines_bench_LDADD = $(MODEL_LIBS)
# The list it stands on, without a screen: tests/bench/dues_bench DIR
tests_bench_dues_bench_SOURCES = tests/bench/dues_bench.c
tests_bench_dues_bench_LDADD = $(CLIENT_LIBS)

tests_bench_names_bench_SOURCES = tests/bench/names_bench.c
tests_bench_names_bench_LDADD = src/ui/libui.a $(DOMAIN_LIBS) $(NCURSES_LIBS)

# A month of a roster, without rules or files: tests/bench/roster_bench 20 80 200
tests_bench_roster_bench_SOURCES = tests/bench/roster_bench.c
tests_bench_roster_bench_LDADD = $(DOMAIN_LIBS) -lm

# Load over TLS for one server or several nodes, and sessions to do it with (also for tests).
check_PROGRAMS += tests/bench/load tests/bench/sessions
tests_bench_load_SOURCES = tests/bench/load.c tests/bench/wire.c tests/bench/wire.h
tests_bench_load_LDADD = $(SERVER_LIBS)
tests_bench_sessions_SOURCES = tests/bench/sessions.c
tests_bench_sessions_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_bench_sessions_LDADD = $(DAEMON_LIBS)
