demo_tests = \
	tests/unit/demo/generate_test \
	tests/unit/demo/meeting_test \
	tests/unit/demo/roster_test
check_PROGRAMS += $(demo_tests)
TESTS += $(demo_tests)
tests_unit_demo_generate_test_SOURCES = tests/unit/demo/generate_test.c
tests_unit_demo_generate_test_LDADD = src/demo/libdemo.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_demo_roster_test_SOURCES = tests/unit/demo/roster_test.c
tests_unit_demo_roster_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_demo_roster_test_LDADD = src/demo/libdemo.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_demo_meeting_test_SOURCES = tests/unit/demo/meeting_test.c
tests_unit_demo_meeting_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_unit_demo_meeting_test_LDADD = src/demo/libdemo.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
