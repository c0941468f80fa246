#!/bin/sh
# Invitations to a joint meeting as calendar files, answers out of such files, and the calendar that others
# subscribe to: another library reads what we write, and writes what we read.
profile=tianning
TZ=CST-8 # the jurisdiction's
export TZ
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

python=
for p in /usr/bin/python3 python3; do
	[ -n "$python" ] || ! "$p" -c 'import icalendar' 2>/dev/null || python=$p
done
if [ -z "$python" ]; then
	skip 'calendars of meetings' 'there is no python3-icalendar'
	finish
fi

# done_by CONSOLE VERB WORDS...: an act that the server admits; $id is what it says first.
done_by() {
	me=$1
	shift
	z 0 sync
	z 0 do "$@" --wait 60
	says '^(applied|merged)'
	id=$(sed -n 1p out)
}

# seen_by_python FILE EXPRESSION: true of the calendar c and its first event e, with a function who(name).
seen_by_python() {
	"$python" - "$1" "$2" >py.out 2>&1 <<'END' || offend "$1: $2: $(tail -n 2 py.out | tr '\n' ' ')"
import sys, icalendar
c = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
e = c.walk('VEVENT')[0]
a = e.get('ATTENDEE', [])
a = a if isinstance(a, list) else [a]
def who(name):
    return [x for x in a if name in x.params.get('CN', '')][0]
assert eval(sys.argv[2]), str(e.to_ical(), 'utf-8')
END
}

# answer_by_python FILE OUT METHOD PARTSTAT [COMMENT [DELEGATE [NAME]]]: as a program of calendars answers.
answer_by_python() {
	"$python" - "$@" <<'END' || offend "no answer to $1"
import sys, icalendar
path, out, method, state = sys.argv[1:5]
comment, delegate, name = (sys.argv[5:] + [''] * 3)[:3]
asked = icalendar.Calendar.from_ical(open(path, 'rb').read())
event = asked.walk('VEVENT')[0]
c = icalendar.Calendar()
c.add('prodid', '-//elsewhere//a calendar//EN')
c.add('version', '2.0')
c.add('method', method)
e = icalendar.Event()
for key in ('UID', 'SEQUENCE', 'ORGANIZER', 'DTSTAMP', 'DTSTART', 'DTEND'):
    e[key] = event[key]
he = event['ATTENDEE']
he = he[0] if isinstance(he, list) else he
if name:
    he = icalendar.vCalAddress('mailto:someone@example.cn')
    he.params['CN'] = name
he.params['PARTSTAT'] = state
he.params.pop('RSVP', None)
if delegate:
    he.params['DELEGATED-TO'] = delegate
e.add('attendee', he, encode=0)
if comment:
    e.add('comment', comment)
c.add_component(e)
open(out, 'wb').write(c.to_ical())
END
}

rule 'a server, the secretary, the leader, two departments'
serve srv
enroll desk srv 李敏 zhongxin secretary
enroll lead srv 周岚 zhongxin leader
enroll cg srv 王五 chengguan dept
enroll sw srv 孙六 shuiwu dept
day=$(date -d '+3 days' +%Y-%m-%d)
z 2 meeting
says 'invite' 'reply'
z 2 meeting invite
z 2 meeting reply
z 2 meeting invite x --method publish
says 'request, cancel or reply'

rule 'an item, a meeting; before anybody is called there is nothing to be sent'
done_by desk bring title=北直街占道经营，反复投诉 lead_org=chengguan assist=shuiwu
item=$id
done_by lead approve "$item"
done_by desk convene series=weekly "title=第4次联席工作例会" "starts=${day}T14:30" "ends=${day}T16:00" \
	room=研判室 line=0519-8888 chair=周岚
meeting=$id
z 0 sync
done_by desk agenda "$meeting" "entry=$item 1 20"
me=desk
z 4 meeting invite "$meeting"
says 'call the meeting first'
[ ! -s out ] || offend 'something was written'
z 4 meeting invite "$meeting" --method cancel
says 'not cancelled'
z 1 meeting invite 99-M999
done_by desk invite "$meeting"

rule 'one file for all: another library reads it'
me=desk
z 0 sync
z 0 meeting invite "$meeting" --out all.ics
says '1 files'
[ "$(stat -c %a all.ics)" = 600 ] || offend "mode $(stat -c %a all.ics)"
seen_by_python all.ics "str(c['METHOD']) == 'REQUEST' and str(e['STATUS']) == 'CONFIRMED'"
seen_by_python all.ics "str(e['UID']) == '$meeting@zhiban' and int(e['SEQUENCE']) == 0"
seen_by_python all.ics "e.decoded('DTSTART').strftime('%H%M%z') == '0630+0000' and str(e['LOCATION']) == '研判室'"
seen_by_python all.ics "(e.decoded('DTEND') - e.decoded('DTSTART')).seconds == 5400"
seen_by_python all.ics "who('城市管理局').params['ROLE'] == 'REQ-PARTICIPANT' and who('城市管理局').params['RSVP'] == 'TRUE'"
seen_by_python all.ics "who('水务').params['PARTSTAT'] == 'NEEDS-ACTION'"
seen_by_python all.ics "'北直街占道经营，反复投诉' in str(e['DESCRIPTION']) and '0519-8888' in str(e['DESCRIPTION'])"
seen_by_python all.ics "'指挥中心' in e['ORGANIZER'].params['CN'] and len(set(map(str, a))) == len(a)"
z 0 meeting invite "$meeting" --out again.ics
cmp -s all.ics again.ics || offend 'the same meeting is other bytes'

rule 'one file each'
mkdir each
z 0 meeting invite "$meeting" --out each
n=$(find each -name '*.ics' | wc -l)
same 'files and attendees' "$n" "$("$python" -c "
import icalendar
print(len(icalendar.Calendar.from_ical(open('all.ics','rb').read()).walk('VEVENT')[0]['ATTENDEE']))")"
for f in each/*.ics; do
	seen_by_python "$f" 'len(a) == 1'
done
cg=$(find each -name '*城市管理局*')
sw=$(find each -name '*水务局*')
wg=$(find each -name '*网格化*')
zz=$(find each -name '*总值班室*')
[ -f "$cg" ] && [ -f "$sw" ] && [ -f "$wg" ] && [ -f "$zz" ] || offend "files: $(ls each)"
z 0 meeting invite "$meeting" --attendee 城管局
cat out >one.ics
seen_by_python one.ics "len(a) == 1 and '城市管理' in a[0].params['CN']"

rule 'answers as other programs write them: yes, leave with a reason, somebody else'
answer_by_python "$cg" yes.ics REPLY ACCEPTED
answer_by_python "$sw" leave.ics REPLY DECLINED '当天在省厅开会, 请假'
answer_by_python "$wg" sends.ics REPLY DELEGATED '' mailto:qian@example.cn
z 0 meeting reply yes.ics leave.ics sends.ics --dry-run
says 'taken 3 \+ as it was 0 \+ rejected 0' 'dry run'
z 0 meeting reply yes.ics leave.ics sends.ics
says 'taken 3 \+ as it was 0 \+ rejected 0' '省厅开会' 'qian@example.cn'
z 0 meeting reply yes.ics
says 'taken 0 \+ as it was 1'
z 0 sync --wait 60
z 0 status --json
same pending "$(json pending)" 0
z 0 meeting invite "$meeting" --out all.ics
seen_by_python all.ics "who('城市管理局').params['PARTSTAT'] == 'ACCEPTED' and 'RSVP' not in who('城市管理局').params"
seen_by_python all.ics "who('水务').params['PARTSTAT'] == 'DECLINED'"
seen_by_python all.ics "who('网格').params['PARTSTAT'] == 'DELEGATED'"
z 0 show "$meeting"
says '省厅开会' 'qian@example.cn'

rule 'what is no answer is said, line by line, and stops nothing'
answer_by_python "$zz" perhaps.ics REPLY TENTATIVE
answer_by_python "$zz" other.ics COUNTER ACCEPTED
answer_by_python "$zz" request.ics REQUEST ACCEPTED
answer_by_python "$zz" nobody.ics REPLY ACCEPTED '' '' 无名氏
sed 's/^UID:.*/UID:19960401T080045Z-4000F192713-0052@example.cn/' yes.ics >strange.ics
printf 'hello\n' >junk.ics
z 1 meeting reply perhaps.ics other.ics request.ics nobody.ics strange.ics junk.ics
says 'TENTATIVE' 'COUNTER' 'METHOD:REQUEST' '无名氏' 'example.cn' 'junk.ics, line 1' 'rejected 6' 'nothing of it'
head -c 120 yes.ics >cut.ics
z 1 meeting reply cut.ics
says 'cut.ics, line'
z 1 meeting reply none.ics
says 'none.ics'
answer_by_python "$zz" fine.ics REPLY ACCEPTED
z 0 meeting reply perhaps.ics fine.ics
says 'taken 1 \+ as it was 0 \+ rejected 1'
z 0 sync --wait 60

rule 'another time: it is asked again, and an answer to the earlier invitation counts no more'
done_by desk arrange "$meeting" "starts=${day}T09:00" "ends=${day}T10:30"
z 0 sync
z 0 meeting invite "$meeting" --out all.ics
seen_by_python all.ics "int(e['SEQUENCE']) == 1 and e.decoded('DTSTART').strftime('%H%M') == '0100'"
seen_by_python all.ics "who('城市管理局').params['PARTSTAT'] == 'NEEDS-ACTION'"
z 1 meeting reply yes.ics
says 'earlier invitation \(change 0, now 1\)'

rule 'a department writes its own answer, and the secretary takes it'
me=cg
z 0 sync
z 4 meeting invite "$meeting" --method reply
says 'no answer yet'
done_by cg answer "$meeting" answer=accepted
z 0 meeting invite "$meeting" --method reply --out own.ics
seen_by_python own.ics "str(c['METHOD']) == 'REPLY' and len(a) == 1 and a[0].params['PARTSTAT'] == 'ACCEPTED'"
me=desk
z 0 sync
z 0 meeting reply own.ics
says 'as it was 1'

rule 'who subscribes sees it too, and that it is cancelled'
me=sw
z 0 roster address --org shuiwu
path=$(grep -o 'https://[^ ]*\.ics' out)
curl -ks --noproxy '*' "$path" >feed.ics
seen_by_python feed.ics "str(c['METHOD']) == 'PUBLISH' and str(e['UID']) == '$meeting@zhiban' and not a"
done_by desk cancel "$meeting" --reason 主要领导外出
z 0 sync
z 4 meeting invite "$meeting"
says 'method cancel'
z 0 meeting invite "$meeting" --method cancel --out off.ics
seen_by_python off.ics "str(c['METHOD']) == 'CANCEL' and str(e['STATUS']) == 'CANCELLED' and int(e['SEQUENCE']) == 2"
seen_by_python off.ics "'主要领导外出' in str(e['DESCRIPTION'])"
curl -ks --noproxy '*' "$path" >feed.ics
seen_by_python feed.ics "str(e['STATUS']) == 'CANCELLED' and str(e['TRANSP']) == 'TRANSPARENT'"

rule 'they go out of the data, and come back with them'
for kind in meetings items rooms; do
	d 0 export srv $kind --format jsonl
	[ "$(grep -c '"id"' out)" -ge 1 ] || offend "no $kind: $(head -c 200 out)"
done
d 0 export srv meetings --format csv
says '第4次联席工作例会'
d 0 backup srv copy.bak
# shellcheck disable=SC2046
d 0 restore copy.bak again $(over_db again)
d 0 export again meetings --format csv
says '第4次联席工作例会'

verify_clean again
verify_clean srv
finish
