# Whole programs over TLS on loopback.
e2e_tests = \
	tests/e2e/alarm.sh \
	tests/e2e/backup.sh \
	tests/e2e/callers.sh \
	tests/e2e/clock.sh \
	tests/e2e/commands.sh \
	tests/e2e/console.sh \
	tests/e2e/demo.sh \
	tests/e2e/drafts.sh \
	tests/e2e/disk.sh \
	tests/e2e/faults.sh \
	tests/e2e/flow.sh \
	tests/e2e/import.sh \
	tests/e2e/intake.sh \
	tests/e2e/kill.sh \
	tests/e2e/linkstate.sh \
	tests/e2e/load.sh \
	tests/e2e/lock.sh \
	tests/e2e/manage.sh \
	tests/e2e/marks.sh \
	tests/e2e/meeting.sh \
	tests/e2e/meeting_loop.sh \
	tests/e2e/meeting_ical.sh \
	tests/e2e/loop_city.sh \
	tests/e2e/loop_huicheng.sh \
	tests/e2e/loop_pukou.sh \
	tests/e2e/loop_tianning.sh \
	tests/e2e/loop_xingan.sh \
	tests/e2e/offline.sh \
	tests/e2e/oncall.sh \
	tests/e2e/operate.sh \
	tests/e2e/personal.sh \
	tests/e2e/people.sh \
	tests/e2e/scope.sh \
	tests/e2e/phone.sh \
	tests/e2e/address.sh \
	tests/e2e/roster_build.sh \
	tests/e2e/roster_io.sh \
	tests/e2e/places.sh \
	tests/e2e/plain.sh \
	tests/e2e/postgres.sh \
	tests/e2e/processes.sh \
	tests/e2e/roster.sh \
	tests/e2e/rules.sh \
	tests/e2e/dups.sh \
	tests/e2e/search.sh \
	tests/e2e/serverfaults.sh \
	tests/e2e/terminals.sh \
	tests/e2e/whistle.sh \
	tests/e2e/warnings.sh
dist_check_SCRIPTS += $(e2e_tests)
TESTS += $(e2e_tests)
EXTRA_DIST += tests/e2e/lib.sh tests/e2e/loops.sh
EXTRA_DIST += \
	tests/e2e/plain/case.txt \
	tests/e2e/plain/duty.txt \
	tests/e2e/plain/lists.txt \
	tests/e2e/plain/narrow.txt \
	tests/e2e/plain/register.txt \
	tests/e2e/plain/roster.txt
