/* Rates of whistles' figures, the assessment made of them, and what windows are compared. */
#include <config.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/whistle_stats.h"

#include <string.h>

/* --- rates ----------------------------------------------------------------------------------- */

static int64_t rounded(int64_t part, int64_t whole)
{
	return (part * 2 + whole) / (whole * 2);
}

int stats_permille(const struct stats_row *row, enum stat part, enum stat whole)
{
	return row->n[whole] > 0 ? (int)rounded(row->n[part] * 1000, row->n[whole]) : -1;
}

static int64_t contentment(const struct stats_row *row) /* tenths of a share */
{
	return row->n[STAT_CONTENT] * 10 + row->n[STAT_FAIR] * 7;
}

int stats_content(const struct stats_row *row)
{
	if (row->n[STAT_RATED] == 0)
		return -1;
	return (int)rounded(contentment(row) * 100, row->n[STAT_RATED]);
}

int stats_per_100(const struct stats_row *row)
{
	return row->cases > 0 ? (int)rounded(row->n[STAT_BLOWN] * 1000, row->cases) : -1;
}

int64_t stats_report_ms(const struct stats_row *row)
{
	int64_t n = row->n[STAT_REPORT_TIMELY] + row->n[STAT_REPORT_LATE];

	return n > 0 ? row->report_ms / n : -1;
}

/* --- the assessment -------------------------------------------------------------------------- */

static const struct stats_formula formulas[] = {
	{ "whistle",
	  N_("Report in and result of whistles"),
	  { { 25, STAT_REPORT_TIMELY, STAT_REPORT_OWED },
	    { 35, STAT_HANDLE_TIMELY, STAT_HANDLE_OWED },
	    { 15, STAT_FEEDBACK_TIMELY, STAT_FEEDBACK_OWED },
	    { 25, STAT_CONTENT, STAT_RATED } } },
	{ "response",
	  N_("Second level of response"),
	  { { 20, STAT_SIGN_TIMELY, STAT_SIGN_OWED },
	    { 20, STAT_REPORT_TIMELY, STAT_REPORT_OWED },
	    { 40, STAT_HANDLE_TIMELY, STAT_HANDLE_OWED },
	    { 20, STAT_CONTENT, STAT_RATED } } },
};

size_t stats_formula_count(void)
{
	return ARRAY_LEN(formulas);
}

const struct stats_formula *stats_formula(size_t i)
{
	return &formulas[i];
}

const struct stats_formula *stats_formula_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(formulas); i++)
		if (strcmp(formulas[i].name, name) == 0)
			return &formulas[i];
	return NULL;
}

bool stats_score(const struct stats_row *row, const struct stats_formula *formula, int *ret_tenths)
{
	enum { FINE = 1000000 }; /* shares are millionths until the end */
	int64_t sum = 0, weights = 0;

	if (row->n[STAT_ASKED] < STATS_FEWEST)
		return false;
	for (size_t i = 0; i < STATS_TERMS; i++) {
		enum stat whole = formula->terms[i].whole;
		int64_t part = row->n[formula->terms[i].part] * 10;

		if (row->n[whole] == 0)
			continue;
		if (whole == STAT_RATED)
			part = contentment(row);
		sum += formula->terms[i].weight * (part * (FINE / 10) / row->n[whole]);
		weights += formula->terms[i].weight;
	}
	if (weights == 0)
		return false;
	*ret_tenths = (int)(rounded(sum, weights * (FINE / 1000)) - row->points * 10);
	return true;
}

void stats_formula_words(const struct stats_formula *formula, struct str *out)
{
	str_add(out, "100*(");
	for (size_t i = 0; i < STATS_TERMS; i++) {
		str_addf(out, "%s0.%02d*", i > 0 ? " + " : "", formula->terms[i].weight);
		if (formula->terms[i].whole == STAT_RATED)
			str_add(out, _("Satisfaction"));
		else
			str_addf(out, "%s/%s", stat_title(formula->terms[i].part),
				 stat_title(formula->terms[i].whole));
	}
	str_addf(out, ") - %s", _("points of cards"));
}

/* --- windows --------------------------------------------------------------------------------- */

static int64_t month_begins(int offset_min, int months) /* since the year 0 */
{
	return civil_ms_of_day(civil_day(months / 12, months % 12 + 1, 1), offset_min);
}

struct stats_window stats_month(int offset_min, int64_t at, int months)
{
	struct civil civil;
	int month;

	civil_of_ms(at, offset_min, &civil);
	month = civil.year * 12 + civil.month - 1 + months;
	return (struct stats_window){ month_begins(offset_min, month),
				      month_begins(offset_min, month + 1) };
}

/* Months since the year 0 when a moment is the first of one; -1: it is not. */
static int month_of(int offset_min, int64_t at)
{
	struct civil civil;

	civil_of_ms(at, offset_min, &civil);
	if (civil.day != 1 || civil_ms_of_day(civil_day_of_ms(at, offset_min), offset_min) != at)
		return -1;
	return civil.year * 12 + civil.month - 1;
}

bool stats_previous(int offset_min, struct stats_window window, struct stats_window *ret_window)
{
	int from = month_of(offset_min, window.since), to = month_of(offset_min, window.until);

	if (window.since == 0 || window.until <= window.since)
		return false;
	ret_window->until = window.since;
	ret_window->since = from >= 0 && to >= 0
				    ? month_begins(offset_min, 2 * from - to)
				    : window.since - (window.until - window.since);
	return true;
}

/* The same time of the same date, of the 29th of February that of the 28th. */
static int64_t year_before(int offset_min, int64_t at)
{
	struct civil civil;

	civil_of_ms(at, offset_min, &civil);
	civil.year--;
	if (!civil_valid(civil.year, civil.month, civil.day))
		civil.day--;
	return civil_to_ms(&civil, offset_min);
}

bool stats_year_ago(int offset_min, struct stats_window window, struct stats_window *ret_window)
{
	if (window.since == 0 || window.until <= window.since)
		return false;
	ret_window->since = year_before(offset_min, window.since);
	ret_window->until = year_before(offset_min, window.until);
	return true;
}
