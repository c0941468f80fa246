/* A month of the centre's roster: people of its pools, seats filled in turn, some left empty, a cover, a
 * take-over that waits for the chief, time off, swaps that wait. */
#include <config.h>

#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/roster_check.h"

#define LI "李敏", "zhongxin", "duty"
#define CHIEF "赵刚", "zhongxin", "chief"

static const struct {
	const char *name, *org, *title, *phone, *posts;
} people[] = {
	{ "王建国", "zhongxin", "副主任", "13861120002", "leader" },
	{ "周明", "zhongxin", "主任", "13861120001", "leader" },
	{ "吴凯", "zhongxin", "副主任", "13861120009", "leader" },
	{ "赵刚", "zhongxin", "值班长", "13861120021", "chief main" },
	{ "钱进", "zhongxin", "值班长", "13861120022", "chief main" },
	{ "郑爽", "zhongxin", "值班长", "13861120023", "chief" },
	{ "沈立群", "zhongxin", "值班长", "13861120024", "chief" },
	{ "何平", "zhongxin", "值班长", "13861120025", "chief" },
	{ "李敏", "zhongxin", NULL, "13861120031", "main" },
	{ "孙丽", "zhongxin", NULL, "13861120032", "main" },
	{ "陈晓华", "zhongxin", NULL, "13861120033", "main" },
	{ "刘洋", "zhongxin", NULL, "13861120034", "main" },
	{ "欧阳建国", "zongzhi", NULL, "13861120035", "main" },
	{ "马超", "rexian", NULL, "13861120041", "deputy" },
	{ "胡静", "rexian", NULL, "13861120042", "deputy" },
	{ "林涛", "rexian", NULL, "13861120043", "deputy" },
	{ "高峰", "yingzhi", NULL, "13861120051", NULL },
	{ "罗兰", "yingzhi", NULL, "13861120052", NULL },
	{ "梁红", "yingzhi", NULL, "13861120053", NULL },
	{ "宋伟", "senfang", NULL, "13861120061", NULL },
	{ "唐军", "senfang", NULL, "13861120062", NULL },
	{ "许静", "senfang", NULL, "13861120063", NULL },
	{ "韩雪", "zongzhi", NULL, "13861120071", NULL },
	{ "冯刚", "wangge", NULL, "13861120072", NULL },
	{ "董洁", "wangge", NULL, "13861120073", NULL },
	{ "程亮", "chengzhi", NULL, "13861120074", NULL },
	{ "曹阳", "chengzhi", NULL, "13861120075", NULL },
	{ "袁方", "laojian", NULL, "13861120076", NULL },
	{ "邓超", "laojian", NULL, "13861120077", NULL },
	{ "傅强", "fangxun", NULL, "13861120078", NULL },
	{ "曾敏", "fangxun", NULL, "13861120079", NULL },
	{ "彭飞", "shijianxi", NULL, "13861120080", NULL },
	{ "吕梅", "shijianxi", NULL, "13861120081", NULL },
};

struct making {
	struct world *world;
	const struct roster_plan *plan;
	char month[ROSTER_MONTH];
	const struct staff *staff[ARRAY_LEN(people)];
	struct roster *roster; /* as it grows */
	const struct roster *rosters[1];
	struct roster_view view;
	const char **cells;
	size_t n_cells;
	size_t stood[ARRAY_LEN(people)];
};

static struct uuid person_id(const char *name)
{
	return uuid_named(name);
}

static const char *id_words(struct world *world, const struct uuid *id)
{
	char text[40];

	uuid_words(id, text);
	return arena_strdup(&world->arena, text);
}

/* ---- by the real rulebook, with what it looks at beside ---- */

static void look_beside(struct world *world, const struct act *act, struct state *state)
{
	struct near_id *ids;
	const void **near;
	size_t n;

	decide_near(&world->profile->rules, act, state->entity, &world->arena, &ids, &n);
	near = arena_array(&world->arena, n + 1, sizeof *near);
	for (size_t i = 0; i < n; i++) {
		void *entity;

		if (cache_get(world->cache, ids[i].kind, &ids[i].id, &world->arena, &entity, NULL) ==
		    ERR_OK)
			near[state->n_near++] = entity;
	}
	state->near = near;
}

void world_admit_near(struct world *world, enum kind kind, const char *verb, const struct uuid *id,
		      int64_t before, const char *officer, const char *org, const char *role,
		      const char *const *words)
{
	struct error err = ERROR_INIT;
	const struct act_desc *desc = act_desc_of(kind, verb);
	int64_t at = world->fixed.now - before * MINUTE_MS;
	struct act act = { .id = uuid_v7(&world->env), .desc = desc,
			   .target = { .kind = kind, .id = *id },
			   .actor = { officer, org, role }, .at = at };
	struct moment moment = { at, at };
	struct state state = { .serial = ++world->whistles };
	struct entry entry = { .seq = ++world->seq, .recv = at, .eff = at };
	struct decision decision;
	void *entity;

	for (size_t i = 0; words[i]; i += 2) {
		const struct field *field = act_arg_field(desc, words[i]);
		struct value value;

		world_must(field ? ERR_OK : ERR_INPUT, &err, words[i]);
		world_must(rules_parse(&world->profile->rules, field, words[i + 1], &world->arena,
				       &value, &err),
			   &err, words[i]);
		act_give(&act, field, value, &world->arena);
	}
	if (cache_get(world->cache, kind, id, &world->arena, &entity, NULL) == ERR_OK)
		state.entity = entity;
	look_beside(world, &act, &state);
	world_must(decide(&world->profile->rules, &state, &act, &moment, &world->arena, &decision,
			  &err),
		   &err, verb);
	entry.act = act;
	entry.effects = decision.effects;
	entry.n_effects = decision.n_effects;
	world_must(world_apply(world, &entry, &err), &err, "cache");
}

/* ---- people ---- */

static void add_people(struct making *making)
{
	struct world *world = making->world;

	for (size_t i = 0; i < ARRAY_LEN(people); i++) {
		struct uuid id = person_id(people[i].name);
		const char *words[16] = { "name", people[i].name, "org", people[i].org, "phone",
					  people[i].phone };
		struct error err = ERROR_INIT;
		void *entity;
		size_t n = 6;

		if (people[i].title) {
			words[n++] = "title";
			words[n++] = people[i].title;
		}
		if (people[i].posts) {
			words[n++] = "posts";
			words[n++] = people[i].posts;
		}
		words[n++] = "order";
		words[n++] = arena_printf(&world->arena, "%zu", i + 1);
		words[n] = NULL;
		world_admit_near(world, KIND_STAFF, "engage", &id, 60000, CHIEF, words);
		world_must(cache_get(world->cache, KIND_STAFF, &id, &world->arena, &entity, &err),
			   &err, people[i].name);
		making->staff[i] = entity;
	}
}

/* ---- seats, each to who has stood least and may ---- */

static void put(struct making *making, const struct need *need, size_t who)
{
	struct world *world = making->world;
	struct uuid id = uuid_named(arena_printf(&world->arena, "turn %zu", making->n_cells));
	struct turn *turn = children_add(&making->roster->turns, child_desc(CHILD_TURN), &id,
					 &world->arena);
	struct cell cell = { .day = need->day, .shift = need->shift->code, .post = need->post->code,
			     .seat = need->seat, .now = making->staff[who]->head.id };

	turn->starts = need->starts;
	turn->ends = need->ends;
	turn->shift = need->shift->code;
	turn->post = need->post->code;
	turn->seat = need->seat;
	turn->staff = id_words(world, &making->staff[who]->head.id);
	turn->name = people[who].name;
	making->cells[making->n_cells++] = cell_words(&cell, &world->arena);
	making->stood[who]++;
}

static void fill(struct making *making, const struct need *need)
{
	size_t best = ARRAY_LEN(people);

	for (size_t i = 0; i < ARRAY_LEN(people); i++) {
		if (roster_would_break(&making->view, need, making->staff[i], NULL))
			continue;
		if (best == ARRAY_LEN(people) || making->stood[i] < making->stood[best])
			best = i;
	}
	if (best < ARRAY_LEN(people))
		put(making, need, best);
}

static void fill_month(struct making *making)
{
	struct world *world = making->world;
	struct need *needs = arena_array(&world->arena, NEEDS_MOST, sizeof *needs);
	int32_t first, end, day;
	struct uuid id = roster_id("zhongxin", making->plan->code, making->month);
	const char **words;
	size_t n = 0;

	if (!month_days(making->month, &first, &end))
		return;
	making->roster = entity_new(KIND_ROSTER, &id, &world->arena);
	making->rosters[0] = making->roster;
	making->cells = arena_array(&world->arena, 31 * NEEDS_MOST, sizeof *making->cells);
	for (day = first; day < end - 2; day++) { /* the last two days wait to be filled */
		size_t asked = roster_needs(&world->profile->rules, making->plan, day, NULL, needs);

		for (size_t i = 0; i < asked; i++)
			fill(making, &needs[i]);
	}
	words = arena_array(&world->arena, making->n_cells * 2 + 10, sizeof *words);
	words[n++] = "org";
	words[n++] = "zhongxin";
	words[n++] = "plan_code";
	words[n++] = making->plan->code;
	words[n++] = "month";
	words[n++] = making->month;
	words[n++] = "reason";
	words[n++] = "月初编排";
	for (size_t i = 0; i < making->n_cells; i++) {
		words[n++] = "cell";
		words[n++] = making->cells[i];
	}
	words[n] = NULL;
	world_admit_near(world, KIND_ROSTER, "roster", &id, 40000, CHIEF, words);
}

/* ---- what came after ---- */

static const struct turn *turn_of(struct world *world, const char *month, const char *plan, int day,
				  const char *shift, const char *post)
{
	struct uuid id = roster_id("zhongxin", plan, month);
	struct error err = ERROR_INIT;
	int32_t first, end;
	void *roster;

	world_must(cache_get(world->cache, KIND_ROSTER, &id, &world->arena, &roster, &err), &err,
		   "month");
	(void)month_days(month, &first, &end);
	return roster_turn_at(&world->profile->rules, roster, first + day - 1, shift, post, 1);
}

static void after(struct making *making)
{
	struct world *world = making->world;
	struct uuid month = roster_id("zhongxin", making->plan->code, making->month);
	struct uuid away = person_id("孙丽"), swap = uuid_named("swap 1"), other = uuid_named("swap 2");
	const struct turn *turn = turn_of(world, making->month, making->plan->code, 25, "day", "main");
	const struct turn *next = turn_of(world, making->month, making->plan->code, 27, "day", "main");
	const char *roster = id_words(world, &month);
	const char *off[] = { "from_at", "2026-11-24 00:00", "to_at", "2026-11-27 00:00", "reason",
			      "外出培训", NULL };

	world_admit_near(world, KIND_STAFF, "timeoff", &away, 300, LI, off);
	if (turn) {
		const char *fix[] = { "turn_id", id_words(world, &turn->id), NULL };

		world_admit_near(world, KIND_ROSTER, "fix_seat", &month, 200, CHIEF, fix);
	}
	if (turn && next) {
		const char *words[] = { "roster_id", roster, "turn_id", id_words(world, &turn->id),
					"reason", "家中有事", NULL };

		world_admit_near(world, KIND_SWAP, "swap", &swap, 120, turn->name, "zhongxin", "duty",
				 words);
		words[3] = id_words(world, &next->id);
		words[5] = "孩子家长会";
		world_admit_near(world, KIND_SWAP, "swap", &other, 60, next->name, "zhongxin", "duty",
				 words);
	}
	turn = turn_of(world, making->month, making->plan->code, 23, "night", "main");
	if (turn) {
		struct uuid who = person_id("刘洋");
		const char *cover[] = { "turn_id", id_words(world, &turn->id), "who",
					id_words(world, &who), "reason", "临时出差，已说好",
					"despite", "人手不足", NULL };

		world_admit_near(world, KIND_ROSTER, "cover", &month, 100, CHIEF, cover);
	}
	turn = turn_of(world, making->month, making->plan->code, 21, "night", "deputy");
	if (turn) {
		struct uuid who = person_id("林涛");
		const char *words[] = { "turn_id", id_words(world, &turn->id), "who",
					id_words(world, &who), "reason", "突发高热，送医", NULL };

		world_admit_near(world, KIND_ROSTER, "takeover", &month, 50, LI, words);
	}
}

void world_roster(struct world *world)
{
	struct making making = { .world = world };

	making.plan = rules_plan_of(&world->profile->rules, world->profile->rules.centre, 0);
	if (!making.plan)
		return;
	snprintf(making.month, sizeof making.month, "2026-11");
	add_people(&making);
	making.view = (struct roster_view){ .rules = &world->profile->rules, .plan = making.plan,
					    .rosters = making.rosters, .n_rosters = 1,
					    .staff = making.staff, .n_staff = ARRAY_LEN(people) };
	fill_month(&making);
	after(&making);
}
