#!/bin/sh
# Tests of whole programs again, with the server's data in PostgreSQL: each as it is, its cases summed.
# ZHIBAN_LONG: more of them.
LC_ALL=C.UTF-8
export LC_ALL
here=${ZHIBAN_SRCDIR:-.}
. "$here/tests/tools/postgres.sh"

if ! pg_find; then
	printf '1..0 # SKIP %s\n' "$pg_missing"
	exit 0
fi
tmp=$(mktemp -d /tmp/zhiban-pg.XXXXXX)
trap 'pg_stop immediate; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
chmod 711 "$tmp"
if ! pg_start "$tmp/pg"; then
	printf '1..1\nnot ok 1 - PostgreSQL starts\n'
	exit 0
fi
ZHIBAN_E2E_DB=$pg_url
ZHIBAN_PSQL=$pg_bin/psql
ZHIBAN_KILLS=${ZHIBAN_KILLS:-5}
export ZHIBAN_E2E_DB ZHIBAN_PSQL ZHIBAN_KILLS

names='flow import kill search'
[ -z "${ZHIBAN_LONG-}" ] || names="$names intake meeting_ical offline people phone places processes rules warnings"
for name in $names; do
	[ -f "$here/tests/e2e/$name.sh" ] || continue
	printf '# %s\n' "$name"
	sh "$here/tests/e2e/$name.sh" 2>&1
	status=$?
	[ "$status" -lt 124 ] || printf 'not ok 0 - ends by itself (%s)\n' "$status"
done | awk '
	/^# [a-z_]+$/ { name = $2 }
	/^1\.\./ { next }
	/^(not )?ok / {
		bad = /^not/
		sub(/^(not )?ok [0-9]+( - )?/, "")
		printf "%sok %d - %s: %s\n", bad ? "not " : "", ++n, name, $0
		next
	}
	{ print }
	END { printf "1..%d\n", n }'
