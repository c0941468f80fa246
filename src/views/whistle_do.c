/* Commands of whistles that are no acts: the codes, the matrix, the what-if. */
#include <config.h>

#include "act_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/plan.h"

unsigned whistle_do_arrival(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &arrival_view, &app->selected, sizeof app->selected);
}

/* On its page the cursor goes there (whistle.c); from elsewhere the page opens, which begins so. */
unsigned whistle_do_matrix(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &whistle_view, &app->selected, sizeof app->selected);
}

/* Of a draft, what handing it in would mean; of one at the centre, issuing it. */
static const char *next_verb(const struct whistle *whistle)
{
	switch (whistle_step(whistle)) {
	case WHISTLE_DRAFT:
	case WHISTLE_RETURNED:
		return "submit";
	case WHISTLE_APPROVE:
	case WHISTLE_CHECK:
		return "issue";
	case WHISTLE_ISSUED:
	case WHISTLE_RATE:
	case WHISTLE_CLOSED:
	case WHISTLE_WITHDRAWN:
	case WHISTLE_REFUSED:
	case WHISTLE_STEPS:
		break;
	}
	return NULL;
}

/* Beside the form of a new one it stands all the time; F8 there is the page. */
unsigned whistle_do_plan(struct app *app, const char *args)
{
	const struct selection *selection = app_selection(app);
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	struct whistle_plan plan;
	struct client_whistle shown;
	const char *verb = NULL;
	unsigned flags;

	(void)args;
	if (selection && selection->kind == KIND_WHISTLE &&
	    client_whistle_get(app->client, &selection->id, &arena, &shown, NULL) == ERR_OK)
		verb = next_verb(shown.whistle);
	if (!verb) {
		arena_release(&arena);
		return acts_begin(app, act_desc_of(KIND_WHISTLE, "blow"));
	}
	plan_of(app->client, act_desc_of(KIND_WHISTLE, verb), shown.whistle, NULL, 0, NULL, &arena,
		&plan);
	plan_page(client_rules(app->client), &plan, &text);
	flags = app_show(app, _("Who must come by when"), str_get(&text));
	str_release(&text);
	arena_release(&arena);
	return flags;
}
