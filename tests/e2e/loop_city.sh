#!/bin/sh
# A city: recorded once, sent by the duty list, given out, handled within the three times, looked over,
# verified, closed; what is on nobody's list; what is returned with the line quoted; up to the city and
# back; the mode.
profile=city
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

d=990101 # 云东区: its centre
zj=${d}_zj
xf=${d}_xfj

rule 'a server of the city; consoles of a community, a district, its units, the city'
serve srv
enroll centre srv 王岗
enroll lists srv 陈雨
enroll boss srv 罗区长 zhongxin leader
enroll street srv 周敏 ${d}001 street
enroll district srv 高翔 $d duty
enroll chief srv 韩雪 $d chief
enroll fire srv 赵刚 $xf dept
enroll team srv 孙浩 ${d}001 street

rule 'levels are data: so many organisations of each, and what lies over the grids'
me=centre
orgs() {
	z 0 list orgs --filter "tier:$1" --format csv --columns code
	same "$1" "$(($(wc -l <out) - 1))" "$2"
}
orgs 市 1
orgs 区 3
orgs 合署单位 15
orgs 街道 15
orgs 社区 90
orgs 网格 360
orgs 治安格 30
orgs 安格 30
orgs 消格 30
orgs 交格 30
orgs 三方 90

# --- by the duty list ------------------------------------------------------------------------------

rule 'recorded once, in a street: the list says whose it is'
found street 北楼道飞线充电 category=120101 urgency=urgent source=community street=${d}001 reporter=刘芳 phone=13900001111
stands step=record tier=district seat=$d duty_unit=$xf duty_line=D-036
clock_is record ${d}001 15m
refused street 4 '' accept
act street fix address=望云街12号
act street accept
stands step=allot
clock_is allot $d 30m
listed undetermined no

rule 'sent out, returned with the line of the list that it is not on, sent out as the list says'
act district assign holder=$zj
stands step=unit holder=$zj
refused district 4 '' return --reason 不在清单
refused district 4 'D-999' return list_line=D-999 --reason 不在清单 --by-phone "org=$zj,rung=值班员,wording=不归我们"
act district return list_line=D-036 --reason 不在清单 --by-phone "org=$zj,rung=值班员,wording=飞线充电归消防"
stands step=allot returns=1 owed=1
act district assign holder=$xf
stands step=unit holder=$xf
clock_is unit $xf 30m

rule 'given out to the street by the unit; three clocks of the three times'
act fire assign holder=${d}001
stands step=handle holder=${d}001
clock_is sign ${d}001 1h
clock_is contact ${d}001 2h
clock_is handle ${d}001 24h
act team sign
clock_ended sign
act team contact note=已回应刘芳
clock_ended contact
act team arrive
act team handle result=已拆除飞线，装充电桩

rule 'looked over, sent back to be put right, verified by another, the caller rung, closed'
stands step=inspect
clock_is inspect $d 2h
act district verify_no --reason 缺告知书
stands step=handle reworks=1
act team handle result=告知书已送达
act district accept
stands step=verify
act district callback note=满意 satisfaction=满意
act district verify_ok
stands step=close
act district close close_reason=已消除
stands step=done
act district rate satisfaction=满意
act district archive
stands step=archived
same 'acts' "$(verbs)" 'register fix accept assign return assign assign sign contact arrive handle verify_no handle accept callback verify_ok close rate archive '
told ' 分派 赵刚' ' 责令补正 高翔' ' 监督通过 高翔' ' 考评 高翔'
timeline '云州市: 清单分拨'

rule 'disputes have their own time'
found street 广场舞邻里纠纷 category=1301 urgency=plain street=${d}001 address=望云广场
act street accept
act district assign holder=${d}_sf
act district sign --by-phone "org=${d}_sf,rung=值班员,wording=自办"
clock_is handle ${d}_sf 15wd
clock_is contact ${d}_sf 1wd

# --- on nobody's list ------------------------------------------------------------------------------

rule 'what is on no list waits in the queue, and the chief sends it'
found street 无人配送车占道 category=1701 urgency=plain street=${d}001 address=望云街30号
act street accept
stands step=allot duty_unit= duty_line=
listed undetermined yes
act district assign holder=${d}_cg --reason 先行办理
act district return list_line=none --reason 不在清单 --by-phone "org=${d}_cg,rung=值班员,wording=清单没有"
stands step=allot returns=1

rule 'up to the city, which handles it and gives it back; or sends it back at once'
act district escalate --reason 全市都没有清单
stands step=c_allot tier=city seat=zhongxin response=2
refused district 5 '' assign holder=${d}_cg
act centre assign holder=shi_jt
act centre sign --by-phone 'org=shi_jt,rung=值班员,wording=我局办'
stands step=c_handle
clock_is contact shi_jt 1wd
act centre handle result=已约谈企业 --by-phone 'org=shi_jt,rung=值班员,wording=已约谈'
stands step=c_verify owed=3
act lists verify_ok
stands step=c_close
refused centre 4 '' close close_reason=已约谈
act centre feedback reply=企业已撤车，市里补列清单
stands step=close tier=district seat=$d
act district close close_reason=已约谈
stands step=done
timeline '云州市: 待定、提请市级'

found street 两区交界积水 category=1206 urgency=flash street=${d}001 address=云东大道
act street accept
act district escalate --reason 两区交界
act centre return list_line=D-044 --reason 属地先办
stands step=allot seat=$d tier=district

# --- the mode ----------------------------------------------------------------------------------------

rule 'the mode: half the time, then minutes; nobody stops a clock; closed by the leader at the scene'
me=centre
z 5 do mode mode=war1 --reason 暴雨橙色 --wait 60
z 0 do mode mode=war1 --reason 暴雨橙色 --by-phone 'role=leader,rung=罗区长,wording=同意启动' --wait 60
act district assign holder=${d}_sw
act district sign --by-phone "org=${d}_sw,rung=值班员,wording=马上出动"
stands step=handle
clock_is contact ${d}_sw 15m
refused district 4 '' pause until=+1h --reason 等水泵
act district notify recipient=${d}001 words=加强值守
clock_is receipt ${d}001 30m
me=boss
z 0 sync
z 0 do mode mode=war2 --reason 暴雨红色 --wait 60
act district notify recipient=${d}002 words=全员到岗
clock_is receipt ${d}002 10m
act district notify recipient=${d}003 words=点名 notice_class=roll
clock_is receipt ${d}003 10m
act street receipt
clock_is receipt ${d}002 10m
act district scene trapped=2 moved=31 water_cm=45
act district dispatch unit=云东排水一队 people=12 vehicles=3 chief_name=马队
act district handle result=积水已退 --by-phone "org=${d}_sw,rung=值班员,wording=退了"
act district accept
act chief verify_ok
refused district 4 '带班领导' close close_reason=积水已退
act district close close_reason=积水已退 --by-phone 'role=leader,rung=罗区长,wording=可以办结'
stands step=done trapped=2 moved=31
me=boss
z 0 sync
z 4 do mode mode=peace --reason 雨停 --wait 60
z 0 do mode mode=peace --reason 雨停 summary=转移31人 --wait 60

stop
verify_clean srv
finish
