# Takes C apart, line by line, as FILE:LINE:TEXT.
#	want=code	comments gone, literals emptied
#	want=strings	the texts of the literals; those side by side are one, told at its first line
# mark=WORD leaves out lines with a comment that begins "/* WORD:", the line after such a comment
# on a line of its own, and literals with a part on such a line.

function flush() {
	if (run != "" && !run_marked)
		print run_at run
	run = ""
	run_marked = 0
}

function literal(quote, text) {
	if (want != "strings")
		return
	if (quote == "'") {
		flush()
		if (!marked)
			print FILENAME ":" FNR ":" text
		return
	}
	if (run == "")
		run_at = FILENAME ":" FNR ":"
	run = run text
	if (marked)
		run_marked = 1
}

# Code between two literals parts them.
function plain(text) {
	code = code text
	if (run != "" && text !~ /^[ \t\\]*$/)
		flush()
}

FNR == 1 {
	flush()
	in_comment = 0
	alone = 0
}

{
	rest = $0
	code = ""
	here = mark != "" && index($0, "/* " mark ":") > 0
	marked = here || alone
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			if (!at)
				break
			rest = substr(rest, at + 2)
			in_comment = 0
			continue
		}
		if (!match(rest, /["'\/]/)) {
			plain(rest)
			break
		}
		plain(substr(rest, 1, RSTART - 1))
		c = substr(rest, RSTART, 1)
		rest = substr(rest, RSTART + 1)
		if (c == "/") {
			n = substr(rest, 1, 1)
			if (n == "/")
				break
			if (n == "*") {
				in_comment = 1
				rest = substr(rest, 2)
			} else
				plain(c)
			continue
		}
		text = ""
		stop = c == "\"" ? "[\"\\\\]" : "['\\\\]"
		while (match(rest, stop) && substr(rest, RSTART, 1) == "\\") {
			text = text substr(rest, 1, RSTART + 1)
			rest = substr(rest, RSTART + 2)
		}
		at = match(rest, stop) ? RSTART : length(rest) + 1
		text = text substr(rest, 1, at - 1)
		rest = substr(rest, at + 1)
		code = code c c
		literal(c, text)
	}
	alone = here && code ~ /^[ \t]*$/
	if (want == "code" && !marked && code !~ /^[ \t]*$/)
		print FILENAME ":" FNR ":" code
}

END {
	flush()
}
