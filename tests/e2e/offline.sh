#!/bin/sh
# The line is cut, the server dies and comes back, the officer's account is closed: what was done
# is kept, sent once, and nothing that was confirmed is lost.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

count() { # notes with these words on the page of $id
	z 0 show "$id"
	grep -c -e "备注 .*$1" out
}

rule 'a server and a console'
serve srv
enroll a srv 王岗
register 断网前登记的事件
before=$id

rule 'the server is away: reading works from the cache'
stop
z 0 list incidents
says '断网前登记的事件'
z 0 show "$before"

rule 'acts are taken and kept: 0; with --wait not in step yet: 3'
z 0 do note "$before" note=断网备注
z 3 do note "$before" note=等不到回音 --wait 1
says 'not in step'
z 0 do register title=断网时登记的事件
id=$(sed -n 1p out)
z 0 do accept "$id"
z 0 do accept "$before"
z 0 status --json
same 'pending' "$(json pending)" 5
same 'refused' "$(json refused)" 0
z 0 outbox --format jsonl
same 'in order' "$(sed 's/.*"n":\([0-9]*\).*/\1/' out | tr '\n' ' ')" '2 3 4 5 6 '

rule 'they are shown at once, marked pending, without a number'
z 0 list incidents
says '断网时登记的事件' 'no number yet'
z 0 show "$id"
says 'pending'
z 0 list incidents --filter step:交办 --format jsonl
same 'both are accepted' "$(wc -l <out)" 2

rule 'a rule is a rule without a line: 4'
z 4 do accept "$id"
z 0 status --json
same 'pending' "$(json pending)" 5

rule 'sync without a server: 3, and the outbox is as it was'
z 3 sync --wait 1
z 0 status --json
same 'pending' "$(json pending)" 5
z 0 status
says 'offline'

rule 'the server is back: sync sends, each act is admitted once'
serve srv "$(at_same_address)"
z 0 sync
z 0 status --json
same 'pending' "$(json pending)" 0
z 0 list incidents --format jsonl
same 'incidents' "$(wc -l <out)" 2
says '"number":"[0-9]{8}-0002"'
id=$before
same 'a note' "$(count 断网备注)" 1
same 'the other note' "$(count 等不到回音)" 1

rule 'synced again: nothing twice'
z 0 sync
z 0 sync
same 'a note' "$(count 断网备注)" 1
z 0 list incidents --format jsonl
same 'incidents' "$(wc -l <out)" 2

rule 'a copy of the outbox sent again is known: nothing twice'
stop
z 0 do note "$id" note=副本备注
cp -r a copy
serve srv "$(at_same_address)"
z 0 sync
me=copy
z 0 sync
same 'on the copy' "$(count 副本备注)" 1
me=a
z 0 sync
same 'on the console' "$(count 副本备注)" 1

rule 'two processes send one outbox: nothing twice'
stop
for i in 1 2 3 4 5 6; do
	z 0 do note "$id" note=同时备注$i
done
serve srv "$(at_same_address)"
env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" LC_ALL=$english "$zhiban" sync >/dev/null 2>&1 &
other=$!
pids="$pids $other"
z 0 sync
wait $other || offend "the other sync ended with $?"
z 0 sync
for i in 1 2 3 4 5 6; do
	same "note $i" "$(count 同时备注$i)" 1
done

rule 'the server is killed (-9) while acts come in: all are there once'
round=0
while [ $round -lt 5 ]; do
	round=$((round + 1))
	for i in 1 2 3 4; do
		z 0 do note "$id" note=第$round轮第$i条
	done
	env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" LC_ALL=$english "$zhiban" sync --wait 60 \
		>/dev/null 2>&1 &
	other=$!
	pids="$pids $other"
	: >trace.seen
	# At another moment each time: with the act's request, after it, or before.
	case $round in
	1) ;;
	2) await 20 grep -q 'GET /v1/session' trace ;;
	*) await 20 grep -q 'POST /v1/acts' trace ;;
	esac
	stop 9
	: >trace
	serve srv "$(at_same_address)"
	wait $other || offend "round $round: sync ended with $?"
done
z 0 sync
z 0 status --json
same 'pending' "$(json pending)" 0
same 'refused' "$(json refused)" 0
z 0 show "$id"
for round in 1 2 3 4 5; do
	for i in 1 2 3 4; do
		same "note $round $i" "$(grep -c "第$round轮第$i条" out)" 1
	done
done

rule 'the console is killed (-9) after it has confirmed: the act is there'
stop
for i in 1 2 3 4 5 6 7 8; do
	: >said
	env XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" LC_ALL=$english "$zhiban" do note "$id" \
		note=确认$i --wait 60 >said 2>/dev/null &
	other=$!
	pids="$pids $other"
	await 20 test -s said || offend "nothing was confirmed"
	kill -9 $other
	wait $other 2>/dev/null
done
z 0 status --json
same 'pending' "$(json pending)" 8
z 0 cache check
serve srv "$(at_same_address)"
z 0 sync
for i in 1 2 3 4 5 6 7 8; do
	same "note $i" "$(count 确认$i)" 1
done

rule 'a restart of the server keeps everything'
z 0 list incidents --format jsonl
cp out before
z 0 show "$id" --format json
cp out page
stop
serve srv "$(at_same_address)"
z 0 cache rebuild
z 0 sync
z 0 list incidents --format jsonl
cmp -s before out || offend 'the list differs'
z 0 show "$id" --format json
cmp -s page out || offend 'the page differs'

rule 'the account is closed: not allowed, 5, and the outbox is kept'
z 0 do note "$id" note=被停用前
d 0 officer srv disable 王岗
z 5 sync --wait 20
z 0 status --json
same 'pending' "$(json pending)" 1
z 5 do note "$id" note=停用后 --wait 20
z 0 list incidents
says '断网前登记的事件'
z 5 login --officer 王岗 --pin-file pin
z 0 outbox
says '被停用|备注'

rule 'opened again and logged in: what was kept is sent'
d 0 officer srv enable 王岗
z 0 login --officer 王岗 --pin-file pin
z 0 sync
z 0 status --json
same 'pending' "$(json pending)" 0
same 'the note' "$(count 被停用前)" 1
same 'the later note' "$(count 停用后)" 1

rule 'logged out with acts unsent: they go under their author all the same'
stop
z 0 do note "$id" note=交班前最后一句
z 0 logout
z 0 status --json
same 'pending' "$(json pending)" 1
z 4 logout --wipe
serve srv "$(at_same_address)"
z 0 login --officer 王岗 --pin-file pin
z 0 sync
same 'the note' "$(count 交班前最后一句)" 1

stop
verify_clean srv
finish
