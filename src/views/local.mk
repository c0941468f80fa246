noinst_LIBRARIES += src/views/libviews.a
src_views_libviews_a_SOURCES =
