#!/bin/sh
# Dialogues of the console line by line, typed into a real terminal: each has to be, word for word, as
# it was read once (tests/e2e/plain/*.txt; GENERATE=1 writes them anew, to be read again).  The line
# is cut, so that nothing comes between question and answer.
#
# shellcheck disable=SC1091,SC2154
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
pty=$bld/tests/tools/pty
goldens=$top/tests/e2e/plain
LANGUAGE=zh
export LANGUAGE

# It is always 02:40 on the same Monday, and some seconds.
so=$bld/tests/tools/wrongclock.so
ZHIBAN_CLOCK=$((1795372805 - $(date +%s)))
LD_PRELOAD=$so "$zhiban" --version >out 2>&1 || skip_all 'no library can be preloaded here'
LD_PRELOAD=$so
export ZHIBAN_CLOCK LD_PRELOAD

# Minutes go by; how far the index has come is another matter; a path is of this run.
settled() {
	sed -e "s|$tmp|TMP|g" -e 's/-\{0,1\}[0-9][0-9]:[0-9][0-9]/HH:MM/g' -e '/^索引尚缺/d' \
		-e '/尚未编入索引/d' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}

# Without what was typed behind a prompt: a kernel that is busy echoes a byte of it late, and a byte of a
# character alone is shown as U+FFFD.
answers() {
	LC_ALL=C sed -e "s/$(printf '\357\277\275')//g" -e 's/^\([^ >]*>\) .*/\1/' "$1"
}

# dialogue NAME COLS TERM: the lines on standard input are typed, each when the prompt is there.  A line
# "!STEP" is a step of pty.
dialogue() {
	rule "dialogue: $1"
	{
		printf 'raw %s\nwait 60 断网\nprompt 10\n' "$tmp/raw"
		while IFS= read -r line; do
			case $line in
			'!'*) printf '%s\n' "${line#!}" ;;
			*) printf '%s\n' "$line" | sed -e 's/\\/\\\\/g' -e 's/</\\</g' \
				-e 's/.*/send &/'
				printf 'calm 5 20\nsend \\r\n' ;; # the echo is there first
			esac
			printf 'prompt 20\n'
		done
		printf 'snap %s\nsend Q\\r\nexit 20 0\n' "$tmp/snap"
	} >"$tmp/script"
	env LC_ALL=C.UTF-8 XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" \
		"$pty" -c "$2" -r 900 -t "$3" -f "$tmp/script" -- "$zhiban" --plain >out 2>&1 ||
		{ offend "$(grep -v '^# |$' out | tail -n 12)"; return; }
	settled <"$tmp/snap" >"$tmp/was"
	[ -z "${GENERATE-}" ] || cp "$tmp/was" "$goldens/$1.txt"
	answers "$goldens/$1.txt" >"$tmp/wanted"
	answers "$tmp/was" >"$tmp/answered"
	diff "$tmp/wanted" "$tmp/answered" >"$tmp/diff" || {
		offend 'it is another dialogue'
		sed 's/^/# | /' "$tmp/diff"
	}
}

# narrow NAME COLS: no line of it is wider, whatever takes two columns or may take them; bytes as
# sent, without what was typed.
narrow() {
	rule "$1 fits in $2 columns"
	wide=$(tr -d '\r' <"$tmp/raw" | sed 's/> .*/>/' | LC_ALL=C.UTF-8 sed 's/[^ -~]/##/g' |
		awk -v most="$2" 'length($0) > most' | head -n 3)
	[ -s "$tmp/raw" ] && [ -z "$wide" ] || offend "too wide: $wide"
}

rule 'a server, a console, five incidents'
serve "$tmp/server"
enroll a "$tmp/server" 李敏
for title in 清凉新村自来水发黄有异味 清凉新村自来水发黄，多户反映 青洋路路面塌陷 \
	'红梅“烧烤①摊”油烟' 朝阳桥下废品堆放点起火; do
	register "$title" urgency=平 street=天宁 phone=13912348821 reporter=陈大明 address=清凉新村12号
done
z 0 do note "$id" note=已电话联系 --wait 60
cat >people.csv <<'CSV'
姓名,职务,联系电话,可任岗位,轮值次序
李敏,科员,13800000001,主班 值班长,1
周宁,科员,13800000002,主班 值班长,2
CSV
z 0 roster import people.csv --as staff
z 0 do roster month=2026-12 cell='2026-12-01 day main 1 李敏' --wait 60
z 0 sync --wait 60
stop
sed -i 1i'language = "zh"' "$tmp/a/zhiban/zhiban.conf"

dialogue lists 80 xterm-256color <<'END'
columns number,title
columns
columns number,nope
/清凉
/nope:x
/
j
k
pageup
G
PgUp
sort number
sort nope
sort -newest
O
z
group street
group nope
groups
1
}
{
group none
,2
overdue
soon
receipts
instructions
,7
watched
l
changed
save 夜间
'
view 夜
view 夜间
views
views /nope
forget
forget 夜间
export
export x.nope
export TMPDIR/nope/x.csv
\油烟
\没有的词
columns -
freeze
asign
?视图
q9
END

dialogue case 80 xterm-256color <<'END'
columns number,title
sort newest
1
open
find 9x
W
watch 9x
,7
/
sort newest
W 1
U 1
U
pin 9x
J
links 9x
L 清凉新村
=
explain 9x
P 1
9
.
P phone 联系诉求人
reveal reporter
1
P nope
M 5
M 1
2
M 9
M 1
1
J
1
alarms
A
.
quiet 1h
quiet x
quiet off
status
link
X
u
undo 9x
reload
keep 9x
drop 9x
columns -
END

dialogue register 80 xterm-256color <<'END'
columns number,title
N
?
1
红梅

8:00
2
3
夜间有
phone=13912348821
address=清凉新村12号
nope=1
street=没有的街
?
!send \x03
drafts
drafts 9
drafts nope
drafts
1
!send \x03
drafts drop 1
drafts
drafts drop 1
N template=nope
N title=清凉新村自来水发黄
N
清凉新村自来水又发黄
M 9
M 1
n
.
n 9x
n nope=1
n
写到一半
n
n
.
drafts
1
y
drafts
u
columns -
END

dialogue narrow 20 dumb <<'END'
columns number,title
1
M
.
N
?
2
!send \x03
find 23-0001
P
!send \x03
/清凉
?草稿
n
y
.
!kill USR1
columns -
END
narrow narrow 20

dialogue roster 80 xterm-256color <<'END'
?roster
people
people 周
roster 2026-13
nextgap 2026-12
nextgap
nextgap
seat 周宁
seat 无此人
seat 2026-12-02 night main 周宁 无人可替
seat
swaps
swap
swap 2026-12-01/day/main 家中有事
swap 2026-12-09/day/main 家中有事
swaps
agree 1
refuse 1 不便
permit 1
retract 1 不换了
forbid 9 x
swaps
roster 2026-12-01
roster 2026-12-32
roster 2026-12
END

# ---- with the line ----

dialogue duty 100 xterm-256color <<'END'
o
oncall 没有
write 大厅备用电源切换正常
callin 市民询问停水 party=周女士
dutylog
dutylog open
dutylog sort:none
,s
END

rule 'a change from elsewhere is told, and what the server knows of a number'
serve "$tmp/server" "$(at_same_address)"
enroll b "$tmp/server" 王建国
z 0 do note "$id" note=另一席写的 --wait 60
me=a
cat >"$tmp/script" <<'END'
wait 60 在线
wait 60 变化
prompt 10
send N\r
prompt 10
send phone=13912348821\r
wait 30 此号码以往 5 件（服务器）
send .\r
wait 10 已存为草稿
send Q\r
exit 20 0
END
run XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" LC_ALL=C.UTF-8 \
	"$pty" -f "$tmp/script" -- "$zhiban" --plain
judge 0 'with the line'
stop
finish
