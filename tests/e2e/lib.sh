# What the tests of whole programs share: servers, consoles, and what they answered.
#
# A test sources this, says `rule NAME` before each case, runs the programs with `z` and `d`, and
# judges what they said.  Nothing sleeps to be in time: waiting is always for something to be true.
#
# shellcheck shell=sh disable=SC2034,SC2154
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"
bld=$(cd "$bld" && pwd)
zhiban=$bld/src/console/zhiban
zhiband=$bld/src/daemon/zhiband
top=$(cd "$src" && pwd)
[ -x "$zhiban" ] && [ -x "$zhiband" ] || { echo "Bail out! zhiban and zhiband are not built"; exit 1; }
cd "$tmp" || exit 1
HOME=$tmp
TMPDIR=$tmp/tmp
mkdir "$TMPDIR"
export HOME TMPDIR
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME LANGUAGE LANG LC_MESSAGES NO_COLOR
english=en_US.UTF-8 # the locale needs not be installed: its name chooses the language
limit=100           # seconds that one command may take
pids=               # of what this test started and has to end
me=a                # the console that `z` speaks for

clean_up() {
	for pid in $pids; do
		kill -9 "$pid" 2>/dev/null
	done
	wait 2>/dev/null
	rm -rf "$tmp"
}
trap clean_up EXIT

# A case that cannot be tried here.
skip() {
	gate_close
	gate_n=$((gate_n + 1))
	printf 'ok %d - %s # SKIP %s\n' "$gate_n" "$1" "$2"
	gate_rule=
}

# --- running ---------------------------------------------------------------------------------------

# judge RC WORDS...: offends unless the last command ended with RC, and tells what it said.
judge() {
	[ "$rc" -ne "$1" ] || return 0
	wanted=$1
	shift
	offend "$*: exit status $rc, not $wanted"
	head -n 5 out err | while read -r line; do
		printf '# | %s\n' "$line"
	done
	return 1
}

# run NAME=VALUE... PROGRAM WORDS...: into the files out and err, its status into $rc.
run() {
	env LC_ALL=$english "$@" >out 2>err </dev/null
	rc=$?
}

# z RC WORDS...: zhiban on the console $me has to end with RC.
z() {
	wanted=$1
	shift
	run XDG_CONFIG_HOME="$tmp/$me" XDG_DATA_HOME="$tmp/$me" XDG_STATE_HOME="$tmp/$me" \
		timeout "$limit" "$zhiban" "$@"
	judge "$wanted" "$me: zhiban $*"
}

# d RC WORDS...: zhiband has to end with RC.
d() {
	wanted=$1
	shift
	run timeout "$limit" "$zhiband" "$@"
	judge "$wanted" "zhiband $*"
}

# says PATTERN...: the last command said each (extended regular expression, either stream).
says() {
	for pattern in "$@"; do
		cat out err | grep -qE -e "$pattern" ||
			offend "it did not say \"$pattern\": $(cat err out | head -c 1500 | tr '\n' '~')"
	done
}

# says_not PATTERN...: none of these.
says_not() {
	for pattern in "$@"; do
		! cat out err | grep -qE -e "$pattern" ||
			offend "it said \"$pattern\": $(cat err out | grep -E -e "$pattern" | head -c 500)"
	done
}

# same WHAT A B: two values that have to agree.
same() {
	[ "$2" = "$3" ] || offend "$1: \"$2\" is not \"$3\""
}

# await SECONDS COMMAND...: until the command succeeds; false if it does not in time.
await() {
	tries=$(($1 * 20))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.05
	done
}

gone() {
	! kill -0 "$1" 2>/dev/null
}

# json NAME: the first value of that key in the file out, without quotes.
json() {
	sed -n 's/.*"'"$1"'": *"\{0,1\}\([^",}]*\).*/\1/p' out | head -n 1
}

# --- servers ---------------------------------------------------------------------------------------

# With ZHIBAN_E2E_DB, the address of a PostgreSQL data base, the data of each folder lie in a schema of
# its own there (tests/nodes/programs.sh); over_db prints where, as options of init.
over_db() {
	[ -n "${ZHIBAN_E2E_DB-}" ] || return 0
	schema=e$$_$(printf '%s' "$1" | tr -c 'a-z0-9' _)
	psql_now "CREATE SCHEMA $schema" >&2
	printf '%s\n' "--db=$ZHIBAN_E2E_DB&options=-csearch_path%3D$schema"
}
psql_now() {
	"${ZHIBAN_PSQL:-psql}" -X -q -At -v ON_ERROR_STOP=1 -d "$ZHIBAN_E2E_DB" -c "$1"
}

# serve DIR [WORDS...]: a server on its data, made if they are not there; $server is its process,
# $url where it listens.  Later words are options of serve.
serve() {
	dir=$1
	shift
	[ -d "$dir" ] || "$zhiband" init "$dir" --profile "${profile:-tianning}" --listen 127.0.0.1:0 \
		$(over_db "$dir") >init.out ||
		{ offend "zhiband init $dir failed"; finish; }
	: >ready
	env LC_ALL=$english "$zhiband" serve "$dir" --die-with-parent --trace "$tmp/trace" "$@" \
		>ready 2>serve.err </dev/null &
	server=$!
	pids="$pids $server"
	await 60 grep -q '^ready ' ready || {
		offend "the server was not ready: $(cat serve.err)"
		finish
	}
	url=$(sed -n 's/^ready //p' ready)
}

# The address that a server's data listened on, so that it can come back there.
at_same_address() {
	printf '%s\n' "--listen=${url#https://}"
}

# stop [SIGNAL]: ends the server and waits for its end.
stop() {
	kill "-${1:-TERM}" "$server"
	wait "$server" 2>/dev/null
	stopped=$?
}

# enroll CONSOLE DIR OFFICER [ORG [ROLE]]: makes a console of an officer.
enroll() {
	me=$1
	printf '13579\n' >pin
	chmod 600 pin
	d 0 code "$2" --officer "$3" --org "${4:-zhongxin}" --role "${5:-duty}"
	z 0 enroll "$url" "$(tail -n 1 out)" --pin-file pin || finish
	z 0 sync
}

# register TITLE [FIELD=VALUE...]: an incident from the console $me, admitted; its id in $id.
register() {
	title=$1
	shift
	z 0 do register "title=$title" "$@" --wait 60
	id=$(sed -n 1p out)
}

# The last case of every test: the journal is whole and the state is its fold.
verify_clean() {
	rule "zhiband verify finds $1 clean"
	d 0 verify "$1"
	says '^entries [0-9]+, entities [0-9]+'
}
