/* The moments of a rule.
 *
 * libical 3 gets weeks of the year, BYSETPOS, days counted from the end and more wrong, and walks
 * some rules for minutes; so the Gregorian ones are walked here, period by period, each a set of
 * days times a set of times of day.  What a file may cost is counted in steps. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ical_rule_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum {
	FILE_STEPS = 3000000, /* periods and moments of a file */
	YEAR_COST = 20,
	DAYS_MOST = 400,
};

struct walk {
	const struct rule_ask *ask;
	const struct rule *rule;
	struct rule_budget *budget;
	struct civil start; /* local */
	int32_t start_day;
	int32_t days[DAYS_MOST]; /* of the present period */
	size_t n_days;
	int hours[24], minutes[60], seconds[61];
	size_t n_hours, n_minutes, n_seconds;
	long long seen; /* for COUNT */
	int64_t *at;
	size_t n, cap;
	bool cut, ended;
};

static bool has(const struct by *by, int n)
{
	for (size_t i = 0; i < by->n; i++)
		if (by->at[i] == n)
			return true;
	return false;
}

/* n from 1, counted from either end of `most`. */
static bool has_either(const struct by *by, int n, int most)
{
	return by->n == 0 || has(by, n) || has(by, n - most - 1);
}

/* ---- days ---- */

static int days_in_year(int year)
{
	return civil_day(year + 1, 1, 1) - civil_day(year, 1, 1);
}

static int days_in_month(int year, int month)
{
	return (month == 12 ? civil_day(year + 1, 1, 1) : civil_day(year, month + 1, 1)) -
	       civil_day(year, month, 1);
}

static int weekday_of(int32_t day)
{
	struct civil civil;

	civil_of_day(day, &civil);
	return civil.weekday;
}

static int32_t week_begin(int32_t day, int week_starts)
{
	return day - (weekday_of(day) - week_starts + 7) % 7;
}

/* The first day of the first week of a year: that which has at least four days in it. */
static int32_t year_of_weeks(int year, int week_starts)
{
	return week_begin(civil_day(year, 1, 4), week_starts);
}

static int week_year(int32_t day, int week_starts)
{
	struct civil civil;

	civil_of_day(day, &civil);
	if (day >= year_of_weeks(civil.year + 1, week_starts))
		return civil.year + 1;
	return day < year_of_weeks(civil.year, week_starts) ? civil.year - 1 : civil.year;
}

static bool week_fits(const struct rule *rule, int32_t day)
{
	int year = week_year(day, rule->week_starts);
	int32_t first = year_of_weeks(year, rule->week_starts);
	int weeks = (year_of_weeks(year + 1, rule->week_starts) - first) / 7;

	return has_either(&rule->by[BY_WEEKNO], (day - first) / 7 + 1, weeks);
}

/* "MO": each; "1MO", "-1MO": of the month, or of the year. */
static bool weekday_fits(const struct rule *rule, int32_t day, const struct civil *civil)
{
	bool month = rule->freq == MONTHLY || (rule->freq == YEARLY && rule->by[BY_MONTH].n > 0);
	bool counted = rule->freq <= MONTHLY && rule->by[BY_WEEKNO].n == 0;
	int n = month ? civil->day : day - civil_day(civil->year, 1, 1) + 1;
	int most = month ? days_in_month(civil->year, civil->month) : days_in_year(civil->year);

	if (rule->days.n == 0 || has(&rule->days, by_day(0, civil->weekday)))
		return true;
	for (size_t i = 0; !counted && i < rule->days.n; i++)
		if ((rule->days.at[i] % 8 + 8) % 8 == civil->weekday)
			return true;
	return counted && (has(&rule->days, by_day((n - 1) / 7 + 1, civil->weekday)) ||
			   has(&rule->days, by_day(-((most - n) / 7 + 1), civil->weekday)));
}

static bool day_fits(const struct rule *rule, int32_t day)
{
	struct civil civil;
	int year_day;

	civil_of_day(day, &civil);
	year_day = day - civil_day(civil.year, 1, 1) + 1;
	return (rule->by[BY_MONTH].n == 0 || has(&rule->by[BY_MONTH], civil.month)) &&
	       has_either(&rule->by[BY_MONTHDAY], civil.day,
			  days_in_month(civil.year, civil.month)) &&
	       has_either(&rule->by[BY_YEARDAY], year_day, days_in_year(civil.year)) &&
	       weekday_fits(rule, day, &civil) &&
	       (rule->by[BY_WEEKNO].n == 0 || week_fits(rule, day));
}

static void take_days(struct walk *walk, int32_t from, int32_t to)
{
	walk->n_days = 0;
	for (int32_t day = from; day < to && walk->n_days < DAYS_MOST; day++)
		if (day_fits(walk->rule, day))
			walk->days[walk->n_days++] = day;
}

/* ---- moments of a period ---- */

static void add(struct walk *walk, int64_t local)
{
	const struct rule_ask *ask = walk->ask;

	if (local < ask->start.local || walk->ended)
		return;
	if (local > walk->rule->until || local >= ask->to) {
		walk->ended = true;
		return;
	}
	walk->seen++;
	walk->budget->steps++;
	if (local >= ask->from && walk->n == ask->most) {
		walk->cut = walk->ended = true;
		return;
	}
	if (local >= ask->from) {
		MEM_GROW(walk->at, walk->n, walk->cap);
		walk->at[walk->n++] = local;
	}
	if (walk->rule->count > 0 && walk->seen >= walk->rule->count)
		walk->ended = true;
}

static int64_t nth(const struct walk *walk, size_t i)
{
	size_t second = i % walk->n_seconds, minute = i / walk->n_seconds % walk->n_minutes;
	size_t hour = i / walk->n_seconds / walk->n_minutes % walk->n_hours;
	size_t day = i / walk->n_seconds / walk->n_minutes / walk->n_hours;

	return walk->days[day] * DAY_MS + walk->hours[hour] * HOUR_MS +
	       walk->minutes[minute] * MINUTE_MS + walk->seconds[second] * INT64_C(1000);
}

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

static void add_period(struct walk *walk)
{
	const struct by *by = &walk->rule->by[BY_SETPOS];
	size_t all = walk->n_days * walk->n_hours * walk->n_minutes * walk->n_seconds, chosen = 0;
	size_t at[BY_MOST];

	for (size_t i = 0;
	     by->n == 0 && i < all && !walk->ended && walk->budget->steps < FILE_STEPS; i++)
		add(walk, nth(walk, i));
	for (size_t i = 0; i < by->n; i++) {
		size_t back = (size_t)-by->at[i];

		if (by->at[i] > 0 && (size_t)by->at[i] <= all)
			at[chosen++] = (size_t)by->at[i] - 1;
		else if (by->at[i] < 0 && back <= all)
			at[chosen++] = all - back;
	}
	if (chosen > 0)
		qsort(at, chosen, sizeof *at, by_size);
	for (size_t i = 0; i < chosen; i++)
		if (i == 0 || at[i] != at[i - 1])
			add(walk, nth(walk, at[i]));
}

static void fill(int *to, size_t *ret_n, const struct by *by, int value)
{
	*ret_n = by->n > 0 ? by->n : 1;
	if (by->n > 0)
		memcpy(to, by->at, by->n * sizeof *to);
	else
		to[0] = value;
}

/* ---- periods: years, months, weeks, days ---- */

/* How many intervals may be passed over, when nothing is counted. */
static int64_t skipped(const struct walk *walk, int64_t periods)
{
	int64_t n = periods / walk->rule->interval - 1;

	return walk->rule->count > 0 || n < 0 ? 0 : n;
}

static void one_year(struct walk *walk, int64_t k)
{
	const struct rule *rule = walk->rule;
	bool weeks = rule->by[BY_WEEKNO].n > 0;
	int year = (weeks ? week_year(walk->start_day, rule->week_starts) : walk->start.year) +
		   (int)(k * rule->interval);

	walk->budget->steps += YEAR_COST;
	if (weeks)
		take_days(walk, year_of_weeks(year, rule->week_starts),
			  year_of_weeks(year + 1, rule->week_starts));
	else
		take_days(walk, civil_day(year, 1, 1), civil_day(year + 1, 1, 1));
	walk->ended = walk->ended || (year_of_weeks(year, 1) - 7) * DAY_MS > walk->ask->to;
}

static void one_month(struct walk *walk, int64_t k)
{
	int64_t months =
	    walk->start.year * INT64_C(12) + walk->start.month - 1 + k * walk->rule->interval;
	int year = (int)(months / 12), month = (int)(months % 12) + 1;
	int32_t first = civil_day(year, month, 1);

	take_days(walk, first, first + days_in_month(year, month));
	walk->ended = walk->ended || first * DAY_MS > walk->ask->to;
}

static void one_week(struct walk *walk, int64_t k)
{
	int32_t first = week_begin(walk->start_day, walk->rule->week_starts) +
			(int32_t)(k * walk->rule->interval * 7);

	take_days(walk, first, first + 7);
	walk->ended = walk->ended || first * DAY_MS > walk->ask->to;
}

static void one_day(struct walk *walk, int64_t k)
{
	int32_t day = walk->start_day + (int32_t)(k * walk->rule->interval);

	take_days(walk, day, day + 1);
	walk->ended = walk->ended || day * DAY_MS > walk->ask->to;
}

static void walk_days(struct walk *walk)
{
	static void (*const one[])(struct walk *, int64_t) = {one_year, one_month, one_week,
							      one_day};
	const struct rule *rule = walk->rule;
	int32_t from = walk->ask->from > walk->ask->start.local
			   ? civil_day_of_ms(walk->ask->from, 0)
			   : walk->start_day;
	const int64_t days = from - walk->start_day;
	const int64_t periods[] = {days / 366, days / 31, days / 7, days};
	int64_t most = (walk->ask->to / DAY_MS - walk->start_day) / rule->interval + 2;

	for (int64_t k = skipped(walk, periods[rule->freq]); !walk->ended && k <= most; k++) {
		if (walk->budget->steps >= FILE_STEPS)
			return;
		walk->budget->steps++;
		one[rule->freq](walk, k);
		if (!walk->ended)
			add_period(walk);
	}
}

/* ---- periods: hours, minutes, seconds ---- */

/* Where the walk goes on from a moment that does not fit: the next day, hour or minute; 0: it fits.
 */
static int64_t misfit(const struct walk *walk, int64_t local)
{
	const struct rule *rule = walk->rule;
	int32_t day = civil_day_of_ms(local, 0);
	int64_t of_day = local - day * DAY_MS;

	if (!day_fits(rule, day))
		return (day + INT64_C(1)) * DAY_MS;
	if (rule->by[BY_HOUR].n > 0 && !has(&rule->by[BY_HOUR], (int)(of_day / HOUR_MS)))
		return (local / HOUR_MS + 1) * HOUR_MS;
	if (rule->freq >= MINUTELY && rule->by[BY_MINUTE].n > 0 &&
	    !has(&rule->by[BY_MINUTE], (int)(of_day / MINUTE_MS % 60)))
		return (local / MINUTE_MS + 1) * MINUTE_MS;
	if (rule->freq == SECONDLY && rule->by[BY_SECOND].n > 0 &&
	    !has(&rule->by[BY_SECOND], (int)(of_day / 1000 % 60)))
		return (local / 1000 + 1) * 1000;
	return 0;
}

static void set_time(struct walk *walk, int64_t local)
{
	struct civil civil;

	civil_of_ms(local, 0, &civil);
	walk->days[0] = civil_day_of_ms(local, 0);
	walk->n_days = walk->n_hours = walk->n_minutes = walk->n_seconds = 1;
	walk->hours[0] = civil.hour;
	if (walk->rule->freq >= MINUTELY)
		walk->minutes[0] = civil.minute;
	else
		fill(walk->minutes, &walk->n_minutes, &walk->rule->by[BY_MINUTE],
		     walk->start.minute);
	if (walk->rule->freq == SECONDLY)
		walk->seconds[0] = civil.second;
	else
		fill(walk->seconds, &walk->n_seconds, &walk->rule->by[BY_SECOND],
		     walk->start.second);
}

static void walk_times(struct walk *walk)
{
	static const int64_t units[RULE_FREQS] = {
	    [HOURLY] = HOUR_MS, [MINUTELY] = MINUTE_MS, [SECONDLY] = 1000};
	const struct rule *rule = walk->rule;
	int64_t unit = units[rule->freq], step = unit * rule->interval;
	int64_t begin = walk->ask->start.local / unit * unit, local = begin;

	if (walk->ask->from > begin)
		local += skipped(walk, (walk->ask->from - begin) / unit) * step;
	while (!walk->ended && local < walk->ask->to && walk->budget->steps < FILE_STEPS) {
		int64_t next = misfit(walk, local);

		walk->budget->steps++;
		if (next == 0) {
			set_time(walk, local);
			add_period(walk);
			next = local + step;
		}
		local += (next - local + step - 1) / step * step;
	}
}

/* ---- the rule ---- */

/* What a rule does not say is as its beginning is. */
static void complete(struct rule *rule, const struct civil *start)
{
	struct by *by = rule->by;

	if (rule->freq > WEEKLY || by[BY_YEARDAY].n > 0 || rule->days.n > 0)
		return;
	/* "every year on the 29th" is the month's of its beginning: so libical, and what people
	 * mean */
	if (by[BY_MONTHDAY].n > 0) {
		if (rule->freq == YEARLY && by[BY_MONTH].n == 0 && by[BY_WEEKNO].n == 0)
			by[BY_MONTH].at[by[BY_MONTH].n++] = start->month;
		return;
	}
	if (rule->freq == WEEKLY || by[BY_WEEKNO].n > 0) {
		rule->days.at[rule->days.n++] = by_day(0, start->weekday);
		return;
	}
	by[BY_MONTHDAY].at[by[BY_MONTHDAY].n++] = start->day;
	if (rule->freq == YEARLY && by[BY_MONTH].n == 0)
		by[BY_MONTH].at[by[BY_MONTH].n++] = start->month;
}

static bool other_calendar(const char *words)
{
	return strcasestr(words, "RSCALE=") != NULL || strcasestr(words, "SKIP=") != NULL;
}

enum err rule_moments(const struct rule_ask *ask, struct rule_budget *budget, struct arena *arena,
		      int64_t **ret_moments, size_t *ret_n, bool *ret_cut, struct error *err)
{
	struct rule *rule;
	struct walk walk = {.ask = ask, .budget = budget};
	enum err code;

	if (other_calendar(ask->rule))
		return rscale_moments(ask, budget, arena, ret_moments, ret_n, ret_cut, err);
	walk.rule = rule = arena_alloc(arena, sizeof *rule);
	code = rule_parse(ask->lib, ask->rule, arena, rule, err);
	if (code != ERR_OK)
		return code;
	if (ask->until != INT64_MIN)
		rule->until = ask->until;
	if (ask->start.date) /* times of day say nothing of whole days */
		rule->by[BY_HOUR].n = rule->by[BY_MINUTE].n = rule->by[BY_SECOND].n = 0;
	civil_of_ms(ask->start.local, 0, &walk.start);
	walk.start_day = civil_day_of_ms(ask->start.local, 0);
	complete(rule, &walk.start);
	fill(walk.hours, &walk.n_hours, &rule->by[BY_HOUR], walk.start.hour);
	fill(walk.minutes, &walk.n_minutes, &rule->by[BY_MINUTE], walk.start.minute);
	fill(walk.seconds, &walk.n_seconds, &rule->by[BY_SECOND], walk.start.second);
	if (rule->freq >= HOURLY)
		walk_times(&walk);
	else
		walk_days(&walk);
	if (budget->steps >= FILE_STEPS)
		code = error_set(
		    err, ERR_INPUT,
		    _("the rules of this file take too long to work out; it was left at that"));
	if (code == ERR_OK) {
		*ret_moments = arena_array(arena, walk.n + 1, sizeof **ret_moments);
		if (walk.n > 0)
			memcpy(*ret_moments, walk.at, walk.n * sizeof *walk.at);
		*ret_n = walk.n;
		*ret_cut = walk.cut;
	}
	free(walk.at);
	return code;
}

bool rule_until(const struct ical_lib *lib, const char *rule, struct arena *arena, int64_t *ret_utc)
{
	const char *s = strcasestr(rule, "UNTIL=");
	struct moment moment;
	size_t n;

	if (s == NULL)
		return false;
	s += strlen("UNTIL=");
	n = strcspn(s, ";");
	if (value_moment(lib, arena_printf(arena, "DTSTART:%.*s", (int)n, s), arena, &moment) !=
		ERR_OK ||
	    !moment.utc)
		return false;
	*ret_utc = moment.local;
	return true;
}

enum err ical_recur(const char *rule, const char *start, size_t most, struct arena *arena,
		    const char ***ret_moments, size_t *ret_n, struct error *err)
{
	struct rule_ask ask = {.rule = rule, .until = INT64_MIN, .from = INT64_MIN, .most = most};
	const char *line =
	    arena_printf(arena, "DTSTART%s:%s", strlen(start) == 8 ? ";VALUE=DATE" : "", start);
	struct civil end = {.year = 2500, .month = 1, .day = 1};
	struct rule_budget budget = {0};
	int64_t *at = NULL;
	size_t n = 0;
	bool cut;
	enum err code = ical_lib_open(arena, &ask.lib, err);

	if (code != ERR_OK)
		return code;
	if (value_moment(ask.lib, line, arena, &ask.start) != ERR_OK)
		return error_set(err, ERR_INPUT, _("\"%s\" is no moment of a calendar"), start);
	ask.to = civil_to_ms(&end, 0);
	code = rule_moments(&ask, &budget, arena, &at, &n, &cut, err);
	if (code != ERR_OK)
		return code;
	*ret_moments = arena_array(arena, n + 1, sizeof **ret_moments);
	for (size_t i = 0; i < n; i++) {
		char *words = arena_alloc(arena, CIVIL_TEXT);

		civil_format(at[i], 0,
			     ask.start.date  ? "Ymd"
			     : ask.start.utc ? "YmdTHMSZ"
					     : "YmdTHMS",
			     words, CIVIL_TEXT);
		(*ret_moments)[i] = words;
	}
	*ret_n = n;
	return ERR_OK;
}
