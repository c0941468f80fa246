check_PROGRAMS += tests/screen/screen_test
TESTS += tests/screen/screen_test
tests_screen_screen_test_SOURCES = \
	tests/screen/screen_test.c \
	tests/screen/world.c \
	tests/screen/world.h
tests_screen_screen_test_LDADD = $(VIEWS_LIBS)
EXTRA_DIST += $(screen_scripts)
screen_scripts = \
	tests/screen/board-zh.t
