/* The clocks of a whistle: each of a share, or of the whole, by the limits of its class. */
#include <config.h>

#include <string.h>

#include "clock_choose.h"
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

/* When an organisation can know of the act. */
static int64_t known(const struct whistling *w, const char *org)
{
	/* of one's own act one knows at once, and so does who is rung */
	if (w->recv <= w->eff || str_eq(w->act->actor.org, org) || str_eq(w->org, org))
		return w->eff;
	return w->recv;
}

/* --- finding --------------------------------------------------------------------------------- */

static bool is_about(const struct clock *clock, const char *about)
{
	return strcmp(clock->about != NULL ? clock->about : "", about) == 0;
}

/* The latest of the kind; running: that runs. */
static struct clock *find(struct whistling *w, const char *kind, const struct summoned *share,
			  bool running)
{
	struct clock *clocks = w->after->clocks.items, *found = NULL;
	char about[UUID_TEXT] = "";

	if (share != NULL)
		uuid_text(&share->id, about);
	for (size_t i = 0; i < w->after->clocks.n; i++)
		if (str_eq(clocks[i].kind, kind) && is_about(&clocks[i], about) &&
		    (!running || clocks[i].stopped_at == 0))
			found = &clocks[i];
	return found;
}

struct clock *whistling_running(struct whistling *w, enum summons_clock kind,
				const struct summoned *share)
{
	return find(w, summons_clock_code(kind), share, true);
}

/* --- starting -------------------------------------------------------------------------------- */

static struct clock *add(struct whistling *w, const char *kind, const struct uuid *about,
			 const char *org)
{
	struct uuid id = uuid_child(&w->act->id, "clock", w->n_clocks++);
	struct clock *clock = children_add(&w->after->clocks, child_desc(CHILD_CLOCK), &id,
					   w->arena);
	const char *mode = w->state->mode;
	char text[UUID_TEXT];

	clock->kind = kind;
	clock->org = org;
	clock->started_at = known(w, org);
	clock->side = 1;
	clock->mode = mode != NULL && *mode != '\0' ? mode : NULL;
	if (about != NULL) {
		uuid_text(about, text);
		clock->about = arena_strdup(w->arena, text);
	}
	return clock;
}

/* The date that the blower or the leader stated for it; 0: none. */
static int64_t stated(const struct whistle *whistle, enum summons_clock kind)
{
	if (kind == SUMMONS_REPORT_IN || kind == SUMMONS_ARRIVE)
		return whistle->report_by;
	return kind == SUMMONS_HANDLE ? whistle->handle_by : 0;
}

/* By the limit of the class, or that of the mode if it is sooner. */
static void choose(struct whistling *w, struct clock *clock, const struct limit *limit)
{
	const struct limit_row row = {
		.limit = *limit,
		.words = arena_printf(w->arena, "%s %s", w->summons->label, w->cls->label),
	};

	clock_choose(w->rules, w->arena, clock, &row);
}

static void fit(struct whistling *w, struct clock *clock, const struct limit *limit)
{
	struct due due;

	choose(w, clock, limit);
	due = clock_due(w->rules, NULL, clock);
	clock->due = due.at;
	clock->provisional = due.provisional;
}

void whistling_start(struct whistling *w, enum summons_clock kind, const struct summoned *share)
{
	const struct limit *limit = w->cls != NULL ? &w->cls->limits[kind] : NULL;
	int64_t until = stated(w->after, kind);
	struct clock *clock;

	if (limit == NULL || limit->unit == LIMIT_NONE || whistling_running(w, kind, share) != NULL)
		return;
	clock = add(w, summons_clock_code(kind), share != NULL ? &share->id : NULL,
		    org_of(w, kind, share));
	if (until <= clock->started_at) {
		fit(w, clock, limit);
		return;
	}
	clock->due = until;
	clock->row = "stated";
}

int64_t whistling_beside(struct whistling *w, const char *kind, const struct uuid *about,
			 const char *org, const struct limit *limit)
{
	const struct limit_row row = { .limit = *limit, .words = "" };
	struct clock *clock;

	if (limit->unit == LIMIT_NONE)
		return 0;
	clock = add(w, kind, about, org);
	clock_choose(w->rules, w->arena, clock, &row);
	if (*clock->row == '\0')
		clock->row = clock->mode = NULL; /* the mode says nothing of it */
	clock->due = clock_due(w->rules, NULL, clock).at;
	return clock->due;
}

void whistling_beside_until(struct whistling *w, const char *kind, const struct uuid *about,
			    const char *org, int64_t due)
{
	add(w, kind, about, org)->due = due;
}

/* --- anew ------------------------------------------------------------------------------------ */

void whistling_redue(struct whistling *w, struct clock *clock, int64_t before)
{
	int64_t now = w->recv > w->eff ? w->recv : w->eff;
	struct due due = clock_due(w->rules, NULL, clock);
	int used;

	clock->due = due.at;
	clock->provisional = due.provisional;
	if (clock->due <= before || clock->fired == 0)
		return;
	used = clock_used(w->rules, NULL, clock, now);
	if (clock->fired > used)
		clock->fired = used;
}

void whistling_settle(struct whistling *w)
{
	struct clock *clocks = w->after->clocks.items;

	for (size_t i = 0; i < w->after->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && clocks[i].due != 0 && clocks[i].provisional)
			whistling_redue(w, &clocks[i], clocks[i].due);
}

/* --- stopping -------------------------------------------------------------------------------- */

static void stop(const struct whistling *w, struct clock *clock)
{
	if (clock->stopped_at == 0)
		clock->stopped_at = w->eff > clock->started_at ? w->eff : clock->started_at;
}

void whistling_stop(struct whistling *w, enum summons_clock kind, const struct summoned *share)
{
	struct clock *clock = whistling_running(w, kind, share);

	if (clock != NULL)
		stop(w, clock);
}

void whistling_drop(struct whistling *w, const struct uuid *about)
{
	struct clock *clocks = w->after->clocks.items;
	char text[UUID_TEXT];

	uuid_text(about, text);
	for (size_t i = 0; i < w->after->clocks.n; i++)
		if (is_about(&clocks[i], text))
			stop(w, &clocks[i]);
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
		choose(w, clock, limit);
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
