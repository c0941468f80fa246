noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = src/base/error.c
noinst_HEADERS += \
	include/zhiban/base/arena.h \
	include/zhiban/base/civil.h \
	include/zhiban/base/conf.h \
	include/zhiban/base/csv.h \
	include/zhiban/base/crypto.h \
	include/zhiban/base/dirs.h \
	include/zhiban/base/env.h \
	include/zhiban/base/err.def \
	include/zhiban/base/error.h \
	include/zhiban/base/file.h \
	include/zhiban/base/i18n.h \
	include/zhiban/base/mem.h \
	include/zhiban/base/str.h \
	include/zhiban/base/text.h \
	include/zhiban/base/trace.h \
	include/zhiban/base/uuid.h
