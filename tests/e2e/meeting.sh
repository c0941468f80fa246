#!/bin/sh
# A joint meeting line by line: candidates, items, the meeting, a sitting that the server hears of afterwards,
# tasks of the department, and their figures.
profile=tianning
TZ=CST-8 # the jurisdiction's
export TZ
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

# done_by CONSOLE VERB WORDS...: an act that the server admits.
done_by() {
	me=$1
	shift
	z 0 sync
	z 0 do "$@" --wait 60
	says '^(applied|merged)'
}

rule 'a server, the secretary, the leader, the department'
serve srv
enroll desk srv 李敏 zhongxin secretary
enroll lead srv 周岚 zhongxin leader
enroll sw srv 孙六 shuiwu dept
day=$(date -d '+3 days' +%Y-%m-%d)

rule 'a hard case is a candidate, with why, until it is brought'
me=desk
z 0 do register title='a pipe under two roads' address=here source=phone110 --wait 60
z 0 list incidents --format jsonl
number=$(sed -n 's/.*"number":"\([^"]*\)".*/\1/p' out | sed -n 1p)
z 0 do propose "$number" reason='whose is it' --wait 60
z 0 list candidates
says 'a pipe under two roads'
z 0 list candidates --format json
says '"kind":"incident"'
done_by desk bring "$number" lead_org=shuiwu minutes=15
z 4 do bring "$number"
says 'on the list already'
z 0 list candidates --count
says '^0$'

rule 'the leader approves, the secretary convenes and invites'
z 0 list items --format jsonl
item=$(sed -n 's/.*"number":"\([^"]*\)".*/\1/p' out)
done_by lead approve "$item"
done_by desk convene series=weekly title='the week' starts="$day 14:30" ends="$day 16:00" room=研判室 \
	entry="$item"
z 0 list meetings --format jsonl
meeting=$(sed -n 's/.*"number":"\([^"]*\)".*/\1/p' out)
z 0 list rooms
says '研判室.*the week'
done_by desk invite "$meeting"
z 0 list deadlines --filter kind:meeting --count
says '^[1-9]'
done_by sw answer "$meeting" answer=accepted
z 0 show "$meeting"
says 'comes'

rule 'it sits without the server, which hears of it afterwards'
me=desk
z 0 sync
z 0 do open "$meeting" --reason 'few came'
z 0 do sign_in "$meeting" attendee=shuiwu presence=present
z 0 do begin "$item"
z 0 do discuss "$item" discussion='whose pipe it is'
z 0 do resolve "$item" outcome=agreed resolution='the water bureau mends it'
z 0 do rest "$item"
z 0 do task "$item" title='mend the pipe' lead_org=shuiwu limit=3wd
z 0 do adjourn "$meeting"
z 0 list meetings
says 'held'
z 0 list items --filter state:settled --count
says '^1$'
z 0 show "$item"
says 'the water bureau mends it'
says 'mend the pipe'
z 0 sync
z 0 list outbox --format jsonl
[ ! -s out ] || offend "$(wc -l <out) acts are still waiting"
z 0 show "$number"
says 'the water bureau mends it'
says 'mend the pipe'

rule 'the department has the task, with its clocks, and what it did is counted'
me=sw
z 0 sync
z 0 list deadlines --filter kind:task
says 'mend the pipe'
z 0 list actions --filter mine --format jsonl
task=$(sed -n 's/.*"number":"\([^"]*\)".*/\1/p' out)
done_by sw sign "$task"
done_by sw feedback "$task" reply='it is mended'
done_by desk verify_ok "$task"
z 0 report actions --format json
says '"timely":1'
says '"rate":100.0'
z 0 report actions --list done
says 'mend the pipe'
z 2 report actions --by street
z 0 list actions --filter open --count
says '^0$'

finish
