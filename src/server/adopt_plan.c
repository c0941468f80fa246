/* What a new profile or calendar does to the cases and people that are there. */
#include <config.h>

#include "adopt_priv.h"
#include "number_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/party.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/wire/entity.h"

struct tally *tally_of(struct adopt *adopt, struct tallies *tallies, const char *words,
		       const char *more)
{
	struct tally *tally;

	for (size_t i = 0; i < tallies->n; i++)
		if (str_eq(tallies->items[i].words, words) && str_eq(tallies->items[i].more, more))
			return &tallies->items[i];
	MEM_GROW(tallies->items, tallies->n, tallies->cap);
	tally = &tallies->items[tallies->n++];
	*tally = (struct tally){ .words = arena_strdup(&adopt->arena, words),
				 .more = arena_strdup(&adopt->arena, more) };
	return tally;
}

const char *adopt_mapped(struct adopt *adopt, const char *step)
{
	for (size_t i = 0; i < adopt->ask->n_maps; i++) {
		const char *name = carry_line(adopt->ask->maps[i], step);

		if (name != NULL)
			return name;
	}
	return step;
}

const char *adopt_number(const void *entity)
{
	const char *number = number_of(entity);

	return number != NULL ? number : "-";
}

static bool is_joint(enum kind kind)
{
	return kind == KIND_MEETING || kind == KIND_ITEM || kind == KIND_ACTION;
}

void tally_add(struct adopt *adopt, struct tally *tally, const void *entity)
{
	const struct entity *head = entity;

	if (tally->example == NULL)
		tally->example = arena_strdup(&adopt->arena, adopt_number(entity));
	if (head->kind == KIND_WHISTLE)
		tally->whistles++;
	else if (is_joint(head->kind))
		tally->joint++;
	else
		tally->cases++;
}

void adopt_orgs_each(void *entity, carry_fn fn, void *ctx)
{
	const struct entity *head = entity;

	if (head->kind == KIND_WHISTLE)
		carry_whistle_orgs_each(entity, fn, ctx);
	else if (is_joint(head->kind))
		carry_joint_orgs_each(entity, fn, ctx);
	else
		carry_orgs_each(entity, fn, ctx);
}

const char *adopt_heir(struct adopt *adopt, const char *org, const void *entity)
{
	const struct entity *head = entity;
	const char *places[] = { NULL, NULL, NULL };
	const struct org *heir;

	if (head != NULL && head->kind == KIND_WHISTLE) {
		places[0] = ((const struct whistle *)entity)->street;
	} else if (head != NULL && head->kind == KIND_INCIDENT) {
		const struct incident *incident = entity;

		places[0] = incident->grid;
		places[1] = incident->community;
		places[2] = incident->street;
	}
	heir = org_heir(adopt->rules, org, places, ARRAY_LEN(places), adopt->now);
	return heir != NULL ? heir->code : NULL;
}

/* --- one case or whistle --------------------------------------------------------------------- */

struct look { /* at one of them */
	struct adopt *adopt;
	const void *entity;
	unsigned needs;
	bool counted; /* among those whose organisation ended */
};

static void look_at_step(void *ctx, const char **step)
{
	struct look *look = ctx;
	const struct incident *incident = look->entity;
	const char *now = adopt_mapped(look->adopt, *step);

	if (strcmp(now, *step) != 0)
		look->needs |= NEED_MAP;
	if (rules_step(look->adopt->rules, now) == NULL &&
	    (incident->open || incident->merged_into != NULL))
		tally_add(look->adopt, tally_of(look->adopt, &look->adopt->stranded, *step, NULL),
			  incident);
}

/* Nobody but who took it back could go on with a whistle of a kind that is gone.  Ends of organisations
 * do not wait for that. */
static void look_at_kind(struct look *look)
{
	const struct whistle *whistle = look->entity;
	struct adopt *adopt = look->adopt;
	const char *own = carry_kind(whistle, &adopt->one), *now = adopt_mapped(adopt, own);

	if (!whistle->open)
		return;
	if (strcmp(now, own) != 0)
		look->needs |= NEED_MAP;
	if (!adopt->ask->stay && !carry_kind_stands(adopt->rules, now))
		tally_add(adopt, tally_of(adopt, &adopt->unkind, own, NULL), whistle);
}

static void look_at_org(void *ctx, const char **org)
{
	struct look *look = ctx;

	if (org_stands(look->adopt->rules, *org, look->adopt->now))
		return;
	if (adopt_heir(look->adopt, *org, look->entity) != NULL) {
		look->needs |= NEED_HEIR;
		return;
	}
	if (!look->counted) /* a case in several roles is one case */
		tally_add(look->adopt, tally_of(look->adopt, &look->adopt->homeless, *org, NULL),
			  look->entity);
	look->counted = true;
}

/* What nobody waits for goes along where somebody takes over. */
static void look_at_claim(void *ctx, const char **org)
{
	struct look *look = ctx;

	if (!org_stands(look->adopt->rules, *org, look->adopt->now) &&
	    adopt_heir(look->adopt, *org, look->entity) != NULL)
		look->needs |= NEED_HEIR;
}

/* Whether somebody sees it by the new tree who did not by the old one. */
bool adopt_seen_by_more(const struct adopt *adopt, const void *entity)
{
	const char *before[PARTY_MAX], *after[PARTY_MAX];
	size_t n_before = party_of(adopt->old, entity, before);
	size_t n_after = party_of(adopt->rules, entity, after);

	for (size_t i = 0; i < n_after; i++) {
		bool known = false;

		for (size_t k = 0; k < n_before && !known; k++)
			known = strcmp(before[k], after[i]) == 0;
		if (!known)
			return true;
	}
	return false;
}

static bool owes_dues(const struct adopt *adopt, const struct children *list)
{
	const struct clock *clocks = list->items;

	for (size_t i = 0; i < list->n; i++)
		if (clocks[i].stopped_at == 0 &&
		    (adopt->ask->redue || (adopt->new_calendar && clocks[i].provisional)))
			return true;
	return false;
}

static void plan(const struct look *look, bool open, const struct children *clocks)
{
	struct adopt *adopt = look->adopt;
	const struct entity *head = look->entity;
	unsigned needs = look->needs;

	if (owes_dues(adopt, clocks))
		needs |= NEED_DUE;
	if (open && adopt_seen_by_more(adopt, head))
		needs |= NEED_SIGHT;
	if (needs == 0)
		return;
	MEM_GROW(adopt->cases, adopt->n_cases, adopt->cap_cases);
	adopt->cases[adopt->n_cases++] = (struct adopt_carried){ .id = head->id, .needs = needs };
}

static void look_at_case(struct adopt *adopt, struct incident *incident)
{
	struct look look = { .adopt = adopt, .entity = incident };

	carry_steps_each(incident, look_at_step, &look);
	carry_orgs_each(incident, look_at_org, &look);
	plan(&look, incident->open, &incident->clocks);
}

static void look_at_whistle(struct adopt *adopt, struct whistle *whistle)
{
	struct look look = { .adopt = adopt, .entity = whistle };

	look_at_kind(&look);
	carry_whistle_orgs_each(whistle, look_at_org, &look);
	carry_claims_each(whistle, look_at_claim, &look);
	plan(&look, whistle->open, &whistle->clocks);
}

/* --- one of meetings ------------------------------------------------------------------------- */

/* It is there, with all the stages that were held: a resolution goes on from these. */
static bool series_stands(const struct meeting_series *series, const struct meeting *meeting)
{
	for (size_t i = 0; series != NULL && i < meeting->stages.n; i++)
		if (series_stage(series, meeting_stage_at(meeting, i)->stage) == NULL)
			return false;
	return series != NULL;
}

/* Who may what in it, and its clocks, are the series'. */
static void look_at_series(struct adopt *adopt, const struct meeting *meeting)
{
	if (meeting->open && meeting->series != NULL && !adopt->ask->stay &&
	    rules_series(adopt->old, meeting->series) != NULL &&
	    !series_stands(rules_series(adopt->rules, meeting->series), meeting))
		tally_add(adopt, tally_of(adopt, &adopt->unserial, meeting->series, NULL), meeting);
}

/* A room that is in no list any more keeps what is booked there; that is told. */
static void look_at_room(struct adopt *adopt, const struct meeting *meeting)
{
	if (meeting->open && meeting->starts > adopt->now &&
	    rules_room(adopt->old, meeting->room) != NULL &&
	    rules_room(adopt->rules, meeting->room) == NULL)
		tally_add(adopt, tally_of(adopt, &adopt->roomless, meeting->room, NULL), meeting);
}

static void look_at_joint(struct adopt *adopt, void *entity)
{
	static const struct children none;
	struct look look = { .adopt = adopt, .entity = entity };
	const struct meeting *meeting = entity;
	const struct item *item = entity;
	const struct action *action = entity;

	carry_joint_orgs_each(entity, look_at_org, &look);
	if (meeting->head.kind == KIND_MEETING) {
		look_at_series(adopt, meeting);
		look_at_room(adopt, meeting);
		plan(&look, meeting->open, &meeting->clocks);
	} else if (item->head.kind == KIND_ITEM) {
		plan(&look, item->open, &none);
	} else {
		plan(&look, action->open, &action->clocks);
	}
}

/* --- one officer ----------------------------------------------------------------------------- */

static void look_at_person(struct adopt *adopt, const struct person *person)
{
	unsigned needs = 0;

	if (!person->active || person->org == NULL)
		return;
	if (!org_stands(adopt->rules, person->org, adopt->now))
		needs = NEED_HEIR;
	else if (adopt_seen_by_more(adopt, person))
		needs = NEED_SIGHT;
	if (needs == 0)
		return;
	MEM_GROW(adopt->people, adopt->n_people, adopt->cap_people);
	adopt->people[adopt->n_people++] = (struct adopt_carried){
		person->head.id, needs, arena_strdup(&adopt->arena, person->name),
		arena_strdup(&adopt->arena, person->org)
	};
}

/* Those whom nobody takes over: who may still log in stands against it, the others stay where they
 * are, on the list of accounts without a unit. */
static enum err look_for_homes(struct adopt *adopt, struct error *err)
{
	const struct db_ops *db = adopt->writer->service->db;
	size_t kept = 0;

	for (size_t i = 0; i < adopt->n_people; i++) {
		const struct adopt_carried *person = &adopt->people[i];
		struct db_account account;
		struct tally *tally;
		enum err code;

		if (person->needs != NEED_HEIR || adopt_heir(adopt, person->org, NULL) != NULL) {
			adopt->people[kept++] = *person;
			continue;
		}
		code = db->account_get(adopt->writer->db, person->name, &adopt->one, &account, err);
		if (code != ERR_OK && code != ERR_NOT_FOUND)
			return code;
		if (code != ERR_OK || !account.active)
			continue;
		tally = tally_of(adopt, &adopt->homeless, person->org, NULL);
		if (tally->example == NULL)
			tally->example = person->name;
		tally->people++;
	}
	adopt->n_people = kept;
	return ERR_OK;
}

/* --- all ------------------------------------------------------------------------------------- */

static bool each(void *ctx, const struct db_entity *row)
{
	struct adopt *adopt = ctx;
	struct entity *head;
	void *entity;

	arena_reset(&adopt->one);
	adopt->code = entity_decode(row->bytes, row->len, &adopt->one, &entity, &adopt->err);
	if (adopt->code != ERR_OK)
		return false;
	head = entity;
	if (head->kind == KIND_INCIDENT)
		look_at_case(adopt, entity);
	else if (head->kind == KIND_WHISTLE)
		look_at_whistle(adopt, entity);
	else if (is_joint(head->kind))
		look_at_joint(adopt, entity);
	else if (head->kind == KIND_PERSON)
		look_at_person(adopt, entity);
	else
		adopt_look_at_duty(adopt, entity);
	return true;
}

/* An emergency is ended by a person, not by a change of the rules. */
static enum err check_mode(struct adopt *adopt, struct error *err)
{
	const struct mode_rule *mode;
	const char *code = NULL;
	enum err rc = mode_in_force(adopt->writer, &code, err);

	if (rc != ERR_OK || code == NULL)
		return rc;
	mode = rules_mode(adopt->old, code);
	if (mode == NULL || !mode->emergency)
		return ERR_OK;
	for (size_t i = 0; i < adopt->rules->n_modes; i++)
		if (str_eq(adopt->rules->modes[i].code, code))
			return ERR_OK;
	return error_set(err, ERR_REFUSED,
			 _("the mode %s is in force and the new profile lacks it: end it first"),
			 mode->label);
}

static enum err check_maps(const struct adopt *adopt, struct error *err)
{
	for (size_t i = 0; i < adopt->ask->n_maps; i++) {
		const char *equals = strchr(adopt->ask->maps[i], '=');

		if (equals == NULL || equals == adopt->ask->maps[i])
			return error_set(err, ERR_INPUT, _("%.60s: OLD=NEW is wanted"),
					 adopt->ask->maps[i]);
		if (memchr(adopt->ask->maps[i], ':', (size_t)(equals - adopt->ask->maps[i]))) {
			if (carry_kind_stands(adopt->rules, equals + 1))
				continue;
			return error_set(
				err, ERR_INPUT,
				_("%.40s is no kind and class of whistles in the new profile"),
				equals + 1);
		}
		if (rules_step(adopt->rules, equals + 1) == NULL)
			return error_set(err, ERR_INPUT, _("%.40s is no step of the new profile"),
					 equals + 1);
	}
	return ERR_OK;
}

enum err adopt_plan(struct adopt *adopt, struct error *err)
{
	struct str words = STR_INIT;
	enum err code = check_maps(adopt, err);

	if (code == ERR_OK)
		code = check_mode(adopt, err);
	if (code == ERR_OK)
		code = adopt->writer->service->db->entity_scan(adopt->writer->db, 0, each, adopt,
							       err);
	if (code == ERR_OK && adopt->code != ERR_OK)
		code = error_set(err, adopt->code, "%s", adopt->err.text);
	if (code == ERR_OK)
		code = look_for_homes(adopt, err);
	if (code != ERR_OK)
		return code;
	adopt_say_against(adopt, &words);
	if (words.len > 0)
		code = error_set(err, ERR_REFUSED, "%s", words.s);
	str_release(&words);
	return code;
}
