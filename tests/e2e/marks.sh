#!/bin/sh
# What an officer marks for himself follows him to his other consoles, and is nobody else's.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

rule 'an officer at two consoles, and another one'
serve srv
enroll a srv 王岗
enroll b srv 王岗
enroll c srv 李敏
me=a
register 水管爆裂 urgency=2
one=$id
register 渣土车鸣笛
two=$id
for me in b c; do z 0 sync; done

watched() { z 0 list incidents --filter "$1" --format jsonl; same "$me: $1" "$(grep -c . out)" "$2"; }

rule 'marks follow him, and are not the other one'\''s'
me=a
z 0 mark watch "$one" "$two"
z 0 mark pin "$one"
watched watched 2
watched pinned 1
z 0 sync
me=b
z 0 sync
watched watched 2
watched pinned 1
me=c
z 0 sync
watched watched 0

rule 'the last write wins, wherever it was done'
me=b
z 0 mark watch --off "$one"
z 0 sync
me=a
z 0 sync
watched watched 1
watched '!watched' 1

rule 'with the line cut they wait, and go later'
stop
me=a
z 0 mark watch "$one"
watched watched 2
z 3 sync --wait 1
serve srv "$(at_same_address)"
z 0 sync
me=b
z 0 sync
watched watched 2

rule 'what needs him is told without a screen'
me=a
z 0 home
says 'Act now|Up next' '水管爆裂'
z 0 home --format jsonl
grep -q '"group":"next"' out || offend 'no group'
z 2 home --format xml
z 2 mark
z 2 mark watch
z 2 mark like "$one"
z 1 mark watch 99-9999

verify_clean srv
finish
