/* The clocks of an incident by the journal alone: dues, pauses, extensions, and what fires. */
#include <config.h>

#include "oracle_rules.h"

enum { MINUTE = 60 * 1000, DAY_MIN = 24 * 60, QUIET_FROM = 22 * 60, QUIET_TO = 7 * 60,
       OFFSET_MIN = 8 * 60 };

static void check_due(const struct judging *judging)
{
	bool shelved = json_int(judging->after, "shelved_at") != 0;
	const char *kind = NULL;
	int64_t due = 0;
	json_t *clock;
	size_t i;

	json_array_foreach(children(judging->after, "clock"), i, clock) {
		int64_t at = json_int(clock, "due");

		if (!clock_runs(clock) || json_int(clock, "side") != 0)
			continue;
		if (shelved && at != 0 && !same_text(state_text(clock, "kind"), "review"))
			JUDGE_FAIL(judging, "it is on the shelf, and %s is due",
				   state_text(clock, "kind"));
		if (at == 0 || (due != 0 && at >= due))
			continue;
		due = at;
		kind = state_text(clock, "kind");
	}
	if (json_int(judging->after, "due") != due ||
	    !same_text(state_text(judging->after, "due_clock"), kind))
		JUDGE_FAIL(judging, "it is due at %lld (%s), by its clocks at %lld (%s)",
			   (long long)json_int(judging->after, "due"),
			   state_text(judging->after, "due_clock"), (long long)due,
			   kind != NULL ? kind : "none");
}

/* "30m 2h": milliseconds of natural time; -1 when a word is of another kind. */
static int64_t natural(const char *words)
{
	int64_t sum = 0;

	while (words != NULL && *words != '\0') {
		char *end;
		int64_t n = strtoll(words, &end, 10);

		if (end == words || (*end != 'm' && *end != 'h') ||
		    (end[1] != '\0' && end[1] != ' '))
			return -1;
		sum += n * (*end == 'h' ? 60 : 1) * MINUTE;
		words = end + 1 + strspn(end + 1, " ");
	}
	return sum;
}

/* Where the pause ends in which a moment lies; the moment itself when it lies in none. */
static int64_t behind_pauses(const json_t *pauses, int64_t at)
{
	json_t *pause;
	size_t i = 0;

	while (i < json_array_size(pauses)) {
		int64_t from, until, ended;

		pause = json_array_get(pauses, i++);
		from = json_int(pause, "since");
		until = json_int(pause, "until");
		ended = json_int(pause, "ended_at");
		if (ended != 0 && (until == 0 || ended < until))
			until = ended;
		if (from > at || at >= until)
			continue;
		at = until;
		i = 0;
	}
	return at;
}

static int64_t next_pause(const json_t *pauses, int64_t at)
{
	int64_t next = INT64_MAX;
	json_t *pause;
	size_t i;

	json_array_foreach(pauses, i, pause)
		if (json_int(pause, "since") > at && json_int(pause, "since") < next)
			next = json_int(pause, "since");
	return next;
}

/* The end of so much time outside the pauses. */
static int64_t run_out(const json_t *pauses, int64_t at, int64_t left)
{
	for (;;) {
		int64_t next;

		at = behind_pauses(pauses, at);
		next = next_pause(pauses, at);
		if (left <= next - at)
			return at + left;
		left -= next - at;
		at = next;
	}
}

static void check_natural(const struct judging *judging)
{
	bool shelved = json_int(judging->after, "shelved_at") != 0;
	json_t *clock;
	size_t i;

	json_array_foreach(children(judging->after, "clock"), i, clock) {
		bool beside = json_int(clock, "side") != 0 && state_text(clock, "step") == NULL;
		int64_t limit = natural(state_text(clock, "limit"));
		int64_t more = natural(state_text(clock, "extended")), due;

		if (!clock_runs(clock) || limit <= 0 || more < 0 || (shelved && !beside))
			continue;
		due = run_out(beside ? NULL : children(judging->after, "pause"),
			      json_int(clock, "started_at"), limit + more);
		if (json_int(clock, "due") == due)
			continue;
		JUDGE_FAIL(judging, "%s of %s from %lld is due at %lld, and not at %lld",
			   state_text(clock, "kind"), state_text(clock, "limit"),
			   (long long)json_int(clock, "started_at"), (long long)due,
			   (long long)json_int(clock, "due"));
	}
}

/* No second one begins while one is in force.  (What comes later and counts from before, as offline
 * acts do, may find one in force again that had run out.) */
static void check_pauses(const struct judging *judging)
{
	const char *verb = state_text(judging->act, "verb");
	bool begins = strcmp(verb, "pause") == 0 || strcmp(verb, "shelve") == 0;
	int shelved = 0, open = 0;
	json_t *pause;
	size_t i;

	json_array_foreach(children(judging->after, "pause"), i, pause) {
		int64_t until = json_int(pause, "until");

		if (json_int(pause, "ended_at") != 0)
			continue;
		shelved += until == 0;
		open += until == 0 || until > judging->entry->eff;
	}
	if (open > 1 && begins)
		JUDGE_FAIL(judging, "%d pauses are in force", open);
	if ((json_int(judging->after, "shelved_at") != 0) != (shelved != 0))
		JUDGE_FAIL(judging, "shelved_at is %lld, and %d are on the shelf",
			   (long long)json_int(judging->after, "shelved_at"), shelved);
}

static void check_extensions(const struct judging *judging)
{
	int64_t asked = 0;
	json_t *one, *clock;
	size_t i;

	json_array_foreach(children(judging->after, "extension"), i, one) {
		int64_t at = json_int(one, "asked_at");

		clock = child_of(judging->after, "clock", state_text(one, "clock"));
		if (json_int(one, "decided_at") != 0 || clock == NULL || !clock_runs(clock))
			continue;
		if (asked == 0 || at < asked)
			asked = at;
	}
	if (json_int(judging->after, "asked_at") != asked)
		JUDGE_FAIL(judging, "asked_at is %lld, by the requests %lld",
			   (long long)json_int(judging->after, "asked_at"), (long long)asked);
}

/* ---- what fires ---- */

static bool is_quiet(const struct judging *judging)
{
	struct oracle *oracle = judging->oracle;
	int64_t urgency = json_int(judging->before, "urgency");
	int64_t minute = (judging->entry->eff / MINUTE + OFFSET_MIN) % DAY_MIN;

	for (size_t i = 0; i < oracle->n_known; i++)
		if (same_text(state_text(oracle->known[i].state, "kind"), "mode") &&
		    same_text(state_text(oracle->known[i].state, "mode"), "storm"))
			return false;
	return (urgency == 0 || urgency == 3) && (minute >= QUIET_FROM || minute < QUIET_TO);
}

/* Once for each clock, percentage and deadline. */
static void check_once(const struct judging *judging, const json_t *clock, int64_t threshold)
{
	char key[100];

	snprintf(key, sizeof key, "%s %lld %lld", state_text(clock, "id"), (long long)threshold,
		 (long long)json_int(clock, "due"));
	if (json_object_get(judging->oracle->fired, key) != NULL)
		JUDGE_FAIL(judging, "%s was fired before", key);
	json_object_set_new(judging->oracle->fired, key, json_true());
}

static void check_moment_of(const struct judging *judging, const json_t *clock, int64_t threshold)
{
	int64_t due = json_int(clock, "due"), start = json_int(clock, "started_at"), at = due;

	if (threshold < 100 && natural(state_text(clock, "limit")) > 0 &&
	    state_text(clock, "extended") == NULL &&
	    json_array_size(children(judging->before, "pause")) == 0)
		at = start + (due - start) * threshold / 100;
	else if (threshold < 100)
		at = start;
	if (due == 0 || judging->entry->eff < at)
		JUDGE_FAIL(judging, "%lld%% of %s is reached at %lld, it is %lld",
			   (long long)threshold, state_text(clock, "kind"), (long long)at,
			   (long long)judging->entry->eff);
}

static void check_fire(const struct judging *judging)
{
	static const char *const stays[] = { "step",	 "seat",     "holder",	 "tier",
					     "moved_by", "due_clock", "response", "signer" };
	json_t *args = json_object_get(judging->act, "args");
	int64_t threshold = json_int(args, "threshold");
	json_t *clock = child_of(judging->before, "clock", state_text(args, "clock_id"));
	json_t *then = child_of(judging->after, "clock", state_text(args, "clock_id"));

	if (!same_text(judging->verb, "fire"))
		return;
	if (clock == NULL || !clock_runs(clock) || json_int(clock, "fired") >= threshold ||
	    json_int(then, "fired") != threshold)
		JUDGE_FAIL(judging, "%lld%% of %s, which had %lld%%", (long long)threshold,
			   state_text(clock, "kind"), (long long)json_int(clock, "fired"));
	for (size_t i = 0; i < ARRAY_LEN(stays); i++)
		if (!same_text(state_text(judging->before, stays[i]),
			       state_text(judging->after, stays[i])))
			JUDGE_FAIL(judging, "nobody did anything, and %s has changed", stays[i]);
	if (is_quiet(judging))
		JUDGE_FAIL(judging, "at %lld all is quiet", (long long)judging->entry->eff);
	check_once(judging, clock, threshold);
	check_moment_of(judging, clock, threshold);
}

void judge_clocks(const struct judging *judging)
{
	check_due(judging);
	check_natural(judging);
	check_pauses(judging);
	check_extensions(judging);
	check_fire(judging);
}
