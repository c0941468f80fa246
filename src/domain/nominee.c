#include <config.h>

#include "zhiban/domain/nominee.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static const char *const labels[NOMINEE_SORTS] = {
	[NOMINEE_HAND] = N_("put there by hand"),
	[NOMINEE_HARD] = N_("hard case"),
	[NOMINEE_RETURNED] = N_("returned"),
	[NOMINEE_ESCALATED] = N_("sent up to the highest level"),
	[NOMINEE_SHELVED] = N_("on the shelf"),
	[NOMINEE_OVERDUE] = N_("overdue"),
	[NOMINEE_REWORKED] = N_("sent back after handling"),
	[NOMINEE_SUPERVISED] = N_("supervised"),
	[NOMINEE_DISPUTED] = N_("disputed"),
	[NOMINEE_UNANSWERED] = N_("not signed in time"),
};

/* --- how often, by sort ---------------------------------------------------------------------- */

static bool ran_out(const struct clock *clock, int64_t now)
{
	return clock->due != 0 &&
	       (clock->stopped_at != 0 ? clock->stopped_at : now) > clock->due;
}

static int64_t supervisions(const struct children *list)
{
	const struct supervision *items = list->items;
	int64_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += items[i].lifted_at == 0;
	return n;
}

/* In a loop above those in which it stays open, and that one is of the highest tier. */
static bool is_at_top(const struct rules *rules, const struct incident *incident)
{
	const struct org *centre = rules_org(rules, rules->centre);

	return incident->levels.n > 0 && incident->merged_into == NULL && centre != NULL &&
	       str_eq(incident->tier, centre->tier);
}

static int64_t of_incident(const struct rules *rules, const struct incident *incident,
			   enum nominee_sort sort, int64_t now)
{
	int64_t n = 0;

	switch (sort) {
	case NOMINEE_HAND:
		return incident->candidate;
	case NOMINEE_HARD:
		return incident->hard;
	case NOMINEE_RETURNED:
		return incident->returns;
	case NOMINEE_ESCALATED:
		return is_at_top(rules, incident);
	case NOMINEE_SHELVED:
		return incident->shelved_at != 0;
	case NOMINEE_OVERDUE:
		for (size_t i = 0; i < incident->clocks.n; i++)
			n += !clock_is_beside(incident_clock(incident, i)) &&
			     ran_out(incident_clock(incident, i), now);
		return n;
	case NOMINEE_REWORKED:
		return incident->reworks;
	case NOMINEE_SUPERVISED:
		return supervisions(&incident->supervisions);
	case NOMINEE_DISPUTED:
	case NOMINEE_UNANSWERED:
	case NOMINEE_SORTS:
		break;
	}
	return 0;
}

/* Clocks of live shares that ran out; unsigned: of those alone that have not signed. */
static int64_t overdue(const struct whistle *whistle, bool unsigned_only, int64_t now)
{
	int64_t n = 0;

	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);
		enum summons_clock kind = summons_clock_find(clock->kind);

		if (unsigned_only ? kind == SUMMONS_SIGN && clock->stopped_at == 0
				  : kind != SUMMONS_CLOCKS)
			n += ran_out(clock, now);
	}
	return n;
}

static int64_t of_whistle(const struct whistle *whistle, enum nominee_sort sort, int64_t now)
{
	int64_t n = 0;

	switch (sort) {
	case NOMINEE_HAND:
		return whistle->candidate;
	case NOMINEE_RETURNED:
		return whistle->returns;
	case NOMINEE_OVERDUE:
		return overdue(whistle, false, now);
	case NOMINEE_REWORKED:
		for (size_t i = 0; i < whistle->shares.n; i++)
			n += whistle_share(whistle, i)->reworks;
		return n;
	case NOMINEE_SUPERVISED:
		return supervisions(&whistle->supervisions);
	case NOMINEE_DISPUTED:
		return whistle->disputed;
	case NOMINEE_UNANSWERED:
		return overdue(whistle, true, now);
	case NOMINEE_HARD:
	case NOMINEE_ESCALATED:
	case NOMINEE_SHELVED:
	case NOMINEE_SORTS:
		break;
	}
	return 0;
}

static int64_t times(const struct rules *rules, const void *entity, enum nominee_sort sort,
		     int64_t now)
{
	const struct entity *head = entity;

	return head->kind == KIND_WHISTLE ? of_whistle(entity, sort, now)
					  : of_incident(rules, entity, sort, now);
}

/* --- which rules name it --------------------------------------------------------------------- */

static unsigned named(const struct rules *rules, const void *entity, bool open, int64_t now)
{
	const struct meeting_rules *meetings = &rules->meetings;
	unsigned bits = times(rules, entity, NOMINEE_HAND, now) != 0 ? 1U << NOMINEE_HAND : 0;

	for (size_t i = 0; open && i < meetings->n_nominees; i++) {
		const struct nominee_rule *rule = &meetings->nominees[i];
		int least = rule->at_least > 1 ? rule->at_least : 1;

		if (times(rules, entity, rule->sort, now) >= least)
			bits |= 1U << rule->sort;
	}
	return bits;
}

unsigned nominee_of_incident(const struct rules *rules, const struct incident *incident, int64_t now)
{
	return named(rules, incident, incident->open != 0, now);
}

unsigned nominee_of_whistle(const struct rules *rules, const struct whistle *whistle, int64_t now)
{
	return named(rules, whistle, whistle->open != 0, now);
}

/* --- in words -------------------------------------------------------------------------------- */

static const char *label_of(const struct rules *rules, enum nominee_sort sort)
{
	for (size_t i = 0; i < rules->meetings.n_nominees; i++)
		if (rules->meetings.nominees[i].sort == sort &&
		    rules->meetings.nominees[i].label != NULL)
			return rules->meetings.nominees[i].label;
	return _(labels[sort]);
}

static bool is_counted(enum nominee_sort sort)
{
	return sort == NOMINEE_RETURNED || sort == NOMINEE_OVERDUE || sort == NOMINEE_REWORKED;
}

const char *nominee_words(const struct rules *rules, const void *entity, unsigned bits, int64_t now,
			  struct arena *arena)
{
	struct str words = STR_INIT;
	const char *ret;

	for (size_t i = 0; i < NOMINEE_SORTS; i++) {
		enum nominee_sort sort = (enum nominee_sort)i;

		if (!(bits & (1U << i)))
			continue;
		if (words.len > 0)
			str_add(&words, _("; "));
		if (is_counted(sort))
			str_addf(&words, _("%s ×%lld"), label_of(rules, sort),
				 (long long)times(rules, entity, sort, now));
		else
			str_add(&words, label_of(rules, sort));
	}
	ret = arena_strdup(arena, str_get(&words));
	str_release(&words);
	return ret;
}

/* --- whom it concerns ------------------------------------------------------------------------ */

struct orgs {
	const struct rules *rules;
	const char **codes;
	size_t n, most;
};

static void add(struct orgs *orgs, const char *code)
{
	const struct org *org = rules_org(orgs->rules, code);

	if (org == NULL || str_eq(org->code, orgs->rules->centre) || orgs->n == orgs->most)
		return;
	for (size_t i = 0; i < orgs->n; i++)
		if (orgs->codes[i] == org->code) /* all are the rules' own */
			return;
	orgs->codes[orgs->n++] = org->code;
}

static void orgs_of_incident(struct orgs *orgs, const struct incident *incident)
{
	const struct level *levels = incident->levels.items;

	add(orgs, incident->holder);
	for (size_t i = 0; i < incident->parts.n; i++)
		if (part_is_live(incident_part(incident, i)))
			add(orgs, incident_part(incident, i)->org);
	add(orgs, incident->duty_unit);
	for (size_t i = 0; i < incident->parts.n; i++)
		add(orgs, incident_part(incident, i)->org);
	for (size_t i = 0; i < incident->levels.n; i++) {
		add(orgs, levels[i].holder);
		add(orgs, levels[i].seat);
	}
}

static void orgs_of_whistle(struct orgs *orgs, const struct whistle *whistle)
{
	add(orgs, whistle->lead);
	for (size_t i = 0; i < whistle->shares.n; i++)
		if (whistle_share(whistle, i)->freed_at == 0)
			add(orgs, whistle_share(whistle, i)->org);
	for (size_t i = 0; i < whistle->shares.n; i++) {
		add(orgs, whistle_share(whistle, i)->org);
		add(orgs, whistle_share(whistle, i)->claim_for);
	}
	add(orgs, whistle->origin);
}

size_t nominee_orgs(const struct rules *rules, const void *entity, const char **codes, size_t most)
{
	const struct entity *head = entity;
	struct orgs orgs = { rules, codes, 0, most };

	if (head->kind == KIND_WHISTLE)
		orgs_of_whistle(&orgs, entity);
	else
		orgs_of_incident(&orgs, entity);
	return orgs.n;
}
