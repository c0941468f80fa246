# One program a module: its name, its source, what it links.
ui_tests = \
	tests/unit/ui/ambiguous_test \
	tests/unit/ui/arrange_test \
	tests/unit/ui/canvas_test \
	tests/unit/ui/edit_test \
	tests/unit/ui/form_test \
	tests/unit/ui/key_test \
	tests/unit/ui/list_test \
	tests/unit/ui/pager_test \
	tests/unit/ui/painter_test \
	tests/unit/ui/palette_test \
	tests/unit/ui/prompt_test \
	tests/unit/ui/term_test \
	tests/unit/ui/theme_test \
	tests/unit/ui/view_test
check_PROGRAMS += $(ui_tests)
TESTS += $(ui_tests)
UI_TEST_LIBS = $(UI_LIBS) $(CMOCKA_LIBS)
EXTRA_DIST += tests/unit/ui/ui_test.h

tests_unit_ui_arrange_test_SOURCES = tests/unit/ui/arrange_test.c
tests_unit_ui_arrange_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_ambiguous_test_SOURCES = tests/unit/ui/ambiguous_test.c
tests_unit_ui_ambiguous_test_LDADD = $(UI_TEST_LIBS) -lpthread
tests_unit_ui_ambiguous_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/src/ui
tests_unit_ui_canvas_test_SOURCES = tests/unit/ui/canvas_test.c
tests_unit_ui_canvas_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_edit_test_SOURCES = tests/unit/ui/edit_test.c
tests_unit_ui_edit_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_form_test_SOURCES = tests/unit/ui/form_test.c
tests_unit_ui_form_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_key_test_SOURCES = tests/unit/ui/key_test.c
tests_unit_ui_key_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_key_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/src/ui
tests_unit_ui_list_test_SOURCES = tests/unit/ui/list_test.c
tests_unit_ui_list_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_pager_test_SOURCES = tests/unit/ui/pager_test.c
tests_unit_ui_pager_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_painter_test_SOURCES = tests/unit/ui/painter_test.c
tests_unit_ui_painter_test_LDADD = $(UI_TEST_LIBS) $(VTERM_LIBS)
tests_unit_ui_painter_test_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
tests_unit_ui_painter_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/src/ui
tests_unit_ui_palette_test_SOURCES = tests/unit/ui/palette_test.c
tests_unit_ui_palette_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_prompt_test_SOURCES = tests/unit/ui/prompt_test.c
tests_unit_ui_prompt_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_term_test_SOURCES = tests/unit/ui/term_test.c
tests_unit_ui_term_test_LDADD = $(UI_TEST_LIBS)
tests_unit_ui_theme_test_SOURCES = tests/unit/ui/theme_test.c
tests_unit_ui_theme_test_LDADD = $(UI_TEST_LIBS) -lm
tests_unit_ui_view_test_SOURCES = tests/unit/ui/view_test.c
tests_unit_ui_view_test_LDADD = $(UI_TEST_LIBS)
