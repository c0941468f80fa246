/* The orders of the list of whistles. */
#include <config.h>

#include "zhiban/model/whistles.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { BY_DUE, BY_CLASS, BY_NEWEST, BY_NUMBER, BY_STREET };

static const struct {
	struct whistle_order order;
	bool descending;
} orders[] = {
	[BY_DUE] = { { "due", N_("by time left") }, false },
	[BY_CLASS] = { { "class", N_("by class") }, true },
	[BY_NEWEST] = { { "newest", N_("newest first") }, true },
	[BY_NUMBER] = { { "number", N_("by number") }, false },
	[BY_STREET] = { { "street", N_("by street") }, false },
};

size_t whistle_order_count(void)
{
	return ARRAY_LEN(orders);
}

const struct whistle_order *whistle_order_at(size_t i)
{
	return &orders[i].order;
}

bool whistle_order_find(const char *words, size_t *ret_order, bool *ret_turned)
{
	bool turned = *words == '-';

	for (size_t i = 0; i < ARRAY_LEN(orders); i++)
		if (strcmp(orders[i].order.name, words + turned) == 0) {
			*ret_order = i;
			*ret_turned = turned;
			return true;
		}
	return false;
}

/* ---- sorting ---- */

struct keyed {
	struct whistle_row row;
	const char *text; /* compared first; NULL: none, or absent */
	int64_t number;
	bool absent, descending;
	size_t place;
};

/* Classes stand in a profile from the lightest to the gravest, organisations in protocol order. */
static int64_t class_rank(const struct rules *rules, const struct whistle *whistle)
{
	const struct summons *summons = whistle_summons(rules, whistle);
	const struct summons_class *cls = summons_class(summons, whistle->cls);

	return cls ? cls - summons->classes + 1 : 0;
}

static int64_t street_rank(const struct rules *rules, const struct whistle *whistle)
{
	const struct org *org =
		rules_org(rules, whistle->street ? whistle->street : whistle->origin);

	return org ? org - rules->orgs + 1 : 0;
}

static struct keyed key_of(const struct rules *rules, const struct whistle_row *row, size_t order)
{
	const struct whistle *whistle = row->shown.whistle;
	struct keyed keyed = { .row = *row, .descending = orders[order].descending };

	switch (order) {
	case BY_DUE:
		keyed.number = whistle->open ? whistle->due : 0;
		break;
	case BY_CLASS:
		keyed.number = class_rank(rules, whistle);
		break;
	case BY_NEWEST:
		keyed.number = whistle->blown_at;
		break;
	case BY_NUMBER:
		keyed.text = whistle->number;
		break;
	case BY_STREET:
		keyed.number = street_rank(rules, whistle);
		break;
	}
	keyed.absent = keyed.number == 0 && !keyed.text;
	return keyed;
}

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int c;

	if (x->absent != y->absent)
		return x->absent ? 1 : -1;
	c = x->text && y->text ? strcmp(x->text, y->text)
			       : (x->number > y->number) - (x->number < y->number);
	if (c)
		return x->descending ? -c : c;
	return (x->place > y->place) - (x->place < y->place);
}

void whistle_list_sort(struct whistle_list *list, const struct rules *rules, size_t order,
		       bool turned)
{
	struct keyed *rows;

	if (list->n < 2 || (order == BY_DUE && !turned))
		return;
	rows = mem_alloc(list->n * sizeof *rows);
	for (size_t i = 0; i < list->n; i++) {
		rows[i] = key_of(rules, &list->rows[i], order);
		rows[i].descending = rows[i].descending != turned;
		rows[i].place = i;
	}
	qsort(rows, list->n, sizeof *rows, by_key);
	for (size_t i = 0; i < list->n; i++)
		list->rows[i] = rows[i].row;
	free(rows);
}
