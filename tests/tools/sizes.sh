#!/bin/sh
# A .c file has at most 800 lines (a word about it above 500), a header 150, a function 80, a line
# 100 columns with tabs of 8.  Tables are exempt: .def files, and what is not a function.
. "${ZHIBAN_SRCDIR:-.}/tests/tools/gate.sh"

files src include tests -name '*.[ch]' >"$tmp/list"

rule 'files are not too long'
(cd "$src" && xargs awk '
	FNR == 1 && NR > 1 { tell() }
	{ name = FILENAME; lines = FNR }
	END { tell() }
	function tell() {
		if (name !~ /^tests/ && name ~ /\.h$/ && lines > 150)
			print name ": " lines " lines; a header has at most 150"
		else if (lines > 800)
			print name ": " lines " lines; a file has at most 800"
		else if (name ~ /^src.*\.c$/ && lines > 500)
			print "WARN " name ": " lines " lines; look at it again"
	}' <"$tmp/list") >"$tmp/out"
sed -n 's/^WARN /# (no offence yet) /p' "$tmp/out"
grep -v '^WARN ' "$tmp/out" >"$tmp/bad"
offences <"$tmp/bad"

# A function begins and ends with a brace in the first column; its name stands before.
rule 'functions are not too long'
(cd "$src" && xargs awk '
	FNR == 1 { open = 0 }
	/^\{/ { open = FNR; next }
	/^\}/ && open {
		if (FNR - open - 1 > 80)
			print FILENAME ":" open ": " name " has " FNR - open - 1 " lines; a function has at most 80"
		open = 0
	}
	!open && /^[A-Za-z_].*\(/ {
		name = $0
		sub(/\(.*/, "", name)
		sub(/.*[ *]/, "", name)
	}' <"$tmp/list") >"$tmp/out"
offences <"$tmp/out"

rule 'lines are not too wide'
(cd "$src" && xargs awk '
	length($0) > 60 {
		width = 0
		n = split($0, part, "\t")
		for (i = 1; i <= n; i++) {
			gsub(/[\200-\277]/, "", part[i])
			width += length(part[i])
			if (i < n)
				width += 8 - width % 8
		}
		if (width > (FILENAME ~ /^tests/ ? 132 : 104))
			print FILENAME ":" FNR ": " width " columns; a line has at most 100"
		else if (width > 100)
			wide++
	}
	END {
		if (wide)
			print "WARN " wide " lines have more than 100 columns"
	}' <"$tmp/list") >"$tmp/out"
sed -n 's/^WARN /# (no offence yet) /p' "$tmp/out"
grep -v '^WARN ' "$tmp/out" >"$tmp/bad"
offences <"$tmp/bad"
finish
