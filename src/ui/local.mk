noinst_LIBRARIES += src/ui/libui.a
src_ui_libui_a_SOURCES = \
	src/ui/area.c \
	src/ui/canvas.c \
	src/ui/canvas_flush.c \
	src/ui/edit.c \
	src/ui/form.c \
	src/ui/form_aside.c \
	src/ui/form_draw.c \
	src/ui/form_suggest.c \
	src/ui/help.c \
	src/ui/key.c \
	src/ui/keymap.c \
	src/ui/list.c \
	src/ui/list_draw.c \
	src/ui/list_marks.c \
	src/ui/pager.c \
	src/ui/painter.c \
	src/ui/palette.c \
	src/ui/picker.c \
	src/ui/picker_draw.c \
	src/ui/prompt.c \
	src/ui/prompt_command.c \
	src/ui/term.c \
	src/ui/term_curses.c \
	src/ui/term_input.c \
	src/ui/term_memory.c \
	src/ui/theme.c \
	src/ui/view.c \
	src/ui/view_draw.c \
	src/ui/view_run.c
noinst_HEADERS += \
	include/zhiban/ui/canvas.h \
	include/zhiban/ui/command.h \
	include/zhiban/ui/edit.h \
	include/zhiban/ui/form.h \
	include/zhiban/ui/help.h \
	include/zhiban/ui/key.h \
	include/zhiban/ui/keymap.h \
	include/zhiban/ui/list.h \
	include/zhiban/ui/pager.h \
	include/zhiban/ui/palette.h \
	include/zhiban/ui/picker.h \
	include/zhiban/ui/prompt.h \
	include/zhiban/ui/roles.def \
	include/zhiban/ui/term.h \
	include/zhiban/ui/theme.h \
	include/zhiban/ui/view.h \
	src/ui/canvas_priv.h \
	src/ui/form_priv.h \
	src/ui/list_priv.h \
	src/ui/painter_priv.h \
	src/ui/palette_priv.h \
	src/ui/picker_priv.h \
	src/ui/term_priv.h \
	src/ui/view_priv.h
