#!/bin/sh
# A gate that cannot fail is a defect: each is shown a small tree that offends, and must say so.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

tree=$tmp/tree
tools=$here

fresh() {
	rm -rf "$tree"
	mkdir -p "$tree/tests/tools" "$tree/tests/unit" "$tree/src/base" "$tree/src/domain" \
		"$tree/src/store" "$tree/src/ui" "$tree/include/zhiban/base" "$tree/po"
	cp "$tools"/*.sh "$tools"/*.awk "$tree/tests/tools/"
	printf '#include <config.h>\nint ok_a(void)\n{\n\treturn *"ok";\n}\n' >"$tree/src/base/a.c"
	cp "$tree/src/base/a.c" "$tree/src/domain/b.c"
	printf '/* a */\n' >"$tree/include/zhiban/base/a.h"
}

# red GATE NUMBER WORDS: the gate's case NUMBER fails and a sentence says WORDS.
red() {
	rule "$1.sh sees: $4"
	out=$(ZHIBAN_SRCDIR=$tree ZHIBAN_BUILDDIR=$tree/build sh "$tree/tests/tools/$1.sh" 2>&1)
	printf '%s\n' "$out" | grep -q "^not ok $2 " || offend "case $2 of $1.sh stayed green: $out"
	printf '%s\n' "$out" | grep -q "^# .*$3" || offend "$1.sh did not say \"$3\": $out"
}

put() {
	fresh
	cat >>"$tree/$1"
}

fresh
rule 'an orderly tree passes'
for g in layers thirdparty sizes banned sql cjk words; do
	out=$(ZHIBAN_SRCDIR=$tree ZHIBAN_BUILDDIR=$tree/build sh "$tree/tests/tools/$g.sh" 2>&1)
	case $out in
	*'not ok'*) offend "$g: $out" ;;
	esac
done

put src/base/a.c <<'END'
#include "zhiban/domain/act.h"
END
red layers 1 'src/base/a.c:6: base may not include zhiban/domain/act.h' 'an arrow outwards'
put src/ui/a.c <<'END'
#include "zhiban/domain/act.h"
END
red layers 1 'ui may not include' 'a toolkit that knows the field'
put src/domain/b.c <<'END'
#include "../store/cache_priv.h"
END
red layers 1 'climbs through folders' 'a way through the folders'
put src/domain/b.c <<'END'
#include "store/cache_priv.h"
END
red layers 1 "another layer's private header" 'a private header of others'
fresh
mkdir -p "$tree/src/attic"
: >"$tree/src/attic/a.c"
echo 'int a;' >"$tree/src/attic/a.c"
red layers 1 '"attic" is no layer' 'a folder that is no layer'
put src/domain/b.c <<'END'
long long now(void)
{
	return time(NULL);
}
END
red layers 2 'src/domain/b.c:8: the rulebook reads no clock' 'a clock in the rulebook'
put src/domain/b.c <<'END'
#include <sqlite3.h>
END
red layers 2 'the rulebook needs no' 'SQL in the rulebook'

put src/base/a.c <<'END'
#include <jansson.h>
END
red thirdparty 1 'jansson.h is included in' 'JSON outside wire'
put src/store/x.c <<'END'
#include <curl/curl.h>
END
red thirdparty 1 'curl/curl.h is included in' 'transfers outside sync'
put include/zhiban/base/a.h <<'END'
#include <sqlite3.h>
END
red thirdparty 2 'in a public header' 'a library shown to all'

fresh
awk 'BEGIN { for (i = 0; i < 801; i++) print "int x" i ";" }' >"$tree/src/base/long.c"
red sizes 1 'long.c: 801 lines' 'a long file'
fresh
awk 'BEGIN { for (i = 0; i < 151; i++) print "int x" i ";" }' >"$tree/include/zhiban/base/a.h"
red sizes 1 'a.h: 151 lines' 'a long header'
fresh
awk 'BEGIN { print "int\nlong_one(int a)\n{"; for (i = 0; i < 81; i++) print "\ta++;"; print "}" }' \
	>"$tree/src/base/a.c"
red sizes 2 'long_one has 81 lines' 'a long function'
put src/base/a.c <<'END'
		/* 3456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567 */
END
red sizes 3 'columns; a line has at most 100' 'a wide line'

put src/base/a.c <<'END'
/* strcpy(a, b) in a comment and "sprintf(" in a literal are fine */
const char *s = "sprintf(";
void f(char *a)
{
	a = 0; strcpy (a, "x");
}
END
red banned 1 'src/base/a.c:10: strcpy: it does not know' 'strcpy'
put src/base/a.c <<'END'
struct tm *t = localtime(&x);
END
red banned 1 'a.c:6: localtime: ' 'localtime'

put src/store/a.c <<'END'
const char *sql = "SELECT a FROM b "
	"WHERE c = '%s'";
END
red sql 1 'src/store/a.c:1: bind a named parameter' 'a printed value'
put src/store/a.c <<'END'
const char *sql = "DELETE FROM b WHERE c = '";
END
red sql 2 'a quote stays open' 'a glued value'
put src/store/a.c <<'END'
char *s = sqlite3_mprintf("x");
END
red sql 3 'prints values into text' 'sqlite3_mprintf'
put src/store/a.c <<'END'
const char *sql = "SELECT a FROM b WHERE c = ?1";
END
red sql 4 'give the parameter a name' 'a parameter by position'
put src/store/a.c <<'END'
/* sql: constant names */
const char *sql = "SELECT %s FROM b WHERE c = :c";
const char *two = "SELECT a FROM \"%s_%s\" WHERE c = :c";
END
rule 'sql.sh lets a marked statement pass'
case $(ZHIBAN_SRCDIR=$tree sh "$tree/tests/tools/sql.sh") in
*'not ok'*) offend 'it offended' ;;
esac

put src/base/a.c <<'END'
/* 值班 in a comment is fine */
const char *s = "值班";
END
red cjk 1 'src/base/a.c:7: Chinese text' 'Chinese in C'

put src/base/a.c <<'END'
const char *p = "/wo""rk/x";
END
sed -i 's/""//' "$tree/src/base/a.c"
red words 1 'src/base/a.c:6: an absolute path' 'a path of one machine'
put src/base/a.c <<'END'
const char *p = "../sha@red/data";
END
sed -i 's/@//' "$tree/src/base/a.c"
red words 2 'shared data are for tests' 'shared data in the program'

if command -v objdump >/dev/null 2>&1 && command -v "${CC:-cc}" >/dev/null 2>&1; then
	put src/base/a.c <<'END'
int counter = 1;
static const char *const table[] = { "a", "b" };
const char *const *get(void)
{
	static int calls;
	calls++;
	return table;
}
END
	sed -i '/config.h/d' "$tree/src/base/a.c"
	mkdir -p "$tree/build/src/base"
	: >"$tree/build/config.status"
	"${CC:-cc}" -c -o "$tree/build/src/base/a.o" "$tree/src/base/a.c" || offend 'cc failed'
	red globals 1 'src/base/a.c: counter lies in .data' 'a global'
	red globals 1 'src/base/a.c: calls lies in .bss' 'a static that changes'
	for lib in a b; do
		mkdir -p "$tree/build/src/$lib"
		ar rc "$tree/build/src/$lib/lib$lib.a" "$tree/build/src/base/a.o" || offend 'ar failed'
	done
	red globals 2 'get stands in src/a/liba.a src/b/libb.a' 'two functions of one name'
	rule 'globals.sh leaves tables alone'
	case $out in
	*': table lies'*) offend "$out" ;;
	esac
fi

if command -v msgcmp >/dev/null 2>&1; then
	put src/base/a.c <<'END'
const char *s = N_("not there yet");
END
	printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' >"$tree/po/zh_CN.po"
	red po 2 'not there yet' 'a sentence without Chinese'
	printf '\n#, fuzzy\nmsgid "not there yet"\nmsgstr "x"\n' >>"$tree/po/zh_CN.po"
	red po 2 'not there yet' 'a fuzzy sentence'
	put src/base/a.c <<'END'
const char *s = N_("%d rows");
END
	printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n%s\nmsgid "%%d rows"\nmsgstr "%%s"\n' \
		'#, c-format' >"$tree/po/zh_CN.po"
	red po 1 'format' 'a wrong conversion'
fi
finish
