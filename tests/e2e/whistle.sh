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
refused street 5 '指挥中心' settle ruling=freed share=水务局
act centre settle ruling=freed share=水务局 --reason 现场无供排水设施
stands disputed=0 asked=2

rule '报到 confirmed by the street'
act market report_in comer=张工 comer_post=分管局长 comer_phone=13800002222
share_is shijian proof=none
refused market 5 '红梅' confirm_in
act street confirm_in share=市监局 comer=张工
share_is shijian confirmed_by=梅街 proof=street

rule '到岗码: the street reads it out; with the line cut it is kept, and counts as of then'
me=street
z 0 show "$id" --codes
code=$(sed -n 's/.*城管局.* \([0-9]\{6\}\)\( .*\)\{0,1\}$/\1/p' out | head -n 1)
[ -n "$code" ] || offend "no code shown: $(cat out)"
me=city
z 0 sync
stop
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
refused market 5 '红梅' verify_ok
act street verify_no share=市监局 --reason 两家未开机
share_is shijian reworks=1 handled_at=
act market handle result=两家已开机
act market feedback reply=已复查
act street verify_ok share=市监局
act city handle result=已划线并清退
act city feedback reply=每晚联合巡查一周
act street verify_ok share=城管局
stands step=rate

rule '综合评价 both ways closes it'
act street rate share=市监局 content=基本满意 note=首次整改不到位
act street rate share=城管局 content=满意
act market judge judged=规范
stands step=rate
act city judge judged=规范
stands step=closed content=fair judged=regular

rule 'on paper: 吹哨单, matrix, statistics'
me=centre
z 0 sync
z 0 report whistle "$id" --format text
says '吹哨单' '红梅夜市油烟噪声扰民' '市监局' '城管局'
z 0 report matrix "$id" --format csv
says '市监局' '城管局'
z 0 report whistles --by department --format csv
says '市监局'
z 0 list whistles --format jsonl
same 'whistles listed' "$(grep -c '^{' out)" 1

verify_clean srv
finish
