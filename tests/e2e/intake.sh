#!/bin/sh
# Other systems, with curl over TLS: tokens, cases with an answer for each, limits, Open311 in both
# forms; and a thousand real rows where they are.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
command -v curl >/dev/null 2>&1 || {
	skip 'other systems over TLS' 'there is no curl'
	finish
}

# hit STATUS PATH [OPTIONS OF CURL...]: asks; the body is in out, the head in head.
hit() {
	wanted=$1
	at=$2
	shift 2
	: >err
	rc=$(curl -s --noproxy '*' -k --globoff -m "$limit" -D head -o out -w '%{http_code}' "$@" "$url$at")
	[ "$rc" = "$wanted" ] || offend "$at: $rc instead of $wanted: $(head -c 500 out)"
}

# rows STATUS TOKEN FILE [QUERY]: a file as the body of an intake.
rows() {
	hit "$1" "/v1/intake${4:+?$4}" -H "Authorization: Bearer $2" --data-binary "@$3"
}

# counts OK EXISTS REJECTED: what the last intake said.
counts() {
	same 'ok, exists, rejected' "$(json ok | head -n 1) $(json exists) $(json rejected)" "$1 $2 $3"
}

token() {
	d 0 system "$@"
	tail -n 1 out
}

# Only the numbers of the head of the answer, not those of its rows.
json() {
	tr '{' '\n' <out | sed -n 's/.*"'"$1"'":\([0-9]*\).*/\1/p' | head -n 1
}

mkdir p
cp "$top"/profiles/*.csv "$top"/profiles/*.conf p/
cat >>p/tianning.conf <<'END'
open311 {
	jurisdiction = "tianning.example"
	contact = "12345"
	show = {"weijingwu"}
	address = "full"
	position = true
	service "0202" {
		notice = "四小时内先行围护"
		attribute "state" { description = "井盖怎么了" type = "singlevaluelist" required = true
			values = {"missing=缺失", "broken=破损"} }
	}
	service "0601" { type = "batch" }
}
END
profile=$tmp/p/tianning.conf

rule 'a server; tokens are made, listed, and are in no file'
serve srv
city=$(token srv add city --source 12345 --rate 1000)
old=$(token srv add old --source 110 --rate 1000 --kinds intake,history)
app=$(token srv add app --source weijingwu --rate 1000 --kinds open311)
slow=$(token srv add slow --source 12345 --rate 2 --kinds intake,open311)
same 'length of a token' "${#city}" 64
d 0 system srv list
says '^app.*weijingwu.*open311.*1000/min.*active$' '^old.*intake,history' '^slow.*2/min'
says_not "$city"
! grep -r -q -e "$city" srv trace || offend 'the token stands in a file'
d 1 system srv add city --source 12345
d 1 system srv add x --source nowhere
says 'nowhere' '12345'
d 2 system srv add x
d 2 system srv
d 1 system srv revoke nobody
d 0 audit srv
says 'system_add.*local.*city.*12345 zhongxin intake'
says_not "$city"

# --- intake ------------------------------------------------------------------------------------------

cat >three.json <<'END'
{"rows":[
 {"编号":"W-1","标题":"井盖缺失","类别":"井盖缺损","电话":"13800000001","姓名":"张三","楼栋":"7栋"},
 {"编号":"W-2","电话":"13800000002"},
 {"编号":"W-3","标题":"路灯不亮","时间":"昨天"},
 {"编号":"W-4","内容":"河水发黑，有味道"}]}
END
rule 'no token, a wrong one, a person'\''s, one for something else'
hit 401 /v1/intake --data-binary @three.json
grep -q '"error":"AUTH"' out || offend "$(cat out)"
rows 401 wrong three.json
rows 401 "$(printf '%064d' 0)" three.json
rows 403 "$app" three.json
hit 401 /v1/feed -H "Authorization: Bearer $city"
hit 404 /metrics -H "Authorization: Bearer $city"

rule 'each row has its answer, and no answer a telephone'
rows 200 "$city" three.json
counts 2 0 2
says '"kept":\["楼栋"\],"number":"[0-9]{8}-0001","row":1' '"field":"title","row":2' '"field":"时间","row":3' \
	'"row":4,"src_no":"W-4","verdict":"ok"'
says_not 13800000001
rule 'sent again, nothing is there twice; the numbers come back'
cp out first
rows 200 "$city" three.json
counts 0 2 2
same 'numbers' "$(grep -o '"number":"[^"]*"' out | sort)" "$(grep -o '"number":"[^"]*"' first | sort)"
rule 'the bad rows, put right, come in alone'
sed -i 's/"编号":"W-2",/"编号":"W-2","标题":"停水",/; s/昨天/2026-01-02 03:04/' three.json
rows 200 "$city" three.json
counts 2 2 0
rule 'a dry run keeps nothing'
printf '编号,标题\nD-1,试\n' >dry.csv
rows 200 "$city" dry.csv dry=1
counts 1 0 0
rows 200 "$city" dry.csv dry=1
counts 1 0 0
rule 'lines of JSON, CSV in GB18030, packed bodies'
printf '{"id":"L-1","title":"一"}\n{bad\n{"id":"L-3","title":"三"}\n' >lines
rows 200 "$city" lines
counts 2 0 1
if command -v iconv >/dev/null 2>&1; then
	printf '编号,标题\nG-1,国标\n' | iconv -f UTF-8 -t GB18030 >gb.csv
	rows 200 "$city" gb.csv
	counts 1 0 0
fi
gzip -c three.json >three.gz
hit 200 /v1/intake -H "Authorization: Bearer $city" -H 'Content-Encoding: gzip' --data-binary @three.gz
counts 0 4 0

rule 'too much: rows, bytes, a bomb'
awk 'BEGIN { print "title"; for (i = 0; i < 501; i++) print "t" i }' >many.csv
rows 413 "$city" many.csv
awk 'BEGIN { for (i = 0; i < 260000; i++) printf "0123456789"; print "" }' >big
rows 413 "$city" big
awk 'BEGIN { for (i = 0; i < 2600000; i++) printf "0000000000" }' | gzip -c >bomb.gz
hit 413 /v1/intake -H "Authorization: Bearer $city" -H 'Content-Encoding: gzip' --data-binary @bomb.gz
hit 413 /open311/v2/requests.xml --data-binary @big
rule 'nonsense is refused in words'
for body in '' '[]' '{"rows":[]}' 'x'; do
	hit 400 /v1/intake -H "Authorization: Bearer $city" -d "$body"
	grep -q '"sentence":"..' out || offend "$(cat out)"
done

rule 'above its rate: 429 with Retry-After; others go on'
rows 200 "$slow" dry.csv dry=1
rows 200 "$slow" dry.csv dry=1
rows 429 "$slow" dry.csv dry=1
grep -qi '^retry-after: [1-9]' head || offend "no Retry-After: $(cat head)"
rows 200 "$city" dry.csv dry=1
hit 429 /open311/v2/requests.json -d "api_key=$slow"
grep -q '^\[{"code":429,' out || offend "$(cat out)"

rule 'history only by who may'
printf '编号,标题,时间,状态\nH-1,旧,2024-01-02,已办结\n' >old.csv
rows 403 "$city" old.csv historic=1
rows 200 "$old" old.csv historic=1
says '"number":"20240102-0001"'

rule 'a console has them like any other: open, numbered, with clocks; the person where it may'
enroll a srv 王岗
z 0 list incidents --filter 井盖缺失 --format jsonl
id=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' out | head -n 1)
z 0 show "$id"
says 'city' '热线' '井盖缺损' '楼栋 +7栋'
z 0 show "$id" --format json
says '"due":[0-9]'

# --- Open311 -------------------------------------------------------------------------------------------

v2=/open311/v2
well_formed() {
	command -v xmllint >/dev/null 2>&1 || return 0
	xmllint --noout --nonet out 2>xml.err || offend "no XML: $(head -c 300 xml.err) $(head -c 300 out)"
}

rule 'discovery, services and what they ask, in both forms'
for form in xml json; do
	hit 200 /open311/discovery.$form
	says "${url}$v2"
	hit 200 $v2/services.$form
	says 0202 井盖缺损 batch
	hit 200 $v2/services/0202.$form
	says 井盖怎么了 missing
done
hit 200 $v2/services.xml
well_formed
grep -qi '^content-type: text/xml; charset=utf-8' head || offend "$(cat head)"
hit 200 $v2/services.json
grep -qi '^content-type: application/json' head || offend "$(cat head)"

rule 'errors are those of the standard'
hit 404 $v2/services/9999.xml
says '<errors><error><code>404</code><description>'
well_formed
hit 404 "$v2/services.json?jurisdiction_id=elsewhere"
says '^\[\{"code":404,"description":".*elsewhere'
hit 403 $v2/requests.xml -d service_code=0202
says '<code>403</code>'
hit 403 $v2/requests.json -d service_code=0202 -d api_key=wrong
hit 403 $v2/requests.json -d service_code=0202 -d "api_key=$city"
hit 400 $v2/requests.json -d service_code=0202 -d "api_key=$app"
same 'faults' "$(grep -o '"code":400' out | wc -l | tr -d ' ')" 2
hit 400 $v2/requests.json -F service_code=0202 -F "api_key=$app"
hit 400 "$v2/requests.json?start_date=2026-01-01&end_date=2026-12-31"

rule 'a request is made, found, and the same when it is sent again'
make_one() {
	hit 200 "$v2/requests.$1" -d service_code=0202 -d "api_key=$app" -d lat=31.7719 -d long=119.9741 \
		--data-urlencode 'address_string=和平路 <1> 号 & 旁' --data-urlencode 'description=井盖没了，快来' \
		-d 'attribute[state]=missing' -d jurisdiction_id=tianning.example \
		--data-urlencode 'first_name=三' --data-urlencode 'last_name=张' -d phone=13800000009 -d email=a@b.example
}
make_one json
number=$(sed -n 's/.*"service_request_id":"\([^"]*\)".*/\1/p' out)
says '"service_notice":"四小时内先行围护"'
make_one xml
says "<service_request_id>$number</service_request_id>"
well_formed
for path in "requests/$number" requests; do
	for form in json xml; do
		hit 200 $v2/$path.$form
		says "$number" 0202 open 'lt;1|<1>' 31.771900
		says_not 13800000009 张三 'a@b' 快来
		[ $form = json ] || well_formed
	done
done
hit 200 "$v2/requests.json?service_request_id=$number,00000000-0000"
says "$number"
hit 200 "$v2/requests.json?status=closed"
same 'closed ones' "$(cat out)" '[]'
hit 200 "$v2/requests.json?service_code=0601"
same 'others' "$(cat out)" '[]'
z 0 sync
z 0 list incidents --filter "$number" --format jsonl
id=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' out | head -n 1)
z 0 show "$id"
says '井盖怎么了 +缺失' '井盖没了，快来'

rule 'a token is given where the service says so, and gives the number'
hit 200 $v2/requests.json -d service_code=0601 -d "api_key=$app" -d address_id=7
ticket=$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' out)
[ -n "$ticket" ] || offend "no token: $(cat out)"
hit 200 "$v2/tokens/$ticket.xml"
says '<service_request_id>[0-9]{8}-[0-9]{4}</service_request_id>'
hit 404 "$v2/tokens/nothing.json"

rule 'what came another way is not shown; its system sees its own'
hit 200 $v2/requests.json
same 'shown' "$(grep -o '"service_request_id"' out | wc -l | tr -d ' ')" 2
hit 200 "$v2/requests.json?api_key=$app"
same 'shown to app' "$(grep -o '"service_request_id"' out | wc -l | tr -d ' ')" 2
hit 403 "$v2/requests.json?api_key=$city"

rule 'a revoked token is worth nothing at once; a server that starts again knows the others'
d 0 system srv revoke slow
rows 401 "$slow" dry.csv
hit 403 $v2/requests.json -d "api_key=$slow"
d 0 system srv list
says '^slow.*revoked$'
d 0 audit srv
says 'system_revoke.*slow'
stop
d 0 system srv list
again=$(token srv add slow --source 12345)
serve srv "$(at_same_address)"
rows 401 "$slow" dry.csv
rows 200 "$again" dry.csv
rows 200 "$city" three.json
counts 0 4 0

# --- real rows -------------------------------------------------------------------------------------------

data=${ZHIBAN_SHARED:-}/data
# real FILE TOKEN: five hundred a time; every row has an answer, and again nothing is new.
real() {
	name=$1
	rule "1,000 real rows of $name, in batches, twice"
	for round in 1 2; do
		sum_ok=0 sum_there=0 sum_bad=0
		for part in "$name".part.*; do
			rows 200 "$2" "$part"
			sum_ok=$((sum_ok + $(json ok)))
			sum_there=$((sum_there + $(json exists)))
			sum_bad=$((sum_bad + $(json rejected)))
		done
		printf '# %s, time %d: ok %d, exists %d, rejected %d\n' "$name" $round $sum_ok $sum_there $sum_bad
		same 'answers' $((sum_ok + sum_there + sum_bad)) 1000
		if [ $round = 1 ]; then
			good=$((sum_ok + sum_there))
			[ $sum_bad -lt 500 ] || offend "too many were rejected: $(head -c 600 out)"
		else
			same 'new the second time' $sum_ok 0
			same 'there the second time' $sum_there $good
		fi
	done
}
if [ -e "$data/incidents_zh/taidi-hot.jsonl.gz" ]; then
	gzip -dc "$data/incidents_zh/taidi-hot.jsonl.gz" 2>/dev/null | head -n 1000 | split -l 500 - taidi.part.
	real taidi "$city"
else
	skip '1,000 rows of incidents_zh' 'shared data are not here'
fi
if [ -e "$data/incidents_en/boston311_2011.csv.gz" ]; then
	gzip -dc "$data/incidents_en/boston311_2011.csv.gz" 2>/dev/null | head -n 1001 >boston.csv
	# a live case cannot be closed already: that column is kept under another name
	{ head -n 1 boston.csv; sed -n 2,501p boston.csv; } | sed '1s/closed/closed_there/' >boston.part.1
	{ head -n 1 boston.csv; sed -n 502,1001p boston.csv; } | sed '1s/closed/closed_there/' >boston.part.2
	real boston "$city"
else
	skip '1,000 rows of boston311' 'shared data are not here'
fi

rule 'a backup and what is restored from it know the tokens'
d 0 backup srv saved
stop
d 0 restore saved back
serve back
rows 200 "$city" three.json
counts 0 4 0
rows 401 "$slow" dry.csv
stop
verify_clean srv
finish
