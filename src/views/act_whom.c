/* Proposals in a form while somebody is named: whom to ring, which leader. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/whom.h"

static const char *const rung[] = { "rung", "phone.rung" };
static const char *const leads[] = { "leader" };

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static size_t find(struct act_form *view, const char *name, struct arena *arena,
		   struct whom whom[WHOM_MOST])
{
	const char *typed = form_get(view->form, name);

	if (is_one_of(name, rung, ARRAY_LEN(rung)))
		return whom_to_ring(view->app->client, view->incident, typed, arena, whom);
	if (is_one_of(name, leads, ARRAY_LEN(leads)))
		return whom_leads(view->app->client, typed, arena, whom);
	return 0;
}

bool act_whom_is(const struct act_form *view)
{
	const char *name = form_focused(view->form);

	return is_one_of(name, rung, ARRAY_LEN(rung)) || is_one_of(name, leads, ARRAY_LEN(leads));
}

void act_whom_propose(struct act_form *view)
{
	const char *name = form_focused(view->form);
	struct form_choice items[WHOM_MOST];
	struct whom whom[WHOM_MOST];
	struct arena arena = ARENA_INIT;
	size_t n;

	if (!act_whom_is(view))
		return;
	n = find(view, name, &arena, whom);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct form_choice){ .value = whom[i].words,
						 .label = whom[i].words,
						 .help = whom[i].help };
	form_suggest(view->form, name, items, n);
	arena_release(&arena);
}

void act_whom_take(struct act_form *view)
{
	const char *name = form_focused(view->form);
	struct whom whom[WHOM_MOST];
	struct arena arena = ARENA_INIT;
	size_t n = find(view, name, &arena, whom), at = form_taken(view->form);

	if (at < n)
		form_set(view->form, name, whom[at].words);
	form_suggest(view->form, name, NULL, 0);
	arena_release(&arena);
}
