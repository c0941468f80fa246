#include <config.h>

#include "zhiban/model/columns.h"

#include <string.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *name, *title, *field;
} own[] = {
	{ "left", N_("Left"), "due" },
	{ "urgency", N_("Urg."), "urgency" },
	{ "number", N_("Number"), "number" },
	{ "source", N_("From"), "source" },
	{ "street", N_("Area"), "street" },
	{ "category", N_("Category"), "category" },
	{ "title", N_("Matter"), "title" },
	{ "merged", N_("Joined"), "merged" },
	{ "reported", N_("Reported"), "reported_at" },
	{ "latest", N_("Latest move"), "moved_at" },
	{ "pressed", N_("Pressed"), "supervised" },
	{ "holder", N_("Holder"), "holder" },
	{ "state", N_("State"), "step" },
};

static const struct field *field_of(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	return field_find(kind->fields, kind->n_fields, name);
}

static bool is_shown_by_own(const struct field *field)
{
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (strcmp(own[i].name, field->name) == 0)
			return true;
	return false;
}

static bool may_stand(const struct field *field)
{
	return field->sensitivity != SENS_PERSONAL && !(field->flags & (F_LONG | F_HIDDEN)) &&
	       !is_shown_by_own(field);
}

size_t columns_count(void)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	size_t n = ARRAY_LEN(own);

	for (size_t i = 0; i < kind->n_fields; i++)
		n += may_stand(&kind->fields[i]);
	return n;
}

void columns_at(size_t i, struct column *ret_column)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	size_t n = ARRAY_LEN(own);

	if (i < n) {
		*ret_column = (struct column){ own[i].name, own[i].title, field_of(own[i].field),
					       true };
		return;
	}
	for (size_t k = 0; k < kind->n_fields; k++) {
		const struct field *field = &kind->fields[k];

		if (may_stand(field) && n++ == i)
			*ret_column = (struct column){ field->name, field->title, field, false };
	}
}

static bool is_named(const struct column *column, const char *word, int way)
{
	switch (way) {
	case 0:
		return strcmp(column->name, word) == 0;
	case 1:
		return strcmp(_(column->title), word) == 0;
	default:
		return strcmp(column->field->name, word) == 0 ||
		       strcmp(_(column->field->title), word) == 0;
	}
}

bool columns_find(const char *word, struct column *ret_column)
{
	size_t n = columns_count();

	for (int way = 0; way < 3; way++)
		for (size_t i = 0; i < n; i++) {
			struct column column;

			columns_at(i, &column);
			if (is_named(&column, word, way)) {
				*ret_column = column;
				return true;
			}
		}
	return false;
}

bool columns_has(const struct columns *columns, const char *name, size_t *ret_at)
{
	for (size_t i = 0; i < columns->n; i++)
		if (strcmp(columns->names[i], name) == 0) {
			*ret_at = i;
			return true;
		}
	return false;
}

static enum err unknown(const char *word, struct error *err)
{
	enum { ALL_MOST = 200 };
	const char *names[ALL_MOST], *nearest;
	struct str some = STR_INIT;
	size_t n = columns_count();

	for (size_t i = 0; i < n && i < ALL_MOST; i++) {
		struct column column;

		columns_at(i, &column);
		names[i] = column.name;
		if (i < ARRAY_LEN(own))
			str_addf(&some, "%s%s", i ? ", " : "", column.name);
	}
	nearest = conf_nearest(names, n < ALL_MOST ? n : ALL_MOST, word);
	if (nearest)
		error_set(err, ERR_INPUT, _("there is no column %s; did you mean %s?"), word,
			  nearest);
	else
		error_set(err, ERR_INPUT,
			  _("there is no column %s; there are %s, and the fields of the incident"),
			  word, str_get(&some));
	str_release(&some);
	return ERR_INPUT;
}

enum err columns_parse(const char *words, struct columns *ret_columns, struct error *err)
{
	static const char between[] = ", \t";
	struct columns columns = { .n = 0 };
	char word[128];

	for (const char *at = words + strspn(words, between); *at; at += strspn(at, between)) {
		size_t len = strcspn(at, between), known;
		struct column column;

		if (len >= sizeof word)
			return error_set(err, ERR_INPUT, "%s", _("that is no column's name"));
		memcpy(word, at, len);
		word[len] = '\0';
		at += len;
		if (!columns_find(word, &column))
			return unknown(word, err);
		if (columns_has(&columns, column.name, &known))
			continue;
		if (columns.n == COLUMNS_MOST)
			return error_set(err, ERR_INPUT, _("at most %d columns can be chosen"),
					 COLUMNS_MOST);
		columns.names[columns.n++] = column.name;
	}
	*ret_columns = columns;
	return ERR_OK;
}

void columns_words(const struct columns *columns, struct str *out)
{
	for (size_t i = 0; i < columns->n; i++)
		str_addf(out, "%s%s", i ? "," : "", columns->names[i]);
}
