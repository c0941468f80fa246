#include <config.h>

#include <string.h>

#include "home_priv.h"
#include "marking_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

static enum role counter_role(enum home_count count, int64_t n)
{
	if (n == 0)
		return ROLE_HINT;
	switch (count) {
	case HOME_ALARMS:
		return ROLE_ALARM;
	case HOME_OVERDUE:
		return ROLE_CLOCK_OVERDUE;
	case HOME_SOON:
		return ROLE_CLOCK_SOON;
	case HOME_UNSIGNED:
	case HOME_RECEIPTS:
	case HOME_INSTRUCTIONS:
	case HOME_WATCHED:
	case HOME_UNREPORTED:
	case HOME_COUNTS:
		break;
	}
	return ROLE_TITLE;
}

/* ",1" is "1" here: the comma stands before them all, unless the keys are others. */
static const char *short_key(const char *key)
{
	return key[0] == ',' && key[1] ? key + 1 : key;
}

static void counter_words(struct home_view *view, enum home_count count, struct str *out)
{
	struct app *app = view->rows.app;
	int64_t n = home_counter(view->home, count);
	struct str key = STR_INIT;

	keymap_first_key(app->keymap, command_at(counters[count].cmd), &key);
	str_addf(out, "%s%s ", short_key(str_get(&key)), home_count_title(count));
	rows_add_number(out, n);
	if (n >= HOME_COUNT_MOST)
		str_add(out, "+");
	str_release(&key);
}

/* All that fit; where there is no room those that are 0 go first. */
static void draw_counters(struct home_view *view, struct canvas *canvas, struct area area)
{
	struct str words[HOME_COUNTS];
	int room = area.cols - 1, col = area.col;
	bool shown[HOME_COUNTS];

	col += canvas_text(canvas, area.row, col, area.cols, ROLE_HINT, " ,");
	room -= 2;
	for (int i = 0; i < HOME_COUNTS; i++) {
		words[i] = (struct str)STR_INIT;
		counter_words(view, (enum home_count)i, &words[i]);
		room -= text_columns(words[i].s) + 2;
		shown[i] = true;
	}
	for (int i = HOME_COUNTS - 1; i >= 0 && room < 0; i--)
		if (home_counter(view->home, (enum home_count)i) == 0) {
			shown[i] = false;
			room += text_columns(words[i].s) + 2;
		}
	for (int i = 0; i < HOME_COUNTS; i++) {
		int64_t n = home_counter(view->home, (enum home_count)i);

		if (shown[i]) {
			col += canvas_text(canvas, area.row, col, area.col + area.cols - col,
					   counter_role((enum home_count)i, n), words[i].s);
			col += canvas_text(canvas, area.row, col, area.col + area.cols - col,
					   ROLE_TEXT, "  ");
		}
		str_release(&words[i]);
	}
	canvas_erase(canvas, (struct area){ area.row, col, 1, area.col + area.cols - col });
}

/* Behind the counters' line: what is marked, that it stands still. */
static void draw_loud(struct home_view *view, struct canvas *canvas, struct area area)
{
	struct str loud = STR_INIT;
	size_t marked;
	int width;

	list_marked(view->rows.list, &marked);
	if (view->frozen)
		str_addf(&loud, "  %s", _("FROZEN"));
	rows_add_count(&loud, _("marked"), (int64_t)marked);
	width = text_columns(str_get(&loud)) + (loud.len ? 1 : 0);
	if (width)
		canvas_pad(canvas, area.row, area.col + area.cols - width, width,
			   ROLE_LIST_FILTERED, loud.s, PAD_RIGHT);
	str_release(&loud);
}

void home_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct home_view *view = state;
	struct area strip = area_top(&area, 1), foot = area_bottom(&area, ROWS_FOOT);
	unsigned dirty = view->rows.dirty;

	if (all || dirty & (DIRTY_TITLE | DIRTY_LIST)) {
		draw_counters(view, canvas, strip);
		draw_loud(view, canvas, strip);
	}
	if (all || dirty & DIRTY_LIST)
		view->rows.left_at = INT64_MAX;
	rows_draw_side(&view->rows, canvas, &area, all);
	list_draw(view->rows.list, canvas, area, all || dirty & DIRTY_LIST);
	if (all || dirty & DIRTY_FOOT)
		rows_draw_foot(&view->rows, canvas, foot);
	view->rows.dirty = 0;
}
