/* A row of an import as an act. */
#include <config.h>

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "import_map_priv.h"
#include "json_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/jsonout.h"

enum { FIELDS_MOST = 128, TITLE_CHARS = 40 };

struct pick { /* the column chosen for a field */
	const char *name, *value;
	unsigned rank;
};

struct intake {
	const struct import_ctx *ctx;
	const struct import_row *row;
	struct arena *arena;
	const struct kind_desc *kind;
	struct pick picks[FIELDS_MOST]; /* by position in the field table */
	struct act act;
};

static enum err bad_cell(const struct intake *in, const char *column, struct error *err,
			 const char *words)
{
	if (in->ctx->ret_column) {
		*in->ctx->ret_column = column;
		return error_set(err, ERR_INPUT, "%s", words);
	}
	return error_set(err, ERR_INPUT, _("line %lld: %s: %s"), (long long)in->row->line, column,
			 words);
}

static struct pick *pick_of(struct intake *in, const char *field)
{
	const struct field *f = field_find(in->kind->fields, in->kind->n_fields, field);

	return &in->picks[f - in->kind->fields];
}

static void give_text(struct intake *in, const char *name, const char *text)
{
	act_give(&in->act, act_arg_field(in->act.desc, name),
		 (struct value){ .is_text = true, .text = text }, in->arena);
}

static void give_num(struct intake *in, const char *name, int64_t num)
{
	act_give(&in->act, act_arg_field(in->act.desc, name), (struct value){ .num = num },
		 in->arena);
}

/* --- words ---------------------------------------------------------------------------------- */

static size_t space_at(const char *s)
{
	if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')
		return 1;
	return strncmp(s, "\xE3\x80\x80", 3) == 0 ? 3 : 0; /* the ideographic space */
}

/* Without white space at both ends; of a one-line field, runs of it are one space. */
static const char *tidy(struct arena *arena, const char *s, bool one_line)
{
	char *copy, *to, *end;

	for (size_t n; (n = space_at(s)) > 0;)
		s += n;
	to = end = copy = arena_strdup(arena, s);
	while (*s) {
		size_t n = space_at(s);

		if (!n) {
			*to++ = *s++;
			end = to;
			continue;
		}
		if (!one_line) {
			memcpy(to, s, n);
			to += n;
		} else if (to == end) {
			*to++ = ' ';
		}
		s += n;
	}
	*end = '\0';
	return copy;
}

static bool is_blank(const char *s)
{
	for (size_t n; (n = space_at(s)) > 0;)
		s += n;
	return *s == '\0';
}

/* --- columns -------------------------------------------------------------------------------- */

static enum err keep_attr(struct intake *in, const char *name, const char *value,
			  struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_ATTR);
	const struct field *attr = field_find(desc->fields, desc->n_fields, "value");
	const struct field *title = field_find(desc->fields, desc->n_fields, "name");
	size_t len = strlen(name);
	char *words;

	value = tidy(in->arena, value, false);
	if (!*value)
		return ERR_OK;
	if (text_longer(name, field_max(title)))
		return bad_cell(in, name, err, _("the column's name is too long"));
	if (text_longer(value, field_max(attr)))
		return bad_cell(in, name, err,
				arena_printf(in->arena,
					     _("%zu characters are too many, at most %u"),
					     text_chars(value), field_max(attr)));
	words = arena_alloc(in->arena, len + 1 + strlen(value) + 1);
	for (size_t i = 0; i < len; i++)
		words[i] = name[i] == '=' ? '-' : name[i];
	words[len] = '=';
	memcpy(words + len + 1, value, strlen(value));
	give_text(in, "attr", words);
	return ERR_OK;
}

static enum err pick_columns(struct intake *in, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < in->row->n; i++) {
		const char *name = in->row->names[i], *value = in->row->values[i];
		const struct import_column *column = import_map_find(in->ctx->map, name);
		struct pick *pick, loser = { name, value, 0 };

		if (!text_valid(value, strlen(value)) || !text_valid(name, strlen(name)))
			return bad_cell(in, text_valid(name, strlen(name)) ? name : "?", err,
					_("bytes that are no text"));
		if (is_blank(value))
			continue;
		if (column) {
			pick = &in->picks[column->field - in->kind->fields];
			if (!pick->value || pick->rank > column->rank) {
				loser = *pick;
				*pick = (struct pick){ name, value, column->rank };
			}
		}
		if (loser.value)
			code = keep_attr(in, loser.name, loser.value, err);
	}
	return code;
}

static bool is_closed_word(const struct rules *rules, const char *word)
{
	for (const char *const *w = rules->closed_words; w && *w; w++)
		if (strcasecmp(*w, word) == 0)
			return true;
	return strncasecmp(word, "closed", 6) == 0;
}

static const char *file_of(const struct intake *in)
{
	return in->row->file ? in->row->file : in->ctx->file;
}

/* The source: asked for, the row's own, or the file's name.  A moment of answering closes a row
 * only if its state does not say that it is open. */
static enum err settle(struct intake *in, struct error *err)
{
	struct pick *source = pick_of(in, "source"), *status = pick_of(in, "status");
	struct pick *closed = pick_of(in, "closed_at");
	const char *asked = in->ctx->source ? in->ctx->source : in->row->source;
	enum err code = ERR_OK;

	if (asked && source->value)
		code = keep_attr(in, source->name, source->value, err);
	if (asked)
		*source = (struct pick){ "source", asked, 0 };
	else if (!source->value)
		*source = (struct pick){ "source", file_of(in), 0 };
	if (!code && !in->ctx->live && closed->value && status->value &&
	    !is_closed_word(in->ctx->rules, tidy(in->arena, status->value, true))) {
		code = keep_attr(in, closed->name, closed->value, err);
		*closed = (struct pick){ 0 };
	}
	return code;
}

/* --- fields --------------------------------------------------------------------------------- */

/* Whether foreign words for it are kept beside, instead of refusing the row. */
static bool may_be_foreign(const struct field *field)
{
	return field->type == FIELD_CHOICE || field->type == FIELD_MICRO;
}

static enum err give_field(struct intake *in, const struct field *field, const struct pick *pick,
			   struct error *err)
{
	const char *words = tidy(in->arena, pick->value, !(field->flags & F_LONG));
	struct error why = ERROR_INIT;
	struct value value;

	if (rules_parse(in->ctx->rules, field, words, in->arena, &value, &why)) {
		if (may_be_foreign(field))
			return keep_attr(in, pick->name, pick->value, err);
		return bad_cell(in, pick->name, err, why.text);
	}
	if (value_is_set(value))
		act_give(&in->act, field, value, in->arena);
	return ERR_OK;
}

static enum err give_fields(struct intake *in, struct error *err)
{
	for (size_t i = 0; i < in->kind->n_fields; i++) {
		enum err code;

		if (!in->picks[i].value)
			continue;
		code = give_field(in, &in->kind->fields[i], &in->picks[i], err);
		if (code)
			return code;
	}
	return ERR_OK;
}

/* The beginning of the text, else what kind of case it is or where. */
static enum err give_title(struct intake *in, struct error *err)
{
	static const char *const others[] = { "category", "address", "src_no" };
	const char *text = pick_of(in, "text")->value;
	size_t at = 0, chars = 0;

	if (act_text(&in->act, "title"))
		return ERR_OK;
	/* a number says nothing to who takes the case */
	for (size_t i = 0; !text && i < ARRAY_LEN(others) - (in->ctx->live ? 1 : 0); i++)
		text = pick_of(in, others[i])->value;
	if (!text && in->ctx->live)
		return bad_cell(in, "title", err, _("a title or a text is wanted"));
	text = tidy(in->arena, text ? text : file_of(in), true);
	for (size_t left = strlen(text); at < left && chars < TITLE_CHARS; chars++)
		at += text_grapheme(text + at, left - at);
	give_text(in, "title", tidy(in->arena, arena_strndup(in->arena, text, at), true));
	return ERR_OK;
}

/* --- ids ------------------------------------------------------------------------------------ */

/* A row without an outside number is known by all its words. */
static void row_digest(const struct import_row *row, char hex[SHA256_HEX])
{
	uint8_t hash[SHA256_LEN];
	struct sha256 h;

	sha256_init(&h);
	for (size_t i = 0; i < row->n; i++) {
		sha256_add(&h, row->names[i], strlen(row->names[i]) + 1);
		sha256_add(&h, row->values[i], strlen(row->values[i]) + 1);
	}
	sha256_end(&h, hash);
	crypto_hex(hash, sizeof hash, hex);
}

static void give_ids(struct intake *in)
{
	const char *number = act_text(&in->act, "src_no");
	char hex[SHA256_HEX];
	const char *words;

	if (!number) {
		row_digest(in->row, hex);
		number = hex;
	}
	words = arena_printf(in->arena, "import %s %s", act_text(&in->act, "source"), number);
	in->act.target = (struct target){ KIND_INCIDENT, uuid_named(words), 0 };
	in->act.id = uuid_child(&in->act.target.id, "register", 0);
}

enum err import_act(const struct import_ctx *ctx, const struct import_row *row,
		    struct arena *arena, struct act *ret_act, struct error *err)
{
	struct intake in = { .ctx = ctx, .row = row, .arena = arena,
			     .kind = kind_desc(KIND_INCIDENT) };
	struct value at;
	enum err code;

	assert(in.kind->n_fields <= FIELDS_MOST);
	in.act.desc = act_desc_find("register");
	in.act.actor = ctx->actor;
	code = pick_columns(&in, err);
	if (!code)
		code = settle(&in, err);
	if (!code)
		code = give_fields(&in, err);
	if (!code)
		code = give_title(&in, err);
	if (code)
		return code;
	if (!ctx->live)
		give_num(&in, "historic", 1);
	at = act_value(&in.act, "reported_at", 0);
	if (!value_is_set(at)) {
		give_num(&in, "reported_at", ctx->now);
		at.num = ctx->now;
	}
	in.act.at = ctx->live ? ctx->now : at.num;
	give_ids(&in);
	*ret_act = in.act;
	return ERR_OK;
}

/* --- around it ------------------------------------------------------------------------------ */

const char *import_file_name(const char *path, struct arena *arena)
{
	static const char *const endings[] = { ".gz", ".csv", ".tsv", ".txt", ".jsonl", ".json" };
	const char *slash = strrchr(path, '/');
	char *name = arena_strdup(arena, slash ? slash + 1 : path);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t len = strlen(name), n = strlen(endings[i]);

		if (len > n && strcasecmp(name + len - n, endings[i]) == 0)
			name[len - n] = '\0';
	}
	return *name && strcmp(name, "-") != 0 ? name : "import";
}

void import_reject_header(struct str *out)
{
	str_add(out, "line,reason,row\n");
}

void import_reject(const struct import_row *row, const char *reason, struct str *out)
{
	struct str json = STR_INIT;
	bool first = true;

	for (size_t i = 0; i < row->n; i++) {
		str_add(&json, first ? "{" : ",");
		first = false;
		json_put_text(&json, row->names[i]);
		str_add_char(&json, ':');
		json_put_text(&json, row->values[i]);
	}
	json_put_end(&json, first);
	str_addf(out, "%lld,", (long long)row->line);
	csv_cell(out, reason);
	str_add_char(out, ',');
	csv_cell(out, str_get(&json));
	str_add_char(out, '\n');
	str_release(&json);
}
