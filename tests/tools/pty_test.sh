#!/bin/sh
# pty drives a program in a terminal: each step is seen to work and to fail.
LC_ALL=C.UTF-8
export LC_ALL
pty=${ZHIBAN_BUILDDIR:-.}/tests/tools/pty
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0

# passes NAME, fails NAME WORDS: the script on standard input, run against $program.
passes() {
	n=$((n + 1))
	if out=$("$pty" $opts -- sh -c "$program" 2>&1); then
		printf 'ok %d - %s\n' "$n" "$1"
	else
		printf 'not ok %d - %s\n%s\n' "$n" "$1" "$out"
	fi
}

fails() {
	n=$((n + 1))
	out=$("$pty" $opts -- sh -c "$program" 2>&1)
	case $?:$out in
	1:*"$2"*) printf 'ok %d - fails: %s\n' "$n" "$1" ;;
	*) printf 'not ok %d - fails: %s\n' "$n" "$1"; printf '%s\n' "$out" | sed 's/^/# /' ;;
	esac
}

prints() {
	passes "$1"
	n=$((n + 1))
	case $2 in late) # milliseconds that are at least the delay there and back
		out=$(printf '%s' "$out" | awk '$1 >= 200 { print "late" }') ;;
	esac
	[ "$out" = "$2" ] && printf 'ok %d - %s: what it tells\n' "$n" "$1" ||
		printf 'not ok %d - %s: what it tells\n# %s\n' "$n" "$1" "$out"
}

opts=
program='stty -echo; echo ready; read a; echo "got $a"; read b; exit 7'
passes 'wait, send, exit' <<'END'
# a comment

wait 10 ready
send one\r
wait 10 got one
send \r
exit 10 7
END
program='printf "%0480d" 7; read a; echo "got $a"; read b'
prints 'a thin line: all comes, and not before it can' 'late' <<'END'
thin 960 200
wait 10 7
run 10 :
send \r
wait 10 got
took
END
program='stty -echo; echo ready; read a; echo "got $a"; read b; exit 7'
fails 'a text that never comes' 'not within the time' <<'END'
wait 0.2 never
END
fails 'the screen is told' '# |ready' <<'END'
wait 10 ready
wait 0.1 never
END
fails 'another exit code' 'ended with 7' <<'END'
send \r\r
exit 10 0
END
fails 'a program that still runs' 'still runs' <<'END'
exit 0.1 0
END
fails 'waiting for a program that has ended' 'has ended with 7' <<'END'
send \r\r
wait 10 never
END
fails 'a word that is no step' 'no such step' <<'END'
wiat 1 x
END
fails 'a key that is none' 'no key <Upp>' <<'END'
send <Upp>
END

program='stty -echo raw; printf "go\r\n"; dd bs=1 count=12 2>/dev/null | od -An -tx1; printf "end"; read x'
passes 'keys and escapes' <<'END'
wait 10 go
send <Up>\x41<C-l>\e\t\\\<<F5>
wait 10 1b 5b 41 41 0c 1b 09 5c 3c 1b 5b 31
END

program='printf "\033[2J\033[3;5H值班台\033[1;1Htop"; read x; printf "\033[2J"; read y'
passes 'rows, wide characters, gone' <<'END'
wait 10 值班台
row 10 2 值班
row 10 0 top
send \r
gone 10 值班
END
fails 'the wrong row' 'not within' <<'END'
wait 10 top
row 0.1 1 top
END
fails 'gone while it is there' 'not within' <<'END'
wait 10 值班台
gone 0.1 值班
END

program='trap "stty size" WINCH; echo ready; while :; do read x && break; done; trap "exit 9" TERM; echo two; read y; read z'
opts='-c 100 -r 30'
passes 'resize, kill' <<'END'
wait 10 ready
resize 60 16
wait 10 16 60
send \r
wait 10 two
kill TERM
exit 10 9
END

opts=
program='stty -echo; printf 12345; read x; printf 123; read y'
prints 'bytes and say' '5
3
done' <<'END'
wait 10 12345
bytes
send \r
wait 10 123451
calm 10 100
bytes
say done
END
program='stty -echo; printf one; read x'
passes 'snap, raw, run' <<END
wait 10 one
snap $tmp/snap
run 10 grep -qx one $tmp/snap && kill -0 \$PTY_PID
END
fails 'a command that fails' 'ended with 3' <<'END'
run 10 exit 3
END

# Behind the question, not behind its echo; the next one is waited for.
program='printf "a> "; read a; echo b; printf "b> "; read b; printf "c > d"; read c'
passes 'a prompt, and the next' <<'END'
prompt 10
send one>\r
prompt 10
row 10 2 b>
END
fails 'a prompt that does not come' 'not within the time' <<'END'
prompt 10
send one\r
prompt 10
send two\r
prompt 0.3
END

# The program is gone afterwards, also when it does not want to.
program='trap "" HUP TERM; echo $$ >'"$tmp/pid"'; echo up; while :; do sleep 0.1; done'
passes 'ends a stubborn program' <<'END'
wait 10 up
END
n=$((n + 1))
kill -0 "$(cat "$tmp/pid")" 2>/dev/null && printf 'not ok %d - it is gone\n' "$n" ||
	printf 'ok %d - it is gone\n' "$n"
printf '1..%d\n' "$n"
