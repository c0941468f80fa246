#!/bin/sh
# Dependencies point inwards only: the #include lines against the arrows of ARCHITECTURE.md.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

# What each layer may include, beside itself (the closure of the arrows).
cat >"$tmp/arrows" <<'END'
base
domain base
profile base domain
wire base domain
store base domain
sync base domain wire
client base domain profile wire store sync
model base domain profile wire store sync client
ui base
views base domain profile wire store sync client model ui
server base domain profile wire
demo base domain profile wire server
console base domain profile wire store sync client model ui views
daemon base domain profile wire server demo
END

# A file's layer is its folder: src/LAYER, include/zhiban/LAYER, tests/unit/LAYER.
cat >"$tmp/layers.awk" <<'END'
NR == FNR {
	known[$1] = 1
	for (i = 1; i <= NF; i++)
		may[$1, $i] = 1
	next
}
FNR == 1 {
	n = split(FILENAME, part, "/")
	at = part[1] == "src" ? 2 : 3
	layer = part[at]
	if (n <= at || !(layer in known)) {
		print FILENAME ": \"" layer "\" is no layer of the house; the arrows are in tests/tools/layers.sh"
		nextfile_ = 1
	} else
		nextfile_ = 0
}
nextfile_ { next }
/^[ \t]*#[ \t]*include[ \t]*["<]/ {
	file = $0
	sub(/^[^"<]*["<]/, "", file)
	sub(/[">].*/, "", file)
	if (file ~ /^zhiban\//) {
		split(file, into, "/")
		if (!((layer, into[2]) in may))
			print FILENAME ":" FNR ": " layer " may not include " file ": the arrows point inwards only"
		else if ($0 ~ /</)
			print FILENAME ":" FNR ": " file " is ours: include it with quotes"
	} else if (part[1] == "tests" && file ~ ("^(\\.\\./)+src/" layer "/[a-z0-9_]+_priv\\.h$"))
		next # a unit test may see its own layer's private header
	else if (file ~ /^\.\.?\//)
		print FILENAME ":" FNR ": " file " climbs through folders: a layer sees another only through include/zhiban"
	else if ($0 ~ /"/ && file ~ /\// && file !~ ("^src/" layer "/") &&
		 !(part[1] == "tests" && file ~ /^tests\//))
		print FILENAME ":" FNR ": " file " is another layer's private header"
}
END

rule 'includes follow the arrows'
(cd "$src" && find src include tests/unit -name '*.[ch]' | sort |
	xargs awk -f "$tmp/layers.awk" "$tmp/arrows") >"$tmp/out"
offences <"$tmp/out"

# domain takes time, ids and randomness as arguments and does no I/O.
rule 'domain is pure'
files src include -path '*/domain/*' -name '*.[ch]' >"$tmp/domain"
[ -s "$tmp/domain" ] || offend 'there is no src/domain: nothing was checked'
lex code <"$tmp/domain" >"$tmp/code"
calls='time|clock_gettime|gettimeofday|getenv|rand|random|getrandom|sleep|usleep|nanosleep'
calls="$calls|printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|fputc|fwrite|fopen|fread|fgets"
calls="$calls|open|read|write|close|mmap|malloc_usable_size|sqlite3_[a-z0-9_]*|trace_[a-z]*"
grep -E "(^|[^A-Za-z0-9_.>])($calls)[ 	]*\(" "$tmp/code" |
	sed 's/^\([^:]*:[0-9]*\):[ 	]*\(.*\)/\1: the rulebook reads no clock and does no I\/O: \2/' \
	>"$tmp/out"
headers='time|unistd|fcntl|dirent|pthread|poll|signal|locale|sqlite3|jansson|sys/[a-z]*'
grep -E "#[ 	]*include[ 	]*<($headers)\.h>" "$tmp/code" |
	sed 's/^\([^:]*:[0-9]*\):\(.*\)/\1: the rulebook needs no \2/' >>"$tmp/out"
offences <"$tmp/out"
finish
