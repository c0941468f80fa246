#!/bin/sh
# An incident's way through two consoles: one at the centre, one at a department, of two officers.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

rule 'a server, a console at the centre, one at a department, one at another'
serve srv
enroll centre srv 王岗
enroll chief srv 赵岩 zhongxin chief
enroll water srv 李水 shuiwu dept
enroll city srv 周城 chengguan dept

# sees CONSOLE PATTERN...: its page of the incident, once in step, shows each.
sees() {
	me=$1
	shift
	z 0 sync
	z 0 show "$id"
	says "$@"
}

# the number, step and running due that a console has
stand() {
	me=$1
	z 0 sync
	z 0 list incidents --format jsonl --columns number,step,due,holder --filter 朝阳桥
	cat out
}

acts=0
# act CONSOLE STEP-AFTER VERB [WORDS...]
act() {
	me=$1 after=$2 verb=$3
	shift 3
	z 0 do "$verb" "$id" "$@" --wait 60
	says '^applied [0-9]+-[0-9]+'
	acts=$((acts + 1))
	a=$(stand centre)
	b=$(stand water)
	same "both consoles after $verb" "$b" "$a"
	case $a in
	*"\"step\":\"$after\""*) ;;
	*) offend "after $verb: $a" ;;
	esac
}

rule 'registered at the centre: others of the centre see it, departments do not'
me=centre
register 朝阳桥下自来水管爆裂 category=0303 urgency=urgent street=青龙 reporter=张三 phone=13800001234
sees chief '朝阳桥下自来水管爆裂' '登记 王岗'
for me in water city; do
	z 0 sync
	z 0 list incidents --format jsonl
	[ ! -s out ] || offend "$me sees $(cat out)"
	z 1 show "$id"
	z 1 do note "$id" note=x
done

rule 'accepted and assigned: the department has it, the other department does not'
me=centre
z 0 do accept "$id" --wait 60
z 0 do assign "$id" holder=shuiwu --reason 主管单位 --wait 60
sees water '朝阳桥下自来水管爆裂' '受理 王岗' '交办 王岗' '主管单位'
me=city
z 0 sync
z 1 show "$id"

rule 'a phone and a name are masked on the page, in lists and in what programs get'
for me in centre water; do
	for words in "show $id" "show $id --format json" "list incidents --columns phone,reporter" \
		"list incidents --format json" "list incidents --format csv"; do
		z 0 $words
		says '138\*+1234'
		says_not 13800001234 张三
	done
done

# holds CONSOLE TEXT: its files have the text somewhere.
holds() {
	grep -rqaF -- "$2" "$tmp/$1"
}

rule 'in clear they lie on the disk of the holder alone, not of whoever comes later'
enroll late srv 孙晚
enroll boss srv 高管 zhongxin auditor
for me in late water boss; do
	z 0 sync
	z 0 show "$id" # its timeline too
done
! holds late 13800001234 || offend 'the phone is in a cache of the centre'
! holds late 张三 || offend 'the name is in a cache of the centre'
holds late '138****1234' || offend 'the masked phone is not in it'
holds water 13800001234 || offend 'the holder does not have the phone'
! holds boss 13800001234 || offend 'the phone is in the cache of an auditor'

rule 'the mask is no value'
me=centre
z 2 do fix "$id" 'phone=138****1234'
says 'not the value'

rule 'the department signs and reports the result; the centre sees it'
act water handle sign
sees centre '签收 李水 水务局'
act water verify handle result=已换管恢复供水
sees centre '报结 李水 水务局' '已换管恢复供水'

rule 'a department does not verify: 4'
me=water
z 4 do verify_ok "$id"
same 'still there' "$(stand water)" "$(stand centre)"

rule 'sent back, handled again, verified, closed, archived'
act centre handle verify_no --reason 路面未恢复
sees water '路面未恢复'
act water verify handle result=路面已恢复
act centre close verify_ok
act centre archive close close_reason=已解决 satisfaction=满意
act centre archived archive
z 0 list incidents --filter open --format jsonl
[ ! -s out ] || offend "still open: $(cat out)"

rule 'a step that is not possible any more is refused, also with the words of --wait'
me=centre
z 4 do accept "$id" --wait 60
z 4 do assign "$id" holder=chengguan --wait 60

rule 'note and correction travel too'
me=water
z 0 do note "$id" note=工程车牌已登记 --wait 60
sees centre '备注 李水 水务局.*工程车牌已登记'

rule 'the timeline is complete and the same on both consoles'
line() {
	me=$1
	z 0 sync
	z 0 show "$id" --format json
	grep -oE '"seq":[0-9]+,"at":[0-9]+,"recv":[0-9]+,"eff":[0-9]+,"verb":"[a-z_]+"' out
}
line centre >a
line chief >c
line water >b
same 'acts' "$(sed 's/.*"verb":"\(.*\)"/\1/' a | tr '\n' ' ')" \
	'register accept assign sign handle verify_no handle verify_ok close archive note '
cmp -s a b || offend "the department's differs: $(diff a b | tr '\n' ' ')"
cmp -s a c || offend "the chief's differs: $(diff a c | tr '\n' ' ')"
same 'in order' "$(sed 's/"seq":\([0-9]*\).*/\1/' a)" "$(sed 's/"seq":\([0-9]*\).*/\1/' a | sort -n)"

# --- numbers and dues ------------------------------------------------------------------------------

rule 'numbers count on; dues are the same on both sides, offline and admitted'
me=centre
register 朝阳桥头路灯不亮 urgency=plain
z 0 do accept "$id" --wait 60
z 0 do assign "$id" holder=shuiwu
z 0 list incidents --format jsonl --columns step,due --filter 路灯
pending=$(cat out)
z 0 sync
z 0 list incidents --format jsonl --columns step,due,number --filter 路灯
says '-0002"'
step=$(json step)
case $pending in *"\"step\":\"$step\""*) ;; *) offend "pending $pending, admitted $(cat out)" ;; esac
stand centre >a
stand water >b
grep -q 0002 a || offend "$(cat a)"
cmp -s a b || offend "$(cat a b)"

rule 'who handled does not verify: 4; another officer of the centre does'
me=centre
register 中心自办件
z 0 do accept "$id" --wait 60
z 0 do assign "$id" holder=zhongxin --wait 60
z 0 do sign "$id" --wait 60
z 0 do handle "$id" result=电话答复 --wait 60
z 4 do verify_ok "$id"
says '王岗'
me=chief
z 0 sync
z 0 do verify_ok "$id" --wait 60

# --- conflicts --------------------------------------------------------------------------------------

rule 'two assign while the line is cut: the first wins, the other is told who and when'
me=centre
register 朝阳桥北占道经营
z 0 do accept "$id" --wait 60
me=chief
z 0 sync
stop
me=centre
z 0 do assign "$id" holder=shuiwu
z 0 show "$id"
says '交办 王岗.*pending'
me=chief
z 0 do assign "$id" holder=chengguan
loser=$(sed -n 1p out)
z 0 conflicts --format json
says_not '"id"'
serve srv "$(at_same_address)"
me=centre
z 0 sync
me=chief
z 0 sync
z 0 conflicts
says '交办 .*城管局 .*refused: .*水务局 .*since [0-9-]+ [0-9]{2}:[0-9]{2}' \
	'first was: 王岗 .*[0-9]{2}:[0-9]{2} 交办 水务局' 'Holder +城管局 +水务局 +!' "$loser"
says_not 'hung on' 'to be decided by'
z 0 conflicts --format table
says '交办 .*水务局 .*since [0-9-]+ [0-9]{2}:[0-9]{2}'
z 0 conflicts --format json
says '"sentence":"[^"]*水务局[^"]*[0-9]{2}:[0-9]{2}' "\"id\":\"$loser\"" '"code":"REFUSED"' \
	'"by":\{"at":[0-9]{13},"officer":"王岗","org":"zhongxin","seq":[0-9]+,"verb":"assign"' \
	'"args":\{"holder":"chengguan"\}' '"own":true,"leader":0' '"dependants":\[\]' \
	'"base":\{[^}]*"step":"assign"' '"mine":\{[^}]*"holder":"chengguan"' \
	'"theirs":\{[^}]*"holder":"shuiwu"'
z 0 status --json
same 'refused' "$(json refused)" 1
same 'pending' "$(json pending)" 0
sees chief '水务局'
says_not '城管局'

rule 'the department that lost has never seen it'
me=city
z 0 sync
z 1 show "$id"

rule 'resolve drop takes it off the desk; again there is nothing to drop'
me=chief
z 2 resolve "$loser" burn
z 0 resolve "$loser" drop
z 0 conflicts --format json
says_not '"id"'
z 0 status --json
same 'refused' "$(json refused)" 0
z 1 resolve "$loser" drop
[ "$(sed -n 's/.*\("verb":"assign"\).*/\1/p' out)" = '' ] || offend 'it is still there'

rule 'what depends on a refused act goes with it; other incidents are not held up'
me=centre
register 朝阳桥东井盖松动
first=$id
register 朝阳桥西护栏倒伏
second=$id
z 0 do accept "$first" --wait 60
me=chief
z 0 sync
stop
z 0 do assign "$first" holder=chengguan
z 0 do fix "$first" title=改过的标题
z 0 do note "$first" note=我仍在路上
z 0 do accept "$second"
me=centre
z 0 do assign "$first" holder=shuiwu
serve srv "$(at_same_address)"
z 0 sync
me=chief
z 0 sync
z 0 conflicts --format jsonl
z 0 list incidents --format jsonl --columns step --filter 护栏
says '"step":"assign"'
z 0 conflicts --format jsonl
same 'acts on the desk' "$(grep -c '^{' out)" 2
same 'the one that hung on it' "$(sed -n 's/.*"verb":"fix".*"leader":\([0-9]*\).*/\1/p' out)" \
	"$(sed -n 's/.*"n":\([0-9]*\).*"verb":"assign".*/\1/p' out)"
fix_id=$(sed -n 's/^{"id":"\([^"]*\)".*"verb":"fix".*/\1/p' out)
act_id=$(sed -n 's/^{"id":"\([^"]*\)".*"verb":"assign".*/\1/p' out)
grep '"verb":"assign"' out >assign.json
grep -qE '"dependants":\[[0-9]+\]' assign.json || offend "no dependants: $(cat assign.json)"
z 0 conflicts
says 'hang on it: 1' 'hung on: .*交办'
z 0 show "$first"
says '我仍在路上' # a note gets in, whatever it hung on
says_not '改过的标题'

rule 'resolve keep does it again where it is possible, and says when it is not'
z 4 resolve "$act_id" keep
z 0 resolve "$fix_id" keep
grep -qE '^[0-9a-f-]{36}$' out || offend "keep printed no id: $(cat out)"
z 0 sync
z 0 list incidents --format jsonl --columns title --filter 改过的标题
says '改过的标题'
z 0 resolve "$act_id" drop

rule 'resolve edit changes what is sent again; only its author decides'
register 朝阳桥上路灯不亮
z 0 do accept "$id" --wait 60
me=centre
z 0 sync
me=chief
stop
z 0 do assign "$id" holder=chengguan
z 0 do fix "$id" title=路灯三盏不亮
me=centre
z 0 do fix "$id" title=路灯两盏不亮
z 0 do assign "$id" holder=shuiwu
serve srv "$(at_same_address)"
z 0 sync
me=chief
z 0 sync
z 0 conflicts --format jsonl
fix_id=$(sed -n 's/^{"id":"\([^"]*\)".*"verb":"fix".*/\1/p' out)
act_id=$(sed -n 's/^{"id":"\([^"]*\)".*"verb":"assign".*/\1/p' out)
z 2 resolve "$fix_id" edit
z 2 resolve "$fix_id" edit nonsense=1
z 0 resolve "$fix_id" edit title=路灯五盏不亮
z 0 sync
z 0 list incidents --format jsonl --columns title --filter 路灯
says '"title":"路灯五盏不亮"'
z 0 logout
z 0 login --officer 王岗 --pin-file pin
z 0 conflicts
says 'to be decided by: 赵岩'
z 5 resolve "$act_id" drop
says '赵岩'
z 5 resolve "$act_id" keep
z 0 logout
z 0 login --officer 赵岩 --pin-file pin
z 0 resolve "$act_id" drop --all
z 0 conflicts --format jsonl
same 'the desk' "$(grep -c '^{' out)" 0

stop
verify_clean srv
finish
