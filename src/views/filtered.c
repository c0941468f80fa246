#include <config.h>

#include "filtered_priv.h"

#include <stdlib.h>
#include <string.h>

#include "words_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

void filtered_release(struct filtered *filtered)
{
	prompt_free(filtered->prompt);
	free(filtered->before);
	filtered->prompt = NULL;
	filtered->before = NULL;
}

struct filter *filtered_parse(const struct filtered *filtered, struct arena *arena)
{
	struct filter_ctx ctx = client_filter_ctx(filtered->app->client);
	struct filter_error problem;
	struct filter *filter = NULL;

	if (!*str_get(filtered->text) ||
	    filter_parse(str_get(filtered->text), &ctx, arena, &filter, &problem) != ERR_OK)
		return NULL;
	return filter;
}

/* While it is typed, a wrong word is marked, and the list stays as it was. */
static bool apply(struct filtered *filtered, const char *text)
{
	struct filter_ctx ctx = client_filter_ctx(filtered->app->client);
	struct arena arena = ARENA_INIT;
	struct filter_error problem = { 0 };
	struct filter *filter;
	bool good = filter_parse(text, &ctx, &arena, &filter, &problem) == ERR_OK;

	arena_release(&arena);
	if (good) {
		str_clear(filtered->text);
		str_add(filtered->text, text);
		filtered->reread(filtered->view, true);
	}
	if (filtered->prompt)
		prompt_error(filtered->prompt, good ? NULL : problem.text, good ? 0 : problem.at,
			     good ? 0 : problem.len);
	else if (!good)
		app_notice(filtered->app, ROLE_ERROR, problem.text);
	return good;
}

unsigned filtered_command(struct filtered *filtered, const char *args)
{
	struct prompt_spec spec = {
		.label = "/",
		.initial = str_get(filtered->text),
		.hint = filtered->hint,
		.complete = filter_words,
		.ctx = filtered->app,
		.history = &filtered->app->filters,
	};

	if (args && *args)
		return apply(filtered, args) ? UI_REDRAW_ALL | UI_FRAME : UI_FRAME;
	free(filtered->before);
	filtered->before = mem_strdup(spec.initial);
	filtered->prompt = prompt_new(&spec);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned shut(struct filtered *filtered)
{
	prompt_free(filtered->prompt);
	filtered->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

unsigned filtered_key(struct filtered *filtered, struct key key, const char *pasted)
{
	if (!filtered->prompt)
		return UI_IGNORED;
	switch (prompt_key(filtered->prompt, key, pasted)) {
	case PROMPT_CHANGED:
		(void)apply(filtered, prompt_text(filtered->prompt));
		return UI_REDRAW_ALL;
	case PROMPT_DONE:
		return apply(filtered, prompt_text(filtered->prompt)) ? shut(filtered)
								      : UI_REDRAW_ALL;
	case PROMPT_LEFT:
		(void)apply(filtered, filtered->before);
		return shut(filtered);
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW_ALL;
}

bool filtered_clear(struct filtered *filtered)
{
	return *str_get(filtered->text) && apply(filtered, "");
}

void filtered_draw(struct filtered *filtered, struct canvas *canvas, struct area *area)
{
	if (filtered->prompt)
		prompt_draw(filtered->prompt, canvas,
			    area_bottom(area, prompt_rows(filtered->prompt)));
}
