noinst_LIBRARIES += src/model/libmodel.a
src_model_libmodel_a_SOURCES = \
	src/model/left.c
noinst_HEADERS += \
	include/zhiban/model/left.h
