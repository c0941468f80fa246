# Manual pages.  The tables in them come from the tables of the code (man/tables.c); make update-man
# writes them, and tests/tools/man.sh sees a stale one.
manpages = man/zhiban.1 man/zhiban-profile.5 man/zhiban.conf.5 man/zhiband.8 \
	man/zhiband-postgresql.7 man/zhiban-theme.5 man/zhiban-tutorial.7
manpages_zh = man/zh_CN/zhiban-tutorial.7
dist_man_MANS = $(manpages)
# A translated page lies in a folder of its language.
zhman7dir = $(mandir)/zh_CN/man7
dist_zhman7_DATA = $(manpages_zh)
EXTRA_DIST += man/splice.sh

check_PROGRAMS += man/tables man/tables_daemon man/tables_profile
man_tables_SOURCES = man/tables.c man/mdoc.c man/mdoc.h
man_tables_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
man_tables_LDADD = $(VIEWS_LIBS)
man_tables_daemon_SOURCES = man/tables_daemon.c man/mdoc.c man/mdoc.h
man_tables_daemon_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
man_tables_daemon_LDADD = $(DAEMON_LIBS)
man_tables_profile_SOURCES = man/tables_profile.c man/mdoc.c man/mdoc.h
man_tables_profile_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
man_tables_profile_LDADD = $(PROFILE_LIBS)

dist_check_SCRIPTS += tests/tools/man.sh
TESTS += tests/tools/man.sh

update-man: man/tables$(EXEEXT) man/tables_daemon$(EXEEXT) man/tables_profile$(EXEEXT)
	for m in $(manpages) $(manpages_zh); do \
		case $$m in *zhiband*) t=man/tables_daemon ;; *-profile*) t=man/tables_profile ;; \
		*) t=man/tables ;; esac; \
		ZHIBAN_SRCDIR=$(srcdir) $(SHELL) $(srcdir)/man/splice.sh $(srcdir)/$$m $$t >man-new && \
		cp man-new $(srcdir)/$$m || exit 1; \
	done; rm -f man-new
.PHONY: update-man
