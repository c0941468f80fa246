# One command, one table: what a screen costs, beside peers in the same run.  No test asserts a
# time, so this is no part of make check.  BENCH="2000 1000000" gives the numbers of incidents.
EXTRA_DIST += tests/bench/bench.sh
bench: all tests/tools/pty$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/bench.sh $(BENCH)
.PHONY: bench

# The store alone, on demand: make tests/bench/store_bench && tests/bench/store_bench 1000000 DIR
EXTRA_PROGRAMS = tests/bench/store_bench
CLEANFILES += $(EXTRA_PROGRAMS)
tests_bench_store_bench_SOURCES = tests/bench/store_bench.c
tests_bench_store_bench_LDADD = $(CLIENT_LIBS)
