noinst_LIBRARIES += src/model/libmodel.a
src_model_libmodel_a_SOURCES = \
	src/model/acts.c \
	src/model/alarm.c \
	src/model/alarm_post.c \
	src/model/board.c \
	src/model/board_changes.c \
	src/model/board_group.c \
	src/model/board_next.c \
	src/model/board_priv.h \
	src/model/board_still.c \
	src/model/brief.c \
	src/model/columns.c \
	src/model/desk.c \
	src/model/desk_item.c \
	src/model/draft.c \
	src/model/history.c \
	src/model/home.c \
	src/model/home_group.c \
	src/model/home_priv.h \
	src/model/export.c \
	src/model/ladder.c \
	src/model/dups.c \
	src/model/left.c \
	src/model/matrix.c \
	src/model/page.c \
	src/model/page_brief.c \
	src/model/page_children.c \
	src/model/page_flow.c \
	src/model/page_notes.c \
	src/model/page_priv.h \
	src/model/page_timeline.c \
	src/model/place.c \
	src/model/reveal.c \
	src/model/saved.c \
	src/model/undo.c \
	src/model/whom.c
noinst_HEADERS += \
	include/zhiban/model/acts.h \
	include/zhiban/model/alarm.h \
	include/zhiban/model/board.h \
	include/zhiban/model/brief.h \
	include/zhiban/model/columns.h \
	include/zhiban/model/desk.h \
	include/zhiban/model/draft.h \
	include/zhiban/model/history.h \
	include/zhiban/model/home.h \
	include/zhiban/model/export.h \
	include/zhiban/model/ladder.h \
	include/zhiban/model/dups.h \
	include/zhiban/model/left.h \
	include/zhiban/model/matrix.h \
	include/zhiban/model/page.h \
	include/zhiban/model/place.h \
	include/zhiban/model/reveal.h \
	include/zhiban/model/saved.h \
	include/zhiban/model/undo.h \
	include/zhiban/model/whom.h
