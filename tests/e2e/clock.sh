#!/bin/sh
# A clock in 1970 or in 2100, on a console and on the server: said in words, and nothing is lost.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
so=$bld/tests/tools/wrongclock.so
LD_PRELOAD=$so "$zhiban" --version >out 2>&1 || skip_all 'no library can be preloaded here'
now=$(date +%s)
year=$(TZ=CST-8 date +%Y)
past=$((100000 - now))
future=$((4102444800 - now))

# off SECONDS: programs have a wrong clock from here on.
off() {
	LD_PRELOAD=$so
	ZHIBAN_CLOCK=$1
	export LD_PRELOAD ZHIBAN_CLOCK
}

right() {
	unset LD_PRELOAD ZHIBAN_CLOCK
}

# once TEXT: exactly one note of these words stands on the page of $first.
once() {
	z 0 show "$first"
	same "notes \"$1\"" "$(grep -c -e "$1" out)" 1
}

rule 'a server and a console'
serve srv
enroll a srv 王岗
register 钟对时的事件
first=$id

for by in "$past" "$future"; do
	rule "the console is off by $by s: acts go out, times are the server's, the doctor says it"
	off "$by"
	z 0 do note "$first" "note=钟差${by}秒"
	z 0 sync --wait 60
	z 0 do register "title=钟差${by}秒的事件" --wait 60
	says 'applied'
	z 0 show "$first"
	says "^ *$year-.* 备注 .*钟差${by}秒"
	z 0 doctor
	says '!!  clock against the server' 'clock is wrong: set it'
	right
	z 0 sync --wait 60
	once "钟差${by}秒"
	z 0 status --json
	same 'pending' "$(json pending)" 0
	same 'refused' "$(json refused)" 0
	z 0 doctor
	says 'ok  clock against the server'
done

rule 'the server is in 1970: it says so, and what is done is kept'
stop
: >trace
serve srv "$(at_same_address)" --clock-shift "${past}000"
grep -q 'WARNING: .* clock is before the last entry' trace ||
	offend "the log does not say it: $(cat trace)"
z 0 do note "$first" note=服务器在1970年 --wait 60
once 服务器在1970年
stop
serve srv "$(at_same_address)"
z 0 sync --wait 60
once 服务器在1970年
d 0 verify srv

rule 'the server is in 2100: sessions end, acts are kept, and go out after a log-in'
stop
: >trace
serve srv "$(at_same_address)" --clock-shift "${future}000"
grep -q 'WARNING: .* days old: is this' trace || offend "the log does not say it: $(cat trace)"
z 5 do note "$first" note=服务器在2100年 --wait 60
says 'zhiban login'
z 0 outbox
says '服务器在2100年|备注'
stop
serve srv "$(at_same_address)"
z 0 login --pin-file pin
z 0 sync --wait 60
once 服务器在2100年
z 0 status --json
same 'pending' "$(json pending)" 0

verify_clean srv
finish
