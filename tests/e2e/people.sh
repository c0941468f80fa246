#!/bin/sh
# People: the three administrators over the network, codes, second factor, own PIN, officers that move,
# sessions and consoles that are revoked, a flood of log-ins, and the audit log of it all.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
command -v curl >/dev/null || skip_all 'curl is not installed'
command -v openssl >/dev/null || skip_all 'openssl is not installed'

# get CODE URL [WORDS...]: what curl brings, into out.
get() {
	wanted=$1
	shift
	got=$(curl -sk -o out -D head -w '%{http_code}' --max-time 60 "$@")
	: >err
	[ "$got" = "$wanted" ] || offend "$*: $got, not $wanted: $(head -c 300 out)"
}

# by NAME CODE METHOD WHAT [WORDS...]: a request of an administrator whose token is in the file NAME.
by() {
	name=$1 wanted_=$2 method=$3 what=$4
	shift 4
	get "$wanted_" -X "$method" -H "Authorization: Bearer $(cat "$name")" "$@" "$url/v1/manage/$what"
}

# administrator NAME CODE: enrols with a code; his token into the file NAME.
administrator() {
	get 200 "$url/v1/enroll" -d "{\"code\":\"$2\",\"name\":\"$1\",\"pin\":\"2468\",\"console_name\":\"$1\"}"
	json token >"$1"
	json console >"$1.console"
}

# totp URI: the six digits of now.
totp() {
	secret=$(printf '%s' "$1" | sed 's/.*secret=\([A-Z2-7]*\).*/\1/')
	key=$(printf '%s' "$secret" | base32 -d | od -An -tx1 | tr -d ' \n')
	mac=$(printf '%016x' $(($(date +%s) / 30)) | sed 's/../\\x&/g' | xargs -0 printf '%b' |
		openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" -binary | od -An -tx1 | tr -d ' \n')
	at=$((0x$(printf '%s' "$mac" | cut -c40) * 2))
	number=$((0x$(printf '%s' "$mac" | cut -c$((at + 1))-$((at + 8))) & 0x7fffffff))
	printf '%06d\n' $((number % 1000000))
}

# log_in CODE OFFICER CONSOLE PIN [TOTP]: over HTTPS; the answer into out.
log_in() {
	get "$1" "$url/v1/session" \
		-d "{\"console\":\"$3\",\"officer\":\"$2\",\"pin\":\"$4\"${5:+,\"totp\":\"$5\"}}"
}

rule 'init makes a code for each of the three administrators, the last alone on its line'
serve srv
same 'codes' "$(grep -cE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9a-f]{10}$' init.out)" 3
codes=$(grep -oE '[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9a-f]{10}$' init.out)
administrator sys "$(echo "$codes" | sed -n 1p)"
administrator aud "$(echo "$codes" | sed -n 2p)"
administrator sec "$(echo "$codes" | sed -n 3p)"

rule 'each administers his own thing, and to all others it is not there'
by sec 200 GET officers
says 'sysadmin' 'audadmin' 'secadmin'
by sys 200 GET status
by aud 200 GET audit
for who in sys aud; do
	by $who 404 GET officers
	by $who 404 GET sessions
	by $who 404 POST codes -d 'officer=x'
done
for who in sys sec; do
	by $who 404 GET audit
done
by sec 404 GET status
get 401 "$url/v1/manage/officers"
get 404 "$url/v1/admin/officers" -H "Authorization: Bearer $(cat sec)"

rule 'the security administrator makes an account and a code; the officer enrols with it'
by sec 200 POST officers --data-binary 'op=add
name=赵岗
org=chengguan
role=dept'
by sec 200 POST codes --data-binary 'officer=赵岗
hours=2'
code=$(head -n 1 out)
by sec 200 GET codes
says '赵岗.*chengguan.*dept.*sec'
says_not "$(echo "$code" | cut -c1-14)"
me=zhao
printf '13579\n' >pin
chmod 600 pin
z 0 enroll "$url" "$code" --pin-file pin
z 0 sync

rule 'he makes no administrator, and changes neither himself nor a colleague'
for form in 'op=add name=恶 role=audadmin' 'op=passwd name=aud pin=9999' 'op=disable name=sys' \
	'op=move name=sec role=leader org=zhongxin' 'op=totp-off name=sec' 'op=move name=赵岗 role=sysadmin'; do
	by sec 403 POST officers --data-binary "$(echo "$form" | tr ' ' '\n')"
done
by sec 403 POST codes --data-binary 'officer=aud'
by sec 403 DELETE sessions -G -d officer=aud
by aud 200 GET audit

rule 'a code that was taken back, or is used up, lets nobody in'
d 0 code srv --officer 钱岗 --hours 1
code=$(tail -n 1 out)
d 0 code srv list
id=$(awk -F'\t' '$2 == "钱岗" { print $1 }' out)
d 0 code srv revoke "$id"
says '^1$'
d 1 code srv revoke "$id"
me=qian
z 5 enroll "$url" "$code" --pin-file pin
d 2 code srv revoke
d 2 code srv lose
d 1 code srv --hours 400

rule 'an officer moves: the session stays, what it sees is that of the new place'
enroll duty srv 王岗
register 两单位之间的事件
me=zhao
z 0 sync
z 1 show "$id"
d 0 officer srv move 赵岗 --org zhongxin --role duty --reason '轮岗'
z 0 sync --wait 60
z 0 show "$id"
z 0 list people
says '赵岗.*值班员|赵岗.*中心'
d 1 officer srv move 赵岗 --org nowhere
d 1 officer srv move 无人 --org zhongxin

rule 'an officer sets his own PIN'
console=$(d 0 console srv list; awk -F'\t' '$5 == "赵岗" { print $1 }' out)
log_in 200 赵岗 "$console" 13579
json token >other
get 200 -X POST "$url/v1/pin" -H "Authorization: Bearer $(cat other)" -d '{"old":"13579","new":"97531"}'
log_in 401 赵岗 "$console" 13579
log_in 200 赵岗 "$console" 97531
me=zhao
z 5 sync # its session knew the old one
printf '97531\n' >pin2
chmod 600 pin2
z 0 login --officer 赵岗 --pin-file pin2
z 0 sync

rule 'a second factor: asked for, right once'
d 0 officer srv totp 赵岗
says '^otpauth://totp/.*secret=[A-Z2-7]{32}&issuer='
uri=$(cat out)
log_in 401 赵岗 "$console" 97531
says 'SECOND'
log_in 401 赵岗 "$console" 97531 000000
digits=$(totp "$uri")
log_in 200 赵岗 "$console" 97531 "$digits"
log_in 401 赵岗 "$console" 97531 "$digits"
d 0 officer srv list
says '赵岗.*yes'
d 0 officer srv totp-off 赵岗
log_in 200 赵岗 "$console" 97531

rule 'a session that is revoked ends at once, also one that waits'
duty=$(d 0 console srv list; awk -F'\t' '$5 == "王岗" { print $1 }' out)
log_in 200 王岗 "$duty" 13579
json token >waits
get 200 "$url/v1/feed?since=0" -H "Authorization: Bearer $(cat waits)"
next=$(json next)
curl -sk -o waited -w '%{http_code}' --max-time 60 "$url/v1/feed?since=$next&wait=50" \
	-H "Authorization: Bearer $(cat waits)" >waited.code &
feed=$!
pids="$pids $feed"
await 30 sh -c "curl -sk --unix-socket srv/admin.sock http://admin/metrics | grep -q '^zhiban_feeds_parked [1-9]'" ||
	offend 'no feed waits'
d 0 session srv list
says '王岗'
d 0 session srv revoke 王岗
wait "$feed"
same 'the feed that waited' "$(cat waited.code)" 401
me=duty
z 5 sync
d 1 session srv revoke 王岗

rule 'a lost console is closed: nobody logs in on it'
d 0 console srv revoke "$duty"
log_in 403 王岗 "$duty" 13579
d 0 console srv list
says "$duty.*closed"
d 1 console srv revoke 00000000-0000-7000-8000-000000000000

rule 'a backup over the network goes where the server keeps them'
by sys 200 POST backup
file=$(head -n 1 out)
case $file in
*srv/backups/zhiban-*) d 0 verify "$file" ;;
*) offend "not there: $file" ;;
esac
by sec 404 POST backup

rule 'a flood of log-ins is held off with Retry-After, and others are answered meanwhile'
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	printf 'insecure\nurl = "%s/v1/session"\noutput = "/dev/null"\ndata = "%s"\nwrite-out = "%%{http_code} %%header{retry-after}\\n"\nnext\n' \
		"$url" "{\\\"console\\\":\\\"$console\\\",\\\"officer\\\":\\\"n$i\\\",\\\"pin\\\":\\\"0000\\\"}"
done | sed '$d' >flood.conf
curl -sk --parallel --parallel-immediate --parallel-max 60 --max-time 60 -K flood.conf >flood.out 2>/dev/null &
flood=$!
pids="$pids $flood"
get 200 "$url/healthz"
by sec 200 GET officers
wait "$flood"
same 'answers' "$(wc -l <flood.out)" 60
[ "$(grep -c '^429 [1-9]\|^503 [1-9]' flood.out)" -ge 20 ] || offend "few were held off: $(sort flood.out | uniq -c)"
! grep -vE '^(401 |(429|503) [1-9])' flood.out || offend 'another answer came'
await 100 sh -c "[ \"\$(curl -sk -o /dev/null -w '%{http_code}' '$url/v1/session' \
	-d '{\"console\":\"$console\",\"officer\":\"赵岗\",\"pin\":\"97531\"}')\" = 200 ]" ||
	offend 'nobody gets in any more'

rule 'the review names accounts; programs read the lists'
by sec 200 GET review
d 0 officer srv review
d 0 officer srv list --format json
says '^\[\{"officer":"' '"role":"secadmin"'
d 0 officer srv list --format table
says '^Officer +Organisation'
d 1 officer srv list --format xml

rule 'the audit log has it all, and no PIN'
d 0 audit srv --limit 1000
says 'login_failed' 'code_revoke' 'account_move.*赵岗.*轮岗' 'pin_own' 'totp_off' 'session_revoke' \
	'console_revoke' 'backup' 'manage_denied.*GET /v1/manage/officers' 'local'
says_not '97531' '13579'
d 0 audit srv --what account_move --format jsonl
says '^\{"no":"[0-9]+","at":"20.*"who":"local","about":"赵岗"'
d 0 audit srv --what code --format table
says 'enrolment code made'
d 0 audit srv --since 2050-01-01
[ ! -s out ] || offend "from the future: $(head -n 1 out)"

rule 'without a server running the commands work as well, and leave their lines'
stop
d 0 officer srv disable 赵岗
d 0 audit srv --what account_close
says '赵岗'
verify_clean srv
finish
