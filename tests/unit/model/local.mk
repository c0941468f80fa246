model_tests = \
	tests/unit/model/acts_test \
	tests/unit/model/alarm_test \
	tests/unit/model/board_test \
	tests/unit/model/columns_test \
	tests/unit/model/desk_test \
	tests/unit/model/draft_test \
	tests/unit/model/export_test \
	tests/unit/model/figures_test \
	tests/unit/model/history_test \
	tests/unit/model/deadlines_test \
	tests/unit/model/home_test \
	tests/unit/model/ladder_test \
	tests/unit/model/dups_test \
	tests/unit/model/left_test \
	tests/unit/model/log_test \
	tests/unit/model/oncall_test \
	tests/unit/model/nominees_test tests/unit/model/matrix_test \
	tests/unit/model/minutes_paper_test \
	tests/unit/model/page_test \
	tests/unit/model/roster_grid_test \
	tests/unit/model/slots_test \
	tests/unit/model/roster_sheet_test \
	tests/unit/model/saved_test \
	tests/unit/model/undo_test \
	tests/unit/model/handover_paper_test \
	tests/unit/model/whistle_paper_test \
	tests/unit/model/meetings_test \
	tests/unit/model/whistles_test \
	tests/unit/model/whom_test
check_PROGRAMS += $(model_tests)
TESTS += $(model_tests)
screen_world = tests/screen/world.c tests/screen/world_city.c tests/screen/world_league.c \
	tests/screen/world_desk.c tests/screen/world_handover.c tests/screen/world_log.c tests/screen/world_meeting.c tests/screen/world_roster.c tests/screen/world_slots.c tests/screen/world_whistle.c tests/screen/world.h
MODEL_TEST_LIBS = $(MODEL_LIBS) $(CMOCKA_LIBS)
tests_unit_model_acts_test_SOURCES = tests/unit/model/acts_test.c \
	$(screen_world)
tests_unit_model_acts_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_acts_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_alarm_test_SOURCES = tests/unit/model/alarm_test.c \
	$(screen_world)
tests_unit_model_alarm_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_alarm_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_board_test_SOURCES = tests/unit/model/board_test.c \
	$(screen_world)
tests_unit_model_board_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_board_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_desk_test_SOURCES = tests/unit/model/desk_test.c \
	$(screen_world)
tests_unit_model_desk_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_desk_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_draft_test_SOURCES = tests/unit/model/draft_test.c \
	$(screen_world)
tests_unit_model_draft_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_draft_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_history_test_SOURCES = tests/unit/model/history_test.c \
	$(screen_world)
tests_unit_model_history_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_history_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_ladder_test_SOURCES = tests/unit/model/ladder_test.c
tests_unit_model_ladder_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_left_test_SOURCES = tests/unit/model/left_test.c
tests_unit_model_left_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_roster_grid_test_SOURCES = tests/unit/model/roster_grid_test.c
tests_unit_model_roster_grid_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_nominees_test_SOURCES = tests/unit/model/nominees_test.c \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h \
	tests/unit/client/consoles.h
tests_unit_model_nominees_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit/client
tests_unit_model_nominees_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_matrix_test_SOURCES = tests/unit/model/matrix_test.c
tests_unit_model_matrix_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_page_test_SOURCES = tests/unit/model/page_test.c \
	$(screen_world)
tests_unit_model_page_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_page_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_export_test_SOURCES = tests/unit/model/export_test.c \
	$(screen_world)
tests_unit_model_export_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_export_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_dups_test_SOURCES = tests/unit/model/dups_test.c \
	$(screen_world)
tests_unit_model_dups_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_dups_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_columns_test_SOURCES = tests/unit/model/columns_test.c
tests_unit_model_columns_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_saved_test_SOURCES = tests/unit/model/saved_test.c
tests_unit_model_saved_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_undo_test_SOURCES = tests/unit/model/undo_test.c \
	$(screen_world)
tests_unit_model_undo_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_undo_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_deadlines_test_SOURCES = tests/unit/model/deadlines_test.c \
	$(screen_world)
tests_unit_model_deadlines_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_deadlines_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_home_test_SOURCES = tests/unit/model/home_test.c \
	$(screen_world)
tests_unit_model_home_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_home_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_meetings_test_SOURCES = tests/unit/model/meetings_test.c \
	$(screen_world)
tests_unit_model_meetings_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_meetings_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_whistles_test_SOURCES = tests/unit/model/whistles_test.c \
	$(screen_world)
tests_unit_model_whistles_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_whistles_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_roster_sheet_test_SOURCES = tests/unit/model/roster_sheet_test.c
tests_unit_model_roster_sheet_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_whom_test_SOURCES = tests/unit/model/whom_test.c \
	$(screen_world)
tests_unit_model_whom_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_whom_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_handover_paper_test_SOURCES = tests/unit/model/handover_paper_test.c
tests_unit_model_handover_paper_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_minutes_paper_test_SOURCES = tests/unit/model/minutes_paper_test.c
tests_unit_model_minutes_paper_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_whistle_paper_test_SOURCES = tests/unit/model/whistle_paper_test.c
tests_unit_model_whistle_paper_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_figures_test_SOURCES = tests/unit/model/figures_test.c $(screen_world)
tests_unit_model_figures_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_figures_test_LDADD = $(MODEL_TEST_LIBS)
EXTRA_DIST += \
	tests/unit/model/papers/figures-departments.csv \
	tests/unit/model/papers/figures-departments.html \
	tests/unit/model/papers/figures-departments.txt \
	tests/unit/model/papers/figures-list.csv \
	tests/unit/model/papers/figures-list.txt \
	tests/unit/model/papers/figures-streets.csv \
	tests/unit/model/papers/figures-streets.txt \
	tests/unit/model/papers/meeting-agenda.txt \
	tests/unit/model/papers/meeting-brief.txt \
	tests/unit/model/papers/meeting-invitation-one.html \
	tests/unit/model/papers/meeting-invitation.txt \
	tests/unit/model/papers/meeting-signed-in.txt \
	tests/unit/model/papers/meeting-signin.txt \
	tests/unit/model/papers/minutes-held.txt \
	tests/unit/model/papers/minutes-issued.html \
	tests/unit/model/papers/minutes-issued.md \
	tests/unit/model/papers/minutes-issued.txt \
	tests/unit/model/papers/minutes-signing.txt \
	tests/unit/model/papers/minutes-sitting.txt \
	tests/unit/model/papers/minutes-stages.txt \
	tests/unit/model/papers/minutes-unknown.txt \
	tests/unit/model/papers/supervisions.txt \
	tests/unit/model/papers/supervision-lifted.html \
	tests/unit/model/papers/supervision-lifted.txt \
	tests/unit/model/papers/supervision.txt \
	tests/unit/model/papers/whistle-done.txt \
	tests/unit/model/papers/whistle-draft.txt \
	tests/unit/model/papers/whistle-explained.txt \
	tests/unit/model/papers/whistle-issued.html \
	tests/unit/model/papers/whistle-issued.md \
	tests/unit/model/papers/whistle-issued.txt \
	tests/unit/model/papers/whistle-unknown.txt
tests_unit_model_log_test_SOURCES = tests/unit/model/log_test.c \
	$(screen_world)
tests_unit_model_log_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_log_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_oncall_test_SOURCES = tests/unit/model/oncall_test.c \
	$(screen_world)
tests_unit_model_oncall_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/screen
tests_unit_model_oncall_test_LDADD = $(MODEL_TEST_LIBS)
tests_unit_model_slots_test_SOURCES = tests/unit/model/slots_test.c
tests_unit_model_slots_test_LDADD = $(MODEL_TEST_LIBS)
