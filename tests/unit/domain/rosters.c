#include <config.h>

#include "rosters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *name, *org, *posts, *role;
	int64_t order;
} people[] = {
	{ "李敏", "zx", NULL, "duty", 1 },	  { "周强", "zx", "chief", "chief", 2 },
	{ "陈静", "zx", "chief main", "duty", 3 }, { "郑凯", "zx", "leader", "leader", 4 },
	{ "王芳", "sw", NULL, "dept", 5 },	  { "高原", "sw", NULL, "leader", 6 },
	{ "赵军", "zj", NULL, "dept", 7 },	  { "孙丽", "ll", NULL, "street", 8 },
	{ "沈一", "ll", NULL, "duty", 9 },	  { "何青", "ql", NULL, "street", 10 },
};

/* --- the profile ----------------------------------------------------------------------------- */

static const struct duty_shift centre_shifts[] = {
	{ "w1", "战夜", 0, 8 * 60, true, "war" },
	{ "w2", "战早", 8 * 60, 16 * 60, false, "war" },
	{ "day", "白班", 8 * 60 + 30, 17 * 60 + 30, false, NULL },
	{ "w3", "战中", 16 * 60, 0, false, "war" },
	{ "night", "夜班", 17 * 60 + 30, 8 * 60 + 30, true, NULL },
};
static const char *const nights[] = { "night", NULL }, *const days[] = { "day", NULL };
static const char *const both[] = { "centre", "sw", NULL };
static const struct season flood[] = { { 5, 1, 9, 30, NULL } };
static const struct season fire[] = { { 11, 1, 4, 2, NULL }, { 0, 0, 0, 0, "清明" } };
static const struct duty_post centre_posts[] = {
	{ .code = "leader", .label = "带班领导", .shifts = nights, .seats = 1, .fit = true,
	  .phone = true, .leader = true, .rung = 3 },
	{ .code = "chief", .label = "值班长", .shifts = nights, .seats = 1, .fit = true, .chief = true,
	  .rung = 2 },
	{ .code = "main", .label = "主班", .seats = 1, .pool = both, .rung = 1 },
	{ .code = "flood", .label = "防汛席", .shifts = nights, .seats = 1, .pool = both,
	  .seasons = flood, .n_seasons = 1 },
	{ .code = "fire", .label = "防火席", .shifts = nights, .seats = 1, .pool = both,
	  .seasons = fire, .n_seasons = 2 },
	{ .code = "standby", .label = "备勤", .shifts = nights, .seats = 1, .standby = true },
	{ .code = "desk", .label = "窗口", .shifts = days, .seats = 2 },
	{ .code = "war", .label = "会商席", .seats = 1, .mode = "war" },
};
static const struct duty_shift street_shifts[] = { { "whole", "全天", 480, 480, false, NULL } };
static const struct duty_post street_posts[] = {
	{ .code = "lead", .label = "带班", .seats = 1, .phone = true, .leader = true },
	{ .code = "main", .label = "主班", .seats = 1 },
};

/* Run from here: others have no roster of their tier. */
static void make_managed(struct fixture *fx)
{
	struct org *orgs = arena_dup(&fx->arena, fx->rules.orgs, fx->rules.n_orgs * sizeof *orgs);

	for (size_t i = 0; i < fx->rules.n_orgs; i++)
		orgs[i].managed = 1;
	fx->rules.orgs = orgs;
	rules_index(&fx->rules, &fx->arena);
}

static void make_people(struct rosters *r)
{
	for (size_t i = 0; i < ARRAY_LEN(people); i++) {
		struct uuid id = rosters_person(people[i].name);
		struct staff *staff = entity_new(KIND_STAFF, &id, &r->fx.arena);

		staff->head.version = 1;
		staff->name = people[i].name;
		staff->org = people[i].org;
		staff->posts = people[i].posts;
		staff->order = people[i].order;
		staff->active = 1;
		r->entities[r->n++] = staff;
	}
}

void rosters_init(struct rosters *r)
{
	struct roster_plan *plans;

	*r = (struct rosters){ .n = 0 };
	fixture_init(&r->fx);
	make_managed(&r->fx);
	plans = arena_array(&r->fx.arena, 2, sizeof *plans);
	plans[0] = (struct roster_plan){ .code = "centre", .label = "中心值班表", .of = "centre",
					 .shifts = centre_shifts,
					 .n_shifts = ARRAY_LEN(centre_shifts),
					 .posts = centre_posts, .n_posts = ARRAY_LEN(centre_posts),
					 .rest_min = 24 * 60, .nights = 2, .week_most = 5,
					 .half_at = -1 };
	plans[1] = (struct roster_plan){ .code = "street", .label = "街道值班表", .of = "street",
					 .shifts = street_shifts,
					 .n_shifts = ARRAY_LEN(street_shifts),
					 .posts = street_posts, .n_posts = ARRAY_LEN(street_posts),
					 .file = "weekly 5 16:00", .approve = "leader",
					 .half_at = -1 };
	r->fx.rules.plans = plans;
	r->fx.rules.n_plans = 2;
	make_people(r);
}

void rosters_release(struct rosters *r)
{
	fixture_release(&r->fx);
}

struct roster_plan *rosters_plan(struct rosters *r, const char *code)
{
	return (struct roster_plan *)(uintptr_t)rules_plan(&r->fx.rules, code);
}

struct actor rosters_actor(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		if (strcmp(people[i].name, name) == 0)
			return (struct actor){ name, people[i].org, people[i].role };
	return fixture_actor(name);
}

struct uuid rosters_person(const char *name)
{
	char words[80];

	snprintf(words, sizeof words, "staff %s", name);
	return uuid_named(words);
}

/* --- what there is --------------------------------------------------------------------------- */

void *rosters_entity(struct rosters *r, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < r->n; i++) {
		struct entity *head = r->entities[i];

		if (head->kind == kind && uuid_eq(&head->id, id))
			return head;
	}
	return NULL;
}

struct staff *rosters_staff(struct rosters *r, const char *name)
{
	struct uuid id = rosters_person(name);

	return rosters_entity(r, KIND_STAFF, &id);
}

static struct uuid month_id(const char *target)
{
	char org[20], plan[20], month[20];

	assert_int_equal(sscanf(target, "%19s %19s %19s", org, plan, month), 3);
	return roster_id(org, plan, month);
}

const struct roster *rosters_month(struct rosters *r, const char *target)
{
	struct uuid id = month_id(target);

	return rosters_entity(r, KIND_ROSTER, &id);
}

const struct turn *rosters_turn(struct rosters *r, const char *seat)
{
	const char *colon = strchr(seat, ':'), *at = colon != NULL ? colon + 1 : seat;
	const struct roster *roster;
	char target[60], day[12], shift[20], post[20];
	int n;

	assert_int_equal(sscanf(at, "%11s %19s %19s %d", day, shift, post, &n), 4);
	snprintf(target, sizeof target, "%.*s %s %.7s", colon != NULL ? (int)(colon - seat) : 2,
		 colon != NULL ? seat : "zx", colon != NULL ? "street" : "centre", day);
	roster = rosters_month(r, target);
	if (roster == NULL)
		return NULL;
	return roster_turn_at(&r->fx.rules, roster,
			      civil_day_of_ms(fixture_time(day), CIVIL_CHINA), shift, post, n);
}

const char *rosters_who(struct rosters *r, const char *seat)
{
	const struct turn *turn = rosters_turn(r, seat);

	return turn == NULL ? "-" : turn->name != NULL ? turn->name : "?";
}

const struct swap *rosters_swap(struct rosters *r)
{
	return rosters_entity(r, KIND_SWAP, &r->swap);
}

/* --- acts ------------------------------------------------------------------------------------ */

/* @NAME and #SEAT become ids. */
static const char *with_ids(struct rosters *r, const char *words)
{
	struct str out = STR_INIT;
	char id[40];
	const char *made;

	while (*words != '\0') {
		size_t len = *words == '#' ? strlen(words) : strcspn(words, " ");
		const char *word = arena_strndup(&r->fx.arena, words, len);
		struct uuid person = rosters_person(word + (*word == '@'));
		const struct turn *turn = *word == '#' ? rosters_turn(r, word + 1) : NULL;

		if (*word == '@' || turn != NULL) {
			uuid_words(turn != NULL ? &turn->id : &person, id);
			word = id;
		}
		str_add(&out, word);
		words += len;
		while (*words == ' ')
			str_add_char(&out, *words++);
	}
	made = arena_strdup(&r->fx.arena, str_get(&out));
	str_release(&out);
	return made;
}

static void give(struct rosters *r, struct act *act, const char *pair, size_t len)
{
	char *name = arena_strndup(&r->fx.arena, pair, len), *words = strchr(name, '=');
	const struct field *field;
	struct value value;
	struct error err = ERROR_INIT;

	*words++ = '\0';
	field = act_arg_field(act->desc, name);
	if (field == NULL || rules_parse(&r->fx.rules, field, with_ids(r, words), &r->fx.arena,
					 &value, &err))
		fail_msg("%s: %s %s", act->desc->verb, name, err.text);
	act_give(act, field, value, &r->fx.arena);
}

static struct uuid target_id(struct rosters *r, const struct act *act, const char *target)
{
	switch (act->desc->target) {
	case KIND_ROSTER:
		return month_id(target);
	case KIND_STAFF:
		return rosters_person(target);
	default:
		if (act->desc->conflict == CONFLICT_CREATES)
			r->swap = uuid_child(&act->id, "swap", 0);
		return r->swap;
	}
}

static void set_near(struct rosters *r, const struct act *act, struct state *state)
{
	struct near_id *ids;
	size_t n;
	const void **near;

	decide_near(&r->fx.rules, act, state->entity, &r->fx.arena, &ids, &n);
	near = arena_array(&r->fx.arena, n + 1, sizeof *near);
	for (size_t i = 0; i < n; i++) {
		void *entity = rosters_entity(r, ids[i].kind, &ids[i].id);
		if (entity != NULL)
			near[state->n_near++] = entity;
	}
	state->near = near;
}

/* All or nothing, with what follows. */
static enum err admit(struct rosters *r, const struct act *act, struct error *err)
{
	struct state state = { .entity = rosters_entity(r, act->target.kind, &act->target.id),
			       .serial = r->fx.serial, .mode = r->mode, .base_entity = r->base };
	struct moment moment = { r->fx.now, r->eff != 0 ? r->eff : r->fx.now };
	struct decision decision;
	enum err code;

	set_near(r, act, &state);
	code = decide(&r->fx.rules, &state, act, &moment, &r->fx.arena, &decision, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; code == ERR_OK && i < decision.n_effects; i++) {
		void *entity = (void *)(uintptr_t)state.entity;

		if (entity == NULL) {
			entity = entity_new(act->target.kind, &act->target.id, &r->fx.arena);
			assert_true(r->n < ARRAY_LEN(r->entities));
			r->entities[r->n++] = entity;
		}
		code = evolve(entity, &decision.effects[i], (int64_t)r->fx.n_acts, &r->fx.arena, err);
	}
	for (size_t i = 0; code == ERR_OK && i < decision.n_follow; i++) {
		decision.follow[i].target.base = 1;
		code = admit(r, &decision.follow[i], err);
	}
	r->decision = decision;
	return code;
}

enum err rosters_try(struct rosters *r, enum kind kind, const char *verb, const char *actor,
		     const char *target, const char *args, struct error *err)
{
	struct act act = { .desc = act_desc_of(kind, verb), .actor = rosters_actor(actor),
			   .at = r->fx.now, .by_phone = r->phone };
	const struct entity *there;
	char name[40];
	enum err code;

	if (act.desc == NULL)
		fail_msg("%s", verb);
	snprintf(name, sizeof name, "act %u", ++r->fx.n_acts);
	act.id = uuid_named(name);
	act.n = r->fx.n_acts;
	act.target.kind = kind;
	act.target.id = target_id(r, &act, target);
	there = rosters_entity(r, kind, &act.target.id);
	act.target.base = there != NULL ? there->version : 0;
	for (; *args != '\0'; args += strspn(args, "\n")) {
		size_t len = strcspn(args, "\n");

		give(r, &act, args, len);
		args += len;
	}
	if (strcmp(verb, "roster") == 0 && act_text(&act, "month") == NULL) {
		snprintf(name, sizeof name, "month=%s", strrchr(target, ' ') + 1);
		give(r, &act, name, strlen(name));
	}
	code = admit(r, &act, err);
	r->phone = (struct by_phone){ .org = NULL };
	r->eff = 0;
	r->base = NULL;
	return code;
}

void rosters_must(struct rosters *r, enum kind kind, const char *verb, const char *actor,
		  const char *target, const char *args)
{
	struct error err = ERROR_INIT;

	r->fx.now += MINUTE_MS;
	if (rosters_try(r, kind, verb, actor, target, args, &err) != ERR_OK)
		fail_msg("%s by %s (%s): %s", verb, actor, args, err.text);
}

void rosters_refuse(struct rosters *r, enum kind kind, const char *verb, const char *actor,
		    const char *target, const char *args, enum err code, const char *words)
{
	struct error err = ERROR_INIT;
	enum err got = rosters_try(r, kind, verb, actor, target, args, &err);

	if (got != code || strstr(err.text, words) == NULL)
		fail_msg("%s by %s (%s): %s, not %s: %s", verb, actor, args, err_name(got),
			 err_name(code), err.text);
}
