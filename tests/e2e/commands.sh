#!/bin/sh
# Every subcommand of zhiban and zhiband: its help, its exit status, what it prints for people and
# for programs.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

# --- words ---------------------------------------------------------------------------------------

rule '--help of each subcommand of zhiban shows an example'
z 0 --help
sed -n 's/^  zhiban \([a-z][a-z]*\) .*/\1/p' out | grep -v '^opens$' >names
for name in demo enroll login logout sync status list show do due outbox conflicts resolve cache \
	doctor completion; do
	grep -qx "$name" names || offend "zhiban --help does not name $name"
done
twice=$(sort names | uniq -d)
[ -z "$twice" ] || offend "zhiban --help names twice: $twice"
while read -r name <&3; do
	z 0 "$name" --help
	says "^zhiban $name" '^Example:' "^  zhiban $name"
done 3<names

rule '--help of each command of zhiband shows an example'
d 0 --help
sed -n 's/^  zhiband \([a-z]*\) .*/\1/p' out >names
for name in init serve code officer import backup restore verify profile calendar; do
	grep -qx "$name" names || offend "zhiband --help does not name $name"
done
while read -r name <&3; do
	d 0 "$name" --help
	says "^zhiband $name" '^Example:' "^  zhiband $name"
done 3<names
d 0 serve --help
says 'systemd' 'ExecStart='

rule 'versions'
z 0 --version
says '^zhiban [0-9]+\.[0-9]'
d 0 --version
says '^zhiband [0-9]+\.[0-9]'

rule 'wrong words are wrong use: 2, and a sentence'
for words in nonsense 'list' 'list nonsense' 'list incidents --nonsense' \
	'list incidents --limit 0' 'show' 'show a b' 'do' 'do nonsense 1' 'sync --wait soon' 'due' \
	'status --json=1' 'cache' 'cache burn' 'completion fish' 'resolve' 'resolve x' 'resolve x burn' \
	'resolve x keep y=z' 'resolve x keep --all' 'resolve x edit' 'conflicts --format nonsense' 'enroll' \
	'demo --incidents 0' 'demo --seed x' 'demo --at noon' '--config'; do
	z 2 $words
	says '^zhiban: .'
done
for words in nonsense init 'init x' 'init x --profile' serve 'serve a b' code 'officer' import \
	'import x' verify 'verify a b' backup 'backup x' 'backup x y z' restore 'restore x' profile 'profile burn x' 'calendar burn x y' 'verify x --nonsense'; do
	d 2 $words
	says '^zhiband: .'
done
d 2

rule 'what is not there has failed: 1'
for words in 'serve nowhere' 'verify nowhere' 'code nowhere' 'backup nowhere b' \
	'restore nowhere x' 'import nowhere x.csv' \
	'init x --profile nowhere' 'profile check nowhere.conf'; do
	d 1 $words
	says '^zhiband: .*nowhere'
done
[ ! -d x ] || offend 'a failed init left a folder'

rule 'completion knows the subcommands'
for shell in bash zsh; do
	z 0 completion "$shell"
	says 'enroll' "show,--format) words='text json html markdown'" '^complete -F'
done
z 0 completion values verbs
says '^verify_ok$'
z 0 completion values fields assign
says '^holder=$'
z 2 completion values colours
z 0 completion bash
sh -n out 2>/dev/null || bash -n out 2>/dev/null || offend 'the completion is no shell'

# --- deadlines -----------------------------------------------------------------------------------

# due FROM LIMIT EXPECTED [OPTION...]
due() {
	from=$1 limit_=$2 expected=$3
	shift 3
	z 0 due "$from" "$limit_" "$@"
	same "due $from $limit_" "$(sed -n 1p out)" "$expected"
}

rule 'deadlines as the calendar has them'
due 2026-09-25T10:00 7wd 2026-10-12T17:30:00+08:00
due 2026-09-25 7wd 2026-10-12T17:30:00+08:00
due 2026-02-13T17:40 7wd 2026-03-02T17:30:00+08:00
due 2026-02-14 7wd 2026-03-03T17:30:00+08:00
due 2026-02-14T09:00 7wd 2026-03-03T17:30:00+08:00
due 2026-11-20T16:30 90wm 2026-11-23T09:00:00+08:00
due 2026-11-20T16:30 3d 2026-11-23T16:30:00+08:00
due 2026-11-20T23:45 30m 2026-11-21T00:15:00+08:00
due 2026-11-20T22:00 4h 2026-11-21T02:00:00+08:00
due 2026-11-20T22:00 2h@08:30 2026-11-21T10:30:00+08:00
due 2026-11-20T22:00Z 4h 2026-11-21T10:00:00+08:00
due 2026-09-25T10:00 7wd 2026-10-12T18:00:00+08:00 --hours 09:00-18:00
due 2026-11-20T16:30 90wm 2026-11-23T10:00:00+08:00 --hours 09:00-12:00,13:30-17:00
due 2026-09-25T10:00 7wd 2026-10-12T17:30:00+08:00 --calendar cn
due 2026-09-25T10:00 7wd 2026-10-12T17:30:00+08:00 --calendar "$top/profiles/calendar-cn.conf"

rule '--explain has a line for each day, counted or skipped and why'
z 0 due 2026-09-25T10:00 7wd --explain
same 'first line' "$(sed -n 1p out)" 2026-10-12T17:30:00+08:00
same 'days counted' "$(grep -c ' work day [1-7]' out)" 7
same 'days skipped' "$(grep -c ' skipped: ' out)" 10
says '^2026-10-01 .*国庆节' '^2026-10-10 .*make-up' '^2026-10-11 .*weekend'

rule 'past the known calendar a deadline is provisional, and says so'
z 0 due 2026-12-30T09:00 9wd
says '^2027-' 'provisional'

rule 'bad times and limits are wrong use'
for words in '2026-09-25 7xx' '2026-13-25 7wd' 'nonsense 3d' '2026-09-25 0d' '2026-09-25 -3d' \
	'2026-09-25 99999999999wd' '2026-09-25 3d --hours 25:00-26:00' '2026-09-25 3d --calendar nowhere' \
	'2026-09-25 3d extra' '2026-02-30 3d' '2026-09-25 2h@25:00' '2026-09-25 7'; do
	z 2 due $words
	says '^zhiban: .'
	[ ! -s out ] || offend "due $words printed $(cat out)"
done

# --- a console -----------------------------------------------------------------------------------

rule 'a console that is enrolled nowhere is not allowed: 5'
me=nobody
for words in 'list incidents' 'show 1' 'do note 1 note=x' sync status outbox conflicts 'cache check' \
	login doctor; do
	z 5 $words
	says 'zhiban enroll'
done

rule 'init makes a folder for the owner alone, and a code on the last line'
d 0 init srv --profile tianning --listen 127.0.0.1:0
tail -n 1 out | grep -qE '^[0-9A-Z-]+-[0-9a-f]{10}$' || offend "no code: $(cat out)"
same 'mode of the folder' "$(stat -c %a srv)" 700
for file in srv/*; do
	same "mode of $file" "$(stat -c %a "$file")" 600
done
d 1 init srv --profile tianning
says 'srv'

rule 'serve announces where; a second serve on the same data is refused'
serve srv
d 1 serve srv --listen 127.0.0.1:0
says 'srv|lock'

rule 'codes: for the centre, an organisation, a role; wrong ones are refused'
for words in '' '--org shuiwu --role dept' '--org 雕庄 --role street' '--role chief --officer 赵岩'; do
	d 0 code srv $words
	tail -n 1 out | grep -qE '^[0-9A-Z-]+-[0-9a-f]{10}$' || offend "code $words: $(cat out)"
done
d 1 code srv --org nowhere
says 'nowhere'
d 1 code srv --role nonsense
says 'duty' 'leader'

rule 'a code is good once, and only for this server'
d 0 code srv --officer 王岗
code=$(tail -n 1 out)
printf '13579\n' >pin
me=a
chmod 644 pin
z 2 enroll "$url" "$code" --pin-file pin
says 'chmod 600'
chmod 600 pin
z 5 enroll "$url" "${code%-*}-0123456789" --pin-file pin
says 'another key'
z 2 enroll "$url" "nonsense" --pin-file pin
z 2 enroll "http://127.0.0.1:1" "$code" --pin-file pin
z 0 enroll "$url" "$code" --pin-file pin
says '王岗'
me=again
z 5 enroll "$url" "$code" --pin-file pin
me=a
z 0 sync
find a -type f -perm /077 >open
[ ! -s open ] || offend "others may read $(cat open)"

rule 'officers: added, listed, closed, opened'
d 0 officer srv add 钱进 --org chengguan --role dept --phone 0519-1
d 0 officer srv list
says '王岗' '钱进.*chengguan|chengguan.*钱进'
d 0 officer srv disable 钱进
d 0 officer srv enable 钱进
d 0 officer srv passwd 钱进 --pin-file pin
d 1 officer srv disable 无人
d 2 officer srv burn 钱进
d 1 officer srv add 钱进 --org chengguan --role dept

rule 'log out, log in; a wrong PIN is not allowed'
me=a
z 0 logout
z 5 do register title=x --wait 5
printf '99999\n' >wrong
chmod 600 wrong
z 5 login --officer 王岗 --pin-file wrong
z 0 login --officer 王岗 --pin-file pin
says '王岗'

# --- what is printed ------------------------------------------------------------------------------

rule 'an act prints an id; with --wait what came of it'
z 0 do register title=供水管道爆裂 category=0303 urgency=urgent street=雕庄 text=满地都是水 --wait 30
one=$(sed -n 1p out)
printf '%s\n' "$one" | grep -qE '^[0-9a-f]{8}-[0-9a-f]{4}-7' || offend "no id: $one"
says '^applied [0-9]{2}-0001$'
z 0 do register title=路灯不亮 category=0203 urgency=plain street=青龙 address=青洋路8号 --wait 30
two=$(sed -n 1p out)
z 0 do register title=配电箱冒烟 category=1301 urgency=flash --wait 30
three=$(sed -n 1p out)
z 0 do accept "$one" --wait 30
z 0 do assign "$one" holder=shuiwu --reason 主管 --wait 30
says '^applied '

rule 'an incident by number, short number and hex digits'
number=$(grep -o '[0-9]*-0001$' out)
z 0 show "$number"
says '供水管道爆裂'
z 0 list incidents --filter 供水 --columns number --format csv
full=$(sed -n '2s/.*,//p' out)
for name in "$full" "$one" "$(printf '%s' "$one" | tr -d - | cut -c 1-20)"; do
	z 0 show "$name"
	says '供水管道爆裂'
done
z 1 show 99-9999
z 1 show 00000000-0000-7000-8000-000000000000

rule 'a refusal by a rule is 4, and leaves nothing in the outbox'
z 4 do verify_ok "$one"
says 'not possible'
z 4 do accept "$one"
z 2 do assign "$two"
says 'Holder'
z 0 do accept "$two" --wait 30
z 2 do assign "$two" holder=nowhere
says 'nowhere'
z 0 outbox --format jsonl
[ ! -s out ] || offend "the outbox holds $(cat out)"
for format in jsonl csv table text json; do
	z 0 conflicts --format "$format"
	says_not '"id":'
done
z 0 conflicts
says 'Nothing lies on the conflict desk'
z 0 list outbox --format csv
same 'the outbox has but its titles' "$(grep -c . out)" 1
z 1 resolve 01234567 keep
says '01234567'

rule 'names by pinyin: in values, filters and small lists; what was guessed is told'
z 0 list incidents --filter street:qljd --columns title --format csv
says "^$two"
same 'one on that street' "$(grep -c . out)" 2
z 0 list incidents --filter qinglong --columns title --format csv
says "^$two"
z 0 list incidents --filter ludeng --columns title --format csv
says "^$two"
z 2 list incidents --filter street:qinlogn
says 'nearest: '
z 0 list orgs --filter 'tier:street in:dzjd' --columns name --format csv
says '雕庄街道'
same 'one street' "$(grep -c . out)" 2
z 2 do assign "$two" holder=jiedao
says 'write more of it'
z 0 do fix "$two" street=lanlingjd --wait 30
says "lanlingjd is taken for"
z 0 list incidents --filter street:兰陵 --columns title --format csv
says "^$two"

rule '--read-only acts on nothing'
z 5 --read-only do note "$one" note=x
z 0 --read-only list incidents

rule 'list: table, json, jsonl and csv have the same rows; id comes first in JSON'
z 0 list incidents --format jsonl
sed 's/^{"id":"\([^"]*\)".*/\1/' out >ids.jsonl
same 'rows' "$(wc -l <ids.jsonl)" 3
z 0 list incidents --format json
sed -n 's/^{"id":"\([^"]*\)".*/\1/p' out >ids.json
case $(tr -d '\n' <out) in '['*']') ;; *) offend 'no JSON array' ;; esac
z 0 list incidents --format csv
sed '1d; s/,.*//' out >ids.csv
sed -n 1p out | grep -q '^id,' || offend 'the header does not begin with id'
z 0 list incidents
sed 1d out | awk '{ print $1 }' >numbers.table
z 0 list incidents --columns number --format csv
sed '1d; s/.*,//' out >numbers.csv
cmp -s ids.jsonl ids.json || offend 'json has other rows than jsonl'
cmp -s ids.jsonl ids.csv || offend 'csv has other rows than jsonl'
cmp -s numbers.csv numbers.table || offend 'the table has other rows than csv'

rule 'list: files have what the filter lets through; one that is there is not overwritten'
for end in csv html md json jsonl; do
	z 0 list incidents --filter 供水 --columns number,title --out "x.$end"
	[ "$(grep -c 供水 "x.$end")" -ge 1 ] || offend "x.$end has no row"
	[ -e "x.$end.part" ] && offend "x.$end.part is left"
done
same 'rows' "$(wc -l <x.jsonl)" "$(sed 1d x.csv | grep -c 供水)"
same 'mark' "$(head -c 3 x.csv | od -An -tx1 | tr -d ' ')" efbbbf
z 1 list incidents --out x.csv
says 'x.csv'
z 2 list incidents --out x.doc
z 2 list incidents --format html --excel

rule 'show and report: a page to print, a paragraph to read out'
one=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' x.jsonl | sed -n 1p)
z 0 show "$one" --format html
says '^<h1>' '</html>'
z 0 show "$one" --format markdown
says '^# ' '^## '
z 0 report brief "$one" --chars 40
[ "$(sed -n 1p out | LC_ALL=C.UTF-8 wc -m)" -le 41 ] || offend 'more than forty characters'
z 2 report brief
z 2 report brief "$one" --chars few

rule 'list: long fields are there when programs ask for all, or for them'
z 0 list incidents --format jsonl --filter 供水
says '"text":"满地都是水"'
z 0 list incidents --format csv --columns number,text --filter 供水
says '满地都是水'

rule 'list: columns, sort, limit'
z 0 list incidents --columns title,step --format jsonl --limit 1
same 'keys' "$(sed 's/:"[^"]*"//g' out)" '{"id","title","step"}'
z 0 list incidents --sort number --format csv --columns number
cp out up
z 0 list incidents --sort=-number --format csv --columns number
sed 1d up | sort -r -t, -k2 | cmp -s - /dev/null && offend 'nothing was sorted'
same 'backwards' "$(sed '1d; s/.*,//' out | tr '\n' ' ')" "$(sed '1d; s/.*,//' up | sort -r | tr '\n' ' ')"
z 2 list incidents --sort phone
says 'number'
z 2 list incidents --format xml
z 2 list incidents --columns nonsense
says 'title'

rule 'list: groups have a heading with their number; programs get the rows in that order'
z 0 list incidents --group street --columns number,street
same 'headings' "$(grep -c '^-- ' out)" 3
same 'heading' "$(sed -n 2p out)" '-- 雕庄  1'
z 0 list incidents --group dept --format csv --columns title
same 'in the order of departments, none last' "$(sed -n '2s/.*,//p' out)" 供水管道爆裂
z 0 list incidents --group street --count
same 'a line for each group' "$(cut -f 1 out | tr '\n' ' ')" '1 1 1 '
same 'its name' "$(sed -n '1s/.*	//p' out)" 雕庄
z 2 list incidents --group colour
says 'step, dept or street'
z 2 list people --group dept

rule 'list: a saved view gives filter, columns, order and group; what is asked for goes before it'
cat >"$tmp/a/zhiban/views.conf" <<-'EOF'
	view "夜间" {
		filter = "供水 | 路灯"
		columns = { "number", "Matter", "holder" }
		sort = "-number"
	}
	view "streets" { group = "street" }
EOF
z 0 list incidents --view 夜间 --format csv
same 'columns' "$(sed -n 1p out | tr -d '\r')" 'id,Number,Title,Holder'
same 'rows' "$(sed 1d out | sed 's/^[^,]*,[^,]*,//; s/,.*//' | tr '\n' ' ')" '路灯不亮 供水管道爆裂 '
z 0 list incidents --view 夜间 --filter 配电箱 --columns title --format csv
same 'one row' "$(sed '1d; s/.*,//' out)" 配电箱冒烟
z 0 list incidents --view streets
same 'headings' "$(grep -c '^-- ' out)" 3
cp "$tmp/a/zhiban/views.conf" shared.conf
printf 'view "夜间" {\n}\n' >"$tmp/a/zhiban/views.conf"
z 0 list incidents --view streets --views shared.conf
same 'headings' "$(grep -c '^-- ' out)" 3
z 1 list incidents --view streets
says 'streets' '夜间'
printf 'view "x" {\n\tsort = "sideways"\n}\n' >shared.conf
z 2 list incidents --view x --views shared.conf
says 'shared.conf:2: .*sideways'
z 2 list incidents --views shared.conf

rule 'list: deadlines and whistles have views of their own'
cat >shared.conf <<-'EOF'
	view "全部" { list = "deadlines" whose = "all" filter = "!kind:check" }
	view "自己的" { list = deadlines }
	view "按类别" {
		list = "whistles"
		filter = "!closed"
		sort = "-class"
	}
EOF
z 0 list deadlines --view 全部 --views shared.conf --count
all=$(cat out)
z 0 list deadlines --view 自己的 --views shared.conf --count
[ "$(cat out)" -lt "$all" ] || offend "mine are $(cat out) of $all"
z 0 list whistles --view 按类别 --views shared.conf --count
same 'no whistle' "$(cat out)" 0
z 2 list incidents --view 全部 --views shared.conf
says '全部' 'list deadlines'
z 2 list people --view 全部 --views shared.conf
says 'incidents, deadlines and whistles'
printf 'view "x" {\n\tlist = "deadlines"\n\tgroup = "street"\n}\n' >shared.conf
z 2 list deadlines --view x --views shared.conf
says 'shared.conf:3: group' 'filter, whose'
printf 'view "x" {\n\tlist = "deadlines"\n\tfilter = "kind:colour"\n}\n' >shared.conf
z 2 list deadlines --view x --views shared.conf
says 'colour'

rule 'other lists, in each format'
for kind in deadlines people orgs outbox; do
	for format in table json jsonl csv; do
		z 0 list $kind --format $format
	done
done
z 0 list orgs --format jsonl
same 'organisations' "$(wc -l <out)" 184
z 0 list people --format csv
says '王岗'
z 0 list deadlines --filter kind:clock --format jsonl
same 'running' "$(wc -l <out)" 3

rule 'show: text and JSON'
z 0 show "$one"
says '^Title +供水管道爆裂' '满地都是水' '^Timeline' '登记 王岗' '交办 王岗' '^Clocks'
z 0 show "$one" --format json
says '^{"id":"'"$one"'"' '"timeline":\[' '"verb":"assign"' '"clock":\['
z 2 show "$one" --format xml

rule 'status for people and for programs'
z 0 status
says '王岗'
z 0 status --json
for key in online server epoch cursor pending refused data_age_s bytes_in bytes_out versions; do
	says "\"$key\":"
done
same 'pending' "$(json pending)" 0

rule 'cache: sound, rebuilt, and the same again'
z 0 list incidents --format jsonl
cp out before
z 0 cache check
z 0 cache rebuild
z 0 sync
z 0 list incidents --format jsonl
cmp -s before out || offend 'the rebuilt cache shows something else'
z 0 doctor
says 'tianning' '王岗' 'calendar of working days'

# --- outside text ---------------------------------------------------------------------------------

rule 'no raw control character of outside text: list, show, outbox, in every format; no colour'
evil=$(printf 'a\033[31mred\033]0;t\007\302\233x\342\200\256b\342\201\246c\342\200\213d\177e')
z 0 do register "title=$evil" "text=$evil" "address=$evil" "reporter=$evil" --wait 30
bad=$(sed -n 1p out)
z 0 do note "$bad" "note=$evil" --wait 30
z 0 do note "$bad" "note=$evil again"
esc=$(printf '[\001-\010\013-\037\177]')
c1=$(printf '\302[\200-\237]')
bidi=$(printf '\342\200[\213-\217\252-\256]|\342\201[\246-\251]')
raw() {
	z 0 "$@"
	says 'red'
	! grep -qE -e "$esc" -e "$c1" -e "$bidi" out || offend "zhiban $*: raw: $(cat -v out | head -c 300)"
}
printf '%s\n' "$evil" >out
: >err
for what in "$esc" "$c1" "$bidi"; do
	grep -qE -e "$what" out || offend "the pattern $what sees nothing"
done
for format in table json jsonl csv; do
	raw list incidents --filter red --columns title,address,reporter --format $format
done
raw show "$bad"
raw show "$bad" --format json
z 0 outbox --format jsonl
! grep -qE -e "$esc" -e "$c1" -e "$bidi" out || offend "raw in the outbox: $(cat -v out)"
z 1 show "$evil"
! grep -qE -e "$esc" -e "$c1" -e "$bidi" err || offend "raw in a message: $(cat -v err)"
d 1 code srv --org "$evil"
! grep -qE -e "$esc" -e "$c1" -e "$bidi" err || offend "raw in a message: $(cat -v err)"
z 0 sync

# --- rules ----------------------------------------------------------------------------------------

rule 'profile: checked with file, line and word; adopted; a calendar loaded'
d 0 profile check "$top/profiles/tianning.conf"
says 'tianning' 'organisations: 184'
cp "$top/profiles/tianning.conf" "$top/profiles/tianning-orgs.csv" "$top/profiles/common.conf" \
	"$top/profiles/calendar-cn.conf" .
sed '1i offset = "+99:00"' "$top/profiles/tianning.conf" >broken.conf
d 1 profile check broken.conf
says 'broken\.conf:[0-9]+:'
sed 's/^brief = .*/brief = "天宁"/' "$top/profiles/tianning.conf" >tianning.conf
d 0 profile adopt srv tianning.conf --reason 简称
d 1 profile adopt srv broken.conf
d 0 calendar load srv calendar-cn.conf
cat >2027.json <<EOF
{"year": 2027, "papers": [], "days": [
	{"name": "元旦", "date": "2026-12-27", "isOffDay": false},
	{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}
EOF
d 0 calendar load srv 2027.json --reason 明年
says '2027 added: 1 days off, 1 make-up days' '2007 to 2027'
d 0 calendar load srv 2027.json
says '2027 replaced'
sed 's/2027/2029/g' 2027.json >2029.json
d 1 calendar load srv 2029.json
says '2029'
d 1 calendar load srv broken.conf
if [ -e "$ZHIBAN_SHARED/data/holidays/2026.json" ]; then
	d 0 calendar load srv "$ZHIBAN_SHARED"/data/holidays/202[456].json
	says '2024 replaced' '2026 replaced'
fi
z 0 sync
z 0 show "$one"

rule 'SIGTERM ends the server cleanly'
stop
same 'its exit status' "$stopped" 0
[ ! -e srv/url ] || offend 'it left its address behind'

rule 'offline: not in step is 3'
z 3 sync --wait 1
says 'not in step'
verify_clean srv
finish
