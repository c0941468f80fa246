/* What the moments of each kind of entity are, and what fires then. */
#include <config.h>

#include "timers_kind_priv.h"

#include "zhiban/base/mem.h"
#include "zhiban/domain/action_fire.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle_fire.h"

/* --- incidents -------------------------------------------------------------------------------- */

static int64_t incident_next(const struct rules *rules, const void *entity, const char *mode,
			     int64_t now)
{
	return clock_next_fire(rules, entity, mode, now);
}

static size_t incident_fires(const struct rules *rules, const void *entity, const char *mode,
			     int64_t now, struct firing firings[FIRINGS_MAX])
{
	return clock_fires(rules, entity, mode, now, firings);
}

static struct act incident_act(const struct rules *rules, const void *entity,
			       const struct firing *firing, int64_t at, struct arena *arena)
{
	return firing_act(rules, entity, firing, at, arena);
}

static bool incident_quiet(const struct rules *rules, const void *entity, const char *mode,
			   int64_t at, int64_t *ret_until)
{
	return clock_is_quiet(rules, entity, mode, at, ret_until);
}

/* --- whistles --------------------------------------------------------------------------------- */

static int64_t whistle_moment(const struct rules *rules, const void *entity, const char *mode,
			      int64_t now)
{
	return whistle_next_fire(rules, entity, mode, now);
}

static size_t whistle_marks(const struct rules *rules, const void *entity, const char *mode,
			    int64_t now, struct firing firings[FIRINGS_MAX])
{
	return whistle_fires(rules, entity, mode, now, firings);
}

static struct act whistle_act(const struct rules *rules, const void *entity,
			      const struct firing *firing, int64_t at, struct arena *arena)
{
	return whistle_firing_act(rules, entity, firing, at, arena);
}

static bool whistle_quiet(const struct rules *rules, const void *entity, const char *mode,
			  int64_t at, int64_t *ret_until)
{
	return whistle_is_quiet(rules, entity, mode, at, ret_until);
}

/* --- tasks of meetings ------------------------------------------------------------------------ */

static int64_t task_moment(const struct rules *rules, const void *entity, const char *mode,
			   int64_t now)
{
	return action_next_fire(rules, entity, mode, now);
}

static size_t task_marks(const struct rules *rules, const void *entity, const char *mode,
			 int64_t now, struct firing firings[FIRINGS_MAX])
{
	return action_fires(rules, entity, mode, now, firings);
}

static struct act task_act(const struct rules *rules, const void *entity,
			   const struct firing *firing, int64_t at, struct arena *arena)
{
	return action_firing_act(rules, entity, firing, at, arena);
}

static bool task_quiet(const struct rules *rules, const void *entity, const char *mode, int64_t at,
		       int64_t *ret_until)
{
	return action_is_quiet(rules, entity, mode, at, ret_until);
}

/* --- notices: no clock, but receipts that run out, and an end ---------------------------------- */

static int64_t notice_moment(const struct rules *rules, const void *entity, const char *mode,
			     int64_t now)
{
	(void)rules;
	(void)mode;
	(void)now;
	return notice_next(entity);
}

/* --- swaps: as last seen; as its duties stand now says timers_swap.c --------------------------- */

static int64_t swap_ends(const struct rules *rules, const void *entity, const char *mode,
			 int64_t now)
{
	const struct swap *swap = entity;

	(void)rules;
	(void)mode;
	(void)now;
	return swap->open ? swap->lapses_at : 0;
}

static const struct timer_kind kinds[] = {
	{ KIND_INCIDENT, incident_next, incident_fires, incident_act, incident_quiet },
	{ KIND_WHISTLE, whistle_moment, whistle_marks, whistle_act, whistle_quiet },
	{ KIND_ACTION, task_moment, task_marks, task_act, task_quiet },
	{ KIND_NOTICE, notice_moment, NULL, NULL, NULL },
	{ KIND_SWAP, swap_ends, NULL, NULL, NULL },
};

const struct timer_kind *timer_kind(enum kind kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].kind == kind)
			return &kinds[i];
	return NULL;
}
