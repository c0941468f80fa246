#!/bin/sh
# An alarm on real screens, with the clock moved by the minute: it rings till it is acknowledged, names
# the deputy, and what nobody answers is written down once, however many consoles the seat has.  The
# same line by line.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
so=$bld/tests/tools/wrongclock.so
pty=$bld/tests/tools/pty
LD_PRELOAD=$so "$zhiban" --version >out 2>&1 || skip_all 'no library can be preloaded here'
now=0
printf '0\n' >clock
ZHIBAN_CLOCK_FILE=$tmp/clock
LD_PRELOAD=$so
export ZHIBAN_CLOCK_FILE LD_PRELOAD

# A screen's script looks at its clock when it is continued; a minute at a time, as no console sleeps.
cat >minute <<'END'
n=$(($(cat clock) + 60))
printf '%s\n' $n >clock.new && mv clock.new clock
END

# minutes N: of all clocks, while the screens whose ids lie in *.pid look on.
minutes() {
	left=$1
	while [ "$left" -gt 0 ]; do
		sh ./minute
		for file in *.pid; do
			[ ! -s "$file" ] || kill -CONT "$(cat "$file")" 2>/dev/null
		done
		sleep 0.3
		left=$((left - 1))
	done
}

# plays CONSOLE: the script on standard input, in the background; its end is awaited with `played`.
plays() {
	cat >"$1.script"
	env XDG_CONFIG_HOME="$tmp/$1" XDG_DATA_HOME="$tmp/$1" XDG_STATE_HOME="$tmp/$1" \
		LC_ALL=C.UTF-8 "$pty" -c 100 -f "$1.script" -- "$zhiban" >"$1.out" 2>&1 &
	eval "play_$1=\$!"
	pids="$pids $!"
}

played() {
	eval "wait \$play_$1" || offend "the screen of $1: $(tail -n 40 "$1.out")"
}

# count WORDS: how many lines of the case's page have these.
count() {
	z 0 sync --wait 30
	z 0 show "$id"
	grep -c -e "$1" out
}

rule 'a server, two consoles of one seat, a deputy, and somebody who registers'
serve srv
printf '24680\n' >chief.pin
chmod 600 chief.pin
d 0 officer srv add 周峰 --role chief --phone 13861120002 --pin-file chief.pin
enroll a srv 李敏
enroll b srv 李敏
enroll c srv 王岗
for who in a b; do # nobody is there for a long time
	printf 'lock_after = "0"\n' | cat - "$who/zhiban/zhiban.conf" >conf && mv conf "$who/zhiban/zhiban.conf"
	chmod 600 "$who/zhiban/zhiban.conf"
done

rule 'two screens ring when it comes in; three minutes later they name the deputy and his number'
for who in a b; do
	plays "$who" <<END
wait 30 *在线
run 5 echo \$PTY_PID >$who.pid
raw $tmp/$who.raw
wait 30 !!1未确认
run 60 until [ -e $who.loud ]; do sleep 0.1; done
wait 30 请呼 值班长 周峰 13861120002
run 90 until [ -e $who.check ]; do sleep 0.1; done
wait 30 !!1未确认已1
run 5 touch $who.seen
run 90 until [ -e $who.last ]; do sleep 0.1; done
gone 30 !!1未确认
send Q
exit 10 0
END
done
await 30 test -s a.pid && await 30 test -s b.pid || offend 'the screens do not stand'
me=c
register 朝阳桥下废品堆放点起火 urgency=特急
await 20 grep -q "$(printf '\007')" a.raw || offend 'a did not ring'
await 20 grep -q "$(printf '\007')" b.raw || offend 'b did not ring'
minutes 4
touch a.loud b.loud

rule 'ten minutes without a key: written down once, though both screens saw it'
minutes 8
touch a.check b.check
await 30 test -e a.seen && await 30 test -e b.seen || offend "no such screen: $(tail -n 30 a.out)"
same 'posts that did not answer' "$(count 'Post did not answer.*李敏')" 1
z 0 show "$id" --format json
same 'absences' "$(grep -o '"alarm_kind"' out | wc -l)" 1
minutes 12
same 'after ten minutes more' "$(count 'Post did not answer.*李敏')" 1
me=a
z 0 status --json
same 'pending' "$(json pending)" 0
same 'on the desk of a' "$(json refused)" 0
me=b
z 0 status --json
same 'on the desk of b' "$(json refused)" 0

rule 'acknowledged at another console: both are quiet again'
me=c
z 0 do ack "$id" --wait 30
touch a.last b.last
played a
played b
rm -f a.pid b.pid

rule 'the same line by line: what rings, the deputy, what was written down, and the quiet'
mkfifo typed
env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" LC_ALL=C.UTF-8 \
	"$zhiban" --plain <typed >told 2>&1 &
plain=$!
pids="$pids $plain"
exec 7>typed
await 30 grep -q '李敏' told || offend "it does not begin: $(cat told)"
register 老楼燃气泄漏 urgency=特急
await 30 grep -q '^!! 新事件 .*老楼燃气泄漏' told || offend "not told: $(tail -n 20 told)"
await 5 grep -q "$(printf '\007')" told || offend 'no bell'
for minute in 1 2 3 4; do
	sh ./minute
	sleep 1.2
done
await 10 grep -q '!!1未确认已.*请呼 值班长 周峰 13861120002' told || offend "$(tail -n 20 told)"
for minute in 1 2 3 4 5 6 7; do
	sh ./minute
	sleep 1.2
done
await 10 grep -q '警示中 10 分钟无按键：已记查岗未应' told || offend "$(tail -n 20 told)"
printf 'quiet 2h\n' >&7
await 10 grep -q '在此期间不响铃' told || offend "$(tail -n 20 told)"
printf 'alarms\n' >&7
await 10 grep -q '未确认的警示' told || offend "$(tail -n 20 told)"
me=c
same 'written down once' "$(count 'Post did not answer.*李敏')" 1
me=c
z 0 do ack "$id" --wait 30
await 30 sh -c "tail -n 6 told | grep -q '警示.*0'" || offend "not quiet: $(tail -n 6 told)"
printf 'Q\n' >&7
exec 7>&-
wait "$plain" || offend "it ended with $?"

stop
verify_clean srv
finish
