#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "saved_priv.h"
#include "words_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/filter_offer.h"

/* ---- the prompt ---- */

void board_filter_open(struct board_view *view, const char *initial)
{
	struct prompt_spec spec = {
		.label = "/",
		.initial = initial,
		.hint = _("words, step: street: dept: due<2h overdue open mine !not a|b; "
			  "Tab completes"),
		.complete = filter_words,
		.ctx = view->rows.app,
		.history = &view->rows.app->filters,
	};

	str_clear(&view->before);
	str_add(&view->before, board_filter(view->rows.app->board));
	prompt_free(view->prompt);
	view->prompt = prompt_new(&spec);
}

/* While it is typed, the rest of a filter works without the word that is wrong. */
static void without_wrong(struct board_view *view, const char *text,
			  const struct filter_error *problem)
{
	struct filter_error another;
	struct str rest = STR_INIT;

	filter_without(text, problem, &rest);
	if (board_set_filter(view->rows.app->board, str_get(&rest), &another) != ERR_OK &&
	    board_set_filter(view->rows.app->board, "", &another) != ERR_OK)
		str_clear(&rest); /* the list stays as it was */
	str_release(&rest);
}

static bool set(struct board_view *view, const char *text)
{
	struct filter_error problem = { 0 };

	if (board_set_filter(view->rows.app->board, text, &problem) == ERR_OK) {
		if (view->prompt)
			prompt_error(view->prompt, NULL, 0, 0);
		return true;
	}
	if (!view->prompt) {
		app_notice(view->rows.app, ROLE_ERROR, problem.text);
		return false;
	}
	prompt_error(view->prompt, problem.text, problem.at, problem.len);
	without_wrong(view, text, &problem);
	return false;
}

static bool apply(struct board_view *view, const char *text)
{
	struct error err = ERROR_INIT;
	bool other = strcmp(text, board_filter(view->rows.app->board)) != 0;
	bool good = set(view, text);

	if (other) /* no longer as it was saved */
		saved_other(view->rows.app, SAVED_INCIDENTS);
	view->rows.dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
	if (list_home(view->rows.list, &err) != ERR_OK)
		app_failed(view->rows.app, &err);
	rows_unrest(&view->rows);
	return good;
}

unsigned board_filter_set(struct board_view *view, const char *text)
{
	return apply(view, text) ? UI_REDRAW : UI_FRAME;
}

static unsigned shut(struct board_view *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

unsigned board_filter_key(struct board_view *view, struct key key, const char *pasted)
{
	struct arena arena = ARENA_INIT;

	switch (prompt_key(view->prompt, key, pasted)) {
	case PROMPT_CHANGED:
		apply(view, filter_finished(prompt_text(view->prompt), &arena));
		arena_release(&arena);
		return UI_REDRAW;
	case PROMPT_DONE:
		return apply(view, prompt_text(view->prompt)) ? shut(view) : UI_REDRAW;
	case PROMPT_LEFT:
		apply(view, str_get(&view->before));
		return shut(view);
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW;
}
