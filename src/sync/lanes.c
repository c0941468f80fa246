/* When a lane sends again, what that says about the line, and time that does not jump. */
#include <config.h>

#include <stdio.h>

#include "zhiban/base/i18n.h"

#include "sync_priv.h"

enum {
	JUMP_MS = 3600 * 1000,	 /* a step of the clock that is no waiting any more */
	LINE_DOUBLINGS = 3,	 /* 1, 2, 4, 8 s from one attempt's start to the next */
	LINE_PAUSE_MS = 500,	 /* but never at once after a failure */
	SLOW_ROUND_MS = 1500,	 /* an answer's first byte after the request */
	SLOW_WAIT_MS = 4000,	 /* a request without its answer */
	SLOW_KEPT_MS = 120 * 1000, /* a verdict older than this is looked at again */
};

/* Three quarters to one and a quarter of so many seconds, so that not all come at once. */
static int64_t spread(const struct sync *sync, int64_t s)
{
	return s * 750 + (int64_t)env_below(sync->env, (uint64_t)s * 500 + 1);
}

/* ---- time ---- */

static void shift(int64_t *at, int64_t by)
{
	if (*at != 0)
		*at += by;
}

void clock_to(struct sync *sync, int64_t now)
{
	int64_t by = now - sync->now;

	sync->now = now;
	if (!sync->running || (by >= 0 && by <= JUMP_MS))
		return;
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		shift(&sync->lane[lane].not_before, by);
		shift(&sync->lane[lane].started, by);
		shift(&sync->lane[lane].failed, by);
	}
	shift(&sync->next_digest, by);
	marks_shift(sync, by);
	shift(&sync->slow_at, by);
	shift(&sync->heard_at, by);
	if (by < 0) {
		sync->offset -= by;
	} else { /* perhaps the machine slept: what was parked is most likely dead */
		park_abandon(sync);
		for (int lane = 0; lane < LANE_COUNT; lane++)
			sync->lane[lane].not_before = 0;
	}
}

/* ---- sending and failing ---- */

void lane_send(struct sync *sync, const struct sync_request *request)
{
	struct lane *lane = &sync->lane[request->lane];

	lane->busy = true;
	lane->parked = request->wait_s > 0;
	lane->started = sync->now;
	sync->ops->send(sync->ctx, request);
}

void lane_fail(struct sync *sync, enum sync_lane lane, int64_t retry_after, const char *reason)
{
	struct lane *at = &sync->lane[lane];
	int64_t s = at->fails < 6 ? INT64_C(1) << at->fails : BACKOFF_MAX_S;

	at->fails++;
	at->cut = false;
	at->not_before = sync->now + (retry_after > 0 ? retry_after * 1000 : spread(sync, s));
	set_link(sync, SYNC_UNABLE, reason);
}

static bool is_own_disk(enum err code)
{
	return code == ERR_FULL || code == ERR_IO || code == ERR_DENIED || code == ERR_BUSY;
}

void lane_failed(struct sync *sync, enum sync_lane lane, enum err code, const struct error *err)
{
	struct lane *at = &sync->lane[lane];
	int doublings = at->fails < LINE_DOUBLINGS ? at->fails : LINE_DOUBLINGS;
	const char *words = err->text[0] != '\0' ? err->text : _(err_sentence(code));

	if (!is_own_disk(code)) {
		lane_fail(sync, lane, 0, words);
		return;
	}
	at->fails++;
	at->cut = false;
	at->stuck = true;
	at->not_before = sync->now + spread(sync, INT64_C(1) << doublings);
	snprintf(sync->trouble, sizeof sync->trouble, "%.290s", words);
	set_link(sync, SYNC_TROUBLE, words);
}

void lane_cut(struct sync *sync, enum sync_lane lane, enum sync_link link, const char *reason)
{
	struct lane *at = &sync->lane[lane];
	int doublings = at->fails < LINE_DOUBLINGS ? at->fails : LINE_DOUBLINGS;

	at->fails++;
	at->cut = true;
	at->failed = sync->now;
	at->not_before = at->started + spread(sync, INT64_C(1) << doublings);
	if (at->not_before < sync->now + LINE_PAUSE_MS)
		at->not_before = sync->now + LINE_PAUSE_MS;
	/* What is parked may hang in the same hole, unnoticed for a minute. */
	if (lane != LANE_READ && park_abandon(sync))
		sync->lane[LANE_READ].not_before = at->not_before;
	set_link(sync, link, reason);
}

void lane_abandon(struct sync *sync, enum sync_lane lane)
{
	if (sync->lane[lane].busy)
		sync->ops->abandon(sync->ctx, lane);
	sync->lane[lane].busy = false;
}

bool park_abandon(struct sync *sync)
{
	struct lane *read = &sync->lane[LANE_READ];

	sync->at_head = false; /* the next read asks what is new at once */
	if (!read->busy || !read->parked)
		return false;
	lane_abandon(sync, LANE_READ);
	return true;
}

/* ---- how the line is ---- */

void set_link(struct sync *sync, enum sync_link link, const char *reason)
{
	if (sync->link == SYNC_LOGIN && link != SYNC_IDLE && sync->token[0] == '\0')
		return; /* nobody is logged in: that is what matters */
	sync->link = link;
	sync->ops->link(sync->ctx, link, reason);
}

void login_needed(struct sync *sync, const char *reason)
{
	lane_abandon(sync, LANE_READ);
	lane_abandon(sync, LANE_WRITE);
	sync->token[0] = '\0';
	sync->at_head = false;
	if (sync->want_logout) { /* it has ended without */
		sync->want_logout = false;
		sync->ops->asked(sync->ctx, ERR_OK, "");
	}
	sync->link = SYNC_LOGIN;
	sync->ops->link(sync->ctx, SYNC_LOGIN, reason);
}

static void set_reached(struct sync *sync)
{
	const char *reason = sync->slow ? _("answers come slowly") : "";

	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (!sync->lane[lane].stuck)
			continue;
		set_link(sync, SYNC_TROUBLE, sync->trouble);
		return;
	}
	set_link(sync, sync->slow ? SYNC_SLOW : SYNC_ONLINE,
		 sync->waits[0] != '\0' ? sync->waits : reason);
}

void lane_answered(struct sync *sync, enum sync_lane lane, int64_t took_ms)
{
	const struct lane *at = &sync->lane[lane];
	int64_t all = sync->now - at->started;

	sync->heard_at = sync->now;
	if (at->parked)
		return; /* how long the server held it says nothing of the line */
	sync->slow = (took_ms > 0 ? took_ms : all) > SLOW_ROUND_MS || all > SLOW_WAIT_MS;
	sync->slow_at = sync->now;
}

void lane_done(struct sync *sync, enum sync_lane lane)
{
	sync->lane[lane].fails = 0;
	sync->lane[lane].cut = false;
	sync->lane[lane].stuck = false;
	sync->lane[lane].not_before = 0;
	/* The line is back: nobody needs to wait for it any longer. */
	for (int other = 0; other < LANE_COUNT; other++) {
		struct lane *at = &sync->lane[other];

		if (at->cut && at->not_before > at->failed + LINE_PAUSE_MS)
			at->not_before = at->failed + LINE_PAUSE_MS;
	}
	set_reached(sync);
}

static int64_t slow_when(const struct sync *sync, const struct lane *lane)
{
	if (sync->link != SYNC_ONLINE || !lane->busy || lane->parked)
		return INT64_MAX;
	return lane->started + SLOW_WAIT_MS;
}

void look_for_slow(struct sync *sync)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (slow_when(sync, &sync->lane[lane]) > sync->now)
			continue;
		sync->slow = true;
		sync->slow_at = sync->now;
		set_reached(sync);
	}
}

bool may_park(struct sync *sync)
{
	bool again = sync->slow && sync->now - sync->slow_at > SLOW_KEPT_MS;

	if (again)
		sync->slow_at = sync->now; /* once */
	return sync->at_head && !again;
}

bool line_is_thin(const struct sync *sync)
{
	enum { OFTEN = 3 };

	return sync->thin || sync->slow || sync->lane[LANE_READ].fails >= OFTEN;
}

int64_t lanes_next(const struct sync *sync)
{
	int64_t next = INT64_MAX;

	for (int i = 0; i < LANE_COUNT; i++) {
		const struct lane *lane = &sync->lane[i];
		int64_t slow = slow_when(sync, lane);

		if (!lane->busy && lane->not_before > sync->now && lane->not_before < next)
			next = lane->not_before;
		if (slow < next)
			next = slow;
	}
	return next;
}
