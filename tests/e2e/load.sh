#!/bin/sh
# Many at once: 2,000 consoles parked over TLS, all woken by one entry; log-ins without end while others
# work; a server that is stopped and killed under load, where no act is lost and none is there twice.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
load=$bld/tests/bench/load
sessions=$bld/tests/bench/sessions
[ -x "$load" ] && [ -x "$sessions" ] || skip_all 'tests/bench/load is not built'

# value NAME FILE: what `load` printed of it.
value() {
	sed -n "s/^$1 //p" "$2" | tail -n 1
}

# number NAME: a number of zhiband status.
number() {
	d 0 status srv --json
	json "$1"
}

at_least() { # NAME N
	[ "$(number "$1")" -ge "$2" ]
}

parks=${PARKS:-2000}
most=$(ulimit -Hn)
[ "$most" = unlimited ] || [ "$most" -ge $((parks + 600)) ] || parks=$((most - 600))
rule "a server, and sessions for $parks consoles"
"$zhiband" init srv --profile tianning --listen 127.0.0.1:0 >init.out || finish
printf 'connections = 0\nrate_address = 0\n' >>srv/zhiband.conf
"$sessions" srv $((parks + 1)) >seats || offend "no sessions"
serve srv

rule "$parks consoles park over TLS, and one entry wakes every one of them, again and again"
mkfifo in
"$load" parks "$url" seats --lines "$parks" <in >parks.out 2>parks.err &
crowd=$!
pids="$pids $crowd"
exec 3>in
for i in 1 2; do
	await 120 at_least parked "$parks" || offend "only $(number parked) are parked"
	echo >&3
	awake() {
		[ "$(grep -c '^woken ' parks.out)" -ge "$i" ]
	}
	await 90 awake || offend 'they are not woken'
	same "woken, time $i" "$(value woken parks.out)" "$parks"
done
same 'what was cut or refused' "$(cat parks.err)" ''
await 60 at_least parked "$parks" || offend 'they do not park again'

rule 'a console of an officer works beside them'
enroll a srv 王岗
register 两千个终端在等时登记的事件

rule 'when they hang up, all at once, they are forgotten before their time'
exec 3>&-
kill -9 "$crowd"
wait "$crowd" 2>/dev/null
parked_at_most() {
	[ "$(number parked)" -le "$1" ]
}
await 30 parked_at_most 0 || offend "still parked: $(number parked)"

rule 'a flood of log-ins: others work meanwhile, and nobody gets in'
"$load" login "$url" seats --lines 100 --seconds 6 >login.out 2>login.err &
flood=$!
pids="$pids $flood"
await 30 at_least requests $(($(number requests) + 100)) || offend 'the flood does not come'
i=0
while kill -0 "$flood" 2>/dev/null && [ "$i" -lt 5 ]; do
	i=$((i + 1))
	z 0 do note "$id" "note=洪水中第$i条" --wait 60
done
wait "$flood"
[ "$i" -gt 0 ] || offend 'nothing was done meanwhile'
same 'log-ins that succeeded' "$(value status_200 login.out)" ''
tried=$(($(value requests login.out)))
[ "$tried" -gt 100 ] || offend "only $tried were tried: $(cat login.err)"
turned=$(($(sed -n 's/^status_4[0-9]* //p; s/^status_503 //p' login.out | paste -sd+)))
same 'all of them turned away in order' "$turned" "$tried"
z 0 do note "$id" note=洪水之后 --wait 60

# --- stopped under load ----------------------------------------------------------------------------

# under_load SIGNAL: acts come in over 32 lines; the server is ended like that three times meanwhile.
under_load() {
	before=$(number seq)
	"$load" acts "$url" seats --lines 32 --acts 6000 --rate 1500 >acts.out 2>acts.err &
	sender=$!
	pids="$pids $sender"
	for i in 1 2 3; do
		await 60 at_least seq $((before + i * 1000)) || offend "stuck at $(number seq)"
		stop "$1"
		[ "$1" = KILL ] || same 'its exit status' "$stopped" 0
		serve srv "$(at_same_address)"
	done
	wait "$sender" || offend "$(cat acts.err)"
	same 'acts that were not applied' "$(value not_applied acts.out)" 0
	same 'acts with an answer' "$(value status_200 acts.out)" 6000
	same 'entries of the journal' "$(number seq)" $((before + 6000))
	[ "$(value status_500 acts.out)" = '' ] || offend 'the server failed'
}

rule 'SIGTERM under load, three times: each act is there once'
under_load TERM

rule 'SIGKILL under load, three times: each act is there once'
under_load KILL

verify_clean srv
finish
