/* A running server, for what rides along with it. */
#ifndef ZHIBAN_DAEMON_SERVE_PRIV_H
#define ZHIBAN_DAEMON_SERVE_PRIV_H

#include "zhiban/base/env.h"
#include "zhiban/server/service.h"

/* "READY=1", "STOPPING=1"; nothing when systemd did not start this. */
void notify_systemd(const char *words);

struct rider; /* traffic of a demo */
enum err rider_new(struct service *service, const struct env *env, const char *seed,
		   struct rider **ret_rider, struct error *err) MUST_CHECK;
void rider_free(struct rider *rider); /* NULL is fine */
/* Called about four times a second. */
enum err rider_tick(struct rider *rider, struct error *err) MUST_CHECK;

/* The service's `backup`; ctx: the folder. */
enum err folder_backup(void *ctx, struct service *service, struct str *ret_path,
		       struct error *err) MUST_CHECK;

#endif
