EXTRA_DIST += schema/server.sql schema/server_more.sql
EXTRA_DIST += schema/cache.sql schema/outbox.sql schema/outbox_more.sql
EXTRA_DIST += schema/openapi.yaml
