noinst_LIBRARIES += src/ui/libui.a
src_ui_libui_a_SOURCES =
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
	include/zhiban/ui/view.h
