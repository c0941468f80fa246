#!/bin/sh
# Every file of the tree goes into a tarball: one that no local.mk names builds here and nowhere else.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

[ -e "$src/.git" ] && (cd "$src" && git ls-files) >"$tmp/files" 2>/dev/null ||
	skip_all 'there is no git here to tell which files belong'
[ -f "$bld/Makefile" ] || skip_all 'nothing is configured yet'

env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "$bld" list-dist >"$tmp/raw" 2>"$tmp/err" ||
	cat "$tmp/err"
up=$(cd "$src" && pwd)/
sed "s,^$up,,; s,^\(\.\./\)*,," "$tmp/raw" | sort -u >"$tmp/dist"
rule 'every file is in the tarball'
grep -vE '^\.git' "$tmp/files" | sort >"$tmp/want"
(cd "$src" && while read -r f; do [ ! -f "$f" ] || printf '%s\n' "$f"; done) <"$tmp/want" >"$tmp/there"
# A folder in EXTRA_DIST brings all that is in it.
comm -23 "$tmp/there" "$tmp/dist" | awk '
	NR == FNR { dist[$0] = 1; next }
	{
		for (dir = $0; sub(/\/[^\/]*$/, "", dir);)
			if (dir in dist)
				next
		print
	}' "$tmp/dist" - | sed 's/$/: no local.mk names it, so make dist leaves it out/' >"$tmp/out"
offences <"$tmp/out"
finish
