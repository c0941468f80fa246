#!/bin/sh
# Several processes of one user on one folder: two consoles on their screens, one of which holds the
# lock, and `zhiban do` in loops beside them.  The holder is killed; the other goes on and sends.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
pty=$bld/tests/tools/pty
[ -x "$pty" ] || skip_all 'tests/tools/pty is not built'
each=12

# as_a PROGRAM WORDS...: becomes the program in the folders of console a.
as_a() {
	exec env LC_ALL=$english XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" \
		XDG_STATE_HOME="$tmp/a" "$@"
}

# screen NAME: a console on a screen of its own, till the file NAME.end is there; $! is its pty's.
screen() {
	printf 'wait 30 多进程\nrun 100 until [ -e %s.end ]; do sleep 0.05; done\nsend Q\nexit 10 0\n' \
		"$tmp/$1" >"$1.script"
	(as_a "$pty" -f "$1.script" -- sh -c "echo \$\$ >$tmp/$1.pid; exec \"\$0\"" "$zhiban") \
		>"$1.out" 2>&1 &
	pids="$pids $!"
}

# Who of those processes holds the folder's lock: its id, or nothing.
holder() {
	inode=$(stat -c %i "$lock")
	for pid in "$@"; do
		grep -qE "FLOCK .* $pid [0-9a-f]+:[0-9a-f]+:$inode " /proc/locks && echo "$pid"
	done
	return 0
}

held_by() {
	[ "$(holder "$@")" != '' ]
}

# notes NUMBER: a loop of acts by programs that come and go.
notes() {
	k=0
	while [ $k -lt $each ]; do
		k=$((k + 1))
		(as_a "$zhiban" do note "$id" note="L$1-$k.") >"do$1.out" 2>>"do$1.err" </dev/null ||
			echo "L$1-$k." >>failed
	done
	echo "$1" >>ended
}

rule 'a server, a console with two screens on one folder'
serve srv
enroll b srv 钱进
enroll a srv 王岗
register 多进程的事件
lock=$(find "$tmp/a" -name lock)
screen one
await 30 test -s one.pid && await 30 held_by "$(cat one.pid)" || offend 'the first does not hold the lock'
screen two
await 30 test -s two.pid || offend 'the second did not start'
same 'who holds the lock' "$(holder "$(cat one.pid)" "$(cat two.pid)")" "$(cat one.pid)"

rule 'three loops of zhiban do beside them while the line is cut: n is contiguous, none is lost'
stop
: >ended
for loop in 1 2 3; do
	notes $loop &
	pids="$pids $!"
done
three_ended() {
	[ "$(wc -l <ended)" -eq 3 ]
}
await 90 three_ended || offend 'a loop did not end'
[ ! -s failed ] || offend "not confirmed: $(cat failed) $(cat do?.err)"
z 0 outbox --format jsonl
same 'acts' "$(grep -c . out)" $((3 * each))
sed -n 's/.*"n":\([0-9]*\).*/\1/p' out >numbers
same 'numbers without a hole' "$(awk 'NR > 1 && $1 != last + 1 { bad++ } { last = $1 } END { print bad + 0 }' \
	numbers)" 0
grep -o 'L[0-9]*-[0-9]*\.' out | sort | uniq -d >twice
[ ! -s twice ] || offend "twice: $(cat twice)"

rule 'the holder is killed (-9); the other takes the lock and sends them all'
kill -9 "$(cat one.pid)"
await 30 held_by "$(cat two.pid)" || offend 'the lock lies there'
serve srv "$(at_same_address)"
sent() {
	run XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" \
		"$zhiban" status --json
	[ "$(json pending)" = 0 ]
}
await 60 sent || offend "not sent: $(cat out)"
same 'still its holder' "$(holder "$(cat two.pid)")" "$(cat two.pid)"

rule 'an act done while another holds the lock is answered through it'
z 0 do note "$id" note=经他人之手 --wait 30
says 'applied|accepted'

rule 'from elsewhere: each is there once'
me=b
z 0 sync
z 0 show "$id"
grep -o 'L[0-9]*-[0-9]*\.' out | sort >there
same 'notes' "$(wc -l <there | tr -d ' ')" $((3 * each))
[ -z "$(uniq -d there)" ] || offend "twice: $(uniq -d there)"
says '经他人之手'

rule 'the screens end as they should; nothing waits'
: >two.end
await 20 gone "$(cat two.pid)" || offend 'the second goes on'
me=a
z 0 sync
z 0 outbox --format jsonl
[ ! -s out ] || offend "left: $(cat out)"
z 0 cache check

stop
verify_clean srv
finish
