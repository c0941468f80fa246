#!/bin/sh
# The screen while the line is in a black hole and when it is out of it: keys are answered all the
# time, an act is confirmed at once, how the line stands is told truly.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
badnet=$bld/tests/tools/badnet
export zhiban
pty=$bld/tests/tools/pty
[ -x "$badnet" ] && [ -x "$pty" ] || skip_all 'tests/tools/badnet or tests/tools/pty is not built'

rule 'a server, two consoles, a line of its own for one of them'
serve srv
enroll a srv 王岗
register 第一件：路灯不亮
first=$id
register 第二件：井盖松动
register 第三件：积水
enroll b srv 李敏
mkfifo say
"$badnet" control "${url##*:}" <say >net.out 2>net.err &
pids="$pids $!"
exec 3>say
await 30 grep -q '^ready ' net.out || offend "badnet: $(cat net.err)"
sed -i 's,^\([[:space:]]*url = \)"https://[^"]*",\1"https://127.0.0.1:'"$(sed -n 's/^ready //p' net.out)"'",' \
	a/zhiban/zhiban.conf

# plays WHAT: the script on standard input.
plays() {
	rule "$1"
	LC_ALL=C.UTF-8 XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" XDG_STATE_HOME="$tmp/a" \
		"$pty" -- "$zhiban" >played 2>&1 || {
		offend "$(grep '^# line' played)"
		sed 's/^# /# | /' played
	}
}

plays 'in the hole: keys, an act, what is told; and out of it' <<'END_OF_SCRIPT'
wait 20 *在线
send 2
wait 10 按剩余
wait 10 第一件
row 10 4 >
run 5 echo hole >say
send n
wait 10 备注
send 洞里的备注
send <F10>
wait 10 已记下
wait 10 待传1
send <Down>
row 10 5 >
send <Up>
row 10 4 >
wait 30 ~弱网
send <Down>
row 10 5 >
send <Down>
row 10 6 >
wait 60 -断网
run 20 "$zhiban" status --json | grep -q '"link":"cut","reason":".*","since":[1-9][0-9]*,"unsent":1,"sent":1'
run 20 "$zhiban" status | grep -q '其中 1 条，未得回音'
send <Up>
row 10 5 >
send \r
wait 10 办理经过
send q
wait 10 按剩余
send <Up>
row 10 4 >
wait 10 待传1
run 5 echo through >say
wait 60 *在线
wait 30 待传0
gone 10 断网
send Q
exit 10 0
END_OF_SCRIPT

# Another server at the address, as a wrong cable or somebody in between would bring it about.
right=$server
port=${url##*:}
serve other
other=$server
server=$right
printf 'shut\nthrough %s\n' "${url##*:}" >to-other
printf 'shut\nthrough %s\n' "$port" >to-right
plays 'another key: told as what it is, keys, an act that is kept; and the right one again' <<'END_OF_SCRIPT'
wait 20 *在线
send 2
wait 10 按剩余
row 10 4 >
run 5 cat to-other >say
wait 60 应答者非服务器
send n
wait 10 备注
send 不给别人的备注
send <F10>
wait 10 已记下
wait 10 待传1
send <Down>
row 10 5 >
send :link\r
wait 10 出示的密钥
send q
wait 10 按剩余
run 5 cat to-right >say
wait 60 *在线
wait 30 待传0
send Q
exit 10 0
END_OF_SCRIPT
kill "$other"
wait "$other" 2>/dev/null
rule 'nothing was given to the other one'
d 0 verify other
says '^entries [01],'

rule 'another console has the acts exactly once'
me=b
z 0 sync
: >notes
z 0 list incidents --format jsonl
for id in $(sed -n 's/.*"id":"\([0-9a-f-]*\)","kind.*/\1/p; s/^{"id":"\([0-9a-f-]*\)".*/\1/p' out | sort -u); do
	z 0 show "$id"
	cat out >>notes
done
same 'the note' "$(grep -c '洞里的备注' notes)" 1
same 'the other note' "$(grep -c '不给别人的备注' notes)" 1

stop
verify_clean srv
finish
