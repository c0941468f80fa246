#include <config.h>

#include "zhiban/wire/feed.h"

#include <string.h>

#include "message_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entry.h"

enum { ITEMS_MOST = 200000 };

/* --- feed: writing ------------------------------------------------------------------------ */

/* Items stand before "next" in key order; the rest of the object follows them. */
void feed_begin(struct str *out)
{
	str_add(out, "{\"items\":[");
}

static void item_begin(struct str *out, const char *key)
{
	if (out->s[out->len - 1] != '[')
		str_add(out, ",");
	str_add(out, "{\"");
	str_add(out, key);
	str_add(out, "\":");
}

void feed_entry(struct str *out, const char *canonical, size_t len, const uint8_t hash[SHA256_LEN])
{
	item_begin(out, "entry");
	entry_with_hash(canonical, len, hash, out);
	str_add(out, "}");
}

void feed_whole(struct str *out, const char *entity_bytes, size_t len, int64_t timeline_to)
{
	bool first = false;

	item_begin(out, "whole");
	str_add_bytes(out, entity_bytes, len);
	json_put_key(out, "timeline_to", &first);
	json_put_int(out, timeline_to);
	str_add(out, "}");
}

void feed_drop(struct str *out, enum kind kind, const struct uuid *id)
{
	bool first = true;

	item_begin(out, "drop");
	json_put_key(out, "id", &first);
	json_put_uuid(out, id);
	json_put_key(out, "kind", &first);
	json_put_text(out, kind_desc(kind)->name);
	str_add(out, "}}");
}

void feed_ack(struct str *out, const char *answer_bytes, size_t len)
{
	item_begin(out, "ack");
	str_add_bytes(out, answer_bytes, len);
	str_add(out, "}");
}

void feed_end(struct str *out, const struct answer_head *head, int64_t next, int64_t head_seq)
{
	bool first = false;

	str_add(out, "]");
	head_put_epoch(out, head, &first);
	json_put_key(out, "head", &first);
	json_put_int(out, head_seq);
	json_put_key(out, "next", &first);
	json_put_int(out, next);
	head_put_now(out, head, &first);
	head_put_version(out, head, &first);
	str_add(out, "}");
}

/* --- feed: reading ------------------------------------------------------------------------ */

static enum err entry_item(const struct json *json, struct arena *arena, struct feed_item *item,
			   struct error *err)
{
	const struct json *object;
	enum err code = json_get_object(json, "entry", &object, err);

	return code ? code : entry_from(object, arena, &item->entry, err);
}

static enum err of_newer(const struct json *json, struct arena *arena, struct feed_item *item)
{
	item->kind = FEED_UNKNOWN;
	item->raw = arena_strndup(arena, json->raw, json->raw_len);
	return ERR_OK;
}

static enum err whole_item(const struct json *json, struct arena *arena, struct feed_item *item,
			   struct error *err)
{
	const struct json *object;
	enum err code = json_get_object(json, "whole", &object, err);

	if (!code && json_new_kind(object))
		return of_newer(json, arena, item);
	if (!code)
		code = entity_from(object, arena, &item->entity, err);
	return code ? code : json_opt_int(json, "timeline_to", &item->timeline_to, err);
}

static enum err drop_item(const struct json *json, struct arena *arena, struct feed_item *item,
			  struct error *err)
{
	const struct json *object;
	enum err code = json_get_object(json, "drop", &object, err);

	if (!code && json_new_kind(object))
		return of_newer(json, arena, item);
	if (!code)
		code = json_get_uuid(object, "id", &item->drop_id, err);
	return code ? code : json_get_kind(object, "kind", &item->drop_kind, err);
}

static enum err ack_item(const struct json *json, struct arena *arena, struct feed_item *item,
			 struct error *err)
{
	const struct json *object;
	enum err code = json_get_object(json, "ack", &object, err);

	return code ? code : act_answer_from(object, arena, &item->answer, err);
}

static const struct {
	const char *key;
	enum feed_kind kind;
	enum err (*from)(const struct json *json, struct arena *arena, struct feed_item *item,
			 struct error *err);
} item_kinds[] = {
	{ "entry", FEED_ENTRY, entry_item },
	{ "whole", FEED_WHOLE, whole_item },
	{ "drop", FEED_DROP, drop_item },
	{ "ack", FEED_ACK, ack_item },
};

static enum err item_from(const struct json *json, struct arena *arena, struct feed_item *item,
			  struct error *err)
{
	if (!json_is(json, TREE_OBJECT))
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be a list of objects"),
				 "items");
	for (size_t i = 0; i < ARRAY_LEN(item_kinds); i++) {
		if (!json_member(json, item_kinds[i].key))
			continue;
		item->kind = item_kinds[i].kind;
		return item_kinds[i].from(json, arena, item, err);
	}
	return of_newer(json, arena, item);
}

static enum err feed_from(const struct json *json, struct arena *arena, struct feed_answer *answer,
			  struct error *err)
{
	const struct json *array;
	size_t i = 0;
	enum err code = head_from(json, arena, &answer->head, err);

	if (!code)
		code = json_get_int(json, "next", &answer->next, err);
	if (!code)
		code = json_get_int(json, "head", &answer->head_seq, err);
	if (!code)
		code = json_get_array(json, "items", ITEMS_MOST, &array, err);
	if (code)
		return code;
	answer->n = array->n;
	answer->items = arena_array(arena, answer->n + 1, sizeof *answer->items);
	json_each (item, array) {
		code = item_from(item, arena, &answer->items[i++], err);
		if (code)
			return code;
	}
	return ERR_OK;
}

enum err feed_answer_decode(const char *bytes, size_t len, struct arena *arena,
			    struct feed_answer *ret_answer, struct error *err)
{
	struct feed_answer answer = { .n = 0 };
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = feed_from(doc.root, arena, &answer, err);
	json_release(&doc);
	if (!code)
		*ret_answer = answer;
	return code;
}

/* --- one entity, timelines ---------------------------------------------------------------- */

void entity_answer(struct str *out, const char *entity_bytes, size_t len,
		   const struct answer_head *head)
{
	bool first = true;

	json_put_key(out, "entity", &first);
	str_add_bytes(out, entity_bytes, len);
	head_put_epoch(out, head, &first);
	head_put_now(out, head, &first);
	head_put_version(out, head, &first);
	str_add(out, "}");
}

enum err entity_answer_decode(const char *bytes, size_t len, struct arena *arena,
			      struct answer_head *ret_head, void **ret_entity, struct error *err)
{
	struct answer_head head;
	const struct json *object;
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = head_from(doc.root, arena, &head, err);
	if (!code)
		code = json_get_object(doc.root, "entity", &object, err);
	if (!code && json_new_kind(object))
		*ret_entity = NULL;
	else if (!code)
		code = entity_from(object, arena, ret_entity, err);
	if (!code)
		*ret_head = head;
	json_release(&doc);
	return code;
}

void timeline_begin(struct str *out)
{
	str_add(out, "{\"entries\":[");
}

void timeline_entry(struct str *out, const char *canonical, size_t len,
		    const uint8_t hash[SHA256_LEN])
{
	if (out->s[out->len - 1] != '[')
		str_add(out, ",");
	entry_with_hash(canonical, len, hash, out);
}

void timeline_end(struct str *out, const struct answer_head *head, bool end)
{
	log_end(out, head, end, 0);
}

void log_end(struct str *out, const struct answer_head *head, bool end, int64_t next)
{
	bool first = false;

	str_add(out, "]");
	json_put_key(out, "end", &first);
	str_add(out, end ? "true" : "false");
	head_put_epoch(out, head, &first);
	if (next != 0) {
		json_put_key(out, "next", &first);
		json_put_int(out, next);
	}
	head_put_now(out, head, &first);
	head_put_version(out, head, &first);
	str_add(out, "}");
}

static enum err timeline_from(const struct json *json, struct arena *arena,
			      struct timeline_answer *answer, struct error *err)
{
	const struct json *array, *end;
	size_t i = 0;
	enum err code = head_from(json, arena, &answer->head, err);

	if (!code)
		code = json_get_array(json, "entries", ITEMS_MOST, &array, err);
	if (code)
		return code;
	end = json_member(json, "end");
	if (!json_is(end, TREE_TRUE) && !json_is(end, TREE_FALSE))
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be %s"), "end",
				 _("true or false"));
	answer->end = end->type == TREE_TRUE;
	if (json_member(json, "next") != NULL)
		code = json_get_int(json, "next", &answer->next, err);
	if (code)
		return code;
	answer->n = array->n;
	answer->entries = arena_array(arena, answer->n + 1, sizeof *answer->entries);
	json_each (item, array) {
		if (!json_is(item, TREE_OBJECT))
			return error_set(err, ERR_INPUT,
					 _("JSON: \"%s\" must be a list of objects"), "entries");
		code = entry_from(item, arena, &answer->entries[i++], err);
		if (code)
			return code;
	}
	return ERR_OK;
}

enum err timeline_answer_decode(const char *bytes, size_t len, struct arena *arena,
				struct timeline_answer *ret_answer, struct error *err)
{
	struct timeline_answer answer = { .n = 0 };
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = timeline_from(doc.root, arena, &answer, err);
	json_release(&doc);
	if (!code)
		*ret_answer = answer;
	return code;
}
