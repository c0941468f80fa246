# Makes the table of readings (pinyin_table.h) from the names file, given first, and
# Unihan_Readings.txt on the standard input.  Run with LC_ALL=C: characters are bytes here.
#
# Of the commonest characters (those with kHanyuPinlu) the readings counted in running text are
# taken, of the others those of two dictionaries; what names need besides stands in the names file.
# Beyond the basic block only what the standard of 2013 has, the characters new names may have.

BEGIN {
	FS = "\t"
	for (i = 128; i < 256; i++)
		ord[sprintf("%c", i)] = i
	for (i = 0; i < 16; i++)
		digit[substr("0123456789ABCDEF", i + 1, 1)] = i
	# letters with a tone, as bytes: the plain letter
	plain("a", "\303\240 \303\241 \304\201 \307\216")
	plain("e", "\303\250 \303\251 \304\223 \304\233 \303\252 \341\272\277 \341\273\201")
	plain("i", "\303\254 \303\255 \304\253 \307\220")
	plain("o", "\303\262 \303\263 \305\215 \307\222")
	plain("u", "\303\271 \303\272 \305\253 \307\224")
	plain("v", "\303\274 \307\226 \307\230 \307\232 \307\234")
	plain("n", "\305\204 \305\210 \307\271")
	plain("m", "\341\270\277")
	plain("", "\314\200 \314\201 \314\204 \314\214")
	FIRST = 19968  # U+4E00
	LAST = 40959   # U+9FFF
	MANY = 512     # entries below are one syllable
	BEGINS = 32768 # on an entry: names begin with it; on a syllable: the last one
	HEAD = 256     # on the length of a name: where a name begins
	syllables = sets = offset = names = fars = characters = 0
}

function plain(letter, tones, list, n, i)
{
	n = split(tones, list, " ")
	for (i = 1; i <= n; i++) {
		mark[++marks] = list[i]
		bare[marks] = letter
	}
}

function fail(why)
{
	print "pinyin_table.awk: " why > "/dev/stderr"
	failed = 1
	exit 1
}

function hex(text, n, i)
{
	n = 0
	for (i = 1; i <= length(text); i++)
		n = n * 16 + digit[substr(text, i, 1)]
	return n
}

# The code points of a word, into chars; how many.
function decode(word, chars, n, at, c, more, cp)
{
	n = 0
	for (at = 1; at <= length(word); at++) {
		c = ord[substr(word, at, 1)]
		if (c < 194)
			return 0
		more = c >= 240 ? 3 : c >= 224 ? 2 : 1
		cp = c - (more == 3 ? 240 : more == 2 ? 224 : 192)
		for (; more > 0; more--)
			cp = cp * 64 + ord[substr(word, ++at, 1)] - 128
		chars[++n] = cp
	}
	return n
}

function toneless(text, i)
{
	if (text in known)
		return known[text]
	known[text] = text
	for (i = 1; i <= marks; i++)
		gsub(mark[i], bare[i], known[text])
	return known[text]
}

function syllable(text)
{
	if (text in number)
		return number[text]
	if (text !~ /^[a-z]+$/ || length(text) > 6)
		fail("\"" text "\" is no syllable")
	spelled[syllables] = text
	number[text] = syllables
	return syllables++
}

# Adds a syllable to a blank-separated list, each once; "lv" is typed "lyu" as well, "lve" "lue".
function join(list, text, other)
{
	if (index(" " list " ", " " text " ") == 0)
		list = list (list == "" ? "" : " ") text
	if (text ~ /v/) {
		other = text
		if (!sub(/ve$/, "ue", other))
			sub(/v/, "yu", other)
		if (index(" " list " ", " " other " ") == 0)
			list = list " " other
	}
	return list
}

# The table's number for a list of syllables.
function entry(list, part, n, i)
{
	if (list in entries)
		return entries[list]
	n = split(list, part, " ")
	if (n == 1)
		return entries[list] = syllable(part[1]) + 1
	entries[list] = MANY + sets
	for (i = 1; i <= n; i++)
		set[sets++] = syllable(part[i]) + (i == n ? BEGINS : 0)
	return entries[list]
}

# ---- the names ----

FILENAME != "-" {
	line = $0
	sub(/#.*/, "", line)
	if (line ~ /^[ \t]*$/)
		next
	where = FILENAME ":" FNR ": "
	if (split(line, half, ":") != 2)
		fail(where "one colon is wanted")
	kind = substr(line, 1, 1)
	word = half[1]
	if (kind ~ /[+=^]/)
		word = substr(word, 3)
	else
		kind = ""
	n = decode(word, chars)
	if (n == 0 || (kind != "" && n != 1) || (kind == "" && n < 2))
		fail(where "\"" word "\" is not the word wanted here")
	if (kind == "+" || kind == "=") {
		(kind == "+") ? more_of[chars[1]] = half[2] : own[chars[1]] = half[2]
		next
	}
	n_ways = split(half[2], way, ",")
	for (i = 1; i <= n; i++)
		all[i] = ""
	for (w = 1; w <= n_ways; w++) {
		if (split(way[w], part, " ") != n)
			fail(where n " syllables are wanted")
		for (i = 1; i <= n; i++)
			all[i] = join(all[i], part[i])
	}
	names++
	name_chars[names] = n
	name_head[names] = kind == "^"
	for (i = 1; i <= n; i++) {
		name_cp[names, i] = chars[i]
		name_list[names, i] = all[i]
	}
	begins[chars[1]] = 1
	next
}

# ---- Unihan ----

/^U\+/ && ($2 == "kMandarin" || $2 == "kHanyuPinlu" || $2 == "kTGHZ2013" || $2 == "kXHC1983") {
	cp = hex(substr($1, 3))
	text = $3
	gsub(/\([0-9]*\)/, "", text)		# kHanyuPinlu: how often
	gsub(/[0-9.*]+(,[0-9.*]+)*:/, "", text) # the dictionaries: on which page
	gsub(/,/, " ", text)
	if ($2 == "kMandarin")
		sub(/ .*/, "", text) # a second one is Taiwan's
	list = ""
	n = split(text, part, " ")
	for (i = 1; i <= n; i++)
		list = join(list, toneless(part[i]))
	said[$2, cp] = list
	if (!(cp in seen)) {
		seen[cp] = 1
		order[++characters] = cp
	}
}

function readings_of(cp, text, part, n, i, list)
{
	if (cp in own)
		text = own[cp]
	else if (("kHanyuPinlu", cp) in said)
		text = said["kMandarin", cp] " " said["kHanyuPinlu", cp]
	else
		text = said["kMandarin", cp] " " said["kTGHZ2013", cp] " " said["kXHC1983", cp]
	n = split(text " " more_of[cp], part, " ")
	list = ""
	for (i = 1; i <= n; i++)
		list = join(list, part[i])
	return list
}

function before(a, b, i)
{
	if (name_cp[a, 1] != name_cp[b, 1])
		return name_cp[a, 1] < name_cp[b, 1]
	return name_chars[a] > name_chars[b] # the longest is tried first
}

function sort_names(i, j, it)
{
	for (i = 1; i <= names; i++) {
		for (j = i - 1; j > 0 && before(i, sorted[j]); j--)
			sorted[j + 1] = sorted[j]
		sorted[j + 1] = i
	}
}

function put(text)
{
	if (column > 0 && column + length(text) > 96) {
		printf "\n\t"
		column = 0
	} else if (column > 0) {
		printf " "
	} else {
		printf "\t"
	}
	printf "%s,", text
	column += length(text) + 2
}

function open_table(type)
{
	print "static const " type " = {"
	column = 0
}

function close_table()
{
	print "\n};"
}

END {
	if (failed)
		exit 1
	if (characters < 20000)
		fail("only " characters + 0 " characters were read: is this Unihan_Readings.txt?")
	for (cp in own)
		if (!(cp in seen))
			order[++characters] = cp + 0
	for (i = 1; i <= characters; i++) {
		cp = order[i]
		if (cp < FIRST || cp > LAST) {
			if (("kTGHZ2013", cp) in said || cp in own)
				far[++fars] = cp
			else
				continue
		}
		at[cp] = entry(readings_of(cp)) + (cp in begins ? BEGINS : 0)
	}
	for (cp in begins)
		if (!(cp + 0 in at) || cp + 0 > LAST || cp + 0 < FIRST)
			fail("a name begins with a character that has no reading")
	for (i = 1; i <= names; i++) # a surname stays readable as the character
		if (name_head[i])
			name_list[i, 1] = join_all(name_list[i, 1], readings_of(name_cp[i, 1]))
	sort_names()

	print "/* Made by pinyin_table.awk from Unihan; not to be edited. */"
	open_table("uint16_t pinyin_near[]")
	for (cp = FIRST; cp <= LAST; cp++)
		put(cp in at ? at[cp] : 0)
	close_table()
	open_table("struct pinyin_far pinyin_far[]")
	for (i = 2; i <= fars; i++) { # by code point
		cp = far[i]
		for (j = i - 1; j > 0 && far[j] > cp; j--)
			far[j + 1] = far[j]
		far[j + 1] = cp
	}
	for (i = 1; i <= fars; i++)
		put("{ " far[i] ", " at[far[i]] " }")
	close_table()
	open_table("struct pinyin_start pinyin_starts[]")
	for (i = 1; i <= names; i++) {
		put("{ " name_cp[sorted[i], 1] ", " offset " }")
		offset += 1 + 2 * name_chars[sorted[i]]
	}
	close_table()
	open_table("uint16_t pinyin_names[]")
	for (i = 1; i <= names; i++) {
		it = sorted[i]
		put(name_chars[it] + (name_head[it] ? HEAD : 0))
		for (k = 1; k <= name_chars[it]; k++)
			put(name_cp[it, k])
		for (k = 1; k <= name_chars[it]; k++)
			put(entry(name_list[it, k]))
	}
	close_table()
	open_table("uint16_t pinyin_sets[]")
	for (i = 0; i < sets; i++)
		put(set[i])
	close_table()
	open_table("char pinyin_syllables[][7]")
	for (i = 0; i < syllables; i++)
		put("\"" spelled[i] "\"")
	close_table()
	if (syllables >= MANY || MANY + sets >= BEGINS)
		fail("the table's numbers are too small for so many readings")
}

function join_all(list, more, part, n, i)
{
	n = split(more, part, " ")
	for (i = 1; i <= n; i++)
		list = join(list, part[i])
	return list
}
