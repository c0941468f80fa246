#!/bin/sh
# Who sees what: a case is kept from a department and shown again; an officer is moved while his
# console is without a line and acts of his wait.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

# as NAME: whose console the next commands are.
as() {
	me=$1
}

rule 'a case that was with a department once, and with another now'
serve srv
enroll lead srv 周岗 zhongxin leader
register 涉及某单位的事件
case_=$id
z 0 do accept "$case_"
z 0 do assign "$case_" holder=shuiwu
z 0 do recall "$case_" --reason 派错
z 0 do assign "$case_" holder=chengguan
z 0 sync
enroll water srv 李岗 shuiwu dept
z 0 sync
z 0 show "$case_"
says '涉及某单位的事件'

rule 'whoever has it in hand cannot be kept out, and who is no leader keeps nobody out'
as lead
z 4 do restrict "$case_" from=chengguan --reason 试
says 'has a duty in it'
as water
z 5 do restrict "$case_" from=gongan --reason 试

rule 'it is kept from them: their console says so, and has nothing of it left'
z 0 do note "$case_" note=水务备注
as lead
z 0 do restrict "$case_" from=shuiwu --reason 涉及本人
z 0 sync
as water
z 0 sync
says '^zhiban: .* is kept from your organisation from now on'
z 1 show "$case_"
z 0 list incidents
says_not '涉及某单位的事件'
same 'bytes of it in the cache' "$(cat water/zhiban/*/cache.db* | grep -c -a '涉及某单位的事件')" 0
same 'bytes of it in the outbox' "$(cat water/zhiban/*/outbox.db* | grep -c -a '涉及某单位的事件')" 0

rule 'what they had still to say of it lies on their desk, in words'
z 0 conflicts
says '备注' '水务备注' 'there is no such incident' 'incident: [0-9]{2}-[0-9]+'
says_not '涉及某单位的事件'

rule 'others go on with it, and the audit log knows'
as lead
z 0 show "$case_"
says 'Kept from' '涉及本人'
d 0 audit srv
says 'restrict'

rule 'a new duty brings it back'
z 0 do notify "$case_" recipient=shuiwu words=请说明
z 0 sync
as water
z 0 sync
z 0 show "$case_"
says '涉及某单位的事件'

rule 'an officer is moved while his line is cut; his acts of before are refused in words'
stop
z 0 do note "$case_" note=断网时的备注
serve srv "$(at_same_address)"
d 0 officer srv move 李岗 --org gongan --role dept --reason 轮岗
z 0 sync
says 'sees other incidents now'
z 1 show "$case_"
z 0 conflicts
says '李岗 did it as .* and is .* now'
as lead
z 0 sync
z 0 show "$case_"
says_not '断网时的备注'

rule 'who reads all changes nothing'
enroll reader srv 查岗 gongan auditor
z 0 sync
z 0 show "$case_"
says '涉及某单位的事件'
z 5 do note "$case_" note=x

verify_clean srv
finish
