#!/bin/sh
# The server's unit tests over PostgreSQL: each program as it is, its data in schemas of one private
# cluster.  Their cases are summed to one series.
LC_ALL=C.UTF-8
export LC_ALL
. "${ZHIBAN_SRCDIR:-.}/tests/tools/postgres.sh"

if ! pg_find; then
	printf '1..0 # SKIP %s\n' "$pg_missing"
	exit 0
fi
tmp=$(mktemp -d /tmp/zhiban-pg.XXXXXX)
trap 'pg_stop immediate; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
chmod 711 "$tmp"
if ! pg_start "$tmp/pg" fsync=off full_page_writes=off autovacuum_naptime=2; then
	printf '1..1\nnot ok 1 - PostgreSQL starts\n'
	exit 0
fi
ZHIBAN_TEST_DB=$pg_url
export ZHIBAN_TEST_DB tmp

ls "${ZHIBAN_BUILDDIR:-.}"/tests/unit/server/*_test "${ZHIBAN_BUILDDIR:-.}"/tests/nodes/*_test |
	xargs -n 1 -P "$(nproc 2>/dev/null || echo 1)" sh -c '
		name=$(basename "$1")
		began=$(date +%s)
		"$1" >"$tmp/$name.out" 2>&1
		echo $? >"$tmp/$name.status"
		echo "# $(($(date +%s) - began)) s" >>"$tmp/$name.out"' sh

for out in "$tmp"/*.out; do
	name=$(basename "$out" .out)
	printf '# %s\n' "$name"
	sed 's/^not ok \([0-9]*\) # SKIP/ok \1 # SKIP/' "$out"
	status=$(cat "${out%.out}.status")
	# a program that counts its failures says so by its status: this is for one that was cut off
	if ! grep -q '^1\.\.[0-9]' "$out" || [ "$status" -ge 124 ]; then
		printf 'not ok 0 - ends by itself (%s)\n' "$status"
	fi
done | awk '
	/^# [a-z_]+_test$/ { name = $2 }
	/^1\.\./ { next }
	/^(not )?ok / {
		bad = /^not/
		sub(/^(not )?ok [0-9]+( - )?/, "")
		printf "%sok %d - %s: %s\n", bad ? "not " : "", ++n, name, $0
		next
	}
	{ print }
	END { printf "1..%d\n", n }'
