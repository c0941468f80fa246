# One command, one table: what a screen costs, beside peers in the same run.  No test asserts a
# time, so this is no part of make check.  BENCH="2000 1000000" gives the numbers of incidents.
EXTRA_DIST += tests/bench/bench.sh tests/bench/sync.sh
bench: all tests/tools/pty$(EXEEXT) tests/bench/acts_bench$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/bench.sh $(BENCH)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/sync.sh $(BENCH_SYNC)
bench-long:
	$(MAKE) $(AM_MAKEFLAGS) bench BENCH="2000 1000000" BENCH_SYNC="1000 10000 100000"
.PHONY: bench bench-long

# The store alone, on demand: make tests/bench/store_bench && tests/bench/store_bench 1000000 DIR
EXTRA_PROGRAMS = tests/bench/store_bench tests/bench/acts_bench tests/bench/overlay_bench
CLEANFILES += $(EXTRA_PROGRAMS)
tests_bench_store_bench_SOURCES = tests/bench/store_bench.c
tests_bench_store_bench_LDADD = $(CLIENT_LIBS)
tests_bench_acts_bench_SOURCES = tests/bench/acts_bench.c
tests_bench_acts_bench_LDADD = $(CLIENT_LIBS)
tests_bench_overlay_bench_SOURCES = tests/bench/overlay_bench.c
tests_bench_overlay_bench_LDADD = $(CLIENT_LIBS)
