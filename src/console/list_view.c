/* zhiban list: a saved view gives what is not asked for otherwise; columns by the board's names, too;
 * groups. */
#include <config.h>

#include <string.h>

#include "list.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/board.h"
#include "zhiban/model/saved.h"

static const char *words_of(const struct columns *columns, struct arena *arena)
{
	struct str words = STR_INIT;
	const char *kept;

	columns_words(columns, &words);
	kept = arena_strdup(arena, str_get(&words));
	str_release(&words);
	return kept;
}

/* What the view says stands where nothing else was asked for. */
enum err list_take_view(struct list *list, const char *name, struct list_asked *asked,
			struct error *err)
{
	struct console *console = list->console;
	struct saved_views views;
	const struct saved *view;
	const char *path;
	enum err rc;

	if (asked->view == NULL && asked->views == NULL)
		return ERR_OK;
	rc = console_server(console, err);
	if (rc != ERR_OK)
		return rc;
	path = asked->views != NULL ? asked->views :
				      saved_path(console->settings.path, &console->arena);
	if (asked->view == NULL)
		return error_set(err, ERR_USAGE, "%s", _("--views FILE goes with --view NAME"));
	rc = saved_read(path, &console->arena, &views, err);
	if (rc == ERR_OK)
		rc = saved_pick(&views, asked->view, &view, err);
	if (rc != ERR_OK)
		return rc;
	if (strcmp(name, saved_list_code(view->list)) != 0)
		return error_set(err, ERR_USAGE,
				 _("the view %s is of another list: zhiban list %s --view"),
				 view->name, saved_list_code(view->list));
	list->mine = view->list == SAVED_DEADLINES && !view->all;
	if (asked->filter == NULL)
		asked->filter = view->filter;
	if (asked->columns == NULL && view->columns.n > 0)
		asked->columns = words_of(&view->columns, &console->arena);
	if (asked->sort == NULL && asked->group == NULL && *view->sort != '\0')
		asked->sort = view->sort;
	if (asked->sort == NULL && asked->group == NULL && *view->group != '\0')
		asked->group = view->group;
	return ERR_OK;
}

enum err list_take_group(struct list *list, const char *words, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const char *name;
	size_t which;

	list->group = NULL;
	if (words == NULL || *words == '\0')
		return ERR_OK;
	if (!board_group_find(words, &which))
		return error_set(err, ERR_USAGE,
				 _("--group: %s; grouped by step, dept or street, or none"), words);
	name = board_group_at(which)->field;
	if (name != NULL)
		list->group = field_find(kind->fields, kind->n_fields, name);
	return ERR_OK;
}

/* By a field's name, "-" before it turning it round; else by the name of an order of the board. */
bool list_find_order(const char *words, struct client_order *ret_order)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	bool turned = words[0] == '-';
	const struct field *field = field_find(kind->fields, kind->n_fields, words + turned);
	const struct board_order *order;
	size_t which;

	if (field == NULL || (field->flags & F_SORT) == 0) {
		if (!board_order_find(words, &which, &turned))
			return false;
		order = board_order_at(which);
		field = order->field != NULL ?
				field_find(kind->fields, kind->n_fields, order->field) : NULL;
		turned = turned != order->descending;
	}
	*ret_order = (struct client_order){ .field = field, .descending = turned };
	return true;
}

const struct field *list_find_column(const struct list *list, const char *word)
{
	const struct field *field = field_find(list->kind->fields, list->kind->n_fields, word);
	struct column column;

	for (size_t i = 0; i < list->n_more; i++)
		if (strcmp(list->more[i].name, word) == 0)
			return &list->more[i];
	if (field == NULL && list->kind->kind == KIND_INCIDENT && columns_find(word, &column))
		field = column.field;
	return field;
}

static const char *name_of(const struct list *list, struct value value, char name[256])
{
	return value_is_set(value) ?
		       rules_show(list->ctx.rules, list->group, value, name, 256) : _("(none)");
}

/* With --count: a line for each group. */
void list_end_group(struct list *list)
{
	char name[256];

	if (list->group != NULL && list->count_only && list->n_in_group > 0)
		str_addf(&list->out, "%zu\t%s\n", list->n_in_group,
			 name_of(list, list->in_group, name));
	list->n_in_group = 0;
}

/* In a table a line stands over each group, with how many of it follow. */
void list_add_heading(struct list *list, const struct incident *incident)
{
	struct value value = field_get(list->group, incident);
	char name[256];

	if (list->n_in_group == 0 || !value_eq(value, list->in_group)) {
		list_end_group(list);
		if (list->as_table)
			table_heading(&list->table, name_of(list, value, name));
		list->in_group = value;
		if (value.is_text && value.text != NULL)
			list->in_group.text = arena_strdup(&list->console->arena, value.text);
	}
	list->n_in_group++;
}
