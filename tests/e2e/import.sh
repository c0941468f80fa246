#!/bin/sh
# Import of rows from outside: encodings, columns, rejects, again, while the server runs and when it
# does not; and the real files where they are.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

# counts READ IMPORTED THERE REJECTED: what the last import said; each sum is right.
counts() {
	same 'rows read, imported, there, rejected' \
		"$(sed -n 's/^rows read \([0-9]*\) = imported \([0-9]*\) + already there \([0-9]*\) + rejected \([0-9]*\)$/\1 \2 \3 \4/p' out)" \
		"$1 $2 $3 $4"
}

# Of all rows that the console has: those that match.
rows() {
	z 0 list incidents --format jsonl
	grep -c -e "$1" out
}

rule 'a server and a console that keeps everything'
serve srv
enroll a srv 王岗
sed -i '/^server "default"/a window_days = 0' a/zhiban/zhiban.conf
z 0 sync

# --- a small file in the four encodings ------------------------------------------------------------

cat >utf8.csv <<'END'
编号,标题,内容,类别,时间,街道,姓名,电话,状态,办结时间,答复,满意度,楼栋,备用码
A-1,路灯不亮,"整段路灯都不亮，
请尽快修理。他说""很急""",路灯不亮,2024-03-01 20:15,雕庄街道,张三,13800000001,已办结,2024-03-02 09:00,已修复,满意,7栋,x1
A-2,渣土车半夜鸣笛,扰民,噪声扰民,2024/3/5,青龙街道,李四,,办理中,,,,,
A-3,井盖缺失,,从未听过的类别,2024-03-06T07:00:00Z,,,,,,,,3栋,x3
END
sed 's/A-\([123]\)/B-\1/' utf8.csv | { printf '\357\273\277'; sed 's/$/\r/'; } >bom.csv
if command -v iconv >/dev/null 2>&1; then
	sed 's/A-\([123]\)/C-\1/' utf8.csv | iconv -f UTF-8 -t GB18030 >gb.csv
	sed 's/A-\([123]\)/D-\1/; s/,/\t/g' utf8.csv | { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE; } >utf16.txt
else
	echo 'no iconv' >no-iconv
fi

# one FILE PREFIX: it comes in as the same three rows whatever the encoding.
one() {
	d 0 import srv "$1" --source 12345
	counts 3 3 0 0
	z 0 sync
	same "rows of $1" "$(rows "\"src_no\":\"$2-")" 3
	id=$(sed -n 's/^{"id":"\([^"]*\)".*"src_no":"'"$2"'-1".*/\1/p' out)
	z 0 show "$id"
	says '^Title +路灯不亮' '整段路灯都不亮，' '^请尽快修理。他说"很急"' '雕庄' '已修复' '满意' '138\*+0001' \
		'^Reported +(2024-)?03-01 20:15' '^楼栋 +7栋' '^备用码 +x1' '热线'
	z 0 show "$id" --format json
	says '"imported":1' '"closed_at":1709341200000' '"phone":"138\*+0001"'
	case $(cat out) in *'"due":'*) offend 'a closed row has a running clock' ;; esac
}

rule 'UTF-8 with comma; unknown columns are kept and shown'
one utf8.csv A
rule 'UTF-8 with BOM and CRLF'
one bom.csv B
if [ -e no-iconv ]; then
	skip 'GB18030' 'there is no iconv'
	skip 'UTF-16 with tabs' 'there is no iconv'
else
	rule 'GB18030'
	one gb.csv C
	rule 'UTF-16 with tabs'
	one utf16.txt D
fi

rule 'a time with a zone, a date alone; a strange category keeps its words'
z 0 list incidents --format jsonl
grep '"src_no":"A-3"' out >row
grep -q '"category":"99"' row || offend "no other category: $(cat row)"
grep -q '"reported_at":1709708400000' row || offend "the zone was not read: $(cat row)"
id=$(sed 's/^{"id":"\([^"]*\)".*/\1/' row)
z 0 show "$id"
says '从未听过的类别'

rule 'imported once, nothing comes in twice, whatever the encoding'
for file in utf8.csv bom.csv; do
	d 0 import srv $file --source 12345
	counts 3 0 3 0
done
same 'rows' "$(rows '"src_no":"A-')" 3

rule 'another source is another row; --source stands on the page'
d 0 import srv utf8.csv --source 城管
counts 3 3 0 0
z 0 sync
same 'rows' "$(rows '"src_no":"A-')" 6
same 'of that source' "$(rows '"source":"chengguan"')" 3

rule 'rows without a number are known by their words'
printf '标题,时间\n无号一,2024-05-01\n无号二,2024-05-01\n无号一,2024-05-01\n' >plain.csv
d 0 import srv plain.csv --source 12345
counts 3 2 1 0
d 0 import srv plain.csv --source 12345
counts 3 0 3 0

# --- JSON Lines, gzip, --map ------------------------------------------------------------------------

cat >rows.jsonl <<'END'
{"id":"J-1","title":"河道有异味","text":"第一行\n第二行","created":"2025-01-02T03:04:05+08:00","up":3,"tags":["a","b"],"nested":{"x":1}}
{"id":"J-2","title":"公交站牌倒了","created":"2025-01-03"}
END
rule 'JSON Lines, plain and gzip'
d 0 import srv rows.jsonl
counts 2 2 0 0
gzip -c rows.jsonl >rows.jsonl.gz
d 0 import srv rows.jsonl.gz
counts 2 0 2 0
gzip -c utf8.csv | cat >other.csv.gz
d 0 import srv other.csv.gz --source 城管
counts 3 0 3 0
z 0 sync
z 0 list incidents --filter 河道有异味 --format jsonl
id=$(json id)
z 0 show "$id"
says '^第一行' '^第二行' '^up +3'

cat >strange.csv <<'END'
k,what,happened
1,树倒了,2025-02-01
END
rule '--map names what no list knows; a column that is not there is wrong use'
d 0 import srv strange.csv --map src_no=k,title=what,reported_at=happened
counts 1 1 0 0
d 2 import srv strange.csv --map title=nowhere
d 2 import srv strange.csv --map nonsense=what
z 0 sync
same 'rows' "$(rows '"title":"树倒了"')" 1

# --- rejects ---------------------------------------------------------------------------------------

{
	printf '编号,标题,内容,时间\n'
	printf 'R-1,好的一行,,2025-03-01\n'
	printf 'R-2,坏时间,,2025-13-45\n'
	printf 'R-3,%s,,2025-03-01\n' "$(awk 'BEGIN { for (i = 0; i < 250; i++) printf "长" }')"
	printf 'R-4,又一好行,,2025-03-02\n'
	printf 'R-5,多出来的,,2025-03-02,x,y\n'
	printf '\303\050,坏编码,,2025-03-02\n'
	printf 'R-7,最后一行,,2025-03-03\n'
} >bad.csv
rule 'bad rows go to the rejects file with line and reason, and stop nothing'
d 0 import srv bad.csv --rejects rejects.csv
read=$(sed -n 's/^rows read \([0-9]*\) .*/\1/p' out)
rejected=$(sed -n 's/.* rejected \([0-9]*\)$/\1/p' out)
same 'rows read' "$read" 7
same 'lines of rejects' "$(($(wc -l <rejects.csv) - 1))" "$rejected"
grep -q '^3,.*2025-13-45' rejects.csv || offend "no bad time at line 3: $(cat rejects.csv)"
grep -q '^4,.*200' rejects.csv || offend "no long title at line 4: $(head -c 600 rejects.csv)"
z 0 sync
for title in 好的一行 又一好行 最后一行; do
	same "$title" "$(rows "$title")" 1
done
same 'nothing was cut' "$(rows 长长长长)" 0

rule 'the rejects file, corrected, is imported: nothing comes in twice, source and name stay'
d 2 import srv rejects.csv --rejects rejects.csv
d 0 import srv rejects.csv --rejects again.csv
counts 4 0 0 4
same 'rejects of rejects' "$(cut -d, -f1 again.csv | tr '\n' ' ')" 'reject_line 2 3 4 5 '
sed 's/2025-13-45/2025-03-02/g; s/长\(长\)*/改短了/; s/,x,y$//; s/,[^,]*,\(坏编码,\)/,R-6,\1/' rejects.csv >fixed.csv
d 0 import srv fixed.csv --rejects again.csv
counts 4 4 0 0
d 0 import srv fixed.csv
counts 4 0 4 0
z 0 sync
same 'the corrected row' "$(rows '"title":"坏时间"')" 1
z 0 list incidents --format jsonl
grep '"title":"坏时间' out | grep -q '"source":"bad"' || offend "its source is another: $(grep 坏时间 out)"

rule 'a mapping is saved and used again'
printf 'k,what,happened\n2,灯灭了,2025-02-02\n' >strange2.csv
d 0 import srv strange.csv --map src_no=k,title=what,reported_at=happened --save-map towns
counts 1 0 1 0
grep -q '^title=what$' srv/maps/towns || offend "$(cat srv/maps/towns)"
d 0 import srv strange2.csv --map @towns
counts 1 1 0 0
d 2 import srv strange2.csv --map @nobody
says 'no saved mapping'
d 2 import srv strange2.csv --map title=what --save-map ../x
z 0 sync
same 'rows' "$(rows '"title":"灯灭了"')" 1

printf '{"id":"K-1","title":"好"}\nno json\n{"id":"K-3"\n{"id":"K-4","title":"也好"}\n' >bad.jsonl
rule 'the same of JSON Lines'
d 0 import srv bad.jsonl --rejects rejects.csv
counts 4 2 0 2
grep -q '^2,' rejects.csv && grep -q '^3,' rejects.csv || offend "$(cat rejects.csv)"
sed 's/no json/"{""id"":""K-2"",""title"":""写对了""}"/; s/""K-3""/&,""title"":""也写对了""}/' rejects.csv >fixed.csv
d 0 import srv fixed.csv
counts 2 2 0 0
d 0 import srv bad.jsonl
counts 4 0 2 2

rule 'an empty file, a file that is not there, one that is no table'
: >empty.csv
d 0 import srv empty.csv
d 1 import srv nowhere.csv
says 'nowhere.csv'

# --- dry run; with and without a server ------------------------------------------------------------

printf '编号,标题\nT-1,试一试\nT-2,再试\n' >dry.csv
head_of() {
	grep '^head ' out
}
rule '--dry-run says the counts and keeps nothing'
d 0 import srv dry.csv --dry-run
counts 2 2 0 0
says 'dry run'
z 0 sync
same 'rows' "$(rows '"src_no":"T-')" 0
d 0 import srv dry.csv --dry-run
counts 2 2 0 0

rule 'without a server running the same command works on the data'
stop
d 0 import srv dry.csv --dry-run
counts 2 2 0 0
d 0 verify srv
before=$(head_of)
d 0 import srv dry.csv
counts 2 2 0 0
d 0 import srv dry.csv
counts 2 0 2 0
d 0 verify srv
[ "$before" != "$(head_of)" ] || offend 'the head did not move'
serve srv "$(at_same_address)"
d 0 import srv dry.csv
counts 2 0 2 0
z 0 sync
same 'rows' "$(rows '"src_no":"T-')" 2

rule 'an import that is killed goes on where it was'
# More than the reader takes at once, through a pipe that then stands still.
awk 'BEGIN {
	for (i = 0; i < 60; i++)
		text = text "很长的内容"
	print "编号,标题,内容"
	for (i = 1; i <= 4000; i++)
		print "Z-" i ",批量第" i "件," text
}' >many.csv
mkfifo pipe
"$zhiband" import srv pipe --source 12345 >/dev/null 2>&1 &
other=$!
pids="$pids $other"
: >trace
exec 9>pipe
head -n 3001 many.csv >&9
await 60 grep -q '/v1/admin/acts' trace || offend 'no batch came'
kill -9 $other
wait $other 2>/dev/null
exec 9>&-
d 0 import srv many.csv --source 12345
there=$(sed -n 's/^rows read 4000 = imported [0-9]* + already there \([0-9]*\) + rejected 0$/\1/p' out)
[ "${there:-0}" -gt 0 ] || offend "nothing had come in before: $(cat out)"
[ "${there:-4000}" -lt 4000 ] || offend 'all of it had come in before'
d 0 import srv many.csv --source 12345
counts 4000 0 4000 0

# --- real files --------------------------------------------------------------------------------------

data=${ZHIBAN_SHARED:-}/data
n=0
# real FILE ROWS [OPTIONS...]: all of it comes in, and a second time nothing.
real() {
	file=$1 all=$2
	shift 2
	if [ ! -e "$file" ]; then
		skip "import of ${file##*/}" 'shared data are not here'
		return 0
	fi
	n=$((n + 1))
	rule "import of ${file##*/}: imported + there + rejected = rows; again nothing"
	d 0 import real "$file" --rejects "rejects.$n" "$@"
	set -- "$(tail -n 1 out)" "$@"
	printf '# %s: %s\n' "${file##*/}" "$1"
	shift
	imported=$(sed -n 's/.* imported \([0-9]*\) .*/\1/p' out)
	there=$(sed -n 's/.* there \([0-9]*\) .*/\1/p' out)
	rejected=$(sed -n 's/.* rejected \([0-9]*\)$/\1/p' out)
	same 'rows' "$((imported + there + rejected))" "$all"
	same 'rejects written' "$(grep -c '^[0-9]*,' "rejects.$n")" "$rejected"
	[ "$imported" -gt $((all / 2)) ] || offend "only $imported of $all"
	d 0 import real "$file" "$@"
	counts "$all" 0 $((imported + there)) "$rejected"
}

"$zhiband" init real --profile tianning --listen 127.0.0.1:0 >/dev/null
real "$data/incidents_zh/taidi-hot.jsonl.gz" 2673
real "$data/incidents_zh/taidi-reply.jsonl.gz" 1800
if [ -e "$data/incidents_en/boston311_2011.csv.gz" ]; then
	if [ -n "${ZHIBAN_LONG:-}" ]; then
		real "$data/incidents_en/boston311_2011.csv.gz" 40669
		for set in bj-letters:582 fz12345-river:951 lyb-gas:680 lyb-hangzhou:739 taidi-labelled:243 \
			taidi-cat-dev:1770 taidi-test:1813; do
			file=$data/incidents_zh/${set%:*}.jsonl
			[ -e "$file" ] || file=$file.gz
			real "$file" "${set#*:}"
		done
		real "$data/incidents_en/baltimore311_2014_2019.csv.gz" 6599
	else
		gzip -dc "$data/incidents_en/boston311_2011.csv.gz" 2>/dev/null | head -n 2001 >boston311.csv
		real boston311.csv 2000
	fi
else
	skip 'import of boston311' 'shared data are not here'
fi
for file in gb18030_crlf.csv utf16le_bom_tab.txt utf8_lf.csv utf8bom_crlf.csv; do
	real "$data/import_variants/reply300_$file" 300 --source "$file"
done
verify_clean real

if [ -e "$data/incidents_zh/taidi-reply.jsonl.gz" ]; then
	rule 'the longest text is on a console to its last sentence'
	gzip -dc "$data/incidents_zh/taidi-reply.jsonl.gz" |
		awk '{ if (length($0) > n) { n = length($0); row = $0 } } END { print row }' >longest.jsonl
	d 0 import srv longest.jsonl --source long
	z 0 sync
	src_no=$(sed 's/.*"id":"\([^"]*\)".*/\1/' longest.jsonl)
	z 0 list incidents --format jsonl --columns src_no
	id=$(sed -n 's/^{"id":"\([^"]*\)","src_no":"'"$src_no"'"}$/\1/p' out)
	z 0 show "$id" --format json
	# What stands before the keys behind text and reply, as they came.
	for key in text reply; do
		tail=$(sed 's/.*"'$key'":"\(\(\\.\|[^"\\]\)*\)".*/\1/' longest.jsonl | tail -c 90 | tail -c 60)
		case $(cat out) in *"$tail"*) ;; *) offend "the end of $key is missing: $tail" ;; esac
	done
else
	skip 'the longest text' 'shared data are not here'
fi

stop
verify_clean srv
finish
