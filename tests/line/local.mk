# Real consoles on real servers over a line that is bad in every way.
line_tests = tests/line/cut_test tests/line/fault_test
check_PROGRAMS += $(line_tests)
dist_check_SCRIPTS += tests/line/keys.sh
TESTS += $(line_tests) tests/line/keys.sh
line_place = tests/line/place.c tests/line/place.h tests/tools/net.c tests/tools/net.h \
	tests/tools/net_child.c

tests_line_cut_test_SOURCES = tests/line/cut_test.c $(line_place)
tests_line_cut_test_LDADD = $(CLIENT_LIBS)
tests_line_fault_test_SOURCES = tests/line/fault_test.c $(line_place)
tests_line_fault_test_LDADD = $(CLIENT_LIBS)
