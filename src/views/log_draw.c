/* The duty log drawn. */
#include <config.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "log_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { FOOT_ROWS = 4, DAY_COLS = 11 };

enum log_column { COL_MARK, COL_AT, COL_WHAT, COL_WORDS, COL_OFFICER, COL_ORG, COL_WRITTEN };

static const struct list_column columns[] = {
	[COL_MARK] = { "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_AT] = { "at", N_("When"), 5, 5, 0, 0, LIST_LEFT, LIST_CUT_END, DAY_COLS, 100 },
	[COL_WHAT] = { "what", N_("What"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_WORDS] = { "words", N_("About"), 20, 30, 2, 0, LIST_LEFT, LIST_CUT_END },
	[COL_OFFICER] = { "officer", N_("By"), 6, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ORG] = { "org", N_("Organisation"), 8, 14, 0, 100, LIST_LEFT, LIST_CUT_END },
	[COL_WRITTEN] = { "written", N_("Written"), 11, 11, 0, 120, LIST_LEFT, LIST_CUT_END },
};

/* Lines of several days tell which, however narrow it is. */
struct list *log_list(struct log_screen *view, const struct list_source *source, bool days)
{
	static_assert(ARRAY_LEN(columns) == LOG_COLUMNS, "as many as the screen keeps");
	memcpy(view->columns, columns, sizeof columns);
	if (days)
		view->columns[COL_AT].min = view->columns[COL_AT].ideal = DAY_COLS;
	return list_new(view->columns, LOG_COLUMNS, source);
}

/* "!" drawn out, "^" not sent, "+" written late, "?" still to be dealt with. */
static const char *mark_of(const struct log_line *line, enum role *ret_role)
{
	const char *what;

	*ret_role = ROLE_WARNING;
	if (line->line.marks & LINE_PENDING) {
		*ret_role = ROLE_PENDING;
		return line->late ? "^+" : "^";
	}
	if (line->emphasis)
		return "!";
	if (log_is_open(line, &what))
		return line->late ? "?+" : "?";
	return line->late ? "+" : "";
}

enum role log_role(const struct log_line *line)
{
	return line->emphasis ? ROLE_WARNING : line->kind == KIND_RECORD ? ROLE_GOOD : ROLE_TEXT;
}

static void moment(struct log_screen *view, int64_t at, const char *format)
{
	civil_format(at, client_rules(view->app->client)->offset_min, format, view->cell,
		     sizeof view->cell);
}

void log_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct log_screen *view = ctx;
	const struct log_line *line = row->data;
	const struct rules *rules = client_rules(view->app->client);
	struct arena arena = ARENA_INIT;
	const struct org *org;

	ret_cell->role = line->emphasis ? ROLE_WARNING : ROLE_TEXT; /* bold where there is no colour */
	ret_cell->text = view->cell;
	switch ((enum log_column)column) {
	case COL_MARK:
		ret_cell->text = mark_of(line, &ret_cell->role);
		break;
	case COL_AT:
		moment(view, line->at, list_width(view->list, COL_AT) >= DAY_COLS ? "m-d H:M" : "H:M");
		break;
	case COL_WHAT:
		ret_cell->text = log_what(line);
		ret_cell->role = log_role(line);
		break;
	case COL_WORDS:
		snprintf(view->cell, sizeof view->cell, "%s", log_words(rules, line, &arena));
		break;
	case COL_OFFICER:
		ret_cell->text = line->line.officer;
		break;
	case COL_ORG:
		org = rules_org(rules, line->org);
		ret_cell->text = org == NULL ? "" : org->brief != NULL ? org->brief : org->name;
		break;
	case COL_WRITTEN:
		view->cell[0] = '\0';
		if (line->late)
			moment(view, line->line.eff, "m-d H:M");
		ret_cell->role = ROLE_WARNING;
		break;
	}
	arena_release(&arena);
}

static void draw_title(struct log_screen *view, struct canvas *canvas, struct area area)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str left = STR_INIT, right = STR_INIT;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	const char *filter = str_get(&view->filter);
	int width, col;

	civil_format(view->from, rules->offset_min, "m-d H:M", from, sizeof from);
	civil_format(view->to, rules->offset_min, "m-d H:M", to, sizeof to);
	str_addf(&left, " %s  ", _("Duty log"));
	if (view->since)
		str_addf(&left, _("since my last shift, %s  ,s: what moved on the board"), from);
	else
		str_addf(&left, "%s - %s", from, to);
	if (view->order != LOG_BY_TIME || view->turned)
		str_addf(&left, "  %s%s", log_order_title(view->order),
			 view->turned ? _(", the other way round") : "");
	str_add(&right, " ");
	rows_add_number(&right, (int64_t)view->log.n);
	str_add(&right, " / ");
	rows_add_number(&right, (int64_t)view->total);
	str_add(&right, view->log.complete ? " " : _(" so far "));
	width = text_columns(right.s);
	col = canvas_text(canvas, area.row, area.col, area.cols - width, ROLE_HEADING, left.s);
	str_clear(&left);
	if (*filter)
		str_addf(&left, "  %s %s", _("Filter:"), filter);
	canvas_pad(canvas, area.row, area.col + col, area.cols - width - col,
		   left.len ? ROLE_LIST_FILTERED : ROLE_HEADING, str_get(&left), PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HEADING, right.s);
	str_release(&left);
	str_release(&right);
}

/* The line under the cursor in full: its times, what it says, what is still to be done. */
static void foot_words(struct log_screen *view, const struct log_line *line, struct str *first,
		       struct str *second)
{
	const struct rules *rules = client_rules(view->app->client);
	struct arena arena = ARENA_INIT;
	char at[CIVIL_TEXT], written[CIVIL_TEXT];
	const char *what;

	civil_format(line->at, rules->offset_min, "m-d H:M", at, sizeof at);
	civil_format(line->line.eff, rules->offset_min, "m-d H:M", written, sizeof written);
	str_addf(first, "%s %s  %s", at, log_what(line), line->line.officer);
	if (line->late)
		str_addf(first, _("  late entry, written %s"), written);
	if (line->line.marks & LINE_PENDING)
		str_addf(first, "  %s", _("waits to be sent"));
	if (log_is_open(line, &what))
		str_addf(first, "  %s: %s", _("Still open"), what);
	str_add(second, log_words(rules, line, &arena));
	arena_release(&arena);
}

static void draw_foot(struct log_screen *view, struct canvas *canvas, struct area area)
{
	const struct list_row *row = list_current(view->list);
	struct str first = STR_INIT, second = STR_INIT, line = STR_INIT;
	size_t cut, skip;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	if (row != NULL)
		foot_words(view, row->data, &first, &second);
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_HINT, str_get(&first),
		   PAD_RIGHT);
	cut = text_wrap(str_get(&second), area.cols - 1, &skip);
	str_add_bytes(&line, str_get(&second), cut);
	canvas_pad(canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_TEXT, str_get(&line),
		   PAD_RIGHT);
	canvas_pad(canvas, area.row + 2, area.col + 1, area.cols - 1, ROLE_TEXT,
		   str_get(&second) + cut + skip, PAD_RIGHT);
	str_release(&line);
	str_release(&first);
	str_release(&second);
}

void log_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct log_screen *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) : 0;
	struct area prompt = area, title, foot;

	if (typed != view->prompt_rows) {
		view->prompt_rows = typed;
		all = true;
	}
	prompt = area_bottom(&prompt, typed);
	title = area_top(&area, 1);
	foot = area_bottom(&area, FOOT_ROWS);
	if (all || view->dirty)
		draw_title(view, canvas, title);
	list_draw(view->list, canvas, area, all);
	if (all || view->dirty)
		draw_foot(view, canvas, foot);
	if (typed)
		prompt_draw(view->prompt, canvas, prompt);
	view->dirty = false;
}
