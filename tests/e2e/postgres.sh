#!/bin/sh
# A server whose data are in PostgreSQL: every command, with and without the server; connections that
# are ended, a line that is cut, a data base that crashes and comes back.  No act that was confirmed is
# lost or done twice, consoles come in step.  A backup goes to a file and back.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
. "$top/tests/tools/postgres.sh"
badnet=$bld/tests/tools/badnet
[ -x "$badnet" ] || skip_all 'tests/tools/badnet is not built'
pg_find || skip_all "$pg_missing"
chmod 711 "$tmp"
trap 'pg_stop immediate; clean_up' EXIT
pg_start "$tmp/pg" || { rule 'PostgreSQL starts'; offend 'it does not'; finish; }

# The server reaches its data base over a line that can be cut.
mkfifo say
"$badnet" control "$pg_port" <say >net.out 2>net.err &
pids="$pids $!"
exec 3>say
await 30 grep -q '^ready ' net.out || { rule 'the line'; offend "badnet: $(cat net.err)"; finish; }
line=$(sed -n 's/^ready //p' net.out)
db="postgresql://zhiban:geheim@127.0.0.1:$line/zhiban"

# --- without the server ------------------------------------------------------------------------------

rule 'a data folder whose data are in PostgreSQL'
d 0 init D --profile tianning --listen 127.0.0.1:0 --db "$db"
says 'data are in postgresql://zhiban@127.0.0.1' '[0-9A-Z]{4}-'
says_not geheim
[ ! -e D/data.db ] || offend 'there is a file too'
[ "$(stat -c %a D/zhiband.conf)" = 600 ] || offend 'others may read the password'
d 1 init E --profile tianning --db "$db"
says 'holds zhiban.s data already'
says_not geheim
d 2 init E --profile tianning --db mysql://host/name
says 'sqlite, or postgresql'

rule 'commands without the server'
d 0 code D --officer 王岗
d 0 officer D list
d 0 verify D
says '^entries 1,'

rule 'with no data base there are words'
pg_stop fast
for words in 'code D' 'verify D' 'serve D'; do
	# shellcheck disable=SC2086
	run timeout "$limit" "$zhiband" $words
	[ "$rc" -ne 0 ] || offend "$words: it did something"
	says 'the data base'
	says_not geheim
done
pg_start "$tmp/pg" || offend 'it does not start again'

# --- with it -----------------------------------------------------------------------------------------

rule 'a console works with it'
serve D
enroll a D 王岗
enroll b D 李岗
me=a
register 供水中断
d 0 officer D list
says 李岗
d 0 backup D b1
d 0 verify b1

# acts: one note after another until the file going is gone; in the file said, those that were answered.
acts() {
	k=0
	while [ -e going ]; do
		k=$((k + 1))
		echo "N$k." >>tried
		if env LC_ALL=$english XDG_CONFIG_HOME="$tmp/a" XDG_DATA_HOME="$tmp/a" \
			XDG_STATE_HOME="$tmp/a" "$zhiban" do note "$id" note="N$k." --wait 5 \
			>out.acts 2>err.acts </dev/null; then
			echo "N$k." >>said
		fi
	done
}
said() {
	cat said 2>/dev/null | wc -l
}
more_than() {
	[ "$(said)" -gt "$1" ]
}
# missed MANY: more than so many acts were tried that are not confirmed at once.
open_acts() {
	echo $(($(wc -l <tried) - $(said)))
}
missed() {
	[ "$(open_acts)" -gt "$1" ]
}
# goes_on WHAT: acts are confirmed after it as before.
goes_on() {
	count=$(said)
	await 60 more_than $((count + 3)) || offend "$1: no act was confirmed after it: $(cat err.acts)"
}

rule 'every connection to the data base is ended, again and again'
: >going
acts &
pids="$pids $!"
loop=$!
goes_on 'the beginning'
for _ in 1 2 3 4 5; do
	pg_sql "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE application_name = 'zhiband'" >ended
	goes_on 'the end of all connections'
done

rule 'the line to the data base is cut'
for cut in shut 'cut down 700' 'cut up 1500' 'cut down 5000' shut; do
	open=$(open_acts)
	echo "$cut" >&3
	await 30 missed "$((open + 1))" || offend "$cut: acts are confirmed all the same"
	echo through >&3
	goes_on "$cut"
done

rule 'the data base crashes and comes back'
for mode in immediate fast immediate; do
	pg_stop "$mode"
	pg_start "$tmp/pg" || offend 'it does not start again'
	goes_on "the end ($mode) of the data base"
done
rm going
wait "$loop"

rule 'each confirmed act is there once, and those that waited came in too'
for me in a b; do
	z 0 sync --wait 60
done
z 0 show "$id" --format json
cp out whole
for word in $(cat tried); do
	[ "$(grep -o "\"note\":\"$word\"" whole | wc -l)" -eq 1 ] || offend "$word is not there once"
done
for me in a b; do
	z 0 status --json
	same "acts of $me that wait" "$(json pending)" 0
	json cursor >"cursor.$me"
done
same 'cursors' "$(cat cursor.a)" "$(cat cursor.b)"
d 0 backup D b2
stop
same 'the end of the server' "$stopped" 0
grep -q geheim trace serve.err && offend 'the password is in the log'
verify_clean D
head=$(sed -n 's/^head //p' out)

# --- elsewhere ---------------------------------------------------------------------------------------

rule 'a backup does not go over what is there'
d 1 restore b2 R
says 'holds zhiban.s data already'

rule 'from PostgreSQL to a file'
d 0 restore b2 R --db sqlite
d 0 verify R
same 'the head' "$(sed -n 's/^head //p' out)" "$head"
[ -f R/data.db ] || offend 'there is no file'
d 0 backup R b3

rule 'and back, and consoles go on with it'
pg_sql 'CREATE DATABASE second' postgres
d 0 restore b3 S --db "postgresql://zhiban:geheim@127.0.0.1:$line/second"
says_not geheim
d 0 verify S
same 'the head' "$(sed -n 's/^head //p' out)" "$head"
serve S "$(at_same_address)"
me=a
z 0 do note "$id" note=on-the-second. --wait 60
me=b
z 0 sync --wait 60
z 0 show "$id" --format json
grep -q 'on-the-second\.' out || offend 'the other console does not see it'
stop
verify_clean S
finish
