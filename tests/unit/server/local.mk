# One program a module: its name, its source, what it links.
server_tests = \
	tests/unit/server/acts_test \
	tests/unit/server/adopt_meeting_test \
	tests/unit/server/adopt_test \
	tests/unit/server/adopt_whistle_test \
	tests/unit/server/arrival_test \
	tests/unit/server/backup_test \
	tests/unit/server/calendar_test \
	tests/unit/server/callers_test \
	tests/unit/server/conflicts_test \
	tests/unit/server/duty_test \
	tests/unit/server/faults_test \
	tests/unit/server/follow_test \
	tests/unit/server/head_test \
	tests/unit/server/httpd_test \
	tests/unit/server/hygiene_test \
	tests/unit/server/limits_test \
	tests/unit/server/intake_test \
	tests/unit/server/manage_test \
	tests/unit/server/mask_test \
	tests/unit/server/meeting_random_test \
	tests/unit/server/meeting_test \
	tests/unit/server/mode_test \
	tests/unit/server/nodes_test \
	tests/unit/server/open311_test \
	tests/unit/server/order_test \
	tests/unit/server/people_test \
	tests/unit/server/personal_test \
	tests/unit/server/postgres_test \
	tests/unit/server/reading_test \
	tests/unit/server/restrict_test \
	tests/unit/server/scope_test \
	tests/unit/server/routes_test \
	tests/unit/server/status_test \
	tests/unit/server/search_test \
	tests/unit/server/timers_test \
	tests/unit/server/totp_test \
	tests/unit/server/verify_test \
	tests/unit/server/whistle_test
check_PROGRAMS += $(server_tests)
TESTS += $(server_tests)
# All of them again, over PostgreSQL.
dist_check_SCRIPTS += tests/unit/server/postgres.sh
TESTS += tests/unit/server/postgres.sh
SERVER_TEST_LIBS = $(SERVER_LIBS) $(CMOCKA_LIBS)
EXTRA_DIST += tests/unit/server/server_help.h tests/unit/server/data_help.h \
	tests/unit/server/rules_help.h tests/unit/server/site_help.h tests/unit/server/whistle_help.h \
	tests/unit/server/duty_help.h tests/unit/server/meeting_help.h \
	tests/unit/server/rules.conf tests/unit/server/rules-orgs.csv

tests_unit_server_acts_test_SOURCES = tests/unit/server/acts_test.c
tests_unit_server_acts_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_backup_test_SOURCES = tests/unit/server/backup_test.c
tests_unit_server_backup_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_calendar_test_SOURCES = tests/unit/server/calendar_test.c
tests_unit_server_calendar_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_callers_test_SOURCES = tests/unit/server/callers_test.c
tests_unit_server_callers_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_mask_test_SOURCES = tests/unit/server/mask_test.c
tests_unit_server_mask_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_personal_test_SOURCES = tests/unit/server/personal_test.c
tests_unit_server_personal_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_reading_test_SOURCES = tests/unit/server/reading_test.c
tests_unit_server_reading_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_scope_test_SOURCES = tests/unit/server/scope_test.c
tests_unit_server_scope_test_LDADD = $(SERVER_TEST_LIBS)
EXTRA_DIST += tests/unit/server/scope_table.txt
tests_unit_server_restrict_test_SOURCES = tests/unit/server/restrict_test.c
tests_unit_server_restrict_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_verify_test_SOURCES = tests/unit/server/verify_test.c
tests_unit_server_verify_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_httpd_test_SOURCES = tests/unit/server/httpd_test.c
tests_unit_server_httpd_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_routes_test_SOURCES = tests/unit/server/routes_test.c
tests_unit_server_routes_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_duty_test_SOURCES = tests/unit/server/duty_test.c
tests_unit_server_duty_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_order_test_SOURCES = tests/unit/server/order_test.c
tests_unit_server_order_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_conflicts_test_SOURCES = tests/unit/server/conflicts_test.c
tests_unit_server_conflicts_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_faults_test_SOURCES = tests/unit/server/faults_test.c
tests_unit_server_faults_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_adopt_whistle_test_SOURCES = tests/unit/server/adopt_whistle_test.c
tests_unit_server_adopt_whistle_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_adopt_test_SOURCES = tests/unit/server/adopt_test.c
tests_unit_server_adopt_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_follow_test_SOURCES = tests/unit/server/follow_test.c
tests_unit_server_follow_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_mode_test_SOURCES = tests/unit/server/mode_test.c
tests_unit_server_mode_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_timers_test_SOURCES = tests/unit/server/timers_test.c
tests_unit_server_timers_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_status_test_SOURCES = tests/unit/server/status_test.c
tests_unit_server_status_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_nodes_test_SOURCES = tests/unit/server/nodes_test.c
tests_unit_server_nodes_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_search_test_SOURCES = tests/unit/server/search_test.c
tests_unit_server_search_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_totp_test_SOURCES = tests/unit/server/totp_test.c
tests_unit_server_totp_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_hygiene_test_SOURCES = tests/unit/server/hygiene_test.c
tests_unit_server_hygiene_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_head_test_SOURCES = tests/unit/server/head_test.c
tests_unit_server_head_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/src/server
tests_unit_server_head_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_limits_test_SOURCES = tests/unit/server/limits_test.c
tests_unit_server_limits_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/src/server
tests_unit_server_limits_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_intake_test_SOURCES = tests/unit/server/intake_test.c
tests_unit_server_intake_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_open311_test_SOURCES = tests/unit/server/open311_test.c
tests_unit_server_open311_test_LDADD = $(SERVER_TEST_LIBS) $(JANSSON_LIBS)
tests_unit_server_manage_test_SOURCES = tests/unit/server/manage_test.c
tests_unit_server_manage_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_people_test_SOURCES = tests/unit/server/people_test.c
tests_unit_server_people_test_LDADD = $(SERVER_TEST_LIBS)
EXTRA_DIST += tests/unit/server/system_help.h tests/unit/server/schema_help.h
tests_unit_server_postgres_test_SOURCES = tests/unit/server/postgres_test.c
tests_unit_server_postgres_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_meeting_test_SOURCES = tests/unit/server/meeting_test.c
tests_unit_server_meeting_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_adopt_meeting_test_SOURCES = tests/unit/server/adopt_meeting_test.c
tests_unit_server_adopt_meeting_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_meeting_random_test_SOURCES = tests/unit/server/meeting_random_test.c
tests_unit_server_meeting_random_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_whistle_test_SOURCES = tests/unit/server/whistle_test.c
tests_unit_server_whistle_test_LDADD = $(SERVER_TEST_LIBS)
tests_unit_server_arrival_test_SOURCES = tests/unit/server/arrival_test.c
tests_unit_server_arrival_test_LDADD = $(SERVER_TEST_LIBS)
