/* Who attends because of the items, and because of the series. */
#include <config.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"

/* Whether a list of a series names an organisation: by its code, its tier (within whoever convenes), or
 * as the centre. */
static bool names(const struct rules *rules, const char *const *list, const struct org *org,
		  const char *convener)
{
	for (; list != NULL && *list != NULL; list++) {
		if (str_eq(*list, org->code) ||
		    (str_eq(*list, "centre") && str_eq(org->code, rules->centre)))
			return true;
		if (str_eq(*list, org->tier) && rules_org_within(rules, org->code, convener))
			return true;
	}
	return false;
}

static enum attendee_role higher(enum attendee_role a, enum attendee_role b)
{
	return a == ATTEND_MUST || b == ATTEND_MUST ? ATTEND_MUST : ATTEND_MAY;
}

/* How it attends because of an item; ATTEND_ROLES: not at all. */
static enum attendee_role role_in(const struct item *item, const char *org)
{
	enum attendee_role role = ATTEND_ROLES;

	if (str_eq(item->lead, org))
		return ATTEND_MUST;
	for (size_t i = 0; i < item->concerned.n; i++) {
		const struct concerned *concerned = item_concerned(item, i);

		if (str_eq(concerned->org, org))
			role = higher(role, concerned->must ? ATTEND_MUST : ATTEND_MAY);
	}
	return role;
}

static enum attendee_role role_of(const struct rules *rules, const struct meeting_series *series,
				  const char *convener, const struct item *const *items, size_t n,
				  const struct org *org)
{
	enum attendee_role role = ATTEND_ROLES;

	if (series != NULL && names(rules, series->must, org, convener))
		return ATTEND_MUST;
	if (series != NULL && names(rules, series->may, org, convener))
		role = ATTEND_MAY;
	if (str_eq(org->code, convener)) /* its chair and its secretary sit there anyhow */
		return role;
	for (size_t i = 0; i < n; i++) {
		enum attendee_role in = role_in(items[i], org->code);

		if (in != ATTEND_ROLES)
			role = higher(role, in);
	}
	return role;
}

void meeting_follow_items(const struct rules *rules, const struct meeting_series *series,
			  const char *org, const struct item *const *items, size_t n,
			  struct arena *arena, struct attendee **ret_attendees, size_t *ret_n)
{
	struct attendee *list = arena_array(arena, rules->n_orgs + 1, sizeof *list);
	size_t found = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		enum attendee_role role = role_of(rules, series, org, items, n, &rules->orgs[i]);

		if (role == ATTEND_ROLES)
			continue;
		list[found++] = (struct attendee){ .org = rules->orgs[i].code,
						   .role = attendee_role_code(role),
						   .by_items = 1 };
	}
	*ret_attendees = list;
	*ret_n = found;
}
