#!/bin/sh
# pot.sh SRCDIR OUT.pot (an absolute path): collects the sentences of the sources.
set -eu
cd "$1"
find src include \( -name '*.c' -o -name '*.h' -o -name '*.def' \) -type f | LC_ALL=C sort |
	xgettext -L C --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 --add-location=file \
		--package-name=zhiban --no-wrap -s --files-from=- -o - |
	sed '/^"POT-Creation-Date/d' >"$2"
