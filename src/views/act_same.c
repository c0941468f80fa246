/* Beside a registration: what may be the same as what is being typed; M registers it and merges it
 * into the one under the cursor. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/place.h"
#include "zhiban/model/dups.h"

enum { SAME_MOST = 6 };

static const char *value(const struct act_form *view, const char *name)
{
	for (size_t i = 0; i < view->fields.n_act; i++)
		if (strcmp(view->fields.fields[i].name, name) == 0)
			return form_get(view->form, name);
	return "";
}

/* Where nobody chose a grid, the one that the address can only mean. */
static struct similar_report typed(const struct act_form *view, struct arena *arena)
{
	const struct place *place = NULL;
	struct similar_report report = {
		.title = value(view, "title"),
		.text = value(view, "text"),
		.address = value(view, "address"),
		.street = value(view, "street"),
		.community = value(view, "community"),
		.grid = value(view, "grid"),
		.at = client_now(view->app->client),
	};

	if (*report.address && !*report.grid && !*report.community &&
	    client_place_of(view->app->client, report.address, arena, &place, NULL) == ERR_OK &&
	    place) {
		report.street = *report.street ? report.street : place->street;
		report.community = place->community;
		report.grid = place->grid;
	}
	return report;
}

static void show(struct act_form *view, const struct dups *dups, struct arena *arena)
{
	struct form_beside lines[SAME_MOST];
	struct uuid *ids = view->beside[BESIDE_SAME];
	size_t n = dups->n < SAME_MOST ? dups->n : SAME_MOST;

	for (size_t i = 0; i < n; i++) {
		const struct dup *dup = &dups->items[i];

		ids[i] = dup->id;
		lines[i] = (struct form_beside){
			.text = arena_printf(arena, "%s %s", dups_percent(dup, arena),
					     dup->incident->title ? dup->incident->title : ""),
			.tail = dups_tail(view->app->client, dup, arena),
			.role = dup->incident->open ? ROLE_WARNING : ROLE_TEXT,
		};
	}
	if (n)
		form_aside(view->form, BESIDE_SAME,
			   arena_printf(arena, _("Likely the same: %zu"), dups->n),
			   _("M: register and merge"), lines, n);
	else
		form_aside(view->form, BESIDE_SAME, NULL, NULL, NULL, 0);
}

/* When it cannot be looked for, nothing stands there: the registration goes on. */
static void look(struct act_form *view)
{
	struct arena arena = ARENA_INIT;
	struct similar_report report;
	struct dups dups;

	if (strcmp(view->act->verb, "register") != 0)
		return;
	report = typed(view, &arena);
	if (dups_like(view->app->client, &report, NULL, &arena, &dups, NULL) == ERR_OK)
		show(view, &dups, &arena);
	arena_release(&arena);
}

static unsigned key(struct act_form *view, unsigned section, size_t line, struct key key)
{
	struct uuid lead;

	if (section != BESIDE_SAME || key.code != 'M' || key.mods)
		return UI_IGNORED;
	lead = view->beside[BESIDE_SAME][line];
	if (!merge_can_lead(view->app, &lead))
		return UI_FRAME;
	return act_form_save_into(view, &lead);
}

const struct act_beside_ops act_same = { .look = look, .key = key };
