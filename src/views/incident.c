#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/pager.h"

/* The page of one incident.  Where there is room, its story stands beside the rest, at its end: what
 * was done last is what is asked first. */
enum { PANE_ALL, PANE_STORY, PANES };
enum { SPLIT_FROM = 132, STORY_SHARE = 5 }; /* the story takes two of five parts */

struct page_view {
	struct app *app;
	struct uuid id;
	struct pager *panes[PANES]; /* the first has everything while they are not split */
	int focus;
	struct arena arena; /* of what they were built from, for title and hints */
	char *title;
	int cols; /* it was built for; 0: must be built */
	int64_t minute;
	bool asked; /* older lines of the timeline */
	bool to_end; /* the story is shown from its end as soon as it is laid out */
};

static bool is_split(const struct page_view *view)
{
	return view->cols >= SPLIT_FROM;
}

static int story_cols(int cols)
{
	return cols * 2 / STORY_SHARE;
}

static bool is_story(const struct page_section *section)
{
	return strcmp(section->key, "timeline") == 0 || strcmp(section->key, "path") == 0;
}

static struct pager *focused(const struct page_view *view)
{
	return view->panes[is_split(view) ? view->focus : PANE_ALL];
}

static void ask_older(struct page_view *view)
{
	struct ask ask = { .kind = ASK_TIMELINE, .id = view->id };

	if (view->asked || !view->app->ask)
		return;
	view->asked = true;
	view->app->ask(view->app->ask_ctx, &ask);
}

/* Puts the model's sections into the panes; their positions stay. */
static void fill(struct page_view *view, const struct page *page)
{
	for (int i = 0; i < PANES; i++)
		pager_begin(view->panes[i]);
	for (size_t s = 0; s < page->n; s++) {
		const struct page_section *section = &page->sections[s];
		bool aside = is_split(view) && is_story(section);
		struct pager *pager = view->panes[aside ? PANE_STORY : PANE_ALL];

		pager_section(pager, section->key, section->title);
		for (size_t i = 0; i < section->n; i++) {
			const struct page_line *line = &section->lines[i];

			pager_add(pager, line->label, line->label_cols, tone_role(line->tone),
				  line->text);
		}
	}
	for (int i = 0; i < PANES; i++)
		pager_end(view->panes[i]);
}

static enum err build(struct page_view *view, int cols, struct error *err)
{
	bool was_split = is_split(view);
	struct page page;
	enum err code;

	arena_reset(&view->arena);
	code = page_build(view->app->client, &view->id,
			  cols >= SPLIT_FROM ? cols - story_cols(cols) - 1 : cols, &view->arena,
			  &page, err);
	if (code != ERR_OK)
		return code;
	view->cols = cols;
	view->title = arena_strdup(&view->arena, page.incident->title);
	view->minute = view->app->minute;
	frame_hint_acts(view->app, page.incident);
	fill(view, &page);
	view->to_end = view->to_end || (is_split(view) && !was_split);
	if (!page.complete)
		ask_older(view);
	return ERR_OK;
}

static void close_view(void *state)
{
	struct page_view *view = state;

	for (int i = 0; i < PANES; i++)
		pager_free(view->panes[i]);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct page_view *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	for (int i = 0; i < PANES; i++)
		view->panes[i] = pager_new();
	code = build(view, canvas_cols(ui_canvas(ui)), err);
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

bool page_view_selected(void *state, struct uuid *ret_id)
{
	*ret_id = ((struct page_view *)state)->id;
	return true;
}

static void draw_foot(const struct page_view *view, struct pager *pager, struct canvas *canvas,
		      struct area foot)
{
	enum role role = is_split(view) && pager == focused(view) ? ROLE_TITLE : ROLE_FRAME;
	int top, shown, lines;

	pager_position(pager, &top, &shown, &lines);
	if (lines <= shown)
		canvas_pad(canvas, foot.row, foot.col, foot.cols, role, "", PAD_RIGHT);
	else
		canvas_textf(canvas, foot.row, foot.col, foot.cols, role,
			     _(" lines %d to %d of %d%-20s"), top + 1, top + shown, lines,
			     pager_at_end(pager) ? _("  (end)") : "");
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct page_view *view = state;
	struct area foot = area_bottom(&area, 1), story = { 0 }, edge, below;
	bool split;

	if (area.cols != view->cols && build(view, area.cols, NULL) != ERR_OK)
		view->cols = area.cols;
	split = is_split(view);
	if (split) {
		story = area_right(&area, story_cols(view->cols));
		below = area_right(&foot, story.cols);
		edge = area_right(&area, 1);
		canvas_fill(canvas, edge, '|', ROLE_FRAME);
		canvas_pad(canvas, foot.row, edge.col, 1, ROLE_FRAME, "|", PAD_RIGHT);
		foot.cols--;
	}
	pager_draw(view->panes[PANE_ALL], canvas, area, all);
	draw_foot(view, view->panes[PANE_ALL], canvas, foot);
	if (!split)
		return;
	pager_draw(view->panes[PANE_STORY], canvas, story, all);
	if (view->to_end) {
		(void)pager_key(view->panes[PANE_STORY], (struct key){ .code = 'G' });
		pager_draw(view->panes[PANE_STORY], canvas, story, true);
		view->to_end = false;
	}
	draw_foot(view, view->panes[PANE_STORY], canvas, below);
}

static unsigned page_key(struct page_view *view, uint32_t code)
{
	return pager_key(focused(view), (struct key){ .code = code }) ? UI_REDRAW : UI_NOTHING;
}

/* Between two panes it goes from one to the other. */
static unsigned section(struct page_view *view)
{
	if (!is_split(view))
		return page_key(view, UIKEY_TAB);
	view->focus = view->focus == PANE_ALL ? PANE_STORY : PANE_ALL;
	return UI_REDRAW;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct page_view *view = state;
	unsigned flags;

	(void)args;
	if (paper_move(focused(view), cmd, &flags))
		return flags;
	if (cmd->id == CMD_section)
		return section(view);
	if (cmd->id == CMD_open)
		return ui_open(view->app->ui, &menu_view, NULL, 0);
	if (cmd->id == CMD_escape)
		return UI_CLOSE | UI_FRAME;
	return UI_IGNORED;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct page_view *view = state;
	bool back = pressed.code == UIKEY_TAB && pressed.mods == KEY_SHIFT;

	(void)pasted;
	if (!back && !(pressed.code == ' ' && !pressed.mods))
		return UI_IGNORED;
	return pager_key(focused(view), pressed) ? UI_REDRAW : UI_IGNORED;
}

static unsigned reload(void *state)
{
	struct page_view *view = state;
	struct error err = ERROR_INIT;

	if (build(view, view->cols, &err) != ERR_OK) {
		app_failed(view->app, &err); /* restricted meanwhile */
		return UI_CLOSE | UI_FRAME;
	}
	return UI_REDRAW | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct page_view *view = state;

	(void)now;
	return view->minute == view->app->minute ? UI_NOTHING : reload(view);
}

static const char *title(void *state)
{
	struct page_view *view = state;

	return view->title ? view->title : "";
}

const struct view_ops page_view = {
	.name = "incident",
	.where = WHERE_PAGE,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
