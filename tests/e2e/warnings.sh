#!/bin/sh
# Warnings from outside: by file and over HTTPS, as notices and incidents by the profile's rules;
# amended, lifted, expired, signed for; the real files where they are.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

# A moment so many minutes from now, as messages say it.
moment() {
	TZ=UTC-8 date -d "$1 minutes" +%Y-%m-%dT%H:%M:%S+08:00
}

# message FILE ID TYPE SEVERITY HEADLINE [CODE [REFS [STATUS [EXPIRES]]]]
message() {
	cat >"$1" <<END
<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
 <identifier>$2</identifier><sender>qxt@example.cn</sender><sent>$(moment 0)</sent>
 <status>${8:-Actual}</status><msgType>$3</msgType><scope>Public</scope>
 <references>${7:-}</references>
 <info><language>en</language><category>Met</category><event>Rainstorm</event><urgency>Immediate</urgency>
  <severity>$4</severity><certainty>Likely</certainty><headline>Rainstorm warning</headline></info>
 <info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Immediate</urgency>
  <severity>$4</severity><certainty>Likely</certainty><expires>${9:-$(moment +180)}</expires>
  <headline>$5</headline><description>未来3小时雨量将达100毫米 &amp; 可能持续</description>
  <instruction>危险地带人员转移</instruction>
  <area><areaDesc>天宁区茶山街道</areaDesc>
   <geocode><valueName>CPEAS Geographic Code</valueName><value>${6:-320402003000}</value></geocode></area>
 </info>
</alert>
END
}

rule 'a server whose rules make incidents of orange rain, notices of the rest'
cp "$top"/profiles/* "$tmp"
cat >>tianning.conf <<'END'
warning_source = "fangxun"
warning "test" { statuses = {"exercise", "system", "test", "draft"} makes = "nothing" area = "any" }
warning "rain" { levels = {"orange"} events = {"暴雨"} makes = "incident" category = "1501" urgency = "urgent" }
warning "severe" { levels = {"red", "orange", "yellow"} makes = "notice" to = {"area", "tier street"} }
warning "other" { makes = "notice" class = "usual" to = {"area"} }
END
profile=$tmp/tianning.conf serve srv
enroll a srv 王岗
enroll b srv 李茶 320402003 street
enroll c srv 赵红 320402004 street

rule 'a message becomes a notice, and the streets are asked for receipts'
message m1.xml M1 Alert Moderate 天宁区气象台发布暴雨黄色预警
d 0 warnings srv m1.xml
says '^m1.xml: posted yellow [0-9]{8}-T001 天宁区气象台发布暴雨黄色预警' '^notices posted 1$'
me=a
z 0 sync
z 0 list notices
says 'T001 .*yellow .*暴雨 .*天宁区气象台发布暴雨黄色预警'
number=$(sed -n 's/^[0-9]\{6\}\([0-9][0-9]-T001\) .*/\1/p' out)
z 0 show "$number"
says '可能持续' '^危险地带人员转移' '^Sender +qxt@example.cn' 'Receipts' '茶山 ' '青龙 ' 'Post a notice|发布通知'
z 0 list notices --format jsonl
says '"asked":[1-9]' '"level":"yellow"' '"source":"fangxun"' '"open":1' '"class":"yellow"'

rule 'the same message again, from another file too, makes nothing'
cp m1.xml again.xml
d 0 warnings srv m1.xml again.xml
says '^m1.xml: known ' '^again.xml: known ' '^there already 2$'

rule 'a street sees it and signs for it; the other one has not'
me=b
z 0 sync
z 0 do sign "$number" --wait 60
me=a
z 0 sync
z 0 show "$number"
says '茶山 +Receipt .*李茶' '青龙 +Receipt by'
z 0 list notices --format jsonl
says '"signed":1'

rule 'the centre records by telephone that another street has it'
z 0 do confirm "$number" --by-phone org=320402002,rung=赵红 --wait 60
z 0 list notices --format jsonl
says '"signed":2'

rule 'an update amends the notice; a higher level asks everybody again'
message m2.xml M2 Update Extreme 天宁区气象台升级暴雨红色预警 320402003000 "qxt@example.cn,M1,$(moment -5)"
d 0 warnings srv m2.xml
says '^m2.xml: amended red'
z 0 sync
z 0 list notices --format jsonl
says '"level":"red"' '"amendments":1' '升级暴雨红色预警' '"class":"red"'
says_not '"signed":[1-9]'
same 'notices' "$(wc -l <out | tr -d ' ')" 1

rule 'an update that refers to the update finds the same notice; a test touches nothing'
message t.xml T1 Cancel Unknown 演练解除 320402003000 "qxt@example.cn,M2,$(moment -5)" Test
message m3.xml M3 Update Severe 天宁区气象台变更暴雨橙色预警 320402003000 "qxt@example.cn,M2,$(moment -5)"
d 0 warnings srv t.xml m3.xml
says '^t.xml: nothing ' '^m3.xml: amended orange'

rule 'a cancel lifts it, once; afterwards it cannot be amended'
message m4.xml M4 Cancel Minor 天宁区气象台解除暴雨预警 320402003000 "qxt@example.cn,M3,$(moment -5)"
d 0 warnings srv m4.xml m4.xml
says '^m4.xml: lifted ' '^m4.xml: known '
z 0 sync
z 0 show "$number"
says '^Lifted +' '解除暴雨预警'
z 4 do amend "$number" title=x --wait 60

rule 'by rule a warning becomes an incident; what follows is noted on it'
message o1.xml O1 Alert Severe 天宁区气象台发布暴雨橙色预警
message o2.xml O2 Update Severe 天宁区气象台继续发布暴雨橙色预警 320402003000 "qxt@example.cn,O1,$(moment -5)"
d 0 warnings srv o1.xml o2.xml o1.xml o2.xml
says '^o1.xml: registered orange [0-9]{8}-0001' '^o2.xml: noted ' '^o1.xml: known' '^o2.xml: known'
z 0 sync
z 0 list incidents --format jsonl
says '"title":"天宁区气象台发布暴雨橙色预警"' '"category":"1501"' '"source":"fangxun"'

rule 'another area, what is over, and what is no message make nothing'
message far.xml F1 Alert Extreme 常州市天宁区 320404000000
message old.xml F2 Alert Extreme 昨日暴雨红色预警 320402000000 '' Actual "$(moment -60)"
printf '<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>' >xxe.xml
sed 's/<status>Actual<.status>//' m1.xml >status.xml
d 1 warnings srv far.xml old.xml xxe.xml status.xml
says '^far.xml: nothing .*another area' '^old.xml: nothing .*over already' \
	'^xxe.xml: .*document type' '^status.xml: status is missing'

rule 'a dry run keeps nothing'
message dry.xml D1 Alert Extreme 干跑红色预警
d 0 warnings srv dry.xml --dry-run
says '^dry.xml: posted red' 'dry run'
d 0 warnings srv dry.xml --dry-run
says '^dry.xml: posted red'

rule 'a relay sends its table: rows of the area become notices, newer ones amend'
{
	echo 'adcode,name,type,color,level,issued,expires'
	echo "320402,天宁区,大风,蓝色,Ⅳ,$(moment -30),$(moment +90)"
	echo "320402,天宁区,大风,黄色,Ⅲ,$(moment -10),$(moment +90)"
	echo "320404,钟楼区,大风,红色,Ⅰ,$(moment -10),$(moment +90)"
	echo "320402,天宁区,,红色,Ⅰ,$(moment -10),"
} >relay.csv
d 0 warnings srv relay.csv
says '^relay.csv: posted blue' '^relay.csv: amended yellow' '^relay.csv: rejected .*no kind of hazard' \
	'^notices posted 1, amended 1, nothing made of it 1, rejected 1$'

rule 'a receipt that does not come in time and an end are noted by the server itself'
me=a
z 0 do post 'title=夜间值守' recipient=320402003 "expires_at=$(moment -1)" --wait 60
await 30 sh -c "XDG_CONFIG_HOME=$tmp/a XDG_DATA_HOME=$tmp/a XDG_STATE_HOME=$tmp/a $zhiban sync >sync.out 2>&1
	XDG_CONFIG_HOME=$tmp/a XDG_DATA_HOME=$tmp/a XDG_STATE_HOME=$tmp/a $zhiban list notices --filter 夜间值守 --format jsonl |
	grep -q '\"lifted_at\"'" || offend "what has expired is still in force"
z 0 list notices --filter 'current 夜间值守' --count
says '^0$'

rule 'the centre posts a notice by hand, a street one to its own, and nobody beyond'
me=a
z 0 do post 'title=今晚点名查岗' notice_class=点名查岗 recipient=320402003 recipient=320402004 --wait 60
me=b
z 0 do post 'title=社区值守' recipient=320402003 --wait 60
z 5 do post 'title=越权' recipient=320402004
me=c
z 0 sync
z 0 list notices
says '今晚点名查岗'
says_not '社区值守'

if command -v curl >/dev/null 2>&1; then
	rule 'a system with a token for warnings sends one; others may not'
	d 0 system srv add qxt --source fangxun --kinds cap
	token=$(tail -n 1 out)
	d 0 system srv add other --source 12345
	other=$(tail -n 1 out)
	message h.xml H1 Alert Extreme 天宁区气象台发布台风红色预警
	post() {
		curl -sk --max-time 60 -H "Authorization: Bearer $1" --data-binary @h.xml \
			-w '\n%{http_code}\n' "$url/v1/cap" >out 2>err
	}
	post "$token"
	says '"outcome":"posted"' '"level":"red"' '^200$'
	post "$token"
	says '"outcome":"known"' '^200$'
	post "$other"
	says '^403$'
	post nonsense
	says '^401$'
else
	skip 'over HTTPS' 'there is no curl'
fi

shared=$top/../shared/data/cap
if [ -d "$shared" ]; then
	rule 'every real message is read or refused in words'
	d 1 warnings srv "$shared"/google/* "$shared"/oasiscap/*.xml* "$shared"/cn/*
	says 'invalid.cap: scope is missing' 'xee.cap: .*document type' 'yuanshi.*: status is missing' \
		'nothing made of it [0-9]+' 'files that are no warning 3$'
	rule 'of the real relay only the area of the district counts'
	d 0 warnings srv "$shared"/cn/cma_county_warnings_2026.csv.gz --at 2026-08-01T00:00 --dry-run
	says 'nothing made of it 35[0-9]+'
else
	skip 'real messages' 'the data are not here'
fi

rule 'with the line cut a notice is posted and signed for, shown as waiting, and sent later'
me=a
z 0 sync
stop
z 0 do post 'title=断网通知' level=red recipient=320402003
id=$(sed -n 1p out)
z 0 list notices --filter 断网通知 --format jsonl
says '"number":null' '"level":"red"' '"asked":1'
z 0 show "$id"
says 'pending' '茶山 +Receipt by'
z 0 do amend "$id" title=断网通知二
z 0 list notices --filter 断网通知二 --count
says '^1$'
serve srv "$(at_same_address)"
z 0 sync
z 0 list notices --filter 断网通知二 --format jsonl
says '"number":"[0-9]{8}-T' '"amendments":1'
z 0 show "$id"
says_not 'pending'

verify_clean srv
finish
