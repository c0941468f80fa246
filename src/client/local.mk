noinst_LIBRARIES += src/client/libclient.a
src_client_libclient_a_SOURCES = \
	src/client/act.c \
	src/client/act_priv.h \
	src/client/ask.c \
	src/client/ask_priv.h \
	src/client/client.c \
	src/client/client_priv.h \
	src/client/desk.c \
	src/client/enroll.c \
	src/client/get.c \
	src/client/link.c \
	src/client/mode.c \
	src/client/notice.c \
	src/client/overlay.c \
	src/client/overlay_priv.h \
	src/client/place.c \
	src/client/poll.c \
	src/client/queue.c \
	src/client/renew.c \
	src/client/renew_priv.h \
	src/client/rows.c \
	src/client/rows_priv.h \
	src/client/scan.c \
	src/client/seat.c \
	src/client/settings.c \
	src/client/timeline.c \
	src/client/timeline_step.c \
	src/client/timeline_priv.h \
	src/client/value.c \
	src/client/waiting.c \
	src/client/worker.c \
	src/client/worker_ask.c \
	src/client/worker_erase.c \
	src/client/worker_heal.c \
	src/client/worker_link.c \
	src/client/worker_ops.c \
	src/client/worker_page.c \
	src/client/worker_place.c \
	src/client/worker_priv.h
noinst_HEADERS += \
	include/zhiban/client/ask.h \
	include/zhiban/client/client.h \
	include/zhiban/client/desk.h \
	include/zhiban/client/enroll.h \
	include/zhiban/client/link.h \
	include/zhiban/client/mode.h \
	include/zhiban/client/notice.h \
	include/zhiban/client/place.h \
	include/zhiban/client/queue.h \
	include/zhiban/client/rows.h \
	include/zhiban/client/search.h \
	include/zhiban/client/seat.h \
	include/zhiban/client/settings.h \
	include/zhiban/client/value.h \
	include/zhiban/client/worker.h \
	include/zhiban/console/face.h
