/* What keeps a person away from a seat by itself, whatever else he stands. */
#include <config.h>

#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"

/* A code in a list with spaces. */
static bool listed(const char *list, const char *code)
{
	size_t len = strlen(code);

	for (const char *at = list; (at = strstr(at, code)) != NULL; at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
			return true;
	return false;
}

static bool is_away(const struct staff *staff, int64_t starts, int64_t ends)
{
	const struct timeoff *offs = staff->timeoffs.items;

	if (!staff->active && (staff->ended_at == 0 || ends > staff->ended_at))
		return true;
	for (size_t i = 0; i < staff->timeoffs.n; i++)
		if (offs[i].ended_at == 0 && offs[i].from_at < ends && starts < offs[i].to_at)
			return true;
	return false;
}

/* Everybody is within the centre: there only its own people are meant.  A tier: all of it. */
static bool is_of(const struct rules *rules, const char *org, const char *pool)
{
	const struct org *own = rules_org(rules, org);

	if (str_eq(pool, "centre") || str_eq(pool, rules->centre))
		return str_eq(org, rules->centre);
	if (rules_org(rules, pool) == NULL)
		return own != NULL && str_eq(own->tier, pool);
	return rules_org_within(rules, org, pool);
}

bool post_pool_has(const struct rules *rules, const struct duty_post *post, const char *org,
		   const char *staff_org)
{
	if (post->pool == NULL)
		return is_of(rules, staff_org, org);
	for (const char *const *pool = post->pool; *pool != NULL; pool++)
		if (is_of(rules, staff_org, *pool))
			return true;
	return false;
}

static bool in_pool(const struct roster_view *view, const struct duty_post *post,
		    const struct staff *staff)
{
	return post_pool_has(view->rules, post, view_org(view), staff->org);
}

static bool stands_then(const struct staff *staff, const struct need *need)
{
	struct civil civil;

	if (staff->shifts != NULL && need->shift != NULL &&
	    !listed(staff->shifts, need->shift->code))
		return false;
	if (staff->weekdays == NULL)
		return true;
	civil_of_day(need->day, &civil);
	return strchr(staff->weekdays, '0' + civil.weekday) != NULL;
}

const char *view_org(const struct roster_view *view)
{
	if (view->org != NULL)
		return view->org;
	return view->n_rosters > 0 ? view->rosters[0]->org : NULL;
}

unsigned roster_person_breaks(const struct roster_view *view, const struct need *need,
			      const struct staff *staff)
{
	const struct duty_post *post = need->post;
	unsigned breaks = 0;

	if (is_away(staff, need->starts, need->ends))
		breaks |= 1U << BREACH_OFF;
	if (post != NULL && post->fit &&
	    (staff->posts == NULL || !listed(staff->posts, post->code)))
		breaks |= 1U << BREACH_UNFIT;
	if (post != NULL && !in_pool(view, post, staff))
		breaks |= 1U << BREACH_POOL;
	if (!stands_then(staff, need))
		breaks |= 1U << BREACH_SHIFT;
	return breaks;
}

const struct staff *roster_staff(const struct roster_view *view, const struct uuid *id)
{
	for (size_t i = 0; i < view->n_staff; i++)
		if (uuid_eq(&view->staff[i]->head.id, id))
			return view->staff[i];
	return NULL;
}
