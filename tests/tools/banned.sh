#!/bin/sh
# Functions that are wrong by their shape, each with what to call instead.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

cat >"$tmp/words" <<'END'
strcpy|it does not know how much room there is: struct str, or snprintf with its return value
strcat|it does not know how much room there is: struct str
sprintf|it does not know how much room there is: snprintf or str_addf
vsprintf|it does not know how much room there is: vsnprintf
strncpy|it cuts in silence and may leave no end: struct str
strncat|it cuts in silence: struct str
strtok|it keeps a hidden static: strcspn, or the splitting of base
gets|nobody can call it rightly: getline with a limit
atoi|it tells no error: strtol with its end and range
atol|it tells no error: strtol with its end and range
atoll|it tells no error: strtoll with its end and range
atof|it tells no error, and the journal has no floats
alloca|a stack has no "out of memory": an arena
localtime|it reads a hidden zone and a static: base/civil
localtime_r|the zone is the jurisdiction's, not the machine's: base/civil
gmtime|it returns a static: base/civil
ctime|it returns a static: base/civil
asctime|it returns a static: base/civil
system|it goes through a shell: posix_spawn or fork and execv with a list
popen|it goes through a shell: posix_spawn or fork and execv with a list
END

rule 'no banned function is called'
c_files | lex code >"$tmp/code"
[ -s "$tmp/code" ] || offend 'no source was read'
awk -F'|' 'NR == FNR { why[$1] = $2; next }
{
	match($0, /^[^:]*:[0-9]*:/)
	at = substr($0, 1, RLENGTH)
	rest = substr($0, RLENGTH + 1)
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		word = substr(rest, RSTART, RLENGTH)
		sub(/[ \t]*\($/, "", word)
		if (word in why)
			print at " " word ": " why[word]
		rest = substr(rest, RSTART + RLENGTH)
	}
}' "$tmp/words" "$tmp/code" >"$tmp/out"
offences <"$tmp/out"
finish
