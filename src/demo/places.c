/* Where the demo's cases lie, who runs them and who gets them, read off the organisations. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/demo/generate.h"

static const struct org *parent_of(const struct rules *rules, const struct org *org)
{
	return org->parent != NULL ? rules_org(rules, org->parent) : NULL;
}

static const struct org *above(const struct rules *rules, const struct org *org, const char *tier)
{
	while (org != NULL && !str_eq(org->tier, tier))
		org = parent_of(rules, org);
	return org;
}

static bool is_tier_of_steps(const struct rules *rules, const char *tier)
{
	for (size_t i = 0; i < rules->n_steps; i++)
		if (str_eq(rules->steps[i].tier, tier))
			return true;
	return false;
}

/* Neither a place nor one that runs a loop, nor an overlay, nor closed. */
static bool is_unit(const struct rules *rules, const struct org *org)
{
	return org->managed && org->layer == NULL && org->ends == 0 && org->begins == 0 &&
	       !str_eq(org->code, rules->centre) && !str_eq(org->tier, "street") &&
	       !is_tier_of_steps(rules, org->tier) && above(rules, org, "community") == NULL;
}

static size_t find_areas(struct demo *demo, const char *tier)
{
	const struct rules *rules = demo->rules;

	demo->n_areas = 0;
	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (str_eq(org->tier, tier) && org->managed && org->layer == NULL &&
		    org->ends == 0 && above(rules, org, "street") != NULL)
			demo->areas[demo->n_areas++] = org;
	}
	return demo->n_areas;
}

enum err demo_init(struct demo *demo, const struct demo_words *words, const struct rules *rules,
		   uint64_t seed, struct arena *arena, struct error *err)
{
	*demo = (struct demo){ .words = words, .rules = rules, .seed = seed };
	demo->env = env_fixed(&demo->chance);
	demo->areas = arena_array(arena, rules->n_orgs, sizeof *demo->areas);
	demo->units = arena_array(arena, rules->n_orgs, sizeof *demo->units);
	if (find_areas(demo, "grid") == 0 && find_areas(demo, "community") == 0)
		return error_set(err, ERR_INPUT, _("the profile %s has no communities"),
				 rules->name);
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (is_unit(rules, &rules->orgs[i]))
			demo->units[demo->n_units++] = &rules->orgs[i];
	if (demo->n_units == 0)
		return error_set(err, ERR_INPUT, _("the profile %s has no departments"),
				 rules->name);
	demo->categories = arena_array(arena, words->n_kinds, sizeof *demo->categories);
	for (size_t i = 0; i < words->n_kinds; i++) {
		const struct choice *category =
			choices_named(&rules->categories, words->kinds[i].category);

		demo->categories[i] = category ? category->code : rules->other_category;
	}
	return ERR_OK;
}

const struct org *demo_seat(const struct demo *demo, const char *street)
{
	const struct rules *rules = demo->rules;
	const struct org *org = rules_org(rules, street);

	while (org != NULL && !is_tier_of_steps(rules, org->tier))
		org = parent_of(rules, org);
	return org != NULL ? org : rules_org(rules, rules->centre);
}

/* A unit that bears a word in its name: exactly, else somewhere; within the seat, else anywhere. */
static const struct org *unit_named(const struct demo *demo, const char *word, const char *within,
				    bool exactly)
{
	for (size_t i = 0; i < demo->n_units; i++) {
		const struct org *unit = demo->units[i];
		bool fits = exactly ? str_eq(unit->brief, word) || str_eq(unit->name, word)
				    : strstr(unit->brief, word) || strstr(unit->name, word);

		if (fits && rules_org_within(demo->rules, unit->code, within))
			return unit;
	}
	return NULL;
}

static const struct org *unit_for(const struct demo *demo, const struct demo_kind *kind,
				  const char *within)
{
	const struct org *unit = NULL;

	for (size_t i = 0; i < kind->holder.n && unit == NULL; i++) {
		unit = unit_named(demo, kind->holder.items[i], within, true);
		if (unit == NULL)
			unit = unit_named(demo, kind->holder.items[i], within, false);
	}
	return unit;
}

const struct org *demo_unit(const struct demo *demo, const char *words)
{
	const struct org *unit = NULL;

	for (words += strspn(words, " "); *words != '\0' && unit == NULL;) {
		size_t len = strcspn(words, " ");
		char *word = mem_dup(words, len + 1);

		word[len] = '\0';
		unit = unit_named(demo, word, demo->rules->centre, true);
		if (unit == NULL)
			unit = unit_named(demo, word, demo->rules->centre, false);
		free(word);
		words += len;
		words += strspn(words, " ");
	}
	return unit;
}

/* The n-th unit within the seat, else of all, counted round. */
static const struct org *some_unit(const struct demo *demo, const char *within, size_t nth)
{
	size_t n = 0;

	for (size_t i = 0; i < demo->n_units; i++)
		n += rules_org_within(demo->rules, demo->units[i]->code, within);
	if (n == 0)
		return demo->units[nth % demo->n_units];
	nth %= n;
	for (size_t i = 0; i < demo->n_units; i++)
		if (rules_org_within(demo->rules, demo->units[i]->code, within) && nth-- == 0)
			return demo->units[i];
	return demo->units[0];
}

const char *demo_holder(const struct demo *demo, size_t kind, const char *street)
{
	const struct rules *rules = demo->rules;
	const struct org *seat = demo_seat(demo, street), *unit = NULL;
	const struct duty *duty = rules_duty(rules, demo->categories[kind], street);

	if (duty != NULL && !str_eq(duty->unit, seat->code))
		return duty->unit;
	unit = unit_for(demo, &demo->words->kinds[kind], seat->code);
	if (unit == NULL)
		unit = unit_for(demo, &demo->words->kinds[kind], rules->centre);
	return unit != NULL ? unit->code : some_unit(demo, seat->code, kind)->code;
}

const char *demo_assist(const struct demo *demo, size_t kind, const char *street)
{
	const struct org *seat = demo_seat(demo, street);
	const char *holder = demo_holder(demo, kind, street);

	if (!str_eq(seat->code, street))
		return street;
	for (size_t i = 1; i <= demo->n_units; i++) {
		const struct org *unit = some_unit(demo, seat->code, kind + i);

		if (!str_eq(unit->code, holder))
			return unit->code;
	}
	return demo->rules->centre;
}
