/* The month: how many run out on each day, holidays and make-up days; a day is chosen in it. */
#include <config.h>

#include "deadlines_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/workday.h"

enum { WIDE = 10, NARROW = 5, LEGEND = 2, WEEKS = 6, LOAD_TEXT = 32 };

int32_t due_today(const struct app *app)
{
	return civil_day_of_ms(app_now(app), client_rules(app->client)->offset_min);
}

bool due_month_read(struct deadlines_view *view, int32_t day, struct due_month *ret_month)
{
	struct civil civil;

	civil_of_day(day, &civil);
	return deadlines_month(view->model, civil.year, civil.month, ret_month, NULL) == ERR_OK;
}

/* ---- drawing ---- */

static const char *weekday(int n)
{
	static const char *const names[] = { N_("Mo"), N_("Tu"), N_("We"), N_("Th"),
					     N_("Fr"), N_("Sa"), N_("Su") };

	return _(names[n]);
}

/* What the calendar says of a day, in two columns. */
static const char *day_mark(const struct due_day *day)
{
	if (day->makeup)
		/* TRANSLATORS: a working day of a weekend (班), in two columns */
		return _("w");
	if (day->holiday)
		/* TRANSLATORS: a holiday (休), in two columns */
		return _("h");
	return day->known ? "" : "?";
}

static void load_words(const struct due_day *day, char text[LOAD_TEXT])
{
	if (day->n == 0)
		snprintf(text, LOAD_TEXT, "%s", day->more ? "+" : ".");
	else if (day->n > 999)
		snprintf(text, LOAD_TEXT, "%lldk", (long long)(day->n / 1000));
	else
		snprintf(text, LOAD_TEXT, "%lld%s", (long long)day->n, day->more ? "+" : "");
}

static enum role day_role(const struct app *app, const struct due_day *day, int32_t cursor)
{
	if (day->day == cursor)
		return ROLE_LIST_SELECTED;
	if (day->day == due_today(app))
		return ROLE_TITLE;
	return day->off ? ROLE_HINT : ROLE_TEXT;
}

static void draw_day(struct app *app, const struct due_day *day, int number, int32_t cursor,
		     struct canvas *canvas, int row, int col, bool narrow)
{
	const char *point = day->day == cursor ? ">" : day->day == due_today(app) ? "*" : " ";
	enum role role = day_role(app, day, cursor);
	char load[LOAD_TEXT], text[LOAD_TEXT];

	load_words(day, load);
	snprintf(text, sizeof text, "%s%2d", point, number);
	canvas_pad(canvas, row, col, 3, role, text, PAD_RIGHT);
	canvas_pad(canvas, row, col + 3, 2, ROLE_WARNING, day_mark(day), PAD_RIGHT);
	if (narrow)
		canvas_pad(canvas, row + 1, col, 4, day->n ? ROLE_TEXT : ROLE_HINT, load, PAD_LEFT);
	else
		canvas_pad(canvas, row, col + 5, 4, day->n ? ROLE_TEXT : ROLE_HINT, load, PAD_LEFT);
}

/* What the calendar does not know, or the name of the holiday under the cursor. */
static void draw_legend(struct app *app, const struct due_month *month, int32_t cursor,
			struct canvas *canvas, struct area area)
{
	const struct rules *rules = client_rules(app->client);
	int missing = calendar_missing(rules->calendar, due_today(app));
	struct str words = STR_INIT;

	for (int i = 0; i < month->n_days; i++)
		if (month->days[i].day == cursor && month->days[i].holiday)
			str_addf(&words, "%s  ", month->days[i].holiday);
	/* TRANSLATORS: the legend under a month; the letters are those of the two marks */
	str_add(&words, _("* today  h holiday  w workday"));
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HINT, str_get(&words), PAD_RIGHT);
	str_clear(&words);
	if (missing)
		str_addf(&words, _("No calendar of %d yet: what is due then is provisional."),
			 missing);
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_WARNING, str_get(&words),
		   PAD_RIGHT);
	str_release(&words);
}

void due_month_draw(struct app *app, const struct due_month *month, int32_t cursor,
		    struct canvas *canvas, struct area area, bool narrow)
{
	int wide = narrow ? NARROW : WIDE, tall = narrow ? 2 : 1;
	struct civil first;
	int row = area.row + 2, at;

	civil_of_day(month->days[0].day, &first);
	at = first.weekday - 1;
	canvas_textf(canvas, area.row, area.col, area.cols, ROLE_TITLE, "%04d-%02d", month->year,
		     month->month);
	for (int i = 0; i < 7; i++)
		canvas_pad(canvas, area.row + 1, area.col + i * wide, 4, ROLE_HEADING, weekday(i),
			   PAD_LEFT);
	for (int i = 0; i < month->n_days; i++) {
		if (row + tall <= area.row + area.rows)
			draw_day(app, &month->days[i], i + 1, cursor, canvas, row,
				 area.col + at * wide, narrow);
		at = (at + 1) % 7;
		row += at == 0 ? tall : 0;
	}
	row += at == 0 ? 0 : tall;
	if (row + LEGEND <= area.row + area.rows)
		draw_legend(app, month, cursor, canvas,
			    (struct area){ row, area.col, LEGEND, area.cols });
}

/* ---- the month in which a day is chosen ---- */

struct month {
	struct deadlines_view *below;
	struct due_month month;
	int32_t day;
};

static bool go(struct month *month, int32_t day)
{
	struct due_month read;
	struct civil civil;

	civil_of_day(day, &civil);
	if (civil.year < 1901 || civil.year > 9998)
		return false;
	if ((civil.year != month->month.year || civil.month != month->month.month) &&
	    !due_month_read(month->below, day, &read))
		return false;
	if (civil.year != month->month.year || civil.month != month->month.month)
		month->month = read;
	month->day = day;
	return true;
}

static enum err open_month(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct month *month = mem_alloc(sizeof *month);

	month->below = *(struct deadlines_view *const *)arg;
	month->day = deadlines_day(month->below->model);
	if (!month->day)
		month->day = due_today(ui_shell(ui));
	if (!due_month_read(month->below, month->day, &month->month)) {
		free(month);
		return error_set(err, ERR_IO, "%s", _("the month cannot be counted"));
	}
	*ret_state = month;
	return ERR_OK;
}

static void close_month(void *state)
{
	free(state);
}

static struct area place_month(void *state, struct area body)
{
	(void)state;
	return area_middle(body, WEEKS + 2 + LEGEND + 2, 7 * WIDE + 4);
}

static void draw_month(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct month *month = state;
	struct area inside;

	(void)all;
	inside = canvas_box(canvas, area, ROLE_FRAME,
			    _("What runs out on each day (Enter: that day, Esc: back)"));
	inside.col++;
	inside.cols--;
	due_month_draw(month->below->app, &month->month, month->day, canvas, inside, false);
}

static int32_t other_month(int32_t day, int step)
{
	struct civil civil;
	int at;

	civil_of_day(day, &civil);
	at = civil.year * 12 + civil.month - 1 + step;
	for (int d = civil.day; d > 28; d--)
		if (civil_valid(at / 12, at % 12 + 1, d))
			return civil_day(at / 12, at % 12 + 1, d);
	return civil_day(at / 12, at % 12 + 1, civil.day < 28 ? civil.day : 28);
}

static unsigned key_month(void *state, struct key key, const char *pasted)
{
	static const struct {
		uint32_t code, letter;
		int days, months;
	} moves[] = {
		{ UIKEY_LEFT, 'h', -1, 0 },   { UIKEY_RIGHT, 'l', 1, 0 },
		{ UIKEY_UP, 'k', -7, 0 },     { UIKEY_DOWN, 'j', 7, 0 },
		{ '<', '<', -1, 0 },	      { '>', '>', 1, 0 },
		{ UIKEY_PGUP, '[', 0, -1 },   { UIKEY_PGDN, ']', 0, 1 },
	};
	struct month *month = state;

	(void)pasted;
	key = key_narrow(key);
	if (key.code == UIKEY_ESC || key.code == UIKEY_TAB || key.code == 'q')
		return UI_CLOSE | UI_FRAME;
	if (key.code == UIKEY_ENTER)
		return due_go_day(month->below, month->day) | UI_CLOSE | UI_FRAME;
	for (size_t i = 0; i < ARRAY_LEN(moves); i++)
		if (key.code == moves[i].code || key.code == moves[i].letter) {
			(void)go(month, moves[i].months ? other_month(month->day, moves[i].months)
							: month->day + moves[i].days);
			return UI_REDRAW_ALL;
		}
	return UI_REDRAW;
}

const struct view_ops month_view = {
	.name = "month",
	.overlay = true,
	.open = open_month,
	.close = close_month,
	.place = place_month,
	.draw = draw_month,
	.key = key_month,
};
