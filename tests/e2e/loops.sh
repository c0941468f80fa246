# What the tests of whole loops share: one incident, done by several consoles, looked at from one.
#
# A test sets profile= to the district's, sources this, makes consoles with enroll, then says who does
# what (act, refused) and what must be so afterwards (stands, clock_is).  $watcher is the console that
# looks; its officer sees the whole district.
#
# shellcheck shell=sh disable=SC2034,SC2154
. "${ZHIBAN_SRCDIR:-.}/tests/e2e/lib.sh"
watcher=centre

# act CONSOLE VERB [WORDS...]: an act on $id that the server admits; its own id in $act.
act() {
	me=$1 verb=$2
	shift 2
	z 0 sync
	z 0 do "$verb" "$id" "$@" --wait 60
	says '^(applied|merged)'
	act=$(sed -n 1p out)
}

# refused CONSOLE RC PATTERN VERB [WORDS...]: an act on $id that a rule refuses, in these words.
refused() {
	me=$1 status=$2 pattern=$3 verb=$4
	shift 4
	z 0 sync
	z "$status" do "$verb" "$id" "$@" --wait 60
	says "$pattern"
}

# found CONSOLE TITLE [FIELD=VALUE...]: registers an incident there, its id in $id.
found() {
	me=$1
	shift
	z 0 sync
	register "$@"
}

# look: the incident as $watcher has it, in the files page (first line: its own fields) and out.
look() {
	me=$watcher
	z 0 sync
	z 0 show "$id" --format json
	cp out page
}

# stands FIELD=VALUE...: its fields; FIELD= for one that is not set.
stands() {
	look
	head -n 1 page >head
	for pair in "$@"; do
		name=${pair%%=*} value=${pair#*=}
		is=$(sed -n 's/.*[{,]"'"$name"'":"\{0,1\}\([^",}]*\).*/\1/p' head)
		same "$name after $verb" "$is" "$value"
	done
}

# clock_is KIND ORG LIMIT...: its clock of that kind runs for that organisation, with one of these
# limits; its line in $clock.
clock_is() {
	kind=$1 org=$2
	shift 2
	look
	clock=$(grep '"started_at":' page | grep "\"kind\":\"$kind\"" | grep "\"org\":\"$org\"" |
		grep -v '"stopped_at":' | tail -n 1)
	limit_is=$(echo "$clock" | sed -n 's/.*"limit":"\([^"]*\)".*/\1/p')
	case " $* " in
	*" $limit_is "*) ;;
	*) offend "the clock $kind of $org after $verb: limit \"$limit_is\", not $*: $clock" ;;
	esac
}

# clock_ended KIND: no clock of that kind runs.
clock_ended() {
	look
	! grep '"started_at":' page | grep "\"kind\":\"$1\"" | grep -qv '"stopped_at":' ||
		offend "the clock $1 runs after $verb: $(grep "\"kind\":\"$1\"" page)"
}

# waits STEP ORG: the loop below is open in that step, run by that organisation.
waits() {
	look
	grep '"up_at":' page | grep "\"step\":\"$1\"" | grep -q "\"seat\":\"$2\"" ||
		offend "no loop of $2 waits in $1 after $verb: $(grep '"up_at":' page)"
}

# lasts MINUTES: the clock that clock_is found ends so long after its start.
lasts() {
	start=$(echo "$clock" | sed -n 's/.*"started_at":\([0-9]*\).*/\1/p')
	end=$(echo "$clock" | sed -n 's/.*"due":\([0-9]*\).*/\1/p')
	same "minutes of ${clock%%,\"org*}" "$(((${end:-0} - ${start:-0}) / 60000))" "$1"
}

# listed WORDS YES|NO: whether a filter of the board finds the incident.
listed() {
	me=$watcher
	z 0 sync
	z 0 list incidents --filter "$1" --format jsonl
	found_it=no
	grep -q "$id" out && found_it=yes
	same "listed by $1" "$found_it" "$2"
}

# told PATTERN...: its page says each.
told() {
	me=$watcher
	z 0 sync
	z 0 show "$id"
	says "$@"
}

# verbs: what was done, in order.
verbs() {
	look
	grep -oE '"eff":[0-9]+,"verb":"[a-z_]+"' page | sed 's/.*:"\(.*\)"/\1/' | tr '\n' ' '
}

# timeline WORDS: prints it, for those who read the test's log.
timeline() {
	me=$watcher
	z 0 sync
	z 0 show "$id"
	printf '# %s\n' "$1"
	sed -n '/^Timeline/,$p' out | sed 's/^/# /'
}
