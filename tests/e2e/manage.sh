#!/bin/sh
# The three administrators, each his own part, by `zhiban manage`; and a caller's number in clear.
# shellcheck disable=SC2154
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"

enrolled() { # NAME CODE
	me=$1
	z 0 enroll "$url" "$2" --pin-file "$tmp/pin"
}
code() { # WORDS...: of a code made on the server itself
	"$zhiband" code "$tmp/server" "$@" 2>err | tail -n 1
}

(umask 077; echo 246813 >"$tmp/pin"; echo 975318 >"$tmp/new.pin")
serve "$tmp/server"

rule 'the security administrator makes accounts and codes'
enrolled sec "$(code --officer 钱安 --role secadmin)"
z 0 manage officers add 王建国 --org 水务局 --role dept
z 0 manage officers
says 王建国 水务局
z 0 manage codes add 王建国 --hours 8
made=$(tail -n 1 out)
z 0 manage codes
says 王建国
enrolled wang "$made"
z 0 sync --wait 20

rule 'and sees who is logged in, where, and what should be looked at'
me=sec
z 0 manage sessions
says 王建国 钱安
z 0 manage consoles --format json
says '"id"'
z 0 manage review --format csv

rule 'but no cases'
z 0 sync --wait 20
z 0 list incidents --format csv
says_not 油烟

rule 'nobody administers himself, nor another administrator'
z 5 manage officers move 钱安 --role leader
z 5 manage officers add 孙系 --role sysadmin

rule 'a session ends at once; an account is closed'
z 0 manage sessions end --officer 王建国
me=wang
z 5 manage status
z 5 pin --pin-file "$tmp/pin" --new-pin-file "$tmp/new.pin"
me=sec
z 0 manage officers disable 王建国
me=wang
z 5 login --pin-file "$tmp/pin"
says 停用\|closed
me=sec
z 0 manage officers enable 王建国
me=wang
z 0 login --pin-file "$tmp/pin"

rule 'the parts are kept apart: what is another one is not there'
enrolled sys "$(code --officer 孙系 --role sysadmin)"
enrolled aud "$(code --officer 吴审 --role audadmin)"
me=sec
z 5 manage status
z 5 manage audit
me=sys
z 0 manage status
z 5 manage officers
z 5 manage audit
me=aud
z 5 manage officers
z 5 manage status
me=wang
z 5 manage officers

rule 'the audit administrator reads what all this left'
me=aud
z 0 manage audit --limit 100
says 钱安 王建国
z 0 manage audit --who 钱安 --format csv
says 钱安
says_not '^[^,]*,[^,]*,吴审'

rule 'a word that is none, and one too many'
z 2 manage
z 2 manage officers destroy 王建国
z 2 manage officers add
z 2 manage consoles --since 2026-01-01
z 2 manage status now
says_not '%s'

rule 'his own PIN'
me=wang
z 0 pin --pin-file "$tmp/pin" --new-pin-file "$tmp/new.pin"
z 5 login --pin-file "$tmp/pin"
z 0 login --pin-file "$tmp/new.pin"

finish
