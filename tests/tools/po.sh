#!/bin/sh
# Every msgid of the sources stands in po/zh_CN.po, translated and not fuzzy.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

for p in xgettext msgfmt msgcmp; do
	command -v $p >/dev/null 2>&1 || skip_all "there is no $p"
done
po=$src/po/zh_CN.po

rule 'the catalogue is well formed'
msgfmt --check -o /dev/null "$po" >"$tmp/out" 2>&1
offences <"$tmp/out"

rule 'every sentence of the sources is translated'
sh "$here/pot.sh" "$src" "$tmp/zhiban.pot" 2>"$tmp/out"
offences <"$tmp/out"
[ -s "$tmp/zhiban.pot" ] || offend 'xgettext found no sentence'
cp "$po" "$tmp/zh_CN.po"
# msgcmp tells a line number; the sentence itself is what helps.
msgcmp "$tmp/zh_CN.po" "$tmp/zhiban.pot" >"$tmp/out" 2>&1
awk '
	FILENAME != ARGV[3] {
		text[FILENAME, FNR] = $0
		next
	}
	/:[0-9]+: / && !/: warning: / {
		split($0, part, ":")
		for (at = part[2] + 0; at > 1 && text[part[1], at] !~ /^msgid /; at--)
			;
		words = $0
		sub(/^[^:]*:[0-9]*: */, "", words)
		print words ": " substr(text[part[1], at], 7) substr(text[part[1], at + 1], 1, 60)
	}' "$tmp/zh_CN.po" "$tmp/zhiban.pot" "$tmp/out" >"$tmp/said"
offences <"$tmp/said"

# A msgid that no source has any more is dead weight; update-po drops it.
rule 'no sentence is left over'
grep -c '^#~ msgid' "$po" >"$tmp/n"
[ "$(cat "$tmp/n")" -eq 0 ] || offend "$(cat "$tmp/n") sentences are obsolete: make update-po"
finish
