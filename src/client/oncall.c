/* Who is on duty: the duties of a moment, from the index of their beginnings. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

#include "roster_priv.h"

enum { LONGEST_H = 48, AHEAD_H = 72, OUTINGS_MOST = 200 };

/* ---- leaders who are out ---- */

static enum err read_open(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			  void *fn_ctx, struct error *err)
{
	(void)ctx;
	return cache_each_where(cache, KIND_RECORD, "open", true, "happened_at", OUTINGS_MOST, arena,
				fn, fn_ctx, err);
}

static bool is_out(const struct record *record, int64_t at)
{
	return record_sort_find(record->sort) == RECORD_OUTING && record->from_at <= at &&
	       (record->to_at == 0 || at < record->to_at) &&
	       (record->back_at == 0 || at < record->back_at);
}

static const struct record *outing_of(const struct things *records, const char *name, int64_t at)
{
	for (size_t i = 0; name != NULL && i < records->n; i++) {
		const struct record *record = records->items[i].shown;

		if (is_out(record, at) && str_eq(record->party, name))
			return record;
	}
	return NULL;
}

/* ---- one duty ---- */

struct looking {
	struct client *client;
	struct arena *arena;
	const char *org;
	int64_t at;
	struct things records;
	struct turn_row *rows;
	size_t n;
};

static enum err fill_duty(const struct looking *at, const struct turn_row *row, const char *phone,
			  struct on_duty *duty, struct error *err)
{
	const struct roster_plan *plan = rules_plan(at->client->rules, row->plan);
	struct uuid id = staff_uuid(row->turn.staff);
	struct thing thing = { .shown = NULL };
	enum err code = ERR_OK;

	*duty = (struct on_duty){ .turn = &row->turn, .phone = phone };
	if (plan != NULL) {
		duty->post = plan_post(plan, row->turn.post);
		duty->shift = plan_shift(plan, row->turn.shift);
	}
	if (!uuid_is_nil(&id))
		code = thing_get(at->client, KIND_STAFF, &id, "", at->arena, &thing, err);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	duty->staff = thing.shown;
	if (duty->staff != NULL && duty->staff->phone != NULL)
		duty->phone = duty->staff->phone;
	duty->outing = outing_of(&at->records, row->turn.name, at->at);
	return ERR_OK;
}

static int place_of_post(const struct rules *rules, const struct turn_row *row)
{
	const struct roster_plan *plan = rules_plan(rules, row->plan);
	size_t before = 0;

	for (size_t i = 0; i < rules->n_plans; before += rules->plans[i++].n_posts)
		if (&rules->plans[i] == plan)
			break;
	for (size_t i = 0; plan != NULL && i < plan->n_posts; i++)
		if (str_eq(plan->posts[i].code, row->turn.post))
			return (int)(before + i);
	return (int)before + 1000;
}

struct placed {
	int place;
	const struct turn_row *row;
};

static int by_post(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->row->turn.seat != y->row->turn.seat)
		return x->row->turn.seat < y->row->turn.seat ? -1 : 1;
	return uuid_cmp(&x->row->turn.id, &y->row->turn.id);
}

typedef bool (*picked_fn)(const struct turn *turn, int64_t moment);

static bool stands_at(const struct turn *turn, int64_t moment)
{
	return turn->name != NULL && turn->starts <= moment && moment < turn->ends;
}

static bool begins_at(const struct turn *turn, int64_t moment)
{
	return turn->name != NULL && turn->starts == moment;
}

static enum err pick(const struct looking *at, picked_fn picked, int64_t moment, const char *phone,
		     struct on_duty **ret_duties, size_t *ret_n, struct error *err)
{
	struct placed *placed = arena_array(at->arena, at->n + 1, sizeof *placed);
	struct on_duty *duties;
	size_t n = 0;
	enum err code = ERR_OK;

	for (size_t i = 0; i < at->n; i++)
		if (str_eq(at->rows[i].org, at->org) && picked(&at->rows[i].turn, moment))
			placed[n++] = (struct placed){
				place_of_post(at->client->rules, &at->rows[i]), &at->rows[i] };
	qsort(placed, n, sizeof *placed, by_post);
	duties = arena_array(at->arena, n + 1, sizeof *duties);
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = fill_duty(at, placed[i].row, phone, &duties[i], err);
	if (code == ERR_OK) {
		*ret_duties = duties;
		*ret_n = n;
	}
	return code;
}

/* ---- the shift, as the profile has it ---- */

static bool is_manned(const struct looking *at, const struct roster_plan *plan,
		      const struct need *need)
{
	for (size_t i = 0; i < at->n; i++) {
		const struct turn *turn = &at->rows[i].turn;

		if (stands_at(turn, at->at) && str_eq(at->rows[i].org, at->org) &&
		    str_eq(at->rows[i].plan, plan->code) && str_eq(turn->post, need->post->code) &&
		    turn->seat == need->seat)
			return true;
	}
	return false;
}

/* Seats that must be manned, and nobody stands there; when the earliest of what runs ends. */
static void look_at_needs(const struct looking *at, struct duty_now *duty)
{
	const struct rules *rules = at->client->rules;
	const char *mode = client_mode_code(at->client);
	int32_t today = civil_day_of_ms(at->at, rules->offset_min);
	const struct roster_plan *plan;
	struct need needs[NEEDS_MOST];

	for (size_t p = 0; (plan = rules_plan_of(rules, at->org, p)) != NULL; p++) {
		for (int32_t day = today - 1; day <= today; day++) {
			size_t n = roster_needs(rules, plan, day, mode, needs);

			for (size_t i = 0; i < n; i++) {
				if (needs[i].starts > at->at || needs[i].ends <= at->at)
					continue;
				if (duty->ends == 0 || needs[i].ends < duty->ends)
					duty->ends = needs[i].ends;
				if (!needs[i].may_be_empty && !is_manned(at, plan, &needs[i]))
					duty->gap = true;
			}
		}
	}
}

static void note_moments(const struct looking *at, struct duty_now *duty)
{
	for (size_t i = 0; i < at->n; i++) {
		const struct turn *turn = &at->rows[i].turn;

		if (!str_eq(at->rows[i].org, at->org) || turn->name == NULL)
			continue;
		if (stands_at(turn, at->at) && (duty->ends == 0 || turn->ends < duty->ends))
			duty->ends = turn->ends;
		if (turn->starts > at->at &&
		    (duty->next_starts == 0 || turn->starts < duty->next_starts))
			duty->next_starts = turn->starts;
	}
}

static enum err duty_of(const struct looking *at, struct duty_now *ret_duty, struct error *err)
{
	const struct org *org = rules_org(at->client->rules, at->org);
	struct duty_now duty = { .org = at->org,
				 .plan = rules_plan_of(at->client->rules, at->org, 0),
				 .phone = org != NULL ? org->phone : NULL };
	enum err code;

	note_moments(at, &duty);
	if (duty.plan != NULL)
		look_at_needs(at, &duty);
	code = pick(at, stands_at, at->at, duty.phone, &duty.now, &duty.n_now, err);
	if (code == ERR_OK && duty.next_starts != 0)
		code = pick(at, begins_at, duty.next_starts, duty.phone, &duty.next, &duty.n_next,
			    err);
	if (code == ERR_OK)
		*ret_duty = duty;
	return code;
}

static enum err look(struct client *client, const char *org, int64_t moment, struct arena *arena,
		     struct looking *ret_looking, struct error *err)
{
	struct looking at = { .client = client, .arena = arena, .org = org, .at = moment };
	enum err code = roster_turns(client, org, moment - LONGEST_H * HOUR_MS,
				     moment + AHEAD_H * HOUR_MS, arena, &at.rows, &at.n, err);

	if (code == ERR_OK)
		code = things_all(client, KIND_RECORD, read_open, NULL, arena, &at.records, err);
	if (code == ERR_OK)
		*ret_looking = at;
	return code;
}

enum err client_on_duty(struct client *client, const char *org, int64_t at, struct arena *arena,
			struct duty_now *ret_duty, struct error *err)
{
	struct looking looking;
	enum err code = look(client, org, at, arena, &looking, err);

	return code == ERR_OK ? duty_of(&looking, ret_duty, err) : code;
}

enum err client_all_on_duty(struct client *client, int64_t at, struct arena *arena,
			    struct duty_now **ret_duties, size_t *ret_n, struct error *err)
{
	const struct rules *rules = client->rules;
	struct duty_now *duties = arena_array(arena, rules->n_orgs + 1, sizeof *duties);
	struct looking looking;
	size_t n = 0;
	enum err code = look(client, NULL, at, arena, &looking, err);

	for (size_t i = 0; i < rules->n_orgs && code == ERR_OK; i++) {
		const struct org *org = &rules->orgs[i];

		if (rules_plan_of(rules, org->code, 0) == NULL && org->phone == NULL)
			continue;
		looking.org = org->code;
		code = duty_of(&looking, &duties[n++], err);
	}
	if (code == ERR_OK) {
		*ret_duties = duties;
		*ret_n = n;
	}
	return code;
}
