#!/bin/sh
# zhiban demo: the same seed is the same district, live traffic moves it, and nothing is left behind
# however it ends.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
limit=300

# demo NAME WORDS...: a demo that serves; its process in $demo, its folder NAME if --dir says so.
demo() {
	name=$1
	shift
	: >"$name.ready"
	env LC_ALL=$english "$zhiban" demo --serve-only "$@" >"$name.ready" 2>"$name.err" </dev/null &
	demo=$!
	pids="$pids $demo"
	await 120 demo_ready "$name" || {
		offend "demo $*: $(cat "$name.err")"
		finish
	}
	url=$(sed -n 's/^ready //p' "$name.ready")
}

demo_ready() {
	grep -q '^ready https://127\.0\.0\.1:' "$1.ready" || gone "$demo"
}

# The processes, below or gone astray, that work on data under this test's folder.
servers() {
	grep -slF "$tmp/" /proc/[0-9]*/cmdline | while read -r cmd; do
		pid=${cmd#/proc/}
		pid=${pid%/cmdline}
		{ tr '\0' ' ' <"$cmd"; } 2>/dev/null | grep -qE " (serve|fill|init) $tmp/" && echo "$pid"
	done
}

none_served() {
	[ -z "$(servers)" ]
}

nothing_left() {
	[ -z "$(ls "$TMPDIR")" ]
}

# ends SIGNAL: the demo goes, and its server and keeper with it.
ends() {
	kill "-$1" "$demo"
	wait "$demo" 2>/dev/null
	ended=$?
	await 30 none_served || offend "left behind after SIG$1: $(servers | tr '\n' ' ')"
}

# c NAME RC WORDS...: zhiban on the console of the demo in NAME
c() {
	wanted_=$2
	name=$1
	shift 2
	z "$wanted_" --config "$tmp/$name/zhiban.conf" "$@"
}

# content NAME: what the district holds, without what differs by the moment
content() {
	c "$1" 0 sync
	c "$1" 0 list incidents --format csv --sort number \
		--columns number,source,title,text,category,urgency,street,step,holder,due
	sed 's/^[^,]*,//' out
}

rule 'a demo with --dir serves; its console needs no log-in'
demo one --dir "$tmp/one" --incidents 200 --seed 7 --at 2026-11-20T21:30 --no-traffic
c one 0 sync
c one 0 status
says '值班|[^ ]+, zhongxin'
c one 0 list incidents --format jsonl
same 'incidents' "$(wc -l <out)" 200
c one 0 list people --format jsonl
[ "$(wc -l <out)" -gt 50 ] || offend "a roster of $(wc -l <out)"

# --- the filter obeys -------------------------------------------------------------------------------

rule 'a filter lets through what it says and nothing else'
c one 0 list incidents --format jsonl
cp out all
# like FILTER PATTERN: the rows of a filter are those of all that match the pattern
like() {
	c one 0 list incidents --filter "$1" --format jsonl
	grep -E "$2" all >want
	[ -s want ] || offend "$1: nothing to find"
	cmp -s want out || offend "$1: $(wc -l <out) rows, not $(wc -l <want)"
	c one 0 list incidents --filter "$1" --format csv
	same "$1: csv" "$(($(grep -cE '^[0-9a-f]{8}-[0-9a-f]{4}-' out)))" "$(wc -l <want)"
	c one 0 list incidents --filter "$1" --columns number
	same "$1: table" "$(($(wc -l <out) - 1))" "$(wc -l <want)"
	# and its opposite has the others
	case $1 in
	*' '* | !*) ;;
	*)
		c one 0 list incidents --filter "!$1" --format jsonl
		grep -vE "$2" all >want
		cmp -s want out || offend "!$1: $(wc -l <out) rows, not $(wc -l <want)"
		;;
	esac
}
like step:处置 '"step":"handle"'
like step:handle '"step":"handle"'
like open '"open":1'
like urgency:特急 '"urgency":1,'
like src:热线 '"source":"12345"'
street=$(sed -n 's/.*"street":"\([^"]*\)".*/\1/p' all | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
c one 0 list orgs --format csv --columns code,brief
brief=$(sed -n "s/^[^,]*,$street,//p" out)
like "street:$brief" "\"street\":\"$street\""
like "street:$brief step:处置" "\"street\":\"$street\".*\"step\":\"handle\""
like 'step:受理 | step:交办' '"step":"(accept|assign)"'
like 路灯 '"title":"[^"]*路灯|"address":"[^"]*路灯'
like '!open' '"open":0|"open":null'

rule 'due and overdue, by the moment of the demo'
now=$(date +%s%3N)
c one 0 list incidents --filter overdue --format jsonl
at=$(date -d '2026-11-20T21:30:00+08:00' +%s%3N)
sed -n 's/^{"id":"\([^"]*\)".*"open":1.*"due":\([0-9]*\).*/\2 \1/p' all >dues
# The demo's clock stood at 21:30 when it was started, and has gone on a few minutes at most.
awk -v at="$at" '$1 < at { print $2 }' dues | sort >least
awk -v at="$at" '$1 < at + 1800000 { print $2 }' dues | sort >most
sed 's/^{"id":"\([^"]*\)".*/\1/' out | sort >got
[ -s least ] || offend 'nothing is overdue in this demo'
[ -z "$(comm -23 least got)" ] || offend "not among the overdue: $(comm -23 least got | wc -l)"
[ -z "$(comm -13 most got)" ] || offend "not overdue at all: $(comm -13 most got | wc -l)"
c one 0 list incidents --filter 'due<2h' --format jsonl
sed 's/^{"id":"\([^"]*\)".*/\1/' out | sort >got
awk -v at="$at" '$1 < at + 7200000 { print $2 }' dues | sort >least
awk -v at="$at" '$1 < at + 9000000 { print $2 }' dues | sort >most
[ -z "$(comm -23 least got)" ] || offend "due in two hours, not shown: $(comm -23 least got | wc -l)"
[ -z "$(comm -13 most got)" ] || offend "shown, not due in two hours: $(comm -13 most got | wc -l)"

# --- seeds ------------------------------------------------------------------------------------------

rule 'the same seed and moment: the same district'
content one >one.content
ends TERM
same 'exit status on SIGTERM' "$ended" 0
demo two --dir "$tmp/two" --incidents 200 --seed 7 --at 2026-11-20T21:30 --no-traffic
content two >two.content
same 'rows' "$(wc -l <two.content)" "$(wc -l <one.content)"
cmp -s one.content two.content || offend "$(diff one.content two.content | head -n 4 | tr '\n' '~')"
ends TERM

rule 'another seed: another district'
demo three --dir "$tmp/three" --incidents 200 --seed 8 --at 2026-11-20T21:30 --no-traffic
content three >three.content
! cmp -s one.content three.content || offend 'the seed changes nothing'
ends TERM

rule '--at is the time there'
c three 0 list incidents --format csv --columns registered_at
sed '1d; s/^[^,]*,//' out | sort | tail -n 1 >latest
case $(cat latest) in
2026-11-20\ *) ;;
*) offend "the latest was registered $(cat latest)" ;;
esac
z 2 demo --serve-only --incidents 1000001
z 2 demo --serve-only --seed -1

for profile in example xingan huicheng pukou city; do
	[ -f "$top/profiles/$profile.conf" ] || continue
	rule "the demo of $profile: its own organisations, its own flow"
	demo "$profile" --dir "$tmp/$profile" --profile "$profile" --incidents 300 --seed 7 --no-traffic
	c "$profile" 0 sync
	c "$profile" 0 list incidents --format jsonl
	same 'incidents' "$(wc -l <out)" 300
	[ "$(grep -c '"open":1' out)" -gt 20 ] || offend 'none is open'
	[ "$(sed -n 's/.*"holder":"\([^"]*\)".*/\1/p' out | sort -u | wc -l)" -gt 3 ] ||
		offend 'few have anything to do'
	ends TERM
	verify_clean "$profile/server"
	rm -rf "${tmp:?}/$profile"
done

# --- kept folders ------------------------------------------------------------------------------------

rule 'a kept folder is used again: nothing is made anew, acts are still there'
demo one --dir "$tmp/one" --no-traffic
c one 0 do register title=留到下一次 --wait 60
ends TERM
c one 0 list incidents --filter 留到下一次
says 留到下一次
demo one --dir "$tmp/one" --no-traffic --incidents 500 --seed 99
c one 0 sync
c one 0 list incidents --format jsonl
same 'incidents' "$(wc -l <out)" 201
ends KILL
d 0 verify one/server
demo one --dir "$tmp/one" --no-traffic
c one 0 sync
ends TERM
verify_clean one/server

# --- traffic -----------------------------------------------------------------------------------------

rule 'two demos at once; with traffic the head moves, without it stands'
demo two --dir "$tmp/two" --no-traffic
quiet=$demo
demo busy --dir "$tmp/busy" --incidents 50 --seed 3
cursor_of() {
	c "$1" 0 sync
	c "$1" 0 status --json
	json cursor
}
moved() {
	now=$(cursor_of busy)
	[ "${now:-0}" -gt "${busy_at:-0}" ]
}
two_at=$(cursor_of two)
busy_at=$(cursor_of busy)
await 60 moved || offend "the head stands at $busy_at"
same 'the quiet head' "$(cursor_of two)" "$two_at"
ends_=$demo
kill -TERM $quiet
wait $quiet 2>/dev/null
[ "$(servers | wc -l)" -eq 1 ] || await 30 test "$(servers | wc -l)" -eq 1 || offend 'one ended both'
c busy 0 sync
demo=$ends_
ends TERM
verify_clean busy/server

# --- nothing left ------------------------------------------------------------------------------------

for signal in TERM INT HUP KILL; do
	rule "without --dir, SIG$signal leaves no process and no folder"
	demo passing --incidents 20 --no-traffic
	[ -n "$(ls "$TMPDIR")" ] || offend 'there was no folder'
	[ -n "$(servers)" ] || offend 'no server was seen'
	ends $signal
	await 30 nothing_left || offend "left behind: $(ls "$TMPDIR")"
done

some_work() {
	[ -n "$(servers)" ]
}
for signal in TERM KILL; do
	rule "SIG$signal while the data are made: nothing is left either"
	env LC_ALL=$english "$zhiban" demo --serve-only --incidents 300000 >early.ready 2>&1 </dev/null &
	demo=$!
	pids="$pids $demo"
	await 60 some_work || offend 'nothing was begun'
	ends $signal
	await 30 nothing_left || offend "left behind: $(ls "$TMPDIR")"
	[ ! -s early.ready ] || offend "it was ready: $(cat early.ready)"
done

rule 'the server is killed: the demo ends on its signal, and leaves nothing'
demo passing --incidents 20 --no-traffic
for pid in $(servers); do
	kill -9 "$pid"
done
ends TERM
await 30 nothing_left || offend "left behind: $(ls "$TMPDIR")"
finish
