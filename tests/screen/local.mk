check_PROGRAMS += tests/screen/screen_test
TESTS += tests/screen/screen_test
tests_screen_screen_test_SOURCES = \
	tests/screen/screen_test.c \
	tests/screen/world.c \
	tests/screen/world.h \
	tests/screen/world_city.c \
	tests/screen/world_league.c \
	tests/screen/world_desk.c
tests_screen_screen_test_LDADD = $(VIEWS_LIBS)
EXTRA_DIST += \
	tests/screen/assign-zh.t \
	tests/screen/behalf-zh.t \
	tests/screen/board-dark-zh.t \
	tests/screen/board-en.t \
	tests/screen/board-wide-en.t \
	tests/screen/board-wide-zh.t \
	tests/screen/board-zh.t \
	tests/screen/changes-zh.t \
	tests/screen/city-shelf-zh.t \
	tests/screen/city-acts-zh.t \
	tests/screen/city-assign-zh.t \
	tests/screen/city-desk-zh.t \
	tests/screen/city-forms-zh.t \
	tests/screen/city-page-zh.t \
	tests/screen/city-place-zh.t \
	tests/screen/city-board-zh.t \
	tests/screen/city-board-en.t \
	tests/screen/command-zh.t \
	tests/screen/desk-chain-zh.t \
	tests/screen/desk-edit-zh.t \
	tests/screen/desk-en.t \
	tests/screen/desk-keys-zh.t \
	tests/screen/desk-long-zh.t \
	tests/screen/desk-merged-zh.t \
	tests/screen/desk-new-zh.t \
	tests/screen/desk-other-zh.t \
	tests/screen/desk-read-only-zh.t \
	tests/screen/desk-wide-zh.t \
	tests/screen/desk-zh.t \
	tests/screen/empty-en.t \
	tests/screen/empty-zh.t \
	tests/screen/explain-zh.t \
	tests/screen/filter-error-zh.t \
	tests/screen/filter-zh.t \
	tests/screen/freeze-zh.t \
	tests/screen/fresh-zh.t \
	tests/screen/help-en.t \
	tests/screen/help-zh.t \
	tests/screen/league-zh.t \
	tests/screen/link-en.t \
	tests/screen/link-zh.t \
	tests/screen/lock-alarm-zh.t \
	tests/screen/lock-en.t \
	tests/screen/lock-zh.t \
	tests/screen/login-zh.t \
	tests/screen/marks-zh.t \
	tests/screen/menu-en.t \
	tests/screen/menu-zh.t \
	tests/screen/offline-zh.t \
	tests/screen/outbox-zh.t \
	tests/screen/page-en.t \
	tests/screen/page-imported-zh.t \
	tests/screen/page-long-zh.t \
	tests/screen/page-wide-en.t \
	tests/screen/page-wide-zh.t \
	tests/screen/page-zh.t \
	tests/screen/pinned-zh.t \
	tests/screen/read-only-zh.t \
	tests/screen/refused-zh.t \
	tests/screen/register-en.t \
	tests/screen/register-wide-zh.t \
	tests/screen/register-zh.t \
	tests/screen/seat-zh.t \
	tests/screen/small.t \
	tests/screen/street-zh.t \
	tests/screen/time-zh.t
