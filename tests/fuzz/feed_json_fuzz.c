/* Any bytes as what the network brings: a feed, a snapshot line, acts, an entry, an entity.  They are
 * taken or refused with a sentence; what was taken reads the same again from its canonical bytes. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"
#include "zhiban/wire/feed.h"
#include "zhiban/wire/mask.h"

static void refused(enum err code, const struct error *err)
{
	CHECK(code == ERR_INPUT);
	CHECK(err->text[0] != '\0' && text_valid(err->text, strlen(err->text)));
}

/* --- masking without decoding: canonical bytes give what decoding would, others no harm ------- */

static void mask_personal(void *entity, struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(((struct entity *)entity)->kind);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, entity);
		struct str masked = STR_INIT;

		if (field->sensitivity != SENS_PERSONAL || !value_is_set(value))
			continue;
		mask_text(&masked, value.text);
		value.text = masked.s;
		field_set(field, entity, value, arena);
		str_release(&masked);
	}
}

static void check_masked_entity(const struct str *bytes, const void *entity, struct arena *arena)
{
	void *masked = entity_copy(entity, arena);
	struct str want = STR_INIT, got = STR_INIT;
	struct mask_facts facts;

	mask_personal(masked, arena);
	entity_encode(masked, &want);
	CHECK(mask_facts(bytes->s, bytes->len, arena, &facts, NULL) == ERR_OK);
	CHECK(mask_entity(bytes->s, bytes->len, &facts, &got, NULL) == ERR_OK);
	CHECK(str_eq(str_get(&got), str_get(&want)));
	str_release(&want);
	str_release(&got);
}

static enum err nothing_now(void *ctx, const char *id, struct mask_present *ret_present,
			    struct error *err)
{
	(void)ctx;
	(void)id;
	(void)err;
	*ret_present = (struct mask_present){ .clear = false };
	return ERR_OK;
}

static void check_masked_entry(const struct str *bytes, struct arena *arena)
{
	struct str got = STR_INIT;
	struct entry entry;

	CHECK(mask_entry(bytes->s, bytes->len, nothing_now, NULL, &got, NULL) == ERR_OK);
	CHECK(entry_decode(str_get(&got), got.len, arena, &entry, NULL) == ERR_OK);
	for (size_t i = 0; i < entry.act.n_given; i++) {
		const struct given *given = &entry.act.given[i];

		CHECK(given->field->sensitivity != SENS_PERSONAL || !given->value.text ||
		      mask_is(given->value.text));
	}
	str_release(&got);
}

static void check_masks(const char *bytes, size_t len, struct arena *arena)
{
	struct str out = STR_INIT;
	struct mask_facts facts;
	const char *state;
	size_t state_len;

	if (mask_facts(bytes, len, arena, &facts, NULL) == ERR_OK)
		CHECK(mask_entity(bytes, len, &facts, &out, NULL) == ERR_OK || out.len == 0);
	str_clear(&out);
	CHECK(mask_entry(bytes, len, nothing_now, NULL, &out, NULL) == ERR_OK || out.len == 0);
	if (mask_answer_state(bytes, len, &state, &state_len, NULL) == ERR_OK)
		CHECK(state >= bytes && state + state_len <= bytes + len);
	str_release(&out);
}

static void check_entity(const char *bytes, size_t len, struct arena *arena)
{
	struct str once = STR_INIT, twice = STR_INIT;
	struct error err = ERROR_INIT;
	void *entity, *again;
	enum err code = entity_decode(bytes, len, arena, &entity, &err);

	if (code) {
		refused(code, &err);
		return;
	}
	entity_encode(entity, &once);
	CHECK(entity_decode(once.s, once.len, arena, &again, NULL) == ERR_OK);
	CHECK(entity_eq(entity, again));
	check_masked_entity(&once, again, arena);
	entity_encode(again, &twice);
	CHECK(str_eq(once.s, twice.s));
	str_release(&once);
	str_release(&twice);
}

static void check_act(const char *bytes, size_t len, struct arena *arena)
{
	struct str once = STR_INIT, twice = STR_INIT;
	struct error err = ERROR_INIT;
	struct act act, again;
	enum err code = act_decode(bytes, len, arena, &act, &err);

	if (code) {
		refused(code, &err);
		return;
	}
	act_encode(&act, &once);
	CHECK(act_decode(once.s, once.len, arena, &again, NULL) == ERR_OK);
	act_encode(&again, &twice);
	CHECK(str_eq(once.s, twice.s));
	str_release(&once);
	str_release(&twice);
}

static void check_entry(const char *bytes, size_t len, struct arena *arena)
{
	struct str once = STR_INIT, twice = STR_INIT;
	struct error err = ERROR_INIT;
	struct entry entry, again;
	enum err code = entry_decode(bytes, len, arena, &entry, &err);

	if (code) {
		refused(code, &err);
		return;
	}
	entry_canonical(&entry, &once);
	CHECK(entry_decode(once.s, once.len, arena, &again, NULL) == ERR_OK);
	check_masked_entry(&once, arena);
	entry_canonical(&again, &twice);
	CHECK(str_eq(once.s, twice.s));
	str_release(&once);
	str_release(&twice);
}

static void check_messages(const char *bytes, size_t len, struct arena *arena)
{
	struct feed_answer feed;
	struct snapshot_line line;
	struct acts_ask ask;
	struct acts_answer answers;
	struct timeline_answer timeline;
	struct digest_answer digest;
	struct digest_pairs_answer pairs;
	struct session_answer session;
	const enum err codes[] = {
		feed_answer_decode(bytes, len, arena, &feed, NULL),
		snapshot_line_decode(bytes, len, arena, &line, NULL),
		acts_ask_decode(bytes, len, arena, &ask, NULL),
		acts_answer_decode(bytes, len, arena, &answers, NULL),
		timeline_answer_decode(bytes, len, arena, &timeline, NULL),
		digest_answer_decode(bytes, len, arena, &digest, NULL),
		digest_pairs_answer_decode(bytes, len, arena, &pairs, NULL),
		session_answer_decode(bytes, len, arena, &session, NULL),
	};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		CHECK(codes[i] == ERR_OK || codes[i] == ERR_INPUT);
	if (!codes[2])
		CHECK(ask.n <= ACTS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct arena arena = ARENA_INIT;

	check_messages(bytes, size, &arena);
	check_masks(bytes, size, &arena);
	check_entity(bytes, size, &arena);
	check_act(bytes, size, &arena);
	check_entry(bytes, size, &arena);
	arena_release(&arena);
	return 0;
}
