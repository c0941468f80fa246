#include <config.h>

#include "ticking.h"

#include <string.h>

#include "clock_choose.h"
#include "zhiban/domain/mark.h"

/* When an organisation can know of the act: of one's own one knows at once, and so does who is rung. */
static int64_t known(const struct ticking *t, const char *org)
{
	if (t->recv <= t->eff || str_eq(t->act->actor.org, org) || str_eq(t->org, org))
		return t->eff;
	return t->recv;
}

static bool is_about(const struct clock *clock, const char *about)
{
	return strcmp(clock->about != NULL ? clock->about : "", about) == 0;
}

struct clock *ticking_find(const struct ticking *t, const char *kind, const struct uuid *about,
			   bool running)
{
	struct clock *clocks = t->clocks->items, *found = NULL;
	char text[UUID_TEXT] = "";

	if (about != NULL)
		uuid_text(about, text);
	for (size_t i = 0; i < t->clocks->n; i++)
		if (str_eq(clocks[i].kind, kind) && is_about(&clocks[i], text) &&
		    (!running || clocks[i].stopped_at == 0))
			found = &clocks[i];
	return found;
}

struct clock *ticking_add(const struct ticking *t, const char *kind, const struct uuid *about,
			  const char *org)
{
	struct uuid id = uuid_child(&t->act->id, "clock", (*t->n_added)++);
	struct clock *clock = children_add(t->clocks, child_desc(CHILD_CLOCK), &id, t->arena);
	char text[UUID_TEXT];

	clock->kind = kind;
	clock->org = org;
	clock->started_at = known(t, org);
	clock->side = 1;
	clock->mode = t->mode != NULL && *t->mode != '\0' ? t->mode : NULL;
	if (about != NULL) {
		uuid_text(about, text);
		clock->about = arena_strdup(t->arena, text);
	}
	return clock;
}

void ticking_limit(const struct ticking *t, struct clock *clock, const struct limit *limit,
		   const char *words)
{
	const struct limit_row row = { .limit = *limit, .words = words };
	struct due due;

	clock_choose(t->rules, t->arena, clock, &row);
	due = clock_due(t->rules, NULL, clock);
	clock->due = due.at;
	clock->provisional = due.provisional;
}

int64_t ticking_beside(const struct ticking *t, const char *kind, const struct uuid *about,
		       const char *org, const struct limit *limit)
{
	const struct limit_row row = { .limit = *limit, .words = "" };
	struct clock *clock;

	if (limit->unit == LIMIT_NONE)
		return 0;
	clock = ticking_add(t, kind, about, org);
	clock_choose(t->rules, t->arena, clock, &row);
	if (*clock->row == '\0')
		clock->row = clock->mode = NULL; /* the mode says nothing of it */
	clock->due = clock_due(t->rules, NULL, clock).at;
	return clock->due;
}

struct clock *ticking_until(const struct ticking *t, const char *kind, const struct uuid *about,
			    const char *org, int64_t due)
{
	struct clock *clock = ticking_add(t, kind, about, org);

	clock->due = due;
	return clock;
}

void ticking_redue(const struct ticking *t, struct clock *clock, int64_t before)
{
	int64_t now = t->recv > t->eff ? t->recv : t->eff;
	struct due due = clock_due(t->rules, NULL, clock);
	int used;

	clock->due = due.at;
	clock->provisional = due.provisional;
	if (clock->due <= before || clock->fired == 0)
		return;
	used = clock_used(t->rules, NULL, clock, now);
	if (clock->fired > used)
		clock->fired = used;
}

void ticking_stop(const struct ticking *t, struct clock *clock)
{
	if (clock != NULL && clock->stopped_at == 0)
		clock->stopped_at = t->eff > clock->started_at ? t->eff : clock->started_at;
}

void ticking_drop(const struct ticking *t, const struct uuid *about)
{
	struct clock *clocks = t->clocks->items;
	char text[UUID_TEXT];

	uuid_text(about, text);
	for (size_t i = 0; i < t->clocks->n; i++)
		if (is_about(&clocks[i], text))
			ticking_stop(t, &clocks[i]);
}
