#!/bin/bash
# bench.sh [INCIDENTS ...]: what a screen costs in bytes, time and memory: zhiban's board beside
# less and vim on the same rows, in the same run.  The ratio to less comes first: machines are
# noisy, and a figure alone says little.
set -u
export LC_ALL=C.UTF-8
zhiban=$ZHIBAN_BUILDDIR/src/console/zhiban
pty=$ZHIBAN_BUILDDIR/tests/tools/pty
tmp=$(mktemp -d)
serve=
trap '[ -z "$serve" ] || kill "$serve" 2>/dev/null; wait; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# A script for any of them: what to wait for, then the same keys.  Each figure on a line of its own.
script() {
	local up=$1 down=$2 page=$3
	cat <<END
wait 60 $up
calm 30 300
took
bytes
send $down
calm 5 200
bytes
send $down
calm 5 200
bytes
took
END
	# To the last row of the screen, so that the next one scrolls.
	for _ in $(seq 24); do
		printf 'send %s\ncalm 5 50\n' "$down"
	done
	printf 'calm 5 300\nrun 1 true\nbytes\n'
	for _ in $(seq 10); do
		printf 'send %s\ncalm 5 100\n' "$down"
	done
	printf 'bytes\nsend %s\ncalm 5 300\nbytes\ntook\n' "$page"
	cat <<END
run 5 cat /proc/\$PTY_PID/stat | cut -d' ' -f14,15
END
	for _ in $(seq 100); do
		printf 'send %s\ncalm 5 20\n' "$down"
	done
	cat <<END
run 5 cat /proc/\$PTY_PID/stat | cut -d' ' -f14,15
run 5 awk '/^Rss:/ { r = \$2 } /^Pss:/ { p = \$2 } END { print r, p }' /proc/\$PTY_PID/smaps_rollup
calm 10 1000
bytes
calm 30 5000
bytes
END
}

# figures NAME PROGRAM...: the lines of the script into $tmp/NAME
figures() {
	local name=$1 up=$2 down=$3 page=$4
	shift 4
	script "$up" "$down" "$page" >"$tmp/script"
	if ! "$pty" -f "$tmp/script" -- "$@" >"$tmp/$name"; then
		printf '%s: the script failed\n' "$name" >&2
		sed 's/^/  /' "$tmp/$name" >&2
		: >"$tmp/$name"
	fi
}

# Lines of a figures file, in the order of the table.
row() {
	awk -v want="$2" -v ticks="$(getconf CLK_TCK)" '
		{ line[NR] = $0 }
		END {
			if (NR < 14) { print "-"; exit }
			split(line[10], a, " "); split(line[11], b, " "); split(line[12], m, " ")
			v["start"] = line[1]; v["paint"] = line[2]
			v["cursor"] = line[4]; v["key"] = line[5]
			v["scroll"] = line[7] / 10
			v["page"] = line[8]; v["pagems"] = line[9]
			v["cpu"] = (b[1] + b[2] - a[1] - a[2]) * 1000 / ticks / 100
			v["rss"] = m[1] / 1024; v["pss"] = m[2] / 1024
			v["idle"] = line[14]
			print v[want]
		}' "$tmp/$1"
}

table() {
	printf '%-34s %8s %10s %10s %10s\n' "$1 incidents" 'ratio' zhiban less vim
	while read -r key words; do
		printf '%s\t%s\t%s\t%s\n' "$words" "$(row zhiban "$key")" "$(row less "$key")" "$(row vim "$key")"
	done <<'END' | awk -F'\t' '
start start to full screen, ms
paint first paint, bytes
cursor cursor one row, bytes
key cursor: key to last byte, ms
scroll one line scrolled, bytes
page a page, bytes
pagems a page: key to last byte, ms
cpu CPU a key, ms
rss memory (Rss), MB
pss memory (Pss), MB
idle idle for 5 s, bytes
END
	function show(x) { return x == "-" ? x : sprintf(x == int(x) ? "%d" : "%.2f", x) }
	{
		ratio = $3 != "-" && $3 + 0 > 0 && $2 != "-" ? sprintf("%.2f", $2 / $3) : "-"
		printf "%-34s %8s %10s %10s %10s\n", $1, ratio, show($2), show($3), show($4)
	}'
}

[ -x "$zhiban" ] || { echo 'bench: make first' >&2; exit 1; }
for n in "${@:-2000}"; do
	dir=$tmp/demo-$n
	"$zhiban" demo --incidents "$n" --seed 7 --no-traffic --dir "$dir" --serve-only \
		>"$tmp/ready" 2>"$tmp/serve.err" </dev/null &
	serve=$!
	for _ in $(seq 6000); do
		grep -q '^ready' "$tmp/ready" && break
		kill -0 "$serve" 2>/dev/null || { cat "$tmp/serve.err" >&2; exit 1; }
		sleep 0.1
	done
	"$zhiban" --config "$dir/zhiban.conf" sync --wait 600 >/dev/null 2>&1 </dev/null
	"$zhiban" --config "$dir/zhiban.conf" list incidents >"$tmp/rows" </dev/null
	figures zhiban '22-\|1/' j '<PgDn>' "$zhiban" --config "$dir/zhiban.conf"
	first=$(head -c 12 "$tmp/rows")
	figures less "${first%% *}" j '<Space>' less "$tmp/rows"
	figures vim "${first%% *}" j '\x06' vim -u NONE "$tmp/rows"
	table "$n"
	kill "$serve"
	wait "$serve"
	serve=
done
