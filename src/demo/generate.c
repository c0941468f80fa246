#include <config.h>

#include "zhiban/demo/generate.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

void demo_turn(struct demo *demo, uint64_t index, int64_t when)
{
	/* Neighbouring cases must not resemble each other: spread the index over all bits. */
	uint64_t x = demo->seed + (index + 1) * UINT64_C(0x9E3779B97F4A7C15);

	x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
	demo->chance = (struct env_fixed){ .now = when, .seed = x ^ (x >> 31) };
}

size_t demo_below(struct demo *demo, size_t n)
{
	return (size_t)env_below(&demo->env, n);
}

bool demo_one_in(struct demo *demo, size_t n)
{
	return demo_below(demo, n) == 0;
}

const char *demo_pick(struct demo *demo, enum demo_list_id id)
{
	const struct demo_list *list = &demo->words->list[id];

	return list->items[demo_below(demo, list->n)];
}

const char *demo_name(struct demo *demo, struct arena *arena)
{
	const char *family = demo_pick(demo, DEMO_SURNAMES);

	return arena_printf(arena, "%s%s", family, demo_pick(demo, DEMO_GIVEN));
}

/* What stands for a slot: a list, or a number in [low, high]. */
static const struct {
	const char *name;
	enum demo_list_id list; /* DEMO_LISTS: a number */
	int low, high;
} slots[] = {
	{ "{estate}", DEMO_ESTATES, 0, 0 }, { "{road}", DEMO_ROADS, 0, 0 },
	{ "{shop}", DEMO_SHOPS, 0, 0 },	    { "{spot}", DEMO_SPOTS, 0, 0 },
	{ "{n}", DEMO_LISTS, 2, 40 },	    { "{days}", DEMO_LISTS, 2, 15 },
	{ "{hour}", DEMO_LISTS, 18, 23 },   { "{house}", DEMO_LISTS, 5, 60 },
};

static size_t put_slot(struct demo *demo, struct str *out, const char *at)
{
	for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
		if (!str_starts(at, slots[i].name))
			continue;
		if (slots[i].list != DEMO_LISTS)
			str_add(out, demo_pick(demo, slots[i].list));
		else
			str_addf(out, "%d", slots[i].low + (int)demo_below(demo,
				(size_t)(slots[i].high - slots[i].low + 1)));
		return strlen(slots[i].name);
	}
	str_add_char(out, *at);
	return 1;
}

static void fill(struct demo *demo, struct str *out, const char *pattern)
{
	while (*pattern != '\0')
		pattern += put_slot(demo, out, pattern);
}

const char *demo_text(struct demo *demo, const char *pattern, struct arena *arena)
{
	struct str text = STR_INIT;
	const char *made;

	fill(demo, &text, pattern);
	made = arena_strdup(arena, str_get(&text));
	str_release(&text);
	return made;
}

static void give_text(struct act *act, const char *name, const char *text, struct arena *arena)
{
	const struct field *field = act_arg_field(act->desc, name);

	act_give(act, field, (struct value){ .is_text = true, .text = text }, arena);
}

static void give_num(struct act *act, const char *name, int64_t num, struct arena *arena)
{
	const struct field *field = act_arg_field(act->desc, name);

	act_give(act, field, (struct value){ .is_text = false, .num = num }, arena);
}

static size_t pick_kind(struct demo *demo)
{
	size_t left = demo_below(demo, (size_t)demo->words->weights);

	for (size_t i = 0; i < demo->words->n_kinds; i++) {
		if (left < (size_t)demo->words->kinds[i].weight)
			return i;
		left -= (size_t)demo->words->kinds[i].weight;
	}
	return 0;
}

static void put_title(struct demo *demo, const struct demo_kind *kind, struct str *out)
{
	fill(demo, out, kind->titles.items[demo_below(demo, kind->titles.n)]);
	if (demo_below(demo, 100) < 32)
		str_add(out, demo_pick(demo, DEMO_SUFFIXES));
}

/* Most callers are brief; one in sixty writes pages. */
static void put_body(struct demo *demo, const struct demo_kind *kind, const char *title,
		     struct str *out)
{
	size_t paragraphs = demo_one_in(demo, 60) ? 8 + demo_below(demo, 40) : 0;

	str_add(out, demo_pick(demo, DEMO_OPENINGS));
	str_add(out, title);
	str_add(out, "\xE3\x80\x82"); /* ideographic full stop */
	fill(demo, out, kind->details.items[demo_below(demo, kind->details.n)]);
	for (size_t i = 0; i < paragraphs; i++) {
		str_add_char(out, '\n');
		fill(demo, out, demo_pick(demo, DEMO_STORY));
	}
	if (demo_below(demo, 3) > 0)
		fill(demo, out, demo_pick(demo, DEMO_TRIED));
	str_add(out, demo_pick(demo, DEMO_ASKS));
}

static const char *const places[] = { "street", "community", "grid" };

static void give_place(struct demo *demo, struct act *act, struct arena *arena)
{
	const struct org *area = demo->areas[demo_below(demo, demo->n_areas)];
	const char *road = demo_pick(demo, DEMO_ROADS);

	for (const struct org *org = area; org != NULL; org = rules_org(demo->rules, org->parent))
		for (size_t i = 0; i < ARRAY_LEN(places); i++)
			if (str_eq(org->tier, places[i]))
				give_text(act, places[i], org->code, arena);
	give_text(act, "address",
		  arena_printf(arena, "%s%zu\xE5\x8F\xB7", road, 1 + demo_below(demo, 300)), arena);
}

static void give_answer(struct demo *demo, struct act *act, int64_t closed_at, struct arena *arena)
{
	give_num(act, "historic", 1, arena);
	give_num(act, "closed_at", closed_at, arena);
	give_text(act, "reply", demo_pick(demo, DEMO_RESULTS), arena);
}

void demo_case(struct demo *demo, uint64_t index, int64_t when, int64_t closed_at,
	       struct arena *arena, struct act *ret_act, size_t *ret_kind)
{
	struct str title = STR_INIT, body = STR_INIT;
	const struct demo_kind *kind;
	const struct choices *sources = &demo->rules->sources;
	size_t k;

	demo_turn(demo, index, when);
	k = pick_kind(demo);
	kind = &demo->words->kinds[k];
	*ret_act = (struct act){ .id = uuid_v7(&demo->env), .desc = act_desc_find("register"),
				 .at = when };
	ret_act->target = (struct target){ .kind = KIND_INCIDENT, .id = uuid_v7(&demo->env) };
	put_title(demo, kind, &title);
	put_body(demo, kind, str_get(&title), &body);
	give_text(ret_act, "title", str_get(&title), arena);
	give_text(ret_act, "text", str_get(&body), arena);
	give_text(ret_act, "category", demo->categories[k], arena);
	give_text(ret_act, "source", sources->items[demo_below(demo, sources->n)].code, arena);
	give_num(ret_act, "urgency", demo_one_in(demo, 4) ? kind->urgency : URGENCY_PLAIN, arena);
	give_place(demo, ret_act, arena);
	give_text(ret_act, "reporter", demo_name(demo, arena), arena);
	give_text(ret_act, "phone", arena_printf(arena, "1390000%04zu", demo_below(demo, 10000)),
		  arena);
	give_num(ret_act, "reported_at", when, arena);
	if (closed_at > 0)
		give_answer(demo, ret_act, closed_at, arena);
	if (ret_kind != NULL)
		*ret_kind = k;
	str_release(&title);
	str_release(&body);
}
