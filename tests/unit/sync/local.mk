sync_tests = \
	tests/unit/sync/compare_test \
	tests/unit/sync/heal_test \
	tests/unit/sync/key_test \
	tests/unit/sync/lanes_test \
	tests/unit/sync/sync_test \
	tests/unit/sync/view_test
check_PROGRAMS += $(sync_tests)
TESTS += $(sync_tests)
SYNC_TEST_LIBS = $(SYNC_LIBS) $(CMOCKA_LIBS)

tests_unit_sync_key_test_SOURCES = tests/unit/sync/key_test.c
tests_unit_sync_key_test_LDADD = $(SYNC_TEST_LIBS)
tests_unit_sync_sync_test_SOURCES = tests/unit/sync/sync_test.c tests/unit/sync/sync_help.h
tests_unit_sync_sync_test_LDADD = $(SYNC_TEST_LIBS)

tests_unit_sync_heal_test_SOURCES = tests/unit/sync/heal_test.c tests/unit/sync/sync_help.h
tests_unit_sync_heal_test_LDADD = $(SYNC_TEST_LIBS)
tests_unit_sync_compare_test_SOURCES = tests/unit/sync/compare_test.c tests/unit/sync/sync_help.h
tests_unit_sync_compare_test_LDADD = $(SYNC_TEST_LIBS)
tests_unit_sync_lanes_test_SOURCES = tests/unit/sync/lanes_test.c tests/unit/sync/sync_help.h
tests_unit_sync_lanes_test_LDADD = $(SYNC_TEST_LIBS)
tests_unit_sync_view_test_SOURCES = tests/unit/sync/view_test.c tests/unit/sync/sync_help.h
tests_unit_sync_view_test_LDADD = $(SYNC_TEST_LIBS)
