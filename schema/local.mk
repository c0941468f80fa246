EXTRA_DIST += schema/server.sql
