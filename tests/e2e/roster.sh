#!/bin/sh
# 值班表、换班、交接班、值班日志 through the real programs: the centre, its chief and a street, each with a
# console of its own; the line is cut over a handover.
profile=tianning
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

# field NAME: of the one JSON line in out.
field() {
	sed -n 's/.*[{,]"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p' out | head -n 1
}

# person NAME ORG PHONE POSTS: one more who stands duty; his id in $id.
person() {
	me=centre
	z 0 do engage name="$1" org="$2" phone="$3" posts="$4" --wait 60
	id=$(sed -n 1p out)
}

month=$(date -d '+1 month' +%Y-%m 2>/dev/null || date +%Y-%m)

rule 'a server, consoles of the centre, its chief, another officer and a street'
serve srv
enroll centre srv 李敏
enroll relief srv 周宁
enroll chief srv 赵岩 zhongxin chief
enroll street srv 梅街 320402005 street

rule '值班人员: the centre adds people, a street its own and nobody else'
person 李敏 zhongxin 13800000001 'main chief'
person 周宁 zhongxin 13800000002 'main chief'
person 赵岩 zhongxin 13800000003 'chief leader'
person 方正 zongzhi 13800000004 'main'
me=street
z 0 do engage name=梅街 org=320402005 phone=13900000001 posts='main deputy leader' --wait 60
z 5 do engage name=外人 org=zhongxin phone=1 posts=main --wait 60
me=street
z 0 sync
z 0 list staff
says '李敏' '梅街'
