#!/bin/sh
# No mutable globals: what the objects hold in writable sections is on the list below or offends.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

command -v objdump >/dev/null 2>&1 || skip_all 'there is no objdump'

# Signal handlers reach nothing else; the scanner inside libconfuse has globals of its own, so two
# threads must not be in it at once.
cat >"$tmp/allowed" <<'END'
src/base/conf.c libconfuse_lock
END

# The objects that a source still stands behind.
find "$bld/src" -name '*.o' 2>/dev/null | sort | while read -r o; do
	path=${o#"$bld"/}
	c=${path%.o}.c
	dir=${c%/*}
	[ -f "$src/$c" ] || c=$dir/${c##*-}
	[ ! -f "$src/$c" ] || printf '%s %s\n' "$o" "$c"
done >"$tmp/objects"
[ -s "$tmp/objects" ] || skip_all 'nothing is built yet'
if grep -Eq 'enable-(sanitizers|coverage)' "$bld/config.status" &&
	"$bld/config.status" --config | grep -Eq 'enable-(sanitizers|coverage)'; then
	skip_all 'sanitizers and coverage add globals of their own'
fi

rule 'no mutable globals'
while read -r o c; do
	objdump -t "$o" | awk -v c="$c" '
		# VALUE FLAGS SECTION\tSIZE NAME
		split($0, half, "\t") == 2 {
			n = split(half[1], left, " ")
			section = left[n]
			split(half[2], right, " ")
			if (substr($0, 24, 1) != "O")
				next
			if (section ~ /^\.(data|bss|tdata|tbss)/ && section !~ /^\.data\.rel\.ro/ ||
			    section == "*COM*")
				print c " " right[2] " " section
		}'
done <"$tmp/objects" >"$tmp/out"
while read -r c name section; do
	plain=${name%%.[0-9]*}
	grep -qxF "$c $plain" "$tmp/allowed" ||
		offend "$c: $plain lies in $section: make it const, or pass it down from main"
done <"$tmp/out"

# The linker takes the first of two that it meets, and says nothing: the tests have both sides in one
# program.  libdaemon.a stands in none but its own.
rule 'no two functions of one name in the libraries'
find "$bld/src" -name 'lib*.a' ! -name libdaemon.a | sort | while read -r lib; do
	nm -g --defined-only "$lib" 2>/dev/null | awk -v lib="${lib#"$bld"/}" 'NF == 3 { print $3, lib }'
done | sort >"$tmp/names"
cut -d' ' -f1 "$tmp/names" | uniq -d >"$tmp/twice"
while read -r name; do
	offend "$name stands in $(grep "^$name " "$tmp/names" | cut -d' ' -f2 | tr '\n' ' ')"
done <"$tmp/twice"
finish
