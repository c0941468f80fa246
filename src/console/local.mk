# The screen of the console, apart from its main program.
noinst_LIBRARIES += src/console/libface.a
src_console_libface_a_SOURCES = \
	src/console/face.c \
	src/console/face_config.c \
	src/console/face_loop.c \
	src/console/face_priv.h \
	src/console/place.c \
	src/console/plain.c \
	src/console/plain_act.c \
	src/console/plain_answer.c \
	src/console/plain_ask.h \
	src/console/plain_beside.c \
	src/console/plain_case.c \
	src/console/plain_desk.c \
	src/console/plain_draft.c \
	src/console/plain_due.c \
	src/console/plain_find.c \
	src/console/plain_list.c \
	src/console/plain_log.c \
	src/console/plain_paper.c \
	src/console/plain_pick.c \
	src/console/plain_pick_priv.h \
	src/console/plain_duty_priv.h \
	src/console/plain_paper_priv.h \
	src/console/plain_priv.h \
	src/console/plain_view_priv.h \
	src/console/plain_say.c \
	src/console/plain_ring.c \
	src/console/plain_roster.c \
	src/console/plain_ring.h \
	src/console/plain_view.c \
	src/console/plain_whistle.c \
	src/console/plain_word.c
FACE_LIBS = src/console/libface.a $(VIEWS_LIBS)

bin_PROGRAMS += src/console/zhiban
src_console_zhiban_SOURCES = \
	src/console/cache.c \
	src/console/completion.c \
	src/console/command.def \
	src/console/codes.c \
	src/console/conflicts.c \
	src/console/drafts.c \
	src/console/console.c \
	src/console/console.h \
	src/console/demo.c \
	src/console/desk.c \
	src/console/desk.h \
	src/console/do.c \
	src/console/do_handover.c \
	src/console/do_target.c \
	src/console/doctor.c \
	src/console/meeting.c \
	src/console/meeting.h \
	src/console/meeting_slots.c \
	src/console/due.c \
	src/console/dups.c \
	src/console/home.c \
	src/console/keeper.c \
	src/console/keeper.h \
	src/console/list.c \
	src/console/list.h \
	src/console/list_command.c \
	src/console/list_log.c \
	src/console/list_out.c \
	src/console/list_due.c \
	src/console/list_roster.c \
	src/console/list_small.c \
	src/console/list_sort.c \
	src/console/list_view.c \
	src/console/list_whistles.c \
	src/console/login.c \
	src/console/notice.c \
	src/console/oncall.c \
	src/console/main.c \
	src/console/manage.c \
	src/console/pin.c \
	src/console/report.c \
	src/console/report.h \
	src/console/report_figures.c \
	src/console/report_funnel.c \
	src/console/report_handover.c \
	src/console/report_roster.c \
	src/console/report_ledger.c \
	src/console/report_plan.c \
	src/console/report_whistle.c \
	src/console/reveal.c \
	src/console/roster.c \
	src/console/roster.h \
	src/console/roster_address.c \
	src/console/roster_export.c \
	src/console/roster_build.c \
	src/console/roster_import.c \
	src/console/roster_month.c \
	src/console/search.c \
	src/console/search.h \
	src/console/search_server.c \
	src/console/show.c \
	src/console/show.h \
	src/console/show_duty.c \
	src/console/show_paper.c \
	src/console/show_whistle.c \
	src/console/status.c \
	src/console/sync.c \
	src/console/table.c
src_console_zhiban_LDADD = $(FACE_LIBS)
