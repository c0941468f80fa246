noinst_LIBRARIES += src/wire/libwire.a
src_wire_libwire_a_SOURCES =
src_wire_libwire_a_SOURCES += src/wire/enroll.c
noinst_HEADERS += \
	include/zhiban/wire/act.h \
	include/zhiban/wire/enroll.h \
	include/zhiban/wire/entity.h \
	include/zhiban/wire/entry.h \
	include/zhiban/wire/feed.h \
	include/zhiban/wire/import.h \
	include/zhiban/wire/jsonout.h \
	include/zhiban/wire/message.def \
	include/zhiban/wire/message.h \
	include/zhiban/wire/pack.h
