#include <config.h>

#include "zhiban/base/str.h"
#include "zhiban/demo/life.h"

enum { CENTRE_DUTY = 8, CLERKS = 2, MANY = 60, SEAT_STAFF = 3 };

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

/* A role as the profile has it, else that of a duty officer. */
static const char *role_of(const struct rules *rules, const char *role)
{
	return choices_find(&rules->roles, role) != NULL ? role : "duty";
}

static bool is_street(const struct org *org)
{
	return str_eq(org->tier, "street") && org->managed && org->layer == NULL;
}

static bool runs_a_loop(const struct rules *rules, const struct org *org)
{
	bool runs = false;
	size_t n = 0;

	for (size_t i = 0; i < rules->n_steps && !runs; i++)
		runs = str_eq(rules->steps[i].tier, org->tier);
	/* Of very many the centre records it. */
	for (size_t i = 0; i < rules->n_orgs && runs; i++)
		n += str_eq(rules->orgs[i].tier, org->tier);
	return runs && n <= MANY && org->managed && org->layer == NULL &&
	       !str_eq(org->code, rules->centre);
}

static void add_seats(struct demo *demo, struct arena *arena, struct demo_people *people)
{
	const struct rules *rules = demo->rules;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (!runs_a_loop(rules, org))
			continue;
		for (int k = 0; k + 1 < SEAT_STAFF; k++)
			add_distinct(demo, arena, people, org, "duty");
		add_distinct(demo, arena, people, org, role_of(rules, "chief"));
	}
}

static void add_clerks(struct demo *demo, struct arena *arena, struct demo_people *people)
{
	const struct rules *rules = demo->rules;
	size_t streets = 0;

	for (size_t i = 0; i < rules->n_orgs; i++)
		streets += is_street(&rules->orgs[i]);
	for (size_t i = 0; i < demo->n_units; i++)
		for (int k = 0; k < (demo->n_units > MANY ? 1 : CLERKS); k++)
			add_distinct(demo, arena, people, demo->units[i], role_of(rules, "dept"));
	for (size_t i = 0; i < rules->n_orgs; i++)
		for (int k = 0; k < (streets > MANY ? 1 : CLERKS); k++)
			if (is_street(&rules->orgs[i]) && !runs_a_loop(rules, &rules->orgs[i]))
				add_distinct(demo, arena, people, &rules->orgs[i],
					     role_of(rules, "street"));
}

/* Who approves what a street blows: the highest role that any class of whistles asks for. */
static const char *approver_of(const struct rules *rules)
{
	const char *role = NULL;

	for (size_t i = 0; i < rules->n_summonses; i++)
		for (size_t k = 0; k < rules->summonses[i].n_classes; k++) {
			const char *asked = rules->summonses[i].classes[k].approver;

			if (asked != NULL &&
			    (role == NULL || rules_role_reaches(rules, asked, role)))
				role = asked;
		}
	return role;
}

/* Behind all others, whose names do not depend on them. */
static void add_heads(struct demo *demo, struct arena *arena, struct demo_people *people)
{
	const struct rules *rules = demo->rules;
	const char *role = approver_of(rules);

	for (size_t i = 0; i < rules->n_orgs && role != NULL; i++)
		if (is_street(&rules->orgs[i]))
			add_distinct(demo, arena, people, &rules->orgs[i], role);
}

const struct demo_person *demo_head_of(const struct demo_people *people, const char *org)
{
	for (size_t i = people->heads; i < people->n; i++)
		if (str_eq(people->items[i].org, org))
			return &people->items[i];
	return NULL;
}

void demo_people_make(struct demo *demo, struct arena *arena, struct demo_people *ret_people)
{
	const struct rules *rules = demo->rules;
	const struct org *centre = rules_org(rules, rules->centre);
	size_t most = CENTRE_DUTY + 2 + rules->n_orgs * (SEAT_STAFF + 1);
	struct demo_people people = { .items = arena_array(arena, most,
							   sizeof(struct demo_person)) };

	demo_turn(demo, UINT64_MAX, 0);
	for (int i = 0; i < CENTRE_DUTY; i++)
		add_distinct(demo, arena, &people, centre, "duty");
	add_distinct(demo, arena, &people, centre, role_of(rules, "chief"));
	add_distinct(demo, arena, &people, centre, role_of(rules, "leader"));
	add_seats(demo, arena, &people);
	add_clerks(demo, arena, &people);
	people.heads = people.n;
	add_heads(demo, arena, &people);
	*ret_people = people;
}

const struct demo_person *demo_person_of(struct demo *demo, const struct demo_people *people,
					 const char *org)
{
	size_t first = 0, n = 0;

	for (size_t i = 0; i < people->heads; i++) {
		if (!str_eq(people->items[i].org, org))
			continue;
		if (n++ == 0)
			first = i;
	}
	return n ? &people->items[first + demo_below(demo, n)] : NULL;
}
