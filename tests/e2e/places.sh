#!/bin/sh
# From an address to its grid: a district's table of addresses, on consoles within one sync.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

rule 'a server and a console that has no address table'
serve srv
enroll centre srv 王岗
me=centre
z 1 place 飞龙东路
says 'no place here is called'

rule 'a table with Chinese titles in GB18030 is read, what does not fit is said'
cat > table.csv <<'EOF'
地址,门牌,街道,社区,名称,联系人,电话,隐患,摄像头
飞龙东路,1-99单,青龙街道,青竹苑社区,,陈网格,0519-00007001,,A-0317
飞龙东路,2-98双,青龙街道,,,,,,
新堂北路12号,,青龙街道,青竹苑社区,北苑幼儿园,,,"燃气调压站, 深坑",A-0318 A-0319
无处路,,没有的街道,,,,,,
新堂北路,很多,青龙街道,,,,,,
EOF
iconv -f UTF-8 -t GB18030 table.csv > gb.csv
d 0 places load srv gb.csv --dry-run
says '5 rows \(GB18030\): 3 kept, 2 rejected' 'none of this jurisdiction' 'no house numbers'
z 0 sync
z 1 place 飞龙东路
d 0 places load srv gb.csv --rejects bad.csv --reason 地址库首批
says 'places=[0-9a-f]{64}' 'rows=3'
[ "$(grep -c . bad.csv)" -eq 3 ] || offend "rejects: $(cat bad.csv)"

rule 'the console has it with the next sync: proposals by house number, the card'
z 0 sync
z 0 place 飞龙东路7号
says '^飞龙东路 1-99 odd.*青龙 青竹苑社区'
says_not '2-98'
z 0 place 飞龙东路8号
says '2-98 even'
z 0 place --card 新堂北路12号3楼
says '青竹苑社区' '燃气调压站, 深坑' 'A-0318' '北苑幼儿园' 'nothing that is known here'

rule 'a registration that says where, and not whose it is, gets the grid of the only place it can mean'
z 0 do register title=路灯不亮 address=飞龙东路7号门前 --wait 60
says 'by the address table: 青龙 青竹苑社区'
id=$(head -n 1 out)
z 0 show "$id" --format json
says '"street":"320402002"' '"community":"320402002'
z 0 do register title=井盖响 address=飞龙东路7号 street=兰陵 --wait 60
says_not 'by the address table'
z 0 place --card "$id"
says '路灯不亮' '陈网格'

rule 'a wrong table changes nothing and says what is missing'
printf 'a,b\n1,2\n' > wrong.csv
d 1 places load srv wrong.csv
says 'no column is an address'
printf 'address,street\n某路,没有的\n' > none.csv
d 1 places load srv none.csv
says 'no row could be kept'
z 0 sync
z 0 place 飞龙东路7号
says '1-99 odd'

rule 'another table takes the place of the first'
printf 'address,street\n红梅路,红梅\n' > second.csv
d 0 places load srv second.csv
z 0 sync
z 1 place 飞龙东路7号
z 0 place 红梅路5号
says '红梅'

divisions=$top/../shared/data/divisions/tianning_320402.csv
if [ -r "$divisions" ]; then
	rule 'a table of divisions is an address table'
	d 0 places load srv "$divisions"
	says '132 kept, 1 rejected'
	z 0 sync
	z 0 place 朝阳花园北门
	says '^朝阳花园 .*雕庄 朝阳花园社区'
else
	skip 'a table of divisions is an address table' 'no ../shared/data here'
fi

rule 'the journal is whole'
stop
verify_clean srv

finish
