/* zhiban list whistles: those the filter lets through, open ones by due, then the closed ones. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/whistles.h"

static enum err read_filter(struct list *list, struct whistle_filter **ret_filter,
			    struct error *err)
{
	struct filter_error problem;

	if (list->filter == NULL) {
		*ret_filter = NULL;
		return ERR_OK;
	}
	if (whistle_filter_parse(list->filter, &list->ctx, &list->console->arena, ret_filter,
				 &problem) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_USAGE, _("in the filter, \"%.*s\": %s"), (int)problem.len,
			 list->filter + problem.at, problem.text);
}

/* ---- --sort ---- */

static enum err find_order(const struct list *list, const struct field **ret_field,
			   bool *ret_turned, struct error *err)
{
	const char *words = list->sort != NULL ? list->sort : "";
	struct str known = STR_INIT;

	*ret_turned = *words == '-';
	words += *ret_turned;
	*ret_field = field_find(list->kind->fields, list->kind->n_fields, words);
	if (*words == '\0' || (*ret_field != NULL && (*ret_field)->flags & F_SORT))
		return ERR_OK;
	for (size_t i = 0; i < whistle_order_count(); i++)
		str_addf(&known, " %s", whistle_order_at(i)->name);
	for (size_t i = 0; i < list->kind->n_fields; i++)
		if (list->kind->fields[i].flags & F_SORT)
			str_addf(&known, " %s", list->kind->fields[i].name);
	error_set(err, ERR_USAGE, _("--sort: \"%s\" is no order; there are%s, with - before it the "
				    "other way round"),
		  words, str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

struct sorted {
	const struct whistle_row *row;
	struct value value;
	bool is_text, turned;
	size_t place; /* in the usual order */
};

/* Absent values are last either way. */
static int by_value(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	bool set_x = value_is_set(x->value), set_y = value_is_set(y->value);
	int order;

	if (set_x != set_y)
		return set_x ? -1 : 1;
	order = !set_x	      ? 0
		: x->is_text ? strcmp(x->value.text, y->value.text)
			     : (x->value.num > y->value.num) - (x->value.num < y->value.num);
	if (order != 0)
		return x->turned ? -order : order;
	return (x->place > y->place) - (x->place < y->place);
}

static struct sorted *sort(struct list *list, const struct whistle_list *all,
			   const struct field *field, bool turned)
{
	struct sorted *rows = arena_array(&list->console->arena, all->n + 1, sizeof *rows);

	for (size_t i = 0; i < all->n; i++) {
		rows[i] = (struct sorted){ .row = &all->rows[i], .turned = turned, .place = i };
		if (field == NULL)
			continue;
		rows[i].value = field_get(field, all->rows[i].shown.whistle);
		rows[i].is_text = field_is_text(field);
	}
	if (field != NULL)
		qsort(rows, all->n, sizeof *rows, by_value);
	return rows;
}

/* By the name of an order of the screen, else of a field. */
enum err list_whistles(struct list *list, struct error *err)
{
	struct whistle_filter *filter = NULL;
	struct whistle_list all = { .n = 0 };
	const struct field *field = NULL;
	struct sorted *rows = NULL;
	bool turned = false, known;
	size_t order = 0;
	enum err rc = read_filter(list, &filter, err);

	known = list->sort == NULL || whistle_order_find(list->sort, &order, &turned);
	if (rc == ERR_OK && !known)
		rc = find_order(list, &field, &turned, err);
	if (rc == ERR_OK)
		rc = whistle_list_load(list->console->client, filter, INT64_MAX,
				       &list->console->arena, &all, err);
	if (rc == ERR_OK && known)
		whistle_list_sort(&all, list->ctx.rules, order, turned);
	if (rc == ERR_OK)
		rows = sort(list, &all, field, turned);
	for (size_t i = 0; rc == ERR_OK && i < all.n && list->written < list->limit; i++) {
		const struct whistle *whistle = rows[i].row->shown.whistle;
		struct whistle marked = *whistle; /* until the server has given a number */

		if (whistle->number == NULL && list->as_table)
			marked.number = rows[i].row->mark;
		rc = list_add(list, &whistle->head.id, &marked, err);
		list->written++;
	}
	return rc;
}
