views_tests = \
	tests/unit/views/command_test
check_PROGRAMS += $(views_tests)
TESTS += $(views_tests)
VIEWS_TEST_LIBS = $(VIEWS_LIBS) $(CMOCKA_LIBS)
tests_unit_views_command_test_SOURCES = tests/unit/views/command_test.c
tests_unit_views_command_test_LDADD = $(VIEWS_TEST_LIBS)
