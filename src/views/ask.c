/* A question before something is given up: an act of the desk, or the console itself. */
#include <config.h>

#include "desk_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

struct ask_view {
	struct app *app;
	struct asking asking;
	char *what;	/* what it is about */
	char *words;	/* what happens then; "" */
	const char *question;
};

static void about_leaving(struct ask_view *view)
{
	const struct client_link *link = &view->app->link;
	struct str what = STR_INIT;

	str_addf(&what, _("Conflict desk: %u not accepted, %u to be read"), link->refused,
		 link->merged);
	view->what = str_take(&what, NULL);
	if (link->unsent)
		str_addf(&what, _("%u acts are not sent yet; they are kept here. "), link->unsent);
	str_add(&what, _("What lies on the desk stays until its author decides it."));
	view->words = str_take(&what, NULL);
	view->question = _("Leave the console?");
}

static void about_drop(struct ask_view *view, const struct desk_line *line)
{
	struct arena arena = ARENA_INIT;
	bool all = view->asking.cmd == CMD_dropall;
	struct str words = STR_INIT;

	view->what = mem_strdup(desk_deed(line, &arena));
	str_add(&words, line->words);
	if (line->hanging && *line->words)
		str_add(&words, "\n");
	if (line->hanging)
		str_addf(&words, all ? _("What hung on it is given up too: %zu") :
				       _("What hung on it stays, each to be decided: %zu"),
			 line->hanging);
	view->words = str_take(&words, NULL);
	view->question = line->group == DESK_MERGED  ? _("Read: take it off the desk?") :
			 line->group == DESK_WAITING ? _("Take it back? It will not be sent.") :
						       _("Give it up for good?");
	arena_release(&arena);
}

static enum err make(struct ask_view *view, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct desk_line *line;
	struct desk desk;
	enum err code = desk_read(view->app->client, &arena, &desk, err);

	if (code == ERR_OK) {
		line = desk_find(&desk, &view->asking.act);
		if (line)
			about_drop(view, line);
		else
			code = error_set(err, ERR_NOT_FOUND, "%s",
					 _("it does not lie here any more"));
	}
	arena_release(&arena);
	return code;
}

static void close_view(void *state)
{
	struct ask_view *view = state;

	free(view->what);
	free(view->words);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct ask_view *view = mem_alloc(sizeof *view);
	enum err code = ERR_OK;

	view->app = ui_shell(ui);
	view->asking = *(const struct asking *)arg;
	if (view->asking.cmd == CMD_leave)
		about_leaving(view);
	else
		code = make(view, err);
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

/* Draws the words from `row` on (canvas NULL: counts only), at most `most` rows; returns how
 * many. */
static int draw_words(const struct ask_view *view, struct canvas *canvas, struct area area,
		      int most)
{
	const char *s = view->words;
	struct str line = STR_INIT;
	int rows = 0;

	while (*s && rows < most) {
		size_t skip, len = text_wrap(s, area.cols - 2, &skip);

		if (canvas) {
			str_clear(&line);
			str_add_bytes(&line, s, len);
			canvas_pad(canvas, area.row + rows, area.col, 1, ROLE_TEXT, "", PAD_RIGHT);
			canvas_pad(canvas, area.row + rows, area.col + 1, area.cols - 1, ROLE_TEXT,
				   str_get(&line), PAD_RIGHT);
		}
		rows++;
		s += len + skip;
	}
	str_release(&line);
	return rows;
}

enum { WORDS_MOST = 6 };

static struct area place(void *state, struct area body)
{
	return area_bottom(&body, 2 + draw_words(state, NULL, body, WORDS_MOST) + 1);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct ask_view *view = state;
	struct area head;

	(void)all;
	canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
	head = area_top(&area, 1);
	canvas_pad(canvas, head.row, head.col, 1, ROLE_TITLE, "", PAD_RIGHT);
	canvas_pad(canvas, head.row, head.col + 1, head.cols - 1, ROLE_TITLE, view->what,
		   PAD_RIGHT);
	area_top(&area, draw_words(view, canvas, area, WORDS_MOST));
	area.col++;
	area.cols--;
	question_draw(canvas, area, view->question);
}

static unsigned yes(struct ask_view *view)
{
	if (view->asking.cmd == CMD_leave)
		return UI_QUIT;
	return UI_CLOSE | desk_drop(view->app, &view->asking.act, view->asking.cmd == CMD_dropall);
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	(void)pasted;
	switch (question_key(pressed)) {
	case PROMPT_DONE:
		return yes(state);
	case PROMPT_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PROMPT_CHANGED:
	case PROMPT_MORE:
		break;
	}
	return UI_NOTHING;
}

const struct view_ops ask_view = {
	.name = "ask",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
};
