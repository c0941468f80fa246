#include <config.h>

#include "zhiban/base/str.h"
#include "zhiban/demo/life.h"

enum { CENTRE_DUTY = 8, CLERKS = 2 };

/* How many officers an organisation of a tier has, and as what. */
static const struct {
	const char *tier, *role;
	int n;
} staff[] = {
	{ "resident", "dept", CLERKS },
	{ "department", "dept", CLERKS },
	{ "street", "street", CLERKS },
};

static void add_person(struct demo *demo, struct arena *arena, struct demo_people *people,
		       const struct org *org, const char *role)
{
	struct demo_person *items = (struct demo_person *)people->items;

	items[people->n++] = (struct demo_person){
		.name = demo_name(demo, arena),
		.org = org->code,
		.role = role,
		.phone = arena_printf(arena, "1380000%04zu", demo_below(demo, 10000)),
	};
}

static bool name_taken(const struct demo_people *people)
{
	const struct demo_person *last = &people->items[people->n - 1];

	for (size_t i = 0; i + 1 < people->n; i++)
		if (str_eq(people->items[i].name, last->name))
			return true;
	return false;
}

/* Officers are known by name: a second bearer of one is drawn again. */
static void add_distinct(struct demo *demo, struct arena *arena, struct demo_people *people,
			 const struct org *org, const char *role)
{
	for (;;) {
		add_person(demo, arena, people, org, role);
		if (!name_taken(people))
			return;
		people->n--;
	}
}

void demo_people_make(struct demo *demo, struct arena *arena, struct demo_people *ret_people)
{
	const struct rules *rules = demo->rules;
	const struct org *centre = rules_org(rules, rules->centre);
	size_t most = CENTRE_DUTY + 1 + rules->n_orgs * CLERKS;
	struct demo_people people = { arena_array(arena, most, sizeof(struct demo_person)), 0 };

	demo_turn(demo, UINT64_MAX, 0);
	for (int i = 0; i < CENTRE_DUTY; i++)
		add_distinct(demo, arena, &people, centre, "duty");
	add_distinct(demo, arena, &people, centre, "chief");
	for (size_t i = 0; i < rules->n_orgs; i++)
		for (size_t t = 0; t < sizeof staff / sizeof *staff; t++)
			for (int k = 0; k < staff[t].n && str_eq(rules->orgs[i].tier, staff[t].tier);
			     k++)
				add_distinct(demo, arena, &people, &rules->orgs[i], staff[t].role);
	*ret_people = people;
}

const struct demo_person *demo_person_of(struct demo *demo, const struct demo_people *people,
					 const char *org)
{
	size_t first = people->n, n = 0;

	for (size_t i = 0; i < people->n; i++) {
		if (!str_eq(people->items[i].org, org))
			continue;
		if (n++ == 0)
			first = i;
	}
	return n ? &people->items[first + demo_below(demo, n)] : NULL;
}
