/* Several incidents become one: which of them leads is proposed, and asked about in one line. */
#include <config.h>

#include "act_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/dups.h"

enum { MERGE_MOST = 500 }; /* as of other acts on many */

static unsigned refuse(struct app *app, const char *sentence)
{
	app_notice(app, ROLE_WARNING, sentence);
	return UI_FRAME;
}

/* Those that are not in it already are the act's targets. */
static void take_targets(struct app *app, const struct incident *const *incidents, size_t n,
			 size_t lead)
{
	char into[UUID_TEXT];

	uuid_text(&incidents[lead]->head.id, into);
	app->n_targets = 0;
	app->marking = rows_marked(app, &(size_t){ 0 }) ? rows_top(app) : NULL;
	for (size_t i = 0; i < n; i++) {
		if (i == lead || str_eq(incidents[i]->merged_into, into))
			continue;
		MEM_GROW(app->targets, app->n_targets, app->cap_targets);
		app->targets[app->n_targets++] =
			(struct selection){ .kind = KIND_INCIDENT, .id = incidents[i]->head.id };
	}
}

unsigned merge_begin(struct app *app, const struct uuid *ids, size_t n)
{
	struct question question = { .act = act_desc_find("merge") };
	struct arena arena = ARENA_INIT;
	const struct incident **incidents = arena_array(&arena, n + 1, sizeof *incidents);
	size_t here = 0, lead;
	unsigned flags;

	for (size_t i = 0; i < n && n <= MERGE_MOST; i++) {
		struct incident *incident;

		if (client_get(app->client, &ids[i], &arena, &incident, NULL) == ERR_OK)
			incidents[here++] = incident;
	}
	lead = dups_lead(incidents, here);
	if (app_read_only(app)) {
		flags = refuse(app, _("this console is read-only"));
	} else if (n > MERGE_MOST) {
		flags = refuse(app, _("More than 500 are marked: mark fewer at once."));
	} else if (here < 2) {
		flags = refuse(app, _("Go to one that is the same, or mark several, to merge them."));
	} else if (lead == here) {
		flags = refuse(app, _("None of them is open and stands for itself: nothing can be "
				      "merged into a closed ticket."));
	} else {
		question.lead = incidents[lead]->head.id;
		take_targets(app, incidents, here, lead);
		flags = app->n_targets ? ui_open(app->ui, &confirm_view, &question, sizeof question)
				       : refuse(app, _("They are merged already."));
	}
	arena_release(&arena);
	return flags;
}

unsigned merge_marked(struct app *app)
{
	size_t n;
	const struct uuid *marked = rows_marked(app, &n);
	struct uuid id;

	if (n > 1)
		return merge_begin(app, marked, n);
	if (n == 1)
		id = *marked;
	else if (!app_selected(app, &id))
		return UI_NOTHING;
	return ui_open(app->ui, &dups_view, &id, sizeof id);
}

bool merge_can_lead(struct app *app, const struct uuid *lead)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	bool can = client_get(app->client, lead, &arena, &incident, NULL) == ERR_OK &&
		   dups_lead((const struct incident *const[]){ incident }, 1) == 0;

	arena_release(&arena);
	if (!can)
		(void)refuse(app, _("It is closed, or merged into another one: nothing can be merged "
				    "into it."));
	return can;
}

/* It is registered either way; the notice says what became of the rest. */
unsigned merge_new(struct app *app, const struct uuid *child, const struct uuid *lead)
{
	const struct act_desc *act = act_desc_find("merge");
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	char text[UUID_TEXT];
	struct given given;
	struct deed deed = { .act = act, .given = &given, .n_given = 1 };
	struct incident *into;
	unsigned flags = UI_FRAME;
	char mark[48];

	merge_given(act, lead, text, &given);
	acts_target(app, act, child);
	if (acts_do(app, &deed, &flags, &err) != ERR_OK)
		app_notice(app, ROLE_WARNING,
			   arena_printf(&arena, _("Registered, but not merged: %s"), err.text));
	else if (client_get(app->client, lead, &arena, &into, NULL) == ERR_OK)
		app_notice(app, ROLE_GOOD,
			   arena_printf(&arena, _("Registered and merged into %s, waits to be sent"),
					client_mark(app->client, into, mark)));
	arena_release(&arena);
	return flags;
}

void merge_given(const struct act_desc *act, const struct uuid *lead, char text[UUID_TEXT],
		 struct given *ret_given)
{
	uuid_text(lead, text);
	*ret_given = (struct given){ act_arg_field(act, "lead"),
				     { .is_text = true, .text = text } };
}
