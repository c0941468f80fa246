#!/bin/sh
# Chinese lives in po/, profiles/ and data files, not in the literals of the C code.  Characters
# that are data (a table of full-width keys) say so: /* cjk: why */.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

rule 'no Chinese text in C literals'
c_files | lex strings cjk >"$tmp/strings"
[ -s "$tmp/strings" ] || offend 'no source was read'
awk '/[\343-\351][\200-\277][\200-\277]/ || /\357[\274-\277][\200-\277]/ {
	match($0, /^[^:]*:[0-9]*:/)
	print substr($0, 1, RLENGTH) " Chinese text: write English in _() and the Chinese in po/zh_CN.po"
}' "$tmp/strings" >"$tmp/out"
offences <"$tmp/out"
finish
