# Several nodes on one data base.  The programs of $(nodes_programs) want ZHIBAN_TEST_DB, which
# tests/unit/server/postgres.sh gives them.
nodes_programs = tests/nodes/storm_test
check_PROGRAMS += $(nodes_programs)
tests_nodes_storm_test_SOURCES = tests/nodes/storm_test.c
tests_nodes_storm_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit/server
tests_nodes_storm_test_LDADD = $(SERVER_TEST_LIBS)
nodes_tests = tests/nodes/failover.sh tests/nodes/programs.sh
dist_check_SCRIPTS += $(nodes_tests)
TESTS += $(nodes_tests)
