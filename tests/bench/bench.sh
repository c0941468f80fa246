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
calm 5 40
took
bytes
calm 30 1000
send $down
calm 5 1000
bytes
send $down
calm 5 60
bytes
took
calm 5 1000
END
	# To the last row of the screen, so that the next one scrolls.
	for _ in $(seq 24); do
		printf 'send %s\ncalm 5 40\n' "$down"
	done
	printf 'calm 5 1000\nbytes\n'
	for _ in $(seq 10); do
		printf 'send %s\ncalm 5 60\n' "$down"
	done
	printf 'bytes\ncalm 5 1000\nbytes\nsend %s\ncalm 5 60\nbytes\ntook\ncalm 5 1000\n' "$page"
	printf 'run 5 cut -d" " -f14,15 /proc/$PTY_PID/stat\n'
	for _ in $(seq 200); do
		printf 'send %s\ncalm 5 10\n' "$down"
	done
	cat <<END
run 5 cut -d" " -f14,15 /proc/\$PTY_PID/stat
run 5 awk '/^Rss:/ { r = \$2 } /^Pss:/ { p = \$2 } END { print r, p }' /proc/\$PTY_PID/smaps_rollup
calm 10 1000
bytes
calm 30 6000
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

# One figure of a program: its line in the script's output, or "-" when it did not get so far.
row() {
	awk -v want="$2" -v ticks="$(getconf CLK_TCK)" '
		{ line[NR] = $0 }
		END {
			if (NR < 15) {
				print "-"
				exit
			}
			split(line[11], a, " ")
			split(line[12], b, " ")
			split(line[13], m, " ")
			v["start"] = line[1]
			v["paint"] = line[2]
			v["rest"] = line[3]
			v["cursor"] = line[4]
			v["key"] = line[5]
			v["scroll"] = line[7] / 10
			v["page"] = line[9]
			v["pagems"] = line[10]
			v["cpu"] = (b[1] + b[2] - a[1] - a[2]) * 1000 / ticks / 200
			v["rss"] = m[1] / 1024
			v["pss"] = m[2] / 1024
			v["idle"] = line[15]
			print v[want]
		}' "$tmp/$1"
}

# The key of a figure, and its words.
rows='start start to full screen, ms
paint first paint, bytes
cursor cursor one row, bytes
rest and when it rests, bytes in all
key cursor: key to last byte, ms
scroll one line scrolled, bytes
page a page, bytes
pagems a page: key to last byte, ms
cpu CPU a key, ms
rss memory (Rss), MB
pss memory (Pss), MB
idle idle for 6 s, bytes'

table() {
	printf '%-36s %8s %10s %10s %10s\n' "$1 incidents" ratio zhiban less vim
	printf '%s\n' "$rows" | while read -r key words; do
		printf '%s\t%s\t%s\t%s\n' "$words" "$(row zhiban "$key")" \
			"$(row less "$key")" "$(row vim "$key")"
	done | awk -F'\t' '
		function show(x) {
			return x == "-" ? x : sprintf(x == int(x) ? "%d" : "%.2f", x)
		}
		{
			ratio = $3 != "-" && $3 + 0 > 0 && $2 != "-" ? sprintf("%.2f", $2 / $3) : "-"
			printf "%-36s %8s %10s %10s %10s\n", $1, ratio, show($2), show($3), show($4)
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
	figures zhiban "$(sed -n '2s/^[0-9]\{6\}\([0-9]*-[0-9]*\).*/\1/p' "$tmp/rows")" j '<PgDn>' "$zhiban" --config "$dir/zhiban.conf"
	first=$(head -n 1 "$tmp/rows")
	figures less "${first%% *}" j '<Space>' less "$tmp/rows"
	figures vim "${first%% *}" j '\x06' vim -u NONE "$tmp/rows"
	table "$n"
	kill "$serve"
	wait "$serve"
	serve=
done
