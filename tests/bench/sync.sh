#!/bin/bash
# sync.sh [RECORDS ...]: what it costs to bring a console in step, beside floors on the same records
# in the same run: zstd -19 for the bytes, an SQLite table with five indexes for the time.  Records
# are notes of 660 bytes as JSON, each on another incident.  The ratio to the floor comes first.
set -u
export LC_ALL=C.UTF-8
build=$ZHIBAN_BUILDDIR
zhiban=$build/src/console/zhiban
zhiband=$build/src/daemon/zhiband
tmp=$(mktemp -d)
serve=
trap '[ -z "$serve" ] || kill "$serve" 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# What a command costs: "REAL CPU", in milliseconds.
cost() {
	local TIMEFORMAT='%R %U %S'
	{ time "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; } 2>&1 |
		awk '{ printf "%d %d\n", $1 * 1000, ($2 + $3) * 1000 }'
}

have() { command -v "$1" >/dev/null; }
bytes_in() { console status --json | sed 's/.*"bytes_in":\([0-9]*\).*/\1/'; }
bytes_out() { console status --json | sed 's/.*"bytes_out":\([0-9]*\).*/\1/'; }
console() { "$zhiban" --config "$tmp/demo/zhiban.conf" "$@"; }

# line WORDS OURS FLOOR UNIT
line() {
	awk -v w="$1" -v a="$2" -v b="$3" -v c="${4:-}" 'BEGIN {
		r = b == "-" || b + 0 == 0 ? "-" : sprintf("%.2f", a / b)
		printf "%-44s %8s %10s %10s  %s\n", w, r, a, b, c }'
}

serve() {
	"$zhiban" demo --incidents "$1" --seed 7 --no-traffic --dir "$tmp/demo" --serve-only \
		>"$tmp/ready" 2>"$tmp/serve.err" </dev/null &
	serve=$!
	for _ in $(seq 6000); do
		grep -q '^ready' "$tmp/ready" && return
		kill -0 "$serve" 2>/dev/null || { cat "$tmp/serve.err" >&2; exit 1; }
		sleep 0.1
	done
}

# notes SEED: an act on each incident of standard input, as the server's administrator sends them.
notes() {
	awk -v seed="$1" -v at="$(now_ms)" '
	function pick(s,   a, m) { m = split(s, a, " "); return a[1 + int(rand() * m)] }
	function hex(n,   s) { s = ""
		while (n-- > 0) s = s substr("0123456789abcdef", 1 + int(rand() * 16), 1)
		return s }
	BEGIN { srand(seed) }
	{
		text = "the caller adds:"
		while (length(text) < 390)
			text = text " " pick("lift lamp drain wall gate noise smoke water heating road") \
				int(rand() * 300) pick(" out_of_order broken blocked leaking again unsafe")
		printf "{\"actor\":{\"officer\":\"system\",\"org\":\"zhongxin\",\"role\":\"system\"}," \
			"\"args\":{\"note\":\"%s\"},\"at\":%s,\"id\":\"%s-%s-4%s-8%s-%s\"," \
			"\"target\":[{\"base\":1,\"id\":\"%s\",\"kind\":\"incident\"}]," \
			"\"verb\":\"note\"}\n", text, at, hex(8), hex(4), hex(3), hex(3), hex(12), $1
	}'
}

floor_sqlite() {
	{
		echo 'CREATE TABLE t (id TEXT PRIMARY KEY, a INT, b TEXT, c TEXT, d INT, x TEXT);'
		for column in a b c d; do echo "CREATE INDEX t_$column ON t ($column);"; done
		echo 'BEGIN;'
		awk '{ gsub(/\047/, ""); printf "INSERT INTO t VALUES (%c%s%c, %d, %c%s%c, %c%s%c, %d, %c%s%c);\n",
			39, substr($0, 300, 30) NR, 39, NR, 39, substr($0, 80, 9), 39, 39,
			substr($0, 90, 9), 39, NR % 7, 39, $0, 39 }' "$tmp/acts"
		echo 'COMMIT;'
	} >"$tmp/floor.sql"
	cost sqlite3 -init "$tmp/floor.sql" "$tmp/floor-$1.db" .quit
}

catch_up() {
	local n=$1 took floor=- packed=-
	head -n "$n" "$tmp/ids" | notes "$n" >"$tmp/acts"
	split -l 4000 "$tmp/acts" "$tmp/part."
	for part in "$tmp"/part.*; do
		curl -s --unix-socket "$tmp/demo/server/admin.sock" -X POST --data-binary "@$part" \
			http://admin/v1/admin/acts >"$tmp/out"
		rm "$part"
	done
	took=$(cost console sync --wait 600)
	have sqlite3 && floor=$(floor_sqlite "$n")
	have zstd && packed=$(($(zstd -19 -q -c "$tmp/acts" | wc -c) / n))
	line "catch up $n records, ms" "${took% *}" "${floor%% *}" 'SQLite, five indexes'
	line "catch up $n records, CPU ms" "${took#* }" "${floor##* }"
	line "catch up $n records, bytes each" $(($(bytes_in) / n)) "$packed" 'zstd -19'
}

push() {
	local n=$1 took acts
	acts=$(head -n "$n" "$tmp/ids" | "$build/tests/bench/acts_bench" "$tmp/demo/console")
	took=$(cost console sync --wait 600)
	set -- $acts
	line "an act confirmed (in the outbox), ms (p99 $3)" "$2" -
	line 'acts a second into the outbox' "$4" -
	line "push of $n acts, ms" "${took% *}" -
	line 'acts a second, pushed and folded' $((n * 1000 / ${took% *})) -
	line "push of $n acts, bytes" "$(bytes_out)" -
}

import() {
	local n=$1 took
	{
		echo 'id,opened,title,text,location'
		awk -v n="$n" 'BEGIN { srand(5); for (i = 1; i <= n; i++)
			printf "B%06d,2025-%02d-%02d %02d:%02d,lamp %d is out,the lamp at number %d does not burn since %d days,Main Street %d\n",
			i, 1 + rand() * 12, 1 + rand() * 28, rand() * 24, rand() * 60, rand() * 999,
			rand() * 999, 1 + rand() * 20, rand() * 300 }'
	} >"$tmp/rows.csv"
	"$zhiband" init "$tmp/import" --profile tianning --self-signed >"$tmp/out" 2>&1
	took=$(cost "$zhiband" import "$tmp/import" "$tmp/rows.csv")
	line "import of $n rows, ms" "${took% *}" -
	line "import of $n rows, CPU ms" "${took#* }" -
	rm -rf "$tmp/import"
}

[ -x "$zhiban" ] || { echo 'bench: make first' >&2; exit 1; }
have curl || { echo 'bench: curl is wanted' >&2; exit 1; }
[ $# -gt 0 ] || set -- 1000 10000
most=1000
for n in "$@"; do [ "$n" -le "$most" ] || most=$n; done
printf '%-44s %8s %10s %10s\n' "in step, of $((most * 2)) incidents" ratio zhiban floor
import 10000
serve $((most * 2))
took=$(cost console sync --wait 600)
line "first sync of $((most * 2)) incidents, ms" "${took% *}" -
line 'first sync, incidents a second' $((most * 2 * 1000 / ${took% *})) -
line 'first sync, bytes an incident' $(($(bytes_in) / (most * 2))) -
for _ in $(seq 12); do console sync >"$tmp/out"; done # the indexes are made in step
console list incidents --columns number --format jsonl --limit $((most * 2)) |
	sed 's/.*"id":"\([^"]*\)".*/\1/' >"$tmp/ids"
for n in "$@"; do catch_up "$n"; done
push 1000
