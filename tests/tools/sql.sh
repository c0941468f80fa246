#!/bin/sh
# SQL is never built from values: parameters by name.  A statement that joins constant names (the
# columns of the field tables) says so: /* sql: constant names */ on a line of the literal or above.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

c_files | lex strings sql >"$tmp/strings"

sql='SELECT .*FROM|INSERT (OR [A-Z]* )?INTO|REPLACE INTO|UPDATE [^ ]* SET|DELETE FROM'
sql="$sql|(^|[ (])(WHERE|ORDER BY|GROUP BY|HAVING|LIMIT|VALUES) |(CREATE|DROP|ALTER) (TEMP )?(TABLE|INDEX|VIEW)"
sql="$sql|PRAGMA |ATTACH |SAVEPOINT |^ *(AND|OR) [a-z_.]+ *(=|<|>|IN|LIKE)"

rule 'no statement is printed together from values'
[ -s "$tmp/strings" ] || offend 'no source was read'
grep -E "^[^:]*:[0-9]*:.*($sql)" "$tmp/strings" >"$tmp/sql"
# Only conversions count, not the % of LIKE patterns; a name between double quotes (\"%s\", \"%s_%s\")
# is one by its place: it cannot be a value.
sed 's/\\"[a-z_]*\(%s[a-z_]*\)*\\"/NAME/g' "$tmp/sql" | grep -E '%[-+ #0]*[0-9*]*(\.[0-9*]*)?(hh|h|ll|l|j|z|t|q)?[diouxXeEfgGscQwp]([^a-z]|$)' |
	sed 's/^\([^:]*:[0-9]*\):\(.*\)/\1: bind a named parameter instead of printing into: \2/' \
	>"$tmp/out"
offences <"$tmp/out"

# "... = '" and the value behind it.
rule 'no statement is glued together around a quote'
awk -F: '{
	text = $0
	sub(/^[^:]*:[0-9]*:/, "", text)
	if (gsub(/\047/, "", text) % 2)
		print $1 ":" $2 ": a quote stays open: a value is glued in"
}' "$tmp/sql" >"$tmp/out"
offences <"$tmp/out"

rule 'no SQL function that prints values'
c_files | lex code >"$tmp/code"
grep -E '(^|[^A-Za-z0-9_])sqlite3_(v?mprintf|v?snprintf|str_appendf|str_vappendf|get_table)[ 	]*\(' "$tmp/code" |
	sed 's/^\([^:]*:[0-9]*\):.*/\1: sqlite3 prints values into text here: bind named parameters/' \
	>"$tmp/out"
offences <"$tmp/out"

# ?1 and bare ? are positions: they come apart when a line is put between.
rule 'parameters have names'
grep -E "[=(,<>] *\?([0-9]|[ ,)]|$)" "$tmp/sql" |
	sed 's/^\([^:]*:[0-9]*\):\(.*\)/\1: give the parameter a name (:name): \2/' >"$tmp/out"
offences <"$tmp/out"
finish
