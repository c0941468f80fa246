#!/bin/sh
# The console on a real server, in a terminal: it opens, acts travel both ways, the server is killed
# and comes back, the console is killed and opens again with what it had promised.
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

# serve [LISTEN]: starts the server; $url and $pid.
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
}

# enrol NAME OFFICER
enrol() {
	code=$("$zhiband" code "$tmp/server" --officer "$2" | tail -n 1) || bail "code"
	(umask 077; echo 246813 >"$tmp/pin")
	XDG_DATA_HOME=$tmp/$1.data "$zhiban" --config "$tmp/$1.conf" enroll "$url" "$code" \
		--pin-file "$tmp/pin" >"$tmp/enroll.out" 2>&1 || bail "enroll: $(cat "$tmp/enroll.out")"
}

# plays NAME CONSOLE [OPTIONS]: the script on standard input.
plays() {
	n=$((n + 1))
	name=$1
	console=$2
	shift 2
	if out=$(XDG_DATA_HOME=$tmp/$console.data "$pty" "$@" -- "$zhiban" \
		--config "$tmp/$console.conf" 2>&1); then
		printf 'ok %d - %s\n' "$n" "$name"
	else
		printf 'not ok %d - %s\n' "$n" "$name"
		printf '%s\n' "$out" | sed 's/^/# /'
	fi
}

"$zhiband" init "$tmp/server" --profile tianning --listen 127.0.0.1:0 >"$tmp/init" 2>&1 ||
	bail "init: $(cat "$tmp/init")"
serve
enrol a 李敏
enrol b 王建国
b="env XDG_DATA_HOME=$tmp/b.data $zhiban --config $tmp/b.conf"
export b tmp zhiban zhiband
$b sync --wait 20 >"$tmp/sync" 2>&1 || bail "sync: $(cat "$tmp/sync")"

plays 'an empty district says what leads on, and few libraries do for it' a <<'END'
wait 10 *在线
wait 10 N 登记事件
run 10 ! grep -E 'lib(glpk|ical|icu)' /proc/$PTY_PID/maps
send Q
exit 10 0
END

plays 'registered elsewhere, then on this screen' a <<'END'
wait 10 *在线
run 20 $b do register title=朝阳桥下废品堆放点起火 urgency=flash street=天宁 --wait 15 >/dev/null
wait 20 朝阳桥下废品堆放点起火
wait 5 待受理
send Q
exit 10 0
END

plays 'an act travels to a second console' a <<'END'
wait 10 朝阳桥下废品堆放点起火
send T
wait 5 y 或 1 是
send 1
wait 5 已记下
wait 10 待传0
run 20 $b sync --wait 15 >/dev/null; $b list incidents --format csv | grep 朝阳桥 | grep -q 交办
send N
wait 5 输入以选择
send \t\t红梅夜市油烟噪声扰民
send <F10>
wait 5 登记 待编号
wait 10 待传0
run 20 $b sync --wait 15 >/dev/null; $b list incidents --filter 红梅夜市 --format csv | grep -q 油烟噪声扰民
send Q
exit 10 0
END

plays 'two consoles at once' a <<'END'
wait 10 红梅夜市油烟
run 60 printf 'wait 10 红梅夜市油烟\nsend /红梅夜市\\r\nwait 5 过滤\nsend n\nwait 5 备注\nsend 已到现场查看\nsend <F10>\nwait 5 已记下\nwait 10 待传0\nsend Q\nexit 10 0\n' >$tmp/second; $ZHIBAN_BUILDDIR/tests/tools/pty -f $tmp/second -- $b
send /红梅夜市\r
wait 5 过滤
send \r
wait 5 办理经过
wait 5 已到现场查看
send q
wait 5 过滤
send Q
exit 10 0
END

port=${url##*:}
export port
plays 'the server is killed and comes back' a <<END
wait 10 *在线
run 5 kill -9 $pid
wait 30 -断网
send /朝阳桥\r
wait 5 过滤
send n
wait 5 备注
send 断网时记下的话
send <F10>
wait 5 待传1
send :link\r
wait 5 断网：动作保存在本机
send q
run 5 $zhiband serve $tmp/server --listen 127.0.0.1:$port --trace $tmp/trace >$tmp/ready 2>&1 & echo \$! >$tmp/pid
wait 40 *在线
wait 20 待传0
run 20 $b sync --wait 15 >/dev/null; $b list incidents --filter 朝阳桥 --format csv | grep -q 朝阳桥
send Q
exit 10 0
END
pid=$(cat "$tmp/pid" 2>/dev/null || echo "$pid")

kill -9 "$pid" 2>/dev/null
pid=
plays 'opens from the cache while the server is away; what is promised survives kill -9' a <<'END'
wait 5 朝阳桥下废品堆放点起火
send /红梅夜市\r
wait 5 过滤
send n
wait 5 备注
send 死机前的话
send <F10>
wait 5 待传1
kill KILL
exit 5 137
END
plays 'and is there again' a <<'END'
wait 5 待传1
send 8
wait 5 死机前的话
send Q
exit 5 0
END
serve "127.0.0.1:$port"
plays 'and is sent when the server is back' a <<'END'
wait 30 *在线
wait 20 待传0
kill TERM
exit 10 0
END

plays 'left at once after an act: it still goes out' a <<'END'
wait 10 *在线
send /红梅夜市\r
wait 5 过滤
send n
wait 5 备注
send 交班前最后一句
send <F10>
send Q
exit 10 0
END
n=$((n + 1))
$b sync --wait 20 >/dev/null 2>&1
if $b show "$($b list incidents --filter 红梅夜市 --columns number --format csv | tail -n 1 | cut -d, -f2)" |
	grep -q 交班前最后一句; then
	echo "ok $n - and is on the other console"
else
	echo "not ok $n - and is on the other console"
fi

plays 'shut out, then logged in again on the screen' a <<'END'
wait 10 *在线
run 10 $zhiband officer $tmp/server disable 李敏 >/dev/null
send n
wait 5 必填
send 停用时记下的话
send <F10>
wait 20 -请重新登录
wait 5 待传1
send :login\r
wait 5 PIN
send 246813\r
wait 10 已停用
run 10 $zhiband officer $tmp/server enable 李敏 >/dev/null
send :login\r
wait 5 PIN
send 246813\r
wait 20 *在线
wait 20 待传0
send Q
exit 10 0
END

kill -9 "$pid"
pid=
plays 'accepted here while the line is cut' a <<'END'
wait 10 红梅夜市
send /红梅夜市\r
wait 5 过滤
send T
wait 5 y 或 1 是
send 1
wait 5 待传1
send Q
exit 10 0
END
serve "127.0.0.1:$port"
$b sync --wait 20 >/dev/null 2>&1
number=$($b list incidents --filter 红梅夜市 --columns number --format csv | tail -n 1 | cut -d, -f2)
$b do accept "$number" --wait 20 >/dev/null 2>&1
plays 'accepted elsewhere before: told, kept on the desk, dropped' a <<'END'
wait 10 未接受
wait 10 待核1
send 8
wait 5 未接受
show
send r
wait 5 不能办理
send D
wait 5 确定放弃
send y
gone 5 待核1
wait 5 没有待传
send 2
wait 5 待交办
send Q
exit 10 0
END

# Both give it away, one of them with the line cut, who then goes on with it.
kill -9 "$pid"
pid=
plays 'given away here while the line is cut, and gone on with' a <<'END'
wait 10 红梅夜市
send /红梅夜市\r
wait 5 过滤
send a
wait 5 +- 交办
send 水务\r
wait 5 水务局
send <F10>
wait 5 待传1
send f
wait 5 +- 更正
send \t（靠近排水口）<F10>
wait 5 待传2
wait 5 排水口
send Q
exit 10 0
END
serve "127.0.0.1:$port"
$b sync --wait 20 >/dev/null 2>&1
$b do assign "$number" holder=城管局 --wait 20 >"$tmp/assigned" 2>&1 || bail "assign: $(cat "$tmp/assigned")"
plays 'given away elsewhere before: who and when, and what hung on it goes along' a <<'END'
wait 10 待核2
wait 5 城管局
send X
wait 5 在先
wait 5 王建国
wait 5 交办 城管局
wait 5 一并未接受
show
send Q
wait 5 2 项未接受
send n
gone 5 确定离开
send 4
wait 5 一并放弃
send 1
gone 5 待核2
wait 5 已放弃
send Q
exit 10 0
END

mkdir -p "$tmp/config/zhiban"
cat >"$tmp/config/zhiban/keys.conf" <<'END'
command "note" { keys = { "b", "F5" } }
END
plays 'keys of the officer' a <<'END'
wait 10 b备注
send b
wait 5 必填
send \e
wait 5 现在要办
send <F5>
wait 5 必填
send \e
wait 5 现在要办
send :theme light\r
send :theme none\r
wait 5 dark
send Q
exit 10 0
END
echo 'command "note" { keys = "b" ' >"$tmp/config/zhiban/keys.conf"
plays 'a mistake in them is told, the console opens' a <<'END'
wait 10 keys.conf:1
send n
wait 5 必填
send \e
send Q
exit 10 0
END
rm "$tmp/config/zhiban/keys.conf"

n=$((n + 1))
out=$(printf '/红梅夜市\n备注 %s note=一行一行记下\n%s\nnonsense\nQ\n' "$number" "$number" |
	XDG_DATA_HOME=$tmp/a.data "$zhiban" --config "$tmp/a.conf" --plain 2>&1)
if printf '%s\n' "$out" | grep -q '红梅夜市油烟噪声扰民.*未签收' &&
	printf '%s\n' "$out" | grep -q '^一行一行记下$'; then
	echo "ok $n - line by line, for screen readers"
else
	echo "not ok $n - line by line, for screen readers"
	printf '%s\n' "$out" | sed 's/^/# /'
fi

plays 'too small, larger again, stopped and continued' a <<'END'
wait 10 *在线
resize 50 10
wait 5 至少需要
resize 132 43
wait 5 值班室
resize 80 24
wait 5 朝阳桥
gone 5 值班室
send <C-l>
wait 5 *在线
send Q
exit 10 0
END


printf '1..%d\n' "$n"
