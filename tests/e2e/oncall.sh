#!/bin/sh
# zhiban oncall through the real programs: words and exit codes of each case, with the line and without it.
profile=tianning
TZ=CST-8 # the jurisdiction's
export TZ
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"

rule 'a server, consoles of the centre and of a street, two people on duty'
serve srv
enroll first srv 李敏
enroll chief srv 赵岩 zhongxin chief
enroll street srv 梅街 320402005 street_chief
month=$(date -d "$(date +%Y-%m-15) + 1 month" +%Y-%m)
cat >people.csv <<'END'
姓名,职务,联系电话,可任岗位,轮值次序
李敏,科员,13800000001,主班 值班长,1
周宁,科员,13800000002,主班 值班长,2
END
me=chief
z 0 roster import people.csv --as staff --org zhongxin
z 0 sync --wait 60
z 0 do roster month="$month" cell="$month-01 day main 1 李敏" cell="$month-01 night main 1 周宁" --wait 60
says '^(applied|merged)'
me=street
z 0 sync --wait 60

rule 'an organisation by code and by name; a moment ahead, over midnight, and one in the past'
z 0 oncall zhongxin --at "$month-01T10:00"
says '李敏' '13800000001'
z 0 oncall 指挥中心 --at "$month-02T03:00"
says '周宁' '13800000002'
z 0 oncall zhongxin --at 2015-03-02T10:00
says_not '李敏' '周宁'

rule 'an empty seat is told'
z 0 oncall zhongxin --at "$month-01T10:00"
says 'A seat is empty'
z 0 oncall zhongxin --at "$month-03T10:00"
says_not '李敏'

rule 'an organisation without a roster has its duty phone; all of them at once'
z 0 oncall 12345平台
says '12345平台'
z 0 oncall --all --at "$month-01T10:00"
says '李敏' '12345平台'

rule 'for programs'
z 0 oncall zhongxin --at "$month-01T10:00" --format json
says '"name":"李敏"' '"when":"now"'
z 0 oncall zhongxin --at "$month-01T10:00" --format jsonl
says '"name":"李敏"'
z 0 oncall zhongxin --at "$month-01T10:00" --format csv
says '李敏,' '13800000001'

rule 'what is not understood: exit 2, and why'
z 2 oncall 没有这个单位
says '没有这个单位'
z 2 oncall zhongxin --at someday
says 'someday'
z 2 oncall zhongxin --all
says 'or --all'
z 2 oncall zhongxin --format xml
says 'xml'

rule 'the same with the line cut'
stop
z 0 oncall zhongxin --at "$month-01T10:00"
says '李敏' '13800000001'
z 0 oncall zhongxin --at "$month-01T10:00" --format json
says '"name":"李敏"'

rule 'a month that nobody has begun says so'
z 1 show zhongxin/2031-05
says 'has not been begun'
finish
