/* zhiban list incidents. */
#include <config.h>

#include <string.h>

#include "list.h"
#include "zhiban/base/i18n.h"

enum { SCAN_BUDGET = 2000, PAGE_ROWS = 200 };

/* Rows are light: long texts are read one by one where they are wanted. */
static enum err whole(struct list *list, struct arena *arena, const struct incident *light,
		      const struct incident **ret_incident, struct error *err)
{
	struct incident *incident;
	bool longs = false;
	enum err rc;

	for (size_t i = 0; i < list->n_columns && !longs; i++)
		longs = (list->columns[i]->flags & F_LONG) != 0;
	*ret_incident = light;
	if (!longs)
		return ERR_OK;
	rc = client_get(list->console->client, &light->head.id, arena, &incident, err);
	if (rc == ERR_OK)
		*ret_incident = incident;
	return rc;
}

static enum err add_page(struct list *list, const struct client_page *page, struct arena *arena,
			 struct error *err)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; i < page->n && rc == ERR_OK && list->written < list->limit; i++) {
		const struct incident *incident = page->rows[i].incident;

		rc = whole(list, arena, incident, &incident, err);
		if (rc == ERR_OK && list->group != NULL)
			list_add_heading(list, incident);
		if (rc == ERR_OK)
			rc = list_add(list, &incident->head.id, incident, err);
		list->written++;
	}
	return rc;
}

/* Rows are looked for in steps and written as they are found, so that a long list begins at
 * once. */
static enum err pour(struct list *list, struct client_scan *scan, struct error *err)
{
	size_t taken = 0;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && list->written < list->limit) {
		struct client_page page = { .n = 0 };
		struct arena arena = ARENA_INIT;

		if (taken < client_scan_found(scan)) {
			rc = client_scan_rows(scan, taken, PAGE_ROWS, &arena, &page, err);
			if (rc == ERR_OK)
				rc = add_page(list, &page, &arena, err);
			taken += PAGE_ROWS;
		} else if (!client_scan_done(scan)) {
			rc = client_scan_step(scan, SCAN_BUDGET, err);
		} else {
			break;
		}
		arena_release(&arena);
	}
	return rc;
}

enum err list_parse_filter(struct list *list, const char *words, struct filter **ret_filter,
			   struct error *err)
{
	struct filter_error wrong;
	enum err rc = filter_parse(words, &list->ctx, &list->console->arena, ret_filter, &wrong);

	if (rc != ERR_OK)
		return error_set(err, ERR_USAGE, _("in the filter, \"%.*s\": %s"), (int)wrong.len,
				 words + wrong.at, wrong.text);
	return ERR_OK;
}

static enum err find_order(const struct list *list, struct client_order *ret_order,
			   struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct str sorts = STR_INIT;

	*ret_order = (struct client_order){ .field = list->group };
	if (list->sort == NULL || list->group != NULL || list_find_order(list->sort, ret_order))
		return ERR_OK;
	for (size_t i = 0; i < kind->n_fields; i++)
		if ((kind->fields[i].flags & F_SORT) != 0)
			str_addf(&sorts, " %s", kind->fields[i].name);
	error_set(err, ERR_USAGE,
		  _("--sort %s: sorted is by one of%s (with - before it: backwards)"), list->sort,
		  str_get(&sorts));
	str_release(&sorts);
	return ERR_USAGE;
}

enum err list_incidents(struct list *list, struct error *err)
{
	struct client_scan *scan;
	struct client_order order;
	struct filter *filter;
	const char *words = list->filter ? list->filter : "";
	enum err rc = find_order(list, &order, err);

	if (rc == ERR_OK)
		rc = list_parse_filter(list, words, &filter, err);
	if (rc == ERR_OK)
		rc = client_scan_new(list->console->client, &order, filter, &list->ctx, &scan, err);
	if (rc != ERR_OK)
		return rc;
	rc = pour(list, scan, err);
	client_scan_free(scan);
	return rc;
}
