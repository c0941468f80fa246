EXTRA_DIST += schema/server.sql schema/server_2.sql schema/server_3.sql schema/server_4.sql schema/server_5.sql schema/server_6.sql schema/server_7.sql schema/server_8.sql schema/server_9.sql schema/server_10.sql schema/server_11.sql schema/server_12.sql
EXTRA_DIST += schema/cache.sql schema/outbox.sql schema/outbox_more.sql
EXTRA_DIST += schema/openapi.yaml
