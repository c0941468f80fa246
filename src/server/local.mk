noinst_LIBRARIES += src/server/libserver.a
src_server_libserver_a_SOURCES =
noinst_HEADERS += \
	include/zhiban/server/db.h \
	include/zhiban/server/service.h
