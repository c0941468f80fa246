store_tests = \
	tests/unit/store/cache_test \
	tests/unit/store/deadline_test \
	tests/unit/store/heal_test \
	tests/unit/store/outbox_desk_test \
	tests/unit/store/outbox_draft_test \
	tests/unit/store/outbox_test \
	tests/unit/store/page_test \
	tests/unit/store/place_test \
	tests/unit/store/search_test
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
STORE_TEST_LIBS = $(STORE_LIBS) $(CMOCKA_LIBS)

tests_unit_store_cache_test_SOURCES = tests/unit/store/cache_test.c tests/unit/store/store_help.h
tests_unit_store_cache_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_outbox_test_SOURCES = tests/unit/store/outbox_test.c tests/unit/store/store_help.h
tests_unit_store_outbox_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_outbox_desk_test_SOURCES = tests/unit/store/outbox_desk_test.c \
	tests/unit/store/store_help.h
tests_unit_store_outbox_desk_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_page_test_SOURCES = tests/unit/store/page_test.c tests/unit/store/store_help.h
tests_unit_store_page_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_heal_test_SOURCES = tests/unit/store/heal_test.c tests/unit/store/store_help.h
tests_unit_store_heal_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_outbox_draft_test_SOURCES = tests/unit/store/outbox_draft_test.c tests/unit/store/store_help.h
tests_unit_store_outbox_draft_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_search_test_SOURCES = tests/unit/store/search_test.c tests/unit/store/store_help.h
tests_unit_store_search_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_place_test_SOURCES = tests/unit/store/place_test.c tests/unit/store/store_help.h
tests_unit_store_place_test_LDADD = $(STORE_TEST_LIBS)
tests_unit_store_deadline_test_SOURCES = tests/unit/store/deadline_test.c tests/unit/store/store_help.h
tests_unit_store_deadline_test_LDADD = $(STORE_TEST_LIBS)
