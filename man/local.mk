# Manual pages.  The tables in them come from the tables of the code (man/tables.c); make update-man
# writes them, and tests/tools/man.sh sees a stale one.
manpages = man/zhiban.1 man/zhiban.conf.5 man/zhiband.8
dist_man_MANS = $(manpages)
EXTRA_DIST += man/splice.sh

check_PROGRAMS += man/tables
man_tables_SOURCES = man/tables.c
man_tables_LDADD = $(VIEWS_LIBS)

dist_check_SCRIPTS += tests/tools/man.sh
TESTS += tests/tools/man.sh

update-man: man/tables$(EXEEXT)
	for m in $(manpages); do \
		$(SHELL) $(srcdir)/man/splice.sh $(srcdir)/$$m man/tables$(EXEEXT) >man-new && \
		cp man-new $(srcdir)/$$m || exit 1; \
	done; rm -f man-new
.PHONY: update-man
