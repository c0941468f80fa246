#!/bin/sh
# One third-party library, one place: its headers are included there and nowhere else.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

# The header (as a regular expression) and the files that may include it.
cat >"$tmp/places" <<'END'
confuse\.h	^src/base/conf[a-z_]*\.c$
utf8proc\.h	^src/base/text[a-z_]*\.c$
sodium(\.h|/.*)	^src/base/crypto[a-z_]*\.c$
glpk\.h	^src/base/solve\.c$
dlfcn\.h	^src/base/late\.c$
jansson\.h	^src/wire/[a-z0-9_]*\.[ch]$
expat\.h	^src/wire/xml[a-z_]*\.c$
zstd\.h	^src/wire/pack[a-z_]*\.c$
zlib\.h	^src/wire/pack[a-z_]*\.c$
libical/.*	^src/wire/ical[a-z_]*\.[ch]$
iconv\.h	^src/(base/text|wire/)[a-z0-9_/]*\.[ch]$
sqlite3\.h	^src/(store/[a-z0-9_]*\.[ch]|server/db_sqlite[a-z0-9_]*\.[ch])$
libpq(-fe\.h|/.*)	^src/server/db_postgres[a-z0-9_]*\.[ch]$
curl/.*	^src/sync/http[a-z_]*\.c$
(n?curses|ncursesw/.*|term|panel|form|menu)\.h	^src/ui/term_curses[a-z_]*\.c$
microhttpd\.h	^src/server/(httpd|tls)[a-z_]*\.[ch]$
gnutls/.*	^src/server/(httpd|tls)[a-z_]*\.[ch]$
vterm.*	^tests/tools/
cmocka\.h	^tests/
END

cat >"$tmp/place.awk" <<'END'
BEGIN { FS = "\t" }
NR == FNR {
	header[++n] = "^" $1 "$"
	place[n] = $2
	next
}
/^[ \t]*#[ \t]*include[ \t]*["<]/ {
	file = $0
	sub(/^[^"<]*["<]/, "", file)
	sub(/[">].*/, "", file)
	for (i = 1; i <= n; i++)
		if (file ~ header[i] && FILENAME !~ place[i] && FILENAME !~ /^tests\/(unit|faults|sim|fuzz|tools|e2e|bench)\//)
			print FILENAME ":" FNR ": " file " is included in " place[i] " alone"
}
END
rule 'third-party headers stay in their one place'
files src include tests -name '*.[ch]' >"$tmp/list"
(cd "$src" && xargs awk -f "$tmp/place.awk" "$tmp/places" <"$tmp/list") >"$tmp/out"
offences <"$tmp/out"

# A public header shows no library to the layers above.
rule 'headers of include/ name no third-party header'
known='stdarg|stdatomic|stdbool|stddef|stdint|stdio|time|limits|libintl|sys/types|poll|signal|pthread|inttypes'
(cd "$src" && grep -nHE '^[ 	]*#[ 	]*include[ 	]*<' $(find include -name '*.h')) |
	grep -vE "<($known|string|errno|stdlib)\.h>" |
	sed 's/^\([^:]*:[0-9]*\):\(.*\)/\1: \2 in a public header; hide it behind an opaque struct/' \
	>"$tmp/out"
offences <"$tmp/out"
finish
