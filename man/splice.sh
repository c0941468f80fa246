#!/bin/sh
# splice.sh PAGE TABLES: PAGE with what stands between its markers made anew by TABLES, on standard
# output.  A marker is .\" BEGIN NAME, its end .\" END NAME.
set -eu
page=$1
tables=$2
awk -v tables="$tables" '
	/^\.\\" BEGIN / {
		print
		command = tables " " $3
		while ((command | getline line) > 0)
			print line
		if (close(command) != 0)
			exit 1
		skip = 1
		next
	}
	/^\.\\" END / { skip = 0 }
	!skip
' "$page"
