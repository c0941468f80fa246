#!/bin/sh
# 天宁: one incident through the whole loop, and the ways beside it.
profile=tianning
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

rule 'a server, consoles of the centre, of a department, a seat and a grid'
serve srv
enroll centre srv 王岗
enroll chief srv 赵岩 zhongxin chief
enroll leader srv 高领 zhongxin leader
enroll water srv 李水 shuiwu dept
enroll build srv 周筑 zhujian dept
enroll seat srv 席一 rexian duty
enroll grid srv 葛格 32040200501301 street

rule 'the tree: seven grids, each with its police grid'
me=centre
z 0 list orgs --filter 'tier:网格' --format jsonl
same 'grids' "$(grep -c '^{' out)" 7
z 0 list orgs --filter 'tier:警格' --format jsonl
same 'police grids' "$(grep -c '^{' out)" 7
says '"contact":"局前街派出所北直街警务室"' '"over":"32040200501301"'

rule '登记: what a grid worker registers waits there, with its clock'
found grid 北直街自来水管爆裂 category=0303 urgency=urgent street=天宁 reporter=张三 phone=13800001234
stands step=register tier=district seat=zhongxin origin=32040200501301 holder= open=1
clock_is register zhongxin 10m
lasts 10
refused centre 4 '受理' accept

rule '报受理, 受理, 交办 with an assisting department'
act grid escalate --reason 需水务部门抢修
stands step=accept
clock_is accept zhongxin 30m
lasts 30
refused centre 4 '值班长' decline --reason 不属本区
act centre accept
stands step=assign
clock_is assign zhongxin 30m
act centre assign holder=shuiwu assist=zhujian --reason 主管单位
stands step=sign holder=shuiwu seat=zhongxin
clock_is sign shuiwu 30m 1h

rule '退回: once free, twice with the chief, noted as his word'
act water return --reason 管段权属自来水公司
stands step=assign returns=1 'returned_for=管段权属自来水公司'
act centre assign holder=shuiwu assist=zhujian --reason 牵头负责
refused water 4 '值班长' return --reason 仍不属我局
act chief return --reason 改派 --by-phone org=shuiwu,rung=水务局值班室,answered=李水,wording=请改派
stands step=assign returns=2 owed=1
act centre assign holder=shuiwu assist=zhujian --reason 联席定

rule '签收 by phone: recorded for the department, countersigned by it'
act centre sign --by-phone 'org=shuiwu,rung=水务局值班室,answered=李水,wording=已收到马上派人'
stands step=handle holder=shuiwu owed=2
listed owed yes
clock_is countersign shuiwu 1wd
told 'on behalf' '水务局值班室' '已收到马上派人'
act water countersign
stands owed=
listed owed no
clock_ended countersign
act build sign

rule '处置: contact ends its clock; forces are sent, arrive and report'
clock_is contact shuiwu 2h
lasts 120
clock_is handle shuiwu 24h
lasts 1440
stands due_clock=contact
act water contact note=已与来电人通话
clock_ended contact
stands due_clock=handle
act water dispatch unit=管网抢修队 people=6 vehicles=2 chief_name=陈队 chief_phone=13900005678
act water arrive unit=管网抢修队
act water scene trapped=0 moved=3 water_cm=20 note=一楼进水
stands moved=3 water_cm=20
told '管网抢修队' '13900005678'
act water progress note=已关阀开挖
act water attach file_name=开挖前.jpg file_size=20480 file_kind=before \
	file_hash=0000000000000000000000000000000000000000000000000000000000000000

rule '停表 moves the deadline by as long as it lasts; 复表 lets it run'
before=$(echo "$clock" | sed -n 's/.*"due":\([0-9]*\).*/\1/p')
act water pause until=+2h --reason 等待断面停水
listed paused yes
clock_is handle shuiwu 24h
after=$(echo "$clock" | sed -n 's/.*"due":\([0-9]*\).*/\1/p')
same 'minutes won' "$(((after - before + 30000) / 60000))" 120
act water resume
listed paused no

rule '延期: asked by the department, granted by the chief, not by his officer'
act water extend_ask extend_by=3wd --reason 管材外地调运
listed asked yes
refused centre 4 '值班长' extend_ok
act chief extend_ok granted=2wd
listed asked no
stands extensions=1
clock_is handle shuiwu 24h
echo "$clock" | grep -q '2wd' || offend "nothing was granted: $clock"

rule '并单: a second caller joins, and is answered with the first'
lead=$id
found centre 北直街没有水 category=0301 urgency=urgent reporter=李四 phone=13800004321
child=$id
act centre merge lead="$lead" --reason 同一事件
stands step=merged open= merged_into="$lead"
act centre unmerge --reason 另一处
stands step=accept merged_into=
act centre merge lead="$lead" --reason 确为同一处
id=$lead
stands merged=1
act water feedback reply=今晚十点恢复供水
stands reply=今晚十点恢复供水
id=$child
stands reply=今晚十点恢复供水
id=$lead

rule '报结, 核查: not by a department; sent back once; then 办结 with every caller answered'
act water handle result=已换管恢复供水
stands step=verify handler_org=shuiwu
clock_is verify zhongxin 2h
refused build 4 '' verify_ok
act grid verify_no --reason 路面未恢复
stands step=handle reworks=1
act water handle result=路面已恢复
act centre callback satisfaction=满意 note=来电人已用水
act centre verify_ok note=网格员到场看过
stands step=close
found centre 北直街还是没有水 category=0301 urgency=urgent reporter=王五 phone=13800009999
child=$id
act centre merge lead="$lead" --reason 同一事件
id=$lead
act centre close close_reason=已解决
stands step=archive open=
id=$child
stands reply=今晚十点恢复供水 close_reason=已解决
id=$lead
act centre rate satisfaction=满意
act centre archive
stands step=archived

rule 'the timeline has all of it, in order'
same 'acts' "$(verbs)" 'register escalate accept assign return assign return assign sign countersign '\
'sign contact dispatch arrive scene progress attach pause resume extend_ask extend_ok absorb '\
'release absorb feedback handle verify_no handle callback verify_ok absorb close rate archive '
timeline '天宁: 一件全程'

rule '重办 within seven days'
act centre reopen --reason 夜间又停水
stands step=assign open=1 closed_at=
clock_is assign zhongxin 30m

rule 'what the centre holds itself, another officer of it verifies'
found centre 中心自办件 urgency=plain
act centre accept
act centre assign holder=zhongxin
act centre sign
act centre contact
act centre handle result=电话答复
refused centre 4 '王岗' verify_ok
act chief verify_ok
stands step=close

rule '办结 needs an answer for whoever was merged in'
lead=$id
found centre 同一事另一来电 urgency=plain reporter=赵六
act centre merge lead="$lead"
id=$lead
refused chief 4 'no answer yet' close close_reason=已解决
act centre feedback reply=已电话答复
act centre close close_reason=已解决
stands step=archive

rule '转出: danger has two minutes; it is tracked until the outcome is told'
found seat 有人打架 category=1305 urgency=flash
stands step=register due_clock=transfer
clock_is transfer zhongxin 2m
lasts 2
act seat transfer_out out_to=110 out_no=JJ-77 out_name=接警员8号 --reason 违法犯罪
stands step=track out_to=110 out_no=JJ-77 open=1
clock_is track zhongxin 1h
act centre outcome result=民警到场处置完毕
stands step=close
timeline '天宁: 转出'

rule '告知 on the spot closes it; 不予受理 is the chief, also by telephone'
found seat 咨询公积金 urgency=plain
act seat refer_info reply=请拨公积金热线
stands step=archive open= reply=请拨公积金热线
found centre 外区道路问题 urgency=plain
act centre decline --reason 不属本区 \
	--by-phone 'role=chief,rung=赵岩,answered=赵岩,wording=同意不予受理'
stands step=archive open= owed=1
act chief countersign
stands owed=

rule '督办: a ladder of three, issued by people, each above the one before; the leader lifts it'
found centre 长期积水 category=0304 urgency=plain
act centre accept
act centre assign holder=shuiwu
refused centre 4 '' supervise channel=sheet words=限期办结
act chief supervise channel=sheet words=限期办结
stands supervised=sheet
act leader supervise channel=card_yellow words=仍未整改
stands supervised=card_yellow
refused chief 4 '' lift --reason 已整改
act water respond words=三日内完成
act leader lift --reason 已整改
timeline '天宁: 督办'

rule '战时: one act, by the leader on the phone; contact in half the time; its end needs a summary'
found centre 地道口积水 category=0304 urgency=urgent
act centre accept
act centre assign holder=shuiwu
me=centre
z 5 do mode mode=war1 reason=暴雨橙色预警 --wait 60
z 0 do mode mode=war1 reason=暴雨橙色预警 --wait 60 \
	--by-phone 'role=leader,rung=高领,answered=高领,wording=同意转战时'
act water sign
clock_is contact shuiwu 1h
lasts 60
me=centre
z 4 do mode mode=peace reason=预警解除 --wait 60 --by-phone 'role=leader,rung=高领,wording=同意'
z 0 do mode mode=peace reason=预警解除 summary=转移12人，无伤亡 --wait 60 \
	--by-phone 'role=leader,rung=高领,answered=高领,wording=同意'
found centre 地道口又积水 category=0304 urgency=urgent
act centre accept
act centre assign holder=shuiwu
act water sign
clock_is contact shuiwu 2h

stop
verify_clean srv
finish
