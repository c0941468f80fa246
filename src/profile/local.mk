noinst_LIBRARIES += src/profile/libprofile.a
src_profile_libprofile_a_SOURCES =
