noinst_LIBRARIES += src/views/libviews.a
src_views_libviews_a_SOURCES = \
	src/views/act_beside.c \
	src/views/act_draft.c \
	src/views/act_fields.c \
	src/views/act_first.c \
	src/views/act_form.c \
	src/views/act_form_priv.h \
	src/views/act_given.c \
	src/views/act_history.c \
	src/views/act_menu.c \
	src/views/act_priv.h \
	src/views/act_place.c \
	src/views/acts.c \
	src/views/app.c \
	src/views/app_config.c \
	src/views/app_priv.h \
	src/views/ask.c \
	src/views/board.c \
	src/views/board_draw.c \
	src/views/board_filter.c \
	src/views/board_priv.h \
	src/views/board_rows.c \
	src/views/board_saved.c \
	src/views/columns.c \
	src/views/command.c \
	src/views/confirm.c \
	src/views/desk.c \
	src/views/desk_act.c \
	src/views/desk_draw.c \
	src/views/desk_priv.h \
	src/views/filter_words.c \
	src/views/frame.c \
	src/views/idle.c \
	src/views/incident.c \
	src/views/links.c \
	src/views/lock.c \
	src/views/lock_draw.c \
	src/views/lock_priv.h \
	src/views/login.c \
	src/views/outbox.c \
	src/views/overlays.c \
	src/views/paper.c \
	src/views/pin.c \
	src/views/reveal.c \
	src/views/rows.c \
	src/views/rows_cells.c \
	src/views/rows_draw.c \
	src/views/rows_shape.c \
	src/views/rows_priv.h \
	src/views/seat.c \
	src/views/shell.c
noinst_HEADERS += \
	include/zhiban/views/app.h \
	include/zhiban/views/command.def \
	include/zhiban/views/command.h
