noinst_LIBRARIES += src/wire/libwire.a
src_wire_libwire_a_SOURCES = \
	src/wire/act.c \
	src/wire/answer.c \
	src/wire/enroll.c \
	src/wire/entity.c \
	src/wire/entry.c \
	src/wire/feed.c \
	src/wire/form.c \
	src/wire/holidays.c \
	src/wire/import_act.c \
	src/wire/import_file.c \
	src/wire/import_map.c \
	src/wire/import_map_priv.h \
	src/wire/import_priv.h \
	src/wire/import_text.c \
	src/wire/intake.c \
	src/wire/json.c \
	src/wire/json_priv.h \
	src/wire/jsonout.c \
	src/wire/marks.c \
	src/wire/mask.c \
	src/wire/message.c \
	src/wire/message_priv.h \
	src/wire/open311.c \
	src/wire/pack.c \
	src/wire/places.c \
	src/wire/snapshot.c \
	src/wire/tree.c \
	src/wire/walk.c \
	src/wire/walk_priv.h \
	src/wire/xml_out.c
noinst_HEADERS += \
	include/zhiban/wire/act.h \
	include/zhiban/wire/enroll.h \
	include/zhiban/wire/entity.h \
	include/zhiban/wire/entry.h \
	include/zhiban/wire/feed.h \
	include/zhiban/wire/form.h \
	include/zhiban/wire/holidays.h \
	include/zhiban/wire/import.h \
	include/zhiban/wire/intake.h \
	include/zhiban/wire/jsonout.h \
	include/zhiban/wire/marks.h \
	include/zhiban/wire/mask.h \
	include/zhiban/wire/message.def \
	include/zhiban/wire/message.h \
	include/zhiban/wire/open311.h \
	include/zhiban/wire/places.h \
	include/zhiban/wire/pack.h \
	include/zhiban/wire/xml_out.h
