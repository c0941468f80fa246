#!/bin/bash
# server.sh [PARKS]: what a server carries, over TLS on loopback with the load on the same machine:
# small requests a second; acts a second, each a request and durable before its answer; their times at
# half of that; parked consoles (5,000 if not said), the memory of each, and the time until all that
# wait have been answered after an entry.  Run it when nothing else runs.
#
# DB=postgresql://... makes the data there (zhiband init --db).  Against servers that run already, of
# whatever data and on as many nodes as you like:
#	URLS=https://HOST:PORT,https://HOST:PORT SESSIONS=FILE server.sh [PARKS]
# where FILE comes from tests/bench/sessions DIR N before they were started; PIDS="1 2" says which
# processes are theirs, for the memory.  Limits of zhiband.conf must be off (rate_address, rate_token,
# connections = 0).
set -u
export LC_ALL=C.UTF-8
build=$ZHIBAN_BUILDDIR
load=$build/tests/bench/load
parks=${1:-5000}
seconds=${SECONDS_EACH:-10}
lines=${LINES_ACTS:-64}
tmp=$(mktemp -d)
serve=
trap '[ -z "$serve" ] || kill "$serve" 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

start() {
	"$build/src/daemon/zhiband" init "$tmp/srv" --profile tianning --listen 127.0.0.1:0 \
		${DB:+--db "$DB"} >"$tmp/init" || exit 1
	printf 'rate_address = 0\nrate_token = 0\nconnections = 0\n' >>"$tmp/srv/zhiband.conf"
	"$build/tests/bench/sessions" "$tmp/srv" $((parks + 1)) >"$tmp/sessions" || exit 1
	"$build/src/daemon/zhiband" serve "$tmp/srv" --trace "$tmp/trace" >"$tmp/ready" 2>"$tmp/err" &
	serve=$!
	until grep -q '^ready' "$tmp/ready"; do
		kill -0 "$serve" 2>/dev/null || { cat "$tmp/err" >&2; exit 1; }
		sleep 0.1
	done
	URLS=$(sed -n 's/^ready //p' "$tmp/ready")
	SESSIONS=$tmp/sessions
	PIDS=$serve
}

line() { printf '%-58s %10s   %s\n' "$1" "$2" "${3:-}"; }
of() { sed -n "s/^$1 //p" "$tmp/out"; }
run() { "$load" "$@" >"$tmp/out" || { cat "$tmp/out" >&2; exit 1; }; }
memory() {
	local pid total=0
	for pid in ${PIDS:-}; do
		total=$((total + $(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")))
	done
	echo "$total"
}

[ -n "${URLS:-}" ] || start
nodes=$(($(echo "$URLS" | tr -cd , | wc -c) + 1))
printf '%-58s %10s   %s\n' "server: $nodes node(s), ${DB:-the data of zhiband.conf}" measured budget
run small "$URLS" "$SESSIONS" --lines "$lines" --seconds "$seconds"
line 'small requests a second (session)' "$(of a_second)"
run acts "$URLS" "$SESSIONS" --lines "$lines" --seconds "$seconds"
most=$(of a_second)
line "durable single acts a second, $lines lines" "$most" '>= 3000'
line '  p50, ms' "$(of p50)"
line '  p99, ms' "$(of p99)"
for rate in 1500 $((most / 2)); do
	run acts "$URLS" "$SESSIONS" --lines "$lines" --seconds "$seconds" --rate "$rate"
	line "at $rate acts a second: p50, ms" "$(of p50)"
	line '  p99, ms' "$(of p99)" '<= 20'
	line '  worst, ms' "$(of worst)"
done

[ "$parks" -gt 0 ] || exit 0
before=$(memory)
mkfifo "$tmp/in"
"$load" parks "$URLS" "$SESSIONS" --lines "$parks" <"$tmp/in" >"$tmp/out" &
exec 3>"$tmp/in"
until grep -q '^parked' "$tmp/out"; do sleep 0.2; done
sleep 3 # what was sent last is parked
after=$(memory)
for i in 1 2 3; do
	echo >&3
	until [ "$(grep -c '^parked' "$tmp/out")" -gt "$i" ]; do sleep 0.1; done
	sleep 2
done
exec 3>&-
wait $!
line "consoles parked over TLS" "$parks" 5000
[ -z "${PIDS:-}" ] || line '  memory each, KB' $(((after - before) / parks)) '<= 35'
line '  woken by one entry' "$(of woken | tr '\n' ' ')"
line '  the last answered after, ms (three times)' "$(of last_ms | tr '\n' ' ')" '<= 500'
