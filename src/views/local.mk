noinst_LIBRARIES += src/views/libviews.a
src_views_libviews_a_SOURCES = \
	src/views/command.c
noinst_HEADERS += \
	include/zhiban/views/command.def \
	include/zhiban/views/command.h
