/* What the officer has pinned stands above all the other rows of the board, under a heading, as far
 * as the filter lets it through; below, among the others, it is left out. */
#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/i18n.h"

enum { PINS_MOST = 40 }; /* more would push the board out of sight */

struct pins {
	struct list_row rows[PINS_MOST + 2]; /* a heading, the pinned, a heading for the others */
	size_t n; /* 0: nothing is pinned */
	struct uuid ids[PINS_MOST];
	size_t n_ids;
};

static bool is_pinned(const struct pins *pins, const struct uuid *id)
{
	for (size_t i = 0; i < pins->n_ids; i++)
		if (uuid_eq(&pins->ids[i], id))
			return true;
	return false;
}

static void add_heading(struct pins *pins, const char *name, const char *words)
{
	pins->rows[pins->n++] = (struct list_row){ uuid_named(name), LIST_ROW_HEADING, words };
}

static void add_pin(struct board_view *view, const struct uuid *id, struct arena *arena,
		    struct pins *pins)
{
	static const struct client_order order = { .field = NULL };
	struct client *client = view->rows.app->client;
	struct client_row *row = arena_alloc(arena, sizeof *row);
	struct incident *whole;

	if (client_get(client, id, arena, &whole, NULL) != ERR_OK ||
	    !board_lets(view->rows.app->board, whole) ||
	    client_row_get(client, &order, id, arena, row, NULL) != ERR_OK)
		return;
	pins->ids[pins->n_ids++] = *id;
	pins->rows[pins->n++] = (struct list_row){ *id, rows_flags(&view->rows, row->incident), row };
}

static enum err read_pins(struct board_view *view, struct arena *arena, struct pins *pins,
			  struct error *err)
{
	struct board *board = view->rows.app->board;
	struct uuid *ids;
	size_t n;
	enum err code = client_mark_list(view->rows.app->client, MARK_PIN, arena, &ids, &n, err);

	pins->n = 1;
	pins->n_ids = 0;
	for (size_t i = 0; code == ERR_OK && i < n && pins->n_ids < PINS_MOST; i++)
		add_pin(view, &ids[i], arena, pins);
	if (pins->n_ids == 0) {
		pins->n = 0;
		return code;
	}
	n = pins->n;
	pins->n = 0;
	add_heading(pins, "pinned rows", arena_printf(arena, "%s  %zu", _("Pinned"), pins->n_ids));
	pins->n = n;
	if (!board_group(board)) /* else each group has a heading of its own */
		add_heading(pins, "rows not pinned", _("The others"));
	return code;
}

static bool holds(const struct pins *pins, const struct uuid *id)
{
	for (size_t i = 0; i < pins->n; i++)
		if (uuid_eq(&pins->rows[i].id, id))
			return true;
	return false;
}

/* The pinned rows, when the page begins with the first row of all, then the page without them. */
static void put_together(const struct pins *pins, struct arena *arena, struct list_page *page)
{
	struct list_row *rows = arena_array(arena, (size_t)page->n + pins->n + 1, sizeof *rows);
	int n = 0;

	for (size_t i = 0; page->first && i < pins->n; i++)
		rows[n++] = pins->rows[i];
	for (int i = 0; i < page->n; i++)
		if (!is_pinned(pins, &page->rows[i].id))
			rows[n++] = page->rows[i];
	page->rows = rows;
	page->n = n;
}

enum err board_rows_pinned(void *ctx, const struct list_want *want, struct arena *arena,
			   struct list_page *ret_page, struct error *err)
{
	struct board_view *view = ctx;
	struct list_want inner = *want;
	struct pins pins;
	enum err code;

	if (client_mark_count(view->rows.app->client, MARK_PIN) == 0)
		return board_rows(ctx, want, arena, ret_page, err);
	code = read_pins(view, arena, &pins, err);
	if (code != ERR_OK)
		return code;
	if (inner.from == LIST_AT && holds(&pins, &inner.anchor))
		inner.from = LIST_FIRST;
	inner.n += (int)pins.n; /* so many may be left out */
	inner.before += inner.from == LIST_AT ? (int)pins.n : 0;
	code = board_rows(ctx, &inner, arena, ret_page, err);
	if (code == ERR_OK && pins.n)
		put_together(&pins, arena, ret_page);
	return code;
}
