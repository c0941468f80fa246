client_tests = tests/unit/client/client_test tests/unit/client/deadlines_test \
	tests/unit/client/desk_test \
	tests/unit/client/search_test \
	tests/unit/client/flicker_test \
	tests/unit/client/marks_test \
	tests/unit/client/meeting_test \
	tests/unit/client/processes_test tests/unit/client/seat_test \
	tests/unit/client/reckon_test \
	tests/unit/client/roster_test \
	tests/unit/client/settings_test \
	tests/unit/client/timeline_test \
	tests/unit/client/value_test \
	tests/unit/client/whistle_test
check_PROGRAMS += $(client_tests)
TESTS += $(client_tests)
CLIENT_TEST_LIBS = $(CLIENT_LIBS) $(CMOCKA_LIBS)

tests_unit_client_client_test_SOURCES = tests/unit/client/client_test.c \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_client_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_desk_test_SOURCES = tests/unit/client/desk_test.c \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_desk_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_flicker_test_SOURCES = tests/unit/client/flicker_test.c \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_flicker_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_processes_test_SOURCES = tests/unit/client/processes_test.c \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_processes_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_meeting_test_SOURCES = tests/unit/client/meeting_test.c \
	tests/unit/client/consoles.h \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_meeting_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_search_test_SOURCES = tests/unit/client/search_test.c
tests_unit_client_search_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_seat_test_SOURCES = tests/unit/client/seat_test.c
tests_unit_client_seat_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_settings_test_SOURCES = tests/unit/client/settings_test.c
tests_unit_client_settings_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_timeline_test_SOURCES = tests/unit/client/timeline_test.c
tests_unit_client_timeline_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_value_test_SOURCES = tests/unit/client/value_test.c \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_value_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_marks_test_SOURCES = tests/unit/client/marks_test.c
tests_unit_client_marks_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_whistle_test_SOURCES = tests/unit/client/whistle_test.c tests/unit/client/consoles.h \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_whistle_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_deadlines_test_SOURCES = tests/unit/client/deadlines_test.c \
	tests/unit/client/consoles.h \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_deadlines_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_roster_test_SOURCES = tests/unit/client/roster_test.c tests/unit/client/consoles.h \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_unit_client_roster_test_LDADD = $(CLIENT_TEST_LIBS)
tests_unit_client_reckon_test_SOURCES = tests/unit/client/reckon_test.c
tests_unit_client_reckon_test_LDADD = $(CLIENT_TEST_LIBS)
