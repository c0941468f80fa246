#!/bin/sh
# What is typed into a form survives kill -9 of the console, and the end of its line; one console of an
# officer goes on with what another began; what is sent is gone from the list.
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

result() {
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %d - %s\n' "$n" "$2"
	else
		printf 'not ok %d - %s\n' "$n" "$2"
		[ -z "$3" ] || sed 's/^/# /' "$3"
	fi
}

plays() {
	"$pty" -c 100 -r 30 -- $a >"$tmp/out" 2>&1
	result $? "$1" "$tmp/out"
}

"$zhiband" init "$tmp/server" --profile tianning --listen 127.0.0.1:0 >"$tmp/init" 2>&1 ||
	bail "init: $(cat "$tmp/init")"
"$zhiband" serve "$tmp/server" --listen 127.0.0.1:0 >"$tmp/ready" 2>"$tmp/serve.err" &
pid=$!
i=0
until grep -q '^ready ' "$tmp/ready"; do
	i=$((i + 1))
	kill -0 "$pid" 2>/dev/null && [ $i -lt 600 ] || bail "serve: $(cat "$tmp/serve.err")"
	sleep 0.05
done
(umask 077; echo 246813 >"$tmp/li.pin")
code=$("$zhiband" code "$tmp/server" --officer 李敏 | tail -n 1)
a="env XDG_DATA_HOME=$tmp/a.data $zhiban --config $tmp/a.conf"
$a enroll "$(sed -n 's/^ready //p' "$tmp/ready")" "$code" --pin-file "$tmp/li.pin" >"$tmp/out" 2>&1 ||
	bail "enroll: $(cat "$tmp/out")"
$a sync --wait 20 >"$tmp/out" 2>&1 || bail "sync: $(cat "$tmp/out")"
export a tmp

# has TEXT: until a draft holds it, for a command of the script.
cat >"$tmp/has" <<'END'
until $a drafts --format jsonl | grep -q "$1"; do sleep 0.05; done
END
chmod +x "$tmp/has"

plays 'typed, and killed in the middle: nothing was closed' <<END
wait 20 *在线
send N
wait 5 电话
send 13912348821\t东坡公园南门\t石桥栏杆断裂
run 20 sh $tmp/has 栏杆断裂
send ，有人
kill KILL
exit 10 137
END

$a drafts >"$tmp/out" 2>&1 && grep -q 石桥栏杆断裂 "$tmp/out"
result $? 'the list without a screen has it' "$tmp/out"

plays 'the next console says so, and goes on with it, whatever the line does' <<END
wait 20 未提交的草稿 1 份
run 5 kill -STOP $pid
send N
wait 5 东坡公园南门
wait 5 石桥栏杆断裂
wait 5 所填
send ，护栏外悬空<F10>
wait 5 已记下
run 5 kill -CONT $pid
wait 60 待传0
send Q
exit 10 0
END

[ -z "$($a drafts --format jsonl)" ]
result $? 'what was sent is no draft any more'
$a list incidents --format jsonl >"$tmp/out" 2>&1 && grep -q 护栏外悬空 "$tmp/out"
result $? 'and the server has the case, with what was typed before and after' "$tmp/out"

plays 'two are begun; one is thrown away, the other waits' <<END
wait 20 *在线
send N
wait 5 电话
send \t\t第一件
run 20 sh $tmp/has 第一件
send <F7>
wait 5 新填一份
send 新填\r
wait 5 电话
send \t\t第二件\e
wait 5 已存为草稿
send :drafts\r
wait 5 第二件
wait 5 第一件
send 第一<Del>
gone 5 第一件
send \e
send Q
exit 10 0
END
$a drafts --format jsonl >"$tmp/out" && grep -q 第二件 "$tmp/out" && ! grep -q 第一件 "$tmp/out"
result $? 'the other is there' "$tmp/out"
$a drafts drop 1 && [ -z "$($a drafts --format jsonl)" ]
result $? 'drop throws it away'

id=$($a do register title=要撤销的一件 --wait 15 | grep -o '[0-9a-f]\{8\}-[0-9a-f-]\{27\}' | tail -n 1)
$a undo "$id" >"$tmp/out" 2>&1
[ $? -eq 4 ] && grep -q 没有相反动作 "$tmp/out"
result $? 'a registration that was admitted has no opposite, and undo says so' "$tmp/out"
$a do accept "$id" --wait 15 >/dev/null 2>&1
$a do assign "$id" holder=城管局 --wait 15 >"$tmp/out" 2>&1
$a undo "$id" --reason 派错了 --wait 15 >"$tmp/out" 2>&1 && grep -q 撤回 "$tmp/out"
result $? 'an assignment is recalled' "$tmp/out"
echo "1..$n"
