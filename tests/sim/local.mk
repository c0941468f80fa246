# The deterministic simulation: server and consoles in one process, by seeds.
check_PROGRAMS += tests/sim/sim_test
TESTS += tests/sim/sim_test
tests_sim_sim_test_SOURCES = \
	tests/sim/args.c tests/sim/args.h \
	tests/sim/check.c \
	tests/sim/console.c \
	tests/sim/counts.def \
	tests/sim/cross.c \
	tests/sim/erase.c \
	tests/sim/folders.c \
	tests/sim/ledger.c \
	tests/sim/main.c \
	tests/sim/meeting.c \
	tests/sim/meeting_any.c \
	tests/sim/network.c \
	tests/sim/officer.c \
	tests/sim/oracle.c \
	tests/sim/oracle.h \
	tests/sim/oracle_absence.c \
	tests/sim/oracle_clocks.c \
	tests/sim/oracle_meetings.c \
	tests/sim/oracle_parties.c \
	tests/sim/oracle_rules.c \
	tests/sim/oracle_rules.h \
	tests/sim/oracle_see.c \
	tests/sim/pins.c \
	tests/sim/quiet.c \
	tests/sim/run.h \
	tests/sim/server.c \
	tests/sim/shrink.c \
	tests/sim/sim.h \
	tests/sim/roster.c \
	tests/sim/compare.c \
	tests/sim/whistle.c \
	tests/sim/steps.c \
	tests/sim/template.c \
	tests/sim/waits.c \
	tests/sim/world.c
tests_sim_sim_test_LDADD = $(FAULTFS_LIBS) src/server/libserver.a $(CLIENT_LIBS) $(JANSSON_LIBS) $(MHD_LIBS) \
	$(GNUTLS_LIBS)
tests_sim_sim_test_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=pin_hash -Wl,--wrap=pin_matches
EXTRA_DIST += tests/sim/sim.conf tests/sim/sim-orgs.csv
