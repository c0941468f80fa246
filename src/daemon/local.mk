bin_PROGRAMS += src/daemon/zhiband
src_daemon_zhiband_SOURCES = \
	src/daemon/admin.c \
	src/daemon/admin_priv.h \
	src/daemon/args.c \
	src/daemon/command_priv.h \
	src/daemon/commands.c \
	src/daemon/import.c \
	src/daemon/init.c \
	src/daemon/main.c \
	src/daemon/people.c \
	src/daemon/place.c \
	src/daemon/place_priv.h \
	src/daemon/rider.c \
	src/daemon/rules.c \
	src/daemon/serve.c \
	src/daemon/serve_priv.h
src_daemon_zhiband_LDADD = src/demo/libdemo.a $(SERVER_LIBS)
