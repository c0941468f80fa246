/* The clocks of a meeting: of one attendee, or of whoever convenes it, by the limits of its series. */
#include <config.h>

#include <string.h>

#include "clock_choose.h"
#include "meeting_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

#define COUNTERSIGN "countersign"

/* When an organisation can know of the act: of one's own at once, and so does who is rung. */
static int64_t known(const struct conferring *c, const char *org)
{
	if (c->recv <= c->eff || str_eq(c->act->actor.org, org) || str_eq(c->org, org))
		return c->eff;
	return c->recv;
}

static bool is_about(const struct clock *clock, const struct uuid *about)
{
	char text[UUID_TEXT] = "";

	if (about != NULL)
		uuid_text(about, text);
	return strcmp(clock->about != NULL ? clock->about : "", text) == 0;
}

static void stop(const struct conferring *c, struct clock *clock)
{
	if (clock->stopped_at == 0)
		clock->stopped_at = c->eff > clock->started_at ? c->eff : clock->started_at;
}

static struct clock *add(struct conferring *c, const char *kind, const struct uuid *about,
			 const char *org)
{
	struct uuid id = uuid_child(&c->act->id, "clock", c->n_clocks++);
	struct clock *clock = children_add(&c->after->clocks, child_desc(CHILD_CLOCK), &id,
					   c->arena);
	const char *mode = c->state->mode;
	char text[UUID_TEXT];

	clock->kind = kind;
	clock->org = org;
	clock->started_at = known(c, org);
	clock->side = 1;
	clock->mode = mode != NULL && *mode != '\0' ? mode : NULL;
	if (about != NULL) {
		uuid_text(about, text);
		clock->about = arena_strdup(c->arena, text);
	}
	return clock;
}

static void fit(struct conferring *c, struct clock *clock, const struct limit *limit,
		const char *words)
{
	const struct limit_row row = { .limit = *limit, .words = words };
	struct due due;

	clock_choose(c->rules, c->arena, clock, &row);
	due = clock_due(c->rules, NULL, clock);
	clock->due = due.at;
	clock->provisional = due.provisional;
}

void conferring_start(struct conferring *c, enum meeting_clock kind, const struct attendee *about,
		      int64_t until, int64_t latest)
{
	const struct limit *limit = c->series != NULL ? &c->series->limits[kind] : NULL;
	struct clock *clock;

	if (until == 0 && (limit == NULL || limit->unit == LIMIT_NONE))
		return;
	clock = add(c, meeting_clock_code(kind), about != NULL ? &about->id : NULL,
		    about != NULL ? about->org : c->after->org);
	if (until != 0) {
		clock->due = until;
		clock->row = "stated";
	} else {
		fit(c, clock, limit, c->series->label);
	}
	if (latest != 0 && clock->due > latest)
		clock->due = latest;
}

void conferring_start_limit(struct conferring *c, enum meeting_clock kind,
			    const struct limit *limit, int64_t from)
{
	struct clock *clock;

	if (limit->unit == LIMIT_NONE)
		return;
	clock = add(c, meeting_clock_code(kind), NULL, c->after->org);
	clock->started_at = from;
	fit(c, clock, limit, c->series->label);
}

int64_t conferring_countersign_by(struct conferring *c, const struct uuid *behalf, const char *org)
{
	struct clock *clock;

	if (c->rules->countersign.unit == LIMIT_NONE)
		return 0;
	clock = add(c, COUNTERSIGN, behalf, org);
	fit(c, clock, &c->rules->countersign, "");
	if (*clock->row == '\0')
		clock->row = clock->mode = NULL; /* the mode says nothing of it */
	return clock->due;
}

/* --- stopping -------------------------------------------------------------------------------- */

void conferring_stop(struct conferring *c, enum meeting_clock kind, const struct attendee *about)
{
	struct clock *clocks = c->after->clocks.items;

	for (size_t i = 0; i < c->after->clocks.n; i++)
		if (str_eq(clocks[i].kind, meeting_clock_code(kind)) &&
		    is_about(&clocks[i], about != NULL ? &about->id : NULL))
			stop(c, &clocks[i]);
}

void conferring_stop_kind(struct conferring *c, enum meeting_clock kind)
{
	struct clock *clocks = c->after->clocks.items;

	for (size_t i = 0; i < c->after->clocks.n; i++)
		if (str_eq(clocks[i].kind, meeting_clock_code(kind)))
			stop(c, &clocks[i]);
}

void conferring_stop_all(struct conferring *c)
{
	for (int kind = 0; kind < MEETING_CLOCKS; kind++)
		conferring_stop_kind(c, (enum meeting_clock)kind);
}

void conferring_drop(struct conferring *c, const struct uuid *about)
{
	struct clock *clocks = c->after->clocks.items;

	for (size_t i = 0; i < c->after->clocks.n; i++)
		if (is_about(&clocks[i], about))
			stop(c, &clocks[i]);
}

/* What is to be countersigned is due beside the meeting. */
const struct clock *meeting_next_clock(const struct meeting *meeting)
{
	const struct clock *clocks = meeting->clocks.items, *next = NULL;

	for (size_t i = 0; i < meeting->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && clocks[i].due != 0 &&
		    !str_eq(clocks[i].kind, COUNTERSIGN) &&
		    (next == NULL || clocks[i].due < next->due))
			next = &clocks[i];
	return next;
}
