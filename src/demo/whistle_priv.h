/* A play of one whistle: what its files share. */
#ifndef ZHIBAN_DEMO_WHISTLE_PRIV_H
#define ZHIBAN_DEMO_WHISTLE_PRIV_H

#include "zhiban/demo/whistle.h"
#include "zhiban/domain/whistle.h"

enum { PLAY_UNITS_MOST = 4, PLAY_EVENTS_MOST = 64 /* no share has more than four ahead */ };

enum stage { /* of a share, in its order; the last two are of both sides */
	STAGE_SIGN,
	STAGE_CONTACT,
	STAGE_REPORT,
	STAGE_CONFIRM,
	STAGE_HANDLE,
	STAGE_FEEDBACK,
	STAGE_VERIFY,
	STAGE_RATE,
	STAGE_JUDGE,
	STAGES
};

struct event { /* what a share does next */
	int64_t at;
	const char *org;
	enum stage stage;
};

struct play {
	struct demo *demo;
	const struct demo_people *people;
	const struct summons *summons;
	const struct summons_class *class;
	const struct demo_cause *cause;
	const char *blower;
	struct whistle *whistle; /* as it has become; NULL: not blown yet */
	struct uuid id;
	int64_t now; /* what lies behind it does not happen */
	struct arena *arena;
	struct demo_tale *tale;
	struct event events[PLAY_EVENTS_MOST];
	size_t n_events;
};

/* From low to high minutes, in milliseconds. */
int64_t play_minutes(struct demo *demo, int low, int high);
/* People answer by day: what would be at night waits for the morning. */
int64_t play_by_day(const struct play *play, int64_t at);
/* An act of an organisation; the centre does it for one that has no console, by telephone. */
struct act play_begin(struct play *play, const char *verb, const char *org, int64_t at);
/* A value of an argument, borrowed; NULL: none. */
void play_give(struct act *act, const char *name, const char *text, struct arena *arena);
/* Has it judged, and told when it counts; false: it lies in the future, or was refused. */
bool play_done(struct play *play, const struct act *act);
/* All that the departments do, and the blower with them, once the whistle is issued. */
void play_shares(struct play *play, int64_t issued_at);

#endif
