# A disk that fails when told to, for any test that links SQLite: $(FAULTFS_LIBS) before its layers.
check_LIBRARIES += tests/faults/libfaultfs.a
tests_faults_libfaultfs_a_SOURCES = tests/faults/faultfs.c tests/faults/faultfs.h \
	tests/faults/faultfs_disk.c tests/faults/faultfs_priv.h
FAULTFS_LIBS = tests/faults/libfaultfs.a

faults_tests = \
	tests/faults/cache_disk_test \
	tests/faults/client_disk_test \
	tests/faults/faultfs_test \
	tests/faults/outbox_disk_test \
	tests/faults/server_disk_test
check_PROGRAMS += $(faults_tests)
TESTS += $(faults_tests)
sweep_sources = tests/faults/sweep.c tests/faults/sweep.h
tests_faults_faultfs_test_SOURCES = tests/faults/faultfs_test.c
tests_faults_faultfs_test_LDADD = $(FAULTFS_LIBS) $(BASE_LIBS) $(SQLITE_LIBS) $(CMOCKA_LIBS)
tests_faults_cache_disk_test_SOURCES = tests/faults/cache_disk_test.c $(sweep_sources)
tests_faults_cache_disk_test_LDADD = $(FAULTFS_LIBS) $(STORE_LIBS) $(CMOCKA_LIBS)
tests_faults_outbox_disk_test_SOURCES = tests/faults/outbox_disk_test.c $(sweep_sources)
tests_faults_outbox_disk_test_LDADD = $(FAULTFS_LIBS) $(STORE_LIBS) $(CMOCKA_LIBS)
tests_faults_server_disk_test_SOURCES = tests/faults/server_disk_test.c $(sweep_sources)
tests_faults_server_disk_test_LDADD = $(FAULTFS_LIBS) $(SERVER_LIBS) $(CMOCKA_LIBS)
tests_faults_client_disk_test_SOURCES = tests/faults/client_disk_test.c $(sweep_sources) \
	tests/unit/client/fake_server.c tests/unit/client/fake_server.h
tests_faults_client_disk_test_LDADD = $(FAULTFS_LIBS) $(CLIENT_LIBS) $(CMOCKA_LIBS)
