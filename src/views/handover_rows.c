/* The rows of a handover's screen: what is to be read by sort, then equipment and counts. */
#include <config.h>

#include "handover_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* A handover that only waits for its witness is still the one that people talk about. */
#define STILL_SHOWN (INT64_C(12) * HOUR_MS)

static struct uuid row_id(const char *what, size_t i)
{
	struct str words = STR_INIT;
	struct uuid id;

	str_addf(&words, "handover row %s %zu", what, i);
	id = uuid_named(str_get(&words));
	str_release(&words);
	return id;
}

static void add_heading(struct handover_screen *view, const char *text, size_t n, size_t open)
{
	const char *words = open > 0 ? arena_printf(&view->arena, _("%s  %zu, %zu not read"), text, n,
						    open)
				     : arena_printf(&view->arena, "%s  %zu", text, n);

	view->rows[view->n] = (struct handover_row){ .id = row_id("heading", view->n),
						     .sort = ROW_HEAD, .text = words };
	view->n++;
}

static void add_items(struct handover_screen *view)
{
	const struct handed **items;
	size_t n = 0;

	handover_sorted(view->shown.handover, &view->arena, &items, &n);
	for (size_t i = 0; i < n; i++) {
		enum handed_sort sort = handed_sort_find(items[i]->sort);

		if (i == 0 || sort != handed_sort_find(items[i - 1]->sort)) {
			size_t of = 0, open = 0;

			for (size_t k = i; k < n && handed_sort_find(items[k]->sort) == sort; k++) {
				of++;
				open += items[k]->ticked_at == 0;
			}
			add_heading(view, sort < HANDED_SORTS ? handed_sort_label(sort)
							      : items[i]->sort, of, open);
		}
		view->rows[view->n++] = (struct handover_row){ .id = items[i]->id, .sort = ROW_ITEM,
							       .item = items[i] };
	}
}

static void add_rest(struct handover_screen *view)
{
	const struct handover *handover = view->shown.handover;
	const struct equipment *gear = handover->equipment.items;
	const struct tallied *tallies = handover->tallies.items;

	if (handover->equipment.n > 0)
		add_heading(view, _("Equipment"), handover->equipment.n, 0);
	for (size_t i = 0; i < handover->equipment.n; i++)
		view->rows[view->n++] = (struct handover_row){ .id = gear[i].id, .sort = ROW_GEAR,
							       .gear = &gear[i] };
	if (handover->tallies.n > 0)
		add_heading(view, _("And besides"), handover->tallies.n, 0);
	for (size_t i = 0; i < handover->tallies.n; i++)
		view->rows[view->n++] = (struct handover_row){ .id = tallies[i].id,
							       .sort = ROW_TALLY,
							       .tally = &tallies[i] };
}

static bool fits_now(const struct handover_screen *view)
{
	const struct handover *now = view->desk.has ? view->desk.now.handover : NULL;

	return now != NULL && (!view->desk.fresh ||
			       (handover_state(now) == HANDOVER_TAKEN &&
				app_now(view->app) - now->in_at < STILL_SHOWN));
}

void handover_rows_load(struct handover_screen *view)
{
	struct client *client = view->app->client;
	size_t room = HANDED_SORTS + 2;

	arena_reset(&view->arena);
	view->n = 0;
	if (handover_of_desk(client, NULL, &view->arena, &view->desk, NULL) != ERR_OK)
		view->desk = (struct handover_desk){ .plan = NULL };
	if (uuid_is_nil(&view->id) && view->desk.plan != NULL && fits_now(view))
		view->id = view->desk.now.handover->head.id;
	view->has = !uuid_is_nil(&view->id) &&
		    client_handover_get(client, &view->id, &view->arena, &view->shown, NULL) == ERR_OK;
	view->unsent = handover_unsent(client, &view->id);
	view->minute = view->app->minute;
	if (view->has)
		room += view->shown.handover->items.n + view->shown.handover->equipment.n +
			view->shown.handover->tallies.n + HANDED_SORTS;
	view->rows = arena_array(&view->arena, room, sizeof *view->rows);
	if (view->has) {
		add_items(view);
		add_rest(view);
	}
	frame_hint_subject(view->app, NULL);
}

enum err handover_rows_fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct handover_screen *view = ctx;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);
	bool found = want->from != LIST_AT;

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ view->rows[i].id,
					     view->rows[i].sort == ROW_HEAD ? LIST_ROW_HEADING : 0,
					     &view->rows[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

enum handover_column { COL_TICK, COL_NUMBER, COL_MATTER };
const struct list_column handover_columns[HANDOVER_COLUMNS] = {
	[COL_TICK] = { "tick", N_("Read"), 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_NUMBER] = { "number", N_("Number"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_MATTER] = { "matter", N_("Matter"), 10, 20, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
};

static const char *gear_mark(const struct equipment *gear)
{
	return gear->found == NULL ? "[ ]" : str_eq(gear->found, "good") ? "[Y]" : "[X]";
}

void handover_rows_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct handover_screen *view = ctx;
	const struct handover_row *line = row->data;

	*ret_cell = (struct list_cell){ .text = "" };
	switch (line->sort) {
	case ROW_HEAD:
		ret_cell->text = line->text;
		ret_cell->role = ROLE_HEADING;
		break;
	case ROW_ITEM:
		ret_cell->role = line->item->ticked_at != 0 ? ROLE_HINT : ROLE_TEXT;
		ret_cell->text = column == COL_TICK     ? line->item->ticked_at != 0 ? "[Y]" : "[ ]"
				 : column == COL_NUMBER ? line->item->number
							: line->item->title;
		if (column == COL_MATTER && line->item->due != 0 &&
		    line->item->due <= app_now(view->app) && line->item->ticked_at == 0)
			ret_cell->role = ROLE_CLOCK_OVERDUE;
		break;
	case ROW_GEAR:
		ret_cell->text = column == COL_TICK	? gear_mark(line->gear)
				 : column == COL_NUMBER ? equipment_label(line->gear->found)
							: line->gear->label;
		if (line->gear->found != NULL && !str_eq(line->gear->found, "good"))
			ret_cell->role = ROLE_WARNING;
		break;
	case ROW_TALLY:
		if (column == COL_NUMBER)
			ret_cell->text = arena_printf(&view->arena, "%lld", (long long)line->tally->n);
		else if (column == COL_MATTER)
			ret_cell->text = line->tally->label;
		break;
	}
}

const char *handover_rows_empty(void *ctx)
{
	const struct handover_screen *view = ctx;

	if (view->must != NULL)
		return _("What is to be read is being gathered ...");
	if (view->has)
		return _("Nothing had to be read.");
	if (view->desk.plan == NULL)
		return _("Your organisation has no roster: nothing is handed over here.");
	return _("Nothing is being handed over. N prepares it: the list is gathered.");
}
