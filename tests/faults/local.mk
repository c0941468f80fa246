# A disk that fails when told to, for any test that links SQLite: $(FAULTFS_LIBS) before its layers.
check_LIBRARIES += tests/faults/libfaultfs.a
tests_faults_libfaultfs_a_SOURCES = tests/faults/faultfs.c tests/faults/faultfs.h \
	tests/faults/faultfs_disk.c tests/faults/faultfs_priv.h
FAULTFS_LIBS = tests/faults/libfaultfs.a

faults_tests = tests/faults/faultfs_test
check_PROGRAMS += $(faults_tests)
TESTS += $(faults_tests)
tests_faults_faultfs_test_SOURCES = tests/faults/faultfs_test.c
tests_faults_faultfs_test_LDADD = $(FAULTFS_LIBS) $(BASE_LIBS) $(SQLITE_LIBS) $(CMOCKA_LIBS)
