noinst_LIBRARIES += src/sync/libsync.a
src_sync_libsync_a_SOURCES = \
	src/sync/ask.c \
	src/sync/arrival.c \
	src/sync/callers.c \
	src/sync/compare.c \
	src/sync/compare_priv.h \
	src/sync/http.c \
	src/sync/http_key.c \
	src/sync/http_priv.h \
	src/sync/http_table.c \
	src/sync/http_watch.c \
	src/sync/lanes.c \
	src/sync/lanes_priv.h \
	src/sync/log.c \
	src/sync/marks.c \
	src/sync/marks_priv.h \
	src/sync/read.c \
	src/sync/once_priv.h \
	src/sync/reveal.c \
	src/sync/search.c \
	src/sync/session.c \
	src/sync/sync.c \
	src/sync/ask_priv.h \
	src/sync/sync_priv.h \
	src/sync/write.c
noinst_HEADERS += \
	include/zhiban/sync/http.h \
	include/zhiban/sync/ops.h \
	include/zhiban/sync/sync.h
