#!/bin/sh
# Finding what the console keeps no more, by asking the server; and taking data out.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

rule 'a server with closed cases'
serve srv
enroll a srv 王岗
cat >rows.csv <<'END'
编号,标题,内容,时间,街道,姓名,电话,状态,办结时间
A-1,自来水管爆裂,=1+1 水漫到路上,2024-03-01 20:15,雕庄街道,张三,13800000001,已办结,2024-03-02 09:00
A-2,渣土车半夜鸣笛,扰民,2024/3/5,青龙街道,李四,13800000002,已办结,2024-03-06 09:00
A-3,水管漏水,,2024-03-06T07:00:00Z,,,,办理中,
END
d 0 import srv rows.csv --source 12345
z 0 sync

# The index is made when the server has nothing else to do: asked again until it has come there.
indexed() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		z 0 search "$@" --online --format jsonl
		[ -s out ] && return
		sleep 0.5
	done
	offend "nothing was found: $*"
}

rule 'words are found in what is here, also before there is an index'
z 0 search 水管 --format jsonl
same 'rows' "$(grep -c . out)" 2
z 0 search 水管 --filter open --format jsonl
same 'open ones' "$(grep -c . out)" 1
z 0 search 漫到 路上 --best --columns title
says '自来水管爆裂'
z 0 search 水管 --closed --since 2024-03-01 --until 2024-03-01 --format jsonl
same 'of a day' "$(grep -c . out)" 1
z 0 search A-2
says '渣土车半夜鸣笛'
z 0 search 张三
same 'nobody by his name' "$(grep -c 自来水 out)" 0
z 2 search 水管 --since yesterdayish
z 2 search 水管 --filter street:nowhere
z 2 search 水管 --best --online

rule 'words are found by the server, newest first'
indexed 水管
same 'rows' "$(grep -c . out)" 2
z 0 search 水管 爆裂 --online
says '自来水管爆裂'
z 0 search --online 水管 --closed --format jsonl
same 'closed ones' "$(grep -c . out)" 1
z 0 search --online 半夜 --since 2024-03-05 --until 2024-03-05 --format jsonl
same 'of a day' "$(grep -c . out)" 1
z 0 search --online 半夜 --since 2024-03-06 --format jsonl
same 'of later days' "$(grep -c . out)" 0

rule 'nobody is found by his telephone'
z 0 search --online 13800000001 --format jsonl
same 'rows' "$(grep -c . out)" 0
z 0 search --online 张三 --format jsonl
same 'rows' "$(grep -c . out)" 0

rule 'wrong words say what to do'
z 2 search
z 2 search 水
z 2 search 水 --online
says '至少两个字|two characters'
z 2 search 水管 --limit 0
z 2 search 水管 --since yesterdayish --online

rule 'what is exported is masked, and a filter is obeyed'
d 0 export srv incidents --columns title,phone,text
says '自来水管爆裂' '138\*+0001'
case $(cat out) in *13800000001*) offend 'a telephone in clear' ;; esac
d 0 export srv incidents --filter closed --columns title
same 'closed ones and a header' "$(grep -c . out)" 3
d 0 export srv incidents --filter closed --format jsonl
same 'lines' "$(grep -c '"title"' out)" 2
d 0 export srv people --format json
says '王岗'

rule 'a spreadsheet gets no formula'
d 0 export srv incidents --excel --columns text --out x.csv
same 'BOM' "$(head -c 3 x.csv | od -An -tx1 | tr -d ' \n')" efbbbf
grep -q "'=1+1" x.csv || offend 'a formula is not guarded'
same 'mode' "$(stat -c %a x.csv)" 600
d 1 export srv incidents --out x.csv

rule 'in clear only when it is said'
d 0 export srv incidents --columns phone --clear
says '13800000001'

rule 'the journal as it is, with its hashes'
d 0 export srv journal
same 'from the first entry on' "$(sed -n 1p out | grep -c '"seq":1[,}]')" 1
same 'hashes' "$(grep -c '^{"hash":"[0-9a-f]\{64\}"' out)" "$(grep -c . out)"

rule 'what came in and what was taken out stand in the audit log'
d 0 audit srv --format jsonl
says 'import.*rows' 'export.*incident' 'export.*journal' 'clear'

rule 'wrong words of export say what to do'
d 2 export srv everything
d 2 export srv journal --format csv
d 2 export srv people --filter closed
d 2 export srv incidents --columns nonsense
d 1 export srv incidents --org nowhere
d 0 verify srv
finish
