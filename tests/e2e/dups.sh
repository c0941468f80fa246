#!/bin/sh
# Many callers about one event: found while they are told, merged into one, by a real server.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

rule 'a server with three callers, and another matter'
serve srv
enroll a srv 王岗
z 0 do register 'title=清凉新村12幢自来水发黄，有铁锈味' urgency=急 address=清凉新村12幢 --wait 20
first=$(head -1 out)
z 0 do register 'title=反映清凉新村自来水是黄的，有味道' urgency=平 address=清凉新村 --wait 20
second=$(head -1 out)
z 0 do register 'title=清凉新村多户自来水浑浊发黄' urgency=平 address=清凉新村 --wait 20
third=$(head -1 out)
z 0 do register 'title=清凉新村路灯不亮' urgency=平 address=清凉新村 --wait 20

rule 'what is like one is found, the likeliest first, and nothing else'
z 0 dups "$first" --format jsonl
same 'alike' "$(grep -c . out)" 2
same 'the other matter' "$(grep -c 路灯 out)" 0
z 0 dups "$third"
says '12幢自来水发黄'
z 0 dups --text '清凉新村水黄了' --format jsonl
same 'of words' "$(grep -c 黄 out)" 3
z 0 dups --text '朝阳桥下起火' --format jsonl
same 'of other words' "$(grep -c . out)" 0

rule 'one that is merged is stood for by its lead'
z 0 do merge "$second" "lead=$first" --wait 20
z 0 sync --wait 20
z 0 dups "$third" --format jsonl
same 'the lead alone' "$(grep -c . out)" 1
says "$first"
z 0 show "$first"
says '并单'

rule 'wrong use is said'
z 2 dups
z 2 dups "$first" --text x
z 2 dups "$first" --format xml
z 1 dups 99-9999
finish
