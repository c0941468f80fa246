/* The clocks of a task: to sign for it, to handle it, to verify what was done. */
#include <config.h>

#include <string.h>

#include "action_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

static const struct {
	const char *code, *label;
} clocks[ACTION_CLOCKS] = {
	[ACTION_SIGN] = { "sign", N_("Sign for") },
	[ACTION_HANDLE] = { "handle", N_("Handle") },
	[ACTION_VERIFY] = { "verify", N_("Verify") },
};

const char *action_clock_code(enum action_clock clock)
{
	return clocks[clock].code;
}

enum action_clock action_clock_find(const char *kind)
{
	for (size_t i = 0; kind != NULL && i < ACTION_CLOCKS; i++)
		if (strcmp(clocks[i].code, kind) == 0)
			return (enum action_clock)i;
	return ACTION_CLOCKS;
}

const struct clock_rule *action_clock_rule(const struct rules *rules, const char *kind)
{
	for (size_t i = 0; i < rules->meetings.n_clocks; i++)
		if (str_eq(rules->meetings.clocks[i].kind, kind))
			return &rules->meetings.clocks[i];
	return NULL;
}

const char *action_clock_label(const struct rules *rules, const char *kind)
{
	const struct clock_rule *rule = action_clock_rule(rules, kind);
	enum action_clock clock = action_clock_find(kind);

	if (rule != NULL && rule->label != NULL)
		return rule->label;
	return clock != ACTION_CLOCKS ? _(clocks[clock].label) : clock_label(rules, kind);
}

static const struct clock *clock_at(const struct action *action, size_t i)
{
	return children_at(&action->clocks, child_desc(CHILD_CLOCK), i);
}

const struct clock *action_next_clock(const struct action *action)
{
	const struct clock *next = NULL;

	for (size_t i = 0; i < action->clocks.n; i++) {
		const struct clock *clock = clock_at(action, i);

		if (clock->stopped_at == 0 && clock->due != 0 &&
		    action_clock_find(clock->kind) != ACTION_CLOCKS &&
		    (next == NULL || clock->due < next->due))
			next = clock;
	}
	return next;
}

const struct clock *action_handle_clock(const struct action *action)
{
	const struct clock *last = NULL;

	for (size_t i = 0; i < action->clocks.n; i++)
		if (action_clock_find(clock_at(action, i)->kind) == ACTION_HANDLE)
			last = clock_at(action, i);
	return last;
}

bool action_is_overdue(const struct action *action, int64_t now)
{
	const struct clock *clock = action_handle_clock(action);

	return clock != NULL && clock->stopped_at == 0 && clock->due != 0 &&
	       clock->due < now;
}

/* --- in an act ------------------------------------------------------------------------------- */

struct ticking acting_ticking(struct acting *a)
{
	return (struct ticking){ .rules = a->s.rules,
				 .act = a->s.act,
				 .org = a->s.org,
				 .mode = a->s.state->mode,
				 .eff = a->s.eff,
				 .recv = a->s.recv,
				 .arena = a->s.arena,
				 .clocks = &a->after->clocks,
				 .n_added = &a->s.n_clocks };
}

struct clock *acting_running(struct acting *a, enum action_clock kind)
{
	const struct ticking t = acting_ticking(a);

	return ticking_find(&t, clocks[kind].code, NULL, true);
}

void acting_start_limit(struct acting *a, enum action_clock kind, const struct limit *limit,
			const char *words)
{
	const struct ticking t = acting_ticking(a);
	const char *org = kind == ACTION_VERIFY ? a->after->org : a->after->lead;
	struct clock *clock;

	if (limit->unit == LIMIT_NONE || acting_running(a, kind) != NULL)
		return;
	clock = ticking_add(&t, clocks[kind].code, NULL, org);
	ticking_limit(&t, clock, limit, words);
}

void acting_start(struct acting *a, enum action_clock kind)
{
	const struct meeting_rules *rules = &a->s.rules->meetings;
	const struct limit *limits[ACTION_CLOCKS] = { &rules->sign, &rules->handle, &rules->verify };
	const struct ticking t = acting_ticking(a);
	struct clock *clock;

	if (kind != ACTION_HANDLE || a->after->handle_by == 0) {
		acting_start_limit(a, kind, limits[kind],
				   action_clock_label(a->s.rules, clocks[kind].code));
		return;
	}
	if (acting_running(a, kind) != NULL)
		return;
	clock = ticking_until(&t, clocks[kind].code, NULL, a->after->lead, a->after->handle_by);
	clock->row = "stated";
}

void acting_stop(struct acting *a, enum action_clock kind)
{
	const struct ticking t = acting_ticking(a);

	ticking_stop(&t, acting_running(a, kind));
}

void acting_stop_all(struct acting *a)
{
	for (size_t kind = 0; kind < ACTION_CLOCKS; kind++)
		acting_stop(a, (enum action_clock)kind);
}
