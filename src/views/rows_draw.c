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
}
