profile_tests = \
	tests/unit/profile/check_test \
	tests/unit/profile/flow_test \
	tests/unit/profile/levels_test \
	tests/unit/profile/matrix_test \
	tests/unit/profile/meeting_test \
	tests/unit/profile/pairs_test \
	tests/unit/profile/profile_test \
	tests/unit/profile/roster_test \
	tests/unit/profile/summons_test \
	tests/unit/profile/syntax_test \
	tests/unit/profile/whistle_matrix_test \
	tests/unit/profile/whistle_test \
	tests/unit/profile/wrong_test \
	tests/unit/profile/workdays_test
check_PROGRAMS += $(profile_tests)
TESTS += $(profile_tests)
PROFILE_TEST_LIBS = $(PROFILE_LIBS) $(CMOCKA_LIBS)

PROFILE_FIXTURE = tests/unit/profile/fixture.c tests/unit/profile/fixture.h

tests_unit_profile_check_test_SOURCES = tests/unit/profile/check_test.c $(PROFILE_FIXTURE)
tests_unit_profile_check_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_summons_test_SOURCES = tests/unit/profile/summons_test.c tests/unit/profile/full.h \
	$(PROFILE_FIXTURE)
tests_unit_profile_summons_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_meeting_test_SOURCES = tests/unit/profile/meeting_test.c tests/unit/profile/full.h \
	$(PROFILE_FIXTURE)
tests_unit_profile_meeting_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_roster_test_SOURCES = tests/unit/profile/roster_test.c tests/unit/profile/full.h \
	$(PROFILE_FIXTURE)
tests_unit_profile_roster_test_LDADD = $(PROFILE_TEST_LIBS)
PROFILE_PLAY = tests/unit/profile/play.c tests/unit/profile/play.h
tests_unit_profile_whistle_test_SOURCES = tests/unit/profile/whistle_test.c $(PROFILE_PLAY)
tests_unit_profile_whistle_matrix_test_SOURCES = tests/unit/profile/whistle_matrix_test.c \
	$(PROFILE_PLAY)
tests_unit_profile_whistle_matrix_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_whistle_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_syntax_test_SOURCES = tests/unit/profile/syntax_test.c tests/unit/profile/full.h \
	$(PROFILE_FIXTURE)
tests_unit_profile_syntax_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_wrong_test_SOURCES = tests/unit/profile/wrong_test.c tests/unit/profile/full.h \
	$(PROFILE_FIXTURE)
tests_unit_profile_wrong_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_profile_test_SOURCES = tests/unit/profile/profile_test.c $(PROFILE_FIXTURE)
tests_unit_profile_profile_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_workdays_test_SOURCES = tests/unit/profile/workdays_test.c
tests_unit_profile_workdays_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_flow_test_SOURCES = tests/unit/profile/flow_test.c
tests_unit_profile_flow_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_levels_test_SOURCES = tests/unit/profile/levels_test.c
tests_unit_profile_levels_test_LDADD = $(PROFILE_TEST_LIBS)
PROFILE_COURSE = tests/unit/profile/course.c tests/unit/profile/course.h
tests_unit_profile_matrix_test_SOURCES = tests/unit/profile/matrix_test.c $(PROFILE_COURSE)
tests_unit_profile_matrix_test_LDADD = $(PROFILE_TEST_LIBS)
tests_unit_profile_pairs_test_SOURCES = tests/unit/profile/pairs_test.c \
	tests/unit/profile/trial.c tests/unit/profile/trial.h $(PROFILE_COURSE)
tests_unit_profile_pairs_test_LDADD = $(PROFILE_TEST_LIBS)
EXTRA_DIST += \
	tests/unit/profile/matrix/city-guards.txt \
	tests/unit/profile/matrix/city-whistles.txt \
	tests/unit/profile/matrix/city.txt \
	tests/unit/profile/matrix/huicheng-guards.txt \
	tests/unit/profile/matrix/huicheng-whistles.txt \
	tests/unit/profile/matrix/huicheng.txt \
	tests/unit/profile/matrix/pukou-guards.txt \
	tests/unit/profile/matrix/pukou-whistles.txt \
	tests/unit/profile/matrix/pukou.txt \
	tests/unit/profile/matrix/tianning-guards.txt \
	tests/unit/profile/matrix/tianning-whistles.txt \
	tests/unit/profile/matrix/tianning.txt \
	tests/unit/profile/matrix/xingan-guards.txt \
	tests/unit/profile/matrix/xingan-whistles.txt \
	tests/unit/profile/matrix/xingan.txt \
	tests/unit/profile/rosters/city.txt \
	tests/unit/profile/rosters/example.txt \
	tests/unit/profile/rosters/huicheng.txt \
	tests/unit/profile/rosters/pukou.txt \
	tests/unit/profile/rosters/tianning.txt \
	tests/unit/profile/rosters/xingan.txt
