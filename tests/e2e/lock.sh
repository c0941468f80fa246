#!/bin/sh
# Who works at the screen: it locks, and a PIN opens it with or without the line; another officer takes
# the seat; a second factor; one's own PIN.
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE NO_COLOR
bin=${ZHIBAN_BUILDDIR:-.}/src
zhiban=$bin/console/zhiban
zhiband=$bin/daemon/zhiband
pty=${ZHIBAN_BUILDDIR:-.}/tests/tools/pty
tmp=$(mktemp -d)
XDG_CONFIG_HOME=$tmp/config XDG_STATE_HOME=$tmp/state
export XDG_CONFIG_HOME XDG_STATE_HOME
pid=
n=0

finish() {
	[ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

bail() {
	printf 'Bail out! %s\n' "$1"
	exit 1
}

# result RC NAME [FILE]: of a case, with what it said when it went wrong.
result() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %d - %s\n' "$n" "$2"
	else
		printf 'not ok %d - %s\n' "$n" "$2"
		[ -z "$3" ] || sed 's/^/# /' "$3"
	fi
}

serve() {
	: >"$tmp/ready"
	"$zhiband" serve "$tmp/server" --listen "${1:-127.0.0.1:0}" --trace "$tmp/trace" \
		>"$tmp/ready" 2>"$tmp/serve.err" &
	pid=$!
	i=0
	until grep -q '^ready ' "$tmp/ready"; do
		i=$((i + 1))
		kill -0 "$pid" 2>/dev/null && [ $i -lt 600 ] || bail "serve: $(cat "$tmp/serve.err")"
		sleep 0.05
	done
	url=$(sed -n 's/^ready //p' "$tmp/ready")
	port=${url##*:}
	export pid port
}

# pin NAME WORDS: a file with a PIN.
pin() {
	(umask 077; echo "$2" >"$tmp/$1.pin")
}

# plays NAME: the script on standard input, on the one console.
plays() {
	"$pty" -- $a >"$tmp/out" 2>&1
	result $? "$1" "$tmp/out"
}

# digits URI: the six digits of now (RFC 6238), of the secret in an otpauth:// address.
digits() {
	key=$(printf '%s' "$1" | sed -n 's/.*[?&]secret=\([A-Z2-7]*\).*/\1/p')
	while [ $((${#key} % 8)) -ne 0 ]; do
		key="$key="
	done
	hex=$(printf '%s' "$key" | base32 -d | od -An -v -tx1 | tr -d ' \n')
	step=$(printf '%016x' $(($(date +%s) / 30)))
	octal=$(printf '%s' "$step" | sed 's/../0x& /g' | xargs -n 1 printf '\\%03o')
	# shellcheck disable=SC2059
	mac=$(printf "$octal" |
		openssl dgst -sha1 -mac HMAC -macopt "hexkey:$hex" | sed 's/.* //')
	at=$((0x$(printf '%s' "$mac" | cut -c 40)))
	word=$(printf '%s' "$mac" | cut -c "$((at * 2 + 1))-$((at * 2 + 8))")
	printf '%06d' "$(((0x$word & 0x7fffffff) % 1000000))"
}

"$zhiband" init "$tmp/server" --profile tianning --listen 127.0.0.1:0 >"$tmp/init" 2>&1 ||
	bail "init: $(cat "$tmp/init")"
serve
pin li 246813
pin wang 135791
code=$("$zhiband" code "$tmp/server" --officer 李敏 | tail -n 1)
a="env XDG_DATA_HOME=$tmp/a.data $zhiban --config $tmp/a.conf"
$a enroll "$url" "$code" --pin-file "$tmp/li.pin" >"$tmp/out" 2>&1 || bail "enroll: $(cat "$tmp/out")"
"$zhiband" officer "$tmp/server" add 王建国 --role duty --pin-file "$tmp/wang.pin" >"$tmp/out" 2>&1 ||
	bail "officer: $(cat "$tmp/out")"
$a sync --wait 20 >"$tmp/out" 2>&1 || bail "sync: $(cat "$tmp/out")"
$a do register title=红梅夜市油烟噪声扰民 street=红梅 --wait 15 >"$tmp/out" 2>&1 ||
	bail "register: $(cat "$tmp/out")"
export a tmp zhiban zhiband

printf 'lock_after = "2s"\n' | cat - "$tmp/a.conf" >"$tmp/conf" && mv "$tmp/conf" "$tmp/a.conf"
chmod 600 "$tmp/a.conf"
plays 'nobody presses a key: nothing of the board is left, and the PIN opens it' <<END
wait 10 *在线
wait 10 红梅夜市
raw $tmp/raw
wait 20 已锁定
gone 5 红梅
send x
wait 5 李敏  PIN:
send 246813\r
wait 10 红梅夜市
send Q
exit 10 0
END
grep -q "$(printf '\033\\[3J')" "$tmp/raw"
result $? 'the terminal was told to forget what had scrolled off'

plays 'stopped and continued too late: it is locked before anything is shown' <<END
wait 10 红梅夜市
kill STOP
run 10 sleep 3
raw $tmp/raw
kill CONT
wait 10 已锁定
send \r246813\r
wait 10 红梅夜市
send Q
exit 10 0
END
sed -i '/^lock_after/d' "$tmp/a.conf"

plays 'a PIN that is wrong here may be right at the server: it is asked' <<END
wait 10 *在线
send K
wait 5 已锁定
send \r111111\r
wait 15 姓名或 PIN 不对
send 246813\r
wait 10 红梅夜市
send Q
exit 10 0
END

plays 'left while it was locked, it opens locked' <<END
wait 10 红梅夜市
send K
wait 5 已锁定
kill KILL
exit 5 137
END
plays 'and a PIN opens it, also when the server is away' <<END
wait 5 已锁定
gone 5 红梅
run 5 kill -9 $pid
wait 30 -断网
send \r111111\r222222\r333333\r
wait 15 秒后可再试
run 10 sleep 1.2
send 246813\r
wait 10 红梅夜市
send n
wait 5 备注
send 断网时李敏记下的话
send <F10>
wait 5 待传1
send :change 王建国\r
wait 5 PIN:
send 135791\r
wait 15 本终端尚无此人的 PIN
send \e
wait 5 红梅夜市
send Q
exit 10 0
END
serve "127.0.0.1:$port"

plays 'another officer takes the seat: what waits goes under its author, his drafts stay his' <<END
wait 30 *在线
wait 20 待传0
send n
wait 5 备注
send 草稿还没写完
send <F12>
wait 5 已锁定
send \r\t
wait 5 由谁接手
send 2
wait 5 姓名
send 王建国\r
wait 5 王建国  PIN:
send 135791\r
wait 20 本席位现由王建国值守
wait 5 值班员 王建国
gone 5 草稿还没
wait 10 待受理
send n
wait 5 备注
gone 5 草稿还没
send \e
wait 5 Enter详情
send K
wait 5 已锁定
send \r\t
wait 5 由谁接手
wait 5 1 王建国
send 2
wait 5 李敏  PIN:
send 246813\r
wait 20 本席位现由李敏值守
wait 10 待受理
send n
wait 5 草稿还没写完
send \e
wait 5 已存为草稿
send Q
exit 10 0
END
$a sync --wait 20 >"$tmp/out" 2>&1
$a show "$($a list incidents --columns number --format csv | tail -n 1 | cut -d, -f2)" >"$tmp/out" 2>&1
grep -q '断网时李敏记下的话' "$tmp/out" && grep '断网时李敏记下的话' "$tmp/out" | grep -q 李敏
result $? 'what was done offline is in the journal under its author' "$tmp/out"

uri=$("$zhiband" officer "$tmp/server" totp 王建国 2>"$tmp/err" | tail -n 1)
$a login --officer 王建国 --pin-file "$tmp/wang.pin" >"$tmp/out" 2>&1 </dev/null
[ $? -eq 5 ]
result $? 'a second factor is wanted, and said so' "$tmp/out"
$a login --officer 王建国 --pin-file "$tmp/wang.pin" --totp 000000 >"$tmp/out" 2>&1 </dev/null
[ $? -eq 5 ]
result $? 'a wrong one does not do' "$tmp/out"
printf '#!/bin/sh\nuri=%s\n' "'$uri'" >"$tmp/totp.sh"
sed -n '/^digits()/,/^}/p' "$0" >>"$tmp/totp.sh"
printf 'digits "$uri"\n' >>"$tmp/totp.sh"
plays 'the screen asks for it only when the server wants it' <<END
wait 10 *在线
send :change 王建国\r
wait 5 王建国  PIN:
send 135791\r
wait 20 动态验证码
run 5 sh $tmp/totp.sh >$tmp/digits
send <Esc>
wait 5 Enter详情
send Q
exit 10 0
END
$a login --officer 王建国 --pin-file "$tmp/wang.pin" --totp "$(digits "$uri")" >"$tmp/out" 2>&1
result $? 'its six digits let him in' "$tmp/out"
$a login --officer 李敏 --pin-file "$tmp/li.pin" >"$tmp/out" 2>&1 || bail "login: $(cat "$tmp/out")"

pin new 975318
$a pin --pin-file "$tmp/wang.pin" --new-pin-file "$tmp/new.pin" >"$tmp/out" 2>&1
[ $? -ne 0 ]
result $? 'a PIN is not changed without the old one' "$tmp/out"
$a pin --pin-file "$tmp/li.pin" --new-pin-file "$tmp/new.pin" >"$tmp/out" 2>&1
result $? 'with it, it is' "$tmp/out"
plays 'and the locked screen opens with the new one' <<END
wait 10 红梅夜市
send K
wait 5 已锁定
send \r975318\r
wait 10 红梅夜市
send Q
exit 10 0
END

"$pty" -- $a --plain >"$tmp/out" 2>&1 <<END
wait 20 红梅夜市
send lock\r
wait 5 已锁定
gone 5 红梅
send 111111\r
wait 10 PIN 不正确
gone 1 111111
send 975318\r
wait 10 >
send g\r
wait 5 红梅夜市
send Q\r
exit 10 0
END
result $? 'line by line, too' "$tmp/out"

for word in 246813 135791 975318; do
	grep -rlF "$word" "$tmp/a.data" "$tmp/state" "$tmp/a.conf" "$tmp/trace" 2>/dev/null
done >"$tmp/out"
[ ! -s "$tmp/out" ]
result $? 'no PIN stands in any file of the console or in a trace' "$tmp/out"

echo "1..$n"
