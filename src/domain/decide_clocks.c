/* Clocks that start and stop as an incident moves from step to step and as its shares come
 * along. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static const struct { /* verbs whose doing a share remembers: its time, or how far it has come */
	const char *verb;
	size_t mark;	    /* of struct part */
	const char *states; /* in which it is done; NULL: the time says so */
} remembered[] = {
	{ "sign", 0, "signed handled verified" },
	{ "handle", 0, "handled verified" },
	{ "verify_ok", 0, "verified" },
	{ "contact", offsetof(struct part, contacted_at), NULL },
	{ "arrive", offsetof(struct part, arrived_at), NULL },
	{ "feedback", offsetof(struct part, replied_at), NULL },
};

int64_t draft_known(const struct draft *draft, const char *org)
{
	const struct act *act = draft->act;

	/* history is told as it was; of one's own act one knows at once, and so does who is rung */
	if ((draft->after->imported && draft->before->head.version == 0) ||
	    draft->recv <= draft->eff ||
	    str_eq(act->actor.org, org) || str_eq(act->by_phone.org, org))
		return draft->eff;
	return draft->recv;
}

static bool has_verb(const char *const *verbs, const char *verb)
{
	for (; verbs != NULL && *verbs != NULL; verbs++)
		if (strcmp(*verbs, verb) == 0)
			return true;
	return false;
}

static void stop(const struct draft *draft, struct clock *clock)
{
	if (clock->stopped_at == 0)
		clock->stopped_at = draft->eff > clock->started_at ? draft->eff : clock->started_at;
}

/* --- starting -------------------------------------------------------------------------------- */

static struct clock *running_of(const struct incident *incident, const char *kind,
				const char *about, const char *step)
{
	struct clock *clocks = incident->clocks.items;

	for (size_t i = 0; i < incident->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && str_eq(clocks[i].kind, kind) &&
		    str_eq(clocks[i].about, about) &&
		    (clocks[i].step == NULL || str_eq(clocks[i].step, step)))
			return &clocks[i];
	return NULL;
}

static const char *org_of(const struct draft *draft, enum who who)
{
	const struct incident *after = draft->after;
	const char *seat = after->seat != NULL ? after->seat : draft->rules->centre;

	switch (who) {
	case WHO_HOLDER:
	case WHO_SEAT_OR_HOLDER:
	case WHO_CENTRE_OR_HOLDER:
	case WHO_SHARE:
		return after->holder != NULL ? after->holder : seat;
	case WHO_SEAT:
		return seat;
	case WHO_ORIGIN:
		return after->origin != NULL ? after->origin : seat;
	case WHO_ANY:
	case WHO_CENTRE:
	case WHO_BELOW:
		break;
	}
	return draft->rules->centre;
}

static struct clock *add(struct draft *draft, const struct clock *clock)
{
	const struct child_desc *desc = child_desc(CHILD_CLOCK);
	struct uuid id = uuid_child(&draft->act->id, "clock", draft->n_clocks++);
	struct clock *added = children_add(&draft->after->clocks, desc, &id, draft->arena);

	*added = *clock;
	added->id = id;
	return added;
}

static void start(struct draft *draft, const struct step *step, const struct clock_rule *rule,
		  const struct part *part)
{
	const char *org = part != NULL ? part->org : org_of(draft, rule->who);
	const char *mode = draft->state->mode;
	struct clock clock = { .kind = rule->kind,
			       .org = org,
			       .started_at = draft_known(draft, org),
			       .side = rule->side,
			       .calendar = rule->calendar,
			       .hours = rule->hours,
			       .step = step->id,
			       .mode = mode != NULL && *mode != '\0' ? mode : NULL };
	char about[UUID_TEXT];

	if (part != NULL) {
		uuid_text(&part->id, about);
		clock.about = arena_strdup(draft->arena, about);
	}
	if (running_of(draft->after, clock.kind, clock.about, step->id) == NULL &&
	    draft_fit(draft, &clock, rule))
		add(draft, &clock);
}

/* --- shares ---------------------------------------------------------------------------------- */

static bool has_word(const char *words, const char *word)
{
	const char *at = strstr(words, word);

	return at != NULL && (at == words || at[-1] == ' ') &&
	       (at[strlen(word)] == ' ' || at[strlen(word)] == '\0');
}

static bool has_done(const struct part *part, const char *verb)
{
	for (size_t i = 0; i < ARRAY_LEN(remembered); i++) {
		const int64_t *mark = (const void *)((const char *)part + remembered[i].mark);
		if (strcmp(remembered[i].verb, verb) == 0)
			return remembered[i].states != NULL
				       ? has_word(remembered[i].states, part_state(part))
				       : *mark != 0;
	}
	return false;
}

/* What stops a clock: a share's that names nothing, by its kind. */
static const char *const *stops_of(const struct clock_rule *rule)
{
	static const char *const sign[] = { "sign", NULL }, *const handle[] = { "handle", NULL };

	if (rule->stops != NULL || rule->who != WHO_SHARE)
		return rule->stops;
	return str_eq(rule->kind, "sign") ? sign : handle;
}

/* Whether nobody waits for a share any more, as far as a clock goes. */
static bool is_over(const struct clock_rule *rule, const struct part *part)
{
	bool over = part == NULL || !part_is_live(part);

	for (const char *const *verb = stops_of(rule); !over && *verb != NULL; verb++)
		over = has_done(part, *verb);
	return over;
}

/* Whether a clock begins with this act: its share is asked for, or asked again, or the verb says
 * so. */
static bool begins(const struct draft *draft, const struct clock_rule *rule,
		   const struct part *part, bool all)
{
	const struct part *before = children_find(&draft->before->parts, child_desc(CHILD_PART),
						  &part->id);

	if (rule->starts != NULL)
		return has_verb(rule->starts, draft->act->desc->verb) &&
		       (uuid_is_nil(&draft->share) || uuid_eq(&draft->share, &part->id));
	return all || is_over(rule, before);
}

/* A clock that its verb has stopped does not begin again because the class changed. */
static bool was_stopped(const struct draft *draft, const struct clock_rule *rule,
			const struct step *step, const char *about)
{
	const struct clock *clocks = draft->after->clocks.items;

	for (size_t i = 0; rule->stops != NULL && i < draft->after->clocks.n; i++)
		if (clocks[i].stopped_at != 0 && str_eq(clocks[i].kind, rule->kind) &&
		    str_eq(clocks[i].about, about) && str_eq(clocks[i].step, step->id))
			return true;
	return false;
}

static void settle_share(struct draft *draft, const struct step *step,
			 const struct clock_rule *rule, const struct part *part, bool all)
{
	char about[UUID_TEXT];
	struct clock *clock;

	uuid_text(&part->id, about);
	clock = running_of(draft->after, rule->kind, about, step->id);
	if (is_over(rule, part)) {
		if (clock != NULL)
			stop(draft, clock);
	} else if (clock == NULL && begins(draft, rule, part, all) &&
		   (!all || draft->entered || !was_stopped(draft, rule, step, about))) {
		start(draft, step, rule, part);
	}
}

/* The clocks of shares as their parts are now; all: the step was entered, or the class changed. */
static void settle_shares(struct draft *draft, const struct step *step, bool all)
{
	const struct incident *after = draft->after;

	for (size_t i = 0; step->open && i < step->n_clocks; i++)
		for (size_t p = 0; step->clocks[i].who == WHO_SHARE && p < after->parts.n; p++)
			settle_share(draft, step, &step->clocks[i], incident_part(after, p), all);
}

/* --- moving ---------------------------------------------------------------------------------- */

/* Whether a clock goes on although its step is left. */
static bool outlives(const struct draft *draft, const struct clock *clock, const struct step *step)
{
	const struct clock_rule *rule = clock_rule_of(draft->rules, clock);
	bool up = draft->after->levels.n > draft->before->levels.n;

	if (clock_is_beside(clock))
		return true;
	if (!clock->side || !step->open || rule == NULL ||
	    has_verb(rule->stops, draft->act->desc->verb))
		return false;
	return rule->stops != NULL || up;
}

/* Whether what a clock waits for was done: by the act that leads here, or it is the signature of a
 * holder who has signed and comes back. */
static bool is_done(const struct draft *draft, const struct clock_rule *rule)
{
	const struct part *lead = incident_lead(draft->after);

	return has_verb(rule->stops, draft->act->desc->verb) ||
	       (rule->who == WHO_HOLDER && has_verb(rule->stops, "sign") && lead != NULL &&
		lead->signed_at != 0);
}

static bool begins_at_entry(const struct draft *draft, const struct clock_rule *rule)
{
	if (rule->who == WHO_SHARE || is_done(draft, rule))
		return false;
	return rule->starts == NULL || has_verb(rule->starts, draft->act->desc->verb);
}

void draft_clock_enter(struct draft *draft, const struct step *step)
{
	struct incident *after = draft->after;
	struct clock *clocks = after->clocks.items;

	for (size_t i = 0; i < after->clocks.n; i++)
		if (!outlives(draft, &clocks[i], step))
			stop(draft, &clocks[i]);
	draft_end_pauses(draft);
	/* history that came in closed owes nobody anything */
	for (size_t i = 0; i < step->n_clocks && (step->open || !after->imported); i++)
		if (begins_at_entry(draft, &step->clocks[i]))
			start(draft, step, &step->clocks[i], NULL);
	settle_shares(draft, step, true);
	draft_due(draft);
}

/* Whether an act stops a clock: by its verb, and what it was done to. */
static bool stops(const struct draft *draft, const struct clock *clock)
{
	const struct clock_rule *rule = clock_rule_of(draft->rules, clock);
	const struct part *part = children_find(&draft->after->parts, child_desc(CHILD_PART),
						&draft->share);
	char share[UUID_TEXT];

	if (clock->stopped_at != 0 || rule == NULL ||
	    !has_verb(stops_of(rule), draft->act->desc->verb))
		return false;
	uuid_text(&draft->share, share);
	if (clock->about != NULL)
		return part == NULL || str_eq(clock->about, share);
	/* what somebody does who assists is not what the holder owes */
	return rule->who != WHO_HOLDER || part == NULL || is_lead(part);
}

void draft_clock_act(struct draft *draft)
{
	const struct step *step = rules_step(draft->rules, draft->after->step);
	struct clock *clocks = draft->after->clocks.items;

	for (size_t i = 0; i < draft->after->clocks.n; i++)
		if (stops(draft, &clocks[i]))
			stop(draft, &clocks[i]);
	for (size_t i = 0; step != NULL && step->open && i < step->n_clocks; i++)
		if (step->clocks[i].who != WHO_SHARE &&
		    has_verb(step->clocks[i].starts, draft->act->desc->verb))
			start(draft, step, &step->clocks[i], NULL);
	if (step != NULL)
		settle_shares(draft, step, false);
	draft_due(draft);
}

void draft_clock_share(struct draft *draft, const struct part *part)
{
	const struct step *step = rules_step(draft->rules, draft->after->step);

	for (size_t i = 0; step != NULL && step->open && i < step->n_clocks; i++)
		if (step->clocks[i].who == WHO_SHARE)
			settle_share(draft, step, &step->clocks[i], part, false);
	draft_due(draft);
}

/* --- beside the flow ------------------------------------------------------------------------- */

void draft_clock_drop(struct draft *draft, const struct uuid *about)
{
	struct clock *clocks = draft->after->clocks.items;
	char text[UUID_TEXT];

	uuid_text(about, text);
	for (size_t i = 0; i < draft->after->clocks.n; i++)
		if (str_eq(clocks[i].about, text))
			stop(draft, &clocks[i]);
	draft_due(draft);
}

static struct clock *add_beside(struct draft *draft, const char *kind, const struct uuid *about,
				const char *org)
{
	struct clock clock = { .kind = kind, .org = org, .started_at = draft_known(draft, org),
			       .side = 1 };
	char text[UUID_TEXT];

	if (about != NULL) {
		uuid_text(about, text);
		clock.about = arena_strdup(draft->arena, text);
	}
	return add(draft, &clock);
}

int64_t draft_clock_side(struct draft *draft, const char *kind, const struct uuid *about,
			 const char *org, const struct limit *limit)
{
	const char *mode = draft->state->mode;
	struct clock *clock;

	if (limit->unit == LIMIT_NONE)
		return 0;
	clock = add_beside(draft, kind, about, org);
	clock->mode = mode != NULL && *mode != '\0' ? mode : NULL;
	draft_fit_beside(draft, clock, limit);
	return clock->due;
}

void draft_clock_until(struct draft *draft, const char *kind, const struct uuid *about,
		       const char *org, int64_t due)
{
	add_beside(draft, kind, about, org)->due = due;
}

void draft_clock_review(struct draft *draft, const char *org, int64_t due)
{
	struct clock *clock = add_beside(draft, "review", NULL, org);

	clock->side = 0;
	clock->due = due;
}

/* --- what changed ---------------------------------------------------------------------------- */

void draft_refit(struct draft *draft)
{
	struct incident *after = draft->after;
	const struct step *step = rules_step(draft->rules, after->step);

	if (step == NULL || (!step->open && after->imported))
		return;
	for (size_t i = 0; i < after->clocks.n; i++) {
		struct clock *clock = (struct clock *)after->clocks.items + i;
		const struct clock_rule *rule;
		/* of before the step was kept */
		if (clock->step == NULL && !clock->side && clock->limit != NULL)
			clock->step = step->id;
		rule = clock_rule_of(draft->rules, clock);
		if (clock->stopped_at == 0 && rule != NULL && !draft_fit(draft, clock, rule))
			stop(draft, clock);
	}
	for (size_t i = 0; i < step->n_clocks; i++)
		if (step->clocks[i].who != WHO_SHARE && step->clocks[i].starts == NULL &&
		    !was_stopped(draft, &step->clocks[i], step, NULL))
			start(draft, step, &step->clocks[i], NULL);
	settle_shares(draft, step, true);
	draft_due(draft);
}

void draft_redue(struct draft *draft)
{
	struct clock *clocks = draft->after->clocks.items;

	for (size_t i = 0; i < draft->after->clocks.n; i++)
		if (clocks[i].stopped_at == 0)
			draft_compute(draft, &clocks[i]);
	draft_due(draft);
}

/* Whether an extension asked for can still be decided. */
static bool is_asked(const struct incident *incident, const struct extension *extension)
{
	const struct clock *clocks = incident->clocks.items;
	char id[UUID_TEXT];

	for (size_t i = 0; i < incident->clocks.n; i++) {
		uuid_text(&clocks[i].id, id);
		if (str_eq(id, extension->clock))
			return extension->decided_at == 0 && clocks[i].stopped_at == 0;
	}
	return false;
}

void draft_due(struct draft *draft)
{
	struct incident *after = draft->after;
	const struct extension *asked = after->asked.items;
	const struct clock *next = incident_next_clock(after);

	after->due = next != NULL ? next->due : 0;
	after->due_clock = next != NULL ? next->kind : NULL;
	after->asked_at = 0;
	for (size_t i = 0; i < after->asked.n; i++)
		if (is_asked(after, &asked[i]) &&
		    (after->asked_at == 0 || asked[i].asked_at < after->asked_at))
			after->asked_at = asked[i].asked_at;
}
