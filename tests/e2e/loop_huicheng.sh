#!/bin/sh
# 惠城: the loop of six steps in the district over the loops of five in street and station.
profile=huicheng
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

rule 'a server, consoles of the centre, a street, a station, two grids, two departments'
serve srv
enroll centre srv 郭中 wangge
enroll second srv 黄中 wangge
enroll chief srv 赖班 wangge chief
enroll street srv 曾街 441302001 street
enroll clerk srv 江街 441302001 street
enroll station srv 叶站 441302001001 street
enroll helper srv 钟站 441302001001 street
enroll grid srv 邹格 44130200100101 street
enroll other srv 温格 44130200100102 street
enroll house srv 廖建 zhujian dept
enroll city srv 丘城 chengguan dept

# count FILTER N: so many organisations.
count() {
	me=centre
	z 0 list orgs --filter "$1" --format jsonl
	same "organisations $1" "$(grep -c '^{' out)" "$2"
}

rule 'the tree: 21 units, 283 communities, 2,434 grids, 4 professional centres'
count 'tier:镇街' 21
count 'tier:村居' 283
count 'tier:网格' 2434
count 'tier:专业网格中心' 4

rule '小事: the grid worker solves it himself; exempt from 采办分离'
found grid 楼道杂物 urgency=plain category=0103
stands step=v_register tier=community seat=441302001001
clock_is register 441302001001 120wm
act grid handle result=已清走
stands step=v_feedback
act station feedback reply=已清理
act station close close_reason=已解决
stands step=v_archive open=

rule '采办分离: who registered does not handle, nor his colleagues'
found station 巷口路灯不亮 urgency=urgent category=0203
act station accept
act station assign holder=441302001001
act station sign
refused station 4 '叶站' handle result=已修
refused helper 4 '' handle result=已修
act station recall --reason 换人办
act station assign holder=44130200100102
act other sign
act other handle result=已换灯泡
stands step=v_feedback

rule 'station: 登记, 分流, 上报 to the street; its own loop waits, 办理·待上级'
found grid 小区外墙瓷砖脱落 urgency=urgent category=0503 reporter=刘六 phone=13800007777
clock_is register 441302001001 30m
act station accept
stands step=v_divide
clock_is divide 441302001001 1h
lasts 60
act station escalate --reason 需街道协调
stands step=s_register tier=street seat=441302001 holder=
clock_is register 441302001 30m
clock_ended divide
refused station 5 '' accept

rule 'street: assigned, tried, sent up to the district; what it held is kept'
act street accept
clock_is divide 441302001 1h
act street assign holder=441302001
act clerk sign
clock_is handle 441302001 24h
act clerk escalate --reason 涉及建筑质量，需住建部门
stands step=d_register tier=district seat=wangge holder=
clock_ended handle
waits v_wait 441302001001
waits s_wait 441302001

rule 'the district sends it back once, the street sends it up again'
act centre return --reason 请先设警戒
stands step=s_wait tier=street seat=441302001
act street escalate --reason 警戒已设
stands step=d_register tier=district

rule 'district: 登记, 分流, 办理 with its clocks, by phone too'
clock_is register wangge 30m
lasts 30
act centre accept
clock_is divide wangge 30m
act centre assign holder=zhujian --reason 房屋安全
stands step=d_handle holder=zhujian
clock_is sign zhujian 1h
clock_is handle zhujian 24h
refused house 4 '' handle result=x
act centre sign --by-phone 'org=zhujian,rung=住建局值班,answered=廖建,wording=收到'
stands owed=1
clock_ended sign
act house countersign
stands owed=
act house contact
act house dispatch unit=房屋安全组 people=3 vehicles=1
act house progress note=已搭防护棚
act house pause until=+1d --reason 等待雨停
act house resume
act house extend_ask extend_by=3wd --reason 需专业检测
act chief extend_ok
stands extensions=1

rule '退回 by the department, 转办 to another'
act house return --reason 外墙广告属城管
stands step=d_divide returns=2
act centre assign holder=chengguan --reason 牵头处理
act city sign
act city handle result=已拆除松动瓷砖

rule '核查 by a grid worker, not the handler; sent back once'
stands step=d_verify handler_org=chengguan
clock_is verify wangge 4h
refused city 4 '' verify_ok
act centre verify_no --reason 仍有松动 \
	--by-phone 'org=44130200100102,rung=温格,answered=温格,wording=西侧仍有松动'
stands step=d_handle reworks=1
act city sign
act city handle result=全部加固
act centre verify_ok note=网格员复看合格 \
	--by-phone 'org=44130200100102,rung=温格,answered=温格,wording=已加固'
stands step=d_feedback

rule '反馈 comes down: district, street, station, caller; then 归档'
clock_is feedback wangge 4h
act centre feedback reply=外墙已加固
stands step=s_feedback tier=street seat=441302001
clock_is feedback 441302001 1d
act street feedback reply=外墙已加固
stands step=v_feedback tier=community seat=441302001001
act station feedback reply=外墙已加固
act station callback satisfaction=满意 note=刘六表示满意
stands step=v_close
clock_is close 441302001001 2wd
act station close close_reason=已解决
stands step=v_archive open=
act station archive
stands step=v_archived
timeline '惠城: 网格 → 村居 → 镇街 → 区 → 反馈回村居'

rule 'what the district registered itself ends there'
found centre 复杂楼盘纠纷 urgency=plain type=complex
stands step=d_register tier=district seat=wangge
act second accept
act second assign holder=zhujian
act house sign
clock_is handle zhujian 15wd
act house handle result=已协调
refused second 4 '' verify_ok
act second verify_ok --by-phone 'org=44130200100102,rung=温格,answered=温格,wording=看过'
act second feedback reply=已协调解决
stands step=d_close
act second close
stands step=d_archive open=

rule '并单 and its answer; 转出 to the other zone'
found centre 陈江路面塌陷 urgency=urgent category=0201
lead=$id
found centre 陈江路面坑大 urgency=urgent category=0201
act centre merge lead="$lead"
stands step=d_merged open=
id=$lead
act second accept
refused centre 4 '陈江街道 is not run from here' assign holder=441302008
act centre transfer_out out_to=zone out_no=ZK-9 --reason 仲恺辖区
stands step=d_track out_to=zone

rule '小金口: own words of the list and limits'
found centre 小金口本街道事项 category=1.1 urgency=urgent
stands category=1.1
enroll xjk srv 骆街 441302010 street
found xjk 小金口隐患 category=4.9 urgency=flash
act xjk accept
act xjk assign holder=441302010
clock_is handle 441302010 2h
lasts 120

rule '督办: parallel channels, no ladder'
act chief supervise channel=wangge words=抓紧
enroll leader srv 高领 wangge leader
act leader supervise channel=jiwei words=核查推诿
act leader supervise channel=quwei words=限期答复
told '纪委监委' '区委督查办督办'

stop
verify_clean srv
finish
