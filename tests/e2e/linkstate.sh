#!/bin/sh
# What the screen says of the link is true in each fault: cut or strange and since when, how old the data
# are, what waits; and that it is over when it is over.  The same line by line.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
badnet=$bld/tests/tools/badnet
so=$bld/tests/tools/wrongclock.so
pty=$bld/tests/tools/pty
[ -x "$badnet" ] || skip_all 'tests/tools/badnet is not built'
LD_PRELOAD=$so "$zhiban" --version >out 2>&1 || skip_all 'no library can be preloaded here'
printf '0\n' >clock
ZHIBAN_CLOCK_FILE=$tmp/clock
export ZHIBAN_CLOCK_FILE

# All programs that look at the file are so many seconds on.
on() {
	printf '%s\n' $(($(cat clock) + $1)) >clock.new && mv clock.new clock
}

point() {
	sed -i 's,^\([[:space:]]*url = \)"https://[^"]*",\1"'"$1"'",' a/zhiban/zhiban.conf
}

net() {
	printf '%s\n' "$1" >&8
}

rule 'a server, another one, a console, a line between them'
LD_PRELOAD=$so
export LD_PRELOAD
serve other
other_port=${url##*:}
other=$server
serve srv
port=${url##*:}
enroll a srv 李敏
register 线路故障时的事件
printf 'lock_after = "0"\n' | cat - a/zhiban/zhiban.conf >conf && mv conf a/zhiban/zhiban.conf
chmod 600 a/zhiban/zhiban.conf
unset LD_PRELOAD
mkfifo orders
"$badnet" control "$port" <orders >line.ready 2>line.err &
pids="$pids $!"
exec 8>orders
await 30 grep -q '^ready ' line.ready || offend "badnet: $(cat line.err)"
point "https://127.0.0.1:$(sed -n 's/^ready //p' line.ready)"
LD_PRELOAD=$so
export LD_PRELOAD

# Steps of the screen's script wait for files, and tell by files.
fault=0
# fault WORDS SIGN: a fault that the screen calls so, with its age after five minutes; then its end.
fault() {
	fault=$((fault + 1))
	cat >>script <<END
run 100 until [ -e begun.$fault ]; do sleep 0.05; done
send j
wait 80 $1
run 5 touch told.$fault
run 100 until [ -e later.$fault ]; do sleep 0.05; done
kill CONT
send k
wait 30 数据5分钟前
run 5 touch old.$fault
run 100 until [ -e ended.$fault ]; do sleep 0.05; done
send j
wait 90 *在线
gone 30 分钟前
run 5 touch well.$fault
END
}

: >script
printf 'wait 30 *在线\nrun 5 touch stands\n' >>script
fault -断网
fault -断网
fault -应答者非服务器
fault -应答者非服务器
fault -应答者非服务器
fault -断网
cat >>script <<END
run 100 until [ -e slow ]; do sleep 0.05; done
wait 90 ~弱网
run 5 touch weak
run 100 until [ -e fast ]; do sleep 0.05; done
send j
wait 90 *在线
send Q
exit 10 0
END
env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" LC_ALL=C.UTF-8 \
	"$pty" -c 100 -f script -- "$zhiban" >screen.out 2>&1 &
screen=$!
pids="$pids $screen"
await 40 test -e stands || offend "it does not come online: $(cat screen.out)"

# happens N NAME BEGIN...: the N-th fault, by words for the line.
happens() {
	n=$1
	rule "$2: told as what it is, with the age of the data; over when it is over"
	shift 2
	for word in "$@"; do
		net "$word"
	done
	touch "begun.$n"
	await 90 test -e "told.$n" || { offend "not told: $(tail -n 30 screen.out)"; finish; }
	for minute in 1 2 3 4 5; do
		on 60
	done
	touch "later.$n"
	await 40 test -e "old.$n" || { offend "no age: $(tail -n 30 screen.out)"; finish; }
}

over() {
	for word in "$@"; do
		net "$word"
	done
	touch "ended.$n"
	await 100 test -e "well.$n" || { offend "not over: $(tail -n 30 screen.out)"; finish; }
}

happens 1 'a black hole' hole
over lose through
happens 2 'connections end at once' shut
over through
happens 3 'garbage' shut garbage
over through
happens 4 'a captive portal' shut portal
over through
happens 5 'another certificate' shut "through $other_port"
over shut "through $port"
rule 'the server is killed'
kill -9 "$server"
wait "$server" 2>/dev/null
n=6
touch begun.6
await 90 test -e told.6 || { offend "not told: $(tail -n 30 screen.out)"; finish; }
for minute in 1 2 3 4 5; do
	on 60
done
touch later.6
await 40 test -e old.6 || offend "no age: $(tail -n 30 screen.out)"
serve srv "--listen=127.0.0.1:$port"
over "through $port"

rule 'three seconds of delay: weak, not cut'
net shut
net 'slow 3000 20000'
touch slow
me=a
z 0 do note "$id" note=慢线路上的话
await 100 test -e weak || { offend "not weak: $(tail -n 30 screen.out)"; finish; }
net through
touch fast
z 0 do note "$id" note=快线路上的话
wait "$screen" || offend "the screen: $(tail -n 30 screen.out)"

rule 'the same line by line'
net through
mkfifo typed
env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" LC_ALL=C.UTF-8 \
	"$zhiban" --plain <typed >told 2>&1 &
plain=$!
pids="$pids $plain"
exec 7>typed
await 40 grep -q '在线 待传0' told || offend "$(cat told)"
net shut
await 90 grep -q '断网 [0-9:]*起 待传0' told || offend "$(tail -n 5 told)"
on 300
await 30 grep -q '数据[5-7]分钟前' told || offend "$(tail -n 5 told)"
net through
await 90 sh -c "tail -n 2 told | grep -q '在线 待传0'" || offend "$(tail -n 5 told)"
printf 'Q\n' >&7
exec 7>&-
wait "$plain" || offend "it ended with $?"

rule 'a console whose clock is an hour off: the time on the screen is the server'"'"'s, the data are fresh'
net through
ZHIBAN_CLOCK_FILE=$tmp/wrong
printf '%s\n' $(($(cat clock) + 3600)) >wrong
export ZHIBAN_CLOCK_FILE
cat >script <<END
wait 60 *在线
gone 5 分钟前
calm 20 500
snap skewed
send Q
exit 10 0
END
right=$(env -u LD_PRELOAD date -u +%s)
right=$(env -u LD_PRELOAD date -u -d "@$((right + $(cat clock) + 8 * 3600))" +%H)
env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" LC_ALL=C.UTF-8 \
	"$pty" -c 100 -f script -- "$zhiban" >screen.out 2>&1 || offend "$(tail -n 30 screen.out)"
after=$(env -u LD_PRELOAD date -u +%s)
after=$(env -u LD_PRELOAD date -u -d "@$((after + $(cat clock) + 8 * 3600))" +%H)
z 0 doctor
says '!!  clock against the server'
head -n 1 skewed | grep -qE " ($right|$after):" || offend "the clock: $(head -n 1 skewed), it is $right o'clock"

unset LD_PRELOAD
exec 8>&-
kill "$other" 2>/dev/null
stop
verify_clean srv
finish
