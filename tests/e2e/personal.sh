#!/bin/sh
# A caller's name and phone with real programs: shown for a reason, erased everywhere, kept no longer
# than the profile says.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
phone=13812349999

# Whether the words are in a file of the folder.
found() {
	grep -raq -- "$2" "$1"
}

rule 'a server, the centre, a department'
serve srv
enroll centre srv Wang zhongxin duty
enroll dept srv Zhao chengguan dept

rule 'registered with name and phone; the journal has neither'
me=centre
register 'a pipe has burst' "phone=$phone" reporter=Zhangsanfeng
z 0 do accept "$id" --wait 60
found srv "$phone" || offend 'the phone is not in the data at all'

rule 'who holds the case has it shown here, journalled'
z 0 reveal "$id" phone --why callback
same phone "$(cat out)" "$phone"
z 0 sync
z 0 show "$id"
says 'Show a personal value|查看'
says_not "$phone"

rule 'who does not is asked for by the server; without a reason of the list nothing is shown'
z 0 do assign "$id" holder=chengguan --wait 60
z 0 sync
z 0 show "$id" --format json
says_not "$phone"
z 2 reveal "$id" phone
says 'callback'
z 2 reveal "$id" phone --why curious
z 2 reveal "$id" title --why callback
says_not "$phone"
z 0 reveal "$id" phone --why callback
same phone "$(cat out)" "$phone"
me=dept
z 0 sync
z 0 reveal "$id" reporter --why locate
same reporter "$(cat out)" Zhangsanfeng

rule 'the server cannot be reached: only who holds it has it shown'
stop
z 0 reveal "$id" phone --why callback
same phone "$(cat out)" "$phone"
me=centre
z 3 reveal "$id" phone --why callback
says_not "$phone"
serve srv "$(at_same_address)"
me=dept
z 0 sync

rule 'erased: from the data, from their files, from the consoles'
d 2 erase srv "$id"
d 0 erase srv "$id" --reason 'asked for by the caller'
says '2 values were erased'
if [ -z "${ZHIBAN_E2E_DB-}" ]; then
	! found srv "$phone" || offend 'the phone is in a file of the server'
	! found srv Zhangsanfeng || offend 'the name is in a file of the server'
fi
for me in centre dept; do
	z 0 sync
	z 0 show "$id"
	says_not '138\*\*\*\*9999' "$phone" Zhangsanfeng
	z 0 show "$id" --format json
	says_not "$phone"
	! found "$me/zhiban" "$phone" || offend "$me still has the phone in $(grep -ral -- "$phone" "$me/zhiban" | tr '\n' ' ')"
done
z 1 reveal "$id" phone --why callback
says "no personal values"

rule 'a number is as good as an id; an incident that is not there is said to be none'
z 0 show "$id" --format json
number=$(json number)
d 0 erase srv "$number" --reason again
d 1 erase srv 20000101-0001 --reason none

rule 'kept no longer: nothing is old enough here, and a dry run says so'
d 0 purge srv --dry-run
says '0 cases'
d 0 purge srv
says '0 cases'

stop
verify_clean srv
finish
