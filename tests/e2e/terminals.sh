#!/bin/sh
# The console on the terminals there are: kinds and charsets, sizes at any moment, signals, a
# configuration that is read again, measuring, copying, a jurisdiction to practise in.
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE NO_COLOR
src=$(cd "${ZHIBAN_SRCDIR:-.}" && pwd)
bin=${ZHIBAN_BUILDDIR:-.}/src
zhiban=$bin/console/zhiban
zhiband=$bin/daemon/zhiband
pty=${ZHIBAN_BUILDDIR:-.}/tests/tools/pty
tmp=$(mktemp -d) || exit 1
XDG_CONFIG_HOME=$tmp/config XDG_STATE_HOME=$tmp/state XDG_DATA_HOME=$tmp/data
export XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME
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

# plays NAME [OPTIONS OF pty]: the script on standard input, on the console.
plays() {
	name=$1
	shift
	"$pty" "$@" -- "$zhiban" --config "$tmp/a.conf" >"$tmp/out" 2>&1
	result $? "$name" "$tmp/out"
}

# A jurisdiction to practise in, so that each of the cases below sees that it says so.
cp -r "$src/profiles" "$tmp/p"
sed -i '1i training = true' "$tmp/p/tianning.conf"
"$zhiband" init "$tmp/server" --profile "$tmp/p/tianning.conf" --listen 127.0.0.1:0 \
	>"$tmp/init" 2>&1 || bail "init: $(cat "$tmp/init")"
: >"$tmp/ready"
"$zhiband" serve "$tmp/server" >"$tmp/ready" 2>"$tmp/serve.err" &
pid=$!
i=0
until grep -q '^ready ' "$tmp/ready"; do
	i=$((i + 1))
	kill -0 "$pid" 2>/dev/null && [ $i -lt 600 ] || bail "serve: $(cat "$tmp/serve.err")"
	sleep 0.05
done
url=$(sed -n 's/^ready //p' "$tmp/ready")
code=$("$zhiband" code "$tmp/server" --officer 李敏 | tail -n 1) || bail code
(umask 077; echo 246813 >"$tmp/pin")
a="$zhiban --config $tmp/a.conf"
export a tmp
$a enroll "$url" "$code" --pin-file "$tmp/pin" >"$tmp/out" 2>&1 || bail "$(cat "$tmp/out")"
$a sync --wait 30 >"$tmp/out" 2>&1 || bail "$(cat "$tmp/out")"
for title in 朝阳桥下废品堆放点起火 '红梅“烧烤①摊”油烟' 青洋路路面塌陷; do
	$a do register "title=$title" urgency=平 street=天宁 --wait 20 >"$tmp/out" 2>&1 ||
		bail "register: $(cat "$tmp/out")"
done

# ---- kinds of terminals, and charsets ----

# What each has to do: list, filter, page, back, help that filters and runs, redraw, leave.
cat >"$tmp/walk" <<'END'
wait 20 [演练]
send 2
wait 10 青洋路路面塌陷
send /朝阳桥\r
wait 10 1 / 3
send \r
wait 10 办理经过
send q
wait 10 1 / 3
send \e
wait 10 3 / 3
send ?
wait 10 输入即过滤
send 重新读取
wait 10 reload
send \r
wait 10 已重新读取配置
send <C-l>
wait 10 青洋路路面塌陷
calm 10 200
send Q
exit 10 0
END
for kind in xterm-256color xterm tmux tmux-256color screen linux vt220 vt100; do
	plays "TERM=$kind" -t "$kind" -f "$tmp/walk"
	LC_ALL=C plays "TERM=$kind where no locale is set" -t "$kind" -f "$tmp/walk"
done
NO_COLOR=1 plays 'NO_COLOR' -f "$tmp/walk"
for theme in light contrast colourblind mono; do
	# shellcheck disable=SC2086
	"$pty" -f "$tmp/walk" -- $a --theme "$theme" >"$tmp/out" 2>&1
	result $? "the theme $theme" "$tmp/out"
done

# Without colours no colour is sent, on any terminal.
colours() {
	tr '\033' '\n' <"$tmp/bytes" | grep -cE '^\[([0-9]+;)*(3[0-7]|4[0-7]|9[0-7]|38|48)[;m]'
}
cat >"$tmp/raw" <<END
raw $tmp/bytes
wait 20 *在线
calm 10 300
send Q
exit 10 0
END
plays 'a screen with colours' -f "$tmp/raw"
[ "$(colours)" -gt 0 ]
result $? 'they are sent'
NO_COLOR=1 plays 'a screen with NO_COLOR' -f "$tmp/raw"
[ "$(colours)" -eq 0 ]
result $? 'none is sent'
plays 'a terminal without colours' -t vt220 -f "$tmp/raw"
[ "$(colours)" -eq 0 ]
result $? 'none is sent to it'

# A charset of another kind: made here when the sources of locales are installed.
if localedef -i zh_CN -f GB18030 "$tmp/zh_CN.GB18030" >"$tmp/out" 2>&1; then
	cat >"$tmp/gb" <<END
raw $tmp/bytes
calm 20 1500
send 2/\xb3\xaf\xd1\xf4\xc7\xc5\r
calm 10 500
send Q
exit 10 0
END
	LOCPATH=$tmp LC_ALL=zh_CN.GB18030 plays 'GB18030' -f "$tmp/gb"
	iconv -f GB18030 -t UTF-8 <"$tmp/bytes" >"$tmp/utf8" && grep -q '演练' "$tmp/utf8" &&
		grep -q '过滤: 朝阳桥' "$tmp/utf8"
	result $? 'shown, and read as it was typed'
	printf '/朝阳桥\nQ\n' | iconv -f UTF-8 -t GB18030 |
		LOCPATH=$tmp LC_ALL=zh_CN.GB18030 "$zhiban" --config "$tmp/a.conf" --plain 2>&1 |
		iconv -f GB18030 -t UTF-8 >"$tmp/out"
	grep -q '^1\. .*朝阳桥下废品堆放点起火' "$tmp/out"
	result $? 'line by line, too' "$tmp/out"
else
	n=$((n + 1))
	printf 'ok %d - GB18030 # SKIP the sources of locales are not installed\n' "$n"
fi
if localedef -i en_US -f ISO-8859-1 "$tmp/en_US.ISO-8859-1" >"$tmp/out" 2>&1; then
	LOCPATH=$tmp LC_ALL=en_US.ISO-8859-1 plays \
		'a charset without Chinese: question marks, as wide, and words in English' <<'END'
wait 20 [training]
wait 10 ????
send :link\r
wait 10 The link to the server
send q
send Q
exit 10 0
END
fi

plays 'dumb: line by line by itself, and says what it cannot' -t dumb <<'END'
wait 20 改为逐行方式
wait 20 [演练]
wait 10 朝阳桥
send /朝阳桥\r
wait 10 1 个事件
send n\r
wait 10 备注>
send 线上记下的话\r
wait 10 y 办理
send y\r
wait 10 已记下
send o\r
wait 10 线上记下的话
send lock\r
wait 10 已锁定
send 246813\r
wait 10 [演练]
send Q\r
exit 10 0
END

# ---- sizes ----

# Any size at any moment, while a form is typed into: what was typed is all there, and what the
# screen shows is what a redraw of everything shows.
awk -v tmp="$tmp" 'BEGIN {
	srand(7)
	print "wait 20 *在线"
	print "send N"
	print "wait 10 地址"
	for (i = 0; i < 120; i++) {
		printf "resize %d %d\n", 1 + int(rand() * 170), 1 + int(rand() * 60)
		if (i % 10 == 9) {
			print "resize 80 24"
			printf "send %d\n", i / 10 % 10
		}
		if (i % 7 == 0)
			print "send <C-l>"
	}
	print "resize 80 24"
	print "wait 20 012345678901"
	print "wait 20 （服务器）" # its answer is there
	print "calm 10 400"
	print "snap " tmp "/before"
	print "send <C-l>"
	print "calm 10 400"
	print "snap " tmp "/after"
	print "send <C-u>\\e"
	print "calm 10 200"
	print "send 2"
	for (i = 0; i < 60; i++) {
		printf "resize %d %d\n", 20 + int(rand() * 150), 5 + int(rand() * 55)
		printf "send %s\n", substr("jkGg", 1 + int(rand() * 4), 1)
	}
	print "resize 100 30"
	print "wait 20 朝阳桥"
	print "calm 10 400"
	print "snap " tmp "/before2"
	print "send <C-l>"
	print "calm 10 400"
	print "snap " tmp "/after2"
	print "send Q"
	print "exit 10 0"
}' >"$tmp/sizes"
plays '180 sizes while something is typed' -f "$tmp/sizes"
# The minute may change between the two.
same() {
	for file in "$1" "$2"; do
		sed 's/[0-9][0-9]:[0-9][0-9]/HH:MM/g; s/ [0-9.]*[BKM]\/分//' "$file" >"$file.x"
	done
	diff "$1.x" "$2.x" >"$tmp/out" 2>&1
}
same "$tmp/before" "$tmp/after"
result $? 'afterwards the form is as a redraw shows it' "$tmp/out"
same "$tmp/before2" "$tmp/after2"
result $? 'and the list' "$tmp/out"

# ---- signals ----

# Under a shell with job control: nobody can stop what nobody could continue.
cat >"$tmp/jobs" <<'END'
set -m
$a
echo "stopped $?"
stty -a >"$tmp/stty2"
read -r line
fg
exit $?
END
for how in 'send <C-z>' 'run 5 kill -TSTP $(ps -o pid= --ppid $PTY_PID)'; do
	"$pty" -- sh "$tmp/jobs" >"$tmp/out" 2>&1 <<END
wait 20 *在线
send 2
wait 10 朝阳桥
$how
wait 10 stopped
resize 100 30
send \\r
wait 10 朝阳桥
wait 10 [演练]
send /青洋路\\r
wait 10 1 / 3
send Q
exit 10 0
END
	result $? "stopped and continued: $how" "$tmp/out"
	grep -q ' echo ' "$tmp/stty2" && grep -q ' icanon ' "$tmp/stty2"
	result $? 'the shell had its terminal meanwhile' "$tmp/stty2"
done
plays 'SIGHUP ends it, and what was typed is kept' <<'END'
wait 20 *在线
send N
wait 10 地址
send \t\t线断时正在登记的事
wait 10 正在登记的事
kill HUP
exit 10 0
END
plays 'it is there at the next start; SIGTERM ends it as well' <<'END'
wait 20 *在线
send N
wait 10 线断时正在登记的事
kill TERM
exit 10 0
END
"$pty" -- sh -c 'stty -a >"$tmp/stty1"; $a; stty -a >"$tmp/stty2"; cmp "$tmp/stty1" "$tmp/stty2"' \
	>"$tmp/out" 2>&1 <<'END'
wait 20 *在线
run 5 kill -INT $(ps -o pid= --ppid $PTY_PID)
exit 10 0
END
result $? 'SIGINT, and the tty is as it was' "$tmp/out"

# ---- the configuration is read again ----

mkdir -p "$tmp/config/zhiban"
printf 'command "note" { keys = { "b" } }\n' >"$tmp/keys"
printf 'command "nota" { keys = { "b" } }\n' >"$tmp/badkeys"
cp "$tmp/a.conf" "$tmp/a.was"
plays ':reload and SIGUSR1: keys, theme, and what is being done stays' <<END
wait 20 *在线
send 2
wait 10 朝阳桥
send /朝阳桥\r
wait 10 过滤
run 5 cp $tmp/keys $tmp/config/zhiban/keys.conf
kill USR1
wait 10 已重新读取配置
wait 10 过滤
send b
wait 10 备注
send 写到一半
wait 10 写到一半
run 5 cp $tmp/badkeys $tmp/config/zhiban/keys.conf
kill USR1
wait 10 keys.conf:1
wait 10 nota
wait 10 写到一半
send <C-u>\e
run 5 rm $tmp/config/zhiban/keys.conf
send :reload\r
wait 10 已重新读取配置
run 5 { printf 'theme = "nosuch"\n'; cat $tmp/a.was; } >$tmp/a.conf
send :reload\r
wait 10 没有配色 nosuch
run 5 { printf 'copy = "maybe"\n'; cat $tmp/a.was; } >$tmp/a.conf
send :reload\r
wait 10 terminal, register, off
run 5 cp $tmp/a.was $tmp/a.conf; echo 'view "a" { sort = 3' >$tmp/views.conf
send :reload\r
wait 10 views.conf:1
run 5 rm $tmp/views.conf
send :reload\r
wait 10 已重新读取配置
send Q
exit 10 0
END

# ---- copying ----

plays 'y copies to the terminal, and Ctrl-Y types it' <<END
wait 20 *在线
send 2
wait 10 朝阳桥
send /朝阳桥\r
wait 10 过滤
raw $tmp/bytes
send y
wait 10 已复制
send n
wait 10 备注
send <C-y>
wait 10 朝阳桥下废品堆放点起火  天宁
send <C-u>\e
send Q
exit 10 0
END
grep -q ']52;c;' "$tmp/bytes"
result $? 'by OSC 52'
{ printf 'copy = "register"\n'; cat "$tmp/a.was"; } >"$tmp/a.conf"
plays 'the register alone' <<END
wait 20 *在线
send 2
wait 10 朝阳桥
raw $tmp/bytes
send y
wait 10 Ctrl-Y
send Q
exit 10 0
END
! grep -q ']52;' "$tmp/bytes"
result $? 'sends nothing'
{ printf 'copy = "off"\n'; cat "$tmp/a.was"; } >"$tmp/a.conf"
plays 'copying can be forbidden' <<'END'
wait 20 *在线
send 2
wait 10 朝阳桥
send y
wait 10 不许复制
send Q
exit 10 0
END
cp "$tmp/a.was" "$tmp/a.conf"

# ---- measuring ----

plays 'what may be one column or two is shown plain, until it was measured' <<END
wait 20 *在线
send 2
wait 10 "烧烤1摊"
send :calibrate\r
wait 10 为窄
wait 10 “烧烤①摊”
run 5 grep -q '^ambiguous = "narrow"' $tmp/a.conf
send Q
exit 10 0
END
plays 'and it is kept' <<'END'
wait 20 *在线
send 2
wait 10 “烧烤①摊”
send Q
exit 10 0
END

# ---- the doctor ----

"$pty" -- sh -c '$a doctor; read -r line' >"$tmp/out" 2>&1 <<'END'
wait 30 一个汉字: 2 列
wait 30 歧义宽度字符: narrow
END
result $? 'the doctor measures, too' "$tmp/out"
printf 'command "nota" { keys = { "b" } }\n' >"$tmp/config/zhiban/keys.conf"
printf 'view "夜间" { sort = "nosuch" }\n' >"$tmp/views.conf"
$a --theme nosuch doctor >"$tmp/out" 2>&1
grep -q '^!!.*keys.conf' "$tmp/out" && grep -q 'keys.conf:1: nota.*note' "$tmp/out" &&
	grep -q '^!!.*nosuch' "$tmp/out"
result $? 'it reads keys.conf and the theme' "$tmp/out"
printf 'command "note" { keys = { "a" } }\n' >"$tmp/config/zhiban/keys.conf"
$a doctor >"$tmp/out" 2>&1
grep -q '现无按键.*assign' "$tmp/out"
result $? 'and says what has lost its key' "$tmp/out"
rm "$tmp/config/zhiban/keys.conf" "$tmp/views.conf"

# ---- line by line ----

# typed LINES...: what --plain answers, in $tmp/out.
typed() {
	printf '%s\n' "$@" Q | $a --plain >"$tmp/out" 2>&1
}
typed '/朝阳桥' 'T' 'y' 'a' '局' '2' 'y' 'X'
second=$(sed -n 's/^2\. \(.*局\)$/\1/p' "$tmp/out")
[ -n "$second" ] && grep -q "待传: 交办 .*$second" "$tmp/out"
result $? 'an act asks for what it needs, by a piece of a name or its number' "$tmp/out"
$a sync --wait 20 >/dev/null 2>&1
typed '/青洋路' 'N' '新装路灯不亮' 'y' 'u' 'X'
grep -q '已记下' "$tmp/out" && grep -q '已撤回' "$tmp/out" && grep -q '没有待传的' "$tmp/out"
result $? 'a registration, and taking it back' "$tmp/out"
typed '/青洋路' 'n' '.' 'n note=直接写完' 'asign' 'home' 'status'
grep -q '已退出' "$tmp/out" && grep -q '相近：assign' "$tmp/out" && grep -q '现在要办\|接下来' "$tmp/out"
result $? 'left, said at once, mistyped, and what needs me' "$tmp/out"
typed '\烧烤' '？备注' '／青洋路' 'j' 'k' 'sort newest' '=' 'open'
grep -q '找到 1 条' "$tmp/out" && grep -q 'n, note' "$tmp/out" && grep -q '办理经过' "$tmp/out"
result $? 'search, help that filters, full-width signs, page' "$tmp/out"
! grep -q "$(printf '\033')" "$tmp/out"
result $? 'no escape sequence is among it'

# ---- a thin line ----

plays 'thin: what it costs is shown' <<'END'
wait 20 *在线
send :line thin\r
wait 10 ，共
send :line normal\r
gone 10 ，共
send Q
exit 10 0
END

printf '1..%d\n' "$n"
