#!/bin/sh
# 值班表、换班、顶岗、交接班、值班日志 through the real programs: officers of the centre, its chief and a street,
# each with a console of its own; two reach for one swap, and the line is cut over a handover.
profile=tianning
TZ=CST-8 # the jurisdiction's: what is "today" here is so there
export TZ
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

# done_by CONSOLE VERB WORDS...: an act without a target behind it that the server admits; $id is what it
# says first.
done_by() {
	me=$1
	shift
	z 0 sync
	z 0 do "$@" --wait 60
	says '^(applied|merged)'
	id=$(sed -n 1p out)
}

# stopped CONSOLE RC PATTERN VERB WORDS...: one that a rule refuses, in these words.
stopped() {
	me=$1 status=$2 pattern=$3
	shift 3
	z 0 sync
	z "$status" do "$@" --wait 60
	says "$pattern"
}

# on_duty AT PATTERN...: who is said to be on duty at the centre then.
on_duty() {
	me=street
	z 0 sync
	at=$1
	shift
	z 0 oncall zhongxin --at "$at"
	says "$@"
}

rule 'a server, consoles of two officers of the centre, their chief, and a street'
serve srv
enroll first srv 李敏
enroll second srv 周宁
enroll third srv 方正
enroll chief srv 赵岩 zhongxin chief
enroll street srv 梅街 320402005 street_chief
month=$(date -d "$(date +%Y-%m-15) + 1 month" +%Y-%m)
prev=$(date +%Y-%m)

rule '值班人员: people of the centre from a table, one that a street may not add'
cat >people.csv <<'END'
姓名,职务,联系电话,可任岗位,轮值次序
李敏,科员,13800000001,主班 值班长,1
周宁,科员,13800000002,主班 值班长,2
方正,科员,13800000003,主班 值班长,3
赵岩,副主任,13800000004,值班长 带班领导,4
END
me=chief
z 0 roster import people.csv --as staff --org zhongxin
says 'taken 4'
z 0 sync --wait 60
stopped street 5 '.' engage name=外人 org=zhongxin
done_by street engage name=梅街 org=320402005 phone=13900000001 posts='main deputy leader'

rule '值班表: seats are set by one act; who finds another there is told who it is'
done_by chief roster month="$month" cell="$month-01 day main 1 李敏" cell="$month-01 night main 1 周宁" \
	cell="$month-02 day main 1 方正" cell="$month-03 night main 1 李敏" cell="$month-05 day main 1 周宁" \
	cell="$month-05 day chief 1 赵岩"
me=first
z 0 sync
z 0 list shifts --filter "$month-01" --format csv
z 0 roster show zhongxin "$month"
says '李敏' '周宁'
stopped first 4 '李敏|周宁|overlap|also stands' roster month="$month" cell="$month-01 day chief 1 李敏"
stopped first 4 'rest' roster month="$month" cell="$month-02 day chief 1 周宁"
done_by first roster month="$month" cell="$month-02 day chief 1 周宁" --reason '无人可替' despite='无人可替'
me=second
z 0 sync
z 0 roster show zhongxin "$month"
stopped street 5 '.' roster org=zhongxin month="$month" cell="$month-06 day main 1 李敏"

rule '当前在岗: from a street, also with the line cut'
on_duty "$month-01T10:00" '李敏' '13800000001'
on_duty "$month-02T03:00" '周宁' '13800000002'
stop
me=street
z 0 oncall zhongxin --at "$month-01T10:00"
says '李敏' '13800000001'
z 0 oncall zhongxin --at "$month-01T10:00" --format json
says '"name":"李敏"'
serve srv "$(at_same_address)"
z 0 sync --wait 60

rule '换班: two reach for one, the second hears who was first; approved, the duties change hands'
done_by first swap turn="$month-03/night/main" reason=家中有事
swap=$id
me=second
z 0 sync
me=third
z 0 sync
stop
me=second
z 3 do accept "$swap" --wait 1
me=third
z 3 do accept "$swap" --wait 1
serve srv "$(at_same_address)"
me=second
z 0 sync --wait 60
me=third
z 0 sync --wait 60
z 0 conflicts
says '周宁'
z 0 show "$swap"
says '周宁'
stopped second 5 '.' approve "$swap"
done_by chief approve "$swap"
on_duty "$month-03T20:00" '周宁'
me=first
z 0 sync
z 0 list swaps --format jsonl
says '"state":"approved"'

rule 'a swap follows when its duty moves'
done_by second swap turn="$month-05/day/main" who=方正 reason=培训
swap=$id
done_by chief move turn="$month-05/day/main" day="$month-07" reason=会议改期
done_by third accept "$swap"
done_by chief approve "$swap"
on_duty "$month-07T10:00" '方正'

rule '紧急顶岗: at once, and approved afterwards'
today=$(date +%Y-%m-%d)
hour=$(date +%H%M)
shift=day
[ "$hour" -lt 0830 ] && { shift=night today=$(date -d yesterday +%Y-%m-%d); }
[ "$hour" -ge 1730 ] && shift=night
done_by chief roster month="$(echo "$today" | cut -c1-7)" cell="$today $shift main 1 李敏" reason=补排 despite=补排
done_by third takeover turn="$today/$shift/main" who=方正 reason=李敏突发急病
me=street
z 0 sync
z 0 oncall zhongxin
says '方正' 'instead of 李敏'
me=chief
z 0 sync
z 0 list deadlines --format jsonl
says "$today|takeover|roster"
done_by chief allow turn="$today/$shift/main"

rule '值班表报备: a street that has not filed stands on the deadlines, is chased, files'
week=$(date -d 'next monday' +%Y-%m-%d)
done_by first chase org=320402005 month="$(echo "$week" | cut -c1-7)" week="$week"
me=street
z 0 sync
z 0 list deadlines --format jsonl
done_by street file month="$(echo "$week" | cut -c1-7)" week="$week" reason=人员未定

printf '24680\n' >wrong
chmod 600 wrong
rule '交接班: items, ticks, both sign; the line is cut between, and it is marked'
done_by third hand_over words='一切正常' gear=对讲机
handover=$id
done_by third equip "$handover" gear=对讲机=good
stopped third 5 'PIN' give "$handover" --pin-file wrong
stopped third 2 'pin-file' give "$handover"
stopped third 2 'takes no' equip "$handover" gear=对讲机=good --pin-file pin
done_by third give "$handover" --pin-file pin
me=second
z 0 sync
stop
z 3 do take "$handover" offline=yes --pin-file pin --wait 1
z 0 show "$handover"
serve srv "$(at_same_address)"
z 0 sync --wait 60
z 0 show "$handover"
says '方正' '周宁'
done_by chief witness "$handover" --pin-file pin
stopped first 4 '.' take "$handover" --pin-file pin
z 0 report handover "$handover"
says '方正' '周宁' '[0-9a-f]{16}'
cp out paper
done_by second hand_over words='第二班'
again=$id
done_by second give "$again" --pin-file pin
done_by third take "$again" --pin-file pin
z 0 list handovers --format jsonl
same 'handovers' "$(grep -c '^{' out)" 2

rule '值班日志: what is written, what came late, calls and papers with their steps'
done_by second log sort=paper title='市值班室转来暴雨预警' party=市总值班室 paper_no=常值〔2026〕17号
paper=$id
done_by second submit "$paper" proposed='拟转各街镇'
done_by second instruct "$paper" leader=赵岩 instructed='立即转发，两小时内回执'
done_by second pass_on "$paper" told=各街镇
done_by second fulfil "$paper" outcome='均已签收'
done_by second log sort=note title='巡查机房正常' happened_at="$(date -d '3 hours ago' +%Y-%m-%dT%H:%M)"
z 0 list dutylog --format jsonl
says '巡查机房正常' '暴雨预警'
z 0 report dutylog
says '暴雨预警'

rule '/ical: a secret address, read without a session, revoked'
me=second
z 0 roster address --person 周宁
address=$(grep -oE 'https://[^ ]*/ical/[^ ]*' out | head -n 1)
[ -n "$address" ] || offend "no address: $(cat out)"
curl -sk "$address" >calendar.ics || offend "curl"
grep -q '^BEGIN:VEVENT' calendar.ics || offend "no duty in $(head -c 300 calendar.ics)"
if python3 -c 'import icalendar' 2>/dev/null; then
	python3 -c 'import icalendar, sys
events = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read()).walk("VEVENT")
assert len(events) >= 2, events' calendar.ics || offend 'python3-icalendar does not read it'
fi
z 0 roster address --person 周宁 --revoke
same 'status after it was revoked' "$(curl -sk -o /dev/null -w '%{http_code}' "$address")" 404

stop
verify_clean srv

rule 'a handover that was changed behind the server is found'
db=$(ls srv/*.db | head -n 1)
sqlite3 "$db" "update entity set state = cast(replace(cast(state as text), '一切正常', '有事发生') as blob)
	where cast(state as text) like '%一切正常%'" 2>sql.err ||
	offend "sqlite3: $(cat sql.err)"
d 1 verify srv
says "$handover|[0-9]{8}-J001"
finish
