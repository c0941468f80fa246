# All but its main program, for the tables of the manual.
noinst_LIBRARIES += src/daemon/libdaemon.a
src_daemon_libdaemon_a_SOURCES = \
	src/daemon/admin.c \
	src/daemon/admin_priv.h \
	src/daemon/args.c \
	src/daemon/backup.c \
	src/daemon/calendar.c \
	src/daemon/command_priv.h \
	src/daemon/commands.c \
	src/daemon/erase.c \
	src/daemon/export.c \
	src/daemon/import.c \
	src/daemon/init.c \
	src/daemon/maps.c \
	src/daemon/maps_priv.h \
	src/daemon/manage.c \
	src/daemon/people.c \
	src/daemon/notify.c \
	src/daemon/places.c \
	src/daemon/folder.c \
	src/daemon/folder_priv.h \
	src/daemon/restore.c \
	src/daemon/rider.c \
	src/daemon/rules.c \
	src/daemon/serve.c \
	src/daemon/serve_priv.h \
	src/daemon/status.c \
	src/daemon/system.c \
	src/daemon/warnings.c
DAEMON_LIBS = src/daemon/libdaemon.a src/demo/libdemo.a $(SERVER_LIBS)

bin_PROGRAMS += src/daemon/zhiband
src_daemon_zhiband_SOURCES = src/daemon/main.c
src_daemon_zhiband_LDADD = $(DAEMON_LIBS)

# The unit and its user; `make install systemdunitdir=DIR sysusersdir=DIR` puts them elsewhere.
systemdunitdir = $(prefix)/lib/systemd/system
sysusersdir = $(prefix)/lib/sysusers.d
systemdunit_DATA = src/daemon/zhiband.service
sysusers_DATA = src/daemon/zhiban.conf
EXTRA_DIST += src/daemon/zhiband.service.in src/daemon/zhiban.sysusers
CLEANFILES += src/daemon/zhiband.service src/daemon/zhiban.conf
src/daemon/zhiband.service: src/daemon/zhiband.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) src/daemon && \
		sed 's|@bindir[@]|$(bindir)|g' $(top_srcdir)/src/daemon/zhiband.service.in >$@.tmp && \
		mv $@.tmp $@
src/daemon/zhiban.conf: src/daemon/zhiban.sysusers
	$(AM_V_GEN)$(MKDIR_P) src/daemon && cp $(top_srcdir)/src/daemon/zhiban.sysusers $@
