#!/bin/bash
# plans.sh [INCIDENTS] [FOLDER]: the plan of every statement of the server over PostgreSQL, with so
# many incidents of made up rows (1,000,000 unless said).  Prepared statements get the plan that does not
# know its values, which is what a busy connection settles on.  A plan that reads a whole large table is
# named at the end: counts, checks and what rebuilds may, requests may not.  FOLDER keeps the data for
# the next time; without it they lie in a folder that is gone afterwards.
set -eu
top=${ZHIBAN_SRCDIR:-.}
. "$top/tests/tools/postgres.sh"
pg_find || { echo "$pg_missing" >&2; exit 1; }
n=${1:-1000000}
tmp=$(mktemp -d /tmp/zhiban-plans.XXXXXX)
chmod 711 "$tmp"
dir=${2:-$tmp}
trap 'pg_stop fast; rm -rf "$tmp"' EXIT
pg_start "$dir/pg" fsync=off full_page_writes=off autovacuum=off max_wal_size=8GB maintenance_work_mem=256MB

if ! pg_sql 'SELECT count(*) FROM meta' >/dev/null 2>&1; then
	"${ZHIBAN_BUILDDIR:-.}/src/daemon/zhiband" init "$tmp/server" --profile tianning --self-signed \
		--listen 127.0.0.1:0 --db "$pg_url" >/dev/null
	echo "filling: $n incidents" >&2
	# Two entries each; the centre sees all, and three of 650 others; one in ten is open.
	pg_sql "
	SET synchronous_commit = off; SET random_page_cost = 1.1;
	INSERT INTO entity (eno, id, kind, version, seq, class, rank, state)
		SELECT 1000 + i, decode(lpad(to_hex(i), 12, '0') || substr(md5(i::text), 1, 20), 'hex'),
			'incident', 2, 1000 + i * 2, CASE WHEN i % 10 = 0 THEN 1 ELSE 2 END,
			-1700000000000 - i::bigint * 60000,
			convert_to(repeat(md5(i::text), 24), 'UTF8')
		FROM generate_series(1, $n) i;
	INSERT INTO journal (seq, width, hash, bytes)
		SELECT 1000 + i, 1, sha256(i::text::bytea), convert_to(repeat(md5(i::text), 16), 'UTF8')
		FROM generate_series(1, 2 * $n) i;
	INSERT INTO touch SELECT 1000 + (i + 1) / 2, 1000 + i FROM generate_series(1, 2 * $n) i;
	CREATE TEMP TABLE seer AS SELECT i, k, CASE k WHEN 0 THEN 1 ELSE 2 + ((i * 7 + k * 211) % 217)
		+ (k - 1) * 217 END AS org FROM generate_series(1, $n) i, generate_series(0, 3) k;
	INSERT INTO party SELECT 1000 + i, org, 999 + i * 2 FROM seer;
	INSERT INTO scope SELECT s.org, CASE WHEN i % 10 = 0 THEN 1 ELSE 2 END,
		-1700000000000 - i::bigint * 60000, 1000 + i FROM seer s;
	INSERT INTO feed SELECT org, 998 + i * 2 + e, 1000 + i, 0 FROM seer, generate_series(1, 2) e;
	INSERT INTO org (no, code) SELECT i, 'made' || i FROM generate_series(200, 660) i
		ON CONFLICT DO NOTHING;
	INSERT INTO outside SELECT 'hotline', 'N' || i, 1000 + i FROM generate_series(1, $n) i;
	INSERT INTO timer SELECT 1000 + i, 1795000000000 + i FROM generate_series(1, $n, 10) i;
	INSERT INTO console (id, name, made, last_n, seen) SELECT decode(md5(i::text), 'hex'), 'desk', 0,
		$n / 2000, 0 FROM generate_series(1, 2000) i;
	INSERT INTO answer (id, console, n, seq, body, bytes) SELECT decode(md5('a' || i), 'hex'),
		decode(md5((1 + i % 2000)::text), 'hex'), i / 2000 + 1, 1000 + i, sha256(i::text::bytea),
		convert_to(repeat(md5(i::text), 6), 'UTF8') FROM generate_series(1, $n) i;
	INSERT INTO personal (eno, field, salt, value, at, digits) SELECT 1000 + i, 'phone', decode(md5(i::text),
		'hex'), 13800000000 + i / 3, 0, 13800000000 + i / 3 FROM generate_series(1, $n) i;
	INSERT INTO audit (no, at, what, n, hash) SELECT 1000 + i, 1795000000000 + i, 'login', 1,
		sha256(i::text::bytea) FROM generate_series(1, $n / 10) i;
	DROP INDEX search_terms;
	INSERT INTO search SELECT 1000 + i, array(SELECT ((i * 7919::bigint + k * k * 104729) % (100 + k * k * 40))
		* 4294967296 + k FROM generate_series(1, 40) k) FROM generate_series(1, $n) i;
	CREATE INDEX search_terms ON search USING gin (terms);
	UPDATE counter SET seq = 1000 + 2 * $n;" >/dev/null
	pg_sql 'VACUUM ANALYZE'
fi

# Every constant "sql_NAME" of the ops, and the driver's own; parameters get numbers.
awk '
	function done(	i, name) {
		n = 0
		while (match(text, /:[a-z][a-z_0-9]*/)) {
			name = substr(text, RSTART, RLENGTH)
			if (!((name) in number))
				number[name] = ++n
			text = substr(text, 1, RSTART - 1) "$" number[name] substr(text, RSTART + RLENGTH)
		}
		delete number
		if (text ~ /^(SELECT|INSERT|UPDATE|DELETE|WITH)/)
			printf "%s\t%d\t%s\n", at, n, text
		if (text ~ /^(SELECT|WITH).* ORDER BY / && text !~ / LIMIT /) # as a scan asks at first
			printf "%s, first page\t%d\t%s LIMIT 256\n", at, n, text
		text = at = ""
	}
	/^#define [A-Z_]+[ \t]+"/ {
		word = $2
		sub(/^[^"]*/, "")
		words[word] = $0
		next
	}
	match($0, /(static const char sql_[a-z_]+\[\] =|\.search_(add|find) =)/) {
		at = FILENAME
		sub(/.*\//, "", at)
		name = substr($0, RSTART, RLENGTH)
		gsub(/static const char |\[\] =| =/, "", name)
		at = at " " name
	}
	at != "" {
		line = $0
		for (word in words)
			gsub(word, words[word], line)
		while (match(line, /"([^"\\]|\\.)*"/)) {
			text = text substr(line, RSTART + 1, RLENGTH - 2)
			line = substr(line, RSTART + RLENGTH)
		}
		if (line ~ /^[ \t]*[;,]/)
			done()
	}' "$top"/src/server/db_sql_*.c "$top"/src/server/db_sql.c "$top"/src/server/db_postgres*.c >"$tmp/statements"

settings=$(sed -n 's/.*SHARED_SETTINGS *"\(.*\)".*/\1/p' "$top/src/server/db_postgres_open.c")
{
	echo "SET plan_cache_mode = force_generic_plan; $settings"
	while IFS="$(printf '\t')" read -r at count text; do
		printf '\\echo == %s\n' "$at"
		nulls=
		for ((i = 0; i < count; i++)); do
			nulls=$nulls${nulls:+, }NULL
		done
		printf 'DEALLOCATE ALL; PREPARE p AS %s;\n' "$text"
		printf 'EXPLAIN (COSTS OFF) EXECUTE p%s;\n' "${nulls:+($nulls)}"
	done <"$tmp/statements"
} >"$tmp/ask.sql"
"$pg_bin/psql" -X -q -At -h "$pg_dir" -p "$pg_port" -U zhiban -d zhiban -f "$tmp/ask.sql" >"$tmp/plans" 2>&1
cat "$tmp/plans"
echo
echo "== statements: $(wc -l <"$tmp/statements"); that read a whole large table:"
awk '/^== / { at = $0 } /Seq Scan on (entity|journal|touch|party|scope|feed|outside|timer|answer|personal|audit|search)/ {
	print at ": " $0 }' "$tmp/plans"
echo "== not planned:"
grep -B1 ERROR "$tmp/plans" || true
