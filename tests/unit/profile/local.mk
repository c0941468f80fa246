profile_tests = \
	tests/unit/profile/flow_test \
	tests/unit/profile/profile_test \
	tests/unit/profile/workdays_test
check_PROGRAMS += $(profile_tests)
TESTS += $(profile_tests)
PROFILE_TEST_LIBS = $(PROFILE_LIBS) $(CMOCKA_LIBS)

tests_unit_profile_profile_test_SOURCES = tests/unit/profile/profile_test.c
tests_unit_profile_profile_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_workdays_test_SOURCES = tests/unit/profile/workdays_test.c
tests_unit_profile_workdays_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_flow_test_SOURCES = tests/unit/profile/flow_test.c
tests_unit_profile_flow_test_LDADD = $(PROFILE_TEST_LIBS)
