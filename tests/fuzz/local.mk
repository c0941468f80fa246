# Fuzz targets.  `make check` replays the corpus of each; a fuzzer runs them when configured so:
#
#	../configure CC=clang --enable-fuzzing && make fuzz		(30 seconds each)
#	make fuzz FUZZ_SECONDS=600
#
# To add the target THING:
#   1. tests/fuzz/THING_fuzz.c: LLVMFuzzerTestOneInput of fuzz.h; state what must hold with CHECK.
#   2. tests/fuzz/corpus/THING/: a few small files, good ones and bad ones; a crash that was found
#      becomes one more.
#   3. Here: its name in fuzz_targets and three lines like those below, with the libraries of its
#      layer ($(WIRE_LIBS), $(PROFILE_LIBS), …) in LDADD.
fuzz_targets = \
	tests/fuzz/cap_fuzz \
	tests/fuzz/conf_fuzz \
	tests/fuzz/feed_json_fuzz \
	tests/fuzz/filter_fuzz \
	tests/fuzz/head_fuzz \
	tests/fuzz/form_fuzz \
	tests/fuzz/ical_fuzz \
	tests/fuzz/import_fuzz \
	tests/fuzz/intake_fuzz \
	tests/fuzz/profile_fuzz \
	tests/fuzz/text_clean_fuzz
FUZZ_SECONDS = 30

tests_fuzz_conf_fuzz_SOURCES = tests/fuzz/conf_fuzz.c $(fuzz_main)
tests_fuzz_conf_fuzz_LDADD = $(BASE_LIBS)
tests_fuzz_conf_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_filter_fuzz_SOURCES = tests/fuzz/filter_fuzz.c $(DOMAIN_FIXTURE) $(fuzz_main)
tests_fuzz_filter_fuzz_LDADD = $(DOMAIN_LIBS)
tests_fuzz_filter_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_text_clean_fuzz_SOURCES = tests/fuzz/text_clean_fuzz.c $(fuzz_main)
tests_fuzz_text_clean_fuzz_LDADD = $(BASE_LIBS)
tests_fuzz_text_clean_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_feed_json_fuzz_SOURCES = tests/fuzz/feed_json_fuzz.c $(fuzz_main)
tests_fuzz_feed_json_fuzz_LDADD = $(WIRE_LIBS)
tests_fuzz_feed_json_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_cap_fuzz_SOURCES = tests/fuzz/cap_fuzz.c $(fuzz_main)
tests_fuzz_cap_fuzz_LDADD = $(WIRE_LIBS)
tests_fuzz_cap_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_ical_fuzz_SOURCES = tests/fuzz/ical_fuzz.c $(fuzz_main)
tests_fuzz_ical_fuzz_LDADD = $(WIRE_LIBS)
tests_fuzz_ical_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_import_fuzz_SOURCES = tests/fuzz/import_fuzz.c $(fuzz_main)
tests_fuzz_import_fuzz_LDADD = $(WIRE_LIBS)
tests_fuzz_import_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_form_fuzz_SOURCES = tests/fuzz/form_fuzz.c $(fuzz_main)
tests_fuzz_form_fuzz_LDADD = $(WIRE_LIBS)
tests_fuzz_form_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_intake_fuzz_SOURCES = tests/fuzz/intake_fuzz.c $(fuzz_main)
tests_fuzz_intake_fuzz_LDADD = $(WIRE_LIBS)
tests_fuzz_intake_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_profile_fuzz_SOURCES = tests/fuzz/profile_fuzz.c $(fuzz_main)
tests_fuzz_profile_fuzz_LDADD = $(PROFILE_LIBS)
tests_fuzz_profile_fuzz_LDFLAGS = $(fuzz_ldflags)

tests_fuzz_head_fuzz_SOURCES = tests/fuzz/head_fuzz.c $(fuzz_main)
tests_fuzz_head_fuzz_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_fuzz_head_fuzz_LDADD = $(SERVER_LIBS)
tests_fuzz_head_fuzz_LDFLAGS = $(fuzz_ldflags)

check_PROGRAMS += $(fuzz_targets)
noinst_HEADERS += tests/fuzz/fuzz.h
EXTRA_DIST += tests/fuzz/corpus
if FUZZING
fuzz_main =
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
else
TESTS += $(fuzz_targets)
fuzz_main = tests/fuzz/replay.c
fuzz_ldflags = $(AM_LDFLAGS)
endif

# New inputs go to the build tree; what is worth keeping is copied to the corpus by hand.
fuzz: $(fuzz_targets)
	@set -e; for target in $(fuzz_targets); do \
		name=`basename $$target _fuzz`; \
		mkdir -p tests/fuzz/found/$$name; \
		$$target -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=0 \
			-artifact_prefix=tests/fuzz/found/ tests/fuzz/found/$$name \
			$(srcdir)/tests/fuzz/corpus/$$name; \
	done
.PHONY: fuzz
