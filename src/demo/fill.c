#include <config.h>

#include "zhiban/demo/fill.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/demo/meeting.h"
#include "zhiban/demo/roster.h"
#include "zhiban/server/bulk.h"

enum { BATCH = 500, LIVING_MOST = 240, LIVING_DAYS = 3 };
enum { WHISTLES_MOST = 60, WHISTLE_DAYS = 24 };
enum { TOLD_DAYS = 13, OLD_MOST = 400 }; /* cases that handovers speak of */

int64_t demo_living(int64_t incidents)
{
	int64_t rest = incidents - demo_hard(incidents);

	return rest < LIVING_MOST ? rest : LIVING_MOST;
}

int64_t demo_first_living(int64_t incidents)
{
	return incidents - demo_hard(incidents) - demo_living(incidents);
}

int64_t demo_living_at(const struct demo_plan *plan, int64_t i)
{
	int64_t span = LIVING_DAYS * DAY_MS;

	return plan->now - span + span * i / demo_living(plan->incidents);
}

/* A batch on its way to the server. */
struct batch {
	struct service *service;
	struct arena arena; /* of the acts */
	struct act acts[BATCH];
	int64_t moments[BATCH];
	size_t n;
};

/* What a filled server holds already is no error: a demo that was interrupted is filled again. */
static enum err flush(struct batch *batch, struct error *err)
{
	struct bulk_result results[BATCH];
	enum err rc;

	if (batch->n == 0)
		return ERR_OK;
	rc = service_bulk(batch->service, batch->acts, batch->moments, batch->n, results, err);
	if (rc != ERR_OK)
		return rc;
	for (size_t i = 0; i < batch->n; i++)
		if (results[i].code != ERR_OK && results[i].code != ERR_EXISTS)
			return error_set(err, ERR_CORRUPT, _("the demo's act %s was refused: %s"),
					 batch->acts[i].desc->verb, results[i].sentence);
	batch->n = 0;
	arena_reset(&batch->arena);
	return ERR_OK;
}

static enum err put(struct batch *batch, const struct act *act, int64_t moment, struct error *err)
{
	batch->acts[batch->n] = *act;
	batch->moments[batch->n++] = moment;
	return batch->n == BATCH ? flush(batch, err) : ERR_OK;
}

static void give(struct act *act, const char *name, const char *text, struct arena *arena)
{
	act_give(act, act_arg_field(act->desc, name),
		 (struct value){ .is_text = true, .text = text }, arena);
}

static enum err put_people(struct batch *batch, struct demo *demo, int64_t when,
			   const struct demo_people *people, struct error *err)
{
	enum err rc = ERR_OK;

	demo_turn(demo, UINT64_MAX - 1, when);
	for (size_t i = 0; i < people->n && rc == ERR_OK; i++) {
		const struct demo_person *person = &people->items[i];
		struct act act = { .id = uuid_v7(&demo->env), .desc = act_desc_find("enlist"),
				   .actor = { "system", demo->rules->centre, "system" },
				   .at = when };

		act.target.kind = KIND_PERSON;
		act.target.id = uuid_named(arena_printf(&batch->arena, "person:%s", person->name));
		give(&act, "name", person->name, &batch->arena);
		give(&act, "org", person->org, &batch->arena);
		give(&act, "role", person->role, &batch->arena);
		give(&act, "phone", person->phone, &batch->arena);
		rc = put(batch, &act, when, err);
	}
	return rc;
}

static int64_t history_end(const struct demo_plan *plan)
{
	return plan->now - LIVING_DAYS * DAY_MS;
}

/* History reaches back 60 days, or a year when there is much of it. */
static int64_t history_at(const struct demo_plan *plan, int64_t n, int64_t i)
{
	int64_t span = (plan->incidents > 20000 ? 365 : 60) * DAY_MS;

	return history_end(plan) - span + span * i / n;
}

/* Each case was closed within ten days. */
static enum err put_history(struct batch *batch, struct demo *demo, const struct demo_plan *plan,
			    int64_t n, struct error *err)
{
	enum err rc = ERR_OK;

	for (int64_t i = 0; i < n && rc == ERR_OK; i++) {
		int64_t when = history_at(plan, n, i), closed;
		struct act act;

		demo_turn(demo, (uint64_t)i ^ (UINT64_C(0x434c4f5345) << 20), when);
		closed = when + HOUR_MS + (int64_t)demo_below(demo, (size_t)(10 * DAY_MS));
		if (closed >= plan->now)
			closed = plan->now - HOUR_MS;
		demo_case(demo, (uint64_t)i, when, closed, &batch->arena, &act, NULL);
		act.actor = (struct actor){ "system", demo->rules->centre, "system" };
		rc = put(batch, &act, closed, err);
		if (plan->progress != NULL && i % BATCH == 0)
			plan->progress(plan->ctx, i, plan->incidents);
	}
	return rc;
}

/* The latest of the living cases that was registered before `when`: what a whistle is blown from. */
static struct uuid case_before(struct demo *demo, const struct demo_plan *plan, int64_t first,
			       int64_t when)
{
	int64_t n = demo_living(plan->incidents);
	struct arena arena = ARENA_INIT;
	struct uuid id = { { 0 } };

	for (int64_t i = n - 1; i >= 0; i--) {
		struct act act;

		if (demo_living_at(plan, i) + HOUR_MS > when)
			continue;
		demo_case(demo, (uint64_t)(first + i), demo_living_at(plan, i), 0, &arena, &act, NULL);
		id = act.target.id;
		break;
	}
	arena_release(&arena);
	return id;
}

/* Whistles reach back four weeks: each is told whole, up to now. */
static void tell_whistles(struct demo *demo, const struct demo_plan *plan,
			  const struct demo_people *people, int64_t first, struct arena *arena,
			  struct demo_tale *tale)
{
	int64_t n = plan->incidents / 40 + 4, span = WHISTLE_DAYS * DAY_MS;

	if (n > WHISTLES_MOST)
		n = WHISTLES_MOST;
	for (int64_t i = 0; i < n; i++) { /* closer together towards the end */
		int64_t back = span * (n - i) / n * (n - i) / n, when = plan->now - back - HOUR_MS;
		struct uuid from = { { 0 } };

		if (i % 3 == 0)
			from = case_before(demo, plan, first, when);
		demo_whistle(demo, people, (uint64_t)i, when, plan->now, &from, arena, tale);
	}
	demo_tale_sort(tale);
}

/* --- the cases that handovers speak of ---------------------------------------------------------- */

struct counting { /* numbers as the server gives them: by day, in the order of time */
	int64_t day, n;
};

static const char *number_next(const struct demo *demo, struct counting *count, int64_t when,
			       struct arena *arena)
{
	int64_t day = civil_day_of_ms(when, demo->rules->offset_min);
	char text[CIVIL_TEXT];

	if (day != count->day)
		*count = (struct counting){ day, 0 };
	count->n++;
	if (arena == NULL)
		return NULL;
	civil_format(when, demo->rules->offset_min, "Ymd", text, sizeof text);
	return arena_printf(arena, "%s-%04lld", text, (long long)count->n);
}

static void add_case(struct demo *demo, uint64_t index, int64_t when, int64_t closed,
		     const char *number, struct arena *arena, struct demo_cases *cases)
{
	struct arena scratch = ARENA_INIT;
	struct act act;

	demo_case(demo, index, when, closed, &scratch, &act, NULL);
	cases->items[cases->n++] = (struct demo_case_at){
		.id = act.target.id,
		.title = arena_strdup(arena, act_text(&act, "title")),
		.at = when,
		.number = number,
		.index = index,
		.urgency = (int)act_value(&act, "urgency", 0).num,
	};
	arena_release(&scratch);
}

/* Of history what fell into the shifts that are told, thinned where there is much. */
static void gather_cases(struct demo *demo, const struct demo_plan *plan, int64_t first,
			 struct arena *arena, struct demo_cases *cases)
{
	struct counting count = { 0, 0 };
	int64_t since = plan->now - TOLD_DAYS * DAY_MS, from = 0, step;

	while (from < first && history_at(plan, first, from) < since)
		from++;
	step = 1 + (first - from) / OLD_MOST;
	cases->items = arena_array(arena, (size_t)(OLD_MOST + demo_living(plan->incidents)) + 2,
				   sizeof *cases->items);
	for (int64_t i = from; i < first; i++) {
		int64_t when = history_at(plan, first, i);
		bool told = (i - from) % step == 0;
		const char *number = number_next(demo, &count, when, told ? arena : NULL);

		/* one of the first day may have others before it that were not counted */
		if (told && when >= since + DAY_MS)
			add_case(demo, (uint64_t)i, when, plan->now, number, arena, cases);
	}
	for (int64_t i = 0; i < demo_living(plan->incidents); i++) {
		int64_t when = demo_living_at(plan, i);
		const char *number = number_next(demo, &count, when, arena);

		add_case(demo, (uint64_t)(first + i), when, 0, number, arena, cases);
	}
}

/* Rosters, who swapped, handovers and the log. */
static void tell_rosters(struct demo *demo, const struct demo_plan *plan,
			 const struct demo_people *people, const struct demo_moves *moves,
			 int64_t first, struct arena *arena, struct demo_tale *tale)
{
	struct demo_cases cases = { .moves = moves };

	gather_cases(demo, plan, first, arena, &cases);
	demo_rosters(demo, people, &cases, plan->now, arena, tale);
}

/* Cases and whistles in the order of time, since clocks fire as it passes. */
static enum err put_in_order(struct batch *batch, struct demo *demo,
			     const struct demo_people *people, const struct demo_moves *moves,
			     const struct demo_tale *tale, struct error *err)
{
	size_t i = 0, k = 0;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && (i < moves->n || k < tale->n)) {
		struct act act;

		if (i == moves->n || (k < tale->n && tale->items[k].at < moves->items[i].at)) {
			rc = put(batch, &tale->items[k].act, tale->items[k].at, err);
			k++;
			continue;
		}
		demo_move_act(demo, people, &moves->items[i], &batch->arena, &act);
		rc = put(batch, &act, moves->items[i].at, err);
		i++;
	}
	return rc;
}

static enum err put_lives(struct batch *batch, struct demo *demo, const struct demo_plan *plan,
			  const struct demo_people *people, int64_t first, struct error *err)
{
	struct demo_moves moves = { NULL, 0, 0 };
	struct demo_tale tale = { .n = 0 };
	struct arena arena = ARENA_INIT;
	int64_t n = demo_living(plan->incidents);
	enum err rc;

	for (int64_t i = 0; i < n; i++)
		demo_life(demo, (uint64_t)(first + i), demo_living_at(plan, i), plan->now, &moves);
	demo_moves_sort(&moves);
	tell_rosters(demo, plan, people, &moves, first, &arena, &tale);
	demo_meetings(demo, people, demo_hard(plan->incidents), plan->now, &arena, &tale, NULL);
	tell_whistles(demo, plan, people, first, &arena, &tale);
	rc = put_in_order(batch, demo, people, &moves, &tale, err);
	if (rc == ERR_OK)
		rc = flush(batch, err); /* before its texts go */
	free(tale.items);
	arena_release(&arena);
	free(moves.items);
	return rc;
}

enum err demo_fill(struct service *service, struct demo *demo, const struct demo_plan *plan,
		   struct error *err)
{
	struct batch *batch = mem_alloc(sizeof *batch);
	struct arena arena = ARENA_INIT;
	struct demo_people people;
	int64_t history = demo_first_living(plan->incidents);
	enum err rc;

	batch->service = service;
	demo_people_make(demo, &arena, &people);
	rc = put_people(batch, demo, plan->now - 90 * DAY_MS, &people, err);
	if (rc == ERR_OK)
		rc = put_history(batch, demo, plan, history, err);
	if (rc == ERR_OK)
		rc = flush(batch, err);
	if (rc == ERR_OK)
		rc = put_lives(batch, demo, plan, &people, history, err);
	if (rc == ERR_OK)
		rc = flush(batch, err);
	if (rc == ERR_OK && plan->progress != NULL)
		plan->progress(plan->ctx, plan->incidents, plan->incidents);
	arena_release(&batch->arena);
	arena_release(&arena);
	free(batch);
	return rc;
}
