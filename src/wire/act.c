#include <config.h>

#include "zhiban/wire/act.h"

#include <string.h>

#include "json_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* A month of the largest roster has 128 seats a day. */
enum { GIVEN_MOST = 4096, WORD_MOST = 400, VERB_MOST = 60 };

/* --- writing ------------------------------------------------------------------------------ */

static void actor_put(struct str *out, const struct actor *actor)
{
	const struct {
		const char *key, *text;
	} members[] = { { "officer", actor->officer }, { "org", actor->org },
			{ "role", actor->role } };
	bool first = true;

	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		if (!members[i].text)
			continue;
		json_put_key(out, members[i].key, &first);
		json_put_text(out, members[i].text);
	}
	json_put_end(out, first);
}

/* The given arguments by JSON key; those of one field keep their order. */
static const struct given **sort_given(const struct act *act, const struct given **buf,
				       size_t n_buf)
{
	const struct given **sorted = act->n_given <= n_buf
					      ? buf
					      : mem_alloc(act->n_given * sizeof *sorted);

	for (size_t i = 0; i < act->n_given; i++) {
		const struct given *given = &act->given[i];
		size_t at = i;

		for (; at > 0 && strcmp(sorted[at - 1]->field->json, given->field->json) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = given;
	}
	return sorted;
}

static void args_put(struct str *out, const struct act *act)
{
	const struct given *buf[48], **sorted = sort_given(act, buf, ARRAY_LEN(buf));
	bool first = true;

	for (size_t i = 0; i < act->n_given; i++) {
		const struct field *field = sorted[i]->field;
		bool same = i > 0 && sorted[i - 1]->field == field;
		bool more = i + 1 < act->n_given && sorted[i + 1]->field == field;

		if (!(field->flags & F_REPEAT)) {
			if (same)
				continue; /* act_check refuses it anyway */
			json_put_key(out, field->json, &first);
			json_put_value(out, sorted[i]->value);
			continue;
		}
		if (!same)
			json_put_key(out, field->json, &first);
		str_add(out, same ? "," : "[");
		json_put_value(out, sorted[i]->value);
		if (!more)
			str_add(out, "]");
	}
	json_put_end(out, first);
	if (sorted != buf)
		free(sorted);
}

static void target_put(struct str *out, const struct target *target)
{
	bool first = true;

	str_add(out, "[");
	json_put_key(out, "base", &first);
	json_put_int(out, target->base);
	json_put_key(out, "id", &first);
	json_put_uuid(out, &target->id);
	json_put_key(out, "kind", &first);
	json_put_text(out, kind_desc(target->kind)->name);
	str_add(out, "}]");
}

static void uuid_put(struct str *out, const char *key, const struct uuid *id, bool *first)
{
	if (uuid_is_nil(id))
		return;
	json_put_key(out, key, first);
	json_put_uuid(out, id);
}

static void by_phone_put(struct str *out, const struct by_phone *phone)
{
	struct members members;
	size_t n;
	const struct field *fields = by_phone_fields(&n);
	bool first = true;

	members_of(&members, fields, n, phone);
	for (size_t i = 0; i < members.n; i++) {
		json_put_key(out, members.field[i]->json, &first);
		json_put_value(out, field_get(members.field[i], phone));
	}
	json_put_end(out, first);
}

void act_put(struct str *out, const struct act *act)
{
	bool first = true;

	json_put_key(out, "actor", &first);
	actor_put(out, &act->actor);
	uuid_put(out, "after", &act->after, &first);
	json_put_key(out, "args", &first);
	args_put(out, act);
	json_put_key(out, "at", &first);
	json_put_int(out, act->at);
	if (by_phone_is(&act->by_phone)) {
		json_put_key(out, "by_phone", &first);
		by_phone_put(out, &act->by_phone);
	}
	uuid_put(out, "console", &act->console, &first);
	if (act->epoch[0]) {
		json_put_key(out, "epoch", &first);
		json_put_text(out, act->epoch);
	}
	json_put_key(out, "id", &first);
	json_put_uuid(out, &act->id);
	if (act->n) {
		json_put_key(out, "n", &first);
		json_put_int(out, act->n);
	}
	json_put_key(out, "target", &first);
	target_put(out, &act->target);
	json_put_key(out, "verb", &first);
	json_put_text(out, act_verb(act));
	json_put_end(out, first);
}

void act_encode(const struct act *act, struct str *out)
{
	act_put(out, act);
}

/* --- reading ------------------------------------------------------------------------------ */

static enum err actor_from(const struct json *json, struct arena *arena, struct actor *actor,
			   struct error *err)
{
	const struct json *object;
	enum err code = json_get_object(json, "actor", &object, err);

	if (!code)
		code = json_opt_text(object, "officer", WORD_MOST, arena, &actor->officer, err);
	if (!code)
		code = json_opt_text(object, "org", WORD_MOST, arena, &actor->org, err);
	if (!code)
		code = json_opt_text(object, "role", WORD_MOST, arena, &actor->role, err);
	return code;
}

/* lenient: of an entry, whose effects are on what this program knows: a kind of a newer one is
 * passed over. */
static enum err target_from(const struct json *json, bool lenient, struct target *target,
			    struct error *err)
{
	const struct json *array, *object;
	enum err code = json_get_array(json, "target", ACT_TARGETS_MAX, &array, err);

	if (code)
		return code;
	object = array->first;
	if (!json_is(object, TREE_OBJECT))
		return error_set(err, ERR_INPUT, _("JSON: \"target\" must hold one target"));
	if (lenient && json_new_kind(object))
		target->kind = KIND_INCIDENT;
	else
		code = json_get_kind(object, "kind", &target->kind, err);
	if (!code)
		code = json_get_uuid(object, "id", &target->id, err);
	return code ? code : json_get_int(object, "base", &target->base, err);
}

static enum err epoch_from(const struct json *json, struct arena *arena, char epoch[ACT_EPOCH],
			   struct error *err)
{
	const char *text = NULL;
	enum err code = json_opt_text(json, "epoch", WORD_MOST, arena, &text, err);

	if (code || !text)
		return code;
	if (text[strspn(text, "0123456789abcdef")] != '\0' || !str_copy(epoch, ACT_EPOCH, text))
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be at most %d hex digits"),
				 "epoch", ACT_EPOCH - 1);
	return ERR_OK;
}

/* Several kinds have acts of one name: the target, which was read before, says which is meant. */
static enum err verb_from(const struct json *json, bool lenient, struct arena *arena,
			  struct act *act, struct error *err)
{
	const char *verb = json_text_in(json_member(json, "verb"), arena);
	const struct act_desc *desc = verb ? act_desc_of(act->target.kind, verb) : NULL;

	if (!desc && verb) /* of another kind: the rules say that it is not done to this one */
		desc = act_desc_find(verb);
	if (!desc && lenient && verb && *verb && strlen(verb) <= VERB_MOST) {
		desc = act_desc_unknown();
		act->verb = verb;
	}
	if (!desc)
		return error_set(err, ERR_INPUT,
				 _("there is no act \"%.60s\": this program may be too old for it"),
				 verb ? verb : "");
	act->desc = desc;
	return ERR_OK;
}

static enum err arg_from(const struct json *json, const struct field *field, struct arena *arena,
			 struct act *act, struct error *err)
{
	struct value value;
	enum err code;

	if (act->n_given >= GIVEN_MOST)
		return error_set(err, ERR_INPUT, _("JSON: more than %d arguments"), GIVEN_MOST);
	code = json_field_value(json, field, arena, &value, err);
	if (code)
		return code;
	if (value.is_text && value.text && text_longer(value.text, field_max(field)))
		return error_set(err, ERR_INPUT, _("%s: longer than %u characters"),
				 _(field->title), field_max(field));
	if (act->n_given == act->cap_given) { /* the text is in the arena: act_give would copy it */
		size_t cap = act->cap_given ? act->cap_given * 2 : 16;
		struct given *given = arena_array(arena, cap, sizeof *given);

		if (act->n_given)
			memcpy(given, act->given, act->n_given * sizeof *given);
		act->given = given;
		act->cap_given = cap;
	}
	act->given[act->n_given++] = (struct given){ field, value };
	return ERR_OK;
}

static const struct field *arg_field(const struct act_arg *args, size_t n,
				     const struct json *member)
{
	for (size_t i = 0; i < n; i++)
		if (json_field(args[i].field, 1, member))
			return args[i].field;
	return NULL;
}

static enum err args_from(const struct json *json, bool lenient, struct arena *arena,
			  struct act *act, struct error *err)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act->desc, args);
	const struct json *object;
	enum err code = json_get_object(json, "args", &object, err);

	if (code)
		return code;
	json_each (member, object) {
		const struct field *field = arg_field(args, n, member);

		if (!field && lenient)
			continue;
		if (!field)
			return error_set(err, ERR_INPUT, _("%s takes no argument \"%.*s\""),
					 act->desc->verb,
					 member->key_len < 60 ? (int)member->key_len : 60,
					 member->key);
		if (!(field->flags & F_REPEAT)) {
			code = arg_from(member, field, arena, act, err);
		} else if (member->type != TREE_LIST) {
			code = error_set(err, ERR_INPUT, _("JSON: \"%s\" must be %s"),
					 field->json, _("a list"));
		} else {
			for (const struct json *item = member->first; item && !code;
			     item = item->next)
				code = arg_from(item, field, arena, act, err);
		}
		if (code)
			return code;
	}
	return ERR_OK;
}

/* Members that a newer program added are passed over, as in the act itself. */
static enum err by_phone_from(const struct json *json, struct arena *arena, struct by_phone *phone,
			      struct error *err)
{
	const struct json *object = json_member(json, "by_phone");
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	if (!object || object->type == TREE_NULL)
		return ERR_OK;
	if (object->type != TREE_OBJECT)
		return json_get_object(json, "by_phone", &object, err);
	json_each (member, object) {
		const struct field *field = json_field(fields, n, member);
		struct value value;
		enum err code;

		if (!field)
			continue;
		code = json_field_value(member, field, arena, &value, err);
		if (code)
			return code;
		if (value.is_text && value.text && text_longer(value.text, field_max(field)))
			return error_set(err, ERR_INPUT, _("%s: longer than %u characters"),
					 _(field->title), field_max(field));
		field_set(field, phone, value, arena);
	}
	return ERR_OK;
}

static enum err read_act(const struct json *json, bool lenient, struct arena *arena,
			 struct act *ret_act, struct error *err)
{
	struct act act = { .n = 0 };
	enum err code = target_from(json, lenient, &act.target, err);

	if (!code)
		code = verb_from(json, lenient, arena, &act, err);
	if (!code)
		code = json_get_uuid(json, "id", &act.id, err);
	if (!code)
		code = json_opt_uuid(json, "console", &act.console, err);
	if (!code)
		code = json_opt_uuid(json, "after", &act.after, err);
	if (!code)
		code = epoch_from(json, arena, act.epoch, err);
	if (!code)
		code = json_opt_int(json, "n", &act.n, err);
	if (!code)
		code = json_get_int(json, "at", &act.at, err);
	if (!code)
		code = actor_from(json, arena, &act.actor, err);
	if (!code)
		code = args_from(json, lenient, arena, &act, err);
	if (!code)
		code = by_phone_from(json, arena, &act.by_phone, err);
	if (!code)
		*ret_act = act;
	return code;
}

enum err act_from(const struct json *json, struct arena *arena, struct act *ret_act,
		  struct error *err)
{
	return read_act(json, false, arena, ret_act, err);
}

enum err act_of_entry(const struct json *json, struct arena *arena, struct act *ret_act,
		      struct error *err)
{
	return read_act(json, true, arena, ret_act, err);
}

enum err act_decode(const char *bytes, size_t len, struct arena *arena, struct act *ret_act,
		    struct error *err)
{
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = act_from(doc.root, arena, ret_act, err);
	json_release(&doc);
	return code;
}
