noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_SOURCES = \
	src/store/apply.c \
	src/store/cache.c \
	src/store/cache_priv.h \
	src/store/cache_read.c \
	src/store/db_priv.h \
	src/store/deadline.c \
	src/store/entity.c \
	src/store/log.c \
	src/store/mend.c \
	src/store/outbox.c \
	src/store/outbox_answer.c \
	src/store/outbox_desk.c \
	src/store/outbox_draft.c \
	src/store/outbox_mark.c \
	src/store/outbox_number.c \
	src/store/outbox_pin.c \
	src/store/outbox_secret.c \
	src/store/outbox_priv.h \
	src/store/outbox_who.c \
	src/store/page.c \
	src/store/page_count.c \
	src/store/place.c \
	src/store/save.c \
	src/store/search.c \
	src/store/search_batch.c \
	src/store/search_merge.c \
	src/store/search_page.c \
	src/store/search_priv.h \
	src/store/stand.c \
	src/store/store.c \
	src/store/tally.c \
	src/store/ties.c \
	src/store/filing.c \
	src/store/turn.c \
	src/store/view.c \
	src/store/window.c
nodist_src_store_libstore_a_SOURCES = src/store/cache_sql.h src/store/outbox_sql.h \
	src/store/outbox_more_sql.h
noinst_HEADERS += \
	include/zhiban/store/cache.h \
	include/zhiban/store/deadline.h \
	include/zhiban/store/log.h \
	include/zhiban/store/outbox.h \
	include/zhiban/store/outbox_desk.h \
	include/zhiban/store/outbox_draft.h \
	include/zhiban/store/outbox_mark.h \
	include/zhiban/store/outbox_pin.h \
	include/zhiban/store/outbox_renew.h \
	include/zhiban/store/outbox_secret.h \
	include/zhiban/store/page.h \
	include/zhiban/store/place.h \
	include/zhiban/store/search.h \
	include/zhiban/store/store.h \
	include/zhiban/store/turn.h

# The schemas as C texts.
SQL_TO_C = awk -v name=$$name 'BEGIN { print "static const char " name "_sql[] =" } \
	{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); print "\t\"" $$0 "\\n\"" } END { print "\t;" }'
src/store/cache_sql.h: $(top_srcdir)/schema/cache.sql
	$(AM_V_GEN)$(MKDIR_P) src/store && name=cache && $(SQL_TO_C) $(top_srcdir)/schema/cache.sql >$@
src/store/outbox_sql.h: $(top_srcdir)/schema/outbox.sql
	$(AM_V_GEN)$(MKDIR_P) src/store && name=outbox && $(SQL_TO_C) $(top_srcdir)/schema/outbox.sql >$@
src/store/outbox_more_sql.h: $(top_srcdir)/schema/outbox_more.sql
	$(AM_V_GEN)$(MKDIR_P) src/store && name=outbox_more && $(SQL_TO_C) $(top_srcdir)/schema/outbox_more.sql >$@
BUILT_SOURCES += src/store/cache_sql.h src/store/outbox_sql.h src/store/outbox_more_sql.h
CLEANFILES += src/store/cache_sql.h src/store/outbox_sql.h src/store/outbox_more_sql.h
src/store/cache.$(OBJEXT): src/store/cache_sql.h
src/store/outbox.$(OBJEXT): src/store/outbox_sql.h src/store/outbox_more_sql.h
