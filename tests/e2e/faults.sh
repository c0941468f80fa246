#!/bin/sh
# A bad network and wrong servers: exit status 3 with a sentence, the outbox kept, and when the fault
# is gone each act is there exactly once.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
badnet=$bld/tests/tools/badnet
[ -x "$badnet" ] || skip_all 'tests/tools/badnet is not built'

# bad WORD [BYTES]: from now on the console's line goes through that.
line=
bad() {
	[ -z "$line" ] || { kill "$line"; wait "$line" 2>/dev/null; }
	: >line.ready
	"$badnet" "$@" "${url##*:}" >line.ready 2>line.err &
	line=$!
	pids="$pids $line"
	await 30 grep -q '^ready ' line.ready || offend "badnet: $(cat line.err)"
	point "https://127.0.0.1:$(sed -n 's/^ready //p' line.ready)"
}

# point URL: where the console looks for its server.
point() {
	sed -i 's,^\([[:space:]]*url = \)"https://[^"]*",\1"'"$1"'",' a/zhiban/zhiban.conf
}

pending() {
	z 0 status --json
	json pending
}

count() {
	z 0 show "$id"
	grep -c -e "备注 .*$1" out
}

rule 'a server, a console, a line between them'
serve srv
enroll a srv 王岗
register 网络故障时的事件
bad through
z 0 do note "$id" note=经过线路 --wait 60
says '^applied'
z 0 show "$id"
same 'the note' "$(count 经过线路)" 1

# --- lines that say nothing or nonsense -------------------------------------------------------------

for word in hole shut garbage portal; do
	rule "$word: 3 with a sentence, the cache is read, the act is kept"
	bad $word
	z 0 do note "$id" note=线路$word
	z 3 sync --wait 2
	says '^zhiban: not in step'
	[ "$(wc -l <err)" -eq 1 ] || offend "more than a sentence: $(cat err)"
	z 3 do note "$id" note=再$word --wait 1
	same 'pending' "$(pending)" 2
	z 0 status
	says_not '^link +online'
	z 0 list incidents
	says '网络故障时的事件'
	bad through
	z 0 sync
	same 'pending' "$(pending)" 0
	same 'the note' "$(count 线路$word)" 1
	same 'the other note' "$(count 再$word)" 1
done

rule 'enrolment through such a line fails with a sentence'
d 0 code srv --officer 钱进
code=$(tail -n 1 out)
me=b
for word in shut garbage portal; do
	bad $word
	z 3 enroll "https://127.0.0.1:$(sed -n 's/^ready //p' line.ready)" "$code" --pin-file pin
	says '^zhiban: .'
	[ ! -e b/zhiban/zhiban.conf ] || offend 'it wrote a configuration'
done
me=a
bad through

# --- another server ------------------------------------------------------------------------------------

rule 'another server at the same address: 3, it is told so, nothing is given to it'
right=$server
"$zhiband" init other --profile tianning --listen 127.0.0.1:0 >/dev/null
z 0 do note "$id" note=不给别人
point "$url"
address=$(at_same_address)
stop
: >trace
serve other "$address"
z 3 sync --wait 2
says 'key|certificate'
same 'pending' "$(pending)" 1
z 3 login --pin-file pin
says 'key|certificate'
! grep -E ' /v1/' trace || offend 'it was asked something all the same'
stop
serve srv "$address"
z 0 sync
same 'pending' "$(pending)" 0
same 'the note' "$(count 不给别人)" 1

rule 'the right key with other data: it does not know the session (5); nothing is lost'
stop
"$zhiband" init anew --profile tianning --listen 127.0.0.1:0 --cert srv/server.crt --key srv/server.key \
	>/dev/null || offend 'init with given key and certificate'
serve anew "$address"
z 0 do note "$id" note=新库
z 5 sync --wait 5
same 'pending' "$(pending)" 1
z 0 list incidents
says '网络故障时的事件'
stop
serve srv "$address"
z 0 login --pin-file pin
z 0 sync
same 'the note' "$(count 新库)" 1

# --- cut after byte k --------------------------------------------------------------------------------

# A sync with one act is about 1,300 bytes up and 2,000 down; a few places in them, or many.
if [ -n "${ZHIBAN_LONG:-}" ]; then
	ups=$(awk 'BEGIN { for (i = 1; i < 2000; i += 61) print i }')
	downs=$(awk 'BEGIN { for (i = 1; i < 3000; i += 61) print i }')
else
	ups='1 600 1000 1100 1200 1300 1600'
	downs='1 900 1100 1200 1300 1500 1700 2000'
fi
taken() {
	grep -c 'POST /v1/acts 200' trace
}

for way in up down; do
	[ $way = up ] && cuts=$ups || cuts=$downs
	rule "each connection is cut after so many bytes $way: each act once"
	lost=0
	for k in $cuts; do
		z 0 do note "$id" "note=剪断$way$k号"
		bad $way "$k"
		before=$(taken)
		run XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" timeout "$limit" "$zhiban" sync --wait 1
		case $rc in
		0 | 3) ;;
		*) offend "cut $way after $k: exit status $rc: $(cat err)" ;;
		esac
		[ "$rc" -ne 3 ] || [ "$(taken)" -eq "$before" ] || lost=$((lost + 1))
	done
	[ $way = up ] || [ $lost -gt 0 ] || offend 'no answer to an act was lost: other places are wanted'
	bad through
	z 0 sync
	same 'pending' "$(pending)" 0
	z 0 status --json
	same 'refused' "$(json refused)" 0
	z 0 show "$id"
	for k in $cuts; do
		same "note of $way $k" "$(grep -c "剪断$way${k}号" out)" 1
	done
done

stop
verify_clean srv
finish
