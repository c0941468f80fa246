/* When a lane sends again, and what that says of the line. */
#ifndef ZHIBAN_SYNC_LANES_PRIV_H
#define ZHIBAN_SYNC_LANES_PRIV_H

#include "zhiban/sync/sync.h"

struct lane { /* times: own clock, shifted with it when it jumps; 0: none */
	bool busy;
	bool parked;	    /* busy: the server may hold it */
	bool cut;	    /* the last attempt had no answer at all */
	bool stuck;	    /* what it brought could not be kept here */
	int fails;	    /* in a row */
	int64_t not_before; /* next try */
	int64_t started;    /* the last try */
	int64_t failed;	    /* cut: when */
};

void lane_send(struct sync *sync, const struct sync_request *request);
void lane_done(struct sync *sync, enum sync_lane lane);	 /* a good answer */
/* What was done with an answer failed.  When it is the own disk (full, read-only …): again after 1,
 * 2, 4, 8 s, told as trouble here until the lane is done; else as lane_fail. */
void lane_failed(struct sync *sync, enum sync_lane lane, enum err code, const struct error *err);
/* The server answers, but with trouble: 1, 2, 4 … 60 s. */
void lane_fail(struct sync *sync, enum sync_lane lane, int64_t retry_after, const char *reason);
/* No answer (SYNC_OFFLINE), or not the server's (SYNC_STRANGE): attempts begin 1, 2, 4, 8 s apart.
 * A parked read is given up. */
void lane_cut(struct sync *sync, enum sync_lane lane, enum sync_link link, const char *reason);
void lane_abandon(struct sync *sync, enum sync_lane lane); /* what is in flight is of no use */
bool park_abandon(struct sync *sync); /* what is new is asked at once; true: it was parked */
/* Some answer came, its first byte took_ms after the request (0: not measured). */
void lane_answered(struct sync *sync, enum sync_lane lane, int64_t took_ms);
void look_for_slow(struct sync *sync); /* a request that waits for long */
bool may_park(struct sync *sync);
/* Small pages are asked for: a large one that is cut was read for nothing. */
bool line_is_thin(const struct sync *sync);
int64_t lanes_next(const struct sync *sync); /* when one may send again, or has waited for long */
/* The own clock moves on.  Back, or by more than an hour: it was set, and waits go along. */
void clock_to(struct sync *sync, int64_t now);
void set_link(struct sync *sync, enum sync_link link, const char *reason);

#endif
