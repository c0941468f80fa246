/* The filter of the deadlines screen, as it is typed. */
#include <config.h>

#include "deadlines_priv.h"
#include "saved_priv.h"
#include "words_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/filter_offer.h"

static void words(void *ctx, const char *text, size_t at, struct arena *arena,
		  struct prompt_words *ret_words)
{
	struct deadlines_view *view = ctx;
	const struct filter_ctx filter = deadlines_filter_ctx(view->model);

	filter_words_of(&filter, text, at, arena, ret_words);
}

void due_filter_open(struct deadlines_view *view, const char *initial)
{
	struct prompt_spec spec = {
		.label = "/",
		.initial = initial,
		.hint = _("words, kind: dept: street: due<2h overdue !not a|b; Tab completes"),
		.complete = words,
		.ctx = view,
		.history = &view->app->filters,
	};

	str_clear(&view->before);
	str_add(&view->before, deadlines_filter(view->model));
	prompt_free(view->prompt);
	view->prompt = prompt_new(&spec);
}

/* While it is typed, the rest of a filter works without the word that is wrong. */
static void without_wrong(struct deadlines_view *view, const char *text,
			  const struct filter_error *problem)
{
	struct filter_error another;
	struct str rest = STR_INIT;

	filter_without(text, problem, &rest);
	if (deadlines_set_filter(view->model, str_get(&rest), &another) != ERR_OK &&
	    deadlines_set_filter(view->model, "", &another) != ERR_OK)
		str_clear(&rest); /* the list stays as it was */
	str_release(&rest);
}

static bool apply(struct deadlines_view *view, const char *text)
{
	struct filter_error problem = { 0 };
	bool other = strcmp(text, deadlines_filter(view->model)) != 0;
	bool good = deadlines_set_filter(view->model, text, &problem) == ERR_OK;

	if (other && (good || view->prompt)) /* no longer as it was saved */
		saved_other(view->app, SAVED_DEADLINES);
	if (view->prompt && good)
		prompt_error(view->prompt, NULL, 0, 0);
	if (!good && !view->prompt) {
		app_notice(view->app, ROLE_ERROR, problem.text);
		return false;
	}
	if (!good) {
		prompt_error(view->prompt, problem.text, problem.at, problem.len);
		without_wrong(view, text, &problem);
	}
	/* the first hits are there at once, the rest comes in idle time */
	(void)deadlines_step(view->model);
	(void)due_reread(view, true);
	return good;
}

unsigned due_filter_set(struct deadlines_view *view, const char *text)
{
	return apply(view, text) ? UI_REDRAW : UI_REDRAW | UI_FRAME;
}

static unsigned shut(struct deadlines_view *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

unsigned due_filter_key(struct deadlines_view *view, struct key key, const char *pasted)
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
