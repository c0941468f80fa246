#!/bin/sh
# Three nodes on one PostgreSQL with a synchronous standby: any node answers any console, a node is
# killed, the primary is killed while acts come in and the standby takes over.  No act that a console
# confirmed as admitted is lost or done twice, the journal is whole, and all consoles come in step.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
. "$top/tests/tools/postgres.sh"
pg_find || skip_all "$pg_missing"
chmod 711 "$tmp"
trap 'pg_dir=$tmp/two; pg_stop immediate; pg_dir=$tmp/one; pg_stop immediate; clean_up' EXIT

began=$(date +%s%N)
# trace WORDS...: what happened when, in milliseconds since the beginning.
trace() {
	printf '# %7d ms  %s\n' "$((($(date +%s%N) - began) / 1000000))" "$*"
}

# --- two data bases ----------------------------------------------------------------------------------

rule 'a primary and a standby that each commit waits for'
pg_start "$tmp/one" wal_level=replica max_wal_senders=4 hot_standby=on || finish
one_port=$pg_port
mkdir -m 700 "$tmp/two"
[ -z "$pg_user" ] || chown "$(id -u "$pg_user"):$(id -g "$pg_user")" "$tmp/two"
pg_as "$pg_bin/pg_basebackup" -h "$tmp/one" -p "$one_port" -U zhiban -D "$tmp/two/cluster" -R -X stream -c fast \
	-d "host=$tmp/one port=$one_port user=zhiban application_name=standby" >basebackup.out 2>&1 || {
	offend "pg_basebackup: $(cat basebackup.out)"
	finish
}
pg_port=
pg_dir=$tmp/two
pg_start_standby() { # its data are a copy: no new data base is made in it
	two_port=$((one_port + 1))
	tries=0
	until pg_as "$pg_bin/pg_ctl" -s -w -D "$tmp/two/cluster" -l "$tmp/two/log" \
		-o "-k $tmp/two -p $two_port -c listen_addresses=127.0.0.1 -c hot_standby=on -c max_connections=200" start \
		>start.out 2>&1; do
		tries=$((tries + 1))
		two_port=$((two_port + 17))
		[ "$tries" -lt 8 ] || return 1
	done
}
pg_start_standby || { offend "the standby does not start: $(tail -n 5 "$tmp/two/log")"; finish; }
on() { # on FOLDER PORT SQL
	"$pg_bin/psql" -X -q -At -h "$1" -p "$2" -U zhiban -d zhiban -c "$3"
}
on "$tmp/one" "$one_port" "ALTER SYSTEM SET synchronous_standby_names = 'standby'" >/dev/null
on "$tmp/one" "$one_port" 'SELECT pg_reload_conf()' >/dev/null
is_sync() {
	[ "$(on "$tmp/one" "$one_port" 'SELECT sync_state FROM pg_stat_replication')" = sync ]
}
await 30 is_sync || offend 'the standby is not synchronous'
db="postgresql:///zhiban?host=$tmp/one,$tmp/two&port=$one_port,$two_port&user=zhiban"
db="$db&target_session_attrs=read-write"

# --- three nodes -------------------------------------------------------------------------------------

rule 'three nodes on it, each with the same key'
d 0 init n1 --profile tianning --listen 127.0.0.1:0 --db "$db"
cp -R n1 n2
cp -R n1 n3
# node N: serves from folder nN; its process in $nodeN, its address in $urlN
node() {
	serve "n$1"
	eval "node$1=\$server url$1=\$url"
}
node 1
node 2
node 3
url=$url1
enroll a n1 王岗
url=$url2
enroll b n2 李岗
url=$url3
enroll c n3 赵岗

rule 'what is done through one is seen through the others'
me=a
register 供水中断
seen_by() { # seen_by CONSOLE WORDS
	me=$1
	z 0 sync --wait 30
	z 0 show "$id" --format json
	grep -q "$2" out
}
await 20 seen_by b 供水中断 || offend 'the second node does not show it'
await 20 seen_by c 供水中断 || offend 'the third node does not show it'

# --- a node dies -------------------------------------------------------------------------------------

rule 'a node is killed: its consoles go on with another'
kill -9 "$node1"
wait "$node1" 2>/dev/null
me=a
z 0 do note "$id" note=dead-node-1. # kept here
sed -i "s|$url1|$url2|" a/zhiban/zhiban.conf
z 0 sync --wait 60
await 20 seen_by c 'dead-node-1\.' || offend 'what waited did not come through another node'

# --- the primary dies --------------------------------------------------------------------------------

# acts CONSOLE: one note after another until the file going is gone; said.CONSOLE: those that the server
# has answered as admitted.
acts() {
	k=0
	while [ -e going ]; do
		k=$((k + 1))
		echo "N$1-$k." >>"tried.$1"
		if env LC_ALL=$english XDG_CONFIG_HOME="$tmp/$1" XDG_DATA_HOME="$tmp/$1" \
			XDG_STATE_HOME="$tmp/$1" "$zhiban" do note "$id" note="N$1-$k." --wait 5 \
			>"out.$1" 2>"err.$1" </dev/null; then
			echo "N$1-$k." >>"said.$1"
		fi
	done
}
said() {
	cat said.b said.c 2>/dev/null | wc -l
}
more_than() {
	[ "$(said)" -gt "$1" ]
}

rule 'the primary is killed while acts come in, and the standby takes over'
: >going
acts b &
loops=$!
acts c &
loops="$loops $!"
pids="$pids $loops"
await 60 more_than 10 || offend 'no act was confirmed'
n=$(said)
trace "$n acts confirmed; the primary is killed (immediate)"
pg_dir=$tmp/one
pg_stop immediate
trace 'it is gone; the standby is promoted'
pg_as "$pg_bin/pg_ctl" -s -w -D "$tmp/two/cluster" promote
trace 'it is the primary now'
n=$(said)
await 60 more_than "$((n + 1))" || offend "no act was confirmed after that: $(cat err.b err.c)"
trace 'the next acts are confirmed'
await 60 more_than "$((n + 10))" || offend 'acts are confirmed, but slowly'
rm going
# shellcheck disable=SC2086
wait $loops
trace "$(said) confirmed of $(cat tried.b tried.c | wc -l) tried"

rule 'each confirmed act is there once, and those that waited came in too'
for me in a b c; do
	z 0 sync --wait 60
done
me=b
z 0 show "$id" --format json
cp out whole
for word in $(cat said.b said.c); do
	[ "$(grep -o "\"note\":\"$word\"" whole | wc -l)" -eq 1 ] ||
		offend "$word is there $(grep -o "\"note\":\"$word\"" whole | wc -l) times"
done
for word in $(cat tried.b tried.c); do
	[ "$(grep -o "\"note\":\"$word\"" whole | wc -l)" -eq 1 ] || offend "$word did not come in once"
done
for me in a b c; do
	z 0 status --json
	same "acts of $me that wait" "$(json pending)" 0
	same "acts of $me on the desk" "$(json refused)" 0
	json cursor >"cursor.$me"
done
same 'cursors of a and b' "$(cat cursor.a)" "$(cat cursor.b)"
same 'cursors of b and c' "$(cat cursor.b)" "$(cat cursor.c)"

kill "$node2" "$node3"
wait "$node2" "$node3" 2>/dev/null
verify_clean n2
finish
