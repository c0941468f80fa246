noinst_LIBRARIES += src/client/libclient.a
src_client_libclient_a_SOURCES =
noinst_HEADERS += \
	include/zhiban/client/client.h \
	include/zhiban/client/desk.h \
	include/zhiban/client/enroll.h \
	include/zhiban/client/link.h \
	include/zhiban/client/queue.h \
	include/zhiban/client/rows.h \
	include/zhiban/client/settings.h \
	include/zhiban/client/worker.h \
	include/zhiban/console/face.h
