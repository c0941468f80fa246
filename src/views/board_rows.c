/* The board's rows for its list: pages of the model, and headings where a group begins. */
#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/i18n.h"

/* A heading has an id that no incident has: made of the group's value, so that it stays. */
static struct uuid heading_id(struct value value)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	struct uuid id = { { 0xff, 0xff } };
	char number[24] = "";

	for (int i = 0; !value.is_text && i < 8; i++)
		number[i] = (char)('a' + (value.num >> (8 * i) & 15));
	for (const char *c = value.is_text ? (value.text ? value.text : "") : number; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	memcpy(id.b + 8, &hash, sizeof hash);
	return id;
}

const char *board_group_name(const struct app *app, const struct board_heading *heading,
			     struct arena *arena)
{
	const struct rules *rules = client_rules(app->client);
	char name[256];

	return value_is_set(heading->value) ?
		       arena_strdup(arena, rules_show(rules, board_group_field(app->board),
						      heading->value, name, sizeof name)) :
		       _("(none)");
}

const char *board_group_words(const struct app *app, const struct board_heading *heading,
			      struct arena *arena)
{
	struct str text = STR_INIT;
	const char *kept;

	str_addf(&text, "%s ", board_open_only(app->board) ? _("open") : _("in all"));
	rows_add_number(&text, heading->n);
	str_add(&text, heading->more ? "+" : "");
	rows_add_count(&text, _("overdue"), heading->overdue);
	kept = arena_strdup(arena, str_get(&text));
	str_release(&text);
	return kept;
}

static void add_heading(struct board_view *view, const struct incident *incident,
			struct arena *arena, struct list_page *page)
{
	struct list_row *row = &page->rows[page->n++];
	struct board_heading heading;

	board_heading(view->rows.app->board, incident, &heading);
	row->id = heading_id(heading.value);
	row->flags = LIST_ROW_HEADING;
	row->data = arena_printf(arena, "%s  %s", board_group_name(view->rows.app, &heading, arena),
				 board_group_words(view->rows.app, &heading, arena));
}

static void add_row(struct board_view *view, const struct client_row *shown,
		    struct list_page *page)
{
	struct list_row *row = &page->rows[page->n++];

	row->id = shown->incident->head.id;
	row->data = shown;
	row->flags = rows_flags(&view->rows, shown->incident);
}

enum err board_rows(void *ctx, const struct list_want *want, struct arena *arena,
		    struct list_page *ret_page, struct error *err)
{
	static const enum board_from from[] = {
		[LIST_FIRST] = BOARD_FIRST,
		[LIST_LAST] = BOARD_LAST,
		[LIST_AT] = BOARD_AT,
	};
	struct board_view *view = ctx;
	struct board *board = view->rows.app->board;
	bool grouped = board_group(board) != 0;
	struct board_page page;
	size_t begin;
	/* One row more at the beginning says whether a group begins with the first one. */
	enum err code = board_fetch(board, from[want->from], &want->anchor,
				    (size_t)want->before + grouped, (size_t)want->n + grouped,
				    arena, &page, err);

	if (code != ERR_OK)
		return code;
	begin = grouped && !page.first && page.n > 1;
	ret_page->rows = arena_array(arena, 2 * page.n + 1, sizeof *ret_page->rows);
	ret_page->n = 0;
	ret_page->first = page.first;
	ret_page->last = page.last;
	for (size_t i = begin; i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;

		if (grouped &&
		    (i == 0 || !board_same_group(board, page.rows[i - 1].incident, incident)))
			add_heading(view, incident, arena, ret_page);
		add_row(view, &page.rows[i], ret_page);
	}
	return ERR_OK;
}
