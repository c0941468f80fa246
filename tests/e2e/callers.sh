#!/bin/sh
# While a number is typed into a registration the server says what came from it before, each officer
# within what he sees; without a line, what the console holds stands there.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
pty=$bld/tests/tools/pty

# plays: the console $me at its screen, by the script on standard input; options in $options.
plays() {
	env LC_ALL=C.UTF-8 XDG_CONFIG_HOME="$tmp/$me" XDG_DATA_HOME="$tmp/$me" \
		XDG_STATE_HOME="$tmp/$me" "$pty" -c 110 -r 34 -- "$zhiban" ${options-} >play.out 2>&1 ||
		offend "$(sed 's/^/| /' play.out)"
	z 0 drafts drop 1
}

rule 'two cases came from a phone, and are in the hands of departments'
serve srv
enroll other srv 钱海 shuiwu dept
enroll a srv 王岗
register '清凉新村路灯不亮' 'phone=138 1111-2222'
z 0 do accept "$id" --wait 20
z 0 do assign "$id" holder=chengguan --wait 20
register '东坡公园栏杆断裂' phone=+8613811112222
z 0 do accept "$id" --wait 20
z 0 do assign "$id" holder=chengguan --wait 20

rule 'at the centre both stand beside the form, however the number is written'
plays <<'END'
wait 20 *在线
send N
wait 5 电话
send 13811112222
wait 20 此号码以往 2 件（服务器）
wait 5 清凉新村路灯不亮
wait 5 东坡公园栏杆断裂
send \e
send Q
exit 10 0
END

rule 'on a thin line it is asked for, too'
options=--thin
plays <<'END'
wait 20 弱网
send N
wait 5 电话
send 138-1111-2222
wait 20 此号码以往 2 件（服务器）
send \e
send Q
exit 10 0
END
options=

rule 'who has nothing to do with them is told of none'
me=other
plays <<'END'
wait 20 *在线
send N
wait 5 电话
send 13811112222
wait 20 此号码以往 0 件（服务器）
gone 5 清凉新村路灯不亮
send \e
send Q
exit 10 0
END

rule 'the log says who asked and how many were found, and no number'
d 0 audit srv --format jsonl
same 'asked and found two' "$(grep '"callers"' out | grep -c 'found 2')" 2
same 'asked and found none' "$(grep '"callers"' out | grep -c 'found 0')" 1
same 'numbers' "$(grep -c 1381111 out)" 0

rule 'without a line, what is held here'
stop
me=a
plays <<'END'
wait 40 断网
send N
wait 5 电话
send 13811112222
wait 20 此号码以往 0 件（本机所存）
calm 20 2000
wait 5 此号码以往 0 件（本机所存）
send \e
send Q
exit 10 0
END
verify_clean srv
finish
