noinst_LIBRARIES += src/demo/libdemo.a
src_demo_libdemo_a_SOURCES = \
	src/demo/fill.c \
	src/demo/generate.c \
	src/demo/life.c \
	src/demo/people.c \
	src/demo/traffic.c \
	src/demo/words.c
noinst_HEADERS += \
	include/zhiban/demo/fill.h \
	include/zhiban/demo/generate.h \
	include/zhiban/demo/life.h \
	include/zhiban/demo/words.h
