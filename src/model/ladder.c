#include <config.h>

#include "zhiban/model/ladder.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/str.h"

enum { BREAK_MS = 150 * 1000, STROKE_MS = 1000, LOUD_STROKES = 3 };

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* It slept, or its clock was set. */
static void mind_breaks(struct ladder *ladder, int64_t now)
{
	if (ladder->looked == 0 || now < ladder->looked || now - ladder->looked > BREAK_MS) {
		ladder->awake = now;
		ladder->strokes = 0;
		if (ladder->belled > now)
			ladder->belled = now;
	}
	ladder->looked = now;
}

/* A new one at once, then each minute; louder ones with three strokes. */
static unsigned sound(struct ladder *ladder, const struct ladder_now *now)
{
	bool more = now->sounding > ladder->sounding;
	bool again = now->sounding > 0 && now->now - ladder->belled >= MINUTE_MS;
	bool stroke = ladder->strokes > 0 && now->now - ladder->stroke >= STROKE_MS;

	ladder->sounding = now->sounding;
	ladder->hushed = now->hushed;
	if (now->sounding == 0 || now->hushed) {
		ladder->strokes = 0;
		return 0;
	}
	if (!more && !again && !stroke)
		return 0;
	if (more || again) {
		ladder->strokes = ladder->loud ? LOUD_STROKES : 1;
		ladder->belled = now->now;
	}
	ladder->strokes--;
	ladder->stroke = now->now;
	return LADDER_BELL;
}

unsigned ladder_step(struct ladder *ladder, const struct ladder_now *now)
{
	bool first = ladder->looked == 0, loud = false;
	int64_t minutes = 0, alone;
	unsigned todo = 0;

	mind_breaks(ladder, now->now);
	if (first) /* what rings already when the console opens is seen, and rings with the minute */
		ladder->belled = now->now;
	if (first)
		ladder->sounding = now->sounding;
	if (now->keyed_at != ladder->keyed) { /* somebody is there */
		ladder->keyed = now->keyed_at;
		ladder->written = false;
	}
	if (now->rang_at != 0) {
		minutes = (now->now - latest(now->rang_at, ladder->awake)) / MINUTE_MS;
		loud = now->louder > 0 && minutes >= now->louder;
		alone = now->now - latest(latest(now->rang_at, ladder->awake), now->keyed_at);
		if (now->check > 0 && alone >= now->check * MINUTE_MS && !ladder->written) {
			ladder->written = true;
			todo |= LADDER_WRITE;
		}
	}
	if (loud != ladder->loud || (loud && minutes != ladder->minutes))
		todo |= LADDER_DRAW;
	if (loud && !ladder->loud) /* now, not with the next minute */
		ladder->belled = now->now - MINUTE_MS;
	ladder->loud = loud;
	ladder->minutes = minutes;
	return todo | sound(ladder, now);
}

int64_t ladder_next(const struct ladder *ladder)
{
	if (ladder->sounding == 0 || ladder->hushed)
		return INT64_MAX;
	return ladder->strokes > 0 ? ladder->stroke + STROKE_MS : ladder->belled + MINUTE_MS;
}

bool alarm_span(const char *words, int64_t *ret_ms)
{
	size_t len = strlen(words);
	char unit = len > 0 ? words[len - 1] : '\0', digits[8] = "";
	int64_t ms = unit == 'h' ? HOUR_MS : MINUTE_MS;
	long long n;

	if (strcmp(words, "off") == 0) {
		*ret_ms = 0;
		return true;
	}
	if (len < 2 || len > sizeof digits || (unit != 'h' && unit != 'm'))
		return false;
	memcpy(digits, words, len - 1);
	if (!str_int(digits, 1, ALARM_QUIET_H * HOUR_MS / ms, &n))
		return false;
	*ret_ms = n * ms;
	return true;
}
