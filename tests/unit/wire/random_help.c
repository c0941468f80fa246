#include <config.h>

#include "random_help.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* What texts are made of: quotes, escapes, controls, Chinese, four-byte characters, directions. */
static const char *const pieces[] = {
	"a", "Z", " ", "\"", "\\", "/", "\n", "\t", "\r", "\b", "\f", "\x01", "\x1f", "\x7f", "{",
	"[", ":", ",", "=", "é", "清凉新村", "水", "，", "\xE3\x80\x80", "😀", "\xE2\x80\xAE",
	"\xC2\x9B", "0", "\\u0041", "\xEF\xBB\xBF",
};

void random_init(struct random *r, uint64_t seed)
{
	*r = (struct random){ .world = { .now = INT64_C(1790000000000), .seed = seed } };
	r->env = env_fixed(&r->world);
	arena_init(&r->arena);
}

void random_release(struct random *r)
{
	arena_release(&r->arena);
}

uint64_t random_below(struct random *r, uint64_t n)
{
	return env_below(&r->env, n);
}

struct uuid random_id(struct random *r)
{
	return uuid_v7(&r->env);
}

static const char *random_text(struct random *r, unsigned max)
{
	unsigned n = 1 + (unsigned)random_below(r, max < 30 ? max : 30), chars = 0;
	struct str str = STR_INIT;
	const char *copy;

	while (chars < n) {
		const char *piece = pieces[random_below(r, ARRAY_LEN(pieces))];

		chars += (unsigned)strlen(piece); /* at least its characters */
		if (chars <= n)
			str_add(&str, piece);
	}
	if (str.len == 0)
		str_add(&str, "x");
	copy = arena_strdup(&r->arena, str_get(&str));
	str_release(&str);
	return copy;
}

struct value random_value(struct random *r, const struct field *field)
{
	static const int64_t edges[] = { 1, -1, INT64_MAX, INT64_MIN, 1700000000000, 42 };

	if (field_is_text(field))
		return (struct value){ .is_text = true,
				       .text = random_text(r, field_max(field)) };
	if (field->type == FIELD_BOOL)
		return (struct value){ .num = 1 };
	if (field->type == FIELD_CHOICE)
		return (struct value){ .num = 1 + (int64_t)random_below(r, field->max) };
	return (struct value){ .num = edges[random_below(r, ARRAY_LEN(edges))] };
}

static void fill(struct random *r, const struct field *fields, size_t n, void *thing)
{
	for (size_t i = 0; i < n; i++)
		if (random_below(r, 3) > 0)
			field_set(&fields[i], thing, random_value(r, &fields[i]), &r->arena);
}

void *random_entity(struct random *r, enum kind kind)
{
	const struct kind_desc *desc = kind_desc(kind);
	struct uuid id = random_id(r);
	struct entity *entity = entity_new(kind, &id, &r->arena);

	entity->version = 1 + (int64_t)random_below(r, 50);
	entity->seq = 1 + (int64_t)random_below(r, 1000000);
	fill(r, desc->fields, desc->n_fields, entity);
	for (size_t s = 0; s < desc->n_slots; s++) {
		const struct child_desc *child = desc->slots[s].desc;

		for (uint64_t n = random_below(r, 4); n > 0; n--) {
			struct uuid child_id = random_id(r);
			void *made = children_add(entity_children(entity, child), child, &child_id,
						  &r->arena);

			fill(r, child->fields, child->n_fields, made);
		}
	}
	return entity;
}

/* Half of the acts are said to be done by telephone, with some of what can be said of it. */
static void random_phone(struct random *r, struct by_phone *phone)
{
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	if (random_below(r, 2) > 0)
		fill(r, fields, n, phone);
}

void random_act(struct random *r, const struct act_desc *desc, struct act *act)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(desc, args);

	*act = (struct act){ .id = random_id(r), .desc = desc, .at = INT64_C(1790000000000) };
	if (random_below(r, 4) > 0) {
		act->console = random_id(r);
		act->n = 1 + (int64_t)random_below(r, 1000);
	}
	if (random_below(r, 2) > 0) {
		act->after = random_id(r);
		memcpy(act->epoch, "0a1b2c3d", ACT_EPOCH);
	}
	act->actor = (struct actor){ random_text(r, 20), "zhongxin", "duty" };
	act->target = (struct target){ desc->target, random_id(r),
				       (int64_t)random_below(r, 9) };
	random_phone(r, &act->by_phone);
	for (size_t i = 0; i < n; i++) {
		uint64_t times = args[i].repeat ? random_below(r, 4) : random_below(r, 2);

		for (; times > 0; times--)
			act_give(act, args[i].field, random_value(r, args[i].field), &r->arena);
	}
}

void random_effect(struct random *r, enum kind kind, struct effect *effect)
{
	void *before = random_entity(r, kind);
	struct entity *after = random_entity(r, kind), *head = before;

	after->id = head->id;
	*effect = (struct effect){ .kind = kind };
	effect_diff(effect, before, after, &r->arena);
}

void random_entry(struct random *r, struct entry *entry)
{
	const struct act_desc *desc = act_desc_at(random_below(r, act_desc_count()));

	*entry = (struct entry){ .seq = 1 + (int64_t)random_below(r, 1000000),
				 .recv = INT64_C(1790000001000),
				 .eff = INT64_C(1790000000500) };
	random_act(r, desc, &entry->act);
	entry->n_effects = random_below(r, 4);
	entry->effects = arena_array(&r->arena, entry->n_effects + 1, sizeof *entry->effects);
	for (size_t i = 0; i < entry->n_effects; i++)
		random_effect(r, i == 0 ? KIND_INCIDENT : KIND_PERSON, &entry->effects[i]);
}
