#!/bin/bash
# bench.sh [INCIDENTS ...]: what a screen costs in bytes, time and memory: zhiban's board beside
# less and vim on the same rows, and newsboat and tig, where they are installed, on as many as they
# can take (2,000 articles; up to 82,000 commits), in the same run.  The ratio to less comes first:
# machines are noisy, and a figure alone says little.
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
	local up=$1 first=$2 down=$3 page=$4
	cat <<END
wait 60 $up
calm 5 40
took
bytes
calm 30 400
${first:+send $first}
calm 5 500
bytes
send $down
calm 5 400
bytes
send $down
calm 5 60
bytes
took
calm 5 400
END
	# To the last row of the screen, so that the next one scrolls.
	for _ in $(seq 24); do
		printf 'send %s\ncalm 5 40\n' "$down"
	done
	printf 'calm 5 400\nbytes\n'
	for _ in $(seq 10); do
		printf 'send %s\ncalm 5 60\n' "$down"
	done
	printf 'bytes\ncalm 5 400\nbytes\nsend %s\ncalm 5 60\nbytes\ntook\ncalm 5 400\n' "$page"
	printf 'run 5 cut -d" " -f14,15 /proc/$PTY_PID/stat\n'
	for _ in $(seq 200); do
		printf 'send %s\ncalm 5 10\n' "$down"
	done
	cat <<END
run 5 cut -d" " -f14,15 /proc/\$PTY_PID/stat
run 5 awk '/^Rss:/ { r = \$2 } /^Pss:/ { p = \$2 } END { print r, p }' /proc/\$PTY_PID/smaps_rollup
calm 10 400
bytes
run 10 sleep 6
bytes
END
}

# figures NAME UP FIRST DOWN PAGE PROGRAM...: the lines of the script into $tmp/NAME.  UP is on its first
# screen; FIRST leads from there to the long list ("" when it is that).
figures() {
	local name=$1 up=$2 first=$3 down=$4 page=$5
	shift 5
	script "$up" "$first" "$down" "$page" >"$tmp/script"
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
			if (NR < 16) {
				print "-"
				exit
			}
			split(line[12], a, " ")
			split(line[13], b, " ")
			split(line[14], m, " ")
			v["start"] = line[1]
			v["paint"] = line[2]
			v["rest"] = line[4]
			v["cursor"] = line[5]
			v["key"] = line[6]
			v["scroll"] = line[8] / 10
			v["page"] = line[10]
			v["pagems"] = line[11]
			v["cpu"] = (b[1] + b[2] - a[1] - a[2]) * 1000 / ticks / 200
			v["rss"] = m[1] / 1024
			v["pss"] = m[2] / 1024
			v["idle"] = line[16]
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

peers='zhiban less vim newsboat tig'
table() {
	printf '%-36s %8s' "$1 incidents" ratio
	printf ' %10s' $peers
	printf '\n'
	printf '%s\n' "$rows" | while read -r key words; do
		printf '%s' "$words"
		for peer in $peers; do
			printf '\t%s' "$(row "$peer" "$key")"
		done
		printf '\n'
	done | awk -F'\t' '
		function show(x) {
			return x == "-" ? x : sprintf(x == int(x) ? "%d" : "%.2f", x)
		}
		{
			ratio = $3 != "-" && $3 + 0 > 0 && $2 != "-" ? sprintf("%.2f", $2 / $3) : "-"
			printf "%-36s %8s", $1, ratio
			for (i = 2; i <= NF; i++)
				printf " %10s", show($i)
			printf "\n"
		}'
}

# What newsboat opens: the first 2,000 rows as articles of one feed.
feed() {
	mkdir -p "$tmp/news"
	{
		printf '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
		printf '<title>rows</title><link>http://localhost/</link><description>rows</description>\n'
		sed -e 1d -e 's/&/\&amp;/g; s/</\&lt;/g' "$tmp/rows" | head -2000 | awk '
			{ printf "<item><title>%s</title><link>http://localhost/%d</link><guid>%d</guid>" \
				"<description>%s</description></item>\n", $0, NR, NR, $0 }'
		printf '</channel></rss>\n'
	} >"$tmp/news/rows.xml"
	printf 'file://%s\n' "$tmp/news/rows.xml" >"$tmp/news/urls"
	printf 'show-read-articles yes\narticle-sort-order guid\n' >"$tmp/news/config"
	newsboat -u "$tmp/news/urls" -C "$tmp/news/config" -c "$tmp/news/cache.db" -x reload \
		>/dev/null 2>&1 </dev/null
}

# What tig opens: a commit for each of the first 82,000 rows.
commits() {
	git init -q "$tmp/repo"
	sed 1d "$tmp/rows" | head -82000 | awk '
		{ message = $0
		  printf "commit refs/heads/main\ncommitter a <a@localhost> %d +0800\n", 1600000000 + NR
		  printf "data <<END_OF_ROW\n%s\nEND_OF_ROW\n\n", message }' |
		git -C "$tmp/repo" fast-import --quiet
	git -C "$tmp/repo" symbolic-ref HEAD refs/heads/main
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
	figures zhiban 数据 2 j '<PgDn>' "$zhiban" --config "$dir/zhiban.conf"
	first=$(head -n 1 "$tmp/rows")
	figures less "${first%% *}" '' j '<Space>' less "$tmp/rows"
	figures vim "${first%% *}" '' j '\x06' vim -u NONE "$tmp/rows"
	if command -v newsboat >/dev/null; then
		feed
		figures newsboat 2000/ '<Enter>' '<Down>' '<PgDn>' newsboat \
			-u "$tmp/news/urls" -C "$tmp/news/config" -c "$tmp/news/cache.db"
	fi
	if command -v tig >/dev/null && [ ! -d "$tmp/repo" ]; then
		commits
		figures tig main '' j '<PgDn>' sh -c 'cd "$1" && exec tig' tig "$tmp/repo"
	fi
	table "$n"
	kill "$serve"
	wait "$serve"
	serve=
done
