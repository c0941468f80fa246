#include <config.h>

#include "zhiban/model/action_figures.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/model/figures_sheet.h"
#include "zhiban/model/roster_words.h"

typedef void (*action_fn)(void *ctx, const struct action *action);

/* All of them, each whole: of closed ones the list has no clocks. */
static enum err each(struct client *client, action_fn fn, void *ctx, struct error *err)
{
	struct arena arena = ARENA_INIT, one = ARENA_INIT;
	struct client_action *actions = NULL;
	size_t n = 0;
	enum err code = client_actions(client, SIZE_MAX, &arena, &actions, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		struct client_action whole = actions[i];

		if (!actions[i].action->open)
			code = client_action_get(client, &actions[i].action->head.id, &one,
						 &whole, err);
		if (code == ERR_OK)
			fn(ctx, whole.action);
		arena_reset(&one);
	}
	arena_release(&one);
	arena_release(&arena);
	return code;
}

static void add(void *ctx, const struct action *action)
{
	action_stats_add(ctx, action);
}

enum err action_figures(struct client *client, const struct action_figures_ask *ask,
			struct action_stats *ret_stats, struct error *err)
{
	struct action_stats stats;
	enum err code;

	action_stats_init(&stats, client_rules(client), ask->org, ask->window, client_now(client));
	code = each(client, add, &stats, err);
	if (code == ERR_OK)
		*ret_stats = stats;
	else
		action_stats_release(&stats);
	return code;
}

/* ---- the table ---- */

const char *action_figures_rate(const struct action_stats_row *row, enum action_stat part,
				enum action_stat whole, struct arena *arena)
{
	int permille = action_stats_permille(row, part, whole);

	return permille < 0 ? "-" : arena_printf(arena, "%d.%d%%", permille / 10, permille % 10);
}

static const char *name_of(const struct rules *rules, const struct action_stats_row *row)
{
	if (!row->org)
		return _("All");
	return *row->org ? org_brief(rules, row->org) : _("not in the profile any more");
}

static const enum action_stat on_page[] = { ACTION_STAT_GIVEN,	 ACTION_STAT_TIMELY,
					    ACTION_STAT_LATE,	 ACTION_STAT_OVERDUE,
					    ACTION_STAT_OPEN,	 ACTION_STAT_DONE,
					    ACTION_STAT_REWORKED, ACTION_STAT_EXTENDED,
					    ACTION_STAT_CARDED };

static void put_row(const struct action_stats *stats, const struct action_stats_row *row, bool whole,
		    struct sheet *sheet)
{
	const char *cells[ACTION_STATS + 3];
	size_t n = 0, most = whole ? (size_t)ACTION_STATS : ARRAY_LEN(on_page);

	cells[n++] = name_of(stats->rules, row);
	for (size_t i = 0; i < most; i++)
		cells[n++] = arena_printf(&sheet->arena, "%lld",
					  (long long)row->n[whole ? i : (size_t)on_page[i]]);
	cells[n++] = action_figures_rate(row, ACTION_STAT_TIMELY, ACTION_STAT_OWED, &sheet->arena);
	sheet_row(sheet, cells);
}

void action_figures_sheet(const struct action_stats *stats, enum stats_order order, bool whole,
			  struct sheet *ret_sheet)
{
	const char *titles[ACTION_STATS + 3], *window;
	const struct action_stats_row **rows;
	size_t n = 0, n_rows = 0, most = whole ? (size_t)ACTION_STATS : ARRAY_LEN(on_page);

	sheet_init(ret_sheet, _("Tasks of meetings by department"));
	ret_sheet->columns = SHEET_WIDE;
	window = figures_window(stats->rules, stats->window, &ret_sheet->arena);
	sheet_note(ret_sheet, stats->org ? arena_printf(&ret_sheet->arena, "%s  %s", window,
							org_brief(stats->rules, stats->org))
					 : window);
	titles[n++] = _("Department");
	for (size_t i = 0; i < most; i++)
		titles[n++] = action_stat_title(whole ? (enum action_stat)i : on_page[i]);
	titles[n++] = _("Rate on time");
	sheet_table(ret_sheet, titles, n);
	rows = action_stats_rows(stats, order, &ret_sheet->arena, &n_rows);
	for (size_t i = 0; i < n_rows; i++)
		put_row(stats, rows[i], whole, ret_sheet);
	put_row(stats, &stats->all, whole, ret_sheet);
	if (!whole)
		sheet_note(ret_sheet,
			   _("Rate on time: fed back before it was due, of what is owed; what "
			     "still has time is left out."));
}

/* ---- the list behind a number ---- */

struct listing {
	const struct rules *rules;
	const struct action_stats_what *what;
	int64_t now;
	struct sheet *sheet;
	size_t n;
};

static const char *moment(const struct listing *list, int64_t at)
{
	char text[CIVIL_TEXT];

	if (!at)
		return "";
	civil_format(at, list->rules->offset_min, "Y-m-d H:M", text, sizeof text);
	return arena_strdup(&list->sheet->arena, text);
}

static void add_row(void *ctx, const struct action *action)
{
	struct listing *list = ctx;
	const char *cells[] = { action->number ? action->number : _("no number yet"),
				org_brief(list->rules, action->lead),
				action_state_label(action_state(action)),
				moment(list, action->given_at),
				moment(list, action->due),
				moment(list, action->replied_at),
				action->meeting_no ? action->meeting_no : "",
				action->title ? action->title : "" };

	if (!action_stats_has(list->what, action, list->now))
		return;
	list->n++;
	sheet_row(list->sheet, cells);
}

enum err action_figures_list(struct client *client, const struct action_stats_what *what,
			     struct sheet *ret_sheet, struct error *err)
{
	const char *titles[] = { _("Number"), _("Lead"),     _("State"),   _("Task given"),
				 _("Due"),    _("Fed back"), _("Meeting"), _("Matter") };
	struct listing list = { .rules = client_rules(client), .what = what,
				.now = client_now(client), .sheet = ret_sheet };
	enum err code;

	sheet_init(ret_sheet, action_stat_title(what->stat));
	ret_sheet->columns = SHEET_WIDE;
	sheet_note(ret_sheet,
		   arena_printf(&ret_sheet->arena, "%s%s%s",
				figures_window(list.rules, what->window, &ret_sheet->arena),
				what->lead ? "  " : "",
				what->lead ? org_brief(list.rules, what->lead) : ""));
	sheet_table(ret_sheet, titles, ARRAY_LEN(titles));
	code = each(client, add_row, &list, err);
	if (code == ERR_OK)
		sheet_note(ret_sheet, arena_printf(&ret_sheet->arena, _("%zu in all"), list.n));
	else
		sheet_release(ret_sheet);
	return code;
}
