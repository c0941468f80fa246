# One program a module: its name, its source, what it links.
base_tests = \
	tests/unit/base/civil_test \
	tests/unit/base/conf_test \
	tests/unit/base/csv_test \
	tests/unit/base/error_test \
	tests/unit/base/file_test \
	tests/unit/base/gram_test \
	tests/unit/base/i18n_test \
	tests/unit/base/late_test \
	tests/unit/base/newfile_test \
	tests/unit/base/pinyin_test \
	tests/unit/base/solve_test \
	tests/unit/base/str_test \
	tests/unit/base/text_columns_test \
	tests/unit/base/text_test \
	tests/unit/base/text_width_test \
	tests/unit/base/uuid_test
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
BASE_TEST_LIBS = $(BASE_LIBS) $(CMOCKA_LIBS)

tests_unit_base_civil_test_SOURCES = tests/unit/base/civil_test.c
tests_unit_base_civil_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_conf_test_SOURCES = tests/unit/base/conf_test.c
tests_unit_base_conf_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_error_test_SOURCES = tests/unit/base/error_test.c
tests_unit_base_error_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_file_test_SOURCES = tests/unit/base/file_test.c
tests_unit_base_file_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_i18n_test_SOURCES = tests/unit/base/i18n_test.c
tests_unit_base_i18n_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_late_test_SOURCES = tests/unit/base/late_test.c tests/tools/loaded.h
tests_unit_base_late_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/tools
tests_unit_base_late_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_str_test_SOURCES = tests/unit/base/str_test.c
tests_unit_base_str_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_text_columns_test_SOURCES = tests/unit/base/text_columns_test.c
tests_unit_base_text_columns_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_text_test_SOURCES = tests/unit/base/text_test.c
tests_unit_base_text_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_text_width_test_SOURCES = tests/unit/base/text_width_test.c
tests_unit_base_text_width_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_uuid_test_SOURCES = tests/unit/base/uuid_test.c
tests_unit_base_uuid_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_csv_test_SOURCES = tests/unit/base/csv_test.c
tests_unit_base_csv_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_gram_test_SOURCES = tests/unit/base/gram_test.c
tests_unit_base_gram_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_pinyin_test_SOURCES = tests/unit/base/pinyin_test.c
tests_unit_base_pinyin_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_newfile_test_SOURCES = tests/unit/base/newfile_test.c
tests_unit_base_newfile_test_LDADD = $(BASE_TEST_LIBS)
tests_unit_base_solve_test_SOURCES = tests/unit/base/solve_test.c
tests_unit_base_solve_test_LDADD = $(BASE_TEST_LIBS) -lm
