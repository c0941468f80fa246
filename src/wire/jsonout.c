#include <config.h>

#include "zhiban/wire/jsonout.h"

#include <stdio.h>
#include <string.h>

#include "json_priv.h"
#include "paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum err out_format_find(const char *word, enum out_format *ret_format)
{
	static const char *const words[] = {
		[OUT_JSON] = "json",
		[OUT_JSONL] = "jsonl",
		[OUT_CSV] = "csv",
		[OUT_HTML] = "html",
		[OUT_MARKDOWN] = "markdown",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(word, words[i])) {
			*ret_format = (enum out_format)i;
			return ERR_OK;
		}
	return ERR_USAGE;
}

enum err out_format_of_file(const char *path, enum out_format *ret_format, struct error *err)
{
	static const struct {
		const char *end;
		enum out_format format;
	} ends[] = {
		{ "csv", OUT_CSV },	  { "html", OUT_HTML }, { "htm", OUT_HTML },
		{ "md", OUT_MARKDOWN }, { "json", OUT_JSON }, { "jsonl", OUT_JSONL },
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot != NULL && i < ARRAY_LEN(ends); i++)
		if (strcmp(dot + 1, ends[i].end) == 0) {
			*ret_format = ends[i].format;
			return ERR_OK;
		}
	return error_set(err, ERR_USAGE,
			 _("%s: name the file .csv (for WPS or Excel), .html, .md, .json or .jsonl"),
			 path);
}

/* --- texts that are safe on a terminal ------------------------------------------------------ */

static void put_escaped(struct str *out, uint32_t cp)
{
	if (cp < 0x10000) {
		str_addf(out, "\\u%04X", (unsigned)cp);
		return;
	}
	cp -= 0x10000;
	str_addf(out, "\\u%04X\\u%04X", 0xD800 + (unsigned)(cp >> 10),
		 0xDC00 + (unsigned)(cp & 0x3FF));
}

/* One character that text_clean would have made visible stands as its escape. */
static void put_char(struct str *out, const char *s, size_t n, uint32_t cp, struct str *clean)
{
	char ascii[2] = { (char)cp, '\0' };
	struct str plain = STR_INIT;

	if (cp == '"' || cp == '\\' || cp < 0x20) {
		json_put_text(&plain, ascii);
		str_add_bytes(out, plain.s + 1, plain.len - 2);
		str_release(&plain);
		return;
	}
	str_clear(clean);
	text_clean(clean, s, n, false);
	if (clean->len == n && memcmp(clean->s, s, n) == 0)
		str_add_bytes(out, s, n);
	else
		put_escaped(out, cp);
}

void json_text(struct str *out, const char *text)
{
	size_t len = strlen(text), n;
	struct str clean = STR_INIT;
	uint32_t cp;

	str_add_char(out, '"');
	text_clean(&clean, text, len, false);
	if (clean.len == len && (len == 0 || memcmp(clean.s, text, len) == 0) &&
	    !strpbrk(text, "\"\\")) { /* nearly always */
		str_add_bytes(out, text, len);
	} else {
		for (; len > 0; text += n, len -= n) {
			n = text_next(text, len, &cp);
			put_char(out, text, n, cp, &clean);
		}
	}
	str_add_char(out, '"');
	str_release(&clean);
}

/* Personal values are masked here as on the screen: to see one takes an act of its own. */
static void safe_value(struct str *out, const struct field *field, struct value value)
{
	struct str masked = STR_INIT;

	if (!value.is_text || !value_is_set(value)) {
		json_put_value(out, value);
	} else if ((field->flags & F_MASK) != 0) {
		mask_text(&masked, value.text);
		json_text(out, str_get(&masked));
	} else {
		json_text(out, value.text);
	}
	str_release(&masked);
}

static void row_value(const struct out_rows *rows, const struct field *field, struct value value,
		      struct str *out)
{
	if (rows->clear && (field->flags & F_MASK) != 0 && value.is_text && value_is_set(value))
		json_text(out, value.text);
	else
		safe_value(out, field, value);
}

void csv_cell(struct str *out, const char *text)
{
	struct str clean = STR_INIT;
	const char *s;

	text_clean(&clean, text, strlen(text), true);
	s = str_get(&clean);
	if (!strpbrk(s, ",\"\n\r") && *s != ' ' && (!clean.len || s[clean.len - 1] != ' ')) {
		str_add(out, s);
	} else {
		str_add_char(out, '"');
		for (; *s; s++) {
			if (*s == '"')
				str_add_char(out, '"');
			str_add_char(out, *s);
		}
		str_add_char(out, '"');
	}
	str_release(&clean);
}

void csv_guarded(struct str *out, const char *text)
{
	struct str guarded = STR_INIT;
	bool number = text[0] == '-' && text[1] != '\0' &&
		      strspn(text + 1, "0123456789.") == strlen(text + 1);

	if (text[0] == '\0' || strchr("=+-@\t\r", text[0]) == NULL || number) {
		csv_cell(out, text);
		return;
	}
	str_addf(&guarded, "'%s", text);
	csv_cell(out, guarded.s);
	str_release(&guarded);
}

/* --- rows ----------------------------------------------------------------------------------- */

static void put_cell(const struct out_rows *rows, struct str *out, const char *text)
{
	if (rows->guard)
		csv_guarded(out, text);
	else
		csv_cell(out, text);
}

static void csv_value(const struct out_rows *rows, const struct field *field, struct value value,
		      struct str *out)
{
	struct str masked = STR_INIT;
	char buf[80];

	if (!value_is_set(value))
		return;
	if (field->type == FIELD_TIME) {
		civil_format(value.num, rows->offset_min, "Y-m-d H:M:S", buf, sizeof buf);
		str_add(out, buf);
	} else if (field->type == FIELD_MICRO) {
		int64_t micro = value.num < 0 ? -value.num : value.num;

		str_addf(out, "%s%lld.%06lld", value.num < 0 ? "-" : "",
			 (long long)(micro / 1000000), (long long)(micro % 1000000));
	} else if ((field->flags & F_MASK) != 0 && !rows->clear) {
		mask_text(&masked, value.text);
		put_cell(rows, out, str_get(&masked));
		str_release(&masked);
	} else if (rows->rules) {
		put_cell(rows, out, rules_show(rows->rules, field, value, buf, sizeof buf));
	} else if (value.is_text) {
		put_cell(rows, out, value.text);
	} else {
		json_put_int(out, value.num);
	}
}

static void csv_begin(const struct out_rows *rows, struct str *out)
{
	str_add(out, rows->sheet ? BYTE_ORDER_MARK "id" : "id");
	for (size_t i = 0; i < rows->n_fields; i++) {
		str_add_char(out, ',');
		csv_cell(out, _(rows->fields[i]->title));
	}
	str_add(out, rows->sheet ? "\r\n" : "\n");
}

static void csv_add(const struct out_rows *rows, const struct uuid *id, const void *thing,
		    struct str *out)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	str_add(out, text);
	for (size_t i = 0; i < rows->n_fields; i++) {
		str_add_char(out, ',');
		csv_value(rows, rows->fields[i], field_get(rows->fields[i], thing), out);
	}
	str_add(out, rows->sheet ? "\r\n" : "\n");
}

static void json_add(const struct out_rows *rows, const struct uuid *id, const void *thing,
		     struct str *out)
{
	bool first = true;

	if (rows->format == OUT_JSON)
		str_add(out, rows->n ? ",\n" : "\n");
	json_put_key(out, "id", &first);
	json_put_uuid(out, id);
	for (size_t i = 0; i < rows->n_fields; i++) {
		json_put_key(out, rows->fields[i]->json, &first);
		row_value(rows, rows->fields[i], field_get(rows->fields[i], thing), out);
	}
	json_put_end(out, first);
	if (rows->format == OUT_JSONL)
		str_add_char(out, '\n');
}

void out_rows_begin(struct out_rows *rows, struct str *out)
{
	rows->n = 0;
	switch (rows->format) {
	case OUT_JSON:
		str_add(out, "[");
		break;
	case OUT_JSONL:
		break;
	case OUT_CSV:
		csv_begin(rows, out);
		break;
	case OUT_HTML:
	case OUT_MARKDOWN:
		paper_begin(rows, out);
		break;
	}
}

void out_rows_add(struct out_rows *rows, const struct uuid *id, const void *thing, struct str *out)
{
	switch (rows->format) {
	case OUT_JSON:
	case OUT_JSONL:
		json_add(rows, id, thing, out);
		break;
	case OUT_CSV:
		csv_add(rows, id, thing, out);
		break;
	case OUT_HTML:
	case OUT_MARKDOWN:
		paper_add(rows, thing, out);
		break;
	}
	rows->n++;
}

void out_rows_end(struct out_rows *rows, struct str *out)
{
	if (rows->format == OUT_JSON)
		str_add(out, rows->n ? "\n]\n" : "]\n");
	else if (rows->format == OUT_HTML || rows->format == OUT_MARKDOWN)
		paper_end(rows, out);
}

/* --- one entity ----------------------------------------------------------------------------- */

static void fields_put(struct str *out, const struct field *fields, size_t n, const void *thing,
		       bool *first)
{
	for (size_t i = 0; i < n; i++) {
		struct value value = field_get(&fields[i], thing);

		if (!value_is_set(value))
			continue;
		json_put_key(out, fields[i].json, first);
		safe_value(out, &fields[i], value);
	}
}

static void slots_put(struct str *out, const void *entity, const struct kind_desc *kind,
		      bool *first)
{
	for (size_t s = 0; s < kind->n_slots; s++) {
		const struct child_desc *desc = kind->slots[s].desc;
		const struct children *list = entity_children_const(entity, desc);

		json_put_key(out, desc->name, first);
		str_add_char(out, '[');
		for (size_t i = 0; i < list->n; i++) {
			const void *child = children_at(list, desc, i);
			bool inner = true;

			str_add(out, i ? ",\n" : "\n");
			json_put_key(out, "id", &inner);
			json_put_uuid(out, child);
			fields_put(out, desc->fields, desc->n_fields, child, &inner);
			json_put_end(out, inner);
		}
		str_add_char(out, ']');
	}
}

static void safe_member(struct str *out, const char *key, const char *text, bool *first)
{
	json_put_key(out, key, first);
	json_text(out, text ? text : "");
}

static void int_member(struct str *out, const char *key, int64_t num, bool *first)
{
	json_put_key(out, key, first);
	json_put_int(out, num);
}

void json_given(struct str *out, const struct act *act)
{
	bool first = true;

	for (size_t i = 0; i < act->n_given; i++) {
		const struct field *field = act->given[i].field;
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = act->given[k].field == field;
		if (seen)
			continue;
		json_put_key(out, field->json, &first);
		if (!(field->flags & F_REPEAT)) {
			safe_value(out, field, act->given[i].value);
			continue;
		}
		for (size_t k = i; k < act->n_given; k++) {
			if (act->given[k].field != field)
				continue;
			str_add(out, k == i ? "[" : ",");
			safe_value(out, field, act->given[k].value);
		}
		str_add_char(out, ']');
	}
	json_put_end(out, first);
}

static void phone_put(struct str *out, const struct by_phone *phone, bool *first)
{
	bool inner = true;
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	json_put_key(out, "by_phone", first);
	for (size_t i = 0; i < n; i++) {
		struct value value = field_get(&fields[i], phone);

		if (!value_is_set(value))
			continue;
		json_put_key(out, fields[i].json, &inner);
		safe_value(out, &fields[i], value);
	}
	json_put_end(out, inner);
}

static void timeline_put(struct str *out, const struct rules *rules, const struct entry *entry)
{
	const struct act *act = &entry->act;
	bool first = true;

	int_member(out, "seq", entry->seq, &first);
	int_member(out, "at", act->at, &first);
	int_member(out, "recv", entry->recv, &first);
	int_member(out, "eff", entry->eff, &first);
	safe_member(out, "verb", act_verb(act), &first);
	if (act->verb)
		safe_member(out, "label", act->verb, &first);
	else
		safe_member(out, "label",
			    rules ? rules_act_label(rules, act->desc) : _(act->desc->title),
			    &first);
	safe_member(out, "officer", act->actor.officer, &first);
	safe_member(out, "org", act->actor.org, &first);
	safe_member(out, "role", act->actor.role, &first);
	json_put_key(out, "args", &first);
	json_given(out, act);
	if (by_phone_is(&act->by_phone))
		phone_put(out, &act->by_phone, &first);
	json_put_end(out, first);
}

static void entity_put(struct str *out, const void *entity, bool *first)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);

	json_put_key(out, "id", first);
	json_put_uuid(out, &head->id);
	safe_member(out, "kind", kind->name, first);
	int_member(out, "version", head->version, first);
	int_member(out, "seq", head->seq, first);
	fields_put(out, kind->fields, kind->n_fields, entity, first);
	slots_put(out, entity, kind, first);
}

void json_entity(struct str *out, const void *entity)
{
	struct str lines = STR_INIT;
	bool first = true;

	entity_put(&lines, entity, &first);
	json_put_end(&lines, first);
	for (size_t i = 0; i < lines.len; i++) /* in texts they are escaped */
		if (lines.s[i] != '\n')
			str_add_char(out, lines.s[i]);
	str_release(&lines);
}

void show_json(const void *entity, const struct rules *rules, const struct entry *entries, size_t n,
	       struct str *out)
{
	bool first = true;

	entity_put(out, entity, &first);
	json_put_key(out, "timeline", &first);
	str_add_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		str_add(out, i ? ",\n" : "\n");
		timeline_put(out, rules, &entries[i]);
	}
	str_add(out, "]}\n");
}

void status_json(const struct console_status *status, struct str *out)
{
	bool first = true, inner = true;

	json_put_key(out, "online", &first);
	str_add(out, status->online ? "true" : "false");
	safe_member(out, "server", status->server, &first);
	safe_member(out, "epoch", status->epoch, &first);
	int_member(out, "cursor", status->cursor, &first);
	int_member(out, "pending", status->pending, &first);
	int_member(out, "refused", status->refused, &first);
	int_member(out, "unread", status->unread, &first);
	int_member(out, "data_age_s", status->data_age_s, &first);
	safe_member(out, "link", status->link, &first);
	safe_member(out, "reason", status->reason, &first);
	int_member(out, "since", status->since, &first);
	int_member(out, "unsent", status->unsent, &first);
	int_member(out, "sent", status->sent, &first);
	int_member(out, "bytes_in", status->bytes_in, &first);
	int_member(out, "bytes_out", status->bytes_out, &first);
	json_put_key(out, "versions", &first);
	safe_member(out, "console", status->console_version, &inner);
	safe_member(out, "server", status->server_version, &inner);
	int_member(out, "protocol", status->protocol, &inner);
	json_put_end(out, inner);
	str_add(out, "}\n");
}
