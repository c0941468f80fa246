/* The clocks of a meeting: of one attendee, or of whoever convenes it, by the limits of its series. */
#include <config.h>

#include "meeting_priv.h"
#include "ticking.h"

struct ticking conferring_ticking(struct conferring *c)
{
	return (struct ticking){ .rules = c->s.rules, .act = c->s.act, .org = c->s.org,
				 .mode = c->s.state->mode, .eff = c->s.eff, .recv = c->s.recv,
				 .arena = c->s.arena, .clocks = &c->after->clocks,
				 .n_added = &c->s.n_clocks };
}

void conferring_start(struct conferring *c, enum meeting_clock kind, const struct attendee *about,
		      int64_t until, int64_t latest)
{
	const struct limit *limit = c->series != NULL ? &c->series->limits[kind] : NULL;
	const struct ticking t = conferring_ticking(c);
	struct clock *clock;

	if (until == 0 && (limit == NULL || limit->unit == LIMIT_NONE))
		return;
	clock = ticking_add(&t, meeting_clock_code(kind), about != NULL ? &about->id : NULL,
			    about != NULL ? about->org : c->after->org);
	if (until != 0) {
		clock->due = until;
		clock->row = "stated";
	} else {
		ticking_limit(&t, clock, limit, c->series->label);
	}
	if (latest != 0 && clock->due > latest)
		clock->due = latest;
}

void conferring_start_limit(struct conferring *c, enum meeting_clock kind,
			    const struct limit *limit, int64_t from)
{
	const struct ticking t = conferring_ticking(c);
	struct clock *clock;

	if (limit->unit == LIMIT_NONE)
		return;
	clock = ticking_add(&t, meeting_clock_code(kind), NULL, c->after->org);
	clock->started_at = from;
	ticking_limit(&t, clock, limit, c->series->label);
}

/* --- stopping -------------------------------------------------------------------------------- */

void conferring_stop(struct conferring *c, enum meeting_clock kind, const struct attendee *about)
{
	const struct ticking t = conferring_ticking(c);

	ticking_stop(&t, ticking_find(&t, meeting_clock_code(kind), &about->id, true));
}

void conferring_stop_kind(struct conferring *c, enum meeting_clock kind)
{
	const struct ticking t = conferring_ticking(c);
	struct clock *clocks = c->after->clocks.items;

	for (size_t i = 0; i < c->after->clocks.n; i++)
		if (str_eq(clocks[i].kind, meeting_clock_code(kind)))
			ticking_stop(&t, &clocks[i]);
}

void conferring_stop_all(struct conferring *c)
{
	for (int kind = 0; kind < MEETING_CLOCKS; kind++)
		conferring_stop_kind(c, (enum meeting_clock)kind);
}

void conferring_drop(struct conferring *c, const struct uuid *about)
{
	const struct ticking t = conferring_ticking(c);

	ticking_drop(&t, about);
}

const struct clock *meeting_next_clock(const struct meeting *meeting)
{
	const struct clock *clocks = meeting->clocks.items, *next = NULL;

	for (size_t i = 0; i < meeting->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && clocks[i].due != 0 &&
		    (next == NULL || clocks[i].due < next->due))
			next = &clocks[i];
	return next;
}
