noinst_LIBRARIES += src/demo/libdemo.a
src_demo_libdemo_a_SOURCES =
