#!/bin/sh
# Running it for years: what balances load, watches and asks how it is; plain HTTP behind a proxy; limits
# of zhiband.conf; the unit of systemd; levels in the log.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
command -v curl >/dev/null || skip_all 'curl is not installed'

# get CODE URL [WORDS...]: what curl brings, into out.
get() {
	wanted=$1
	shift
	code=$(curl -sk -o out -w '%{http_code}' --max-time 60 "$@")
	: >err
	[ "$code" = "$wanted" ] || offend "$*: $code, not $wanted: $(head -c 300 out)"
}

# plain: where plain HTTP is served, by the log.
plain() {
	sed -n 's/.*plain HTTP on 127.0.0.1 port \([0-9]*\).*/http:\/\/127.0.0.1:\1/p' trace | tail -n 1
}

# configured KEY = VALUE: one more line of zhiband.conf.
configured() {
	printf '%s\n' "$*" >>srv/zhiband.conf
}

rule 'a server and a console'
serve srv
enroll a srv 王岗
register 运维时的事件

rule '/healthz and /readyz are for everybody; /metrics is not there for strangers'
get 200 "$url/healthz"
get 200 "$url/readyz"
says '^ready$'
get 404 "$url/metrics"
get 404 "$url/metrics" -H 'Authorization: Bearer guess'
get 200 http://admin/metrics --unix-socket srv/admin.sock
says '^zhiban_acts_total\{verdict="applied"\} [1-9]' '^zhiban_journal_seq [1-9]' \
	'^zhiban_requests_total\{method="POST",route="/v1/acts",status="200"\} [1-9]' \
	'^zhiban_feeds_parked ' '^zhiban_queue ' '^zhiban_writer_batches_total [1-9]' \
	'^zhiban_clocks_fired_total ' '^zhiban_feed_lag_seconds ' '^zhiban_http_connections\{listener="tls"\}'

rule 'zhiband status says it to people and to programs, whether it runs or not'
d 0 status srv
says '^running +yes' '^entries +[1-9]' '^acts applied +[1-9]' '^certificate until +20'
d 0 status srv --json
same running "$(json running)" true
same url "$(json url)" "$url"
seq=$(json seq)
head=$(json head)
same 'the head has 64 digits' "$(printf %s "$head" | wc -c)" 64
stop
d 0 status srv --json
same running "$(json running)" false
same seq "$(json seq)" "$seq"
same head "$(json head)" "$head"
d 1 status nowhere
says 'is no data folder'

rule 'the heads of journal and audit log go to the log'
grep -qE 'journal head: entry [0-9]+ sha256 [0-9a-f]{64}; audit head: line [0-9]+' trace ||
	offend "the log does not say it: $(cat trace)"

rule 'plain HTTP is for this machine alone: another address is refused in words'
configured 'http = "0.0.0.0:0"'
d 1 serve srv
says '0.0.0.0 can be reached from elsewhere: plain HTTP is for 127.0.0.1'

rule 'on loopback it is served, and what came through a proxy is not of this machine'
sed -i '/^http = /d' srv/zhiband.conf
configured 'http = "127.0.0.1:0"'
configured 'forwarded = true'
configured 'metrics_token = "watching"'
serve srv "$(at_same_address)"
get 200 "$(plain)/readyz"
get 200 "$(plain)/metrics"
get 404 "$(plain)/metrics" -H 'X-Forwarded-For: 127.0.0.1'
get 400 "$(plain)/healthz" -H 'X-Forwarded-For: nobody'
get 200 "$(plain)/healthz" -H 'X-Forwarded-For: 203.0.113.9'
grep -q 'GET /healthz 200 .* 203.0.113.9' trace || offend "the log has another address: $(tail -n 3 trace)"
get 200 "$url/metrics" -H 'Authorization: Bearer watching'
get 401 "$url/v1/session" -H 'Authorization: Bearer watching'
z 0 sync

rule 'a limit of zhiband.conf: 429 with Retry-After, the administrator and this machine are free'
stop
configured 'rate_address = 1'
serve srv "$(at_same_address)"
n=0
while [ "$(curl -sk -o out -D head -w '%{http_code}' "$url/healthz")" = 200 ] && [ "$n" -lt 50 ]; do
	n=$((n + 1))
done
grep -q '^HTTP/1.1 429' head || offend "no 429 after $n: $(cat head)"
grep -qi '^Retry-After: [1-9]' head || offend "no Retry-After: $(cat head)"
d 0 status srv
for _ in 1 2 3 4 5 6 7 8; do
	get 200 "$(plain)/healthz"
done
stop
sed -i '/^rate_address/d' srv/zhiband.conf

rule 'a disk that is full makes it not ready, and says why'
serve srv "$(at_same_address)"
get 200 "$url/readyz"
if command -v prlimit >/dev/null && prlimit --pid "$server" --fsize=1024: 2>err; then
	not_ready() {
		[ "$(curl -sk -o out -w '%{http_code}' "$url/readyz")" = 503 ]
	}
	await 30 not_ready || offend 'it is ready all the same'
	says 'the data cannot be used now'
	d 0 status srv
	says '^cannot write +'
	prlimit --pid "$server" --fsize=unlimited:
	ready_again() {
		[ "$(curl -sk -o out -w '%{http_code}' "$url/readyz")" = 200 ]
	}
	await 30 ready_again || offend "it does not come back: $(cat out)"
fi

rule 'to the journal of systemd a line has its level and no time'
stop
: >serve.err
JOURNAL_STREAM=$(stat -c '%d:%i' serve.err)
export JOURNAL_STREAM
serve srv "$(at_same_address)" --trace -
z 0 sync
stop
unset JOURNAL_STREAM
grep -q '^<5>serving srv on 127.0.0.1 port' serve.err || offend "$(cat serve.err)"
grep -q '^<6>GET /v1/feed 200 ' serve.err || offend "$(cat serve.err)"
grep -q '^<5>ended$' serve.err || offend "$(cat serve.err)"
! grep -qvE '^<[3-7]>' serve.err || offend "without a level: $(grep -vE '^<[3-7]>' serve.err)"

rule 'systemd is told when it is ready and when it ends'
if command -v python3 >/dev/null; then
	cat >listen.py <<'END'
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("notify")
print("listening", flush=True)
s.settimeout(100)
for _ in range(2):
    print(s.recv(100).decode(), flush=True)
END
	python3 listen.py >told &
	pids="$pids $!"
	await 30 grep -q listening told
	NOTIFY_SOCKET=$tmp/notify serve srv "$(at_same_address)"
	await 30 grep -q '^READY=1' told || offend "$(cat told)"
	stop
	await 30 grep -q '^STOPPING=1' told || offend "$(cat told)"
else
	skip 'systemd is told' 'python3 is not installed'
fi

rule 'the unit is what systemd understands, and lets the program do little else'
unit=$bld/src/daemon/zhiband.service
grep -q "^ExecStart=/.*/zhiband serve /var/lib/zhiban$" "$unit" || offend "$(grep ExecStart "$unit")"
if command -v systemd-analyze >/dev/null; then
	mkdir units
	sed "s|^ExecStart=[^ ]*|ExecStart=$zhiband|; /^Documentation=/d" "$unit" >units/zhiband.service
	systemd-analyze verify units/zhiband.service 2>err || offend "$(cat err)"
	! grep -i 'unknown\|ignoring\|invalid' err || offend "$(cat err)"
	systemd-analyze security --offline=true --threshold=20 units/zhiband.service >out 2>err ||
		offend "more exposed than 2.0: $(tail -n 2 out)"
fi

verify_clean srv
finish
