model_tests = \
	tests/unit/model/draft_test \
	tests/unit/model/left_test
check_PROGRAMS += $(model_tests)
TESTS += $(model_tests)
MODEL_TEST_LIBS = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_draft_test_SOURCES = tests/unit/model/draft_test.c
tests_unit_model_draft_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_left_test_SOURCES = tests/unit/model/left_test.c
tests_unit_model_left_test_LDADD = $(MODEL_TEST_LIBS)
