noinst_LIBRARIES += src/profile/libprofile.a
src_profile_libprofile_a_SOURCES =
noinst_HEADERS += include/zhiban/profile/profile.h
