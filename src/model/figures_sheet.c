#include <config.h>

#include "zhiban/model/figures_sheet.h"

#include <stdio.h>
#include <string.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum column_kind {
	COUNT,
	SHARE,	   /* part of a whole */
	AVERAGE,   /* from asked to reported in */
	CONTENT,   /* how content the blowers are */
	POINTS,	   /* of cards */
	SCORE,
	CASES,
	PER_100,
	PREVIOUS, YEAR_AGO, /* what has changed since */
};

struct column_row {
	const char *title, *brief; /* brief: of the screen */
	enum column_kind kind;
	enum stat part, whole;
	int cols;
	bool narrow;
};

static const struct column_row departments[] = {
	{ N_("Times asked"), N_("Askd."), COUNT, STAT_ASKED, STATS, 5, true },
	{ N_("Signed on time"), N_("Sign."), SHARE, STAT_SIGN_TIMELY, STAT_SIGN_OWED, 6, true },
	{ N_("Reported in on time"), N_("In"), SHARE, STAT_REPORT_TIMELY, STAT_REPORT_OWED, 6, true },
	{ N_("Reported in late"), N_("Tardy"), COUNT, STAT_REPORT_LATE, STATS, 5, true },
	{ N_("Not reported in, overdue"), N_("Not in"), COUNT, STAT_REPORT_MISSED, STATS, 5, true },
	{ N_("Time to report in"), N_("Takes"), AVERAGE, STAT_REPORT_OWED, STATS, 6, true },
	{ N_("Handled on time"), N_("Hndl."), SHARE, STAT_HANDLE_TIMELY, STAT_HANDLE_OWED, 6, true },
	{ N_("Fed back on time"), N_("Repl."), SHARE, STAT_FEEDBACK_TIMELY, STAT_FEEDBACK_OWED, 6,
	  false },
	{ N_("Satisfaction"), N_("Satf."), CONTENT, STAT_RATED, STATS, 6, true },
	{ N_("Times disputed"), N_("Disp."), COUNT, STAT_DISPUTED, STATS, 5, false },
	{ N_("More time granted"), N_("Ext."), COUNT, STAT_EXTENDED, STATS, 5, false },
	{ N_("Sent back"), N_("Back"), COUNT, STAT_REWORKED, STATS, 5, false },
	{ N_("Points"), N_("Pts."), POINTS, STAT_CARDED, STATS, 5, true },
	{ N_("Score"), N_("Score"), SCORE, STAT_ASKED, STATS, 6, true },
	{ N_("Against before"), N_("+/-"), PREVIOUS, STATS, STATS, 6, false },
	{ N_("Against last year"), N_("Year"), YEAR_AGO, STATS, STATS, 6, false },
};
static const struct column_row streets[] = {
	{ N_("Incidents"), N_("Incid."), CASES, STATS, STATS, 6, true },
	{ N_("Whistles blown"), N_("Blown"), COUNT, STAT_BLOWN, STATS, 5, true },
	{ N_("Per 100 cases"), N_("/100"), PER_100, STAT_BLOWN, STATS, 6, true },
	{ N_("Whistles issued"), N_("Issd."), COUNT, STAT_ISSUED, STATS, 5, true },
	{ N_("Whistles returned"), N_("Ret."), COUNT, STAT_RETURNED, STATS, 5, true },
	{ N_("Whistles refused"), N_("Ref."), COUNT, STAT_REFUSED, STATS, 5, false },
	{ N_("Whistles withdrawn"), N_("Wdrn."), COUNT, STAT_WITHDRAWN, STATS, 5, true },
	{ N_("Whistles closed"), N_("Clsd."), COUNT, STAT_CLOSED, STATS, 5, true },
	{ N_("By the rules"), N_("Rules"), SHARE, STAT_REGULAR, STAT_JUDGED, 6, true },
	{ N_("Not by the rules"), N_("Irreg."), COUNT, STAT_IRREGULAR, STATS, 6, true },
	{ N_("Satisfaction given"), N_("Given"), CONTENT, STAT_RATED, STATS, 6, true },
	{ N_("Against before"), N_("+/-"), PREVIOUS, STATS, STATS, 6, false },
	{ N_("Against last year"), N_("Year"), YEAR_AGO, STATS, STATS, 6, false },
};

static const struct column_row *columns_of(enum stats_side side, size_t *ret_n)
{
	*ret_n = side == STATS_STREETS ? ARRAY_LEN(streets) : ARRAY_LEN(departments);
	return side == STATS_STREETS ? streets : departments;
}

size_t figures_columns(enum stats_side side)
{
	size_t n;

	columns_of(side, &n);
	return n;
}

void figures_column(enum stats_side side, size_t i, struct figures_column *ret_column)
{
	size_t n;
	const struct column_row *row = &columns_of(side, &n)[i];

	*ret_column = (struct figures_column){ .title = _(row->title),
					       .brief = _(row->brief),
					       .stat = row->part,
					       .cols = row->cols,
					       .is_change = row->kind == PREVIOUS ||
							    row->kind == YEAR_AGO,
					       .narrow = row->narrow };
}

const char *figures_name(const struct rules *rules, const struct stats_row *row)
{
	if (row->org == NULL)
		return _("All");
	return *row->org != '\0' ? paper_brief(rules, row->org) : _("(not said)");
}

/* --- cells ----------------------------------------------------------------------------------- */

static void put_tenths(char text[FIGURES_TEXT], bool known, int tenths, const char *sign,
		       const char *unit)
{
	int size = tenths < 0 ? -tenths : tenths;

	if (known)
		snprintf(text, FIGURES_TEXT, "%s%d.%d%s", tenths < 0 ? "-" : sign, size / 10,
			 size % 10, unit);
}

static void put_share(char text[FIGURES_TEXT], const struct stats_row *row,
		      const struct column_row *column, bool narrow)
{
	int permille = stats_permille(row, column->part, column->whole);

	if (permille < 0)
		return;
	if (narrow)
		snprintf(text, FIGURES_TEXT, "%lld/%lld", (long long)row->n[column->part],
			 (long long)row->n[column->whole]);
	else
		snprintf(text, FIGURES_TEXT, "%lld/%lld %d.%d%%", (long long)row->n[column->part],
			 (long long)row->n[column->whole], permille / 10, permille % 10);
}

static void put_number(char text[FIGURES_TEXT], int64_t number)
{
	snprintf(text, FIGURES_TEXT, "%lld", (long long)number);
}

static void put_average(char text[FIGURES_TEXT], int64_t ms)
{
	int64_t minutes = ms / MINUTE_MS;

	if (ms >= 0)
		snprintf(text, FIGURES_TEXT, "%lld:%02d", (long long)(minutes / 60),
			 (int)(minutes % 60));
}

void figures_cell(const struct figures *figures, const struct stats_row *row, enum stats_side side,
		  size_t i, const struct stats_formula *formula, bool narrow,
		  char text[FIGURES_TEXT])
{
	size_t n;
	const struct column_row *column = &columns_of(side, &n)[i];
	int tenths = 0;
	bool known;

	snprintf(text, FIGURES_TEXT, "-");
	switch (column->kind) {
	case COUNT:
		put_number(text, row->n[column->part]);
		break;
	case SHARE:
		put_share(text, row, column, narrow);
		break;
	case AVERAGE:
		put_average(text, stats_report_ms(row));
		break;
	case CONTENT:
		tenths = stats_content(row);
		put_tenths(text, tenths >= 0, tenths, "", "%");
		break;
	case POINTS:
		put_number(text, -row->points);
		break;
	case SCORE:
		known = row->org != NULL && stats_score(row, formula, &tenths);
		put_tenths(text, known, tenths, "", "");
		break;
	case CASES:
		put_number(text, row->cases);
		break;
	case PER_100:
		tenths = stats_per_100(row);
		put_tenths(text, tenths >= 0, tenths, "", "");
		break;
	case PREVIOUS:
	case YEAR_AGO:
		known = figures_change(figures,
				       column->kind == PREVIOUS ? FIGURES_PREVIOUS : FIGURES_YEAR_AGO,
				       row->org, formula, &tenths);
		put_tenths(text, known, tenths, "+", "");
		break;
	}
}

/* --- the table ------------------------------------------------------------------------------- */

const char *figures_window(const struct rules *rules, struct stats_window window,
			   struct arena *arena)
{
	char since[CIVIL_TEXT] = "", until[CIVIL_TEXT] = "";

	if (window.since != 0)
		civil_format(window.since, rules->offset_min, "Y-m-d", since, sizeof since);
	if (window.until != 0) /* the last day that is in it */
		civil_format(window.until - 1, rules->offset_min, "Y-m-d", until, sizeof until);
	return arena_printf(arena, "%s%s%s", since, *since != '\0' || *until != '\0' ? " - " : "",
			    until);
}

enum { CELLS_MOST = 32 + STATS };

/* For a spreadsheet: every number in a column of its own, and what is made of them. */
static size_t whole_titles(enum stats_side side, const char **titles)
{
	static const char *const made[] = { N_("Minutes to report in"), N_("Satisfaction"),
					    N_("Points") };
	size_t n = 0;

	titles[n++] = side == STATS_STREETS ? _("Street") : _("Department");
	for (size_t i = 0; i < STATS; i++)
		if (side == STATS_STREETS || stat_is_of_share((enum stat)i))
			titles[n++] = stat_title((enum stat)i);
	for (size_t i = 0; i < ARRAY_LEN(made); i++)
		titles[n++] = _(made[i]);
	if (side == STATS_STREETS) {
		titles[n++] = _("Incidents");
		titles[n++] = _("Per 100 cases");
	} else {
		titles[n++] = _("Score");
	}
	titles[n++] = _("Against before");
	titles[n++] = _("Against last year");
	return n;
}

static const char *tenths_cell(struct sheet *sheet, bool known, int tenths)
{
	char text[FIGURES_TEXT] = "";

	put_tenths(text, known, tenths, "", "");
	return arena_strdup(&sheet->arena, text);
}

static void whole_row(const struct figures *figures, const struct figures_wanted *wanted,
		      const struct stats_row *row, struct sheet *sheet)
{
	const struct rules *rules = figures_stats(figures, FIGURES_NOW)->rules;
	bool side = wanted->ask.side == STATS_STREETS;
	const char *cells[CELLS_MOST];
	int64_t ms = stats_report_ms(row);
	int tenths = stats_content(row);
	size_t n = 0;
	bool known;

	cells[n++] = figures_name(rules, row);
	for (size_t i = 0; i < STATS; i++)
		if (side || stat_is_of_share((enum stat)i))
			cells[n++] = arena_printf(&sheet->arena, "%lld", (long long)row->n[i]);
	cells[n++] = ms < 0 ? "" : arena_printf(&sheet->arena, "%lld", (long long)(ms / MINUTE_MS));
	cells[n++] = tenths_cell(sheet, tenths >= 0, tenths);
	cells[n++] = arena_printf(&sheet->arena, "%lld", (long long)row->points);
	if (side) {
		cells[n++] = arena_printf(&sheet->arena, "%lld", (long long)row->cases);
		tenths = stats_per_100(row);
		cells[n++] = tenths_cell(sheet, tenths >= 0, tenths);
	} else {
		known = row->org != NULL && stats_score(row, wanted->formula, &tenths);
		cells[n++] = tenths_cell(sheet, known, tenths);
	}
	known = figures_change(figures, FIGURES_PREVIOUS, row->org, wanted->formula, &tenths);
	cells[n++] = tenths_cell(sheet, known, tenths);
	known = figures_change(figures, FIGURES_YEAR_AGO, row->org, wanted->formula, &tenths);
	cells[n++] = tenths_cell(sheet, known, tenths);
	sheet_row(sheet, cells);
}

static void page_row(const struct figures *figures, const struct figures_wanted *wanted,
		     const struct stats_row *row, struct sheet *sheet)
{
	const struct rules *rules = figures_stats(figures, FIGURES_NOW)->rules;
	size_t n = figures_columns(wanted->ask.side);
	const char *cells[CELLS_MOST];

	cells[0] = figures_name(rules, row);
	for (size_t i = 0; i < n; i++) {
		char text[FIGURES_TEXT];

		figures_cell(figures, row, wanted->ask.side, i, wanted->formula, false, text);
		cells[1 + i] = arena_strdup(&sheet->arena, text);
	}
	sheet_row(sheet, cells);
}

static void put_footnotes(const struct figures_wanted *wanted, struct sheet *sheet)
{
	struct str words = STR_INIT;

	if (wanted->ask.side == STATS_STREETS) {
		sheet_note(sheet, _("Per 100 cases: whistles blown for each 100 incidents of the "
				    "street; neither none nor very many is a good sign."));
		return;
	}
	str_addf(&words, "%s: ", _("Score"));
	stats_formula_words(wanted->formula, &words);
	sheet_note(sheet, str_get(&words));
	str_clear(&words);
	str_addf(&words, _("Asked fewer than %d times: not ranked. What is not owed yet is left out."),
		 STATS_FEWEST);
	sheet_note(sheet, str_get(&words));
	str_release(&words);
}

void figures_sheet(const struct figures *figures, const struct figures_wanted *wanted, bool whole,
		   struct sheet *sheet)
{
	const struct stats *stats = figures_stats(figures, FIGURES_NOW);
	const struct stats_row **rows;
	const char *titles[CELLS_MOST];
	size_t n, n_titles = 1 + figures_columns(wanted->ask.side);

	sheet_init(sheet, wanted->ask.side == STATS_STREETS ? _("Whistles by street")
							    : _("Whistles by department"));
	sheet->columns = SHEET_WIDE;
	sheet_note(sheet, figures_window(stats->rules, wanted->ask.window, &sheet->arena));
	titles[0] = wanted->ask.side == STATS_STREETS ? _("Street") : _("Department");
	for (size_t i = 1; i < n_titles; i++) {
		struct figures_column column;

		figures_column(wanted->ask.side, i - 1, &column);
		titles[i] = column.title;
	}
	if (whole)
		n_titles = whole_titles(wanted->ask.side, titles);
	sheet_table(sheet, titles, n_titles);
	rows = stats_rows(stats, wanted->order, &sheet->arena, &n);
	for (size_t i = 0; i < n; i++)
		(whole ? whole_row : page_row)(figures, wanted, rows[i], sheet);
	(whole ? whole_row : page_row)(figures, wanted, &stats->all, sheet);
	if (!whole)
		put_footnotes(wanted, sheet);
}

/* --- the list behind a number ---------------------------------------------------------------- */

static void list_row(const struct rules *rules, const struct figures_item *item,
		     struct sheet *sheet)
{
	const struct whistle *whistle = item->whistle;
	const struct summons *summons = whistle_summons(rules, whistle);
	const struct summons_class *class = summons_class(summons, whistle->cls);
	const char *cells[] = {
		whistle->number != NULL ? whistle->number : _("no number yet"),
		class != NULL ? class->label : whistle->cls,
		paper_brief(rules, whistle->origin),
		item->share != NULL ? paper_brief(rules, item->share->org) : "",
		item->share != NULL ? share_state_label(share_state(item->share))
				    : summons_step_label(rules, summons, whistle->step),
		paper_short(sheet, rules, whistle->blown_at),
		whistle->title,
	};

	sheet_row(sheet, cells);
}

enum err figures_list_sheet(struct client *client, const struct stats_what *what,
			    struct sheet *ret_sheet, struct error *err)
{
	const struct rules *rules = client_rules(client);
	const char *titles[] = { _("Number"), _("Class"),   _("Blown by"), _("Department"),
				 _("State"),  _("Drafted"), _("Matter") };
	struct figures_item *items = NULL;
	struct arena arena = ARENA_INIT;
	size_t n = 0;
	enum err rc = figures_list(client, what, &arena, &items, &n, err);

	if (rc == ERR_OK) {
		sheet_init(ret_sheet, stat_title(what->stat));
		ret_sheet->columns = SHEET_WIDE;
		sheet_note(ret_sheet,
			   arena_printf(&ret_sheet->arena, "%s%s%s  %zu",
					figures_window(rules, what->window, &ret_sheet->arena),
					what->org != NULL ? "  " : "",
					what->org != NULL ? paper_brief(rules, what->org) : "", n));
		sheet_table(ret_sheet, titles, ARRAY_LEN(titles));
		for (size_t i = 0; i < n; i++)
			list_row(rules, &items[i], ret_sheet);
	}
	arena_release(&arena);
	return rc;
}
