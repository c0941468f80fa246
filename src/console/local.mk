# The screen of the console, apart from its main program.
noinst_LIBRARIES += src/console/libface.a
src_console_libface_a_SOURCES = \
	src/console/face.c \
	src/console/face_loop.c \
	src/console/face_priv.h \
	src/console/plain.c
FACE_LIBS = src/console/libface.a $(VIEWS_LIBS)
