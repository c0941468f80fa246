/* What the rulebook promises of every incident, judged by the journal alone: an entry is looked at
 * with the state before it and the state behind it.  Only sim.conf is known here, no code of ours. */
#include <config.h>

#include "oracle_rules.h"

bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_one_of(const char *word, const char *a, const char *b)
{
	return word != NULL && (same_text(word, a) || same_text(word, b));
}

json_t *children(const json_t *state, const char *kind)
{
	return json_object_get(state, kind);
}

json_t *child_of(const json_t *state, const char *kind, const char *id)
{
	json_t *child;
	size_t i;

	json_array_foreach(children(state, kind), i, child)
		if (same_text(state_text(child, "id"), id))
			return child;
	return NULL;
}

bool clock_runs(const json_t *clock)
{
	return json_int(clock, "stopped_at") == 0;
}

static bool is_live(const json_t *part)
{
	return !same_text(state_text(part, "role"), "past") &&
	       !same_text(state_text(part, "state"), "returned");
}

/* ---- what is counted is there ---- */

static void check_count(const struct judging *judging, const char *field, int64_t there)
{
	if (json_int(judging->after, field) != there)
		JUDGE_FAIL(judging, "%s is %lld, and there are %lld", field,
			   (long long)json_int(judging->after, field), (long long)there);
}

static void check_counted(const struct judging *judging)
{
	int64_t owed = 0, merged = 0;
	json_t *child;
	size_t i;

	json_array_foreach(children(judging->after, "behalf"), i, child)
		owed += json_int(child, "signed_at") == 0;
	json_array_foreach(children(judging->after, "link"), i, child)
		merged += same_text(state_text(child, "role"), "child");
	check_count(judging, "owed", owed);
	check_count(judging, "merged", merged);
}

/* What is owed by somebody beside the flow has a clock of its own, until it is done. */
static void check_beside(const struct judging *judging)
{
	static const struct {
		const char *kind, *clock, *done, *or_done;
	} besides[] = {
		{ "behalf", "countersign", "signed_at", "signed_at" },
		{ "receipt", "receipt", "signed_at", "signed_at" },
		{ "promise", "callback", "kept_at", "kept_at" },
		{ "supervision", "answer", "answered_at", "lifted_at" },
	};
	json_t *child, *clock;
	size_t i, k;

	for (size_t b = 0; b < ARRAY_LEN(besides); b++) {
		json_array_foreach(children(judging->after, besides[b].kind), i, child) {
			bool done = json_int(child, besides[b].done) != 0 ||
				    json_int(child, besides[b].or_done) != 0;
			int running = 0;

			json_array_foreach(children(judging->after, "clock"), k, clock)
				running += clock_runs(clock) &&
					   same_text(state_text(clock, "kind"), besides[b].clock) &&
					   same_text(state_text(clock, "about"),
						     state_text(child, "id"));
			if (running != !done)
				JUDGE_FAIL(judging, "%d clocks run for a %s that is %s", running,
					   besides[b].kind, done ? "done" : "owed");
		}
	}
}

/* ---- loops, one above the other ---- */

static void check_popped(const struct judging *judging, const json_t *level)
{
	const json_t *after = judging->after;
	const char *step = state_text(after, "step");
	bool again = is_one_of(judging->verb, "return", "unmerge");
	json_t *part;
	size_t i;

	if (!same_text(step, state_text(level, again ? "step" : "back")))
		JUDGE_FAIL(judging, "the loop below goes on in %s", step);
	if (!same_text(state_text(after, "seat"), state_text(level, "seat")) ||
	    !same_text(state_text(after, "holder"), state_text(level, "holder")))
		JUDGE_FAIL(judging, "the loop below goes on with %s (%s), it had %s (%s)",
			   state_text(after, "seat"), state_text(after, "holder"),
			   state_text(level, "seat"), state_text(level, "holder"));
	json_array_foreach(children(after, "part"), i, part)
		if (same_text(state_text(part, "waits"), state_text(level, "id")))
			JUDGE_FAIL(judging, "the share of %s still waits", state_text(part, "org"));
}

static void check_pushed(const struct judging *judging, const json_t *level)
{
	const char *seat = state_text(judging->before, "seat");

	if (!same_text(state_text(level, "tier"), state_text(judging->before, "tier")) ||
	    !same_text(state_text(level, "seat"), seat != NULL ? seat : "centre") ||
	    !same_text(state_text(level, "holder"), state_text(judging->before, "holder")))
		JUDGE_FAIL(judging, "a loop of %s (%s) waits, it was one of %s",
			   state_text(level, "seat"), state_text(level, "tier"), seat);
}

/* A stack: only the newest comes and goes. */
static void check_levels(const struct judging *judging)
{
	json_t *before = children(judging->before, "level");
	json_t *after = children(judging->after, "level");
	size_t was = json_array_size(before), is = json_array_size(after);

	for (size_t i = 0; i < was && i < is; i++)
		if (!same_text(state_text(json_array_get(before, i), "id"),
			       state_text(json_array_get(after, i), "id")))
			JUDGE_FAIL(judging, "loop %zu of those below is another one", i);
	if (was > is + 1 || is > was + 1)
		JUDGE_FAIL(judging, "%zu loops waited below, now %zu do", was, is);
	if (was > is)
		check_popped(judging, json_array_get(before, was - 1));
	else if (is > was)
		check_pushed(judging, json_array_get(after, is - 1));
	if (json_int(judging->after, "response") < json_int(judging->before, "response"))
		JUDGE_FAIL(judging, "the response level falls to %lld",
			   (long long)json_int(judging->after, "response"));
}

/* The steps that work by shares are left when all have come as far, and not before. */
static void check_shares(const struct judging *judging)
{
	const char *step = state_text(judging->before, "step");
	bool handled = same_text(judging->verb, "handle") && same_text(step, "handle");
	bool verified = same_text(judging->verb, "verify_ok");
	bool moved = !same_text(step, state_text(judging->after, "step"));
	int left = 0;
	json_t *part;
	size_t i;

	if (!handled && !verified)
		return;
	json_array_foreach(children(judging->after, "part"), i, part) {
		const char *state = state_text(part, "state");

		left += is_live(part) && !same_text(state, "verified") &&
			!(handled && same_text(state, "handled"));
	}
	if (moved != (left == 0))
		JUDGE_FAIL(judging, "%d shares are not as far, and it %s", left,
			   moved ? "went on" : "stays");
}

/* ---- on behalf ---- */

static void check_behalf(const struct judging *judging)
{
	json_t *phone = json_object_get(judging->act, "by_phone"), *child;
	size_t was = json_array_size(children(judging->before, "behalf")), i, added;

	added = json_array_size(children(judging->after, "behalf")) - was;
	if (added > 1 || (added == 0 && phone != NULL &&
			  (state_text(phone, "org") != NULL || state_text(phone, "role") != NULL)))
		JUDGE_FAIL(judging, "%zu records of it", added);
	json_array_foreach(children(judging->after, "behalf"), i, child) {
		const char *by = state_text(child, "by");

		if (i >= was && (!same_text(state_text(child, "verb"), judging->verb) ||
				 !same_text(by, state_text(json_object_get(judging->act, "actor"),
							   "officer"))))
			JUDGE_FAIL(judging, "recorded is %s by %s", state_text(child, "verb"), by);
		if (json_int(child, "signed_at") != 0 &&
		    same_text(state_text(child, "signed_by"), by))
			JUDGE_FAIL(judging, "%s countersigns what he recorded", by);
	}
}

/* ---- what follows ---- */

static void owe(const struct judging *judging, const char *verb, const char *target)
{
	json_array_append_new(judging->oracle->following,
			      json_sprintf("%s %s", verb, target != NULL ? target : "nobody"));
}

static void owe_children(const struct judging *judging)
{
	json_t *link;
	size_t i;

	json_array_foreach(children(judging->after, "link"), i, link)
		if (same_text(state_text(link, "role"), "child"))
			owe(judging, "follow", state_text(link, "target"));
}

static const char *target_of(const struct judging *judging)
{
	return state_text(json_array_get(json_object_get(judging->act, "target"), 0), "id");
}

/* Right behind its cause, and nothing between. */
static void check_following(const struct judging *judging)
{
	json_t *following = judging->oracle->following, *one;
	char wanted[100];
	size_t i;

	snprintf(wanted, sizeof wanted, "%s %s", judging->verb, target_of(judging));
	json_array_foreach(following, i, one) {
		if (!same_text(json_string_value(one), wanted))
			continue;
		json_array_remove(following, i);
		return;
	}
	if (json_array_size(following) > 0)
		JUDGE_FAIL(judging, "\"%s\" was to follow",
			   json_string_value(json_array_get(following, 0)));
	if (is_one_of(judging->verb, "absorb", "release") || same_text(judging->verb, "follow"))
		JUDGE_FAIL(judging, "it follows nothing: %s", wanted);
}

static void note_following(const struct judging *judging)
{
	static const char *const telling[] = { "feedback", "close", "decline", "refer_info" };

	if (same_text(judging->verb, "merge"))
		owe(judging, "absorb", state_text(judging->after, "merged_into"));
	if (same_text(judging->verb, "unmerge"))
		owe(judging, "release", state_text(judging->before, "merged_into"));
	for (size_t i = 0; i < ARRAY_LEN(telling); i++)
		if (same_text(judging->verb, telling[i]))
			owe_children(judging);
}

/* ---- between two incidents ---- */

static bool links_to(const json_t *state, const char *role, const char *id)
{
	json_t *link;
	size_t i;

	json_array_foreach(children(state, "link"), i, link)
		if (same_text(state_text(link, "role"), role) &&
		    same_text(state_text(link, "target"), id))
			return true;
	return false;
}

static const json_t *state_of(const struct oracle *oracle, const char *id)
{
	const struct known *known;
	struct uuid uuid;

	if (id == NULL || uuid_parse(id, &uuid) != ERR_OK)
		return NULL;
	known = oracle_known(oracle, &uuid);
	return known != NULL ? known->state : NULL;
}

static void check_family(const struct oracle *oracle, const json_t *state)
{
	const char *id = state_text(state, "id"), *lead = state_text(state, "merged_into");
	json_t *link;
	size_t i;

	if (lead != NULL && (!links_to(state, "lead", lead) ||
			     !links_to(state_of(oracle, lead), "child", id)))
		sim_fail(oracle->world, "%s is merged into %s, which does not know it", id, lead);
	json_array_foreach(children(state, "link"), i, link)
		if (same_text(state_text(link, "role"), "child") &&
		    !same_text(state_text(state_of(oracle, state_text(link, "target")),
					  "merged_into"), id))
			sim_fail(oracle->world, "%s has %s merged in, which is not", id,
				 state_text(link, "target"));
}

/* ---- all of it ---- */

/* The state of the incident before the entry, to be freed; NULL: not of an incident. */
json_t *rules_before(const struct oracle *oracle, json_t *act)
{
	json_t *target = json_array_get(json_object_get(act, "target"), 0);
	const json_t *state;

	if (!same_text(state_text(target, "kind"), "incident"))
		return NULL;
	state = state_of(oracle, state_text(target, "id"));
	return state != NULL ? json_deep_copy(state) : json_object();
}

void rules_judge(struct oracle *oracle, const struct written *entry, json_t *act, json_t *before)
{
	struct judging judging = { .oracle = oracle, .entry = entry, .act = act, .before = before };

	judging.verb = state_text(act, "verb") != NULL ? state_text(act, "verb") : "-";
	check_following(&judging);
	if (before == NULL)
		return;
	judging.after = (json_t *)state_of(oracle, target_of(&judging));
	if (judging.after == NULL)
		JUDGE_FAIL(&judging, "%s is not there", target_of(&judging));
	check_counted(&judging);
	check_beside(&judging);
	check_levels(&judging);
	check_shares(&judging);
	check_behalf(&judging);
	judge_clocks(&judging);
	note_following(&judging);
}

void rules_settled(const struct oracle *oracle)
{
	if (json_array_size(oracle->following) > 0)
		sim_fail(oracle->world, "\"%s\" was to follow entry %lld",
			 json_string_value(json_array_get(oracle->following, 0)),
			 (long long)oracle->head);
	for (size_t i = 0; i < oracle->n_known; i++)
		if (same_text(state_text(oracle->known[i].state, "kind"), "incident"))
			check_family(oracle, oracle->known[i].state);
	meetings_settled(oracle);
}
