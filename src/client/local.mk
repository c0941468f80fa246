noinst_LIBRARIES += src/client/libclient.a
src_client_libclient_a_SOURCES =
