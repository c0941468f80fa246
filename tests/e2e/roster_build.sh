#!/bin/sh
# A month made by the generator on the command line: people from a table, tried, saved, checked; somebody falls
# ill, and what is set stays; the ledger; the month on paper.  Any sound month is good: which one it is,
# is not judged, nor how long it took.
profile=tianning
TZ=CST-8
export TZ
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/loops.sh"
org=320402005
month=2027-03

# seats FILE: who stands where in that month, one a line, in an order of their own.
seats() {
	z 0 list shifts --filter "month:$month org:$org" --columns day,shift,post,seat,name --format csv
	cut -d, -f2- out | sort >"$1"
}

rule 'a server, a street, and nobody in its list yet: there is nothing to build from'
serve srv
enroll street srv 梅街 "$org" street_chief
z 1 roster build "$month" --limit 2
says 'nobody is in the list'

rule 'its people from a table'
cat >people.csv <<'END'
姓名,职务,联系电话,可任岗位,轮值次序
张三,主任,13900000001,带班,1
李四,副主任,13900000002,带班,2
王五,副主任,13900000003,带班,3
赵六,委员,13900000004,带班,4
钱一,科员,13900000011,主班 副班,5
孙二,科员,13900000012,主班 副班,6
周三,科员,13900000013,主班 副班,7
吴四,科员,13900000014,主班 副班,8
郑五,科员,13900000015,主班 副班,9
冯六,科员,13900000016,主班 副班,10
陈七,科员,13900000017,主班 副班,11
褚八,科员,13900000018,主班 副班,12
END
z 0 roster import people.csv --as staff
says 'taken 12'
z 0 sync --wait 60

rule 'words that it does not take'
z 2 roster build
says 'which month'
z 2 roster build 2027-13
says '2027-13'
z 2 roster build "$month" --keep some
says '--keep is fixed .* or set'
z 2 roster build "$month" --limit soon
says '--limit'
z 2 roster build "$month" --plan elsewhere
says 'elsewhere'
z 2 roster build "$month" --format pdf --dry-run --limit 1
says '--format is text'
z 2 roster build "$month" --quick
says 'quick'

rule '--dry-run prints the month, its score and the ledger, and changes nothing'
z 0 roster build "$month" --limit 3 --dry-run
cp out dry
says '张三|李四|王五|赵六' '钱一' 'Unfairness +[0-9]' 'Weight|Ledger|Weekdays|Nights'
seats none
same "lines of seats after --dry-run" "$(wc -l <none)" 1
z 4 roster check "$month"

rule 'saved: every seat is filled, and nothing breaks a rule'
z 0 roster build "$month" --limit 3
says '钱一'
z 0 sync --wait 60
seats first
[ "$(wc -l <first)" -gt 90 ] || offend "only $(wc -l <first) lines: $(head -3 first)"
z 0 roster check "$month"
z 0 roster show "$month"
says '钱一' '褚八'
z 0 roster build "$month" --limit 1 --keep set
says 'nothing|0'
seats second
cmp -s first second || offend "a month that stands was changed: $(diff first second | head -5)"

rule 'the ledger: each of them, and what he stood'
z 0 report ledger --month "$month"
says '张三' '钱一' '褚八'
z 0 report ledger --month "$month" --format csv
same 'people in the ledger' "$(grep -cE '张三|李四|王五|赵六|钱一|孙二|周三|吴四|郑五|冯六|陈七|褚八' out)" 12

rule 'one is ill for a week: with what is set kept, only his seats change'
done_off() {
	z 0 do timeoff 钱一 from_at="$month-08T00:00" to_at="$month-15T00:00" reason=病假 --wait 60
}
done_off
z 4 roster check "$month"
says '钱一'
z 0 roster build "$month" --limit 3 --keep set
z 0 sync --wait 60
seats third
diff first third >changed
grep -q '^<' changed || offend 'nothing was changed'
grep '^<' changed | grep -v 钱一 >others
[ ! -s others ] || offend "seats of others were changed: $(head -5 others)"
grep '^>' changed | grep 钱一 >again
[ ! -s again ] || offend "he was put in again: $(cat again)"
awk -F, -v from="$month-08" -v to="$month-14" '/钱一/ && $1 >= from && $1 <= to' third >ill
[ ! -s ill ] || offend "he stands while he is ill: $(cat ill)"
z 0 roster check "$month"

rule 'fixed seats stay, whatever is built anew'
fixed=$(grep -m 1 孙二 third)
day=$(echo "$fixed" | cut -d, -f1)
z 0 list shifts --filter "month:$month name:孙二 day:$day" --format jsonl
z 0 do fix_seat turn="$day/$(json shift)/$(json post)" --wait 60
z 0 roster build "$month" --limit 2
z 0 sync --wait 60
seats fourth
grep -qF "$fixed" fourth || offend "the fixed seat went: $fixed"
z 0 roster check "$month"

rule 'the month on paper, in four formats'
for format in text markdown html csv; do
	z 0 report roster --month "$month" --format "$format"
	says '孙二' '2027|03'
	cp out "month.$format"
done
grep -q '^<!DOCTYPE html>\|^<html' month.html || offend "no html: $(head -2 month.html)"
grep -q '^|' month.markdown || offend "no table: $(head -2 month.markdown)"
z 2 report roster --month "$month" --format pdf

rule 'lists in the order that is asked for'
z 0 list shifts --filter "month:$month" --sort -day --limit 1 --columns day --format jsonl
says "$month-31"
z 0 list staff --filter "org:$org" --sort -order --limit 2 --columns name --format jsonl
same 'the last in rotation' "$(json name)" 褚八
same 'rows' "$(wc -l <out)" 2
z 2 list swaps --sort nothing
says 'is no order'
z 0 show 孙二
says 'Duties to come|Posts'

stop
verify_clean srv
finish
