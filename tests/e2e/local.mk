e2e_tests = \
	tests/e2e/console.sh
dist_check_SCRIPTS += $(e2e_tests)
TESTS += $(e2e_tests)
