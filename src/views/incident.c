#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/pager.h"

/* The page of one incident. */
struct page_view {
	struct app *app;
	struct uuid id;
	struct pager *pager;
	struct arena arena; /* of what the pager was built from, for title and hints */
	char *title;
	int cols; /* it was built for; 0: must be built */
	int64_t minute;
	bool asked; /* older lines of the timeline */
};

static enum role tone_role(enum tone tone)
{
	static const enum role roles[] = {
		[TONE_TEXT] = ROLE_TEXT,	  [TONE_TITLE] = ROLE_TITLE,
		[TONE_HINT] = ROLE_HINT,	  [TONE_OVER] = ROLE_CLOCK_OVERDUE,
		[TONE_SOON] = ROLE_CLOCK_SOON,	  [TONE_PENDING] = ROLE_PENDING,
		[TONE_REFUSED] = ROLE_CONFLICT,
	};

	return roles[tone];
}

static void ask_older(struct page_view *view)
{
	struct ask ask = { .kind = ASK_TIMELINE, .id = view->id };

	if (view->asked || !view->app->ask)
		return;
	view->asked = true;
	view->app->ask(view->app->ask_ctx, &ask);
}

/* Puts the model's sections into the pager; the position stays. */
static void fill(struct page_view *view, const struct page *page)
{
	pager_begin(view->pager);
	for (size_t s = 0; s < page->n; s++) {
		const struct page_section *section = &page->sections[s];

		pager_section(view->pager, section->key, section->title);
		for (size_t i = 0; i < section->n; i++) {
			const struct page_line *line = &section->lines[i];

			pager_add(view->pager, line->label, line->label_cols,
				  tone_role(line->tone), line->text);
		}
	}
	pager_end(view->pager);
}

static enum err build(struct page_view *view, int cols, struct error *err)
{
	struct page page;
	enum err code;

	arena_reset(&view->arena);
	code = page_build(view->app->client, &view->id, cols, &view->arena, &page, err);
	if (code != ERR_OK)
		return code;
	view->cols = cols;
	view->title = arena_strdup(&view->arena, page.incident->title);
	view->minute = view->app->minute;
	frame_hint_acts(view->app, page.incident);
	fill(view, &page);
	if (!page.complete)
		ask_older(view);
	return ERR_OK;
}

static void close_view(void *state)
{
	struct page_view *view = state;

	pager_free(view->pager);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct page_view *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	view->pager = pager_new();
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

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct page_view *view = state;
	struct area foot = area_bottom(&area, 1);
	int top, shown, lines;

	if (area.cols != view->cols && build(view, area.cols, NULL) != ERR_OK)
		view->cols = area.cols;
	pager_draw(view->pager, canvas, area, all);
	pager_position(view->pager, &top, &shown, &lines);
	if (lines <= shown)
		canvas_pad(canvas, foot.row, foot.col, foot.cols, ROLE_FRAME, "", PAD_RIGHT);
	else
		canvas_textf(canvas, foot.row, foot.col, foot.cols, ROLE_FRAME,
			     _(" lines %d to %d of %d%-20s"), top + 1, top + shown, lines,
			     pager_at_end(view->pager) ? _("  (end)") : "");
}

static unsigned page_key(struct page_view *view, uint32_t code)
{
	return pager_key(view->pager, (struct key){ .code = code }) ? UI_REDRAW : UI_NOTHING;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct page_view *view = state;
	unsigned flags;

	(void)args;
	if (paper_move(view->pager, cmd, &flags))
		return flags;
	if (cmd->id == CMD_section)
		return page_key(view, UIKEY_TAB);
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
	return pager_key(view->pager, pressed) ? UI_REDRAW : UI_IGNORED;
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
