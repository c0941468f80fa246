/* Rows of a short list: gathered, put in the order of --sort, and written as far as --limit says. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct small_row {
	const struct uuid *id;
	const void *thing, *shown;
	struct value value;
	bool is_text, turned;
	size_t place; /* in the usual order */
};

void small_add(struct small_rows *rows, const struct uuid *id, const void *thing, const void *shown)
{
	MEM_GROW(rows->items, rows->n, rows->cap);
	rows->items[rows->n] = (struct small_row){ .id = id, .thing = thing, .shown = shown,
						   .place = rows->n };
	rows->n++;
}

/* Any column orders; one that is not shown to people is none. */
static enum err find_order(const struct list *list, const struct field **ret_field,
			   bool *ret_turned, struct error *err)
{
	const struct kind_desc *kind = list->kind;
	const char *words = list->sort != NULL ? list->sort : "";
	struct str known = STR_INIT;

	*ret_turned = *words == '-';
	words += *ret_turned;
	*ret_field = field_find(kind->fields, kind->n_fields, words);
	if (list->sort == NULL || (*ret_field != NULL && !((*ret_field)->flags & F_HIDDEN)))
		return ERR_OK;
	for (size_t i = 0; i < kind->n_fields; i++)
		if ((kind->fields[i].flags & F_HIDDEN) == 0)
			str_addf(&known, " %s", kind->fields[i].name);
	error_set(err, ERR_USAGE, _("--sort: \"%s\" is no order; there are%s, with - before it the "
				    "other way round"),
		  words, str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

/* Absent values are last either way; what is the same stays in the usual order. */
static int by_value(const void *a, const void *b)
{
	const struct small_row *x = a, *y = b;
	bool set_x = value_is_set(x->value), set_y = value_is_set(y->value);
	int order;

	if (set_x != set_y)
		return set_x ? -1 : 1;
	order = !set_x	     ? 0
		: x->is_text ? strcmp(x->value.text, y->value.text)
			     : (x->value.num > y->value.num) - (x->value.num < y->value.num);
	if (order != 0)
		return x->turned ? -order : order;
	return (x->place > y->place) - (x->place < y->place);
}

static void put_in_order(struct small_rows *rows, const struct field *field, bool turned)
{
	for (size_t i = 0; i < rows->n; i++) {
		rows->items[i].value = field_get(field, rows->items[i].thing);
		rows->items[i].is_text = field_is_text(field);
		rows->items[i].turned = turned;
	}
	if (rows->n > 0)
		qsort(rows->items, rows->n, sizeof *rows->items, by_value);
}

enum err small_write(struct list *list, struct small_rows *rows, struct error *err)
{
	const struct field *field = NULL;
	bool turned = false;
	enum err rc = find_order(list, &field, &turned, err);

	if (rc == ERR_OK && list->sort != NULL)
		put_in_order(rows, field, turned);
	for (size_t i = 0; rc == ERR_OK && i < rows->n && list->written < list->limit; i++) {
		rc = list_add(list, rows->items[i].id, rows->items[i].shown, err);
		list->written++;
	}
	free(rows->items);
	*rows = (struct small_rows){ NULL, 0, 0 };
	return rc;
}
