#!/bin/bash
# night.sh [RATE MS]: an officer's night over a thin line: the terminal at the end of RATE bytes a second
# with MS of delay there and back (960 and 600 unless said otherwise), and the console's own line to the
# server through a proxy of the same.  Each key with its bytes and its time beside what the line allows:
# one delay and its bytes.
set -u
export LC_ALL=C.UTF-8
rate=${1:-960} delay=${2:-600}
zhiban=$ZHIBAN_BUILDDIR/src/console/zhiban
pty=$ZHIBAN_BUILDDIR/tests/tools/pty
badnet=$ZHIBAN_BUILDDIR/tests/tools/badnet
tmp=$(mktemp -d)
serve= net=
trap '[ -z "$serve" ] || kill "$serve" 2>/dev/null; [ -z "$net" ] || kill "$net" 2>/dev/null
	wait; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
[ -x "$zhiban" ] && [ -x "$pty" ] && [ -x "$badnet" ] || { echo 'night: make check_PROGRAMS first' >&2; exit 1; }

"$zhiban" demo --incidents 2000 --seed 7 --dir "$tmp/demo" --serve-only >"$tmp/ready" 2>"$tmp/err" \
	</dev/null &
serve=$!
for _ in $(seq 600); do
	grep -q '^ready' "$tmp/ready" && break
	kill -0 "$serve" 2>/dev/null || { cat "$tmp/err" >&2; exit 1; }
	sleep 0.1
done
conf=$tmp/demo/zhiban.conf
"$zhiban" --config "$conf" sync --wait 60 >/dev/null 2>&1 </dev/null
port=$(sed -n 's/^ready .*:\([0-9]*\)$/\1/p' "$tmp/ready")
mkfifo "$tmp/say"
"$badnet" control "$port" <"$tmp/say" >"$tmp/net" &
net=$!
exec 3>"$tmp/say"
for _ in $(seq 100); do
	grep -q '^ready' "$tmp/net" && break
	sleep 0.1
done
here=$(sed -n 's/^ready //p' "$tmp/net")
sed "s,:$port\",:$here\",; s,thin = false,thin = true," "$conf" >"$tmp/thin.conf"
echo "slow $((delay / 2)) $rate" >&3

# step WORDS KEYS [TEXT]: keys, and the text that shows that they were answered.
step() {
	printf 'send %s\n' "$2"
	[ $# -lt 3 ] || printf 'wait 60 %s\n' "$3"
	printf 'calm 60 %s\nsay %s\nbytes\ntook\n' "$((delay + 400))" "$1"
}
{
	printf 'thin %s %s\nwait 60 Enter\ncalm 60 %s\nsay %s\nbytes\ntook\n' \
		"$rate" "$delay" "$((delay + 400))" 'start'
	step 'a row down' j
	step 'a row down' j
	step 'a row up' k
	step 'a page down' '<PgDn>'
	step 'to the top' g
	step 'the board' 2
	step 'a row down' j
	step 'its page' '<Enter>'
	step 'a page down' '<PgDn>'
	step 'its clocks' '='
	step 'back' '<Esc>'
	step 'back' '<Esc>'
	step 'the form of a note' n
	step 'six characters' 已电话催办
	step 'saved' '<F10>'
	step 'the filter' /
	step 'overdue' overdue
	step 'taken' '<Enter>'
	step 'a row down' j
	step 'the filter away' '<Esc>'
	step 'the menu of acts' '<F2>'
	step 'away' '<Esc>'
	step 'help' '?'
	step 'away' '<Esc>'
	step 'home' 1
	step 'an alarm acknowledged' A
	step 'the outbox' 8
	step 'back' '<Esc>'
	step 'Ctrl-L' '<C-l>'
} >"$tmp/script"
{
	cat "$tmp/script"
	# all that was done has arrived
	printf 'wait 120 待传0\nsend Q\nexit 30 0\n'
} >"$tmp/whole"
XDG_DATA_HOME=$tmp/data "$pty" -f "$tmp/whole" -- "$zhiban" --thin --config "$tmp/thin.conf" >"$tmp/out"
status=$?
echo count >&3
sleep 1
awk -v rate="$rate" -v delay="$delay" '
	/^#/ { print; next }
	!/^[0-9.]+$/ { words = $0; n = 0; next }
	++n == 1 { bytes = $1; next }
	{
		most = delay + bytes * 1000 / rate
		printf "%-28s %6d bytes %8.0f ms of %6.0f  %5.2f\n", words, bytes, $1, most, $1 / most
		all += bytes
		if ($1 > most * 1.1 + 50)
			over++
	}
	END { printf "%d bytes in all; %d over one delay and its bytes\n", all, over }' "$tmp/out"
sed -n 's/^count \([0-9]*\) \([0-9]*\).*/the line to the server: \1 bytes up, \2 down/p' "$tmp/net"
exit "$status"
