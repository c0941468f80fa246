/* What stands beside the form of an act: who fills it, when, and what keys do there. */
#include <config.h>

#include "act_form_priv.h"
#include "zhiban/base/mem.h"

enum { LOOK_MS = 250 };

static const struct act_beside_ops *const besides[] = { &act_same, &act_history, &act_plan };

void act_beside_later(struct act_form *view)
{
	view->look_at = env_now(client_env(view->app->client)) + LOOK_MS;
}

int64_t act_beside_next(const struct act_form *view)
{
	int64_t look = view->look_at ? view->look_at : INT64_MAX;
	int64_t ask = view->ask_at ? view->ask_at : INT64_MAX;

	if (view->stepping)
		return 0;
	return look < ask ? look : ask;
}

void act_beside_forget(struct act_form *view)
{
	for (size_t i = 0; i < ARRAY_LEN(besides); i++)
		if (besides[i]->forget)
			besides[i]->forget(view);
}


unsigned act_beside_look(struct act_form *view)
{
	bool stepping = false;

	if (view->look_at && view->look_at <= env_now(client_env(view->app->client))) {
		for (size_t i = 0; i < ARRAY_LEN(besides); i++)
			besides[i]->look(view);
		view->look_at = 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(besides); i++)
		stepping |= besides[i]->step && besides[i]->step(view);
	view->stepping = stepping;
	return stepping ? UI_NOTHING : UI_REDRAW;
}

unsigned act_beside_open(struct act_form *view)
{
	unsigned section;
	size_t line;

	if (!form_aside_at(view->form, &section, &line) ||
	    uuid_is_nil(&view->beside[section][line]))
		return UI_NOTHING;
	act_draft_keep(view);
	return ui_open(view->app->ui, &page_view, &view->beside[section][line],
		       sizeof view->beside[section][line]);
}

unsigned act_beside_key(struct act_form *view, struct key pressed)
{
	unsigned section, flags = UI_IGNORED;
	size_t line;

	if (!form_aside_at(view->form, &section, &line))
		return UI_IGNORED;
	for (size_t i = 0; i < ARRAY_LEN(besides) && flags == UI_IGNORED; i++)
		if (besides[i]->key)
			flags = besides[i]->key(view, section, line, key_narrow(pressed));
	return flags;
}
