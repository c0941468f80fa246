#include <config.h>

#include <string.h>

#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

void rows_add_number(struct str *out, int64_t number)
{
	if (number >= 1000) {
		rows_add_number(out, number / 1000);
		str_addf(out, ",%03d", (int)(number % 1000));
	} else {
		str_addf(out, "%d", (int)number);
	}
}

void rows_add_count(struct str *out, const char *words, int64_t number)
{
	if (number <= 0)
		return;
	str_addf(out, "  %s ", words);
	rows_add_number(out, number);
}

/* What runs out next of all, wherever the cursor is; and how old the data are. */
static void draw_due(struct rows *rows, struct canvas *canvas, struct area area)
{
	const struct board_count *count = board_count(rows->app->board);
	const struct rules *rules = client_rules(rows->app->client);
	struct str left = STR_INIT, right = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct page_brief brief;
	char text[LEFT_TEXT], at[LINK_WHEN];

	if (count->next_due && page_brief(rows->app->client, &count->next, &arena, &brief, NULL) ==
				       ERR_OK) {
		left_text(count->next_due, left_moment(count->next_due, app_now(rows->app)), text);
		str_addf(&left, " %s %s %s", _("Due next:"), text, brief.what);
	} else {
		str_addf(&left, " %s", _("Nothing is due."));
	}
	if (rows->app->link.data_at) {
		link_when(&rows->app->link, rows->app->link.data_at,
			  env_now(client_env(rows->app->client)), rules->offset_min, at);
		str_addf(&right, " %s %s ", _("data of"), at);
	}
	int width = text_columns(str_get(&right));
	canvas_pad(canvas, area.row, area.col, area.cols - width, ROLE_TEXT, left.s, PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HINT,
		    str_get(&right));
	arena_release(&arena);
	str_release(&left);
	str_release(&right);
}

void rows_draw_foot(struct rows *rows, struct canvas *canvas, struct area area)
{
	const char *what = rows->has_brief ? rows->brief.what : "";
	const char *story = rows->has_brief ?
				    page_story(&rows->brief, area.cols - 1, &rows->arena) : "";

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	struct area lines = area_top(&area, 2);
	canvas_erase(canvas, lines);
	canvas_pad(canvas, lines.row, lines.col + 1, lines.cols - 1, ROLE_TEXT, what, PAD_RIGHT);
	canvas_pad(canvas, lines.row + 1, lines.col + 1, lines.cols - 1, ROLE_HINT, story,
		   PAD_RIGHT);
	draw_due(rows, canvas, area_top(&area, 1));
}
