wire_tests = \
	tests/unit/wire/cap_test \
	tests/unit/wire/xml_test \
	tests/unit/wire/entity_test \
	tests/unit/wire/entry_test \
	tests/unit/wire/feed_test \
	tests/unit/wire/form_test \
	tests/unit/wire/holidays_test \
	tests/unit/wire/ical_meeting_test \
	tests/unit/wire/ical_real_test \
	tests/unit/wire/ical_test \
	tests/unit/wire/import_test \
	tests/unit/wire/intake_test \
	tests/unit/wire/jsonout_test \
	tests/unit/wire/mask_test \
	tests/unit/wire/message_test \
	tests/unit/wire/enroll_test \
	tests/unit/wire/open311_test \
	tests/unit/wire/official_test \
	tests/unit/wire/openapi_test \
	tests/unit/wire/pack_test \
	tests/unit/wire/places_test \
	tests/unit/wire/sheet_test \
	tests/unit/wire/similar_real_test \
	tests/unit/wire/tree_test
check_PROGRAMS += $(wire_tests)
TESTS += $(wire_tests)
WIRE_TEST_LIBS = $(WIRE_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)

tests_unit_wire_cap_test_SOURCES = tests/unit/wire/cap_test.c
tests_unit_wire_cap_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_ical_meeting_test_SOURCES = tests/unit/wire/ical_meeting_test.c
tests_unit_wire_ical_meeting_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_ical_real_test_SOURCES = tests/unit/wire/ical_real_test.c
tests_unit_wire_ical_real_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_ical_test_SOURCES = tests/unit/wire/ical_test.c tests/tools/loaded.h
tests_unit_wire_ical_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/tools
tests_unit_wire_ical_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_xml_test_SOURCES = tests/unit/wire/xml_test.c
tests_unit_wire_xml_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_entity_test_SOURCES = tests/unit/wire/entity_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_entity_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_entry_test_SOURCES = tests/unit/wire/entry_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_entry_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_holidays_test_SOURCES = tests/unit/wire/holidays_test.c
tests_unit_wire_holidays_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_feed_test_SOURCES = tests/unit/wire/feed_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_feed_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_jsonout_test_SOURCES = tests/unit/wire/jsonout_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_jsonout_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_message_test_SOURCES = tests/unit/wire/message_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_message_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_mask_test_SOURCES = tests/unit/wire/mask_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_mask_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_official_test_SOURCES = tests/unit/wire/official_test.c
tests_unit_wire_official_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_pack_test_SOURCES = tests/unit/wire/pack_test.c
tests_unit_wire_pack_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_import_test_SOURCES = tests/unit/wire/import_test.c
tests_unit_wire_import_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_places_test_SOURCES = tests/unit/wire/places_test.c
tests_unit_wire_places_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_tree_test_SOURCES = tests/unit/wire/tree_test.c \
	tests/unit/wire/random_help.c tests/unit/wire/random_help.h
tests_unit_wire_tree_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_openapi_test_SOURCES = tests/unit/wire/openapi_test.c
tests_unit_wire_openapi_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_enroll_test_SOURCES = tests/unit/wire/enroll_test.c
tests_unit_wire_enroll_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_form_test_SOURCES = tests/unit/wire/form_test.c
tests_unit_wire_form_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_intake_test_SOURCES = tests/unit/wire/intake_test.c
tests_unit_wire_intake_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_open311_test_SOURCES = tests/unit/wire/open311_test.c
tests_unit_wire_open311_test_LDADD = $(WIRE_TEST_LIBS)
tests_unit_wire_similar_real_test_SOURCES = tests/unit/wire/similar_real_test.c
tests_unit_wire_similar_real_test_LDADD = $(WIRE_TEST_LIBS)
EXTRA_DIST += tests/unit/wire/events_hot.txt
tests_unit_wire_sheet_test_SOURCES = tests/unit/wire/sheet_test.c
tests_unit_wire_sheet_test_LDADD = $(WIRE_TEST_LIBS)
