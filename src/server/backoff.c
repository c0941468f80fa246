#include <config.h>

#include "service_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"

/* value[0] failures in a row, value[1] not before, value[2] the latest failure */

enum { FREE_TRIES = 3, LONGEST_S = 60, FORGET_MIN = 15 };

static uint64_t key_of(const char *what, const char *name)
{
	struct str words = STR_INIT;
	uint64_t key;

	str_addf(&words, "%s\n%s", what, name);
	key = memo_key(words.s, words.len);
	str_release(&words);
	return key;
}

int64_t backoff_left(struct memo *memo, const char *what, const char *name, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(what, name), now);
	int64_t left = slot->value[1] - now;

	memo_done(memo);
	return left < 0 ? 0 : left;
}

void backoff_failed(struct memo *memo, const char *what, const char *name, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(what, name), now);
	int64_t wait = 1;

	if (now - slot->value[2] > FORGET_MIN * MINUTE_MS)
		slot->value[0] = 0;
	slot->value[0]++;
	slot->value[2] = now;
	for (int64_t i = FREE_TRIES; i < slot->value[0] && wait < LONGEST_S; i++)
		wait *= 2;
	if (wait > LONGEST_S)
		wait = LONGEST_S;
	slot->value[1] = slot->value[0] < FREE_TRIES ? 0 : now + wait * 1000;
	memo_done(memo);
}

void backoff_passed(struct memo *memo, const char *what, const char *name, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(what, name), now);

	slot->value[0] = slot->value[1] = 0;
	memo_done(memo);
}

/* --- log-ins in the works: value[0] how many ----------------------------------------------------- */

bool crowd_enter(struct memo *memo, const char *what, const char *name, int most, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(what, name), now);
	bool enters = slot->value[0] < most;

	if (enters)
		slot->value[0]++;
	memo_done(memo);
	return enters;
}

void crowd_leave(struct memo *memo, const char *what, const char *name, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(what, name), now);

	if (slot->value[0] > 0) /* the slot may have been another's meanwhile */
		slot->value[0]--;
	memo_done(memo);
}

/* --- contacts: value[0] last heard, value[1] last heard before it was away, value[2] back at ---- */

enum { AWAY_S = 90, SLACK_S = 60 }; /* longer silence than any parked feed; delays of the line */

void contact_note(struct memo *memo, const struct uuid *console, int64_t seen, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, memo_key(console->b, sizeof console->b), now);

	if (slot->value[0] == 0)
		slot->value[0] = seen; /* what the data remember from before this program started */
	if (now - slot->value[0] > AWAY_S * 1000) {
		slot->value[1] = slot->value[0];
		slot->value[2] = now;
	}
	if (now > slot->value[0])
		slot->value[0] = now;
	memo_done(memo);
}

void contact_inherit(struct memo *memo, const struct uuid *from, const struct uuid *to, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, memo_key(from->b, sizeof from->b), now);
	int64_t value[3] = { slot->value[0], slot->value[1], slot->value[2] };

	memo_done(memo);
	slot = memo_take(memo, memo_key(to->b, sizeof to->b), now);
	memcpy(slot->value, value, sizeof value);
	memo_done(memo);
}

int64_t contact_floor(struct memo *memo, const struct uuid *console, int64_t claimed, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, memo_key(console->b, sizeof console->b), now);
	int64_t away = slot->value[1], back = slot->value[2];

	memo_done(memo);
	if (claimed < back)
		return away;
	return back > now - SLACK_S * 1000 ? back : now - SLACK_S * 1000;
}
