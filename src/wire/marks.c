#include <config.h>

#include "zhiban/wire/marks.h"

#include <string.h>

#include "json_priv.h"
#include "message_priv.h"
#include "zhiban/base/i18n.h"

const char *const mark_words[] = { "pin", "seen", "watch", NULL };

static void list_put(struct str *out, const struct marks *marks)
{
	str_add_char(out, '[');
	for (size_t i = 0; i < marks->n; i++) {
		const struct officer_mark *mark = &marks->items[i];

		str_add(out, i > 0 ? ",{\"at\":" : "{\"at\":");
		json_put_int(out, mark->at);
		str_add(out, ",\"id\":");
		json_put_uuid(out, &mark->id);
		str_add(out, ",\"value\":");
		json_put_int(out, mark->value);
		str_add(out, ",\"what\":");
		json_put_text(out, mark->what);
		str_add_char(out, '}');
	}
	str_add_char(out, ']');
}

void marks_encode(const struct marks *marks, struct str *out)
{
	str_add(out, "{\"marks\":");
	list_put(out, marks);
	str_add_char(out, '}');
}

static enum err bad(struct error *err)
{
	return error_set(err, ERR_INPUT, "%s",
			 _("a mark has an id, a word (pin, seen, watch), a value and a time"));
}

static const char *known_word(const char *text)
{
	for (size_t i = 0; text != NULL && mark_words[i] != NULL; i++)
		if (strcmp(mark_words[i], text) == 0)
			return mark_words[i];
	return NULL;
}

static enum err one_from(const struct json *json, struct arena *arena, struct officer_mark *mark,
			 struct error *err)
{
	const struct json *id, *value, *at;
	const char *text;

	if (!json_is(json, TREE_OBJECT))
		return bad(err);
	id = json_member(json, "id");
	value = json_member(json, "value");
	at = json_member(json, "at");
	text = json_text_in(id, arena);
	mark->what = known_word(json_text_in(json_member(json, "what"), arena));
	if (text == NULL || uuid_parse(text, &mark->id) != ERR_OK || mark->what == NULL ||
	    !json_is(value, TREE_INT) || !json_is(at, TREE_INT) || value->num < 0 || at->num < 0)
		return bad(err);
	mark->value = value->num;
	mark->at = at->num;
	return ERR_OK;
}

static enum err list_from(const struct json *list, struct arena *arena, struct marks *marks,
			  struct error *err)
{
	enum err code = ERR_OK;

	if (!json_is(list, TREE_LIST) || list->n > MARKS_MAX)
		return error_set(err, ERR_INPUT, _("\"marks\": a list of at most %d is wanted"),
				 MARKS_MAX);
	marks->items = arena_array(arena, list->n + 1, sizeof *marks->items);
	json_each(item, list)
		if (code == ERR_OK)
			code = one_from(item, arena, &marks->items[marks->n++], err);
	return code;
}

enum err marks_decode(const char *bytes, size_t len, struct arena *arena, struct marks *ret_marks,
		      struct error *err)
{
	struct json_doc doc;
	struct marks marks = { .n = 0 };
	enum err code = json_read(bytes, len, &doc, err);

	if (code != ERR_OK)
		return code;
	code = list_from(json_member(doc.root, "marks"), arena, &marks, err);
	json_release(&doc);
	if (code == ERR_OK)
		*ret_marks = marks;
	return code;
}

/* "epoch","now" before, "version" behind whatever stands between in order of keys. */
static void head_put(struct str *out, const struct answer_head *head)
{
	str_add(out, "\"epoch\":");
	json_put_text(out, head->epoch);
}

static void tail_put(struct str *out, const struct answer_head *head)
{
	str_add(out, ",\"version\":");
	json_put_int(out, head->version);
	str_add_char(out, '}');
}

void marks_put_answer(struct str *out, const struct answer_head *head, const struct uuid *gone,
		      size_t n)
{
	str_add_char(out, '{');
	head_put(out, head);
	str_add(out, ",\"gone\":[");
	for (size_t i = 0; i < n; i++) {
		str_add(out, i > 0 ? "," : "");
		json_put_uuid(out, &gone[i]);
	}
	str_add(out, "],\"now\":");
	json_put_int(out, head->now);
	tail_put(out, head);
}

void marks_get_answer(struct str *out, const struct answer_head *head, const struct marks *marks,
		      int64_t next)
{
	str_add_char(out, '{');
	head_put(out, head);
	str_add(out, ",\"marks\":");
	list_put(out, marks);
	str_add(out, ",\"next\":");
	json_put_int(out, next);
	str_add(out, ",\"now\":");
	json_put_int(out, head->now);
	tail_put(out, head);
}

/* ---- the console's side ---- */

enum err marks_gone_decode(const char *bytes, size_t len, struct arena *arena,
			   struct answer_head *ret_head, struct uuid **ret_gone, size_t *ret_n,
			   struct error *err)
{
	struct json_doc doc;
	const struct json *list;
	struct uuid *gone = NULL;
	size_t n = 0;
	enum err code = json_read(bytes, len, &doc, err);

	if (code != ERR_OK)
		return code;
	code = head_from(doc.root, arena, ret_head, err);
	list = json_member(doc.root, "gone");
	if (code == ERR_OK && (!json_is(list, TREE_LIST) || list->n > MARKS_MAX))
		code = bad(err);
	if (code == ERR_OK) {
		gone = arena_array(arena, list->n + 1, sizeof *gone);
		json_each(item, list) {
			const char *text = json_text_in(item, arena);

			if (code == ERR_OK && (!text || uuid_parse(text, &gone[n++]) != ERR_OK))
				code = bad(err);
		}
	}
	json_release(&doc);
	if (code != ERR_OK)
		return code;
	*ret_gone = gone;
	*ret_n = n;
	return ERR_OK;
}

enum err marks_list_decode(const char *bytes, size_t len, struct arena *arena,
			   struct answer_head *ret_head, struct marks *ret_marks,
			   int64_t *ret_next, struct error *err)
{
	struct json_doc doc;
	const struct json *next;
	struct marks marks = { .n = 0 };
	enum err code = json_read(bytes, len, &doc, err);

	if (code != ERR_OK)
		return code;
	code = head_from(doc.root, arena, ret_head, err);
	if (code == ERR_OK)
		code = list_from(json_member(doc.root, "marks"), arena, &marks, err);
	next = json_member(doc.root, "next");
	if (code == ERR_OK && (!json_is(next, TREE_INT) || next->num < 0))
		code = bad(err);
	if (code == ERR_OK) {
		*ret_next = next->num;
		*ret_marks = marks;
	}
	json_release(&doc);
	return code;
}
