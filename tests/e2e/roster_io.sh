#!/bin/sh
# Rosters in and out: people, duties in the forms in which streets keep them, somebody's calendar; and what
# leaves is read back by another program's library.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

rule 'a server, and a console of a street that has nobody in its roster yet'
serve srv
enroll street srv 冯站 320402002 street_chief
z 0 roster export --format csv -
says '0 duties'
z 1 roster import none.csv
says 'none.csv'
z 2 roster
says 'import' 'export'
z 2 roster import --as what people.csv
says 'roster, staff or timeoff'

rule 'its people, as WPS saves them: GB18030; a bad row does not stop the rest'
cat > people.csv <<'END'
姓名,职务,联系电话,可任岗位,轮值次序
张三,主任,13900000001,带班 主班,1
李四,科员,13900000002,主班 副班,2
王五,科员,13900000003,主班 副班,3
赵六,科员,13900000004,火星,4
,科员,13900000005,主班,5
孙七,副主任,13900000006,带班,6
END
iconv -f UTF-8 -t GB18030 people.csv > gb.csv
z 0 roster import gb.csv --as staff --dry-run
says 'taken 4 \+ as it was 0 \+ rejected 2' 'dry run'
z 0 roster import gb.csv --as staff --rejects bad.csv
says 'taken 4 \+ as it was 0 \+ rejected 2; 4 acts' 'line 5: .*火星' 'line 6: it says no name'
[ "$(grep -c . bad.csv)" -eq 3 ] || offend "rejects: $(cat bad.csv)"
z 0 roster import gb.csv --as staff
says 'taken 0 \+ as it was 4 \+ rejected 2; 0 acts'
z 0 sync --wait 60

rule 'the rejects, corrected, are read as they are'
sed -i 's/火星/副班/g; s/^\(6,[^,]*,,[^,]*\),,/\1,周八,/' bad.csv
z 0 roster import bad.csv --as staff
says 'taken 2 \+ as it was 0 \+ rejected 0'

rule 'a list of duties: seats that stand so already are left alone'
cat > list.csv <<'END'
日期,班次,岗位,姓名
2027-03-01,全天,带班,张三
2027-03-01,全天,主班,李四
2027-03-01,全天,副班,王五
2027/3/2,,主班,王 五
2027-03-02,全天,副班,无名氏
2027-03-32,全天,副班,李四
2027-03-03,全天,班长,李四
END
z 0 roster import list.csv --dry-run
says 'taken 4 \+ as it was 0 \+ rejected 3'
z 0 roster import list.csv --rejects rejects.csv
says 'line 6: .*无名氏' 'line 7: .*2027-03-32' 'line 8: .*班长' 'rejected 3; 1 acts|rejected 4; [0-9]* acts'
z 0 roster import list.csv
says 'taken 0 \+ as it was [34]'

rule 'a month as streets keep it: a title, a column a day, names in the cells'
cat > month.csv <<'END'
青龙街道2027年4月值班表,,,,,,
岗位,1日,2日,3日,4日,5日,备注
星期,四,五,六,日,一,
带班,张三,孙七,张三,孙七,张三,
主班,李四,王五,赵六,李四,王五,电话要通
副班,王五,赵六,李四,王五,-,
END
printf '\357\273\277' > bom.csv
sed 's/$/\r/' month.csv >> bom.csv
z 0 roster import bom.csv --despite 人手不足
says 'taken 1[0-9] '
z 0 roster import bom.csv --despite 人手不足
says 'taken 0 \+ as it was 1[0-9]'

rule 'a row for each person, in UTF-16'
cat > people_month.csv <<'END'
姓名,1,2,3,4,5
孙七,带班,休,,带班,
李四,全天主班,,,主班,/
无名,主班,,,,
END
iconv -f UTF-8 -t UTF-16 people_month.csv > wide.csv
z 0 roster import wide.csv --month 2027-05
says 'taken 4 \+ as it was 0 \+ rejected 1' '无名'

rule 'all of it is admitted'
z 0 sync --wait 60
z 0 status --json
same pending "$(json pending)" 0
z 0 conflicts
says_not 'roster'

rule 'out as a table: a mark, CR LF, and import takes it again'
z 0 roster export out.csv --from 2027-03-01 --to 2027-05-31
says 'duties'
[ "$(head -c 3 out.csv | od -An -tx1 | tr -d ' \n')" = efbbbf ] || offend 'there is no mark'
[ "$(grep -c "$(printf '\r')$" out.csv)" -eq "$(grep -c . out.csv)" ] || offend 'lines do not end in CR LF'
z 0 roster import out.csv
says 'taken 0 ' 'rejected 0; 0 acts'

rule 'out as a calendar: a person, a post, the organisation'
z 0 roster export zhang.ics --person 张三 --from 2027-03-01 --to 2027-05-31
says '^4 duties'
z 0 roster export main.ics --post 主班 --from 2027-03-01 --to 2027-05-31
z 0 roster export all.ics --from 2027-03-01 --to 2027-05-31
grep -q 'SUMMARY:带班 · ' zhang.ics || offend "$(grep SUMMARY zhang.ics)"
! grep -q 副班 main.ics || offend 'another post'
cp all.ics once.ics
z 0 roster export all.ics --from 2027-03-01 --to 2027-05-31
cmp -s all.ics once.ics || offend 'the same duties are other bytes'

rule 'somebody calendar as his absences: busy alone, neighbours joined, once'
cat > away.ics <<'END'
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270710
DTEND;VALUE=DATE:20270713
SUMMARY:省里培训
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=Asia/Shanghai:20270712T200000
DURATION:PT6H
SUMMARY:返程
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20270801
TRANSP:TRANSPARENT
SUMMARY:生日
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20270835T000000
END:VEVENT
END:VCALENDAR
END
sed -i 's/2027\(0[78]\)/'"$(date -d '+1 year' +%Y 2>/dev/null || echo 2027)"'\1/' away.ics
z 2 roster import away.ics
says 'whose calendar'
z 0 roster import away.ics --person 李四 --rejects away.csv
says 'rejected 1' 'DTSTART'
z 0 roster import away.ics --person 李四
says 'taken 0 ' '0 acts'

rule 'absences of a table'
cat > leave.csv <<'END'
姓名,开始,结束,事由
王五,2027-06-01,2027-06-03,探亲
王五,2027-06-05 08:30,2027-06-05 12:00,体检
王五,2027-06-09,2027-06-08,倒着
END
z 0 roster import leave.csv --as timeoff
says 'taken 2 \+ as it was 0 \+ rejected 1'
z 0 roster import leave.csv --as timeoff
says 'taken 0 \+ as it was 2 \+ rejected 1'

rule 'what is another organisation is not for a street to set'
printf '日期,岗位,姓名\n2027-06-20,值班,张三\n' > other.csv
z 1 roster import other.csv --org chengguan --month 2027-06
says 'nobody of the rosters is called' 'nothing of it could be taken'
head -n 2 people.csv > one.csv
z 5 roster import one.csv --as staff --org chengguan
says 'rejected 1'

rule 'what was written is read by another library'
python=
for p in /usr/bin/python3 python3; do
	[ -n "$python" ] || ! "$p" -c 'import icalendar' 2>/dev/null || python=$p
done
if [ -n "$python" ]; then
	"$python" - zhang.ics main.ics all.ics >read.out 2>&1 <<'END' || offend "$(cat read.out)"
import sys, icalendar
n = []
for path in sys.argv[1:]:
    calendar = icalendar.Calendar.from_ical(open(path, 'rb').read())
    events = calendar.walk('VEVENT')
    n.append(len(events))
    assert str(calendar['METHOD']) == 'PUBLISH'
    for event in events:
        start, end = event.decoded('DTSTART'), event.decoded('DTEND')
        assert (end - start).total_seconds() == 24 * 3600, (start, end)
        assert start.strftime('%H%M%z') == '0030+0000'
        assert str(event['UID']).endswith('@zhiban') and str(event['SUMMARY'])
assert n[0] == 4 and n[2] > n[1] > 0, n
print(n)
END
else
	skip 'python3-icalendar reads what was written' 'there is no python3-icalendar'
fi

verify_clean srv
finish
