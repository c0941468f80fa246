noinst_LIBRARIES += src/server/libserver.a
src_server_libserver_a_SOURCES = \
	src/server/accounts.c \
	src/server/acts.c \
	src/server/admin.c \
	src/server/admin_adopt.c \
	src/server/admit.c \
	src/server/admit_near.c \
	src/server/admit_party.c \
	src/server/admit_priv.h \
	src/server/admit_write.c \
	src/server/adopt.c \
	src/server/adopt_duty.c \
	src/server/adopt_carry.c \
	src/server/adopt_people.c \
	src/server/adopt_plan.c \
	src/server/adopt_report.c \
	src/server/adopt_priv.h \
	src/server/arrival.c src/server/arrival_code.c src/server/arrival_priv.h \
	src/server/audit.c \
	src/server/audit_priv.h \
	src/server/audit_read.c \
	src/server/auth_priv.h \
	src/server/backoff.c \
	src/server/backup.c \
	src/server/backup_admin.c \
	src/server/backup_file.c \
	src/server/backup_priv.h \
	src/server/bulk.c \
	src/server/callers.c \
	src/server/cap.c \
	src/server/codes.c \
	src/server/console.c \
	src/server/db_postgres.c \
	src/server/db_postgres_copy.c \
	src/server/db_postgres_make.c \
	src/server/db_postgres_open.c \
	src/server/db_postgres_priv.h \
	src/server/db_postgres_send.c \
	src/server/db_sql.c \
	src/server/db_sql_audit.c \
	src/server/db_sql_absence.c \
	src/server/db_sql_auth.c \
	src/server/db_sql_callers.c \
	src/server/db_sql_copy.c \
	src/server/db_sql_duty.c \
	src/server/db_sql_journal.c \
	src/server/db_sql_more.c \
	src/server/db_sql_people.c \
	src/server/db_sql_personal.c \
	src/server/db_sql_priv.h \
	src/server/db_sql_nodes.c \
	src/server/db_sql_schema.c \
	src/server/db_sql_scope.c \
	src/server/db_sql_system.c \
	src/server/db_sql_search.c \
	src/server/db_sqlite.c \
	src/server/db_sqlite_copy.c \
	src/server/db_sqlite_make.c \
	src/server/db_sqlite_priv.h \
	src/server/db_where.c \
	src/server/digest.c \
	src/server/endings.c \
	src/server/endings_priv.h \
	src/server/enroll.c \
	src/server/entities.c \
	src/server/erase.c \
	src/server/erase_priv.h \
	src/server/export.c \
	src/server/fails.c \
	src/server/fails_priv.h \
	src/server/feed.c \
	src/server/handlers_priv.h \
	src/server/head.c \
	src/server/head_priv.h \
	src/server/httpd.c \
	src/server/httpd_head.c \
	src/server/httpd_pass.c \
	src/server/httpd_priv.h \
	src/server/intake.c \
	src/server/intake_priv.h \
	src/server/jobs.c \
	src/server/jobs_priv.h \
	src/server/judge.c \
	src/server/judge_priv.h \
	src/server/watch.c \
	src/server/watch_priv.h \
	src/server/login.c \
	src/server/manage.c \
	src/server/manage_priv.h \
	src/server/number.c src/server/number_priv.h \
	src/server/officers.c \
	src/server/marks.c \
	src/server/ical.c src/server/ical_body.c src/server/ical_meetings.c src/server/ical_priv.h \
	src/server/log.c \
	src/server/limits.c \
	src/server/limits_priv.h \
	src/server/mask.c \
	src/server/mask_priv.h \
	src/server/memo.c \
	src/server/memo_priv.h \
	src/server/metric.def \
	src/server/metrics.c \
	src/server/metrics_priv.h \
	src/server/mode.c \
	src/server/open311.c \
	src/server/open311_post.c \
	src/server/open311_priv.h \
	src/server/open311_read.c \
	src/server/park.c \
	src/server/park_priv.h \
	src/server/nodes.c \
	src/server/nodes_contact.c \
	src/server/nodes_priv.h \
	src/server/past.c \
	src/server/past_priv.h \
	src/server/people.c \
	src/server/pin.c \
	src/server/revoke.c \
	src/server/rate.c \
	src/server/personal.c \
	src/server/personal_priv.h \
	src/server/purge.c \
	src/server/purge_night.c \
	src/server/purge_priv.h \
	src/server/reveal.c \
	src/server/route.c \
	src/server/rulebook.c \
	src/server/rulebook_priv.h \
	src/server/search.c \
	src/server/search_index.c \
	src/server/search_priv.h \
	src/server/service.c \
	src/server/service_priv.h \
	src/server/session.c \
	src/server/snapshot.c \
	src/server/sockets.c \
	src/server/sockets_priv.h \
	src/server/system.c \
	src/server/system_admin.c \
	src/server/system_priv.h \
	src/server/status.c \
	src/server/timers.c \
	src/server/timers_fire.c \
	src/server/timers_swap.c \
	src/server/timers_kind.c src/server/timers_kind_priv.h src/server/timers_sum.c \
	src/server/timers_priv.h \
	src/server/tls.c \
	src/server/tls_totp.c \
	src/server/totp_priv.h \
	src/server/verify.c \
	src/server/verify_answers.c \
	src/server/verify_duty.c \
	src/server/verify_entity.c \
	src/server/verify_personal.c \
	src/server/verify_priv.h
noinst_HEADERS += \
	include/zhiban/server/audit.def \
	include/zhiban/server/backup.h \
	include/zhiban/server/db.h \
	include/zhiban/server/db_op.def \
	include/zhiban/server/bulk.h \
	include/zhiban/server/db_rows.h \
	include/zhiban/server/db_who.h \
	include/zhiban/server/httpd.h \
	include/zhiban/server/service.h \
	include/zhiban/server/tls.h \
	include/zhiban/server/verify.h

# The schema as C strings, so that `zhiband init` needs no file beside it.
SERVER_SCHEMA = schema/server.sql schema/server_2.sql schema/server_3.sql schema/server_4.sql \
	schema/server_5.sql schema/server_6.sql schema/server_7.sql schema/server_8.sql \
	schema/server_9.sql schema/server_10.sql schema/server_11.sql schema/server_12.sql
BUILT_SOURCES += src/server/schema_sql.h
CLEANFILES += src/server/schema_sql.h
src/server/schema_sql.h: $(SERVER_SCHEMA)
	$(AM_V_GEN)$(MKDIR_P) src/server && for f in $(SERVER_SCHEMA); do \
		name=`basename $$f .sql`; $(SQL_TO_C) $(top_srcdir)/$$f || exit 1; done >$@.tmp && \
		mv $@.tmp $@
src/server/db_sql_schema.$(OBJEXT): src/server/schema_sql.h
