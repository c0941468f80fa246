#include <config.h>

#include "personal_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/phone.h"

/* --- references ------------------------------------------------------------------------------ */

enum { HASH_BYTES = 9, HASH_CHARS = 12 };
static const char digits64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool ref_parse(const char *text, int64_t *ret_id)
{
	size_t len = strspn(text + (*text == '~'), "0123456789abcdef");
	char hex[17];
	unsigned long long id;

	if (*text != '~' || len == 0 || len >= sizeof hex || text[1 + len] != '~' ||
	    strspn(text + 2 + len, digits64) != HASH_CHARS || text[2 + len + HASH_CHARS] != '\0')
		return false;
	memcpy(hex, text + 1, len);
	hex[len] = '\0';
	id = strtoull(hex, NULL, 16);
	if (id == 0 || id > INT64_MAX)
		return false;
	*ret_id = (int64_t)id;
	return true;
}

void ref_make(const struct db_personal *row, const struct uuid *entity, char text[REF_TEXT])
{
	struct str bytes = STR_INIT;
	uint8_t hash[SHA256_LEN];
	char *s;

	str_add_bytes(&bytes, (const char *)entity->b, sizeof entity->b);
	str_addf(&bytes, "%s=%s", row->field, row->value);
	crypto_keyed(row->salt, sizeof row->salt, bytes.s, bytes.len, hash);
	crypto_wipe(bytes.s, bytes.len);
	str_release(&bytes);
	s = text + snprintf(text, REF_TEXT, "~%llx~", (unsigned long long)row->id);
	for (int i = 0; i < HASH_BYTES; i += 3) {
		unsigned bits = (unsigned)hash[i] << 16 | (unsigned)hash[i + 1] << 8 | hash[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			*s++ = digits64[bits >> shift & 63];
	}
	*s = '\0';
}

/* --- looking up ------------------------------------------------------------------------------ */

static bool keep_row(void *ctx, const struct db_personal *row)
{
	struct lookup *lookup = ctx;
	struct lookup_row *kept = arena_alloc(lookup->arena, sizeof *kept);

	kept->row = *row;
	kept->row.field = arena_strdup(lookup->arena, row->field);
	kept->row.value = arena_strdup(lookup->arena, row->value);
	kept->next = lookup->rows;
	lookup->rows = kept;
	return true;
}

/* Values that came together are looked up together. */
static enum err read_block(struct lookup *lookup, int64_t block, struct error *err)
{
	enum err code;

	lookup->rows = NULL;
	lookup->block = 0;
	code = lookup->ops->personal_near(lookup->db, block * PERSONAL_PER_ENTRY,
					  block * PERSONAL_PER_ENTRY + PERSONAL_PER_ENTRY - 1,
					  keep_row, lookup, err);
	if (code == ERR_OK)
		lookup->block = block;
	return code;
}

enum err lookup_text(struct lookup *lookup, const struct uuid *entity, const char *field,
		     const char *text, const char **ret_value, struct error *err)
{
	char ref[REF_TEXT];
	int64_t id;
	enum err code = ERR_OK;

	if (!ref_parse(text, &id)) {
		*ret_value = text;
		return ERR_OK;
	}
	if (lookup->block != id / PERSONAL_PER_ENTRY)
		code = read_block(lookup, id / PERSONAL_PER_ENTRY, err);
	if (code != ERR_OK)
		return code;
	*ret_value = NULL;
	for (const struct lookup_row *row = lookup->rows; row != NULL; row = row->next) {
		if (row->row.id != id || strcmp(row->row.field, field) != 0)
			continue;
		ref_make(&row->row, entity, ref); /* another's value is no value */
		if (strcmp(ref, text) == 0)
			*ret_value = row->row.value;
	}
	return ERR_OK;
}

/* --- entities -------------------------------------------------------------------------------- */

/* The i-th personal field of a kind, or NULL behind the last. */
static const struct field *personal_field(const struct kind_desc *kind, size_t nth)
{
	for (size_t i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].sensitivity == SENS_PERSONAL && nth-- == 0)
			return &kind->fields[i];
	return NULL;
}

static const struct field *field_at(const void *entity, size_t i)
{
	const struct entity *head = entity;

	return i < MASK_VALUES ? personal_field(kind_desc(head->kind), i) : NULL;
}

static void put(const struct field *field, void *entity, const char *text)
{
	memcpy((char *)entity + field->offset, &text, sizeof text);
}

enum err personal_show(struct lookup *lookup, void *entity, struct stored *ret_stored,
		       struct error *err)
{
	const struct entity *head = entity;
	struct stored stored = { { NULL } };
	const struct field *field;

	for (size_t i = 0; (field = field_at(entity, i)) != NULL; i++) {
		const char *text = field_get(field, entity).text;
		enum err code;

		stored.text[i] = text;
		if (text == NULL)
			continue;
		code = lookup_text(lookup, &head->id, field->json, text, &text, err);
		if (code != ERR_OK)
			return code;
		put(field, entity, text);
	}
	if (ret_stored != NULL)
		*ret_stored = stored;
	return ERR_OK;
}

struct stored personal_now(const void *entity)
{
	struct stored now = { { NULL } };
	const struct field *field;

	for (size_t i = 0; (field = field_at(entity, i)) != NULL; i++)
		now.text[i] = field_get(field, entity).text;
	return now;
}

void personal_hide(void *entity, const struct stored *stored)
{
	const struct field *field;

	for (size_t i = 0; (field = field_at(entity, i)) != NULL; i++)
		put(field, entity, stored->text[i]);
}

void stored_follow(struct stored *stored, const struct effect *turned)
{
	const struct kind_desc *kind = kind_desc(turned->kind);
	const struct field *field;

	for (size_t i = 0; i < MASK_VALUES && (field = personal_field(kind, i)) != NULL; i++)
		for (size_t k = 0; k < turned->n_changes; k++)
			if (turned->changes[k].field == field)
				stored->text[i] = turned->changes[k].value.text;
}

/* --- writing --------------------------------------------------------------------------------- */

struct turning {
	const struct env *env;
	struct turned *turned;
	struct arena *arena;
	int64_t seq, eff;
	bool full;
};

static bool is_value(const struct field *field, struct value value)
{
	return field->sensitivity == SENS_PERSONAL && value.is_text && value_is_set(value);
}

/* By which it is found again; NULL: it is no phone, or too little of one. */
static const char *digits_of(const struct turning *turning, const struct field *field,
			     const char *value)
{
	char digits[PHONE_DIGITS] = "";

	if (strcmp(field->json, "phone") == 0)
		phone_digits(value, digits);
	return digits[0] != '\0' ? arena_strdup(turning->arena, digits) : NULL;
}

/* One reference for the same value of the same field, in act and effect. */
static const char *ref_of(struct turning *turning, const struct uuid *entity,
			  const struct field *field, const char *value)
{
	struct turned *turned = turning->turned;
	size_t n = turned->n_rows;

	if (n == 0)
		turned->rows = arena_array(turning->arena, PERSONAL_PER_ENTRY, sizeof *turned->rows);
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(&turned->rows[i].entity, entity) &&
		    turned->rows[i].row.field == field->json &&
		    strcmp(turned->rows[i].row.value, value) == 0)
			return turned->rows[i].ref;
	if (n == PERSONAL_PER_ENTRY) {
		turning->full = true;
		return NULL;
	}
	turned->rows[n].entity = *entity;
	turned->rows[n].row = (struct db_personal){
		.id = turning->seq * PERSONAL_PER_ENTRY + (int64_t)n,
		.field = field->json,
		.value = value,
		.at = turning->eff,
		.digits = digits_of(turning, field, value),
	};
	env_random(turning->env, turned->rows[n].row.salt, PERSONAL_SALT);
	ref_make(&turned->rows[n].row, entity, turned->rows[n].ref);
	return turned->rows[turned->n_rows++].ref;
}

static void turn_act(struct turning *turning)
{
	struct act *act = &turning->turned->act;
	struct given *given = arena_array(turning->arena, act->n_given + 1, sizeof *given);

	for (size_t i = 0; i < act->n_given; i++) {
		given[i] = act->given[i];
		if (is_value(given[i].field, given[i].value))
			given[i].value.text = ref_of(turning, &act->target.id, given[i].field,
						     given[i].value.text);
	}
	act->given = given;
}

static void turn_effect(struct turning *turning, struct effect *effect)
{
	struct change *changes = arena_array(turning->arena, effect->n_changes + 1, sizeof *changes);

	for (size_t i = 0; i < effect->n_changes; i++) {
		changes[i] = effect->changes[i];
		if (is_value(changes[i].field, changes[i].value))
			changes[i].value.text = ref_of(turning, &effect->id, changes[i].field,
						       changes[i].value.text);
	}
	effect->changes = changes;
}

enum err personal_turn(const struct env *env, const struct act *act,
		       const struct decision *decision, int64_t seq, int64_t eff,
		       struct arena *arena, struct turned **ret_turned, struct error *err)
{
	struct turned *turned = arena_alloc(arena, sizeof *turned);
	struct turning turning = { .env = env, .turned = turned, .arena = arena, .seq = seq,
				   .eff = eff };

	turned->act = *act;
	turned->n_rows = 0;
	turned->effects = arena_array(arena, decision->n_effects + 1, sizeof *turned->effects);
	memcpy(turned->effects, decision->effects, decision->n_effects * sizeof *turned->effects);
	for (size_t i = 0; i < decision->n_effects; i++)
		turn_effect(&turning, &turned->effects[i]);
	turn_act(&turning);
	if (turning.full)
		return error_set(err, ERR_TOO_LARGE, "%s", _(err_sentence(ERR_TOO_LARGE)));
	*ret_turned = turned;
	return ERR_OK;
}
