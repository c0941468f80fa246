#!/bin/sh
# kill -9 of the real programs at random moments under load: no act that was confirmed is lost, none
# is done twice, the journal is whole.  Ten kills; ZHIBAN_LONG: a hundred; ZHIBAN_KILLS: so many.
# ZHIBAN_SEED chooses the moments.
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
pty=$bld/tests/tools/pty
[ -x "$pty" ] || skip_all 'tests/tools/pty is not built'
kills=${ZHIBAN_KILLS:-${ZHIBAN_LONG:+100}}
kills=${kills:-10}
seed=${ZHIBAN_SEED:-$$}
printf '# ZHIBAN_SEED=%s ZHIBAN_KILLS=%s\n' "$seed" "$kills"
awk -v seed="$seed" -v n="$kills" 'BEGIN {
	srand(seed)
	split("server screen do1 do2 do3 sync server screen", who, " ")
	for (i = 0; i < n; i++) # of six kinds of victims each comes at least once in eight
		print who[1 + (i + int(seed)) % 8], 0.05 + rand() * 0.7
}' >plan

# as CONSOLE PROGRAM WORDS...: becomes the program in that console's folders, so that its process is
# the one to be killed; only in the background or in a subshell.
as() {
	folder=$tmp/$1
	shift
	exec env LC_ALL=$english XDG_CONFIG_HOME="$folder" XDG_DATA_HOME="$folder" \
		XDG_STATE_HOME="$folder" "$@"
}

# acts NUMBER CONSOLE: one note after another.  What the program confirmed goes into said.NUMBER,
# what was tried into tried.NUMBER, its process into NUMBER.pid.
acts() {
	k=0
	while [ -e going ]; do
		k=$((k + 1))
		echo "L$1-$k." >>"tried.$1"
		as "$2" "$zhiban" do note "$id" note="L$1-$k." >"out.$1" 2>"err.$1" </dev/null &
		echo $! >"do$1.pid"
		if wait $!; then
			echo "L$1-$k." >>"said.$1"
		elif [ $? -ne 137 ]; then
			cat "err.$1" >>unwanted
		fi
	done
}

# A person at the screen: notes too.  pty says which of them the screen has confirmed.
screen() {
	turn=0
	while [ -e going ]; do
		turn=$((turn + 1))
		{
			echo 'wait 20 被杀时的事件'
			for k in 1 2 3 4 5 6 7 8 9; do
				word="S$turn-$k."
				printf 'send n\nwait 10 F10\nsend %s\nwait 10 %s\n' "$word" "$word"
				printf 'say try %s\nsend <F10>\ngone 10 F10\nsay %s\n' "$word" "$word"
			done
			printf 'send Q\n'
		} >screen.script
		(as a "$pty" -f screen.script -- sh -c 'echo $$ >screen.pid; exec "$0"' "$zhiban") \
			>screen.out 2>&1
		sed -n '/^S[0-9]/p' screen.out >>said.screen
		sed -n 's/^try \(S[0-9]\)/\1/p' screen.out >>tried.screen
	done
}

# A second console that only keeps itself in step.
in_step() {
	while [ -e going ]; do
		as b "$zhiban" sync --wait 20 >sync.out 2>&1 </dev/null &
		echo $! >sync.pid
		wait $!
	done
}

background() {
	"$@" 2>loop.err &
	loops="$loops $!"
	pids="$pids $!"
}

ended() {
	for loop in $loops; do
		kill -0 "$loop" 2>/dev/null && return 1
	done
	return 0
}

rule "a server, two consoles, and three loops and a screen that act on them"
serve srv
enroll a srv 王岗
enroll b srv 钱进
register 被杀时的事件
me=a
z 0 sync
: >going
loops=
background acts 1 a
background acts 2 a
background acts 3 b
background screen
background in_step
await 20 test -s said.1 || offend "nothing was confirmed: $(cat unwanted)"

rule "$kills times one of them is killed (-9)"
killed=0
while read -r victim pause; do
	sleep "$pause"
	case $victim in
	server)
		stop 9
		serve srv "$(at_same_address)"
		killed=$((killed + 1))
		;;
	*)
		if await 10 test -s "$victim.pid" && kill -9 "$(cat "$victim.pid")" 2>/dev/null; then
			killed=$((killed + 1))
		fi
		;;
	esac
done <plan
[ "$killed" -ge $((kills / 2)) ] || offend "only $killed of $kills were alive to be killed"
printf '# killed %s\n' "$killed"
rm going
await 60 ended || offend 'a loop goes on'
[ ! -s unwanted ] || offend "a program ended otherwise: $(sort unwanted | uniq -c | head -n 3)"

rule 'in step again: nothing waits, nothing was refused'
for me in a b a; do # what b still had comes to a afterwards
	z 0 sync --wait 60
	z 0 status --json
	same 'pending' "$(json pending)" 0
	same 'refused' "$(json refused)" 0
	z 0 cache check
done

# From both consoles: what was confirmed is there once, what was only tried at most once.
judge_notes() {
	z 0 show "$id"
	grep -o '[LS][0-9]*-[0-9]*\.' out | sort >there
	sort -u there >once
	cmp -s there once || offend "done twice: $(uniq -d there | head -n 5 | tr '\n' ' ')"
	cat said.* | sort >said
	cat tried.* | sort -u >tried
	comm -23 said once >lost
	[ ! -s lost ] || offend "$(wc -l <lost) confirmed acts are lost: $(head -n 5 lost | tr '\n' ' ')"
	comm -13 tried once >strange
	[ ! -s strange ] || offend "nobody did these: $(head -n 5 strange | tr '\n' ' ')"
}

for me in a b; do
	rule "console $me: every confirmed act is there once"
	judge_notes
	printf '# %s tried, %s confirmed, %s there\n' "$(wc -l <tried)" "$(wc -l <said)" \
		"$(wc -l <there)"
	[ "$(wc -l <said)" -ge "$kills" ] || offend 'too little was done meanwhile'
	[ -s said.screen ] || offend 'the screen confirmed nothing'
done

stop
verify_clean srv
finish
