#!/bin/sh
# tap.sh TEST [WORDS]: runs a test for the TAP driver.  cmocka writes a skipped case as "not ok",
# which automake would count as failed; a test that hangs is ended.
case $1 in
*.sh) [ -x "$1" ] || set -- sh "$@" ;; # a script without its mode is a script
esac
{
	status=$({
		{
			timeout --foreground -k 10 "${ZHIBAN_TEST_SECONDS:-900}" "$@" 3>&- 4>&-
			echo $? >&3
		} | sed 's/^not ok \([0-9]*\) # SKIP/ok \1 # SKIP/' >&4
	} 3>&1)
} 4>&1
[ "$status" -ne 124 ] || echo "Bail out! not done within ${ZHIBAN_TEST_SECONDS:-900} seconds"
exit "$status"
