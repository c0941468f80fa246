/* Masking bytes that are passed on gives what decoding, masking and encoding would give; bytes of
 * another shape are not passed on at all. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "random_help.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"
#include "zhiban/wire/mask.h"
#include "zhiban/wire/message.h"

enum { ROUNDS = 400 };

/* --- the oracle -------------------------------------------------------------------------------- */

static const char *masked(const char *text, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *copy;

	mask_text(&out, text);
	copy = arena_strdup(arena, out.s);
	str_release(&out);
	return copy;
}

static bool is_personal(const struct field *field)
{
	return field->sensitivity == SENS_PERSONAL;
}

static void mask_value(struct value *value, struct arena *arena)
{
	if (value->is_text && value->text != NULL)
		value->text = masked(value->text, arena);
}

static void oracle_entity(void *entity, struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(((struct entity *)entity)->kind);

	for (size_t i = 0; i < kind->n_fields; i++) {
		struct value value = field_get(&kind->fields[i], entity);

		if (!is_personal(&kind->fields[i]) || !value_is_set(value))
			continue;
		mask_value(&value, arena);
		field_set(&kind->fields[i], entity, value, arena);
	}
}

static bool sets_right(const struct effect *effect)
{
	for (size_t i = 0; i < effect->n_changes; i++) {
		const char *name = effect->changes[i].field->name;

		if (effect->kind == KIND_INCIDENT &&
		    (strcmp(name, "holder") == 0 || strcmp(name, "open") == 0))
			return true;
	}
	return false;
}

static struct change *change_of(struct effect *effect, const struct field *field)
{
	for (size_t i = 0; i < effect->n_changes; i++)
		if (effect->changes[i].field == field)
			return &effect->changes[i];
	return NULL;
}

static void oracle_effect(struct effect *effect, const void *present, bool clear,
			  struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(effect->kind);
	bool right = sets_right(effect);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value now = { .is_text = true };

		if (!is_personal(field))
			continue;
		if (right)
			now = field_get(field, present);
		if (value_is_set(now))
			effect_set(effect, arena, field->name, now);
		if (!clear && change_of(effect, field) != NULL)
			mask_value(&change_of(effect, field)->value, arena);
	}
}

/* --- entities ---------------------------------------------------------------------------------- */

static void test_entity(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str bytes = STR_INIT, want = STR_INIT, got = STR_INIT;
		struct mask_facts facts;
		struct error err = ERROR_INIT;
		struct incident *incident;
		struct random r;
		void *entity;

		random_init(&r, seed);
		entity = random_entity(&r, (enum kind)(seed % KIND_COUNT));
		entity_encode(entity, &bytes);
		if (mask_facts(bytes.s, bytes.len, &r.arena, &facts, &err) != ERR_OK)
			fail_msg("%s: %s", err.text, bytes.s);
		incident = entity;
		if (incident->head.kind == KIND_INCIDENT) {
			assert_int_equal(facts.n, (incident->phone != NULL) +
							  (incident->reporter != NULL));
			assert_int_equal(facts.open, incident->open != 0);
			assert_true(str_eq(facts.holder, incident->holder));
			assert_true(str_eq(facts.origin, incident->origin));
		} else {
			assert_int_equal(facts.n, 0);
		}
		oracle_entity(entity, &r.arena);
		entity_encode(entity, &want);
		assert_int_equal(mask_entity(bytes.s, bytes.len, &facts, &got, &err), ERR_OK);
		assert_string_equal(str_get(&got), str_get(&want));
		str_clear(&want); /* again: nothing more */
		assert_int_equal(mask_facts(got.s, got.len, &r.arena, &facts, &err), ERR_OK);
		assert_int_equal(mask_entity(got.s, got.len, &facts, &want, &err), ERR_OK);
		assert_string_equal(str_get(&want), str_get(&got));
		str_release(&bytes);
		str_release(&want);
		str_release(&got);
		random_release(&r);
	}
}

/* --- entries ----------------------------------------------------------------------------------- */

struct now { /* the entities as they are at present, for find */
	struct entry *entry;
	void *entities[4];
	bool clear;
	struct arena arena;
	size_t asked;
};

static struct mask_present present_of(const void *entity, bool clear, struct arena *arena)
{
	struct mask_present present = { .clear = clear };
	struct str bytes = STR_INIT;
	const char *kept;

	entity_encode(entity, &bytes);
	kept = arena_strndup(arena, bytes.s, bytes.len);
	assert_int_equal(mask_facts(kept, bytes.len, arena, &present.facts, NULL), ERR_OK);
	str_release(&bytes);
	return present;
}

static enum err find(void *ctx, const char *id, struct mask_present *ret_present,
		     struct error *err)
{
	struct now *now = ctx;
	struct uuid uuid;

	assert_int_equal(uuid_parse(id, &uuid), ERR_OK);
	now->asked++;
	for (size_t i = 0; i < now->entry->n_effects; i++) {
		if (!uuid_eq(&now->entry->effects[i].id, &uuid))
			continue;
		*ret_present = present_of(now->entities[i], now->clear, &now->arena);
		return ERR_OK;
	}
	return error_set(err, ERR_NOT_FOUND, "%s is not there", id);
}

static bool wants_find(const struct effect *effect)
{
	for (size_t i = 0; i < effect->n_changes; i++)
		if (is_personal(effect->changes[i].field))
			return true;
	return sets_right(effect);
}

static void test_entry(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str bytes = STR_INIT, want = STR_INIT, got = STR_INIT;
		struct error err = ERROR_INIT;
		struct entry entry;
		struct now now = { .entry = &entry, .clear = seed % 2 == 0 };
		struct random r;
		size_t asked = 0;

		random_init(&r, seed);
		random_entry(&r, &entry);
		for (size_t i = 0; i < entry.n_effects; i++) {
			now.entities[i] = random_entity(&r, entry.effects[i].kind);
			asked += wants_find(&entry.effects[i]);
		}
		entry_canonical(&entry, &bytes);
		if (mask_entry(bytes.s, bytes.len, find, &now, &got, &err) != ERR_OK)
			fail_msg("seed %d: %s: %s", (int)seed, err.text, bytes.s);
		assert_int_equal(now.asked, asked);
		for (size_t i = 0; i < entry.n_effects; i++)
			oracle_effect(&entry.effects[i], now.entities[i], now.clear, &r.arena);
		for (size_t i = 0; i < entry.act.n_given; i++)
			if (is_personal(entry.act.given[i].field))
				mask_value(&entry.act.given[i].value, &r.arena);
		entry_canonical(&entry, &want);
		assert_string_equal(str_get(&got), str_get(&want));
		str_release(&bytes);
		str_release(&want);
		str_release(&got);
		arena_release(&now.arena);
		random_release(&r);
	}
}

/* What cannot be found is not passed on. */
static void test_not_found(void **state)
{
	static const char bytes[] =
		"{\"act\":{\"actor\":{},\"args\":{},\"at\":1,\"id\":\"x\",\"target\":[],"
		"\"verb\":\"fix\"},\"eff\":1,\"effects\":[{\"from\":1,\"id\":"
		"\"01a2028e-1d6c-7a4d-9252-083236a95ac8\",\"kind\":\"incident\","
		"\"set\":{\"phone\":\"13800001111\"},\"to\":2}],\"recv\":1,\"seq\":1}";
	struct entry entry = { .n_effects = 0 };
	struct now now = { .entry = &entry };
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	str_add(&out, "before");
	assert_int_equal(mask_entry(bytes, sizeof bytes - 1, find, &now, &out, &err), ERR_NOT_FOUND);
	assert_string_equal(err.text, "01a2028e-1d6c-7a4d-9252-083236a95ac8 is not there");
	assert_string_equal(out.s, "before");
	str_release(&out);
}

/* --- answers ----------------------------------------------------------------------------------- */

static void test_answer(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct str bytes = STR_INIT, want = STR_INIT;
		struct act_answer answer = { .n = 3, .verdict = (enum verdict)(seed % 4),
					     .code = ERR_REFUSED, .sentence = "\"state\":{}",
					     .note = "n", .seq = 4, .version = 2, .after = 5 };
		struct error err = ERROR_INIT;
		const char *at;
		struct random r;
		size_t len;

		random_init(&r, seed);
		answer.id = random_id(&r);
		if (seed % 3 > 0)
			answer.state = random_entity(&r, KIND_INCIDENT);
		act_answer_encode(&answer, &bytes);
		if (answer.verdict == VERDICT_REFUSED && answer.state != NULL)
			entity_encode(answer.state, &want);
		assert_int_equal(mask_answer_state(bytes.s, bytes.len, &at, &len, &err), ERR_OK);
		assert_int_equal(len, want.len);
		assert_memory_equal(at, str_get(&want), len);
		str_release(&bytes);
		str_release(&want);
		random_release(&r);
	}
}

/* --- other bytes ------------------------------------------------------------------------------- */

static enum err try_entity(const char *s, size_t len, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct mask_facts facts;
	enum err code = mask_facts(s, len, &arena, &facts, NULL);

	if (code == ERR_OK)
		code = mask_entity(s, len, &facts, out, NULL);
	arena_release(&arena);
	return code;
}

static enum err none(void *ctx, const char *id, struct mask_present *ret_present, struct error *err)
{
	(void)ctx;
	(void)id;
	(void)err;
	*ret_present = (struct mask_present){ .clear = false };
	return ERR_OK;
}

static enum err try_entry(const char *s, size_t len, struct str *out)
{
	return mask_entry(s, len, none, NULL, out, NULL);
}

static enum err try_answer(const char *s, size_t len, struct str *out)
{
	const char *state;
	size_t n;

	(void)out;
	return mask_answer_state(s, len, &state, &n, NULL);
}

/* Cut anywhere: refused, and nothing appended.  The copy is exact, so that reading on is seen. */
static void cut_all(const struct str *bytes, enum err (*try)(const char *, size_t, struct str *))
{
	struct str out = STR_INIT;

	assert_int_equal(try(bytes->s, bytes->len, &out), ERR_OK);
	str_clear(&out);
	for (size_t len = 0; len < bytes->len; len++) {
		char *copy = mem_dup(len > 0 ? bytes->s : " ", len > 0 ? len : 1);

		assert_int_equal(try(copy, len, &out), ERR_CORRUPT);
		assert_int_equal(out.len, 0);
		free(copy);
	}
	for (size_t at = 0; at < bytes->len; at++) { /* whatever comes of it, it comes back */
		char *copy = mem_dup(bytes->s, bytes->len);

		copy[at] ^= (char)(1 << at % 7);
		if (try(copy, bytes->len, &out) != ERR_OK)
			assert_int_equal(out.len, 0);
		str_clear(&out);
		free(copy);
	}
	str_release(&out);
}

static void test_cut(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct str entity = STR_INIT, entry_bytes = STR_INIT, answer_bytes = STR_INIT;
		struct act_answer answer = { .verdict = VERDICT_REFUSED, .code = ERR_REFUSED,
					     .sentence = "no" };
		struct entry entry;
		struct random r;

		random_init(&r, seed);
		answer.state = random_entity(&r, KIND_INCIDENT);
		entity_encode(answer.state, &entity);
		act_answer_encode(&answer, &answer_bytes);
		random_entry(&r, &entry);
		entry_canonical(&entry, &entry_bytes);
		cut_all(&entity, try_entity);
		cut_all(&entry_bytes, try_entry);
		cut_all(&answer_bytes, try_answer);
		str_release(&entity);
		str_release(&entry_bytes);
		str_release(&answer_bytes);
		random_release(&r);
	}
}

/* What is masked are fields of incidents and arguments of acts: a personal field of a child, or one
 * that is no text, or that repeats, would pass as it is. */
static void test_all_are_known(void **state)
{
	size_t n = 0; /* of all kinds */

	(void)state;
	for (int c = 0; c < CHILD_COUNT; c++) {
		const struct child_desc *child = child_desc((enum child)c);

		for (size_t i = 0; i < child->n_fields; i++)
			assert_false(is_personal(&child->fields[i]));
	}
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);


		for (size_t i = 0; i < kind->n_fields; i++) {
			const struct field *field = &kind->fields[i];

			if (!is_personal(field))
				continue;
			assert_true(kind->kind == KIND_INCIDENT && field_is_text(field));
			assert_true(strcmp(field->json, "kind") > 0); /* known before it is read */
			n++;
		}
	}
	assert_true(n <= MASK_VALUES);
	for (size_t d = 0; d < act_desc_count(); d++) {
		struct act_arg args[ACT_ARGS_MAX];
		size_t n_args = act_args(act_desc_at(d), args);

		for (size_t i = 0; i < n_args; i++) {
			const struct kind_desc *kind = kind_desc(act_desc_at(d)->target);

			if (!is_personal(args[i].field))
				continue;
			assert_false(args[i].repeat || (args[i].field->flags & F_REPEAT) != 0);
			assert_true(args[i].field >= kind->fields &&
				    args[i].field < kind->fields + kind->n_fields);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entity),	  cmocka_unit_test(test_entry),
		cmocka_unit_test(test_not_found), cmocka_unit_test(test_answer),
		cmocka_unit_test(test_cut),	  cmocka_unit_test(test_all_are_known),
	};

	return cmocka_run_group_tests_name("wire mask", tests, NULL, NULL);
}
