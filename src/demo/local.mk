noinst_LIBRARIES += src/demo/libdemo.a
src_demo_libdemo_a_SOURCES = \
	src/demo/course.c \
	src/demo/fill.c \
	src/demo/generate.c \
	src/demo/life.c \
	src/demo/meeting.c \
	src/demo/meeting_act.c \
	src/demo/meeting_case.c \
	src/demo/meeting_next.c \
	src/demo/meeting_play.c \
	src/demo/meeting_priv.h \
	src/demo/meeting_sit.c \
	src/demo/meeting_task.c \
	src/demo/meeting_village.c \
	src/demo/people.c \
	src/demo/places.c \
	src/demo/roster.c \
	src/demo/roster_book.c \
	src/demo/roster_check.c \
	src/demo/roster_free.c \
	src/demo/roster_hand.c \
	src/demo/roster_items.c \
	src/demo/roster_life.c \
	src/demo/roster_log.c \
	src/demo/roster_month.c \
	src/demo/roster_priv.h \
	src/demo/roster_staff.c \
	src/demo/roster_swap.c \
	src/demo/traffic.c \
	src/demo/whistle.c \
	src/demo/whistle_play.c \
	src/demo/whistle_priv.h \
	src/demo/whistle_share.c \
	src/demo/words.c \
	src/demo/words_duty.c \
	src/demo/words_meeting.c \
	src/demo/words_priv.h
noinst_HEADERS += \
	include/zhiban/demo/course.h \
	include/zhiban/demo/fill.h \
	include/zhiban/demo/generate.h \
	include/zhiban/demo/life.h \
	include/zhiban/demo/meeting.h \
	include/zhiban/demo/roster.h \
	include/zhiban/demo/whistle.h \
	include/zhiban/demo/words.h
