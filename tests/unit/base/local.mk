base_tests = \
	tests/unit/base/conf_test \
	tests/unit/base/text_width_test
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
BASE_TEST_LIBS = $(BASE_LIBS) $(CMOCKA_LIBS)

tests_unit_base_conf_test_SOURCES = tests/unit/base/conf_test.c
tests_unit_base_conf_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_text_width_test_SOURCES = tests/unit/base/text_width_test.c
tests_unit_base_text_width_test_LDADD = $(BASE_TEST_LIBS)
