/* The clocks of a whistle: each of a share, or of the whole, by the limits of its class. */
#include <config.h>

#include "clock_choose.h"
#include "ticking.h"
#include "whistle_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static const struct { /* whose clock it is; the others are the share's */
	bool blower, centre;
} whose[SUMMONS_CLOCKS] = {
	[SUMMONS_APPROVE] = { .blower = true }, [SUMMONS_CHECK] = { .centre = true },
	[SUMMONS_VERIFY] = { .blower = true },	[SUMMONS_RATE] = { .blower = true },
	[SUMMONS_SETTLE] = { .centre = true },
};

static const char *org_of(const struct whistling *w, enum summons_clock kind,
			  const struct summoned *share)
{
	if (whose[kind].centre)
		return w->rules->centre;
	return whose[kind].blower || share == NULL ? w->after->origin : share->org;
}

static struct ticking ticking_of(struct whistling *w)
{
	return (struct ticking){ .rules = w->rules,
				 .act = w->act,
				 .org = w->org,
				 .mode = w->state->mode,
				 .eff = w->eff,
				 .recv = w->recv,
				 .arena = w->arena,
				 .clocks = &w->after->clocks,
				 .n_added = &w->n_clocks };
}

/* --- finding --------------------------------------------------------------------------------- */

/* The latest of the kind; running: that runs. */
static struct clock *find(struct whistling *w, const char *kind, const struct summoned *share,
			  bool running)
{
	const struct ticking t = ticking_of(w);

	return ticking_find(&t, kind, share != NULL ? &share->id : NULL, running);
}

struct clock *whistling_running(struct whistling *w, enum summons_clock kind,
				const struct summoned *share)
{
	return find(w, summons_clock_code(kind), share, true);
}

/* --- starting -------------------------------------------------------------------------------- */

/* The date that the blower or the leader stated for it; 0: none. */
static int64_t stated(const struct whistle *whistle, enum summons_clock kind)
{
	if (kind == SUMMONS_REPORT_IN || kind == SUMMONS_ARRIVE)
		return whistle->report_by;
	return kind == SUMMONS_HANDLE ? whistle->handle_by : 0;
}

/* What chose the limit, in words. */
static const char *chosen(const struct whistling *w)
{
	return arena_printf(w->arena, "%s %s", w->summons->label, w->cls->label);
}

void whistling_start(struct whistling *w, enum summons_clock kind, const struct summoned *share)
{
	const struct limit *limit = w->cls != NULL ? &w->cls->limits[kind] : NULL;
	const struct ticking t = ticking_of(w);
	int64_t until = stated(w->after, kind);
	struct clock *clock;

	if (limit == NULL || limit->unit == LIMIT_NONE || whistling_running(w, kind, share) != NULL)
		return;
	clock = ticking_add(&t, summons_clock_code(kind), share != NULL ? &share->id : NULL,
			    org_of(w, kind, share));
	if (until <= clock->started_at) {
		ticking_limit(&t, clock, limit, chosen(w));
		return;
	}
	clock->due = until;
	clock->row = "stated";
}

int64_t whistling_beside(struct whistling *w, const char *kind, const struct uuid *about,
			 const char *org, const struct limit *limit)
{
	const struct ticking t = ticking_of(w);

	return ticking_beside(&t, kind, about, org, limit);
}

void whistling_beside_until(struct whistling *w, const char *kind, const struct uuid *about,
			    const char *org, int64_t due)
{
	const struct ticking t = ticking_of(w);

	ticking_until(&t, kind, about, org, due);
}

/* --- anew ------------------------------------------------------------------------------------ */

void whistling_redue(struct whistling *w, struct clock *clock, int64_t before)
{
	const struct ticking t = ticking_of(w);

	ticking_redue(&t, clock, before);
}

void whistling_settle(struct whistling *w)
{
	struct clock *clocks = w->after->clocks.items;

	for (size_t i = 0; i < w->after->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && clocks[i].due != 0 && clocks[i].provisional)
			whistling_redue(w, &clocks[i], clocks[i].due);
}

/* --- stopping -------------------------------------------------------------------------------- */

static void stop(struct whistling *w, struct clock *clock)
{
	const struct ticking t = ticking_of(w);

	ticking_stop(&t, clock);
}

void whistling_stop(struct whistling *w, enum summons_clock kind, const struct summoned *share)
{
	stop(w, whistling_running(w, kind, share));
}

void whistling_drop(struct whistling *w, const struct uuid *about)
{
	const struct ticking t = ticking_of(w);

	ticking_drop(&t, about);
}

/* What is owed beside the loop (a countersignature, an answer) is owed when it is closed, too. */
void whistling_stop_all(struct whistling *w)
{
	struct clock *clocks = w->after->clocks.items;

	for (size_t i = 0; i < w->after->clocks.n; i++)
		if (summons_clock_find(clocks[i].kind) != SUMMONS_CLOCKS)
			stop(w, &clocks[i]);
}

void whistling_resume(struct whistling *w, enum summons_clock kind, const struct summoned *share)
{
	struct clock *clock = find(w, summons_clock_code(kind), share, false);

	if (clock != NULL)
		clock->stopped_at = 0;
}

/* --- by other rules -------------------------------------------------------------------------- */

/* A clock of the loop by its class; of a kind that the class does not limit any more it stops. */
static void refit(struct whistling *w, struct clock *clock, enum summons_clock kind)
{
	const struct limit *limit = w->cls != NULL ? &w->cls->limits[kind] : NULL;

	if (limit == NULL)
		return;
	if (limit->unit == LIMIT_NONE)
		stop(w, clock);
	else
		clock_choose(w->rules, w->arena, clock,
			     &(struct limit_row){ .limit = *limit, .words = chosen(w) });
}

void whistling_refit(struct whistling *w)
{
	struct clock *clocks = w->after->clocks.items;

	for (size_t i = 0; i < w->after->clocks.n; i++) {
		enum summons_clock kind = summons_clock_find(clocks[i].kind);

		if (clocks[i].stopped_at != 0 || str_eq(clocks[i].row, "stated"))
			continue;
		if (kind != SUMMONS_CLOCKS)
			refit(w, &clocks[i], kind);
		if (clocks[i].stopped_at == 0)
			whistling_redue(w, &clocks[i], clocks[i].due);
	}
}
