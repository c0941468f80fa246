#include <config.h>

#include "zhiban/wire/ical_roster.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"

static const char *or_code(const char *label, const char *code)
{
	return label != NULL ? label : code != NULL ? code : "-";
}

static const char *post_name(const struct roster_plan *plan, const struct turn *turn)
{
	const struct duty_post *post = plan != NULL ? plan_post(plan, turn->post) : NULL;

	return or_code(post != NULL ? post->label : NULL, turn->post);
}

static const char *shift_name(const struct roster_plan *plan, const struct turn *turn)
{
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, turn->shift) : NULL;

	return or_code(shift != NULL ? shift->label : NULL, turn->shift);
}

bool ical_duty_wanted(const struct turn *turn, const struct ical_duties *duties)
{
	return turn->staff != NULL && turn->ends > turn->starts &&
	       (duties->post == NULL || str_eq(turn->post, duties->post)) &&
	       (duties->staff == NULL || str_eq(turn->staff, duties->staff)) &&
	       turn->ends > duties->from && (duties->to == 0 || turn->starts < duties->to);
}

static struct ical_item item_of(const struct rules *rules, const struct roster *roster,
				const struct turn *turn, bool named, struct arena *arena)
{
	const struct roster_plan *plan = rules_plan(rules, roster->plan);
	const struct org *org = rules_org(rules, roster->org);
	const char *whose = or_code(org != NULL ? org->name : NULL, roster->org);
	const char *post = post_name(plan, turn), *shift = shift_name(plan, turn);
	char id[UUID_TEXT];

	uuid_text(&turn->id, id);
	return (struct ical_item){
		.sort = ICAL_SORT_EVENT,
		.uid = arena_printf(arena, "%s@zhiban", id),
		.sequence = roster->head.version < INT_MAX ? (int)roster->head.version : INT_MAX,
		.stamp = turn->set_at != 0 ? turn->set_at : turn->starts,
		.changed = turn->set_at,
		.starts = turn->starts,
		.ends = turn->ends,
		.status = "CONFIRMED",
		.summary = named ? arena_printf(arena, "%s %s · %s", post,
						turn->name != NULL ? turn->name : "-", whose)
				 : arena_printf(arena, "%s · %s", post, whose),
		.text = arena_printf(arena, "%s %s", shift,
				     or_code(plan != NULL ? plan->label : NULL, roster->plan)),
		.category = _("Roster"),
	};
}

size_t ical_roster_items(const struct rules *rules, const struct roster *roster,
			 const struct ical_duties *duties, struct arena *arena,
			 struct ical_item **ret_items)
{
	struct ical_item *items = arena_array(arena, roster->turns.n + 1, sizeof *items);
	size_t n = 0;

	for (size_t i = 0; i < roster->turns.n; i++) {
		const struct turn *turn = roster_turn(roster, i);

		if (ical_duty_wanted(turn, duties))
			items[n++] = item_of(rules, roster, turn, duties->staff == NULL, arena);
	}
	*ret_items = items;
	return n;
}

static int by_moment(const void *a, const void *b)
{
	const struct ical_item *x = a, *y = b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return strcmp(x->uid, y->uid);
}

void ical_items_sort(struct ical_item *items, size_t n)
{
	if (n > 1)
		qsort(items, n, sizeof *items, by_moment);
}
