#!/bin/sh
# 浦口: on site, first response of the street, second response of the district.
profile=pukou
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

rule 'a server, consoles of the centre, a 分中心, its brigade, a grid, three departments'
serve srv
enroll centre srv 梁中 zhihui
enroll chief srv 龚班 zhihui chief
enroll street srv 丁街 320111004 street
enroll lead srv 范街 320111004 chief
enroll brigade srv 阮队 320111004d street
enroll grid srv 倪格 32011100400201 street
enroll city srv 岳城 chengguan dept
enroll water srv 施水 shuiwu dept
enroll police srv 柏警 gongan dept

# count FILTER N: so many organisations.
count() {
	me=centre
	z 0 list orgs --filter "$1" --format jsonl
	same "organisations $1" "$(grep -c '^{' out)" "$2"
}

rule 'the tree: 55 departments, 15 units with a brigade each, 125 communities, 456 grids'
count 'tier:部门' 55
count 'tier:街场' 15
count 'tier:联勤大队' 15
count 'tier:社区' 125
count 'tier:网格' 456
z 0 list orgs --filter 'tier:网格' --format jsonl --limit 1
says '网格长、政策法规宣传员、社会管理信息员、帮困解难服务员、矛盾纠纷调解员'

rule '现场处置: a component out of order is put right on site: closed at tier 0'
found grid 污水井盖松动 type=component object_class=0102 object_no=WS-118 urgency=urgent
stands step=found seat=320111004 object_state=out_of_order
clock_is on_site 320111004 2h
lasts 120
act grid arrive
clock_is report 320111004 15m
act grid handle result=已复位
stands step=closed open= object_state=restored
listed 'response:0' yes

rule '一级响应: 上报, 调度, 处置, 核查归位, 办结评价'
found grid 占道经营 type=event category=0102 urgency=urgent
act grid escalate --reason 无权限
stands step=l1_call response=1
clock_is call 320111004 30m
act street accept
act street assign holder=320111004d
clock_is arrive 320111004d 1h
act brigade sign
act brigade arrive unit=联勤大队
clock_ended arrive
clock_is handle 320111004d 24h
act brigade handle result=已劝离
stands step=verify
clock_is verify 320111004 4h
refused brigade 4 '' verify_ok
act grid verify_ok
stands step=close object_state=restored
act street feedback reply=已劝离
act street rate satisfaction=满意
act street close
stands step=closed open=
listed 'response:1' yes

rule '二级响应: sent up with level 1 open below'
found grid 违建水塘倾倒渣土 type=event category=0104 urgency=urgent reporter=居民甲 phone=13811112222
act grid escalate --reason 缺力量
act street accept
act street assign holder=320111004d
act street sign --by-phone 'org=320111004d,rung=联勤大队值班,answered=阮队,wording=收到'
stands owed=1
act brigade countersign
stands owed=
act brigade pause until=+30m --reason 等待增援
act brigade resume
act brigade extend_ask extend_by=1d --reason 夜间无法施工
act lead extend_ok
act brigade escalate --reason 缺专业
stands step=l2_start tier=district seat=zhihui response=2 holder=
clock_is start zhihui 30m
lasts 30
clock_ended handle
waits l1_wait 320111004

rule '兜底: tried at level 1, it is not sent back down'
refused centre 4 '' return --reason 请街道处理
act centre accept
stands step=l2_order
act centre assign holder=chengguan assist=shuiwu assist=gongan --reason 联合执法

rule '联合执法 by shares: each with its own clocks; it goes on when all have handled'
stands step=l2_joint holder=chengguan
for org in chengguan shuiwu gongan; do
	clock_is sign $org 1h
	clock_is assemble $org 2h
	clock_is handle $org 48h
done
act city sign
act water sign
act centre sign --by-phone 'org=gongan,rung=分局指挥室,answered=柏警,wording=派两人'
act police countersign
act city arrive unit=执法中队
act water arrive
act police arrive
clock_ended assemble
act water progress note=封堵排口
act city handle result=立案查处
stands step=l2_joint
act police handle result=现场维持秩序
act water handle result=水塘清理完毕
stands step=l2_report

rule '反馈 down to the 分中心, which verifies'
act centre feedback reply=联合执法完成
stands step=verify tier=street seat=320111004
act street verify_no --reason 渣土未清完
stands step=l1_handle reworks=1 holder=320111004d
act brigade handle result=渣土已清
act street verify_ok
act street feedback reply=渣土已清，水塘恢复
act street callback satisfaction=满意 note=居民甲满意
act street close
stands step=closed open= object_state=restored
listed 'response:2' yes
timeline '浦口: 现场 → 一级 → 二级 → 核查归位'

rule 'untried at level 1 it is returned, with a reason'
found street 水管爆裂 urgency=plain category=0303
stands step=l1_call seat=320111004
act street escalate --reason 缺专业
act centre return --reason 一级未处置
stands step=l1_wait tier=street seat=320111004
refused street 4 '泰山街道 is not run from here' assign holder=320111001
act street assign holder=320111004d
stands step=l1_handle
lead_id=$id

rule 'what the centre takes in for a street is run by that street'
found centre 热线：人民桥社区路灯不亮 source=12345 community=人民桥社区 urgency=urgent category=0203
stands step=l1_call seat=320111004 tier=street street=320111004
clock_is call 320111004 30m
act street assign holder=320111004d
id=$lead_id

rule '并单 and 转出'
found street 水管又爆 urgency=plain category=0303
act street merge lead="$lead_id"
stands step=merged open=
act street unmerge --reason 另一处
stands step=l1_call
act street transfer_out out_to=jiangbei out_no=JB-3 --reason 江北新区辖区
stands step=track open=1
act street outcome result=江北新区已修
stands step=close

stop
verify_clean srv
finish
