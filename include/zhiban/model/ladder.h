/* What becomes of an alarm that nobody answers: it rings each minute, after a while louder and with
 * the deputy's name, and at last it is written down that the post did not answer.
 *
 * Pure: every figure is handed in; times are ms of the console's own clock.  A console that slept (a
 * lid closed, Ctrl-Z) or whose clock was set begins anew: what it did not sound nobody could hear. */
#ifndef ZHIBAN_MODEL_LADDER_H
#define ZHIBAN_MODEL_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ladder_now {
	int louder, check; /* of the profile, minutes; 0: never */
	int64_t now;
	int64_t rang_at;  /* what rings longest rings here since; 0: nothing does */
	int64_t keyed_at; /* the latest key */
	size_t sounding;  /* alarms of the classes that sound here */
	bool hushed;	  /* quiet was asked for: nothing sounds */
};

enum ladder_do {
	LADDER_BELL = 1 << 0,
	LADDER_DRAW = 1 << 1,  /* how loud it is, or for how many minutes, is another */
	LADDER_WRITE = 1 << 2, /* nobody answers: to be written down */
};

struct ladder { /* zero at first */
	int64_t looked, awake; /* the latest step; it has sounded without a break since */
	int64_t belled, stroke; /* when it rang last; its latest stroke */
	int64_t keyed;
	size_t sounding;
	int strokes; /* bells still to come, a second apart */
	int64_t minutes;
	bool loud, written, hushed;
};

/* Results are enum ladder_do.  To be called at least once a minute, and at ladder_next. */
unsigned ladder_step(struct ladder *ladder, const struct ladder_now *now);
/* When it sounds next; INT64_MAX: it does not. */
int64_t ladder_next(const struct ladder *ladder);

/* "30m", "2h" (up to ALARM_QUIET_H hours), "off" (0), in ms; false: it is none of these. */
enum { ALARM_QUIET_H = 12 };
bool alarm_span(const char *words, int64_t *ret_ms);

#endif
