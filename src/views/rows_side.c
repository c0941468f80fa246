/* On wide screens the incident at rest stands beside the list: what was done last, its clocks, who
 * has a share in it, and its text. */
#include <config.h>

#include "paper_priv.h"
#include "rows_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/ui/pager.h"

enum { SIDE_FROM = 160, SIDE_SHARE = 3, SIDE_MOST = 72, STORY_LINES = 8 };

/* Of ten parts the pane has three; none where bytes are dear. */
int rows_side_cols(const struct rows *rows, int cols)
{
	int side = cols * SIDE_SHARE / 10;

	if (cols < SIDE_FROM || rows->app->thin)
		return 0;
	return side < SIDE_MOST ? side : SIDE_MOST;
}

/* The newest lines of the story come first here: they are what is asked for. */
static void add_section(struct pager *pager, const struct page *page, const char *key, bool newest)
{
	for (size_t s = 0; s < page->n; s++) {
		const struct page_section *section = &page->sections[s];
		size_t n = section->n;

		if (strcmp(section->key, key) != 0)
			continue;
		pager_section(pager, section->key, section->title);
		for (size_t i = 0; i < n && !(newest && i == STORY_LINES); i++) {
			const struct page_line *line = &section->lines[newest ? n - 1 - i : i];

			pager_add(pager, line->label, line->label_cols, tone_role(line->tone),
				  line->text);
		}
	}
}

static void fill(struct rows *rows, int cols)
{
	static const struct {
		const char *key;
		bool newest;
	} shown[] = { { "timeline", true }, { "clock", false }, { "part", false }, { "text", false } };
	struct arena arena = ARENA_INIT;
	struct page page;

	if (!rows->side)
		rows->side = pager_new();
	pager_begin(rows->side);
	if (rows->has_brief && page_build(rows->app->client, &rows->resting, cols, &arena, &page,
					  NULL) == ERR_OK)
		for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
			add_section(rows->side, &page, shown[i].key, shown[i].newest);
	pager_end(rows->side);
	arena_release(&arena);
}

void rows_draw_side(struct rows *rows, struct canvas *canvas, struct area *area, bool all)
{
	int cols = rows_side_cols(rows, area->cols);
	struct area side = area_right(area, cols), edge;

	if (!cols)
		return;
	edge = area_left(&side, 3);
	if (all || rows->dirty & (DIRTY_LIST | DIRTY_FOOT))
		fill(rows, side.cols);
	if (all) {
		canvas_erase(canvas, edge);
		edge.col++;
		edge.cols = 1;
		canvas_fill(canvas, edge, '|', ROLE_FRAME);
	}
	pager_draw(rows->side, canvas, side, all);
}
