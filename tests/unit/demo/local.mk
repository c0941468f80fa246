check_PROGRAMS += tests/unit/demo/generate_test
TESTS += tests/unit/demo/generate_test
tests_unit_demo_generate_test_SOURCES = tests/unit/demo/generate_test.c
tests_unit_demo_generate_test_LDADD = src/demo/libdemo.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
