#include <config.h>

#include "zhiban/model/handover.h"

#include <stdlib.h>
#include <string.h>

#include "handover_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/handover.h"
#include "zhiban/model/left.h"

struct must_read *must_read_new(struct client *client, const struct must_asked *asked)
{
	struct must_read *must = mem_alloc(sizeof *must);

	must->client = client;
	must->rules = client_rules(client);
	must->now = client_now(client);
	arena_init(&must->arena);
	arena_init(&must->filter_arena);
	must->asked = *asked;
	must->asked.org = arena_strdup(&must->arena, asked->org);
	return must;
}

static void leave_stage(struct must_read *must)
{
	client_scan_free(must->scan);
	must->scan = NULL;
	arena_reset(&must->filter_arena);
	must->filter = NULL;
	must->key = (struct row_key){ .set = false };
	must->due = (struct deadline_key){ .set = false };
	must->at = must->looked = 0;
	must->begun = false;
}

void must_read_free(struct must_read *must)
{
	if (must == NULL)
		return;
	leave_stage(must);
	arena_release(&must->filter_arena);
	arena_release(&must->arena);
	free(must);
}

static must_stage *const stages[] = {
	must_alarms,  must_overdue, must_pressing, must_instructions, must_promises, must_countersigns,
	must_marked,  must_hard,    must_roster,       must_swaps,    must_papers,
	must_changed, must_tallies,
};

bool must_read_step(struct must_read *must)
{
	if (must->stage < ARRAY_LEN(stages) && !stages[must->stage](must)) {
		leave_stage(must);
		must->stage++;
	}
	return must->stage < ARRAY_LEN(stages);
}

const struct handed *must_read_items(const struct must_read *must, size_t *ret_n)
{
	*ret_n = must->n;
	return must->items;
}

const struct tallied *must_read_tallies(const struct must_read *must, size_t *ret_n)
{
	*ret_n = must->n_tallies;
	return must->tallies;
}

/* ---- adding ---- */

static bool is_there(const struct must_read *must, enum handed_sort sort, const struct handed *item)
{
	for (size_t i = 0; i < must->n; i++) {
		const struct handed *one = &must->items[i];

		if (!str_eq(one->kind, item->kind) || !str_eq(one->about, item->about))
			continue;
		/* what changed is only told of what nothing else is told of */
		if (sort == HANDED_CHANGED || str_eq(one->sort, handed_sort_code(sort)))
			return true;
	}
	return false;
}

bool must_add(struct must_read *must, enum handed_sort sort, const struct handed *item)
{
	struct arena *arena = &must->arena;

	if (is_there(must, sort, item))
		return true;
	must->found[sort]++;
	if (must->each[sort] >= MUST_EACH)
		return false;
	must->each[sort]++;
	must->items[must->n++] = (struct handed){
		.sort = handed_sort_code(sort),
		.kind = arena_strdup(arena, item->kind),
		.about = arena_strdup(arena, item->about),
		.number = arena_strdup(arena, item->number),
		.title = arena_strdup(arena, item->title),
		.words = arena_strdup(arena, item->words),
		.due = item->due,
	};
	return true;
}

void must_tally(struct must_read *must, const char *code, int64_t n, const char *list,
		const char *label, const char *filter)
{
	struct arena *arena = &must->arena;

	if (must->n_tallies == ARRAY_LEN(must->tallies))
		return;
	must->tallies[must->n_tallies++] = (struct tallied){
		.code = arena_strdup(arena, code), .label = arena_strdup(arena, label), .n = n,
		.list = arena_strdup(arena, list), .filter = arena_strdup(arena, filter),
	};
}

/* ---- the desk ---- */

/* Before that, nobody at the desk remembers what he took over. */
#define SINCE_MOST (INT64_C(24) * HOUR_MS)

static bool near_half(const struct rules *rules, const struct handover_desk *desk, int64_t now)
{
	int64_t half;

	if (desk->plan->half_at < 0 || desk->starts == 0)
		return false;
	half = civil_ms_of_day(civil_day_of_ms(now, rules->offset_min), rules->offset_min) +
	       desk->plan->half_at * MINUTE_MS;
	if (half < desk->starts || half > desk->ends)
		return false;
	return llabs(now - half) < llabs(desk->ends - now);
}

static void desk_since(struct handover_desk *desk, int64_t now)
{
	const struct handover *before = desk->has ? desk->now.handover : NULL;

	desk->since = desk->starts != 0 && desk->starts < now ? desk->starts : now - SINCE_MOST / 2;
	if (before != NULL && desk->fresh && before->in_at != 0 && before->in_at < now &&
	    now - before->in_at < SINCE_MOST)
		desk->since = before->in_at;
	if (before != NULL && !desk->fresh && before->starts != 0 && before->starts < now)
		desk->since = before->starts;
}

enum err handover_of_desk(struct client *client, const char *plan, struct arena *arena,
			  struct handover_desk *ret_desk, struct error *err)
{
	const struct actor *actor = client_actor(client);
	const struct rules *rules = client_rules(client);
	struct handover_desk desk = { .org = actor != NULL ? actor->org : NULL };
	int64_t now = client_now(client);
	enum err code;

	if (actor == NULL)
		return error_set(err, ERR_AUTH, _("nobody is logged in"));
	desk.plan = handover_plan(rules, desk.org, plan);
	if (desk.plan == NULL)
		return error_set(err, ERR_NOT_FOUND,
				 _("%s has no roster, so nothing is handed over there"),
				 rules_org(rules, desk.org) != NULL ? rules_org(rules, desk.org)->name
								    : desk.org);
	code = client_handover_now(client, desk.org, desk.plan->code, arena, &desk.now, err);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	desk.has = code == ERR_OK;
	desk.fresh = !desk.has || handover_state(desk.now.handover) >= HANDOVER_TAKEN;
	desk.shift = handover_shift(rules, desk.plan, client_mode_code(client), now,
				    desk.has && desk.fresh ? desk.now.handover : NULL, &desk.starts,
				    &desk.ends);
	if (!desk.fresh) {
		desk.shift = plan_shift(desk.plan, desk.now.handover->shift);
		desk.starts = desk.now.handover->starts;
		desk.ends = desk.now.handover->ends;
	}
	desk.half = desk.fresh ? near_half(rules, &desk, now) : desk.now.handover->half != 0;
	desk_since(&desk, now);
	*ret_desk = desk;
	return ERR_OK;
}

static bool stands_now(struct client *client, const char *org, const char *officer, int64_t now,
		       struct arena *arena)
{
	struct duty_now duty;

	if (client_on_duty(client, org, now, arena, &duty, NULL) != ERR_OK)
		return false;
	for (size_t i = 0; i < duty.n_now; i++)
		if (str_eq(duty.now[i].turn->name, officer) &&
		    (duty.now[i].post == NULL || !duty.now[i].post->phone))
			return true;
	return false;
}

bool handover_is_due(struct client *client)
{
	const struct actor *actor = client_actor(client);
	int64_t now = client_now(client);
	struct arena arena = ARENA_INIT;
	struct handover_desk desk;
	bool due = false;

	if (actor != NULL && !client_read_only(client) &&
	    handover_of_desk(client, NULL, &arena, &desk, NULL) == ERR_OK) {
		const struct handover *last = desk.has ? desk.now.handover : NULL;
		bool took = last != NULL && desk.fresh && str_eq(last->in_by, actor->officer) &&
			    now - last->in_at < SINCE_MOST;
		bool gave = last != NULL && !desk.fresh && last->out_by != NULL;

		due = !gave && desk.ends != 0 && desk.ends - now < HOUR_MS &&
		      (took || stands_now(client, desk.org, actor->officer, now, &arena)) &&
		      !(last != NULL && desk.fresh && last->in_at > desk.ends - HOUR_MS);
	}
	arena_release(&arena);
	return due;
}

/* ---- the act ---- */

static void give(struct handover_act *act, const char *name, struct value value)
{
	const struct field *field = act_arg_field(act->act, name);

	if (field != NULL && value_is_set(value))
		act->given[act->n_given++] = (struct given){ field, value };
}

static void give_text(struct handover_act *act, const char *name, const char *text)
{
	give(act, name, (struct value){ .is_text = true, .text = text });
}

static void give_num(struct handover_act *act, const char *name, int64_t num)
{
	give(act, name, (struct value){ .num = num });
}

void handover_prepare(const struct handover_desk *desk, const struct must_read *must, bool half,
		      struct arena *arena, struct handover_act *ret_act)
{
	enum { OTHERS = 8 };
	struct handover_act act = {
		.act = act_desc_of(KIND_HANDOVER, desk->fresh ? "hand_over" : "gather")
	};
	char before[UUID_TEXT];

	act.given = arena_array(arena, must->n + must->n_tallies + OTHERS, sizeof *act.given);
	if (desk->fresh) {
		give_text(&act, "org", desk->org);
		give_text(&act, "plan_code", desk->plan->code);
		if (desk->has) {
			uuid_text(&desk->now.handover->head.id, before);
			give_text(&act, "before", arena_strdup(arena, before));
		}
		give_num(&act, "half", half);
		give_text(&act, "shift", desk->shift != NULL ? desk->shift->code : NULL);
		give_num(&act, "starts", desk->starts);
		give_num(&act, "ends", desk->ends);
	} else {
		act.target = desk->now.handover->head.id;
	}
	for (size_t i = 0; i < must->n; i++)
		give_text(&act, "item", handed_words(&must->items[i], arena));
	for (size_t i = 0; i < must->n_tallies; i++)
		give_text(&act, "tally", tallied_words(&must->tallies[i], arena));
	*ret_act = act;
}

enum err handover_gather(struct client *client, const struct handover_desk *desk, bool half,
			 struct client_done *ret_done, struct error *err)
{
	const struct must_asked asked = { desk->org, desk->plan, desk->since };
	struct must_read *must = must_read_new(client, &asked);
	struct arena arena = ARENA_INIT;
	struct handover_act act;
	enum err code;

	while (must_read_step(must))
		continue;
	handover_prepare(desk, must, half, &arena, &act);
	code = client_act(client, act.act, uuid_is_nil(&act.target) ? NULL : &act.target, act.given,
			  act.n_given, ret_done, err);
	arena_release(&arena);
	must_read_free(must);
	return code;
}

size_t handover_unsent(struct client *client, const struct uuid *handover)
{
	struct arena arena = ARENA_INIT;
	struct client_waiting *rows;
	size_t n = 0, unsent = 0;

	if (client_outbox(client, false, &arena, &rows, &n, NULL) != ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++)
		unsent += rows[i].state <= OUTBOX_SENT &&
			  !uuid_eq(&rows[i].act.target.id, handover);
	arena_release(&arena);
	return unsent;
}

bool handover_offline(const struct client_link *link)
{
	return link->state == LINK_OFFLINE || link->state == LINK_TROUBLE;
}

/* ---- words ---- */

void handed_show(const struct rules *rules, const struct handed *item, int64_t now, struct str *out)
{
	char left[LEFT_TEXT], when[CIVIL_TEXT];

	if (item->words != NULL)
		str_add(out, item->words);
	if (item->due == 0)
		return;
	civil_format(item->due, rules->offset_min, "m-d H:M", when, sizeof when);
	left_words(item->due, now, left);
	str_addf(out, "%s", out->len > 0 ? "  " : "");
	if (item->due <= now)
		str_addf(out, _("over by %s (%s)"), left, when);
	else
		str_addf(out, _("in %s (%s)"), left, when);
}

void handover_shift_words(const struct rules *rules, const struct handover *handover,
			  struct str *out)
{
	const struct roster_plan *plan = handover_plan(rules, handover->org, handover->plan);
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, handover->shift) : NULL;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	if (handover->starts == 0)
		return;
	civil_format(handover->starts, rules->offset_min, "m-d H:M", from, sizeof from);
	civil_format(handover->ends, rules->offset_min, "H:M", to, sizeof to);
	str_addf(out, "%s-%s %s", from, to, shift != NULL ? shift->label : "");
	if (handover->half)
		str_addf(out, "  %s", _("half of the night"));
}

static int by_sort(const void *a, const void *b)
{
	const struct handed *x = *(const struct handed *const *)a;
	const struct handed *y = *(const struct handed *const *)b;
	enum handed_sort sx = handed_sort_find(x->sort), sy = handed_sort_find(y->sort);

	if (sx != sy)
		return sx < sy ? -1 : 1;
	if (x->due != y->due)
		return x->due == 0 ? 1 : y->due == 0 ? -1 : x->due < y->due ? -1 : 1;
	if (x->number != NULL && y->number != NULL && !str_eq(x->number, y->number))
		return strcmp(x->number, y->number);
	return uuid_cmp(&x->id, &y->id);
}

void handover_sorted(const struct handover *handover, struct arena *arena,
		     const struct handed ***ret_items, size_t *ret_n)
{
	size_t n = handover->items.n;
	const struct handed **items = arena_array(arena, n + 1, sizeof *items);

	for (size_t i = 0; i < n; i++)
		items[i] = handover_item(handover, i);
	qsort(items, n, sizeof *items, by_sort);
	*ret_items = items;
	*ret_n = n;
}
