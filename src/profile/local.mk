noinst_LIBRARIES += src/profile/libprofile.a
src_profile_libprofile_a_SOURCES = \
	src/profile/bundle.c \
	src/profile/clocks.c \
	src/profile/flow.c \
	src/profile/lists.c \
	src/profile/orgs.c \
	src/profile/profile.c \
	src/profile/profile_priv.h \
	src/profile/spec.c \
	src/profile/workdays.c
noinst_HEADERS += include/zhiban/profile/profile.h
