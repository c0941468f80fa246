#!/bin/sh
# Acts for somebody on the phone, call-backs, files, tickets by number, the mode, the filters of what
# is owed, and the list of organisations, by headless commands against a real server.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
profile=city

rule 'a server of a city, its centre and a department'
serve srv
enroll centre srv 王岗 zhongxin duty
enroll lead srv 王建国 zhongxin leader
enroll works srv 周工 shi_zj dept

rule 'registered, accepted, assigned; signed for the department by phone'
me=centre
z 0 do register title=下穿通道积水 category=0201 urgency=flash street=望云街道 address=望云街1号 --wait 60
id=$(sed -n 1p out)
z 0 do accept "$id" --wait 60
z 0 do assign "$id" holder=shi_zj assist=shi_sw,shi_jt --wait 60
z 0 do sign "$id" --by-phone 'org=市住建局,rung=值班室 8821,answered=老周,wording=收到, 马上去' --wait 60
z 0 show "$id"
says 'by phone' '值班室 8821' '老周' '收到, 马上去' 'not countersigned: until' '市水务局 .*assisting'
z 0 show "$id" --format json
says '"by_phone":\{' '"answered":"老周"' '"behalf":\[' '"owed":1'

rule 'what is wrong with the words of a call is said: 2'
z 2 do sign "$id" --by-phone foo=1
says 'org= role= rung= answered= at= wording='
z 2 do sign "$id" --by-phone at=never
z 2 do sign "$id" --by-phone

rule 'owed until the department has countersigned; the other side sees who was rung'
for me in centre works; do
	z 0 sync
	z 0 list incidents --filter owed --count
	same "$me: owed" "$(cat out)" 1
done
me=works
z 0 show "$id"
says '值班室 8821'
z 0 do countersign "$id" --wait 60
z 0 list incidents --filter owed --count
same owed "$(cat out)" 0

rule 'a call-back in forty minutes, a file by its bytes, a number elsewhere'
me=centre
z 0 sync
z 0 do call_later "$id" call_at=+40m whom=报警人 --wait 60
z 0 list incidents --filter callback --count
same callback "$(cat out)" 1
printf abc >现场.txt
z 0 do attach "$id" file=现场.txt file_kind=before --wait 60
z 0 show "$id"
says '现场.txt +3 bytes' 'sha256:ba7816bf8f01' 'to be called back: until'
z 1 do attach "$id" file=nowhere
z 0 do relate "$id" related=12345-0099 --wait 60
z 0 show "$id"
says '12345-0099'

rule 'merged by the number of the lead ticket: both say so'
z 0 do register title=同一处积水 category=0201 urgency=flash street=望云街道 address=望云街1号 --wait 60
twin=$(sed -n 1p out)
number=$(z 0 show "$id" && sed -n 1p out | cut -d' ' -f1)
z 0 do merge "$twin" "lead=$number" --wait 60
z 0 sync
z 0 show "$twin"
says "Lead ticket +$number"
z 0 list incidents --filter merged --count
same merged "$(cat out)" 1
z 0 show "$id" --format json
says '"merged":1'

rule 'the mode: a duty officer with the leader on the phone, or the leader himself'
z 5 do mode mode=war2 reason=暴雨
z 0 do mode mode=war2 reason=暴雨 --by-phone role=leader,rung=王建国,answered=本人 \
	--by-phone-wording '同意, 进入战时' --wait 60
says '^applied$'
z 0 status
says '^mode +战时'
z 0 show mode
says '暴雨' 'by phone' '同意, 进入战时' '王建国'
me=lead
z 0 sync
z 4 do mode mode=peace reason=雨停
says 'summary'
z 0 do mode mode=peace reason=雨停 summary=无伤亡 --wait 60

rule 'organisations: counted by tier, overlays, those below one, and in no time'
me=centre
z 0 list orgs --count
same all "$(cat out)" "$(($(grep -c . "$top/profiles/city-orgs.csv") - 1))"
for tier in grid street community; do
	z 0 list orgs --filter "tier:$tier" --count
	same "$tier" "$(cat out)" "$(grep -c "^[^,]*,[^,]*,[^,]*,$tier," "$top/profiles/city-orgs.csv")"
done
z 0 list orgs --filter 'in:云东区 tier:street' --count
same 'streets of one district' "$(cat out)" \
	"$(grep -c '^990101[^,]*,[^,]*,[^,]*,street,' "$top/profiles/city-orgs.csv")"
z 0 list orgs --filter 'tier:zhian current' --limit 1 --format json
says '"layer":"' '"over":"'
z 2 list orgs --filter 'nonsense:1'
says 'tier:' 'managed:'
finish
