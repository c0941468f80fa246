# The gates of the house rules, and what tests of whole programs share.
tests_gates = \
	tests/tools/banned.sh \
	tests/tools/cjk.sh \
	tests/tools/gates_test.sh \
	tests/tools/globals.sh \
	tests/tools/layers.sh \
	tests/tools/po.sh \
	tests/tools/sizes.sh \
	tests/tools/sql.sh \
	tests/tools/thirdparty.sh \
	tests/tools/words.sh
dist_check_SCRIPTS += $(tests_gates)
TESTS += $(tests_gates)
EXTRA_DIST += tests/tools/gate.sh tests/tools/lex.awk tests/tools/pot.sh
