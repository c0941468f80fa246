# What the gates share.  A gate reads the tree under ZHIBAN_SRCDIR (and what was built under
# ZHIBAN_BUILDDIR) and speaks TAP: one case a rule, one sentence an offence.
#
#	. gate.sh; rule NAME; offend SENTENCE ...; offences <lines; finish
#
# shellcheck shell=sh
LC_ALL=C
export LC_ALL
src=${ZHIBAN_SRCDIR:-.}
bld=${ZHIBAN_BUILDDIR:-$src/build}
here=$src/tests/tools
[ ! -d "${GATE_TOOLS:-}" ] || here=$GATE_TOOLS
gate_n=0
gate_bad=0
gate_rule=

gate_close() {
	[ -n "$gate_rule" ] || return 0
	gate_n=$((gate_n + 1))
	if [ "$gate_bad" -eq 0 ]; then
		printf 'ok %d - %s\n' "$gate_n" "$gate_rule"
	else
		printf 'not ok %d - %s: %d offences\n' "$gate_n" "$gate_rule" "$gate_bad"
	fi
}

# Begins a case; what offends from here on belongs to it.
rule() {
	gate_close
	gate_rule=$1
	gate_bad=0
}

offend() {
	gate_bad=$((gate_bad + 1))
	printf '# %s\n' "$*"
}

# Each line of standard input is an offence.  Not at the end of a pipe: it must count in this shell.
offences() {
	while read -r line; do
		offend "$line"
	done
}

skip_all() {
	printf '1..0 # SKIP %s\n' "$*"
	exit 0
}

finish() {
	gate_close
	printf '1..%d\n' "$gate_n"
	exit 0
}

# The sources, one a line, from the top of the tree: files DIR... -name PATTERN...
files() {
	(cd "$src" && find "$@" -type f | sort)
}

c_files() {
	files src include \( -name '*.c' -o -name '*.h' -o -name '*.def' \)
}


# Takes the C files named on standard input apart: lex code|strings [MARK], see lex.awk.
lex() {
	(cd "$src" && xargs awk -v want="$1" -v mark="${2:-}" -f "$here/lex.awk" /dev/null)
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
