#!/bin/sh
# The rules change under a server and its consoles: profiles with steps and organisations that were
# there and are not any more, calendars, time that passes while nothing runs.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
pty=$bld/tests/tools/pty
holidays=${ZHIBAN_SHARED:-$top/../shared}/data/holidays

# shift_to TIME: the server's clock shows it ("2026-02-13 17:40", the jurisdiction's); in $shift.
shift_to() {
	shift=$((($(date -d "$1 +0800" +%s) - $(date +%s)) * 1000))
}

# variant NAME SED...: a profile beside the first one, with these changes.
variant() {
	to=$1
	shift
	sed "$@" p/rules.conf >"p/$to.conf"
}

# field NAME: of the incident $id, as the console $me has it.
field() {
	z 0 show "$id" --format json
	head -n 1 out | sed -n 's/.*[{,]"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p'
}

mkdir p
cp "$top"/tests/unit/server/rules.conf "$top"/tests/unit/server/rules-orgs.csv p/
sed -i -e 's/"5wd"}/"7wd"}/' -e 's/waiting = "in hand"/waiting = "mine"/' p/rules.conf
# working days are known up to 2025
sed '/^year "2026"/,$d' "$top/profiles/calendar-cn.conf" >p/calendar-cn.conf

rule 'a server on a profile of its own, three consoles and a case that was signed for'
profile=$tmp/p/rules.conf
shift_to '2026-02-13 17:40'
serve srv --clock-shift "$shift"
enroll centre srv Du centre
enroll roads srv Ro roads dept
enroll mains srv Ma mains dept
me=centre
register hole urgency=plain
one=$id
z 0 do accept "$one" --wait 60
z 0 do assign "$one" holder=roads --wait 60
me=roads
z 0 sync
z 0 do sign "$one" --wait 60
same 'the due by weekdays alone' "$(TZ=UTC-8 date -d "@$(($(field due) / 1000))" '+%F %H:%M')" '2026-02-24 17:30'

rule 'a profile that lacks its step is refused, with the count and an example'
variant treat -e 's/step "handle"/step "treat"/' -e 's/to = "handle"/to = "treat"/' \
	-e 's/waiting = "mine"/waiting = "anew"/'
d 4 profile adopt srv p/treat.conf --reason 'other words'
says '1 open cases stand in the step handle' '20260213-0001' '--map OLD=NEW'
d 1 profile adopt srv p/treat.conf --map handle=nowhere
says 'nowhere is no step'
me=roads
same 'the step' "$(field step)" handle

rule 'a console on the screen follows an adoption and a calendar without being touched'
if [ -x "$pty" ] && [ -d "$holidays" ]; then
	me=centre
	cat >follow <<EOF
wait 30 *online
send 2
wait 30 mine
run 60 $zhiband profile adopt srv p/treat.conf --map handle=treat --reason words >adopted 2>&1
wait 30 anew
send \\r
wait 10 02-24 17:30
run 60 $zhiband calendar load srv $holidays/2026.json --reason 2026 >loaded 2>&1
wait 30 03-02 17:30
send Q
exit 10 0
EOF
	env LC_ALL=$english XDG_CONFIG_HOME="$tmp/centre" XDG_DATA_HOME="$tmp/centre" \
		XDG_STATE_HOME="$tmp/centre" "$pty" -f follow -- "$zhiban" >played 2>&1 ||
		offend "the screen: $(tail -n 30 played | tr '\n' '~'); $(cat adopted loaded 2>/dev/null)"
	cat adopted loaded >out
	says '1 cases stand in a step of another name' '1 deadlines moved' \
		'20260213-0001.*2026-02-24 17:30 -> 2026-03-02 17:30'
	me=roads
	z 0 sync
	same 'its step' "$(field step)" treat
	same 'the due by the holidays' \
		"$(TZ=UTC-8 date -d "@$(($(field due) / 1000))" '+%F %H:%M')" '2026-03-02 17:30'
	now=treat
else
	skip 'a console on the screen' 'no pty or no holidays'
	d 0 profile adopt srv p/treat.conf --map handle=treat
	now=treat
fi

rule 'acts made offline under the old profile are judged by the new one'
me=centre
register lamp urgency=urgent
two=$id
z 0 do accept "$two" --wait 60
z 0 do assign "$two" holder=roads --wait 60
me=roads
z 0 sync
stop
z 3 do handle "$one" result=mended --wait 1
z 3 do sign "$two" --wait 1
mine=$(sed -n 1p out)
variant strict -e 's/step "handle"/step "treat"/' -e 's/to = "handle"/to = "treat"/' \
	-e 's/act "sign" { who = "holder"/act "sign" { who = "centre"/' \
	-e 's/label = "handle"/label = "treatment"/'
d 0 profile adopt srv p/strict.conf --reason 'who signs' # nothing serves: the data are opened here
serve srv "$(at_same_address)" --clock-shift "$shift"
z 0 sync --wait 60
id=$one
same 'what is still allowed' "$(field step)" close
id=$two
same 'what is not any more' "$(field step)" sign
z 0 conflicts --format json
says 'sign' 'only Centre'
z 0 resolve "$mine" drop

rule 'organisations end: cases and accounts go to their successors, with a report'
me=centre
register burst urgency=urgent
three=$id
z 0 do accept "$three" --wait 60
z 0 do assign "$three" holder=mains --wait 60
enroll north srv No north street
me=north
z 0 do blow title=leak text=x assist=mains assist=roads --wait 60
blown=$(sed -n 1p out)
me=centre
z 0 sync
z 0 do issue "$blown" --wait 60
me=mains
z 0 sync
z 0 list deadlines --columns org,number,clock --format csv
says ',Mains,20260213-W001,sign$' ',Mains,20260213-W001,report_in$'
variant merged -e 's/rules-orgs.csv/merged-orgs.csv/' -e 's/step "handle"/step "treat"/' \
	-e 's/to = "handle"/to = "treat"/'
sed -e 's/^mains,.*/mains,Water mains,Mains,department,water,4,yes,,2026-02-01,/' \
	-e 's/^north,North street,North/north,North avenue,Avenue/' p/rules-orgs.csv >p/merged-orgs.csv
d 4 profile adopt srv p/merged.conf
says '1 open cases, 1 whistles and 1 officers with Water mains' '20260213-0003' 'successor'
sed -i 's/^mains,.*/&water/' p/merged-orgs.csv
d 0 profile adopt srv p/merged.conf --reason merged
says 'Water mains -> Water department: 1 cases, 1 whistles, 1 officers'
d 0 officer srv list
says '^Ma	water	dept'
d 0 officer srv review
me=mains
z 5 sync --wait 20 # the session of the old post has ended
z 0 login --officer Ma --pin-file pin
z 0 sync --wait 60
id=$three
same 'who holds it' "$(field holder)" water
z 0 list deadlines --columns org,number,clock --format csv
says ',Water,20260213-W001,sign$' ',Water,20260213-W001,report_in$'
grep -q ",Mains," out && offend "deadlines of what has ended: $(tr '\n' '~' <out)"
z 0 do sign "$blown" comer=Ma --wait 60
me=centre
z 0 sync
z 0 list orgs --format csv
says 'North avenue'

rule 'an organisation whose end lies ahead moves on that day by itself, once'
variant dated -e 's/rules-orgs.csv/dated-orgs.csv/' -e 's/step "handle"/step "treat"/' \
	-e 's/to = "handle"/to = "treat"/'
sed -e 's/^\(roads,.*\),,,$/\1,,2026-02-14,water/' p/merged-orgs.csv >p/dated-orgs.csv
d 0 profile adopt srv p/dated.conf --reason 'roads go'
says 'Road department ends on 2026-02-14: its cases and whistles move then'
id=$two
same 'who holds it before' "$(field holder)" roads
stop
shift_to '2026-02-13 23:59:57' # midnight comes while it runs
serve srv "$(at_same_address)" --clock-shift "$shift"
moved() {
	z 0 sync
	[ "$(field holder)" = water ]
}
await 60 moved || offend 'it did not move at midnight'
await 30 grep -q 'Road department -> Water department: . cases, . whistles, 1 officers' trace ||
	offend "the log: $(tail -n 5 trace | tr '\n' '~')"
z 0 list deadlines --columns org,number,clock --format csv
same 'shares of the whistle' "$(grep '20260213-W001,handle$' out | cut -d, -f2)" Water
d 0 officer srv list
says '^Ro	water	dept'

rule 'what was missed while nothing ran fires once, and once only'
register smoke urgency=flash
four=$id
stop
later=$((shift + 20 * 60 * 1000))
serve srv "$(at_same_address)" --clock-shift "$later"
proposed() {
	z 0 sync
	[ "$(field proposed_at)" -gt 0 ] 2>/dev/null
}
id=$four
await 30 proposed || offend 'the mark at 100 % did not fire'
version=$(field version)
stop
serve srv "$(at_same_address)" --clock-shift "$((later + 60000))"
me=mains
z 0 sync
register quiet urgency=flash # the server is at work
me=centre
z 0 sync
id=$four
same 'its version after another start' "$(field version)" "$version"
same 'how often the roads ended' "$(grep -c 'ended: Road department' trace)" 1
stop

verify_clean srv
finish
