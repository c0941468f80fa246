#!/bin/sh
# The manual's tables are those of the code, and its pages are well formed.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

[ -x "$bld/man/tables" ] && [ -x "$bld/man/tables_daemon" ] &&
	[ -x "$bld/man/tables_profile" ] || skip_all 'man/tables is not built'
for m in zhiban.1 zhiban-profile.5 zhiban.conf.5 zhiban-theme.5 zhiban-tutorial.7 zh_CN/zhiban-tutorial.7 \
	zhiband.8 zhiband-postgresql.7; do
	case $m in
	zhiband*) tables=$bld/man/tables_daemon ;;
	zhiban-profile*) tables=$bld/man/tables_profile ;;
	*) tables=$bld/man/tables ;;
	esac
	rule "$m has the tables of the code"
	ZHIBAN_SRCDIR=$src sh "$src/man/splice.sh" "$src/man/$m" "$tables" >"$tmp/page" || offend "$m cannot be made"
	diff "$src/man/$m" "$tmp/page" >"$tmp/diff" ||
		offend "make update-man: $m is stale, as in: $(sed -n '/^[<>]/{p;q;}' "$tmp/diff")"
	rule "$m is well formed"
	if command -v mandoc >/dev/null 2>&1; then
		mandoc -T lint -W warning "$src/man/$m" 2>&1 |
			grep -vE 'referenced manual not found|operating system' >"$tmp/out"
		offences <"$tmp/out"
	fi
done
finish
