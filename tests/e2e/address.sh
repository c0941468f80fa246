#!/bin/sh
# Secret addresses of rosters' calendars: told once, read by a program that cannot log in, revoked; and written
# down nowhere.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
command -v curl >/dev/null || skip_all 'curl is not installed'

# get CODE URL [WORDS...]: what curl brings, into out.
get() {
	wanted=$1
	shift
	code=$(curl -sk --noproxy '*' -o out -w '%{http_code}' --max-time 60 "$@")
	: >err
	[ "$code" = "$wanted" ] || offend "$*: $code, not $wanted: $(head -c 300 out)"
}

rule 'a street with a roster of one day'
serve srv
enroll street srv 冯站 320402002 street_chief
cat >people.csv <<'END'
姓名,职务,联系电话,可任岗位,轮值次序
张三,主任,13900000001,带班 主班,1
李四,科员,13900000002,主班 副班,2
END
today=$(date +%Y-%m-%d)
cat >list.csv <<END
日期,班次,岗位,姓名
$today,全天,带班,张三
$today,全天,主班,李四
END
z 0 roster import people.csv --as staff
z 0 sync --wait 60
z 0 roster import list.csv --reason 补录
z 0 sync --wait 60

rule 'an address of the organisation, of a post, of a person'
z 0 roster address
says "^$url/ical/[0-9a-f]{64}\.ics"
address=$(head -n 1 out)
get 200 "$address"
says 'BEGIN:VCALENDAR' '主班 李四' '带班 张三'
says_not '1390000'
z 0 roster address --post 主班
get 200 "$(head -n 1 out)"
says '李四'
says_not '张三'
z 0 roster address --person 张三
get 200 "$(head -n 1 out)"
says 'SUMMARY:带班'
says_not '李四'

rule 'what has not changed is not sent again'
etag=$(curl -skI --noproxy '*' "$address" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
[ -n "$etag" ] || offend 'no ETag'
get 304 -H "If-None-Match: $etag" "$address"

rule 'asked for again it is another one; revoked there is none'
z 0 roster address
get 404 "$address"
address=$(z 0 roster address && head -n 1 out)
get 200 "$address"
z 0 roster address --revoke
get 404 "$address"
z 0 roster address --revoke
says 'no such address'

rule 'the token stands in no log and in no data'
token=${address##*/}
token=${token%.ics}
! grep -rq "$token" trace srv || offend "the token is written down: $(grep -rl "$token" trace srv)"

verify_clean srv
finish
