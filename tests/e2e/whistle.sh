#!/bin/sh
# 吹哨报到 through the real programs: a street, three departments and the centre, each with a console of
# its own; one department is cut off while its officer arrives.
profile=tianning
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

# share_is ORG FIELD=VALUE...: what stands in the share of a department.
share_is() {
	of=$1
	shift
	look
	share=$(grep '"asked_at":' page | grep "\"org\":\"$of\"" | tail -n 1)
	for pair in "$@"; do
		name=${pair%%=*} value=${pair#*=}
		is=$(echo "$share" | sed -n 's/.*[{,]"'"$name"'":"\{0,1\}\([^",}]*\).*/\1/p')
		same "$name of $of after $verb" "$is" "$value"
	done
}

rule 'a server, consoles of the centre, a street and three departments'
serve srv
enroll centre srv 王岗
enroll chief srv 赵岩 zhongxin chief
enroll street srv 梅街 320402005 street
enroll market srv 石监 shijian dept
enroll city srv 程管 chengguan dept
enroll water srv 李水 shuiwu dept

rule '起草: what a draft lacks is said, and no department knows of it'
me=street
z 0 do blow title=红梅夜市油烟噪声扰民 ground=职责交叉 cls=较大 assist=市监局 assist=城管局 draft=yes --wait 60
id=$(sed -n 1p out) verb=blow
stands step=draft class=major origin=320402005
me=market
z 0 sync
z 1 show "$id"
refused street 4 '办理|办结|不|is not possible' report_in comer=张三 comer_post=科员 comer_phone=1
me=city
z 0 sync
z 5 do blow title=越权吹哨 ground=职责交叉 assist=市监局 --wait 60

rule '审签 by telephone, 中心审核: returned once, blown again, issued'
act street submit
stands step=approve
clock_is approve 320402005 2h
refused street 5 '分管领导' approve
act street approve --by-phone 'role=street_deputy,rung=周副主任,answered=周副主任,wording=同意吹哨'
stands step=check approved_by=周副主任
clock_is check zhongxin 1h
refused street 5 '指挥中心' issue
act centre return --reason 缺生态环境局意见，补正后再报
stands step=returned returns=1
act street revise text=烧烤摊点七十余个，无照经营
act street submit
act street approve --by-phone 'role=street_deputy,rung=周副主任,answered=周副主任,wording=同意'
act centre issue assist=水务局
stands step=issued asked=3
clock_is sign shijian 1h
clock_is contact shijian 4h
clock_is handle chengguan 7wd

rule '签收 with who comes, 联系; a dispute stops nothing while another signs'
act market sign comer=张工 comer_post=分管局长 comer_phone=13800002222
share_is shijian comer=张工
clock_is report_in shijian 1wd
act market contact
act water dispute claim=not_ours --reason 夜市不涉供排水
stands disputed=1
act city sign comer=孙队 comer_post=副局长 comer_phone=13800003333
clock_is settle zhongxin 1wd
refused street 5 '指挥中心' settle ruling=freed share=水务局 --reason 与供水无关
act centre settle ruling=freed share=水务局 --reason 现场无供排水设施
stands disputed= asked=2

rule '报到 confirmed by the street'
act market report_in comer=张工 comer_post=分管局长 comer_phone=13800002222
share_is shijian proof=none
refused market 5 天宁街道 confirm_in
act street confirm_in share=市监局 comer=张工
share_is shijian confirmed_by=梅街 proof=street

rule '到岗码: the street reads it out; with the line cut it is kept, and counts as of then'
me=street
z 0 codes "$id"
code=$(sed -n 's/^\([0-9]\{6\}\) .*城市管理局$/\1/p' out)
[ -n "$code" ] || offend "no code shown: $(cat out)"
me=market
z 0 sync
z 5 codes "$id"
me=city
z 0 sync
stop
me=street
z 0 codes "$id"
says '^[0-9]{6}  [0-9:]+  .*城市管理局$'
me=city
z 3 do report_in "$id" comer=孙队 comer_post=副局长 comer_phone=13800003333 code="$code" --wait 1
z 0 show "$id"
serve srv "$(at_same_address)"
z 0 sync --wait 60
share_is chengguan proof=code
stands reported=2
refused city 4 '.' report_in comer=孙队 comer_post=副局长 comer_phone=1 code="$code"

rule '会商, 办理, 反馈, 街镇核查: rework once'
act street consult plan=划定经营区，逾期联合清退 present=张工、孙队
act market handle result=已责令安装油烟净化设备
act market feedback reply=设备已装，检测合格
refused market 5 天宁街道 verify_ok
act street verify_no share=市监局 --reason 两家未开机
share_is shijian reworks=1 handled_at=

rule '督办单: listed with its points, printed, answered and lifted'
act chief supervise channel=督办单 words=两家未开机，限三日办结 share=市监局
me=centre
z 0 sync
z 0 list supervisions
says '督办单' '市监局' "$(sed -n 's/.*"number":"......\([0-9]*-W[0-9]*\)".*/\1/p' page | head -n 1)"
z 0 list supervisions --filter in:城管局 --count
same 'supervisions of another' "$(cat out)" 0
z 0 report supervise "$id" 1
says '督办单' '两家未开机，限三日办结' '市场监督管理局' 'not answered'
z 1 report supervise "$id" 2
z 2 report supervise "$id" first
act market respond words=两家已整改
act chief lift --reason 情况属实 share=市监局
me=centre
z 0 sync
z 0 report supervise "$id" --format markdown
says '两家已整改' 'Lifted'
z 0 list supervisions --count
same 'supervisions in force' "$(cat out)" 0

rule 'handled again'
act market handle result=两家已开机
act market feedback reply=已复查
act street verify_ok share=市监局
act city handle result=已划线并清退
act city feedback reply=每晚联合巡查一周
act street verify_ok share=城管局
stands step=rate

rule '综合评价 both ways closes it'
act street rate share=市监局 content=fair note=首次整改不到位
act street rate share=城管局 content=content
act market judge judged=regular
stands step=rate
act city judge judged=regular
stands step=closed content=fair judged=regular

rule 'on paper: 吹哨单 as text, with its evidence, and as a file that is never written over'
me=centre
z 0 sync
z 0 report whistle "$id" --format text
says '吹哨单' '红梅夜市油烟噪声扰民' '市监局' '城管局' '周副主任' '分管领导' 'Consultation'
z 0 report whistle "$id" --explain
says 'chosen by' 'working day 1'
z 0 report whistle "$id" --out sheet.html
grep -q '<h1>.*吹哨单</h1>' sheet.html || offend "no sheet: $(cat sheet.html)"
z 1 report whistle "$id" --out sheet.html
z 2 report whistle "$id" --out sheet.doc
z 2 report whistle "$id" --format csv
z 2 report whistle
z 1 report whistle 01-W999

rule 'matrix, figures and the list behind a number'
z 0 report matrix "$id" --format csv
says '市监局' '城管局'
z 0 report matrix --filter step:closed
z 2 report matrix --filter nosuch:x
z 0 report whistles --by department --format csv
says '市监局' 'Reported in on time'
z 0 report whistles --format json
grep -q '"org":"shijian".*"asked":1,.*"report_timely":1,.*"reworked":1.*"carded":1.*"fair":1' out ||
	offend "not counted: $(cat out)"
grep -q '"org":"shuiwu".*"asked":0.*"freed":1' out || offend "not freed: $(cat out)"
z 0 report whistles --list reworked:市监局
says '红梅夜市油烟噪声扰民' '市监局'
z 0 report whistles --by street --format json
grep -q '"org":"320402005".*"blown":1.*"returned":1.*"closed":1,"judged":1,"regular":1' out ||
	offend "street not counted: $(cat out)"
z 0 report whistles --until 2020-01-01
z 2 report whistles --by month
z 2 report whistles --list nosuch
z 2 report whistles --since someday

rule 'what-if: from the centre it could not be blown, from the street it could'
z 4 report plan --class 较大 --dept 市监局,城管局 --at 2026-02-13T17:40
says 'could not be blown' '2026-03-02 Mon 17:30'
me=street
z 0 report plan --class 较大 --dept 市监局,城管局 --at 2026-02-13T17:40 --explain
says '2026-02-14 Sat 17:30' '2026-03-02 Mon  17:30 due' '审签'
z 4 report plan --class 较大 --dept 市监局 --at 2026-02-13T17:40 --by 2026-06-01T09:00 --format json
grep -q '"problems":\["' out || offend "no problem: $(cat out)"
z 2 report plan --class 特大 --dept 市监局
me=centre
z 0 list whistles --format jsonl
same 'whistles listed' "$(grep -c '^{' out)" 1

verify_clean srv
finish
