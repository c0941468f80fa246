/* Batches of acts, and the answers to them. */
#include <config.h>

#include <string.h>

#include "message_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"

enum { NOTE_MOST = 30000, ANSWERS_MOST = 4096 };

static const char *const verdict_words[] = {
	[VERDICT_APPLIED] = "applied",
	[VERDICT_MERGED] = "merged",
	[VERDICT_REFUSED] = "refused",
	[VERDICT_RETRY] = "retry",
};

/* --- lists of ready bytes ----------------------------------------------------------------- */

static void list_begin(struct str *out, const char *key)
{
	bool first = true;

	json_put_key(out, key, &first);
	str_add(out, "[");
}

static void list_add(struct str *out, const char *bytes, size_t len)
{
	if (out->len > 0 && out->s[out->len - 1] != '[')
		str_add(out, ",");
	str_add_bytes(out, bytes, len);
}

void acts_ask_begin(struct str *out)
{
	list_begin(out, "acts");
}

void acts_ask_add(struct str *out, const char *act_bytes, size_t len)
{
	list_add(out, act_bytes, len);
}

void acts_ask_end(struct str *out, const struct uuid *console, int64_t now, int64_t prev)
{
	bool first = false;

	str_add(out, "]");
	json_put_key(out, "console", &first);
	json_put_uuid(out, console);
	json_put_key(out, "now", &first);
	json_put_int(out, now);
	if (prev >= 0) {
		json_put_key(out, "prev", &first);
		json_put_int(out, prev);
	}
	str_add(out, "}");
}

void acts_answer_begin(struct str *out)
{
	list_begin(out, "answers");
}

void acts_answer_add(struct str *out, const char *answer_bytes, size_t len)
{
	list_add(out, answer_bytes, len);
}

void acts_answer_end(struct str *out, const struct answer_head *head)
{
	bool first = false;

	str_add(out, "]");
	head_put_epoch(out, head, &first);
	head_put_now(out, head, &first);
	head_put_version(out, head, &first);
	str_add(out, "}");
}

/* --- one answer --------------------------------------------------------------------------- */

static void put_int(struct str *out, const char *key, int64_t num, bool *first)
{
	json_put_key(out, key, first);
	json_put_int(out, num);
}

static void put_text(struct str *out, const char *key, const char *text, bool *first)
{
	if (!text)
		return;
	json_put_key(out, key, first);
	json_put_text(out, text);
}

static void by_put(struct str *out, const struct answer_by *by, bool *first)
{
	bool inner = true;

	if (!by->officer)
		return;
	json_put_key(out, "by", first);
	put_int(out, "at", by->at, &inner);
	put_text(out, "officer", by->officer, &inner);
	put_text(out, "org", by->org, &inner);
	put_int(out, "seq", by->seq, &inner);
	put_text(out, "verb", by->verb, &inner);
	json_put_end(out, inner);
}

static void verdict_put(struct str *out, const struct act_answer *answer)
{
	bool first = true;

	switch (answer->verdict) {
	case VERDICT_APPLIED:
		put_text(out, "number", answer->number, &first);
		put_int(out, "seq", answer->seq, &first);
		put_int(out, "version", answer->version, &first);
		break;
	case VERDICT_MERGED:
		by_put(out, &answer->by, &first);
		put_text(out, "note", answer->note, &first);
		put_int(out, "seq", answer->seq, &first);
		put_int(out, "version", answer->version, &first);
		break;
	case VERDICT_REFUSED:
		by_put(out, &answer->by, &first);
		put_text(out, "code", err_name(answer->code), &first);
		put_text(out, "sentence", answer->sentence, &first);
		if (answer->state) {
			json_put_key(out, "state", &first);
			entity_encode(answer->state, out);
		}
		break;
	case VERDICT_RETRY:
		put_int(out, "after", answer->after, &first);
		break;
	}
	json_put_end(out, first);
}

void act_answer_encode(const struct act_answer *answer, struct str *out)
{
	bool first = true, inner = true;

	json_put_key(out, "answer", &first);
	json_put_key(out, verdict_words[answer->verdict], &inner);
	verdict_put(out, answer);
	str_add(out, "}");
	json_put_key(out, "id", &first);
	json_put_uuid(out, &answer->id);
	put_int(out, "n", answer->n, &first);
	str_add(out, "}");
}

void act_answer_renumber(const char *bytes, size_t len, int64_t n, struct str *out)
{
	while (len > 0 && bytes[len - 1] != ':') /* "n" comes last */
		len--;
	str_add_bytes(out, bytes, len);
	json_put_int(out, n);
	str_add(out, "}");
}

static enum err by_from(const struct json *json, struct arena *arena, struct answer_by *ret_by,
			struct error *err)
{
	const struct json *object = json_member(json, "by");
	struct answer_by by = { .officer = NULL };
	enum err code;

	if (!json_is(object, TREE_OBJECT))
		return ERR_OK;
	code = json_get_text(object, "officer", NOTE_MOST, arena, &by.officer, err);
	if (!code)
		code = json_opt_text(object, "org", NOTE_MOST, arena, &by.org, err);
	if (!code)
		code = json_opt_text(object, "verb", NOTE_MOST, arena, &by.verb, err);
	if (!code)
		code = json_opt_int(object, "at", &by.at, err);
	if (!code)
		code = json_opt_int(object, "seq", &by.seq, err);
	if (!code)
		*ret_by = by;
	return code;
}

static enum err refused_from(const struct json *json, struct arena *arena,
			     struct act_answer *answer, struct error *err)
{
	const char *name = NULL;
	const struct json *state;
	enum err code = json_get_text(json, "code", NOTE_MOST, arena, &name, err);

	if (!code)
		code = json_opt_text(json, "sentence", NOTE_MOST, arena, &answer->sentence, err);
	if (!code)
		code = by_from(json, arena, &answer->by, err);
	if (code)
		return code;
	answer->code = err_from_name(name);
	state = json_member(json, "state");
	if (json_is(state, TREE_OBJECT)) {
		void *entity;

		code = entity_from(state, arena, &entity, err);
		if (!code)
			answer->state = entity;
	}
	return code;
}

static enum err verdict_from(const struct json *json, struct arena *arena,
			     struct act_answer *answer, struct error *err)
{
	enum err code;

	switch (answer->verdict) {
	case VERDICT_APPLIED:
	case VERDICT_MERGED:
		code = json_get_int(json, "seq", &answer->seq, err);
		if (!code)
			code = json_get_int(json, "version", &answer->version, err);
		if (!code)
			code = json_opt_text(json, "number", NOTE_MOST, arena, &answer->number,
					     err);
		if (!code)
			code = json_opt_text(json, "note", NOTE_MOST, arena, &answer->note, err);
		if (!code)
			code = by_from(json, arena, &answer->by, err);
		return code;
	case VERDICT_REFUSED:
		return refused_from(json, arena, answer, err);
	case VERDICT_RETRY:
		return json_get_int(json, "after", &answer->after, err);
	}
	return ERR_INPUT;
}

enum err act_answer_from(const struct json *json, struct arena *arena,
			 struct act_answer *ret_answer, struct error *err)
{
	struct act_answer answer = { .n = 0 };
	const struct json *object;
	enum err code = json_get_uuid(json, "id", &answer.id, err);

	if (!code)
		code = json_get_int(json, "n", &answer.n, err);
	if (!code)
		code = json_get_object(json, "answer", &object, err);
	if (code)
		return code;
	for (size_t i = 0; i < ARRAY_LEN(verdict_words); i++) {
		const struct json *verdict = json_member(object, verdict_words[i]);

		if (!json_is(verdict, TREE_OBJECT))
			continue;
		answer.verdict = (enum verdict)i;
		code = verdict_from(verdict, arena, &answer, err);
		if (!code)
			*ret_answer = answer;
		return code;
	}
	return error_set(err, ERR_INPUT,
			 _("JSON: an answer is one of applied, merged, refused, retry"));
}

enum err act_answer_decode(const char *bytes, size_t len, struct arena *arena,
			   struct act_answer *ret_answer, struct error *err)
{
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = act_answer_from(doc.root, arena, ret_answer, err);
	json_release(&doc);
	return code;
}

/* --- batches ------------------------------------------------------------------------------ */

/* An act that can be told apart (id, n) but not understood is one to be refused by itself. */
static enum err item_from(const struct json *json, struct arena *arena, struct acts_item *item,
			  struct error *err)
{
	struct error why = ERROR_INIT;
	enum err code;

	if (!json_is(json, TREE_OBJECT))
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be a list of objects"),
				 "acts");
	code = json_get_uuid(json, "id", &item->id, err);
	if (!code)
		code = json_get_int(json, "n", &item->n, err);
	if (code)
		return code;
	item->bad = act_from(json, arena, &item->act, &why);
	if (item->bad)
		item->sentence = arena_strdup(arena, why.text);
	return ERR_OK;
}

static enum err ask_from(const struct json *json, struct arena *arena, struct acts_ask *ask,
			 struct error *err)
{
	const struct json *array;
	size_t i = 0;
	enum err code = json_get_uuid(json, "console", &ask->console, err);

	if (!code)
		code = json_get_int(json, "now", &ask->now, err);
	ask->prev = -1;
	if (!code)
		code = json_opt_int(json, "prev", &ask->prev, err);
	if (!code)
		code = json_get_array(json, "acts", ACTS_MAX, &array, err);
	if (code)
		return code;
	ask->n = array->n;
	ask->items = arena_array(arena, ask->n + 1, sizeof *ask->items);
	json_each (item, array) {
		code = item_from(item, arena, &ask->items[i++], err);
		if (code)
			return code;
	}
	return ERR_OK;
}

enum err acts_ask_decode(const char *bytes, size_t len, struct arena *arena,
			 struct acts_ask *ret_ask, struct error *err)
{
	struct acts_ask ask = { .n = 0 };
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = ask_from(doc.root, arena, &ask, err);
	json_release(&doc);
	if (!code)
		*ret_ask = ask;
	return code;
}

static enum err answers_from(const struct json *json, struct arena *arena,
			     struct acts_answer *answer, struct error *err)
{
	const struct json *array;
	size_t i = 0;
	enum err code = head_from(json, arena, &answer->head, err);

	if (!code)
		code = json_get_array(json, "answers", ANSWERS_MOST, &array, err);
	if (code)
		return code;
	answer->n = array->n;
	answer->items = arena_array(arena, answer->n + 1, sizeof *answer->items);
	json_each (item, array) {
		code = act_answer_from(item, arena, &answer->items[i++], err);
		if (code)
			return code;
	}
	return ERR_OK;
}

enum err acts_answer_decode(const char *bytes, size_t len, struct arena *arena,
			    struct acts_answer *ret_answer, struct error *err)
{
	struct acts_answer answer = { .n = 0 };
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = answers_from(doc.root, arena, &answer, err);
	json_release(&doc);
	if (!code)
		*ret_answer = answer;
	return code;
}
