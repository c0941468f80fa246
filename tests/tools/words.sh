#!/bin/sh
# The project speaks of itself alone: no path of one machine, no host that only one place reaches.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

if [ -e "$src/.git" ] && (cd "$src" && git ls-files) >"$tmp/list" 2>/dev/null && [ -s "$tmp/list" ]; then
	:
else
	(cd "$src" && find . -type f ! -path './build*' ! -path './_*' ! -path './autom4te.cache/*' ! -path './.git*' |
		sed 's,^\./,,' | grep -vE '^(configure|aclocal\.m4|Makefile\.in|config\.h\.in|build-aux/.*)$') >"$tmp/list"
fi
(cd "$src" && while read -r f; do [ ! -f "$f" ] || printf '%s\n' "$f"; done) <"$tmp/list" >"$tmp/there"

search() {
	(cd "$src" && xargs grep -nHIE "$1" <"$tmp/there") | grep -vE "${2:-^$}"
}

# Written apart, so that this file does not offend.
rule 'no path of one machine'
search '(^|[^A-Za-z0-9_.])/(wo''rk|ro''ot|ho''me/[a-z])(/|[^a-z]|$)' '^tests/tools/words\.sh:' |
	sed 's/^\([^:]*:[0-9]*\):.*/\1: an absolute path of one machine/' >"$tmp/out"
offences <"$tmp/out"

rule 'shared data are named in tests and notes alone'
search '\.\./sha''red' '^(tests/|README\.md|CONTRIBUTING\.md|ARCHITECTURE\.md)' |
	sed 's/^\([^:]*:[0-9]*\):.*/\1: shared data are for tests; the program does not know of them/' >"$tmp/out"
offences <"$tmp/out"

rule 'no host of a package registry'
search '(deb|security|snapshot)\.debian\.''org|pkg\.''dev|artifact''ory|registry\.npmjs|pypi\.''org|proxy\.golang' |
	sed 's/^\([^:]*:[0-9]*\):.*/\1: a registry is the machine'"'"'s affair/' >"$tmp/out"
offences <"$tmp/out"
finish
