/* When a lane sends again, and what that says about the line. */
#include <config.h>

#include "sync_priv.h"

void lane_send(struct sync *sync, const struct sync_request *request)
{
	sync->lane[request->lane].busy = true;
	sync->ops->send(sync->ctx, request);
}

void lane_done(struct sync *sync, enum sync_lane lane)
{
	sync->lane[lane].fails = 0;
	sync->lane[lane].not_before = 0;
	set_link(sync, SYNC_ONLINE, "");
}

void lane_fail(struct sync *sync, enum sync_lane lane, int64_t retry_after, const char *reason)
{
	struct lane *at = &sync->lane[lane];
	int64_t wait_ms = retry_after * 1000;

	if (wait_ms <= 0) {
		int64_t s = at->fails < 6 ? INT64_C(1) << at->fails : BACKOFF_MAX_S;

		/* three quarters to one and a quarter of it, so that not all come at once */
		wait_ms = s * 750 + (int64_t)env_below(sync->env, (uint64_t)s * 500 + 1);
	}
	at->fails++;
	at->not_before = sync->now + wait_ms;
	set_link(sync, SYNC_OFFLINE, reason);
}

void set_link(struct sync *sync, enum sync_link link, const char *reason)
{
	if (sync->link == SYNC_LOGIN && link != SYNC_IDLE && sync->token[0] == '\0')
		return; /* nobody is logged in: that is what matters */
	sync->link = link;
	sync->ops->link(sync->ctx, link, reason);
}

void lane_abandon(struct sync *sync, enum sync_lane lane)
{
	if (sync->lane[lane].busy)
		sync->ops->abandon(sync->ctx, lane);
	sync->lane[lane].busy = false;
}

void login_needed(struct sync *sync, const char *reason)
{
	lane_abandon(sync, LANE_READ);
	lane_abandon(sync, LANE_WRITE);
	sync->token[0] = '\0';
	sync->at_head = false;
	sync->link = SYNC_LOGIN;
	sync->ops->link(sync->ctx, SYNC_LOGIN, reason);
}
